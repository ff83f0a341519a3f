using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Domain.Obligations;
using Ledger.Domain.Plan;

namespace Ledger.Domain.Procuratorate;

/// <summary>What a matter began with.</summary>
public enum MatterForm
{
    /// <summary>移送检察机关的线索</summary>
    ClueSent,

    /// <summary>检察机关移送的线索</summary>
    ClueReceived,

    /// <summary>检察建议</summary>
    Suggestion,
}

/// <summary>Where a matter stands.</summary>
public enum ProcuratorialStatus
{
    /// <summary>待跟踪</summary>
    FollowUp,

    /// <summary>待回复</summary>
    AwaitingReply,

    /// <summary>逾期未回复</summary>
    ReplyOverdue,

    /// <summary>按期回复</summary>
    Replied,

    /// <summary>逾期回复</summary>
    RepliedLate,

    /// <summary>已办结</summary>
    FollowUpClosed,
}

/// <summary>Where a criminal referral stands.</summary>
public enum ReferralStatus
{
    /// <summary>待反馈</summary>
    AwaitingResult,

    /// <summary>已立案</summary>
    Accepted,

    /// <summary>不予立案</summary>
    NotAccepted,
}

/// <summary>A clue or a suggestion.</summary>
/// <param name="Key">The matter.</param>
/// <param name="Form">What it began with.</param>
/// <param name="Unit">The unit.</param>
/// <param name="Name">Its name.</param>
/// <param name="DocumentNo">The number of the clue or suggestion.</param>
/// <param name="ReceivedOn">When it was transferred or received.</param>
/// <param name="DueOn">The last day for the reply.</param>
/// <param name="RepliedOn">When it was replied.</param>
/// <param name="DaysLate">Working days by which the reply was, or is, late.</param>
/// <param name="CorrectedOn">When the act was corrected.</param>
/// <param name="Measure">How.</param>
/// <param name="ClosedOn">When the follow-up was closed.</param>
/// <param name="Result">What it came to.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Evidence">The facts.</param>
public sealed record ProcuratorialRow(
    string Key, MatterForm Form, string Unit, string Name, string DocumentNo, DateOnly ReceivedOn, DateOnly? DueOn, DateOnly? RepliedOn, int DaysLate, DateOnly? CorrectedOn,
    string? Measure, DateOnly? ClosedOn, FollowUpResult? Result, ProcuratorialStatus Status, IReadOnlyList<Evidence> Evidence);

/// <summary>How completely a unit enters its cases.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Name">Its name.</param>
/// <param name="Checks">How often it was checked.</param>
/// <param name="Sampled">Cases looked at.</param>
/// <param name="CompleteRate">Of these, entered completely.</param>
/// <param name="Defects">The defects, each kind once, the most frequent first.</param>
/// <param name="LastCheckedOn">The last check.</param>
/// <param name="Evidence">The checks.</param>
public sealed record EntryQualityRow(
    string Unit, string Name, int Checks, int Sampled, Ratio CompleteRate, IReadOnlyList<EntryDefects> Defects, DateOnly LastCheckedOn, IReadOnlyList<Evidence> Evidence);

/// <summary>A criminal referral.</summary>
/// <param name="Key">The matter.</param>
/// <param name="Unit">The unit that referred.</param>
/// <param name="Name">Its name.</param>
/// <param name="CaseReference">Its case.</param>
/// <param name="ReceivingOrgan">To whom.</param>
/// <param name="ReferredOn">When.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="DecidedOn">When the organ decided.</param>
/// <param name="Reasons">Why it refused.</param>
/// <param name="WaitingDays">Natural days from the referral to the first result, or to the day asked about.</param>
/// <param name="Evidence">The facts.</param>
public sealed record ReferralRow(
    string Key, string Unit, string Name, string CaseReference, string ReceivingOrgan, DateOnly ReferredOn, ReferralStatus Status, DateOnly? DecidedOn, string? Reasons,
    int WaitingDays, IReadOnlyList<Evidence> Evidence);

/// <summary>What is asked about work with the procuratorate.</summary>
internal static class ProcuratorateQuestions
{
    public static IReadOnlyList<Question> All { get; } =
    [
        Question.Of("procuratorial-matters", "检察监督线索、建议与落实", "clues and suggestions, replies and follow-up", Audience.Units, Matters,
            Parameters.Unit | Parameters.Period | Parameters.Status),
        Question.Of("entry-quality", "案件信息录入质量", "how completely units enter their cases", Audience.Units, EntryQuality, Parameters.Unit | Parameters.Period),
        Question.Of("criminal-referrals", "涉嫌犯罪案件移送与结果", "criminal referrals and their results", Audience.Units, Referrals,
            Parameters.Unit | Parameters.Period | Parameters.Status),
    ];

    /// <summary>The duties that follow.</summary>
    public static IEnumerable<Duty> Duties(Situation situation)
    {
        foreach (var (subject, matter) in Folded(situation))
            switch (matter.Opening!.Fact)
            {
                case ProcuratorialSuggestionReceived f:
                    var reply = new Duty(DutyKind.ProcuratorialReply, f.ReceivedOn) { Unit = f.Unit, Subject = subject.ToString(), Item = f.DocumentNo, DueOn = f.DueOn };
                    // A suggestion that was withdrawn wants no reply any more.
                    if (matter.Reply is { } replied) yield return reply.MetBy(subject, replied);
                    else if (matter.Closed?.Fact is not ProcuratorialFollowUpClosed { Result: FollowUpResult.Withdrawn }) yield return reply;
                    break;
                case CriminalReferralMade f:
                    var result = new Duty(DutyKind.ReferralResult, f.ReferredOn) { Unit = f.Unit, Subject = subject.ToString(), Item = f.CaseReference };
                    yield return matter.Results.OrderBy(r => r.Fact.LegalDate).FirstOrDefault() is { } first ? result.MetBy(subject, first) : result;
                    break;
                default: break;
            }
    }

