using System.Globalization;
using Ledger.Domain.Calendar;
using Ledger.Domain.Lawsuits;

namespace Ledger.Domain.Obligations;

/// <summary>
/// What a notice tells people: which filing of which case, due when, how long is left or how late. Only the filing of a new
/// case threatens the bulletin (通报), for the plan attaches it to nothing else (counting-rules.md §7).
/// </summary>
public static class NoticeText
{
    private const string Weekdays = "日一二三四五六";

    /// <summary>The text, Chinese.</summary>
    public static string Chinese(DueNotice notice, WorkingCalendar calendar)
    {
        var (obligation, isCase) = (notice.Obligation, notice.Obligation.Kind == ObligationKind.CaseFiling);
        var filing = isCase ? "应诉报备" : "败诉报备";
        var due = $"{obligation.DueOn.Year}年{obligation.DueOn.Month}月{obligation.DueOn.Day}日（星期{Weekdays[(int)obligation.DueOn.DayOfWeek]}"
            + (IsMakeUpDay(obligation.DueOn, calendar) ? "，调休上班日）" : "）");
        var missing = notice.Missing.Count == 0 ? "" : "尚缺：" + string.Join('、', notice.Missing.Select(Chinese)) + "。";
        var provisional = obligation.Provisional ? "该年节假日安排尚未公布，截止日按周末推算，公布后可能变动。" : "";
        if (notice.Kind == NoticeKind.Warning)
            return $"【{filing}提醒】{obligation.CaseNo}：应于{due}24时前完成{filing}，"
                + (notice.WorkingDays == 0 ? "今天截止。" : $"还剩{notice.WorkingDays}个工作日。") + missing + provisional;
        return $"【{filing}逾期】{obligation.CaseNo}：应于{due}24时前完成{filing}，"
            + (notice.WorkingDays == 0 ? "现已逾期。" : $"现已逾期{notice.WorkingDays}个工作日。") + missing
            + (isCase ? "按工作方案，逾期未报备的，由县司法行政部门予以通报。" : "请尽快补报。") + provisional;
    }

    /// <summary>The text, English.</summary>
    public static string English(DueNotice notice, WorkingCalendar calendar)
    {
        var (obligation, isCase) = (notice.Obligation, notice.Obligation.Kind == ObligationKind.CaseFiling);
        var filing = isCase ? "the filing of the case" : "the filing of the loss";
        var due = obligation.DueOn.ToString("yyyy-MM-dd (dddd", CultureInfo.InvariantCulture)
            + (IsMakeUpDay(obligation.DueOn, calendar) ? ", a make-up workday)" : ")");
        var missing = notice.Missing.Count == 0 ? "" : " Missing: " + string.Join(", ", notice.Missing.Select(English)) + ".";
        var provisional = obligation.Provisional
            ? " The holidays of that year are not published yet: the due day is computed from weekends and may move."
            : "";
        if (notice.Kind == NoticeKind.Warning)
            return $"{obligation.CaseNo}: {filing} is due by the end of {due}, "
                + (notice.WorkingDays == 0 ? "which is today." : $"in {Days(notice.WorkingDays)}.") + missing + provisional;
        return $"{obligation.CaseNo}: {filing} was due by the end of {due} and is "
            + (notice.WorkingDays == 0 ? "overdue." : $"{Days(notice.WorkingDays)} overdue.") + missing
            + (isCase ? " By the plan, the county's justice bureau issues a bulletin about a filing that is overdue." : " Please file it as soon as possible.")
            + provisional;
    }

    private static string Days(int count) => count == 1 ? "1 working day" : $"{count} working days";

    private static bool IsMakeUpDay(DateOnly day, WorkingCalendar calendar) =>
        day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday && calendar.IsWorkingDay(day);

    private static string Chinese(LossDocument document) => document switch
    {
        LossDocument.JudicialDocument => "裁判文书",
        LossDocument.CauseAnalysis => "败诉原因分析报告",
        _ => "下一步整改措施",
    };

    private static string English(LossDocument document) => document switch
    {
        LossDocument.JudicialDocument => "the court document",
        LossDocument.CauseAnalysis => "the analysis of the causes",
        _ => "the measures of rectification",
    };
}
