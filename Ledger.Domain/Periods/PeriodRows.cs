using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Obligations;
using Ledger.Domain.Plan;

namespace Ledger.Domain.Periods;

/// <summary>What was done for a quarter or a year, and when.</summary>
/// <param name="Period">The period.</param>
/// <param name="ListSharedOn">When the court first shared its list.</param>
/// <param name="ListNo">The last list.</param>
/// <param name="ExchangedOn">When information was first exchanged.</param>
/// <param name="ReconciledOn">When the list was last compared.</param>
/// <param name="Differences">Differences that stand now.</param>
/// <param name="Open">Of those, how many nobody has settled.</param>
/// <param name="ClosedOn">When the period was closed.</param>
/// <param name="ClosedBy">Who closed it.</param>
/// <param name="Position">The position of the closing.</param>
/// <param name="Policy">The policy of the closing.</param>
/// <param name="AsOf">The cut-off day of the closing.</param>
/// <param name="RowsSha256">The hash of the rows.</param>
/// <param name="Late">The duties of the period that were or are late.</param>
/// <param name="Evidence">The facts.</param>
public sealed record QuarterRow(
    string Period, DateOnly? ListSharedOn, int? ListNo, DateOnly? ExchangedOn, DateOnly? ReconciledOn, int Differences, int Open,
    DateOnly? ClosedOn, string? ClosedBy, long? Position, string? Policy, DateOnly? AsOf, string? RowsSha256,
    IReadOnlyList<DutyKind> Late, IReadOnlyList<Evidence> Evidence);

/// <summary>Where a difference stands.</summary>
public enum DifferenceStatus
{
    /// <summary>Nobody has settled it.</summary>
    Open,

    /// <summary>It was said to be put right, and it is still there.</summary>
    StillDiffers,

    /// <summary>Both are right, for a reason.</summary>
    Explained,

    /// <summary>It is no longer there, as somebody had said.</summary>
    Resolved,

    /// <summary>It is no longer there: a later fact or list has removed it.</summary>
    Gone,
}

/// <summary>A difference between the court's list and the ledger.</summary>
/// <param name="CaseNo">The case number.</param>
/// <param name="Kind">What differs.</param>
/// <param name="Unit">The unit.</param>
/// <param name="Lawsuit">The lawsuit in the ledger.</param>
/// <param name="Court">What the list says.</param>
/// <param name="Ledger">What the ledger says.</param>
/// <param name="HiddenNonFiling">Whether the court has it and the unit never filed it.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Reason">Why it was settled so.</param>
/// <param name="ResolvedOn">When.</param>
/// <param name="ResolvedBy">Who.</param>
/// <param name="Evidence">The fact that settled it.</param>
public sealed record DifferenceRow(
    string CaseNo, DifferenceKind Kind, string? Unit, string? Lawsuit, string? Court, string? Ledger, bool HiddenNonFiling,
    DifferenceStatus Status, string? Reason, DateOnly? ResolvedOn, string? ResolvedBy, Evidence? Evidence);

/// <summary>A lawsuit behind a cell.</summary>
/// <param name="Lawsuit">The lawsuit.</param>
/// <param name="CaseNo">The document.</param>
/// <param name="ClosedOn">The day by which it is counted.</param>
/// <param name="Units">The units that lost.</param>
public sealed record LostCase(string Lawsuit, string CaseNo, DateOnly ClosedOn, IReadOnlyList<string> Units);

/// <summary>A cell of the hot list: township × field × type of act × cause. A document with two causes stands in two cells.</summary>
/// <param name="Township">The township; null where none is known.</param>
/// <param name="Field">The field.</param>
/// <param name="ActType">The type of act.</param>
/// <param name="Cause">The cause; null where none was stated.</param>
/// <param name="Losses">How many documents.</param>
/// <param name="Cases">Those documents.</param>
/// <param name="ConfirmedIn">The dimensions in which a confirmed hot list of the period names the cell's value.</param>
public sealed record HotListRow(
    string? Township, string Field, string ActType, LossCause? Cause, int Losses, IReadOnlyList<LostCase> Cases, IReadOnlyList<HotlistDimension> ConfirmedIn);

/// <summary>A hot list as it was confirmed: many losses by which rule, counted at which position.</summary>
/// <param name="Period">The period.</param>
/// <param name="Dimension">What is listed.</param>
/// <param name="Rule">The rule that says what "many" is.</param>
/// <param name="Threshold">The rule's number.</param>
/// <param name="Position">The ledger position that the counts rest on.</param>
/// <param name="AsOf">The day of the counts.</param>
/// <param name="ConfirmedOn">When it was confirmed.</param>
/// <param name="ConfirmedBy">Who confirmed it.</param>
/// <param name="Items">What the rule gave.</param>
/// <param name="Evidence">The fact.</param>
public sealed record ConfirmedHotListRow(
    string Period, HotlistDimension Dimension, HotlistRule Rule, int Threshold, long Position, DateOnly AsOf, DateOnly ConfirmedOn, string ConfirmedBy,
    IReadOnlyList<HotlistItem> Items, Evidence Evidence);

