using System.Collections.Frozen;
using Ledger.Domain.Obligations;
using Ledger.Domain.Plan;

namespace Ledger.Host.Evidence.Bundle;

/// <summary>The Chinese words for the members and codes of facts, as the report and the verifier's page print them.</summary>
public static class FactWords
{
    private static readonly Dictionary<string, string> Spine = new(StringComparer.Ordinal)
    {
        // Members of facts, first those of the spine.
        ["name"] = "名称", ["kind"] = "种类", ["unit"] = "单位", ["lawsuit"] = "诉讼", ["caseNo"] = "案号", ["court"] = "法院", ["cause"] = "案由",
        ["field"] = "管理领域", ["actType"] = "行政行为种类", ["category"] = "案件类别", ["defendants"] = "被告", ["capacity"] = "被告地位", ["township"] = "所在乡镇",
        ["plaintiffs"] = "原告", ["series"] = "串案", ["level"] = "审级", ["by"] = "提出方或到庭人", ["reason"] = "原因", ["registeredOn"] = "登记日",
        ["remainder"] = "余下内容的摘要", ["renamedOn"] = "更名日", ["mergedOn"] = "并入日", ["into"] = "并入单位", ["duty"] = "职责事项", ["performedOn"] = "履行日", ["count"] = "次数",
        ["year"] = "年度", ["submittedAt"] = "提交时间", ["submittedOn"] = "提交日", ["docketedOn"] = "立案日", ["addedOn"] = "追加日", ["removedOn"] = "退出日",
        ["linkedOn"] = "关联日", ["receivedOn"] = "收到日", ["heldOn"] = "举行日", ["risk"] = "败诉风险", ["plan"] = "应对方案", ["madeOn"] = "作出日",
        ["courtInformedOn"] = "告知法院日", ["openCourt"] = "公开开庭", ["attendances"] = "出庭情况", ["absence"] = "未出庭情形", ["openedOn"] = "开启日",
        ["filedOn"] = "提出日", ["closedOn"] = "裁判日", ["dispositions"] = "裁判结果", ["outcome"] = "裁判结果", ["causes"] = "败诉原因", ["amount"] = "金额（元）",
        ["document"] = "文书", ["effectiveOn"] = "生效日", ["basis"] = "依据", ["on"] = "日期", ["fact"] = "所指事实", ["source"] = "来源", ["id"] = "编号",
        ["set"] = "更正为", ["approvedBy"] = "批准人", ["excludeClosings"] = "不计入的结案", ["notLosses"] = "不计败诉的结果", ["countCompensation"] = "计入行政赔偿",
        ["barList"] = "一票否优范围", ["fixedDateRollover"] = "固定日期顺延", ["effectiveFrom"] = "适用自", ["period"] = "期间", ["indicator"] = "指标",
        ["value"] = "数值", ["n"] = "分子", ["d"] = "分母", ["holidays"] = "放假日", ["makeUpWorkdays"] = "调休上班日", ["notice"] = "通知文号",
        ["sha256"] = "文件哈希（SHA-256）",
        // Members of the plan's facts.
        ["accepted"] = "已受理", ["acceptedOn"] = "受理日", ["addressees"] = "发送单位", ["agreedOn"] = "协议日", ["agreementSha256"] = "协议书哈希",
        ["anonymisedBy"] = "脱密人", ["attended"] = "参加人数", ["attendees"] = "到场人数", ["body"] = "调解机构", ["certificateNo"] = "证件号",
        ["circumstances"] = "从轻从重情形", ["clueNo"] = "线索编号", ["commonIssue"] = "共性问题", ["complete"] = "完整录入数", ["conductedOn"] = "开展日",
        ["courts"] = "法院", ["cycle"] = "轮查次序", ["daysAfter"] = "期满后天数", ["decisionSha256"] = "决定书哈希", ["declaredOn"] = "申报日",
        ["designatedOn"] = "指定日", ["determinedBy"] = "认定人", ["determinedOn"] = "认定日", ["direction"] = "移送方向", ["dismissedOn"] = "驳回日",
        ["documentSha256"] = "文书哈希", ["enteredOn"] = "进入诉讼日", ["explainedOn"] = "说明日", ["failedOn"] = "终止日", ["faultFound"] = "认定过错",
        ["finalisedBy"] = "定稿人", ["finalisedOn"] = "定稿日", ["frequency"] = "频次", ["fullTimeSupervisors"] = "专职监督人数", ["grantedBy"] = "批准人",
        ["guidedOn"] = "引导日", ["hearingOn"] = "开庭日", ["inspectedOn"] = "检查日", ["instrumentRule"] = "文书依据口径", ["investigators"] = "调查人",
        ["link"] = "链接", ["loss"] = "败诉裁判", ["matched"] = "一致件数", ["mediationNo"] = "调解编号", ["minutes"] = "会议纪要哈希", ["modifiedOn"] = "修改日",
        ["noticeSha256"] = "通知书哈希", ["notifiedOn"] = "通知日", ["passed"] = "合格人数", ["performBy"] = "履行期限", ["person"] = "人员代号",
        ["petitionNo"] = "申请编号", ["place"] = "地点", ["prior"] = "前次文书", ["proofSha256"] = "证明材料哈希", ["reconciledBy"] = "核对人",
        ["reconsiderationNo"] = "复议案号", ["refusedBy"] = "不批准人", ["refusedOn"] = "不批准日", ["replaces"] = "替代", ["replySha256"] = "答复哈希",
        ["report"] = "报告哈希", ["reportedBy"] = "报告人", ["requiresPrior"] = "前置文书", ["restatement"] = "更正编号", ["returnedOn"] = "退回日",
        ["settlement"] = "差异处理", ["sharedOn"] = "共享日", ["startedOn"] = "开始日", ["statedOn"] = "陈述日", ["studiedOn"] = "学习日",
        ["suitRightStated"] = "已告知诉权", ["suspendedOn"] = "中止日", ["termDueOn"] = "期限届满日", ["text"] = "内容", ["types"] = "类型", ["upheld"] = "查实",
        ["verifiedBy"] = "验收人", ["visited"] = "受查单位", ["visitedOn"] = "互查日", ["visitor"] = "检查单位", ["weights"] = "权重", ["withdrawnOn"] = "撤回日",
        // Codes.
        ["Administrative"] = "行政", ["Compensation"] = "行政赔偿", ["Sole"] = "单独被告", ["Joint"] = "共同被告", ["ReconsiderationJoint"] = "复议维持的共同被告",
        ["First"] = "一审", ["Second"] = "二审", ["Petition"] = "申请再审", ["Retrial"] = "再审", ["Judgment"] = "判决书", ["Ruling"] = "裁定书",
        ["Mediation"] = "调解书", ["Red"] = "红", ["Orange"] = "橙", ["Yellow"] = "黄", ["Green"] = "绿", ["ActRevoked"] = "撤销原行为",
        ["ActChanged"] = "改变原行为", ["DutyPerformed"] = "履行职责", ["Remedied"] = "补救、补偿", ["Settled"] = "和解", ["Principal"] = "正职",
        ["Deputy"] = "副职", ["HeadInCharge"] = "分管负责人", ["StaffOnly"] = "仅工作人员", ["LawyerOnly"] = "仅律师", ["None"] = "无",
        ["Justified"] = "有正当理由", ["Unjustified"] = "无正当理由", ["Plaintiff"] = "原告", ["Defendant"] = "被告", ["Both"] = "双方",
        ["DismissClaims"] = "驳回诉讼请求", ["RevokeAll"] = "撤销", ["RevokeAndRedo"] = "撤销并责令重作", ["RevokePart"] = "部分撤销", ["OrderPerform"] = "责令履行",
        ["OrderPay"] = "判令给付", ["ConfirmUnlawful"] = "确认违法", ["ConfirmUnlawfulMinorProcedure"] = "确认违法（程序轻微违法）",
        ["ConfirmUnlawfulAfterSelfCorrection"] = "确认违法（已自行纠正）", ["ConfirmInvalid"] = "确认无效", ["Modify"] = "变更",
        ["AgreementLiability"] = "承担协议责任", ["OrderDamages"] = "判令赔偿", ["NotDocketed"] = "不予立案", ["DismissSuit"] = "驳回起诉",
        ["WithdrawVoluntary"] = "主动撤诉", ["WithdrawAfterDefendantChanged"] = "被告改变行为后撤诉", ["DeemedWithdrawn"] = "按撤诉处理", ["Mediated"] = "调解",
        ["Terminated"] = "终结诉讼", ["Transferred"] = "移送", ["Consolidated"] = "并案", ["AgreementCompensation"] = "协议补偿", ["AffirmJudgment"] = "维持原判",
        ["AffirmRuling"] = "维持裁定", ["AppealWithdrawn"] = "撤回上诉", ["RevokeAndRemand"] = "发回重审", ["OrderDocket"] = "指令立案",
        ["RetrialPetitionDismissed"] = "驳回再审申请", ["RetrialOrdered"] = "裁定再审", ["JudicialDocument"] = "裁判文书", ["CauseAnalysis"] = "败诉原因分析",
        ["RectificationMeasures"] = "整改措施", ["AppealPeriodExpired"] = "上诉期满", ["SecondInstance"] = "二审作出", ["MediationSigned"] = "调解书签收",
        ["RulingServed"] = "裁定送达", ["CourtNotice"] = "法院通知", ["CountyGovernment"] = "县人民政府", ["Township"] = "乡镇", ["Department"] = "县直部门",
        ["Stationed"] = "驻县单位", ["External"] = "县外机关", ["FirstInstanceClosed"] = "一审结案", ["Effective"] = "生效裁判", ["SubstantiveJudgment"] = "实体裁判",
        ["SubstantiveLoss"] = "实质败诉", ["Each"] = "逐件计", ["OncePerSeries"] = "每串计一件", ["All"] = "全部单位", ["Townships"] = "乡镇", ["Departments"] = "部门",
        ["PerList"] = "分列", ["NextWorkingDay"] = "顺延至下一工作日", ["LossRate"] = "败诉率", ["CaseVolume"] = "发案量", ["Quarterly"] = "每季", ["Yearly"] = "每年",
        ["InsufficientEvidence"] = "证据不足", ["MisappliedLaw"] = "适用法律错误", ["ProceduralViolation"] = "程序违法", ["ExceededAuthority"] = "超越职权",
        ["AbusedAuthority"] = "滥用职权", ["ManifestlyImproper"] = "明显不当", ["Nonfeasance"] = "不履行职责", ["NoStanding"] = "主体不适格",
        ["LateEvidence"] = "逾期举证", ["PassiveResponse"] = "消极应诉", ["Other"] = "其他", ["CaseFiling"] = "三日应诉报备", ["LossFiling"] = "五日败诉报备",
        ["NonPerformanceReport"] = "未履职情况报告", ["Pending"] = "待办", ["Overdue"] = "逾期", ["Met"] = "按时", ["MetLate"] = "迟报", ["Appeal"] = "申诉",
        ["Review"] = "复核", ["FromProcuratorate"] = "检察机关移送", ["ToProcuratorate"] = "移送检察机关", ["Illegible"] = "材料不清晰",
        ["InformationIncomplete"] = "案件信息不全", ["MaterialsMissing"] = "应诉材料不齐", ["WrongCase"] = "案号或者单位有误", ["NoConsequence"] = "未造成后果",
        ["NotSubjectToPublication"] = "不属于应当公开的决定", ["RemovedBefore"] = "裁判前已撤下", ["Obstruction"] = "抗拒调查", ["OwnUnit"] = "本单位",
        ["SupervisingOffice"] = "县司法行政部门", ["SelfCorrected"] = "主动纠正", ["SuperiorError"] = "因上级错误决定", ["RepeatedWithinYear"] = "一年内三次以上",
        ["Retaliation"] = "打击报复", ["OrderCorrect"] = "责令改正",
    };

    /// <summary>Every word; those of the spine before those of the areas.</summary>
    public static FrozenDictionary<string, string> All { get; } =
        Spine.Concat(Areas.All.SelectMany(a => a.Labels)).Concat(DutyKinds.All.Select(k => KeyValuePair.Create(k.Kind.ToString(), k.Chinese)))
            .DistinctBy(w => w.Key, StringComparer.Ordinal).ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The word for a member or code, or the name itself where there is none.</summary>
    public static string Of(string name) => All.GetValueOrDefault(name, name);
}
