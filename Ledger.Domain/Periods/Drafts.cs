using System.Text.Json.Nodes;
using Ledger.Domain.Assessments;
using Ledger.Domain.Bulletins;
using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Domain.Plan;

namespace Ledger.Domain.Periods;

/// <summary>A fact to record next, as the ledger counts it at the position that was asked about.</summary>
/// <param name="Subject">Its stream.</param>
/// <param name="Fact">Its stable name.</param>
/// <param name="Data">Its data; what is counted is there.</param>
/// <param name="Missing">The members that the caller adds: days, reasons, persons, the approval.</param>
/// <param name="NeedsApproval">Whether it is recorded through an approval.</param>
public sealed record DraftRow(string Subject, string Fact, JsonObject Data, IReadOnlyList<string> Missing, bool NeedsApproval);

/// <summary>
/// The drafts of all facts that rest on a ledger position: nobody copies numbers by hand. Asked as of a past position or day,
/// a draft says what could have been recorded then.
/// </summary>
public static class Drafts
{
    // What a hot list takes for many losses until somebody says otherwise; two of a kind may have one cause.
    private const int ManyLosses = 2;

    /// <summary>The drafts of a kind of fact for a period.</summary>
    public static Found Of(Situation at, Asked asked)
    {
        var period = asked.Period!;
        var policy = asked.Policy ?? at.County.Policies.GoverningFrom(period.First).Id;
        var stream = PeriodState.Of(period);
        var closing = PeriodState.ClosingOf(at.Everything.Of(stream));
        return asked.Key switch
        {
            nameof(CourtListReconciled) => Counted(at, stream, new CourtListReconciled(period.Text, 0, at.Position, at.AsOf, 0, [], at.AsOf, ""), "reconciledOn", "reconciledBy"),
            nameof(LossHotlistConfirmed) => Several(asked.Key, Enum.GetValues<HotlistDimension>().Select(dimension => Counted(
                at, stream, new LossHotlistConfirmed(period.Text, dimension, HotlistRule.LossesAtLeast, ManyLosses, at.Position, at.AsOf, [], at.AsOf, ""), "confirmedOn", "confirmedBy"))),
            nameof(QuarterClosed) when closing is not null => Found.Refused(Codes.PeriodAlreadyClosed, period, closing.Position),
            nameof(QuarterClosed) => Counted(at, stream, new QuarterClosed(period.Text, at.Position, policy, at.AsOf, UnitList.All, "", 0, at.AsOf, ""), "closedOn", "closedBy"),
            nameof(RankingBulletinPublished) or nameof(AnnualLossRankingFinalised) when closing is null => Found.Refused(Codes.BulletinNotClosed, period),
            nameof(RankingBulletinPublished) => Counted(
                at.Everything.Earlier(closing!.Position, closing.AsOf), BulletinState.OfRanking(period.Text),
                new RankingBulletinPublished(period.Text, closing.Position, closing.Policy, closing.AsOf, "", Nothing, at.AsOf, ""), "publishedOn", "approval"),
            nameof(BulletinRestated) => Counted(
                at, BulletinState.OfRanking(period.Text), new BulletinRestated(period.Text, 0, at.Position, "", at.AsOf, "", "", [], [], "", at.AsOf, ""), "reason", "restatedOn", "approval"),
            nameof(AccountabilityBulletinPublished) => Counted(
                at, BulletinState.OfAccountability(period.Text), new AccountabilityBulletinPublished(period.Text, at.Position, at.AsOf, 0, 0, [], true, at.AsOf, ""), "publishedOn", "approval"),
            nameof(AccountabilityBulletinRestated) => Counted(
                at, BulletinState.OfAccountability(period.Text), new AccountabilityBulletinRestated(period.Text, 0, at.Position, at.AsOf, 0, 0, [], 0, 0, [], [], "", at.AsOf, ""), "reason", "restatedOn", "approval"),
            nameof(AnnualLossRankingFinalised) => Counted(
                at.Everything.Earlier(closing!.Position, closing.AsOf), stream,
                new AnnualLossRankingFinalised(period.Text, closing.Position, closing.Policy, closing.AsOf, "", [], at.AsOf, ""), "finalisedOn", "finalisedBy"),
            nameof(AnnualLossRankingRestated) => Counted(
                at, stream, new AnnualLossRankingRestated(period.Text, 0, at.Position, "", at.AsOf, "", "", [], [], [], [], "", at.AsOf, ""), "reason", "restatedOn", "approval"),
            nameof(ExcellentGradeBarred) or nameof(ExcellentBarLifted) => Bars(at, asked, period),
            _ => Found.Refused(Codes.DraftUnknown, asked.Key),
        };
    }

    private static RankingNumbers Nothing { get; } = new(default, 0, default, default, default, default);

    // Whom the ranking bars and nobody has told, or whose bar it no longer upholds.
    private static Found Bars(Situation at, Asked asked, Period period)
    {
        if (!period.IsYear) return Found.Refused(Codes.AnnualNotAYear, period);
        if (AnnualRankingState.Standing(at.Everything.Of(PeriodState.Of(period))) is not { } ranking) return Found.Refused(Codes.AnnualNotFinalised, period);
        var year = period.First.Year;
        var barred = asked.Key == nameof(ExcellentGradeBarred)
            ? ranking.Barred.Where(b => Standing(b.Unit) is null)
                .Select(b => (b.Unit, (IFact)new ExcellentGradeBarred(b.Unit, year, b.Rank, b.LossRate, at.AsOf, ""), "barredOn"))
            : from stream in at.Everything.Of(StreamKind.Assessment).OrderBy(s => s.Key, StringComparer.Ordinal)
              let bar = AssessmentState.StandingBar(stream.Facts)
              where bar is not null && bar.Year == year && ranking is AnnualLossRankingRestated && !ranking.Barred.Any(b => b.Unit == bar.Unit)
              select (bar.Unit, (IFact)new ExcellentBarLifted(bar.Unit, year, AnnualRankingState.NumberOf(ranking), at.AsOf, ""), "liftedOn");
        return Several(asked.Key!, barred.Where(b => asked.Unit is null || asked.Unit == b.Unit)
            .Select(b => new Found((List<DraftRow>)[Row(AssessmentState.Of(b.Unit, year), b.Item2, [b.Item3, "approval"])])));

        ExcellentGradeBarred? Standing(string unit) => AssessmentState.StandingBar(at.Everything.Of(AssessmentState.Of(unit, year)));
    }

    private static Found Counted(Situation at, Subject subject, IReproducible draft, params string[] missing)
    {
        var (fact, refusal) = draft.Reproduce(at, subject);
        return refusal is null ? new Found((List<DraftRow>)[Row(subject, fact!, missing)]) : new Found(null, refusal);
    }

    private static Found Several(string name, IEnumerable<Found> drafts)
    {
        var found = drafts.ToList();
        var rows = found.Select(f => f.Value).OfType<List<DraftRow>>().SelectMany(r => r).ToList();
        return rows.Count > 0 ? new Found(rows) : found.Find(f => f.Refusal is not null) ?? Found.Refused(Codes.DraftNothingToDo, name);
    }

    private static DraftRow Row(Subject subject, IFact fact, IReadOnlyList<string> missing)
    {
        var data = FactJson.WriteNode(fact);
        foreach (var member in missing) data.Remove(member);
        return new DraftRow(subject.ToString(), EventCatalog.NameOf(fact), data, missing, fact is INeedsApproval);
    }
}
