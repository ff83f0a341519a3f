using Ledger.Domain.Facts;
using Ledger.Domain.Obligations;
using Ledger.Domain.Plan;

namespace Ledger.Domain.LawsuitConduct;

/// <summary>What the bureau made of a case filing.</summary>
public enum FilingReview
{
    /// <summary>待审核</summary>
    Waiting,

    /// <summary>已受理</summary>
    Accepted,

    /// <summary>已退回，待补正</summary>
    Returned,
}

/// <summary>A case filing (应诉报备), from receipt to notice.</summary>
/// <param name="Unit">The unit that must file.</param>
/// <param name="Name">Its name.</param>
/// <param name="Lawsuit">The lawsuit.</param>
/// <param name="CaseNo">The instance.</param>
/// <param name="ReceivedOn">The day of receipt; null where none was recorded.</param>
/// <param name="DueOn">The last day; null where no clock could start.</param>
/// <param name="SubmittedOn">The day of the first submission.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="DaysLate">Working days late.</param>
/// <param name="Review">What the bureau made of it; null while nothing was submitted.</param>
/// <param name="ReviewedOn">When.</param>
/// <param name="Decision">Whether its lateness is circulated; null while that is not decided.</param>
/// <param name="DecidedOn">When.</param>
/// <param name="Evidence">The facts that show it.</param>
public sealed record CaseFilingRow(
    string Unit, string Name, string Lawsuit, string CaseNo, DateOnly? ReceivedOn, DateOnly? DueOn, DateOnly? SubmittedOn, DutyStatus Status, int DaysLate,
    FilingReview? Review, DateOnly? ReviewedOn, NoticeDecision? Decision, DateOnly? DecidedOn, IReadOnlyList<Evidence> Evidence);

/// <summary>The draft of a notice (通报代拟稿) about an overdue case filing on which nothing has been decided.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Name">Its name.</param>
/// <param name="Lawsuit">The lawsuit.</param>
/// <param name="CaseNo">The instance.</param>
/// <param name="ReceivedOn">The day of receipt.</param>
/// <param name="DueOn">The last day.</param>
/// <param name="SubmittedOn">The day of the late filing; null while it is missing.</param>
/// <param name="DaysLate">Working days late.</param>
/// <param name="Provisional">Whether the due day rests on a year whose holidays are not published.</param>
/// <param name="Draft">The text.</param>
public sealed record OverdueNoticeDraft(
    string Unit, string Name, string Lawsuit, string CaseNo, DateOnly ReceivedOn, DateOnly DueOn, DateOnly? SubmittedOn, int DaysLate, bool Provisional, string Draft);

/// <summary>即时报告 (plan 3.2.3): the answers about case filings.</summary>
internal static class FilingAnswers
{
    public static IEnumerable<CaseFilingRow> Rows(Situation situation, Asked asked)
    {
        var views = CaseView.All(situation).ToDictionary(v => v.Subject.ToString(), StringComparer.Ordinal);
        return from duty in situation.Duties
               where duty.Kind == DutyKind.CaseFiling && (asked.Unit is null || duty.Unit == asked.Unit)
                   && (asked.Status is null || duty.Status.ToString() == asked.Status) && asked.Period?.Contains(duty.OpenedOn) != false
               select Row(duty, views[duty.Subject!], situation);
    }

    public static IEnumerable<OverdueNoticeDraft> Drafts(Situation situation, Asked asked)
    {
        var plan = situation.Told<ActionPlanIssued>(StreamKind.Policy).OrderBy(p => p.Fact.IssuedOn).ThenBy(p => p.Visible.Sequence).LastOrDefault().Fact;
        return from overdue in Overdue(situation)
               where (asked.Unit is null || overdue.Unit == asked.Unit) && DecisionOn(situation, overdue) is null
               let filedOn = FiledOn(overdue)
               select new OverdueNoticeDraft(
                   overdue.Unit, situation.NameOf(overdue.Unit), overdue.Lawsuit!, overdue.CaseNo!, overdue.OpenedOn, overdue.DueOn, filedOn, overdue.DaysLate,
                   overdue.Provisional, NoticeDraft.Of(overdue, situation.NameOf(overdue.Unit), filedOn, plan, situation));
    }

    /// <summary>
    /// The case filings that are late or missing after the due day; no others are circulated, and none that was due before the
    /// plan ordered it.
    /// </summary>
    public static IEnumerable<Obligation> Overdue(Situation situation)
    {
        var since = InForceSince(situation);
        return situation.County.Obligations()
            .Where(o => o is { Kind: ObligationKind.CaseFiling, Status: ObligationStatus.Overdue or ObligationStatus.MetLate } && o.OpenedOn >= since);
    }

    /// <summary>The day on which the plan was issued; a ledger that holds no plan knows no day before it.</summary>
    public static DateOnly InForceSince(Situation situation) =>
        situation.Told<ActionPlanIssued>(StreamKind.Policy).Select(p => (DateOnly?)p.Fact.IssuedOn).Min() ?? DateOnly.MinValue;

