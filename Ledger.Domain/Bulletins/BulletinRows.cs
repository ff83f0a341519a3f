using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Domain.Obligations;
using Ledger.Domain.Periods;
using Ledger.Domain.Plan;
using Ledger.Domain.Policies;

namespace Ledger.Domain.Bulletins;

/// <summary>What a bulletin is about.</summary>
public enum BulletinKind
{
    /// <summary>季度败诉通报</summary>
    Ranking,

    /// <summary>季度追责通报</summary>
    Accountability,
}

/// <summary>A bulletin as published and as restated, side by side.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Period">The period.</param>
/// <param name="Title">Its title.</param>
/// <param name="Policy">统计口径; null for an accountability bulletin.</param>
/// <param name="PublishedOn">When it was published.</param>
/// <param name="Late">Whether after its due day.</param>
/// <param name="Position">The position as published.</param>
/// <param name="AsOf">The cut-off day as published.</param>
/// <param name="LossRate">The county's loss rate as published.</param>
/// <param name="NewCases">The county's new cases as published.</param>
/// <param name="Cases">Fault cases as published.</param>
/// <param name="Persons">Persons held to account as published.</param>
/// <param name="RestatedOn">When it was last restated.</param>
/// <param name="Restatements">How often it was restated.</param>
/// <param name="RestatedLossRate">The county's loss rate as restated.</param>
/// <param name="RestatedNewCases">The county's new cases as restated.</param>
/// <param name="RestatedCases">Fault cases as restated.</param>
/// <param name="RestatedPersons">Persons as restated.</param>
/// <param name="Evidence">The facts.</param>
public sealed record BulletinListRow(
    string Key, BulletinKind Kind, string Period, string? Title, string? Policy, DateOnly PublishedOn, bool Late, long Position, DateOnly AsOf,
    Ratio? LossRate, int? NewCases, int? Cases, int? Persons, DateOnly? RestatedOn, int Restatements,
    Ratio? RestatedLossRate, int? RestatedNewCases, int? RestatedCases, int? RestatedPersons, IReadOnlyList<Evidence> Evidence);

/// <summary>A published period whose numbers are not the same any more.</summary>
/// <param name="Key">The bulletin, or the annual ranking.</param>
/// <param name="Fact">The fact to record: its draft is answered by <c>drafts</c>.</param>
/// <param name="Period">The period.</param>
/// <param name="Number">The number of the restatement that is due.</param>
/// <param name="StandingPosition">The position of what stands.</param>
/// <param name="Changes">What would change, old and new.</param>
/// <param name="Facts">Which facts did it.</param>
/// <param name="Old">For an accountability bulletin: its counts as published or last restated.</param>
/// <param name="New">For an accountability bulletin: its counts as they are now.</param>
public sealed record RestatementDueRow(
    string Key, string Fact, string Period, int Number, long StandingPosition, IReadOnlyList<RankingChange> Changes, IReadOnlyList<MovingFact> Facts,
    AccountabilityCount? Old = null, AccountabilityCount? New = null);

/// <summary>Year-on-year and period-on-period.</summary>
/// <param name="Unit">The unit; null for the county.</param>
/// <param name="Name">Its name.</param>
/// <param name="NewCases">发案量</param>
/// <param name="NewCasesPrevious">The period before (环比).</param>
/// <param name="NewCasesYearBefore">The same period of the year before (同比).</param>
/// <param name="LossRate">败诉率</param>
/// <param name="LossRatePrevious">The period before.</param>
/// <param name="LossRateYearBefore">The same period of the year before.</param>
/// <param name="LossRateChangePrevious">环比: the exact difference; null where one of the rates is none.</param>
/// <param name="LossRateChange">同比: the exact difference.</param>
/// <param name="VolumeFell">Whether fewer new cases than in the year before; null where nothing was listed then.</param>
/// <param name="RateFell">Whether a lower rate than in the year before; null where one of them is none.</param>
/// <param name="DoubleDecline">双下降: both fell; null where the rates cannot be compared.</param>
public sealed record TrendRow(
    string? Unit, string? Name, int NewCases, int NewCasesPrevious, int NewCasesYearBefore, Ratio LossRate, Ratio LossRatePrevious, Ratio LossRateYearBefore,
    Ratio? LossRateChangePrevious, Ratio? LossRateChange, bool? VolumeFell, bool? RateFell, bool? DoubleDecline);

