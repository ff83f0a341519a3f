namespace Ledger.Domain.Obligations;

/// <summary>Who must do a duty.</summary>
public enum DutyHolder
{
    /// <summary>A unit.</summary>
    Unit,

    /// <summary>The supervising office (县司法行政部门、县委依法治县办).</summary>
    Office,

    /// <summary>The court.</summary>
    Court,
}

/// <summary>What the plan makes somebody do. The first three are the obligations of counting-rules.md §7, by the same names.</summary>
public enum DutyKind
{
#pragma warning disable CS1591 // Each kind's meaning is its row in DutyKinds.
    CaseFiling,
    LossFiling,
    NonPerformanceReport,
    AnswerSubmission,
    CaseConference,
    CourtInformed,
    HeadAttendance,
    JudicialSuggestionReply,
    FilingReview,
    OverdueFilingNotice,
    CourtListShared,
    DifferenceResolution,
    InformationExchange,
    CauseDetermination,
    Rectification,
    RectificationVerification,
    JudgmentPerformance,
    PenaltyWithdrawal,
    WarningCaseStudy,
    CityReport,
    AccountabilityDecision,
    AccountabilityBulletin,
    SupervisionCorrection,
    AnnualSpecialSupervision,
    QuarterlySupervision,
    IndividualCaseConclusion,
    MajorPenaltyReview,
    KeyTracking,
    SpecialSupervision,
    InternalSystem,
    DutyList,
    RiskPoints,
    DiscretionBenchmark,
    SupervisionNode,
    ComplaintHandling,
    ComplaintCorrection,
    HotspotReview,
    WarningRectification,
    SupervisorFeedback,
    ProcuratorialReply,
    ReferralResult,
    RankingBulletin,
    AnnualRanking,
    Assessment,
    SatisfactionFigure,
    DisputeAnalysis,
    StaffTraining,
    SupervisorTraining,
    StaffingReport,
    DisputeGuidance,
#pragma warning restore CS1591
}

/// <summary>How often a duty returns.</summary>
public enum Frequency
{
    /// <summary>每季度</summary>
    Quarterly,

    /// <summary>每年</summary>
    Yearly,
}

/// <summary>A row of the table of duties.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Clause">The clause of the plan (domain.md §1A) or the article of law that orders it.</param>
/// <param name="Holder">Who must do it.</param>
/// <param name="Chinese">What must be done.</param>
/// <param name="English">The same in English.</param>
public sealed record DutyKindRow(DutyKind Kind, string Clause, DutyHolder Holder, string Chinese, string English);

