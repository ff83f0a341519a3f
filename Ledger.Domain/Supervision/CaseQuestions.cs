using Ledger.Domain.Facts;
using Ledger.Domain.Obligations;
using Ledger.Domain.Plan;

namespace Ledger.Domain.Supervision;

/// <summary>Where a file of one matter stands.</summary>
public enum MatterStatus
{
    /// <summary>在办</summary>
    InHand,

    /// <summary>已提级</summary>
    Elevated,

    /// <summary>超期未结</summary>
    PastDue,

    /// <summary>已办结</summary>
    Closed,
}

/// <summary>Where a licensing issue stands.</summary>
public enum IssueStatus
{
    /// <summary>未发现问题</summary>
    NoIssue,

    /// <summary>待整改</summary>
    Unresolved,

    /// <summary>已整改</summary>
    Resolved,
}

/// <summary>A case under individual supervision.</summary>
/// <param name="Key">The file.</param>
/// <param name="Unit">The unit.</param>
/// <param name="Name">Its name.</param>
/// <param name="CaseReference">The case.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="OpenedOn">When it was opened.</param>
/// <param name="DueOn">Until when it is to be concluded.</param>
/// <param name="Superior">The organ of the higher level, once it was lifted there.</param>
/// <param name="ElevationReason">Why it was.</param>
/// <param name="ElevatedOn">When.</param>
/// <param name="ClosedOn">When it was closed.</param>
/// <param name="Conclusion">What it came to.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Evidence">The facts.</param>
public sealed record IndividualCaseRow(
    string Key, string Unit, string Name, string CaseReference, CaseSource Source, DateOnly OpenedOn, DateOnly? DueOn, string? Superior, ElevationReason? ElevationReason,
    DateOnly? ElevatedOn, DateOnly? ClosedOn, string? Conclusion, MatterStatus Status, IReadOnlyList<Evidence> Evidence);

/// <summary>A major penalty that was filed.</summary>
/// <param name="Key">The file.</param>
/// <param name="Unit">The unit.</param>
/// <param name="Name">Its name.</param>
/// <param name="DecisionNo">The decision.</param>
/// <param name="Party">On whom.</param>
/// <param name="PenaltyKind">What.</param>
/// <param name="Amount">In yuan.</param>
/// <param name="DecidedOn">When it was decided.</param>
/// <param name="FiledOn">When it was filed.</param>
/// <param name="DaysToFile">Natural days from the decision to the filing.</param>
/// <param name="ReviewedOn">When it was reviewed.</param>
/// <param name="ReviewResult">What the review came to.</param>
/// <param name="Evidence">The facts.</param>
public sealed record MajorPenaltyRow(
    string Key, string Unit, string Name, string DecisionNo, PenaltyParty Party, PenaltyKind PenaltyKind, decimal? Amount, DateOnly DecidedOn, DateOnly FiledOn,
    int DaysToFile, DateOnly? ReviewedOn, PenaltyReviewResult? ReviewResult, IReadOnlyList<Evidence> Evidence);

/// <summary>How a unit files its major penalties.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Name">Its name.</param>
/// <param name="Filed">Penalties filed.</param>
/// <param name="NotFiled">Penalties that supervision confirmed were not filed when they should have been.</param>
/// <param name="FilingRate">Filed, of both.</param>
/// <param name="ReviewRate">Reviewed, of those filed.</param>
/// <param name="Objected">Reviews that found a flaw or worse.</param>
public sealed record PenaltyRateRow(string Unit, string Name, int Filed, int NotFiled, Ratio FilingRate, Ratio ReviewRate, int Objected);

/// <summary>An issue of online licensing, or a patrol that found none.</summary>
/// <param name="Key">The patrol.</param>
/// <param name="Unit">The unit.</param>
/// <param name="Name">Its name.</param>
/// <param name="PatrolledOn">When the patrol was.</param>
/// <param name="Items">Licensing items looked at.</param>
/// <param name="Issue">The issue; null when none was found.</param>
/// <param name="ItemCode">The licensing item.</param>
/// <param name="Stage">Where in the chain.</param>
/// <param name="Description">What is wrong.</param>
/// <param name="FoundOn">When it was found.</param>
/// <param name="ResolvedOn">When it was put right.</param>
/// <param name="Resolution">How.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Evidence">The facts.</param>
public sealed record LicensingRow(
    string Key, string Unit, string Name, DateOnly PatrolledOn, int Items, string? Issue, string? ItemCode, LicensingStage? Stage, string? Description, DateOnly? FoundOn,
    DateOnly? ResolvedOn, string? Resolution, IssueStatus Status, IReadOnlyList<Evidence> Evidence);

