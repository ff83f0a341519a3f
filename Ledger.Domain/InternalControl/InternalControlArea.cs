using Ledger.Domain.Facts;
using Ledger.Domain.Obligations;
using Ledger.Domain.Plan;

namespace Ledger.Domain.InternalControl;

/// <summary>A unit’s internal control (plan 3.3.1) and reports of non-performance (3.3.2g).</summary>
public static class InternalControlArea
{
    private const Parameters UnitAndPeriod = Parameters.Unit | Parameters.Period;

    /// <summary>The area.</summary>
    public static Area Area { get; } = new("InternalControl")
    {
        Facts =
        [
            CatalogEntry.Of<ResponsibilitySystemAdopted>("ResponsibilitySystemAdopted", "执法责任制建立", StreamKind.Unit, Recorder.Unit),
            CatalogEntry.Of<PostDutyListPublished>("PostDutyListPublished", "岗责清单公布", StreamKind.Unit, Recorder.Unit),
            CatalogEntry.Of<RiskPointListUpdated>("RiskPointListUpdated", "风险点清单更新", StreamKind.Unit, Recorder.Unit),
            CatalogEntry.Of<InternalSystemEvidenceFiled>("InternalSystemEvidenceFiled", "内部制度落实备案", StreamKind.Unit, Recorder.Unit),
            CatalogEntry.Of<MajorDecisionLegalReviewed>("MajorDecisionLegalReviewed", "重大决定法制审核", StreamKind.Unit, Recorder.Unit),
            CatalogEntry.Of<CollectiveDiscussionHeld>("CollectiveDiscussionHeld", "重大案件集体讨论", StreamKind.Unit, Recorder.Unit),
            CatalogEntry.Of<DiscretionBenchmarkAdopted>("DiscretionBenchmarkAdopted", "裁量基准制定", StreamKind.Unit, Recorder.Unit),
            CatalogEntry.Of<NilStatementSubmitted>("NilStatementSubmitted", "无未履职事项声明", StreamKind.Unit, Recorder.Unit),
        ],
        States = [(StreamKind.Unit, _ => new InternalControlState())],
        Refusals = new Dictionary<string, (string, string)>(StringComparer.Ordinal)
        {
            [Codes.ResponsibilitySystemAlreadyAdopted] = ("执法责任制文件“{0}”已登记", "the responsibility system of the document '{0}' is recorded already"),
            [Codes.DutyListEmpty] = ("岗责清单须有岗位和职责（岗位 {0}，职责 {1}）", "a list of posts and duties needs both ({0} posts, {1} duties)"),
            [Codes.RiskPointsEmpty] = ("风险点清单不能为空", "a list of risk points cannot be empty"),
            [Codes.RiskPointTwice] = ("风险点“{0}”在清单中重复", "the risk point '{0}' stands twice in the list"),
            [Codes.ReviewAfterDecision] = ("决定“{0}”的法制审核日 {1} 晚于决定日 {2}，审核须在决定之前", "the decision '{0}' was reviewed on {1}, after it was made on {2}"),
            [Codes.DiscussionTooFew] = ("集体讨论至少二人参加（{0}）", "a collective discussion needs at least two people ({0})"),
            [Codes.DiscussionAfterDecision] = ("决定“{0}”的集体讨论日 {1} 晚于决定日 {2}", "the decision '{0}' was discussed on {1}, after it was made on {2}"),
            [Codes.BenchmarkAlreadyAdopted] = ("裁量基准“{0}”已制定，修订请用新编号并写明所替代的基准", "the benchmark '{0}' is adopted already; a revision bears a new key and names the one that it replaces"),
            [Codes.BenchmarkReplacesUnknown] = ("没有裁量基准“{0}”可替代", "there is no benchmark '{0}' to replace"),
            [Codes.NilWithoutDuties] = ("{0} 年之前没有登记职责事项，无从声明", "no duty was registered before {0}: there is nothing to state"),
            [Codes.NilNotPerformed] = ("职责“{0}”在 {1} 年没有履行记录，须报告未履职情况", "the duty '{0}' has no performance in {1}: it must be reported"),
        },
        Questions =
        [
            Question.Of("internal-control", "五项内部监督制度落实情况", "the five internal systems by unit and year", Audience.Units, InternalControlAnswers.InternalControl, UnitAndPeriod),
            Question.Of("responsibility-systems", "执法责任制和岗责清单", "responsibility systems and lists of posts", Audience.Units, InternalControlAnswers.ResponsibilitySystems, Parameters.Unit),
            Question.Of("risk-points", "执法风险点", "the risk points in force", Audience.Units, InternalControlAnswers.RiskPoints, Parameters.Unit),
            Question.Of("legal-reviews", "重大决定法制审核和集体讨论", "major decisions with their legal review and discussion", Audience.Units, InternalControlAnswers.Reviews, UnitAndPeriod),
            Question.Of("discretion-benchmarks", "行政裁量权基准", "discretion benchmarks", Audience.Units, InternalControlAnswers.Benchmarks, Parameters.Unit),
            Question.Of("non-performance", "职责履行和未履职报告", "duties performed, and reports of non-performance", Audience.Units, InternalControlAnswers.Performance, UnitAndPeriod),
            Question.Of("enforcement-overview", "行政执法规范情况总览", "how the units' enforcement was regulated in a year", Audience.Units, InternalControlAnswers.Overview, UnitAndPeriod),
        ],
        Duties = InternalControlAnswers.Duties,
        Clauses =
        [
            new("G1", "行政执法行为得到有效规范：逐单位看制度、审核、履职", ["MajorDecisionLegalReviewed", "InternalSystemEvidenceFiled", "EnforcementPerformed"], ["enforcement-overview"], []),
            new("3.3.1a", "履行内部执法监督主体责任，落实行政执法责任制", ["ResponsibilitySystemAdopted"], ["responsibility-systems"], []),
            new("3.3.1b", "厘清执法权限，建立执法岗责体系", ["PostDutyListPublished"], ["responsibility-systems"], [DutyKind.DutyList]),
            new("3.3.1c", "全面梳理执法风险点", ["RiskPointListUpdated"], ["risk-points"], [DutyKind.RiskPoints]),
            new("3.3.1d", "落实法制审核、集体讨论、案卷评查、评议考核、投诉举报五项制度",
                ["InternalSystemEvidenceFiled", "MajorDecisionLegalReviewed", "CollectiveDiscussionHeld"], ["internal-control", "legal-reviews"], [DutyKind.InternalSystem]),
            new("3.3.1e", "规范行使行政裁量权", ["DiscretionBenchmarkAdopted"], ["discretion-benchmarks"], [DutyKind.DiscretionBenchmark]),
            new("3.3.2g", "一年内未实际履行的职责，次年1月31日前报告情况和原因",
                ["DutyRegistered", "EnforcementPerformed", "NonPerformanceReportSubmitted", "NilStatementSubmitted"], ["non-performance"], [DutyKind.NonPerformanceReport]),
        ],
        Labels = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["unit"] = "单位", ["name"] = "名称", ["year"] = "年度", ["system"] = "制度", ["status"] = "状态", ["dueOn"] = "到期日", ["filedOn"] = "报送日",
            ["daysLate"] = "迟延（工作日）", ["items"] = "件数", ["evidence"] = "凭据", ["documentNo"] = "文号", ["adoptedOn"] = "制定日", ["posts"] = "岗位数",
            ["postDuties"] = "职责数", ["publishedOn"] = "公布日", ["code"] = "编码", ["point"] = "风险点", ["level"] = "等级", ["control"] = "防控措施",
            ["updatedOn"] = "更新日", ["decisionNo"] = "决定文号", ["standing"] = "办理情况", ["reviewedOn"] = "审核日", ["opinion"] = "审核意见",
            ["discussedOn"] = "讨论日", ["participants"] = "参加人数", ["dissenting"] = "不同意见人数", ["decidedOn"] = "决定日", ["benchmark"] = "基准编号",
            ["actType"] = "行政行为种类", ["replacedBy"] = "被替代为", ["replacedOn"] = "替代日", ["duty"] = "职责编号", ["dutyName"] = "职责事项",
            ["performed"] = "履行次数", ["reportDueOn"] = "报告期限", ["reportedOn"] = "报告日", ["nilStatementOn"] = "声明日", ["nilContradicted"] = "声明与记录不符",
            ["dutiesPerformed"] = "已履行职责", ["reviewed"] = "法制审核件数", ["revised"] = "修改后同意或不同意", ["againstOpinion"] = "审核不同意仍作决定",
            ["discussed"] = "集体讨论件数", ["systemsInPlace"] = "已落实制度", ["benchmarksInForce"] = "现行裁量基准", ["redRiskPoints"] = "红色风险点",
            ["LegalReview"] = "法制审核", ["CollectiveDiscussion"] = "集体讨论", ["CaseFileReview"] = "案卷评查", ["EnforcementEvaluation"] = "评议考核",
            ["ComplaintHandling"] = "投诉举报", ["Red"] = "红", ["Orange"] = "橙", ["Yellow"] = "黄", ["Green"] = "绿", ["Agree"] = "同意",
            ["AgreeAfterRevision"] = "修改后同意", ["Disagree"] = "不同意", ["NotReviewed"] = "未见法制审核", ["AwaitingDecision"] = "已审核待决定",
            ["DecidedAfterReview"] = "审核后决定", ["DecidedAgainstOpinion"] = "审核不同意仍决定", ["YearRunning"] = "本年度进行中", ["Performed"] = "已履行",
            ["Reported"] = "按期报告", ["ReportedLate"] = "逾期报告", ["ReportPending"] = "待报告", ["ReportOverdue"] = "报告逾期",
        },
    };
}
