using System.Globalization;
using Ledger.Domain;
using Ledger.Domain.Counting;
using Ledger.Domain.Obligations;
using Ledger.Domain.Policies;
using Ledger.Host.Cli;
using Ledger.Host.Security;

namespace Ledger.Host.Pages;

/// <summary>Everything that the pages say, Chinese and English side by side.</summary>
/// <param name="IsEnglish">Whether English is asked for.</param>
public sealed partial record PageTexts(bool IsEnglish)
{
    /// <summary>The text in the language asked for.</summary>
    public string Say(string chinese, string english) => IsEnglish ? english : chinese;

#pragma warning disable CS1591 // Each text is its own meaning.
    public string Product => Say("双下降合规账本", "Compliance ledger");
    public string DemoNotice => Say("演示模式：无需密码，仅限本机；人员均为虚构。", "Demo: no password, this machine only; the people are made up.");
    public string Synthetic => Say("合成数据：演示县的人、案、数均为虚构。", "Synthetic data: people, cases and numbers are made up.");
    public string ImportRunning => Say("一次导入尚未完成，数字还会变化。", "An import has not finished; the numbers will still change.");
    public string Home => Say("首页", "Home");
    public string Ranking => Say("败诉率排名", "Ranking by loss rate");
    public string Navigation => Say("主导航", "Main navigation");
    public string SkipToContent => Say("跳到正文", "Skip to content");
    public string SwitchLanguage => Say("English", "中文");
    public string SwitchToDark => Say("深色", "Dark");
    public string SwitchToLight => Say("浅色", "Light");
    public string SignOut => Say("退出", "Sign out");
    public string SignIn => Say("选择一个身份进入", "Choose who you are");
    public string SignInHint => Say("各身份看到的内容不同：经办人只看本单位。", "Each sees something else: a clerk sees the own unit only.");
    public string NotYours => Say("当前身份无权查看此页。", "You may not see this page.");
    public string NothingHere => Say("没有这个页面", "There is no such page");
    public string ToHome => Say("回到首页", "Back to the first page");
    public string Reconnecting => Say("与服务器的连接中断，正在重新连接…", "The connection was lost; trying again…");
    public string Failed => Say("页面出错，请重新载入。", "Something went wrong; please reload.");
    public string Reload => Say("重新载入", "Reload");
    public string Loading => Say("正在计算…", "Counting…");
    public string Print => Say("打印", "Print");
    public string County => Say("全县", "County");
    public string None => Say("无", "none");

    public string Year => Say("年度", "Year");
    public string Period => Say("期间", "Period");
    public string WholeYear => Say("全年", "Whole year");
    public string List => Say("名单", "List");
    public string Policy => Say("统计口径", "Counting policy");
    public string AsOf => Say("截至日期", "As of");
    public string KnownAt => Say("已知至", "Known at");
    public string Position => Say("账本位置", "Ledger position");
    public string Now => Say("回到现在", "Back to now");
    public string Pinned => Say("这是过去某一时点的答案。", "This is the answer of a moment in the past.");
    public string Permalink => Say("固定链接", "Permanent link");
    public string PermalinkHint => Say("固定链接带有截至日期、账本位置和口径，以后打开仍是同样的数字。", "The permanent link carries the day, the ledger position and the policy: it gives the same numbers later.");
    public string Adopted => Say("本期采用", "adopted for this period");
    public string Trial => Say("试算", "what-if");
    public string TrialNotice(string adopted) => Say($"这是试算，不作考核依据；本期采用的口径是 {adopted}，其名次列在旁边。", $"This is a what-if and no basis for assessment; the adopted policy is {adopted}, whose ranks stand beside it.");
    public string Rank => Say("名次", "Rank");
    public string AdoptedRank => Say("采用口径名次", "Adopted rank");
    public string PreviousRank(string period) => Say($"上期（{period}）", $"Before ({period})");
    public string Unit => Say("单位", "Unit");
    public string LossRate => Say("败诉率", "Loss rate");
    public string NewCases => Say("发案", "New cases");
    public string Closed => Say("审结", "Closed");
    public string Mediated => Say("调撤率", "Mediated or withdrawn");
    public string HeadAttendance => Say("负责人出庭", "Head present");
    public string CaseFiling => Say("三日报备", "3-day filing");
    public string LossFiling => Say("五日报备", "5-day filing");
    public string Notes => Say("备注", "Notes");
    public string SmallSample => Say("样本少", "small sample");
    public string Tied => Say("并列", "tied");
    public string Unranked => Say("无结案，不参加排名", "nothing closed, unranked");
    public string Barred => Say("不得评优", "barred from ‘excellent’");
    public string RankingHint => Say("败诉率由高到低，第 1 名最差。每个率都写明分子/分母；点数字可看所依据的案件。", "The highest loss rate first: rank 1 is the worst. Each rate shows its numerator and denominator; a number opens its cases.");
    public string OwnOnlyHint => Say("你只能打开本单位的数字。", "You can open your own unit's numbers only.");
    public string CountyHint => Say("全县数不是各单位之和：共同被告的案件只计一次。", "The county is not the sum of its units: a case with co-defendants counts once.");
    public string CasesBehind(string unit) => Say($"{unit}：数字所依据的案件", $"{unit}: the cases behind the numbers");
    public string BackToRanking => Say("回到排名", "Back to the ranking");
    public string CaseNo => Say("案号", "Case number");
    public string Date => Say("日期", "Date");
    public string Outcome => Say("结果", "Outcome");
    public string InNumerator => Say("计入分子", "In the numerator");
    public string Yes => Say("是", "yes");
    public string No => Say("否", "no");
    public string NoCases => Say("没有案件。", "No cases.");
    public string CasesCount(int count) => Say($"{count} 件", $"{count}");

