using Ledger.Domain.Bulletins;
using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Domain.Periods;
using Ledger.Domain.Plan;
using Ledger.Domain.Policies;

namespace Ledger.Domain.Assessments;

/// <summary>A unit that must not be graded excellent.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Rank">Its rank in the list over which the policy bars.</param>
/// <param name="LossRate">Its loss rate.</param>
public sealed record BarredUnit([property: StreamKey] string Unit, int Rank, Ratio LossRate)
{
    /// <summary>The barred units of a year's ranking, by rank, then key (counting-rules.md §6).</summary>
    public static IReadOnlyList<BarredUnit> Of(Situation at, Ranking ranking)
    {
        UnitList[] lists = ranking.Policy.BarList == BarList.All ? [UnitList.All] : [UnitList.Townships, UnitList.Departments];
        var rows = lists.SelectMany(list => list == UnitList.All ? ranking.Rows : at.County.Rank(ranking.Period, list, ranking.Policy).Rows);
        return [.. rows.Where(r => r.Barred == true).OrderBy(r => r.Rank).ThenBy(r => r.Unit, StringComparer.Ordinal).Select(r => new BarredUnit(r.Unit, r.Rank!.Value, r.Figures.LossRate))];
    }
}

/// <summary>A fact that says which units a year's ranking bars.</summary>
public interface IBarsUnits : IStatesRanking
{
    /// <summary>The barred units.</summary>
    IReadOnlyList<BarredUnit> Barred { get; }
}

/// <summary>年度败诉率排名确定 (plan 4.4e): the ranking of a closed year is final, and with it who must not be graded excellent.</summary>
/// <param name="Period">The year, the same as the stream's key.</param>
/// <param name="Position">The position of the year's closing.</param>
/// <param name="Policy">The policy of the closing.</param>
/// <param name="AsOf">The cut-off day of the closing.</param>
/// <param name="RowsSha256">The hash of the closing.</param>
/// <param name="Barred">The units at the first three ranks, ties included.</param>
/// <param name="FinalisedOn">When.</param>
/// <param name="FinalisedBy">Who.</param>
public sealed record AnnualLossRankingFinalised(
    [property: Period] string Period,
    long Position,
    string Policy,
    DateOnly AsOf,
    [property: Sha256] string RowsSha256,
    IReadOnlyList<BarredUnit> Barred,
    DateOnly FinalisedOn,
    [property: ActingPerson] string FinalisedBy) : IFinal, IBarsUnits, INamesUnits
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => FinalisedOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => Barred.Select(b => b.Unit);

    /// <inheritdoc/>
    public (IFact? Fact, Refusal? Refusal) Reproduce(Situation at, Subject subject)
    {
        var period = Counting.Period.Parse(Period);
        if (!period.IsYear) return (null, Refusal.Of(Codes.AnnualNotAYear, Period));
        var (ranking, refusal) = RankingText.Rank(at, period, Policy);
        return refusal is null
            ? (this with { RowsSha256 = RankingText.Sha256Of(ranking!), Barred = BarredUnit.Of(at, ranking!) }, null)
            : (null, refusal);
    }
}

