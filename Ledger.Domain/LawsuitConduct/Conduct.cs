using Ledger.Domain.Calendar;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Obligations;
using Ledger.Domain.Units;

namespace Ledger.Domain.LawsuitConduct;

/// <summary>
/// What units do during a lawsuit: the rules of this area in <c>lawsuit/{key}</c>, beside the spine's own. They decide on the
/// area's facts only; of the spine's they remember what they compare with.
/// </summary>
public sealed class Conduct : IStreamState
{
    private readonly List<VisibleFact> _facts = [];

    /// <summary>
    /// Who acts without having been a defendant may answer for one: the defendants' own streams say so. Whether a filing was
    /// overdue depends on the working days of the years around its receipt.
    /// </summary>
    public IEnumerable<Subject> Needs(IFact fact)
    {
        if (fact is not (OverdueFilingNoticeDecided or HeadAttendanceNotified or HeadAbsenceExplained or CourtInformedOfChange)) return [];
        var acting = ((INamesUnits)fact).NamedUnits.First();
        var needed = WasDefendant(acting) ? [] : Defendants.Select(Subject.Unit);
        return fact is OverdueFilingNoticeDecided notice
            ? needed.Concat(Of<ResponseMaterialsReceived>().Where(r => r.CaseNo == notice.CaseNo)
                .SelectMany(r => (int[])[r.ReceivedOn.Year, r.ReceivedOn.Year + 1]).Select(CalendarOf))
            : needed;
    }

    /// <inheritdoc/>
    public Refusal? Check(IFact fact, AdmissionContext context) => fact switch
    {
        CaseFilingAccepted f => CheckReview(f.Unit, f.CaseNo, f.AcceptedOn),
        CaseFilingReturned f => CheckReview(f.Unit, f.CaseNo, f.ReturnedOn),
        OverdueFilingNoticeDecided f => CheckNotice(f, context),
        HeadAttendanceNotified f => CheckActs(f.Unit, DutyKind.HeadAttendance, f.CaseNo, context)
            ?? CheckOpened(f.CaseNo, f.NotifiedOn) ?? CheckOrder(f.HearingOn, f.NotifiedOn, nameof(HeadAttendanceNotified)),
        HeadAbsenceExplained f => CheckActs(f.Unit, DutyKind.HeadAttendance, f.CaseNo, context) ?? CheckExcuse(f),
        HeadIdentityRejected f => CheckIdentity(f),
        CourtInformedOfChange f => CheckInformed(f, context),
        JudicialSuggestionReceived f when Of<JudicialSuggestionReceived>().Any(s => s.Unit == f.Unit && s.SuggestionNo == f.SuggestionNo) =>
            Refusal.Of(Codes.ConductSuggestionAlreadyReceived, f.SuggestionNo, f.Unit),
        JudicialSuggestionReceived { DueOn: { } due } f => CheckOrder(due, f.ReceivedOn, nameof(JudicialSuggestionReceived)),
        JudicialSuggestionReplied f => CheckReply(f),
        _ => null,
    };

    /// <inheritdoc/>
    public void Apply(VisibleFact fact)
    {
        if (fact.Fact is LawsuitDocketed or InstanceOpened or DefendantAdded or ResponseMaterialsReceived or CaseFilingSubmitted or HearingHeld
            or SelfCorrectionMade or CaseFilingAccepted or CaseFilingReturned or OverdueFilingNoticeDecided or HeadAbsenceExplained
            or CourtInformedOfChange or JudicialSuggestionReceived or JudicialSuggestionReplied)
            _facts.Add(fact);
    }

    private IEnumerable<string> Defendants => Of<LawsuitDocketed>().SelectMany(d => d.NamedUnits).Concat(Of<DefendantAdded>().Select(d => d.Unit)).Distinct(StringComparer.Ordinal);

    private IEnumerable<TFact> Of<TFact>()
        where TFact : IFact => _facts.Select(f => f.Fact).OfType<TFact>();

