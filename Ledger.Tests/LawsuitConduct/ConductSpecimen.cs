using System.Text.Json;
using Ledger.Domain.Facts;
using Ledger.Domain.LawsuitConduct;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Plan;
using Ledger.Tests.Infrastructure;

namespace Ledger.Tests.LawsuitConduct;

/// <summary>The area's specimen.</summary>
public sealed class ConductSpecimen : AreaSpecimen
{
    private const string Readers = "Clerk Supervisor Auditor Inspector Approver Admin";

    public override Area Area => ConductArea.Area;

    public override IReadOnlyDictionary<string, string> Recorders { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["CaseFilingAccepted"] = "Supervisor", ["CaseFilingReturned"] = "Supervisor", ["OverdueFilingNoticeDecided"] = "Supervisor",
        ["HeadAttendanceNotified"] = "Supervisor Court", ["HeadAbsenceExplained"] = "Clerk Supervisor", ["HeadIdentityRejected"] = "Supervisor Court",
        ["CourtInformedOfChange"] = "Clerk Supervisor", ["JudicialSuggestionReceived"] = "Clerk Supervisor", ["JudicialSuggestionReplied"] = "Clerk Supervisor",
    };

    public override IReadOnlyDictionary<string, string> Askers { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["conference-coverage"] = Readers, ["risk-board"] = Readers, ["self-corrections"] = Readers, ["head-attendance"] = Readers,
        ["judicial-suggestions"] = Readers, ["case-filings"] = Readers, ["loss-filings"] = Readers, ["overdue-notice-drafts"] = "Supervisor Auditor Inspector Approver Admin",
    };

    // What rests on a fact of the spine is rare there; such a chance is taken before what can be said at any time.
    public override (Subject Subject, IFact Fact)? Next(IRandomTeller teller)
    {
        var (resting, free) = (new List<(Subject, IFact)>(), new List<(Subject, IFact)>());
        foreach (var (key, visible) in teller.Ledger.Of(StreamKind.Lawsuit))
        {
            var subject = Subject.Lawsuit(key);
            var facts = visible.Select(v => v.Fact).ToList();
            if (facts.OfType<LawsuitDocketed>().FirstOrDefault() is not { Defendants.Count: > 0 } docketed) continue;
            resting.AddRange(Resting(facts, teller).Select(f => (subject, f)));
            free.AddRange(Free(docketed, teller, facts.Count).Select(f => (subject, f)));
        }

        return resting.Count > 0 && !teller.Rarely(4) ? teller.One(resting) : free.Count > 0 ? teller.One(free) : null;
    }

    public override IReadOnlyDictionary<string, JsonElement> Set(IFact fact, IRandomTeller teller) => fact switch
    {
        CaseFilingReturned => Put("reason", teller.One<FilingDefect>()),
        HeadAbsenceExplained => Put("ground", teller.One<AbsenceGround>()),
        HeadAttendanceNotified f => Put("hearingOn", f.HearingOn.AddDays(teller.Next(10))),
        JudicialSuggestionReceived f => Put("dueOn", teller.Rarely(3) ? null : f.ReceivedOn.AddDays(teller.Next(60))),
        JudicialSuggestionReplied => Put("result", teller.One<SuggestionResult>()),
        _ => base.Set(fact, teller),
    };

    private static IEnumerable<IFact> Resting(List<IFact> facts, IRandomTeller teller)
    {
        foreach (var filed in facts.OfType<CaseFilingSubmitted>().Where(f => !facts.OfType<CaseFilingAccepted>().Any(a => a.Unit == f.Unit && a.CaseNo == f.CaseNo)))
        {
            var day = teller.Day(filed.LegalDate!.Value, 20);
            yield return teller.Rarely(2) ? new CaseFilingReturned(filed.Unit, filed.CaseNo, day, teller.One<FilingDefect>()) : new CaseFilingAccepted(filed.Unit, filed.CaseNo, day);
        }

        // Well after the due day, whatever calendar is told later; who files late does so by then as well.
        foreach (var received in facts.OfType<ResponseMaterialsReceived>().Where(r => !facts.OfType<OverdueFilingNoticeDecided>().Any(n => n.Unit == r.Unit && n.CaseNo == r.CaseNo)
            && facts.OfType<CaseFilingSubmitted>().All(f => f.Unit != r.Unit || f.CaseNo != r.CaseNo || f.LegalDate > r.ReceivedOn.AddDays(25))))
        {
            var circulated = !teller.Rarely(3);
            yield return new OverdueFilingNoticeDecided(
                received.Unit, received.CaseNo, circulated ? NoticeDecision.Notify : NoticeDecision.NotNotified, teller.Day(received.ReceivedOn.AddDays(30), 30),
                circulated ? null : "法院送达回证有误", teller.Rarely(2) ? Hash(teller) : null);
        }

        foreach (var hearing in facts.OfType<HearingHeld>())
            if (hearing.Attendances.FirstOrDefault(a => a.By is Attendee.Principal or Attendee.Deputy or Attendee.HeadInCharge) is { } came)
                yield return new HeadIdentityRejected(came.Unit, hearing.CaseNo, hearing.HeldOn, teller.Day(hearing.HeldOn, 10));
        foreach (var made in facts.OfType<SelfCorrectionMade>().Where(m => !facts.OfType<CourtInformedOfChange>().Any(i => i.Unit == m.Unit && i.MadeOn == m.MadeOn)))
            for (var twice = 0; twice < 2; twice++)
                yield return new CourtInformedOfChange(made.Unit, made.MadeOn, teller.Day(made.MadeOn, 15), Hash(teller));
        foreach (var received in facts.OfType<JudicialSuggestionReceived>().Where(s => !facts.OfType<JudicialSuggestionReplied>().Any(r => r.Unit == s.Unit && r.SuggestionNo == s.SuggestionNo)))
            for (var often = 0; often < 4; often++)
                yield return new JudicialSuggestionReplied(received.Unit, received.SuggestionNo, teller.Day(received.ReceivedOn, 70), teller.One<SuggestionResult>(), Hash(teller));
    }

    private static IEnumerable<IFact> Free(LawsuitDocketed docketed, IRandomTeller teller, int number)
    {
        var (unit, day) = (teller.One(docketed.Defendants).Unit, teller.Day(docketed.DocketedOn, 60));
        yield return new HeadAttendanceNotified(unit, docketed.CaseNo, day.AddDays(3 + teller.Next(20)), day);
        yield return new HeadAbsenceExplained(unit, docketed.CaseNo, day, teller.One<AbsenceGround>(), Hash(teller), teller.Day(day, 5));
        for (var twice = 0; twice < 2; twice++)
            yield return new JudicialSuggestionReceived(
                teller.Rarely(3) ? teller.Unit() : unit, "s" + number, day, teller.One<SuggestionMatter>(), teller.Rarely(2) ? day.AddDays(30) : null);
    }

    private static string Hash(IRandomTeller teller) => new((char)('a' + teller.Next(6)), 64);

    private static Dictionary<string, JsonElement> Put(string member, object? value) => new(StringComparer.Ordinal) { [member] = Value(value) };
}