    private static IEnumerable<(Subject Subject, ProcuratorialMatter Matter)> Folded(Situation situation) =>
        from stream in situation.Streams(StreamKind.Procuratorial)
        let matter = ProcuratorialMatter.Fold(stream.Subject.Key, stream.Facts)
        where matter.Opening is not null
        select (stream.Subject, matter);

    private static IEnumerable<(Subject Subject, ProcuratorialMatter Matter, TFact Opening)> Folded<TFact>(Situation situation, Asked asked)
        where TFact : class, IFact =>
        from folded in Folded(situation)
        let opening = folded.Matter.Opening!.Fact as TFact
        where opening is not null && (asked.Unit is null || asked.Unit == folded.Matter.Unit) && Within(asked.Period, opening)
        orderby opening.LegalDate
        select (folded.Subject, folded.Matter, opening);

    private static bool Within(Period? period, IFact fact) => period is null || period.Contains(fact.LegalDate!.Value);

    private static IReadOnlyList<Evidence> EvidenceOf(Subject subject, params IEnumerable<VisibleFact?> facts) => [.. facts.OfType<VisibleFact>().Select(f => Evidence.Of(subject, f))];

    private static IEnumerable<ProcuratorialRow> Matters(Situation situation, Asked asked) =>
        from folded in Folded<IOpensStream>(situation, asked)
        let row = Row(situation, folded.Subject, folded.Matter)
        where row is not null && (asked.Status is null || row.Status.ToString() == asked.Status)
        select row;

    private static ProcuratorialRow? Row(Situation situation, Subject subject, ProcuratorialMatter matter)
    {
        (MatterForm? form, string number, DateOnly? due) = matter.Opening!.Fact switch
        {
            ProcuratorialClueTransferred f => (f.Direction == ClueDirection.ToProcuratorate ? MatterForm.ClueSent : MatterForm.ClueReceived, f.ClueNo, null),
            ProcuratorialSuggestionReceived f => (MatterForm.Suggestion, f.DocumentNo, f.DueOn),
            _ => ((MatterForm?)null, "", (DateOnly?)null),
        };
        if (form is not { } of) return null;
        var replied = matter.Reply?.Fact.LegalDate;
        var closed = matter.Closed?.Fact as ProcuratorialFollowUpClosed;
        var corrected = matter.Corrections.OrderBy(c => c.Fact.LegalDate).FirstOrDefault();
        var until = replied ?? (closed?.Result == FollowUpResult.Withdrawn ? closed.ClosedOn : situation.AsOf);
        return new ProcuratorialRow(
            subject.Key, of, matter.Unit, situation.NameOf(matter.Unit), number, matter.Opening.Fact.LegalDate!.Value, due, replied,
            due < until ? situation.Calendar.WorkingDaysBetween(due.Value, until) : 0, corrected?.Fact.LegalDate, (corrected?.Fact as ProcuratorialFindingCorrected)?.Measure,
            closed?.ClosedOn, closed?.Result,
            closed is not null ? ProcuratorialStatus.FollowUpClosed
                : due is null ? ProcuratorialStatus.FollowUp
                : replied is not null ? replied <= due ? ProcuratorialStatus.Replied : ProcuratorialStatus.RepliedLate
                : due < situation.AsOf ? ProcuratorialStatus.ReplyOverdue : ProcuratorialStatus.AwaitingReply,
            EvidenceOf(subject, [matter.Opening, .. matter.Replies, .. matter.Corrections, matter.Closed]));
    }

    private static IEnumerable<EntryQualityRow> EntryQuality(Situation situation, Asked asked) =>
        from unit in Folded<CaseInfoEntryChecked>(situation, asked).GroupBy(c => c.Opening.Unit, StringComparer.Ordinal).OrderBy(u => u.Key, StringComparer.Ordinal)
        let checks = unit.Select(c => c.Opening).ToList()
        select new EntryQualityRow(
            unit.Key, situation.NameOf(unit.Key), checks.Count, checks.Sum(c => c.Sampled), new Ratio(checks.Sum(c => c.Complete), checks.Sum(c => c.Sampled)),
            [.. checks.SelectMany(c => c.Defects).GroupBy(d => d.Code).Select(g => new EntryDefects(g.Key, g.Sum(d => d.Count))).OrderByDescending(d => d.Count).ThenBy(d => d.Code)],
            checks.Max(c => c.CheckedOn), [.. unit.SelectMany(c => EvidenceOf(c.Subject, c.Matter.Opening))]);

    private static IEnumerable<ReferralRow> Referrals(Situation situation, Asked asked) =>
        from folded in Folded<CriminalReferralMade>(situation, asked)
        let made = folded.Opening
        let result = folded.Matter.Result
        let status = result is null ? ReferralStatus.AwaitingResult : result.Accepted ? ReferralStatus.Accepted : ReferralStatus.NotAccepted
        where asked.Status is null || status.ToString() == asked.Status
        let first = folded.Matter.Results.Select(r => r.Fact.LegalDate).Min()
        select new ReferralRow(
            folded.Subject.Key, made.Unit, situation.NameOf(made.Unit), made.CaseReference, made.ReceivingOrgan, made.ReferredOn, status, result?.DecidedOn, result?.Reasons,
            (first ?? situation.AsOf).DayNumber - made.ReferredOn.DayNumber, EvidenceOf(folded.Subject, [folded.Matter.Opening, .. folded.Matter.Results]));
}