    private bool WasDefendant(string unit) => Defendants.Contains(unit, StringComparer.Ordinal);

    private Refusal? CheckReview(string unit, string caseNo, DateOnly on)
    {
        var submitted = _facts.Where(f => f.Fact is CaseFilingSubmitted s && s.Unit == unit && s.CaseNo == caseNo).Select(Moment).ToList();
        if (submitted.Count == 0) return Refusal.Of(Codes.ConductFilingNotSubmitted, unit, caseNo);
        if (submitted.Min().On is var first && on < first) return Refusal.Of(Codes.DateOutOfOrder, Iso(on), Iso(first), nameof(CaseFilingSubmitted));
        // A review that is told late is judged by what had been decided by its own day.
        var before = _facts.Where(f => ReviewOf(f) == (unit, caseNo) && f.Fact.LegalDate <= on).OrderBy(Moment).LastOrDefault();
        return before?.Fact switch
        {
            CaseFilingAccepted => Refusal.Of(Codes.ConductFilingAlreadyAccepted, unit, caseNo),
            CaseFilingReturned when !submitted.Any(s => s.CompareTo(Moment(before)) > 0 && s.On <= on) => Refusal.Of(Codes.ConductFilingNotResubmitted, unit, caseNo),
            _ => null,
        };
    }

    private Refusal? CheckNotice(OverdueFilingNoticeDecided f, AdmissionContext context)
    {
        if (Of<OverdueFilingNoticeDecided>().Any(n => n.Unit == f.Unit && n.CaseNo == f.CaseNo)) return Refusal.Of(Codes.ConductNoticeAlreadyDecided, f.Unit, f.CaseNo);
        if (f.Decision == NoticeDecision.NotNotified && string.IsNullOrWhiteSpace(f.Reason)) return Refusal.Of(Codes.ConductReasonMissing, f.Unit, f.CaseNo);
        var receipt = Of<ResponseMaterialsReceived>().FirstOrDefault(r => r.CaseNo == f.CaseNo && Answers(f.Unit, r.Unit, DutyKind.CaseFiling, f.CaseNo, context));
        if (receipt is null) return Refusal.Of(Codes.ConductFilingNotOverdue, f.Unit, f.CaseNo, Iso(f.DecidedOn));
        var due = Calendar(receipt.ReceivedOn.Year, context).AddWorkingDays(receipt.ReceivedOn, Obligation.TermOf(ObligationKind.CaseFiling)).Day;
        var filedOn = Of<CaseFilingSubmitted>().Where(s => s.CaseNo == f.CaseNo && (s.Unit == f.Unit || s.Unit == receipt.Unit)).Select(s => s.LegalDate).Min();
        return f.DecidedOn > due && (filedOn is null || filedOn > due) ? null : Refusal.Of(Codes.ConductFilingNotOverdue, f.Unit, f.CaseNo, Iso(f.DecidedOn));
    }

    private Refusal? CheckExcuse(HeadAbsenceExplained f)
    {
        if (Of<HeadAbsenceExplained>().Any(e => e.Unit == f.Unit && e.CaseNo == f.CaseNo && e.HeldOn == f.HeldOn))
            return Refusal.Of(Codes.ConductAbsenceAlreadyExplained, f.Unit, f.CaseNo, Iso(f.HeldOn));
        return CheckOpened(f.CaseNo, f.HeldOn) ?? CheckOpened(f.CaseNo, f.ExplainedOn);
    }

    private Refusal? CheckIdentity(HeadIdentityRejected f) =>
        Of<HearingHeld>().Any(h => h.CaseNo == f.CaseNo && h.HeldOn == f.HeldOn && h.Attendances.Any(a => a.Unit == f.Unit && a.By.IsHead()))
            ? CheckOrder(f.RejectedOn, f.HeldOn, nameof(HearingHeld))
            : Refusal.Of(Codes.ConductNoHeadAttended, f.Unit, f.CaseNo, Iso(f.HeldOn));

