using Ledger.Domain.Facts;
using Ledger.Domain.Obligations;
using Ledger.Domain.Plan;

namespace Ledger.Domain.Capacity;

/// <summary>Capacity (plan 4.1–4.3): analyses, trainings, staffing, external supervisors.</summary>
public static class CapacityArea
{
    private const Parameters UnitAndPeriod = Parameters.Unit | Parameters.Period;

    /// <summary>The area.</summary>
    public static Area Area { get; } = new("Capacity")
    {
        Facts =
        [
            CatalogEntry.Of<PeriodicDisputeAnalysisFiled>("PeriodicDisputeAnalysisFiled", "涉诉争议定期分析", StreamKind.Unit, Recorder.Unit),
            CatalogEntry.Of<TrainingHeld>("TrainingHeld", "培训举办", StreamKind.Training, Recorder.Unit),
            CatalogEntry.Of<TrainingCompleted>("TrainingCompleted", "人员完训", StreamKind.Training, Recorder.Unit),
            CatalogEntry.Of<StaffingFigureReported>("StaffingFigureReported", "力量配备报告", StreamKind.Staffing, Recorder.Unit),
            CatalogEntry.Of<EstablishmentConsulted>("EstablishmentConsulted", "与编制部门沟通", StreamKind.Staffing, Recorder.Unit),
            CatalogEntry.Of<ExternalSupervisorEnlisted>("ExternalSupervisorEnlisted", "编制外监督人员入库", StreamKind.Supervisor, Recorder.Office),
            CatalogEntry.Of<ExternalConflictDeclared>("ExternalConflictDeclared", "编制外监督人员利益冲突申报", StreamKind.Supervisor, Recorder.Office),
            CatalogEntry.Of<ExternalSupervisorAssigned>("ExternalSupervisorAssigned", "编制外监督人员参与个案", StreamKind.Supervisor, Recorder.Office),
            CatalogEntry.Of<MechanismDocumentIssued>("MechanismDocumentIssued", "机制文件印发", StreamKind.Policy, Recorder.Office),
            CatalogEntry.Of<ResponsibilityAssigned>("ResponsibilityAssigned", "责任分工确定", StreamKind.Unit, Recorder.Unit),
            CatalogEntry.Of<JointSupervisionHeld>("JointSupervisionHeld", "上下联动监督", StreamKind.Unit, Recorder.Office),
        ],
        States =
        [
            (StreamKind.Unit, unit => new CapacityUnitState(unit)), (StreamKind.Training, key => new TrainingState(key)),
            (StreamKind.Staffing, unit => new StaffingState(unit)), (StreamKind.Supervisor, key => new ExternalSupervisorState(key)),
            (StreamKind.Policy, id => new MechanismState(id)),
        ],
        Refusals = new Dictionary<string, (string, string)>(StringComparer.Ordinal)
        {
            [Codes.AnalysisAlreadyFiled] = ("{0} 的涉诉争议分析已报送，如有误请更正", "the analysis of {0} has been filed already; correct it if it is wrong"),
            [Codes.TrainingPassedExceedAttended] = ("合格 {0} 人多于参训 {1} 人", "{0} passed, more than the {1} who attended"),
            [Codes.TrainingAlreadyCompleted] = ("单位“{0}”在培训“{1}”的完训情况已登记", "the completion of the training '{1}' by the unit '{0}' is recorded already"),
            [Codes.StaffingAlreadyReported] = ("单位“{0}” {1} 年的力量配备已报告，如有误请更正", "the staffing of the unit '{0}' in {1} is reported already; correct it if it is wrong"),
            [Codes.StaffingSupervisorsExceedOfficers] = ("专职监督人员 {0} 人多于执法人员 {1} 人", "{0} full-time supervisors, more than the {1} officers"),
            [Codes.EstablishmentAlreadyConsulted] = ("与编制部门的沟通“{0}”已登记", "the consultation '{0}' is recorded already"),
            [Codes.EstablishmentPostsWithoutConsent] = ("编制部门未同意，不能有核定名额 {0}", "{0} posts cannot be granted without consent"),
            [Codes.ExternalConflict] = ("编制外监督人员“{0}”申报与案件“{1}”有利益冲突，不能参与", "the external supervisor '{0}' declared a conflict of interest with the lawsuit '{1}'"),
            [Codes.ExternalOutsideTerm] = ("{0} 不在编制外监督人员“{1}”的聘期内", "{0} lies outside the term of the external supervisor '{1}'"),
            [Codes.MechanismAlreadyIssued] = ("“{0}”已经印发或已另作他用", "'{0}' has been issued already, or stands for something else"),
            [Codes.MechanismWithoutIssuer] = ("机制文件须写明印发机关", "the document of a mechanism names who issued it"),
            [Codes.ResponsibilityAlreadyAssigned] = ("“{0}”自 {1} 起的责任岗位已确定", "the post that answers for '{0}' from {1} is recorded already"),
            [Codes.JointSupervisionAlone] = ("联动监督须有“{0}”以外的单位参加", "a joint supervision needs units other than '{0}'"),
        },
        Questions =
        [
            Question.Of("dispute-analyses", "涉诉争议定期分析", "the units' periodic analyses of their disputes", Audience.Units, UnitCapacityAnswers.Analyses, UnitAndPeriod),
            Question.Of("dispute-analysis-coverage", "涉诉争议分析覆盖率", "how many units analysed each period", Audience.Office, UnitCapacityAnswers.Coverage, Parameters.Period),
            Question.Of("trainings", "培训", "trainings of officers and supervisors", Audience.Units, UnitCapacityAnswers.Trainings, UnitAndPeriod | Parameters.Key),
            Question.Of("training-hours", "执法人员人均学时", "training hours per officer by unit and year", Audience.Units, UnitCapacityAnswers.Hours, UnitAndPeriod),
            Question.Of("staffing", "执法监督力量配备", "supervisors per officer and cases per supervisor", Audience.Units, UnitCapacityAnswers.Staffing, UnitAndPeriod),
            Question.Of("external-supervisors", "编制外执法监督队伍", "external supervisors, their assignments and conflicts", Audience.Office, MechanismAnswers.Externals, Parameters.Key),
            Question.Of("responsibilities", "责任分工", "which post of a unit answers for what", Audience.Units, MechanismAnswers.Responsibilities, Parameters.Unit),
            Question.Of("mechanisms", "机制文件", "the documents that lay down the standing mechanisms", Audience.Everyone, MechanismAnswers.Mechanisms, Parameters.Clause),
            Question.Of("joint-supervisions", "上下联动监督", "joint supervision by county and townships", Audience.Units, MechanismAnswers.JointSupervisions, UnitAndPeriod),
        ],
        Duties = UnitCapacityAnswers.Duties,
        Clauses =
        [
            new("3.2.3a", "建立行政诉讼案件通报机制", ["MechanismDocumentIssued"], ["mechanisms"], []),
            new("4.1", "加强组织领导：明确责任、分类推进、协调督导", ["MechanismDocumentIssued", "ResponsibilityAssigned"], ["responsibilities", "mechanisms"], []),
            new("4.2", "定期分析涉诉行政争议", ["PeriodicDisputeAnalysisFiled"], ["dispute-analyses", "dispute-analysis-coverage"], [DutyKind.DisputeAnalysis]),
            new("4.3a", "建立执法人员标准化培训体系", ["TrainingHeld", "TrainingCompleted", "MechanismDocumentIssued"], ["training-hours", "trainings", "mechanisms"], [DutyKind.StaffTraining]),
            new("4.3b", "与编制部门沟通，按执法人员数和案件数配齐专职监督力量", ["StaffingFigureReported", "EstablishmentConsulted"], ["staffing"], [DutyKind.StaffingReport]),
            new("4.3c", "统筹监督力量上下联动", ["MechanismDocumentIssued", "JointSupervisionHeld"], ["joint-supervisions", "mechanisms"], []),
            new("4.3d", "探索建立编制外执法监督队伍", ["ExternalSupervisorEnlisted", "ExternalConflictDeclared", "ExternalSupervisorAssigned"], ["external-supervisors"], []),
            new("4.3e", "加强执法监督人员培训", ["TrainingHeld", "TrainingCompleted"], ["trainings"], [DutyKind.SupervisorTraining]),
        ],
        Labels = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["unit"] = "单位", ["name"] = "名称", ["period"] = "期间", ["status"] = "状态", ["dueOn"] = "到期日", ["filedOn"] = "报送日", ["daysLate"] = "迟延（工作日）",
            ["newLawsuits"] = "新收案件", ["causes"] = "发现的问题", ["evidence"] = "凭据", ["filed"] = "报送率", ["inTime"] = "按期率", ["key"] = "编号",
            ["audience"] = "对象", ["topic"] = "主题", ["hours"] = "学时", ["heldOn"] = "举行日", ["organiser"] = "举办者", ["invited"] = "应参训单位",
            ["completed"] = "完训单位", ["passRate"] = "合格率", ["year"] = "年度", ["trainings"] = "培训次数", ["hoursPerOfficer"] = "人均学时",
            ["reportedOn"] = "报告日", ["officers"] = "执法人员", ["cases"] = "执法案件", ["supervisorsPerOfficer"] = "专职监督人员占比",
            ["casesPerSupervisor"] = "每名监督人员案件数", ["consultedOn"] = "沟通日", ["result"] = "结果", ["postsGranted"] = "核定名额", ["background"] = "来源",
            ["from"] = "起", ["until"] = "止", ["endedOn"] = "办结日", ["active"] = "在任", ["conflicts"] = "申报冲突的案件", ["assigned"] = "参与的案件",
            ["conflicted"] = "须回避的案件", ["field"] = "管理领域", ["post"] = "责任岗位", ["inForce"] = "现行", ["mechanism"] = "机制", ["clause"] = "条款",
            ["documentNo"] = "文号", ["issuers"] = "印发机关", ["issuedOn"] = "印发日", ["with"] = "参加单位", ["supervisors"] = "监督人员数", ["findings"] = "发现问题数",
            ["Officers"] = "执法人员", ["Supervisors"] = "监督人员", ["Agreed"] = "同意", ["PartlyAgreed"] = "部分同意", ["Deferred"] = "待研究", ["Declined"] = "不同意",
            ["Scholar"] = "法学理论研究工作者", ["Lawyer"] = "律师", ["RetiredJudge"] = "退休法官", ["RetiredProcurator"] = "退休检察官",
            ["LitigationBulletin"] = "行政诉讼案件通报机制", ["Coordination"] = "府院联动机制", ["TieredSupervision"] = "监督力量上下联动机制",
            ["StandardizedTraining"] = "标准化培训体系", ["Court"] = "县法院", ["JusticeBureau"] = "县司法行政部门", ["RuleOfLawOffice"] = "县委依法治县办",
            ["JointConference"] = "府院联席会议办公室", ["CountyGovernment"] = "县政府", ["Litigation"] = "应诉和报备", ["DisputeResolution"] = "争议化解",
            ["Rectification"] = "败诉整改", ["LegalReview"] = "法制审核", ["InternalSupervision"] = "内部执法监督", ["Training"] = "人员培训",
            ["InsufficientEvidence"] = "主要证据不足", ["MisappliedLaw"] = "适用法律法规错误", ["ProceduralViolation"] = "违反法定程序", ["ExceededAuthority"] = "超越职权",
            ["AbusedAuthority"] = "滥用职权", ["ManifestlyImproper"] = "明显不当", ["Nonfeasance"] = "不履行法定职责", ["NoStanding"] = "主体不适格",
            ["LateEvidence"] = "逾期举证", ["PassiveResponse"] = "消极应诉",
        },
    };
}
