using System.Collections.Frozen;
using Ledger.Domain.Calendar;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Host.Cli;
using Ledger.Host.Evidence.Bundle;

namespace Ledger.Host.Pages;

public sealed partial record PageTexts
{
    private static readonly Lazy<FrozenDictionary<string, string>> MemberWords = new(() =>
        FactWords.All.DistinctBy(w => w.Key, StringComparer.Ordinal).ToFrozenDictionary(StringComparer.Ordinal));

#pragma warning disable CS1591 // Each text is its own meaning.
    public string Filing => Say("填报", "File");
    public string FileHint => Say("选择要记录的事实；先列的是未办结事项要用的。", "Choose the fact to record; those that open duties need come first.");
    public string FileFor(string duty) => Say($"办理“{duty}”可用的表单", $"Forms that do “{duty}”");
    public string Find => Say("查找", "Find");
    public string NeededNow => Say("未办结事项要用的", "Needed by open duties");
    public string Others => Say("其他", "Others");
    public string NothingToFile => Say("当前身份没有可填报的事实。", "You record no facts.");
    public string More => Say("更多（选填）", "More (optional)");
    public string Submit => Say("提交", "File it");
    public string Submitting => Say("正在提交…", "Filing…");
    public string FiledAs(long position) => Say($"已入账，账本位置 {position}。", $"Recorded, ledger position {position}.");
    public string FiledBefore => Say("账本已有完全相同的事实，没有重复记录。", "The ledger says exactly this already; nothing was recorded twice.");
    public string GetReceipt => Say("下载回执", "Take the receipt");
    public string ReceiptUse => Say("回执可独立证明何时已经报备，请妥善保存。", "The receipt proves by itself when this was filed: keep it.");
    public string ToTheCase => Say("查看案件", "See the case");
    public string FileAnother => Say("再填一份", "File another");
    public string NotFiled => Say("未入账", "Not recorded");
    public string DraftBack => Say("已恢复上次未提交的内容。", "What you had typed and not filed is back.");
    public string DropDraft => Say("清空", "Clear");
    public string ActorHint => Say("填报人由登录身份自动写入。", "Who files is written by the ledger.");
    public string ForCase => Say("案件（案号）", "Case (case number)");
    public string ForSubject => Say("对象", "Subject");
    public string NoSuchCase => Say("账本中没有这个案号，或不是本单位的案件。", "No case of yours has this number.");
    public string NoSubject => Say("请先选择对象。", "Choose what it is about.");
    public string Uploading => Say("正在上传…", "Uploading…");
    public string Uploaded(string media, long size) => Say($"已存放（{media}，{(size + 1023) / 1024} KB）", $"stored ({media}, {(size + 1023) / 1024} KB)");
    public string AddOne => Say("增加一项", "Add one");
    public string RemoveOne => Say("删去此项", "Remove");
    public string OnePerLine => Say("每行一项", "one a line");
    public string Choose => Say("请选择", "choose");
    public string NoCaseNumber => Say("不是合格的案号，应如（2023）豫1121行初12号", "no case number of the form （2023）豫1121行初12号");
    public string Approvals => Say("审批", "Approvals");
    public string ApprovalsHint => Say("申请人不能审批自己的申请；批准后由账本记录所申请的事实。", "Nobody decides on the own request; what is granted is recorded by the ledger.");
    public string NothingWaits => Say("没有待审批的事项。", "Nothing waits for a decision.");
    public string Grant => Say("批准", "Grant");
    public string RefuseIt => Say("不予批准", "Refuse");
    public string Reason => Say("理由", "Reason");
    public string Decided => Say("已有决定", "Decided");
    public string AskedBy(string who, string on) => Say($"{who} 于 {on} 申请", $"asked for by {who} on {on}");
#pragma warning restore CS1591

    /// <summary>A member of a fact.</summary>
    public string Word(string member) => Say(MemberWords.Value.GetValueOrDefault(member) ?? MemberLabels.Chinese(member), Words(char.ToUpperInvariant(member[0]) + member[1..]));

    /// <summary>A code of a list.</summary>
    public string CodeWord(string code) => Say(MemberWords.Value.GetValueOrDefault(code) ?? MemberLabels.Chinese(code), Words(code));

    /// <summary>A catalogue entry's name.</summary>
    public string FactName(CatalogEntry entry) => Say(entry.Chinese, Words(entry.Name));

    /// <summary>A case number as it is understood; null for one that is none.</summary>
    public string? Parsed(string text) => CaseNumber.Parse(text.Trim()) is { } number
        ? Say($"{number.Year} 年 · 法院代字 {number.Court} · {number.Type} · 第 {number.Number} 号", $"year {number.Year} · court {number.Court} · {number.Type} · no. {number.Number}")
        : null;

    /// <summary>A due day with what lies between: working weekends and holidays are said, for they are what people miscount.</summary>
    public string DueSaid(WorkingCalendar calendar, DateOnly today, ComputedDay due)
    {
        var left = due.Day < today ? -calendar.WorkingDaysBetween(due.Day, today) : calendar.WorkingDaysBetween(today, due.Day);
        var said = left switch
        {
            < 0 => Say($"已逾期 {-left} 个工作日（{Day(due.Day)} 到期）", $"{-left} working days overdue (due {Day(due.Day)})"),
            0 => Say($"今天到期（{Day(due.Day)}）", $"due today ({Day(due.Day)})"),
            _ => Say($"还有 {left} 个工作日（{Day(due.Day)} 到期）", $"{left} working days left (due {Day(due.Day)})"),
        };
        var between = Enumerable.Range(1, Math.Max(0, due.Day.DayNumber - today.DayNumber)).Select(today.AddDays).ToList();
        var weekends = between.Where(d => IsWeekend(d) && calendar.IsWorkingDay(d)).Select(d => Say($"{d.Month}月{d.Day}日是调休上班日", $"{Day(d)} is a working weekend")).ToList();
        var holidays = between.Where(d => !IsWeekend(d) && !calendar.IsWorkingDay(d)).Select(d => Say($"{d.Month}月{d.Day}日放假", $"{Day(d)} is a holiday"));
        return string.Join(Say("，", ", "), [said, .. weekends, .. holidays]) + (due.Provisional ? Say("（暂按周末计算）", " (counted by weekends)") : "");

        static bool IsWeekend(DateOnly day) => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
    }
}