/// <summary>What each kind of duty is and where it comes from.</summary>
public static class DutyKinds
{
    /// <summary>Every kind.</summary>
    public static IReadOnlyList<DutyKindRow> All { get; } =
    [
        new(DutyKind.CaseFiling, "3.2.3c", DutyHolder.Unit, "收到应诉材料后三个工作日内报备", "file the case within 3 working days"),
        new(DutyKind.LossFiling, "3.2.3d", DutyHolder.Unit, "收到败诉文书后五个工作日内报备三项材料", "file the loss with three documents within 5 working days"),
        new(DutyKind.NonPerformanceReport, "3.3.2g", DutyHolder.Unit, "1月31日前报告未履职情况", "report a duty not performed by 31 January"),
        new(DutyKind.AnswerSubmission, "3.2.2a", DutyHolder.Unit, "收到应诉材料后十五日内提交答辩状和证据（行诉法67条）", "submit the defence within 15 days (APL §67)"),
        new(DutyKind.CaseConference, "3.2.2a", DutyHolder.Unit, "逐案开展案情研讨", "hold a case conference on every case"),
        new(DutyKind.CourtInformed, "3.2.2b", DutyHolder.Unit, "自行纠正后书面告知法院（行诉解释81条）", "tell the court in writing of a self-correction"),
        new(DutyKind.HeadAttendance, "3.2.2c", DutyHolder.Unit, "负责人出庭应诉", "the head attends the hearing"),
        new(DutyKind.JudicialSuggestionReply, "3.2.2c", DutyHolder.Unit, "按期回复司法建议", "reply to a judicial suggestion"),
        new(DutyKind.FilingReview, "3.2.3c", DutyHolder.Office, "审核应诉报备", "accept or return a case filing"),
        new(DutyKind.OverdueFilingNotice, "3.2.3c", DutyHolder.Office, "对逾期未报备作出通报决定", "decide on the notice of an overdue filing"),
        new(DutyKind.CourtListShared, "3.2.3b", DutyHolder.Court, "每季度共享行政诉讼案件信息", "share the list of cases every quarter"),
        new(DutyKind.DifferenceResolution, "3.2.3b", DutyHolder.Office, "核对差异逐项处理", "resolve or explain a difference from the court's list"),
        new(DutyKind.InformationExchange, "3.5.1", DutyHolder.Office, "每季度行政诉讼信息互通", "exchange litigation information every quarter"),
        new(DutyKind.CauseDetermination, "3.1.1c", DutyHolder.Office, "认定败诉原因", "determine the cause of a loss"),
        new(DutyKind.Rectification, "3.1.1d", DutyHolder.Unit, "落实整改措施", "carry out the rectification measures"),
        new(DutyKind.RectificationVerification, "3.1.1d", DutyHolder.Office, "验收整改", "verify a completed rectification"),
        new(DutyKind.JudgmentPerformance, "3.1.1d", DutyHolder.Unit, "履行生效裁判（行诉法94、96条）", "perform the judgment (APL §§94, 96)"),
        new(DutyKind.PenaltyWithdrawal, "3.3.3a", DutyHolder.Unit, "三日内撤回公开的处罚决定（行政处罚法48条）", "withdraw the published penalty within 3 working days"),
        new(DutyKind.WarningCaseStudy, "3.1.3", DutyHolder.Unit, "学习警示案例", "study a warning case"),
        new(DutyKind.CityReport, "3.4.1e", DutyHolder.Office, "典型案例报市司法行政部门", "report a typical case to the city"),
        new(DutyKind.AccountabilityDecision, "3.4.1b", DutyHolder.Office, "对过错败诉或查实问题作出终结决定", "decide on a fault loss or a confirmed finding"),
        new(DutyKind.AccountabilityBulletin, "3.4.1d", DutyHolder.Office, "每季度通报过错责任追究情况", "publish the quarterly accountability bulletin"),
        new(DutyKind.SupervisionCorrection, "3.1.2c", DutyHolder.Unit, "按监督文书期限报告纠正情况", "report the correction within the instrument's term"),
        new(DutyKind.AnnualSpecialSupervision, "3.3.2c", DutyHolder.Office, "每年度开展专项执法监督", "conclude a special supervision every year"),
        new(DutyKind.QuarterlySupervision, "3.3.2f", DutyHolder.Office, "每季度上门、交叉、推磨式监督", "visit, cross or rotational supervision every quarter"),
        new(DutyKind.IndividualCaseConclusion, "3.3.2e", DutyHolder.Office, "办结个案监督", "conclude an individual-case supervision"),
        new(DutyKind.MajorPenaltyReview, "3.3.2a", DutyHolder.Office, "审查备案的重大行政处罚", "review a filed major penalty"),
        new(DutyKind.KeyTracking, "3.5.2", DutyHolder.Office, "重点跟踪督办至解除", "follow a key-tracking order until it is lifted"),
        new(DutyKind.SpecialSupervision, "4.4d", DutyHolder.Office, "办结对落后单位的专项督导", "conclude the special supervision of a laggard"),
        new(DutyKind.InternalSystem, "3.3.1d", DutyHolder.Unit, "五项内部监督制度落实备案", "show evidence of the five internal systems"),
        new(DutyKind.DutyList, "3.3.1b", DutyHolder.Unit, "公布岗责清单", "publish the list of posts and duties"),
        new(DutyKind.RiskPoints, "3.3.1c", DutyHolder.Unit, "梳理执法风险点", "update the list of risk points"),
        new(DutyKind.DiscretionBenchmark, "3.3.1e", DutyHolder.Unit, "制定行政裁量权基准", "adopt the discretion benchmarks"),
        new(DutyKind.SupervisionNode, "3.3.2b", DutyHolder.Office, "乡镇执法协调监督全覆盖", "cover every township with a supervision node"),
        new(DutyKind.ComplaintHandling, "3.3.3c", DutyHolder.Unit, "办理投诉举报", "handle a complaint"),
        new(DutyKind.ComplaintCorrection, "3.3.3d", DutyHolder.Unit, "纠正查实的投诉问题", "correct what a verified complaint found"),
        new(DutyKind.HotspotReview, "3.3.3e", DutyHolder.Office, "定期梳理投诉高发领域", "review the fields in which complaints gather"),
        new(DutyKind.WarningRectification, "3.3.3f", DutyHolder.Unit, "按预警整改", "rectify after an early warning"),
        new(DutyKind.SupervisorFeedback, "3.3.3b", DutyHolder.Unit, "办理监督员反映的问题", "handle a lay supervisor's feedback"),
        new(DutyKind.ProcuratorialReply, "3.3.4a", DutyHolder.Unit, "按期回复检察建议", "reply to a procuratorial suggestion"),
        new(DutyKind.ReferralResult, "3.3.4c", DutyHolder.Office, "跟踪涉嫌犯罪移送结果", "follow a criminal referral to its result"),
        new(DutyKind.RankingBulletin, "4.4b", DutyHolder.Office, "败诉案件量和败诉率季度通报", "publish the quarterly bulletin with the ranking"),
        new(DutyKind.AnnualRanking, "4.4e", DutyHolder.Office, "确定年度败诉率排名", "finalise the annual ranking"),
        new(DutyKind.Assessment, "4.4a", DutyHolder.Office, "年度考核计分", "score the annual assessment"),
        new(DutyKind.SatisfactionFigure, "G3", DutyHolder.Office, "录入社会满意度", "record the satisfaction figure"),
        new(DutyKind.DisputeAnalysis, "4.2", DutyHolder.Unit, "定期分析涉诉行政争议", "analyse litigation disputes periodically"),
        new(DutyKind.StaffTraining, "4.3a", DutyHolder.Unit, "执法人员标准化培训", "train enforcement officers"),
        new(DutyKind.SupervisorTraining, "4.3e", DutyHolder.Office, "监督人员培训", "train supervisors"),
        new(DutyKind.StaffingReport, "4.3b", DutyHolder.Unit, "报告执法监督力量配备", "report the staffing"),
        new(DutyKind.DisputeGuidance, "3.2.1", DutyHolder.Unit, "对未诉争议引导非诉化解", "guide a dispute to non-litigation resolution"),
    ];

    private static readonly Dictionary<DutyKind, DutyKindRow> ByKind = All.ToDictionary(r => r.Kind);

    /// <summary>The row of a kind.</summary>
    public static DutyKindRow Of(DutyKind kind) => ByKind[kind];
}
