using Ledger.Domain.Benchmarks;
using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Obligations;
using Ledger.Domain.Periods;
using Ledger.Domain.Plan;
using Ledger.Domain.Policies;
using Ledger.Domain.Units;

namespace Ledger.Domain.Bulletins;

/// <summary>A row of the bulletin's table, as published (domain.md §4). A change is the exact difference of two rates, not reduced.</summary>
/// <param name="Rank">败诉率名次; null without a closing and for the county.</param>
/// <param name="PreviousRank">上期名次</param>
/// <param name="Unit">The unit; null for the county.</param>
/// <param name="Name">Its name on the cut-off day.</param>
/// <param name="Kind">Township, department, stationed or county government: the parts of the annex.</param>
/// <param name="NewCases">新收一审（发案量）</param>
/// <param name="NewCasesYearBefore">The same period of the year before (同比).</param>
/// <param name="ShareOfCounty">占全县: new cases over those of the county.</param>
/// <param name="Closed">审结</param>
/// <param name="DismissedClaims">驳回诉讼请求</param>
/// <param name="DismissedSuits">驳回起诉、不予立案</param>
/// <param name="MediatedOrWithdrawn">调撤数、调撤率</param>
/// <param name="Losses">败诉件数</param>
/// <param name="SeriesOfLosses">其中串案（组）</param>
/// <param name="LossRate">败诉率</param>
/// <param name="LossRateYearBefore">The rate of the same period of the year before.</param>
/// <param name="LossRateChange">同比: the difference of the two; null where one of them is none.</param>
/// <param name="DifferenceToProvince">与全省均值差; null (grey) where there is no figure or its basis is another.</param>
/// <param name="EffectiveLossRate">生效败诉率（参考）</param>
/// <param name="HeadAttendance">出庭率: head attended over cases heard in open court (开庭、负责人出庭).</param>
/// <param name="TimelyCaseFiling">三日报备率</param>
/// <param name="TimelyLossFiling">五日败诉报备率</param>
/// <param name="Rectification">整改完成、应整改: of the rectifications due in the period.</param>
/// <param name="AccountabilityCases">追责件数</param>
/// <param name="AccountabilityPersons">追责人数</param>
/// <param name="Remarks">备注: <c>SmallSample</c>, <c>NoClosing</c>, <c>Barred</c>.</param>
/// <param name="Restated">The numbers of the last restatement, where it changed the row.</param>
public sealed record BulletinRow(
    int? Rank, int? PreviousRank, string? Unit, string? Name, UnitKind? Kind, int NewCases, int? NewCasesYearBefore, Ratio ShareOfCounty, long Closed,
    int DismissedClaims, int DismissedSuits, Ratio MediatedOrWithdrawn, long Losses, int SeriesOfLosses, Ratio LossRate, Ratio? LossRateYearBefore,
    Ratio? LossRateChange, Ratio? DifferenceToProvince, Ratio EffectiveLossRate, Ratio HeadAttendance, Ratio TimelyCaseFiling, Ratio TimelyLossFiling,
    Ratio Rectification, int AccountabilityCases, int AccountabilityPersons, IReadOnlyList<string> Remarks, RankingNumbers? Restated);

