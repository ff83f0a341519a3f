using Ledger.Domain.Facts;
using Ledger.Domain.Obligations;
using Ledger.Domain.Plan;
using Ledger.Domain.Rectifications;
using Ledger.Domain.Supervision;

namespace Ledger.Domain.Accountability;

/// <summary>What must end in a terminal decision: a loss by fault or a confirmed finding (plan 3.4.1: 发现一起追究一起).</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Subject">The rectification or the supervision file.</param>
/// <param name="Since">The determination or the confirmation.</param>
/// <param name="Cases">The fault cases that were opened for it.</param>
/// <param name="Loss">The loss; null for a finding.</param>
/// <param name="Finding">The finding's key; null for a loss.</param>
public sealed record MustDecide(
    string Unit, Subject Subject, VisibleFact Since, IReadOnlyList<AccountabilityCase> Cases, RectificationOpened? Loss, string? Finding)
{
    /// <summary>The case whose terminal decision stands; null for an orphan.</summary>
    public AccountabilityCase? DecidedIn => Cases.Where(c => c.TerminalBy is not null).MinBy(c => Timeline.OrderOf(c.TerminalBy!));

    /// <summary>Everything that must end in a decision, by the day since when.</summary>
    public static IReadOnlyList<MustDecide> Of(Situation situation)
    {
        var cases = AccountabilityCase.Of(situation);
        return [.. Losses(situation, cases).Concat(Findings(situation, cases)).OrderBy(m => m.Since.Fact.LegalDate).ThenBy(m => m.Subject.ToString(), StringComparer.Ordinal).ThenBy(m => m.Finding, StringComparer.Ordinal)];
    }

    /// <summary>The duty to decide.</summary>
    public Duty ToDuty()
    {
        var duty = new Duty(DutyKind.AccountabilityDecision, Since.Fact.LegalDate!.Value) { Unit = Unit, Subject = Subject.ToString(), CaseNo = Loss?.CaseNo, Item = Finding };
        return DecidedIn is { } decided ? duty.MetBy(decided.Stream, decided.TerminalBy!) : duty;
    }

    // Several rectifications of one loss are one loss; a loss that the final judgment took back is none.
    private static IEnumerable<MustDecide> Losses(Situation situation, IReadOnlyList<AccountabilityCase> cases)
    {
        var standing = LossRegister.Of(situation).Where(l => !l.IsReversed).Select(l => (l.Lawsuit.Key, l.CaseNo, l.Unit)).ToHashSet();
        return from rectification in LossRegister.Rectifications(situation)
               let opened = rectification.Opened
               group rectification by (opened.Lawsuit, opened.CaseNo, opened.Unit) into same
               where standing.Contains(same.Key)
               let first = same.Where(r => r.Cause is { Fault: true }).MinBy(r => Timeline.OrderOf(r.CauseBy!))
               where first is not null
               // By the rectification's key: the case number may be corrected in the lawsuit after the clue was opened.
               let keys = same.Select(r => r.Stream.Key).ToHashSet(StringComparer.Ordinal)
               select new MustDecide(
                   same.Key.Unit, first.Stream, first.CauseBy!,
                   [.. cases.Where(c => c.Opened is { Loss: { } loss } && keys.Contains(loss.Rectification) && c.Opened.Unit == same.Key.Unit)], first.Opened, null);
    }

    private static IEnumerable<MustDecide> Findings(Situation situation, IReadOnlyList<AccountabilityCase> cases) =>
        from told in situation.Told<IConfirmsFinding>(StreamKind.Supervision)
        where situation.County.Find(told.Fact.Unit) is { IsCounted: true }
        group told by (told.Subject, told.Fact.Finding, told.Fact.Unit) into same
        select new MustDecide(
            same.Key.Unit, same.Key.Subject, same.First().Visible,
            [.. cases.Where(c => c.Opened!.Unit == same.Key.Unit && c.Opened.Finding is { } finding && finding.Supervision == same.Key.Subject.Key && finding.Finding == same.Key.Finding)],
            null, same.Key.Finding);
}