/// <summary>An order against a laggard, with the ranking that it cites.</summary>
/// <param name="Key">The file.</param>
/// <param name="Order">Key tracking or special supervision.</param>
/// <param name="Unit">The unit.</param>
/// <param name="Name">Its name.</param>
/// <param name="Bulletin">The bulletin.</param>
/// <param name="RankedPeriod">The period that was ranked.</param>
/// <param name="RankingPublishedOn">When the ranking was published.</param>
/// <param name="Indicator">By which indicator the unit lags (key tracking).</param>
/// <param name="Rule">The rule for laggards (special supervision).</param>
/// <param name="OrderedOn">When it was ordered.</param>
/// <param name="DueOn">Until when it is to be concluded.</param>
/// <param name="EndedOn">When it was lifted or concluded.</param>
/// <param name="LiftReason">Why it was lifted.</param>
/// <param name="Conclusion">What it came to.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Evidence">The facts, the published ranking among them.</param>
public sealed record TrackingRow(
    string Key, SupervisionKind Order, string Unit, string Name, string Bulletin, string? RankedPeriod, DateOnly? RankingPublishedOn, LagIndicator? Indicator, string? Rule,
    DateOnly OrderedOn, DateOnly? DueOn, DateOnly? EndedOn, LiftReason? LiftReason, string? Conclusion, MatterStatus Status, IReadOnlyList<Evidence> Evidence);

/// <summary>Cases, penalties, licensing and orders against laggards.</summary>
internal static class CaseQuestions
{
    public static IReadOnlyList<Question> All { get; } =
    [
        Question.Of("individual-cases", "个案监督与提级监督", "cases under individual or elevated supervision", Audience.Units, Cases, Parameters.Unit | Parameters.Period | Parameters.Status),
        Question.Of("major-penalties", "重大行政处罚备案与审查", "major penalties filed and reviewed", Audience.Units, Penalties, Parameters.Unit | Parameters.Period),
        Question.Of("major-penalty-rates", "重大行政处罚备案率", "how units file their major penalties", Audience.Units, PenaltyRates, Parameters.Unit | Parameters.Period),
        Question.Of("licensing-issues", "网上许可巡查与问题", "patrols of online licensing and their issues", Audience.Units, LicensingIssues, Parameters.Unit | Parameters.Period | Parameters.Status),
        Question.Of("trackings", "重点跟踪督办与专项督导", "key tracking and special supervision, with the ranking that each cites", Audience.Units, Orders,
            Parameters.Unit | Parameters.Period | Parameters.Status),
    ];

    private static MatterStatus StatusOf(DateOnly? closedOn, DateOnly? dueOn, bool elevated, DateOnly asOf) =>
        closedOn is not null ? MatterStatus.Closed : dueOn < asOf ? MatterStatus.PastDue : elevated ? MatterStatus.Elevated : MatterStatus.InHand;

    private static IEnumerable<IndividualCaseRow> Cases(Situation situation, Asked asked) =>
        from f in OpenedFile.Of<IndividualCaseSupervisionOpened>(situation)
        let opened = f.Opening
        where asked.Wants(opened.Unit, opened.OpenedOn)
        let state = CaseFiles.Fold(f.File.Facts)
        let elevated = state.Elevated?.Fact as CaseSupervisionElevated
        let closed = state.Closed?.Fact as IndividualCaseSupervisionClosed
        let status = StatusOf(closed?.ClosedOn, opened.DueOn, elevated is not null, situation.AsOf)
        where asked.WantsStatus(status)
        orderby opened.OpenedOn
        select new IndividualCaseRow(
            f.File.Key, opened.Unit, situation.NameOf(opened.Unit), opened.CaseReference, opened.Source, opened.OpenedOn, opened.DueOn, elevated?.Superior, elevated?.Reason,
            elevated?.ElevatedOn, closed?.ClosedOn, closed?.Conclusion, status, f.File.EvidenceOf(f.File.Opening, state.Elevated, state.Closed));