/// <summary>A bulletin with everything that is printed on it and under it.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Period">The period.</param>
/// <param name="Title">Its title.</param>
/// <param name="Policy">统计口径</param>
/// <param name="Basis">Which documents make the loss rate under it.</param>
/// <param name="AsOf">数据截止日</param>
/// <param name="Position">The ledger position that the table rests on.</param>
/// <param name="RowsSha256">The hash that was published.</param>
/// <param name="Reproduced">Whether the ledger, counted again at the position, still gives that hash.</param>
/// <param name="PublishedOn">When it was published.</param>
/// <param name="PreparedBy">编制: who asked for the publication.</param>
/// <param name="ApprovedBy">审核: who approved it.</param>
/// <param name="Province">The province's loss rate; null where there is none.</param>
/// <param name="ProvinceRefused">Why the county is not compared with it; null where it is.</param>
/// <param name="Rows">The units, in the order of the ranking.</param>
/// <param name="County">The county.</param>
/// <param name="Restatements">更正说明: every restatement since.</param>
public sealed record BulletinContents(
    string Key, string Period, string? Title, string Policy, CountingBasis Basis, DateOnly AsOf, long Position, string RowsSha256, bool Reproduced, DateOnly PublishedOn,
    string? PreparedBy, string? ApprovedBy, Ratio? Province, string? ProvinceRefused, IReadOnlyList<BulletinRow> Rows, BulletinRow County,
    IReadOnlyList<BulletinRestated> Restatements)
{
    /// <summary>The contents of a published bulletin, counted again at its position.</summary>
    public static BulletinContents Of(Situation now, RankingBulletinPublished published)
    {
        var stream = BulletinState.OfRanking(published.Period);
        var restatements = now.Of(stream).Select(f => f.Fact).OfType<BulletinRestated>().OrderBy(r => r.Number).ToList();
        var at = now.Everything.Earlier(published.Position, published.AsOf);
        var table = new Table(at, Counting.Period.Parse(published.Period), at.County.Policies.Find(published.Policy)!, Restated(restatements));
        var approval = Approvals.Approval.Fold(published.Approval, now.Everything.Of(new Subject(StreamKind.Approval, published.Approval)));
        return new BulletinContents(
            stream.Key, published.Period, published.Title, published.Policy, table.Policy.Basis, published.AsOf, published.Position, published.RowsSha256,
            RankingText.Sha256Of(table.Ranking) == published.RowsSha256, published.PublishedOn, approval.Requested?.RequestedBy, approval.Granted?.GrantedBy,
            table.Province, table.ProvinceRefused?.Code, [.. table.Rows()], table.County(), restatements);
    }

    // Of several restatements of a row the last one stands.
    private static Dictionary<string, RankingNumbers?> Restated(IEnumerable<BulletinRestated> restatements)
    {
        var numbers = new Dictionary<string, RankingNumbers?>(StringComparer.Ordinal);
        foreach (var change in restatements.SelectMany(r => r.Changes)) numbers[change.Unit ?? ""] = change.New;
        return numbers;
    }

    private sealed class Table
    {
        private readonly Situation _at;
        private readonly Period _period;
        private readonly Ranking? _before;
        private readonly Ranking? _yearBefore;
        private readonly Ranking _effective;
        private readonly Dictionary<string, Tally> _tallies;
        private readonly List<DecidedCase> _decided;
        private readonly List<Duty> _rectifications;
        private readonly IReadOnlyDictionary<string, RankingNumbers?> _restated;

        public Table(Situation at, Period period, CountingPolicy policy, IReadOnlyDictionary<string, RankingNumbers?> restated)
        {
            (_at, _period, Policy, _restated) = (at, period, policy, restated);
            Ranking = Rank(period, policy)!;
            _before = Rank(period.Previous(), policy);
            _yearBefore = Rank(period.YearBefore(), policy);
            _effective = Rank(period, policy with { Basis = CountingBasis.Effective })!;
            _tallies = at.County.CountedUnits.ToDictionary(
                u => u.Key, u => Tally.Of(u.Key, at.County.ContributionsOf(u.Key), period, policy, at.Calendar, at.AsOf), StringComparer.Ordinal);
            _decided = [.. AccountabilityCount.Decided(at).Where(d => period.Contains(d.On))];
            _rectifications = [.. at.Duties.Where(d => d.Kind == DutyKind.Rectification && d.DueOn is { } due && period.Contains(due))];
            (var compared, ProvinceRefused) = Comparison.Of(
                BenchmarkIndicator.LossRate, Ranking.County.LossRate, policy, at.Everything.Of(new Subject(StreamKind.Benchmark, period.Text)), period.Text);
            Province = compared?.Province;
        }

        public CountingPolicy Policy { get; }

        public Ranking Ranking { get; }

        public Ratio? Province { get; }

        public Refusal? ProvinceRefused { get; }

        public IEnumerable<BulletinRow> Rows() => Ranking.Rows.Select(row => Row(
            row.Unit, row.Name, row.Figures, row.Rank, row.Barred,
            Find(_before, row.Unit)?.Rank, Find(_yearBefore, row.Unit)?.Figures, Find(_effective, row.Unit)?.Figures, [_tallies[row.Unit]]));

        public BulletinRow County() => Row(null, null, Ranking.County, null, null, null, _yearBefore?.County, _effective.County, _tallies.Values);

        private BulletinRow Row(
            string? unit, string? name, Figures figures, int? rank, bool? barred, int? previous, Figures? yearBefore, Figures? effective, IReadOnlyCollection<Tally> tallies)
        {
            var rectifications = _rectifications.Where(d => unit is null || d.Unit == unit).ToList();
            var decided = _decided.Where(d => unit is null || d.Unit == unit).ToList();
            return new BulletinRow(
                rank, previous, unit, name, unit is null ? null : _at.County.Find(unit)?.Registered!.Kind, figures.NewCases, yearBefore?.NewCases,
                new Ratio(figures.NewCases, Ranking.County.NewCases), figures.Closed,
                Distinct(tallies, t => t.Closed, o => o.ClassOf() == OutcomeClass.Win), Distinct(tallies, t => t.Closed, o => o.ClassOf() == OutcomeClass.Procedural),
                figures.MediatedOrWithdrawn, figures.Losses,
                tallies.SelectMany(t => t.LossRate).Where(c => c.Counts).Select(c => c.Closing.Series).OfType<string>().Distinct(StringComparer.Ordinal).Count(),
                figures.LossRate, yearBefore?.LossRate, Difference(figures.LossRate, yearBefore?.LossRate), Difference(figures.LossRate, Province),
                effective?.LossRate ?? default, figures.HeadAttendance, figures.TimelyCaseFiling, figures.TimelyLossFiling,
                new Ratio(rectifications.Count(d => d.Status is DutyStatus.Met or DutyStatus.MetLate), rectifications.Count),
                decided.Select(d => d.Subject).Distinct().Count(), decided.Sum(d => d.Persons),
                [.. Remarks(figures, unit is not null, barred)], _restated.GetValueOrDefault(unit ?? ""));
        }

        // Of several defendants of a document, the county counts it once.
        private static int Distinct(IEnumerable<Tally> tallies, Func<Tally, IReadOnlyList<CountedClosing>> items, Func<Outcome, bool> counts) =>
            tallies.SelectMany(items).Where(c => c.Closing.Outcomes.Any(counts)).Select(c => (c.Lawsuit, c.Closing.CaseNo)).Distinct().Count();

        private static IEnumerable<string> Remarks(Figures figures, bool isUnit, bool? barred)
        {
            if (isUnit && !figures.LossRate.Exists) yield return "NoClosing";
            if (figures.IsSmallSample) yield return "SmallSample";
            if (barred == true) yield return "Barred";
        }

        private Ranking? Rank(Period? period, CountingPolicy policy) => period is null ? null : _at.County.Rank(period, UnitList.All, policy);

        private static RankingRow? Find(Ranking? ranking, string unit) => ranking?.Rows.FirstOrDefault(r => r.Unit == unit);
    }

    /// <summary>The difference of two rates as a fraction, not reduced; null where one of them is none, and where it is too large to write.</summary>
    public static Ratio? Difference(Ratio left, Ratio? right)
    {
        if (right is not { Exists: true } other || !left.Exists) return null;
        // A rate of the province is recorded, not counted: its numbers may be of any size.
        var (n, d) = (((Int128)left.N * other.D) - ((Int128)other.N * left.D), (Int128)left.D * other.D);
        return long.MinValue <= n && n <= long.MaxValue && d <= long.MaxValue ? new Ratio((long)n, (long)d) : null;
    }
}