/// <summary>The questions and duties of quarters and years.</summary>
internal static class PeriodRows
{
    public static IEnumerable<QuarterRow> Quarters(Situation situation, Asked asked)
    {
        var reconciliation = new Reconciliation(situation);
        var duties = PeriodArea.Area.Duties(situation).Where(d => d.Period is not null && d.OpenedOn <= situation.AsOf)
            .Select(d => d.On(situation.Calendar, situation.AsOf)).ToLookup(d => d.Period!, StringComparer.Ordinal);
        var begun = DutySchedule.Returning(situation, DutyKind.CourtListShared).Select(d => d.Period!);
        var told = situation.Streams(StreamKind.Period).ToDictionary(s => s.Subject.Key, s => s.Facts, StringComparer.Ordinal);
        foreach (var key in told.Keys.Union(begun, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            if ((asked.Period is { } only && only.Text != key) || !Counting.Period.TryParse(key, out var period)) continue;
            var subject = PeriodState.Of(period);
            var facts = told.GetValueOrDefault(key, []);
            var lists = CourtLists.Of(facts);
            var differences = lists.Last is null ? [] : Differences(reconciliation, period, facts).Where(d => d.Status is not (DifferenceStatus.Gone or DifferenceStatus.Resolved)).ToList();
            var closed = PeriodState.ClosingOf(facts);
            yield return new QuarterRow(
                key, lists.Shared.Select(l => (DateOnly?)l.SharedOn).Min(), lists.Last?.ListNo, First<InformationExchanged>(facts)?.Fact.LegalDate,
                facts.Where(f => f.Fact is CourtListReconciled).Select(f => f.Fact.LegalDate).Max(), differences.Count,
                differences.Count(d => d.Status is DifferenceStatus.Open or DifferenceStatus.StillDiffers), closed?.ClosedOn, closed?.ClosedBy, closed?.Position, closed?.Policy, closed?.AsOf,
                closed?.RowsSha256, [.. duties[key].Where(d => d.Status is DutyStatus.Overdue or DutyStatus.MetLate).Select(d => d.Kind).Distinct().Order()],
                [.. facts.Where(f => f.Fact is CourtQuarterlyListShared or InformationExchanged or CourtListReconciled or QuarterClosed).Select(f => Evidence.Of(subject, f))]);
        }
    }

    public static IEnumerable<DifferenceRow> Reconciled(Situation situation, Asked asked)
    {
        var facts = situation.Of(PeriodState.Of(asked.Period!));
        return Differences(new Reconciliation(situation), asked.Period!, facts)
            .Where(d => (asked.Unit is null || d.Unit == asked.Unit) && (asked.Status is null || d.Status.ToString() == asked.Status));
    }

    public static IEnumerable<HotListRow> HotLists(Situation situation, Counting.Period period, Policies.CountingPolicy policy)
    {
        var confirmed = situation.Of(PeriodState.Of(period)).Select(f => f.Fact).OfType<LossHotlistConfirmed>()
            .GroupBy(h => h.Dimension).Select(h => h.MaxBy(c => c.Position)!).ToList();
        return from loss in Hotlist.Losses(situation, period, policy)
               from cause in loss.Causes.Count == 0 ? [null] : loss.Causes.Select(c => (LossCause?)c)
               group loss by (loss.Township, loss.Field, loss.ActType, Cause: cause) into cell
               orderby cell.Count() descending
               select new HotListRow(
                   cell.Key.Township, cell.Key.Field, cell.Key.ActType, cell.Key.Cause, cell.Count(),
                   [.. cell.Select(l => new LostCase(l.Lawsuit, l.CaseNo, l.ClosedOn, l.Units))],
                   [.. confirmed.Where(h => h.Items.Any(i => i.Value == ValueOf(h.Dimension, cell.Key))).Select(h => h.Dimension).Order()]);
    }

    public static IEnumerable<ConfirmedHotListRow> ConfirmedHotLists(Situation situation, Asked asked) =>
        situation.Told<LossHotlistConfirmed>(StreamKind.Period)
            .Where(t => asked.Period is null || asked.Period.Text == t.Fact.Period)
            .OrderBy(t => t.Fact.Period, StringComparer.Ordinal).ThenBy(t => t.Fact.Dimension).ThenBy(t => t.Fact.Position)
            .Select(t => new ConfirmedHotListRow(
                t.Fact.Period, t.Fact.Dimension, t.Fact.Rule, t.Fact.Threshold, t.Fact.Position, t.Fact.AsOf, t.Fact.ConfirmedOn, t.Fact.ConfirmedBy, t.Fact.Items,
                Evidence.Of(t.Subject, t.Visible)));

    public static IEnumerable<Duty> Duties(Situation situation)
    {
        foreach (var duty in DutySchedule.Returning(situation, DutyKind.CourtListShared)) yield return Met<CourtQuarterlyListShared>(duty, situation);
        foreach (var duty in DutySchedule.Returning(situation, DutyKind.InformationExchange)) yield return Met<InformationExchanged>(duty, situation);
        var reconciliation = new Lazy<Reconciliation>(() => new Reconciliation(situation));
        foreach (var (subject, facts) in situation.Streams(StreamKind.Period))
        {
            if (CourtLists.Of(facts) is not { Last: not null } lists || !Counting.Period.TryParse(subject.Key, out var quarter)) continue;
            var resolved = facts.Where(f => f.Fact is DifferenceResolved).ToDictionary(f => ((DifferenceResolved)f.Fact).Key);
            foreach (var row in Differences(reconciliation.Value, quarter, facts))
            {
                var key = new ListDifference(row.CaseNo, row.Kind, row.Unit);
                // What is gone by itself is nobody's duty any more.
                if (row.Status == DifferenceStatus.Gone) continue;
                var since = lists.Shared.First(l => row.Kind == DifferenceKind.LedgerOnly || l.Rows.Any(r => CaseNumber.Normalise(r.CaseNo) == row.CaseNo)).SharedOn;
                var duty = new Duty(DutyKind.DifferenceResolution, since)
                {
                    Unit = row.Unit, Subject = subject.ToString(), CaseNo = row.CaseNo, Item = row.Kind.ToString(), Period = quarter.Text,
                }.Due(situation.Calendar.AddWorkingDays(since, PeriodArea.DaysToSettle));
                yield return row.Status is DifferenceStatus.Explained or DifferenceStatus.Resolved ? duty.MetBy(subject, resolved[key]) : duty;
            }
        }
    }

    // Those that stand now, those of an earlier comparison that do not, and those that somebody settled.
    private static IEnumerable<DifferenceRow> Differences(Reconciliation reconciliation, Counting.Period quarter, IReadOnlyList<VisibleFact> facts)
    {
        var lists = CourtLists.Of(facts);
        var now = lists.Last is null ? [] : reconciliation.Of(quarter, lists).Differences.ToDictionary(d => d.Key);
        var settled = facts.Where(f => f.Fact is DifferenceResolved).ToDictionary(f => ((DifferenceResolved)f.Fact).Key);
        var known = now.Keys.Union(facts.Select(f => f.Fact).OfType<CourtListReconciled>().SelectMany(r => r.Differences)).Union(settled.Keys);
        foreach (var key in known.OrderBy(k => k.CaseNo, StringComparer.Ordinal).ThenBy(k => k.Kind).ThenBy(k => k.Unit, StringComparer.Ordinal))
        {
            var difference = now.GetValueOrDefault(key);
            var by = settled.GetValueOrDefault(key);
            var resolved = (DifferenceResolved?)by?.Fact;
            var status = (difference, resolved?.Settlement) switch
            {
                (not null, null) => DifferenceStatus.Open,
                (not null, DifferenceSettlement.Resolved) => DifferenceStatus.StillDiffers,
                (_, DifferenceSettlement.Explained) => DifferenceStatus.Explained,
                (null, DifferenceSettlement.Resolved) => DifferenceStatus.Resolved,
                _ => DifferenceStatus.Gone,
            };
            yield return new DifferenceRow(
                key.CaseNo, key.Kind, key.Unit, difference?.Lawsuit, difference?.Court, difference?.Ledger, key.Kind is DifferenceKind.NeverFiled or DifferenceKind.CourtOnly,
                status, resolved?.Reason, resolved?.ResolvedOn, resolved?.ResolvedBy, by is null ? null : Evidence.Of(PeriodState.Of(quarter), by));
        }
    }

    private static Duty Met<TFact>(Duty duty, Situation situation)
        where TFact : IFact
    {
        var subject = new Subject(StreamKind.Period, duty.Period!);
        return First<TFact>(situation.Of(subject)) is { } fact ? (duty with { Subject = subject.ToString() }).MetBy(subject, fact) : duty with { Subject = subject.ToString() };
    }

    private static VisibleFact? First<TFact>(IEnumerable<VisibleFact> facts)
        where TFact : IFact => facts.Where(f => f.Fact is TFact).OrderBy(f => f.Fact.LegalDate).ThenBy(f => f.Sequence).FirstOrDefault();

    private static string? ValueOf(HotlistDimension dimension, (string? Township, string Field, string ActType, LossCause? Cause) cell) => dimension switch
    {
        HotlistDimension.Township => cell.Township, HotlistDimension.Field => cell.Field, HotlistDimension.ActType => cell.ActType, _ => cell.Cause?.ToString(),
    };
}