    private static IEnumerable<MajorPenaltyRow> Penalties(Situation situation, Asked asked) =>
        from f in OpenedFile.Of<MajorPenaltyFiled>(situation)
        let filed = f.Opening
        where asked.Wants(filed.Unit, filed.FiledOn)
        let reviewed = CaseFiles.Fold(f.File.Facts).Reviewed
        let review = reviewed?.Fact as MajorPenaltyReviewed
        orderby filed.FiledOn
        select new MajorPenaltyRow(
            f.File.Key, filed.Unit, situation.NameOf(filed.Unit), filed.DecisionNo, filed.Party, filed.Kind, filed.Amount, filed.DecidedOn, filed.FiledOn,
            filed.FiledOn.DayNumber - filed.DecidedOn.DayNumber, review?.ReviewedOn, review?.Result, f.File.EvidenceOf(f.File.Opening, reviewed));

    private static IEnumerable<PenaltyRateRow> PenaltyRates(Situation situation, Asked asked)
    {
        var filed = Penalties(situation, asked).ToLookup(p => p.Unit, StringComparer.Ordinal);
        var notFiled = (from file in OpenedFile.Of(situation)
                        from finding in Findings.Fold(file.Facts).All.Values
                        where finding.Found.Type == FindingType.MajorPenaltyNotFiled && finding.Decided?.Fact is SupervisionFindingConfirmed
                            && asked.Wants(finding.Found.Unit, finding.Found.FoundOn)
                        select finding.Found.Unit).CountBy(u => u, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        return from unit in filed.Select(f => f.Key).Union(notFiled.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
               let own = filed[unit].ToList()
               let missing = notFiled.GetValueOrDefault(unit)
               select new PenaltyRateRow(
                   unit, situation.NameOf(unit), own.Count, missing, new Ratio(own.Count, own.Count + missing), new Ratio(own.Count(p => p.ReviewedOn is not null), own.Count),
                   own.Count(p => p.ReviewResult is PenaltyReviewResult.Flawed or PenaltyReviewResult.Unlawful));
    }

    private static IEnumerable<LicensingRow> LicensingIssues(Situation situation, Asked asked) =>
        from f in OpenedFile.Of<LicensingPatrolConducted>(situation)
        let patrol = f.Opening
        where asked.Wants(patrol.Unit, patrol.PatrolledOn)
        from issue in Licensing.Fold(f.File.Facts).Issues.Values.OrderBy(i => i.Issue.FoundOn).ThenBy(i => i.Issue.Issue, StringComparer.Ordinal).Cast<LicensingIssue?>().DefaultIfEmpty()
        let resolved = issue?.Resolved?.Fact as LicensingIssueResolved
        let status = issue is null ? IssueStatus.NoIssue : resolved is null ? IssueStatus.Unresolved : IssueStatus.Resolved
        where asked.WantsStatus(status)
        select new LicensingRow(
            f.File.Key, patrol.Unit, situation.NameOf(patrol.Unit), patrol.PatrolledOn, patrol.Items, issue?.Issue.Issue, issue?.Issue.ItemCode, issue?.Issue.Stage,
            issue?.Issue.Description, issue?.Issue.FoundOn, resolved?.ResolvedOn, resolved?.Resolution, status, f.File.EvidenceOf(f.File.Opening, issue?.Found, issue?.Resolved));

    private static IEnumerable<TrackingRow> Orders(Situation situation, Asked asked)
    {
        foreach (var (file, order) in OpenedFile.Of<ICitesRanking>(situation).OrderBy(f => f.Opening.OrderedOn))
        {
            var special = order as SpecialSupervisionOrdered;
            var ended = Trackings.Fold(file.Facts).Ended;
            var status = StatusOf(ended?.Fact.LegalDate, special?.DueOn, false, situation.AsOf);
            if (!asked.Wants(order.Unit, order.OrderedOn) || !asked.WantsStatus(status)) continue;
            var bulletin = new Subject(StreamKind.Bulletin, order.Bulletin);
            var ranking = Trackings.RankingOf(order, situation.Of(bulletin));
            yield return new TrackingRow(
                file.Key, SupervisionFile.KindOf(order), order.Unit, situation.NameOf(order.Unit), order.Bulletin, (ranking?.Fact as Bulletins.IPublishesRanking)?.Period,
                ranking?.Fact.LegalDate, (order as KeyTrackingOrdered)?.Indicator, special?.Rule, order.OrderedOn, special?.DueOn, ended?.Fact.LegalDate,
                (ended?.Fact as KeyTrackingLifted)?.Reason, (ended?.Fact as SpecialSupervisionConcluded)?.Conclusion, status,
                [.. file.EvidenceOf(file.Opening, ended), .. ranking is null ? Array.Empty<Evidence>() : [Evidence.Of(bulletin, ranking)]]);
        }
    }
}