    public string Today => Say("今天要办", "To do today");
    public string TodayOf(string unit) => Say($"{unit}今天要办", $"{unit}: to do today");
    public string NothingDue => Say("没有未办结的事项。", "Nothing is open.");
    public string OpenCount(int count) => Say($"未办结 {count} 项", $"{count} open");
    public string Matter => Say("事项", "Matter");
    public string About => Say("对象", "About");
    public string Due => Say("到期日", "Due");
    public string Left => Say("余时", "Time left");
    public string Clause => Say("条款", "Clause");
    public string NoDate => Say("及时（未定日期）", "promptly (no date)");
    public string ProvisionalHint => Say("* 缺当年节假日安排，暂按周末计算。", "* No calendar for that year: counted by weekends.");
    public string OverdueByUnit => Say("各单位逾期事项", "Overdue by unit");
    public string NothingOverdue => Say("没有逾期事项。", "Nothing is overdue.");
    public string Overdue => Say("逾期", "Overdue");
    public string Longest => Say("最长逾期（工作日）", "Longest (working days)");
    public string CountyTotals(string period) => Say($"{period} 年全县", $"The county in {period}");
    public string Before(string period) => Say($"{period} 年", period);
    public string ThisPeriod => Say("本年", "This year");
    public string LastYear => Say("上年", "Last year");
    public string Figure => Say("指标", "Indicator");
    public string Integrity => Say("账本完整性", "Integrity of the ledger");
    public string LastCheckpoint => Say("最近检查点", "Last checkpoint");
    public string NoCheckpoint => Say("还没有检查点", "no checkpoint yet");
    public string Leaves => Say("封存项数", "Sealed leaves");
    public string SealedUpTo => Say("已封存至位置", "Sealed up to position");
    public string PublishedAt => Say("发布时间", "Published at");
    public string Signatures => Say("签名与见证", "Signatures and witnesses");
    public string SealerState => Say("封存状态", "Sealer");
    public string SealerGood => Say("正常", "working");
    public string SealerElsewhere => Say("本机不封存", "this host does not seal");
    public string SealerWaiting => Say("尚未封存", "has not sealed yet");
    public string SealerRefuses(string code) => Say($"拒绝签名：{code}", $"refuses to sign: {code}");
    public string SealerFails => Say("上次封存出错，将重试", "failed the last time and will try again");
    public string RootHash => Say("根哈希", "Root hash");
    public string WelcomeHint => Say("请从排名开始。", "Begin with the ranking.");
#pragma warning restore CS1591

    /// <summary>A refusal in the language of the person.</summary>
    public string Of(Domain.Facts.Refusal refusal) => Say(refusal.Chinese, refusal.English);

    /// <summary>What somebody is here.</summary>
    public string RoleName(LedgerRole role) => role switch
    {
        LedgerRole.Clerk => Say("经办人", "Clerk"),
        LedgerRole.Supervisor => Say("监督员", "Supervisor"),
        LedgerRole.Auditor => Say("审计员", "Auditor"),
        LedgerRole.Inspector => Say("督察员", "Inspector"),
        LedgerRole.Court => Say("法院", "Court"),
        LedgerRole.Approver => Say("审批人", "Approver"),
        _ => Say("管理员", "Administrator"),
    };

    /// <summary>What a role finds here.</summary>
    public string RoleHint(LedgerRole role) => role switch
    {
        LedgerRole.Clerk => Say("本单位今天要办的事项", "what the own unit must do today"),
        LedgerRole.Supervisor => Say("谁逾期了、全县数字", "who is overdue, the county's numbers"),
        LedgerRole.Auditor => Say("账本是否完整、全部数字", "whether the ledger is whole, all numbers"),
        LedgerRole.Inspector => Say("账本是否完整、全部数字（姓名隐去）", "whether the ledger is whole, all numbers, names masked"),
        _ => Say("排名", "the ranking"),
    };