/// <summary>年度败诉率排名更正: later facts have changed the final ranking; the bars follow this one from now on.</summary>
/// <param name="Period">The year, the same as the stream's key.</param>
/// <param name="Number">1, 2, …</param>
/// <param name="Position">The ledger position of the new numbers, later than those that they replace.</param>
/// <param name="Policy">The policy, the same as of the final ranking.</param>
/// <param name="AsOf">The cut-off day of the new numbers.</param>
/// <param name="OldRowsSha256">The hash as finalised or last restated.</param>
/// <param name="RowsSha256">The new hash.</param>
/// <param name="Barred">The units that are barred now.</param>
/// <param name="NoLongerBarred">The units that were barred and are not now.</param>
/// <param name="Changes">The rows that differ, old and new.</param>
/// <param name="Facts">The facts that moved a number.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="RestatedOn">When.</param>
/// <param name="Approval">The approval's key.</param>
public sealed record AnnualLossRankingRestated(
    [property: Period] string Period,
    int Number,
    long Position,
    string Policy,
    DateOnly AsOf,
    [property: Sha256] string OldRowsSha256,
    [property: Sha256] string RowsSha256,
    IReadOnlyList<BarredUnit> Barred,
    IReadOnlyList<string> NoLongerBarred,
    IReadOnlyList<RankingChange> Changes,
    IReadOnlyList<MovingFact> Facts,
    string Reason,
    DateOnly RestatedOn,
    [property: StreamKey] string Approval) : IFinal, IBarsUnits, INeedsApproval, INamesUnits
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => RestatedOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => Barred.Select(b => b.Unit);

    /// <inheritdoc/>
    public (IFact? Fact, Refusal? Refusal) Reproduce(Situation at, Subject subject)
    {
        if (AnnualRankingState.Standing(at.Everything.Of(subject)) is not { } last) return (null, Refusal.Of(Codes.AnnualNotFinalised, Period));
        var (restated, refusal) = Restatement.Of(at, last);
        if (refusal is not null) return (null, refusal);
        var barred = BarredUnit.Of(at, restated!.Ranking);
        return (this with
        {
            Number = AnnualRankingState.NumberOf(last) + 1,
            Policy = last.Policy,
            OldRowsSha256 = restated.OldSha256,
            RowsSha256 = restated.NewSha256,
            Barred = barred,
            NoLongerBarred = [.. last.Barred.Select(b => b.Unit).Except(barred.Select(b => b.Unit), StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            Changes = restated.Changes,
            Facts = restated.Facts,
        }, null);
    }
}

/// <summary>The rules of the annual ranking in <c>period/{year}</c>.</summary>
/// <param name="key">The year.</param>
public sealed class AnnualRankingState(string key) : SubjectState(new Subject(StreamKind.Period, key))
{
    private readonly List<VisibleFact> _facts = [];

    /// <inheritdoc/>
    protected override bool MustBeOpened => false;

    /// <summary>What stands: as finalised, or the last restatement; null before it is finalised.</summary>
    public static IBarsUnits? Standing(IEnumerable<VisibleFact> facts) => facts.Select(f => f.Fact).OfType<IBarsUnits>().MaxBy(NumberOf);

    /// <summary>0 for the final ranking, else the restatement's number.</summary>
    public static int NumberOf(IBarsUnits ranking) => ranking is AnnualLossRankingRestated { Number: var number } ? number : 0;

    /// <summary>The stream of a year.</summary>
    public static Subject Of(int year) => new(StreamKind.Period, year.ToString("D4", System.Globalization.CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    protected override Refusal? Decide(IFact fact, AdmissionContext context) => fact switch
    {
        AnnualLossRankingFinalised f => OfStream(f.Period) ?? CheckFinalised(f),
        AnnualLossRankingRestated f => OfStream(f.Period) ?? CheckRestated(f),
        _ => null,
    };

    /// <inheritdoc/>
    protected override void Fold(VisibleFact fact) => _facts.Add(fact);

    private Refusal? OfStream(string period) => period == Subject.Key ? null : Refusal.Of(Codes.InvalidValue, "period", period);

    private Refusal? CheckFinalised(AnnualLossRankingFinalised fact)
    {
        if (Standing(_facts) is not null) return Refusal.Of(Codes.AnnualAlreadyFinalised, fact.Period);
        if (PeriodState.ClosingOf(_facts) is not { } closing) return Refusal.Of(Codes.BulletinNotClosed, fact.Period);
        if (closing.Position != fact.Position || closing.Policy != fact.Policy || closing.AsOf != fact.AsOf || closing.RowsSha256 != fact.RowsSha256)
            return Refusal.Of(Codes.BulletinDiffersFromClosing, fact.Period, closing.Position, closing.Policy, closing.RowsSha256);
        return NotBefore(fact.FinalisedOn, closing.ClosedOn, nameof(QuarterClosed));
    }

    private Refusal? CheckRestated(AnnualLossRankingRestated fact)
    {
        if (Standing(_facts) is not { } last) return Refusal.Of(Codes.AnnualNotFinalised, fact.Period);
        return BulletinState.CheckNumber(fact.Number, NumberOf(last), fact.Position, fact.AsOf, last.Position, last.AsOf)
            ?? NotBefore(fact.RestatedOn, last.LegalDate!.Value, EventCatalog.NameOf(last));
    }

    private static Refusal? NotBefore(DateOnly day, DateOnly earliest, string of) =>
        day < earliest ? Refusal.Of(Codes.DateOutOfOrder, day.ToString("O"), earliest.ToString("O"), of) : null;
}