    /// <summary>The decision whether a filing is circulated, made against the unit that answers for it or the one that did before.</summary>
    public static VisibleFact? DecisionOn(Situation situation, Obligation filing) => DecisionOn(situation, filing.Lawsuit!, filing.CaseNo!, filing.Unit);

    /// <summary>The reviews of a unit's filing in the order in which they were made.</summary>
    public static IEnumerable<VisibleFact> ReviewsOf(CaseView view, string unit, string caseNo) => view.Told<IFact>().Select(f => f.Visible).Where(f => f.Fact switch
    {
        CaseFilingAccepted a => a.CaseNo == caseNo && view.Acts(a.Unit, unit, DutyKind.CaseFiling, caseNo),
        CaseFilingReturned r => r.CaseNo == caseNo && view.Acts(r.Unit, unit, DutyKind.CaseFiling, caseNo),
        _ => false,
    });

    private static VisibleFact? DecisionOn(Situation situation, string lawsuit, string caseNo, string unit) => situation.Of(Subject.Lawsuit(lawsuit))
        .FirstOrDefault(f => f.Fact is OverdueFilingNoticeDecided d && d.CaseNo == caseNo
            && (d.Unit == unit || situation.County.Find(d.Unit)?.SuccessorFor(DutyKind.CaseFiling, caseNo, null, null) == unit));

    private static CaseFilingRow Row(Duty duty, CaseView view, Situation situation)
    {
        var isKnown = duty.Status != DutyStatus.ReceiptUnknown;
        var review = ReviewsOf(view, duty.Unit!, duty.CaseNo!).LastOrDefault();
        var resubmitted = review?.Fact is CaseFilingReturned returned
            && view.Told<Lawsuits.CaseFilingSubmitted>().Any(s => s.Fact.Unit == returned.Unit && s.Fact.CaseNo == returned.CaseNo
                && (s.Visible.Fact.LegalDate, s.Visible.Sequence).CompareTo((review.Fact.LegalDate, review.Sequence)) > 0);
        var decided = DecisionOn(situation, view.Lawsuit.Key, duty.CaseNo!, duty.Unit!);
        return new CaseFilingRow(
            duty.Unit!, situation.NameOf(duty.Unit!), view.Lawsuit.Key, duty.CaseNo!, isKnown ? duty.OpenedOn : null, duty.DueOn, duty.MetOn, duty.Status, duty.DaysLate,
            review?.Fact switch
            {
                CaseFilingAccepted => FilingReview.Accepted,
                CaseFilingReturned when !resubmitted => FilingReview.Returned,
                _ => duty.MetOn is null ? null : FilingReview.Waiting,
            },
            review?.Fact.LegalDate, (decided?.Fact as OverdueFilingNoticeDecided)?.Decision, decided?.Fact.LegalDate,
            [.. duty.Evidence, .. new[] { review, decided }.OfType<VisibleFact>().Select(f => Evidence.Of(view.Subject, f))]);
    }

    private static DateOnly? FiledOn(Obligation filing) => filing.MetAt is { } at ? ShanghaiTime.DateOf(at) : null;
}

/// <summary>The words of the notice.</summary>
internal static class NoticeDraft
{
    private const string Weekdays = "日一二三四五六";

    public static string Of(Obligation filing, string name, DateOnly? filedOn, ActionPlanIssued? plan, Situation situation)
    {
        var basis = plan is null ? "工作方案" : $"《{plan.Title}》（{plan.DocumentNo}）";
        var due = Chinese(filing.DueOn) + $"（星期{Weekdays[(int)filing.DueOn.DayOfWeek]}"
            + (filing.DueOn.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday && situation.Calendar.IsWorkingDay(filing.DueOn) ? "，调休上班日）" : "）");
        var late = filing.DaysLate == 0 ? "" : $"，逾期{filing.DaysLate}个工作日";
        return $"关于{name}逾期未报备行政应诉案件的通报（代拟稿）\n"
            + $"{name}于{Chinese(filing.OpenedOn)}收到{filing.CaseNo}一案应诉材料，按照{basis}关于行政诉讼案件即时报告的规定，应于{due}前向县司法行政部门报备，"
            + (filedOn is { } on ? $"实际于{Chinese(on)}报备{late}。" : $"截至{Chinese(situation.AsOf)}仍未报备{late}。")
            + "按照“逾期未报备的，由县司法行政部门予以通报”的规定，现予以通报。"
            + (filedOn is null ? "请立即补报，并书面说明原因。" : "请引以为戒，严格落实即时报告制度。")
            + (filing.Provisional ? "\n（该年节假日安排尚未公布，截止日按周末推算，印发前须复核。）" : "");
    }

    private static string Chinese(DateOnly day) => $"{day.Year}年{day.Month}月{day.Day}日";
}