/// <summary>The questions and duties of bulletins.</summary>
internal static class BulletinRows
{
    public static IEnumerable<BulletinListRow> List(Situation situation, Asked asked)
    {
        foreach (var (subject, facts) in situation.Streams(StreamKind.Bulletin))
        {
            var evidence = facts.Select(f => Evidence.Of(subject, f)).ToList();
            switch (facts[0].Fact)
            {
                case RankingBulletinPublished p when asked.Period is null || asked.Period.Text == p.Period:
                    var restatements = facts.Select(f => f.Fact).OfType<BulletinRestated>().OrderBy(r => r.Number).ToList();
                    var restated = restatements.Count == 0 ? null : restatements.SelectMany(r => r.Changes).LastOrDefault(c => c.Unit is null)?.New ?? p.County;
                    yield return new BulletinListRow(
                        subject.Key, BulletinKind.Ranking, p.Period, p.Title, p.Policy, p.PublishedOn, IsLate(situation, DutyKind.RankingBulletin, p.Period, p.PublishedOn), p.Position, p.AsOf,
                        p.County.LossRate, p.County.NewCases, null, null, (restatements.Count == 0 ? null : restatements[^1].RestatedOn), restatements.Count,
                        restated?.LossRate, restated?.NewCases, null, null, evidence);
                    break;
                case AccountabilityBulletinPublished p when asked.Period is null || asked.Period.Text == p.Period:
                    var corrected = facts.Select(f => f.Fact).OfType<AccountabilityBulletinRestated>().MaxBy(r => r.Number);
                    yield return new BulletinListRow(
                        subject.Key, BulletinKind.Accountability, p.Period, p.Title, null, p.PublishedOn, IsLate(situation, DutyKind.AccountabilityBulletin, p.Period, p.PublishedOn), p.Position,
                        p.AsOf, null, null, p.Cases, p.Persons, corrected?.RestatedOn, corrected?.Number ?? 0, null, null, corrected?.Cases, corrected?.Persons, evidence);
                    break;
                default: break;
            }
        }
    }

    public static Found Contents(Situation situation, Asked asked)
    {
        var subject = new Subject(StreamKind.Bulletin, asked.Key!);
        return situation.Of(subject).Select(f => f.Fact).FirstOrDefault() switch
        {
            RankingBulletinPublished published => new Found(BulletinContents.Of(situation, published)),
            AccountabilityBulletinPublished => new Found(AccountabilityContents.Of(situation, subject)),
            _ => Found.Refused(Codes.SubjectNotFound, subject),
        };
    }

    // What a closing fixed is what its bulletin says: the same table, before anybody has published it.
    public static Found Preview(Situation situation, Asked asked) =>
        PeriodState.ClosingOf(situation.Of(PeriodState.Of(asked.Period!))) is { } closing
            ? new Found(BulletinContents.Of(situation, new RankingBulletinPublished(
                closing.Period, closing.Position, closing.Policy, closing.AsOf, closing.RowsSha256, new RankingNumbers(default, 0, default, default, default, default), situation.AsOf, "")))
            : Found.Refused(Codes.BulletinNotClosed, asked.Period);