    private Refusal? CheckInformed(CourtInformedOfChange f, AdmissionContext context)
    {
        if (CheckActs(f.Unit, DutyKind.CourtInformed, null, context) is { } stranger) return stranger;
        if (!Of<SelfCorrectionMade>().Any(s => s.MadeOn == f.MadeOn && Answers(f.Unit, s.Unit, DutyKind.CourtInformed, null, context)))
            return Refusal.Of(Codes.ConductNoSelfCorrection, f.Unit, Iso(f.MadeOn));
        return Of<CourtInformedOfChange>().Any(i => i.Unit == f.Unit && i.MadeOn == f.MadeOn)
            ? Refusal.Of(Codes.ConductCourtAlreadyInformed, f.Unit, Iso(f.MadeOn))
            : CheckOrder(f.InformedOn, f.MadeOn, nameof(SelfCorrectionMade));
    }

    private Refusal? CheckReply(JudicialSuggestionReplied f)
    {
        if (Of<JudicialSuggestionReceived>().FirstOrDefault(s => s.Unit == f.Unit && s.SuggestionNo == f.SuggestionNo) is not { } received)
            return Refusal.Of(Codes.ConductSuggestionNotReceived, f.SuggestionNo, f.Unit);
        return Of<JudicialSuggestionReplied>().Any(r => r.Unit == f.Unit && r.SuggestionNo == f.SuggestionNo)
            ? Refusal.Of(Codes.ConductSuggestionAlreadyReplied, f.SuggestionNo, f.Unit)
            : CheckOrder(f.RepliedOn, received.ReceivedOn, nameof(JudicialSuggestionReceived));
    }

    private Refusal? CheckActs(string unit, DutyKind kind, string? caseNo, AdmissionContext context) =>
        Defendants.Any(defendant => Answers(unit, defendant, kind, caseNo, context)) ? null : Refusal.Of(Codes.DefendantNotNamed, unit);

    // A unit answers for itself, and for one whose duty was transferred to it (机构改革).
    private static bool Answers(string unit, string defendant, DutyKind kind, string? caseNo, AdmissionContext context) => unit == defendant
        || context.FactsOf(Subject.Unit(defendant)).Any(v => v.Fact is ObligationTransferred t && t.To == unit && t.IsAbout(kind, caseNo, null, null));

    private Refusal? CheckOpened(string caseNo, DateOnly on)
    {
        var opened = Of<IOpensInstance>().FirstOrDefault(o => o.CaseNo == caseNo);
        return opened?.LegalDate is { } day ? CheckOrder(on, day, EventCatalog.NameOf(opened)) : null;
    }

    // A ledger publishes the years of working-days.json first; where their streams cannot be read, they stand in for themselves.
    private static WorkingCalendar Calendar(int year, AdmissionContext context)
    {
        var calendar = new WorkingCalendar();
        foreach (var published in WorkingCalendar.Published.Where(p => p.Year == year || p.Year == year + 1))
            calendar.Add([new VisibleFact(new Recorded(-1, new FactId("", ""), published), published)]);
        calendar.Add(context.FactsOf(CalendarOf(year)));
        calendar.Add(context.FactsOf(CalendarOf(year + 1)));
        return calendar;
    }

    private static Subject CalendarOf(int year) => new(StreamKind.Calendar, $"{year}");

    private static (string Unit, string CaseNo)? ReviewOf(VisibleFact fact) => fact.Fact switch
    {
        CaseFilingAccepted f => (f.Unit, f.CaseNo),
        CaseFilingReturned f => (f.Unit, f.CaseNo),
        _ => null,
    };

    private static (DateOnly On, long Sequence) Moment(VisibleFact fact) => (fact.Fact.LegalDate!.Value, fact.Sequence);

    private static Refusal? CheckOrder(DateOnly on, DateOnly earliest, string of) =>
        on < earliest ? Refusal.Of(Codes.DateOutOfOrder, Iso(on), Iso(earliest), of) : null;

    private static string Iso(DateOnly day) => day.ToString("O", System.Globalization.CultureInfo.InvariantCulture);
}