    /// <summary>A list of units.</summary>
    public string ListName(UnitList list) => list switch
    {
        UnitList.Townships => Say("乡镇", "Townships"),
        UnitList.Departments => Say("县直部门和驻舞单位", "Departments"),
        _ => Say("全部单位", "All units"),
    };

    /// <summary>A counting policy in one sentence.</summary>
    public string Sentence(CountingPolicy policy)
    {
        var basis = policy.Basis switch
        {
            CountingBasis.Effective => Say("按本期生效的裁判计，每案一次", "Counts decisions that took effect in the period, once a case"),
            CountingBasis.SubstantiveJudgment => Say("按本期一审审结计，但只算作出实体裁判的案件", "Counts first-instance closings, only those decided on the merits"),
            CountingBasis.SubstantiveLoss => Say("按本期一审审结计，被告改变行为后撤诉和调解的也算败诉", "Counts first-instance closings; settlements and withdrawals after a change by the defendant are losses too"),
            _ => Say("按本期一审审结的全部案件计", "Counts every first-instance closing of the period"),
        };
        List<string> more = [];
        if (policy.Series == SeriesCounting.OncePerSeries) more.Add(Say("串案只计一件", "a series counts once"));
        if (policy.ExcludeClosings.Count > 0) more.Add(Say($"{policy.ExcludeClosings.Count} 种结案方式不计入分母", $"{policy.ExcludeClosings.Count} kinds of closing are left out"));
        if (policy.NotLosses.Count > 0) more.Add(Say($"{policy.NotLosses.Count} 种结果不算败诉", $"{policy.NotLosses.Count} outcomes are no losses"));
        if (!policy.CountCompensation) more.Add(Say("不含行政赔偿案件", "without compensation cases"));
        if (policy.BarList == BarList.PerList) more.Add(Say("乡镇和部门分别排名评优", "townships and departments are barred separately"));
        return string.Join(Say("；", "; "), [basis, .. more]) + Say("。", ".");
    }

    /// <summary>A duty.</summary>
    public string DutyName(DutyKind kind) => Say(DutyKinds.Of(kind).Chinese, DutyKinds.Of(kind).English);

    /// <summary>A traffic light, in a word: a colour alone says nothing to somebody who does not see it.</summary>
    public string Light(DutyColour? colour) => colour switch
    {
        DutyColour.Red => Say("红", "Red"),
        DutyColour.Yellow => Say("黄", "Yellow"),
        DutyColour.Green => Say("绿", "Green"),
        DutyColour.Grey => Say("灰", "Grey"),
        _ => "—",
    };

    /// <summary>How much time a duty leaves.</summary>
    /// <param name="duty">The duty.</param>
    /// <param name="workingDays">Working days until it is due; null where it has no date.</param>
    public string TimeLeft(Duty duty, int? workingDays) => duty.Status switch
    {
        DutyStatus.Suspended => Say("中止", "suspended"),
        DutyStatus.ReceiptUnknown => Say("收到情况不明", "receipt unknown"),
        DutyStatus.Overdue => Say($"逾期 {duty.DaysLate} 个工作日", duty.DaysLate == 1 ? "1 working day late" : $"{duty.DaysLate} working days late"),
        _ => workingDays switch
        {
            null => "—",
            0 => Say("今天到期", "due today"),
            1 => Say("还有 1 个工作日", "1 working day left"),
            { } days => Say($"还有 {days} 个工作日", $"{days} working days left"),
        },
    };

    /// <summary>Whether a filing was in time.</summary>
    public string Filed(Obligation filing) => filing.Status switch
    {
        ObligationStatus.Met => Say("按时", "in time"),
        ObligationStatus.MetLate => Say($"迟报 {filing.DaysLate} 个工作日", $"{filing.DaysLate} working days late"),
        _ => Say($"未报，逾期 {filing.DaysLate} 个工作日", $"not filed, {filing.DaysLate} working days overdue"),
    };

    /// <summary>An outcome, in the words of the area that defines it.</summary>
    public string Code(string code) => Say(MemberLabels.Chinese(code), Words(code));

    /// <summary>n/d and the percentage that it comes to.</summary>
    public static string Rate(Ratio ratio) => Tables.Rate(ratio);

    /// <summary>A day.</summary>
    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>An instant, by the county's clock.</summary>
    public static string Instant(DateTimeOffset instant) => instant.ToOffset(ShanghaiTime.Offset).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    // RevokeAndRedo → revoke and redo
    private static string Words(string code) =>
        string.Concat(code.Select((c, i) => char.IsAsciiLetterUpper(c) ? (i > 0 ? " " : "") + char.ToLowerInvariant(c) : c.ToString()));
}