    public static IEnumerable<RestatementDueRow> Due(Situation situation)
    {
        // What stands may have been restated on a later day than the one asked about; then nothing is due on this one.
        foreach (var (subject, facts) in situation.Streams(StreamKind.Bulletin))
            if (BulletinState.Standing(facts) is { } last && Restatement.Of(situation, last).Restatement is { } due)
                yield return new RestatementDueRow(
                    subject.ToString(), nameof(BulletinRestated), last.Period, last is BulletinRestated { Number: var n } ? n + 1 : 1, last.Position, due.Changes, due.Facts);
        foreach (var (subject, facts) in situation.Streams(StreamKind.Bulletin))
            if (facts.Select(f => f.Fact).OfType<AccountabilityBulletinPublished>().FirstOrDefault() is { } published
                && AccountabilityRestatement.Of(situation, subject, facts, Period.Parse(published.Period)).Restatement is { } due)
                yield return new RestatementDueRow(
                    subject.ToString(), nameof(AccountabilityBulletinRestated), published.Period, due.Number, due.Position, [], due.Facts, due.Old, due.New);
        foreach (var (subject, facts) in situation.Streams(StreamKind.Period))
            if (Assessments.AnnualRankingState.Standing(facts) is { } last && Restatement.Of(situation, last).Restatement is { } due)
                yield return new RestatementDueRow(
                    subject.ToString(), nameof(Assessments.AnnualLossRankingRestated), last.Period, Assessments.AnnualRankingState.NumberOf(last) + 1, last.Position, due.Changes, due.Facts);
    }

    public static IEnumerable<TrendRow> Trends(Situation situation, Period period, CountingPolicy policy, string? onlyUnit)
    {
        var now = Rank(period)!;
        var (previous, yearBefore) = (Rank(period.Previous()), Rank(period.YearBefore()));
        if (onlyUnit is null) yield return Row(null, null, now.County, previous?.County, yearBefore?.County);
        foreach (var row in now.Rows.Where(r => onlyUnit is null || r.Unit == onlyUnit))
            yield return Row(row.Unit, row.Name, row.Figures, Find(previous, row.Unit), Find(yearBefore, row.Unit));

        Ranking? Rank(Period? of) => of is null ? null : situation.County.Rank(of, UnitList.All, policy);

        static Figures? Find(Ranking? ranking, string unit) => ranking?.Rows.FirstOrDefault(r => r.Unit == unit)?.Figures;

        static TrendRow Row(string? unit, string? name, Figures now, Figures? previous, Figures? before)
        {
            var rateFell = BulletinContents.Difference(now.LossRate, before?.LossRate) is { } change ? change.N < 0 : (bool?)null;
            var volumeFell = before is null ? (bool?)null : now.NewCases < before.NewCases;
            return new TrendRow(
                unit, name, now.NewCases, previous?.NewCases ?? 0, before?.NewCases ?? 0, now.LossRate, previous?.LossRate ?? default, before?.LossRate ?? default,
                BulletinContents.Difference(now.LossRate, previous?.LossRate), BulletinContents.Difference(now.LossRate, before?.LossRate),
                volumeFell, rateFell, rateFell is null ? null : volumeFell & rateFell);
        }
    }

    public static IEnumerable<Duty> Duties(Situation situation) =>
        DutySchedule.Returning(situation, DutyKind.RankingBulletin).Select(d => Met<RankingBulletinPublished>(d, BulletinState.OfRanking(d.Period!), situation))
            .Concat(DutySchedule.Returning(situation, DutyKind.AccountabilityBulletin)
                .Select(d => Met<AccountabilityBulletinPublished>(d, BulletinState.OfAccountability(d.Period!), situation)));

    private static Duty Met<TFact>(Duty duty, Subject subject, Situation situation)
        where TFact : IFact =>
        situation.Of(subject).FirstOrDefault(f => f.Fact is TFact) is { } fact
            ? (duty with { Subject = subject.ToString() }).MetBy(subject, fact)
            : duty with { Subject = subject.ToString() };

    private static bool IsLate(Situation situation, DutyKind kind, string period, DateOnly on) =>
        DutySchedule.Returning(situation, kind).FirstOrDefault(d => d.Period == period)?.DueOn < on;
}
