namespace Ledger.Domain.Accountability;

/// <summary>The Chinese headings and codes of the answers about accountability.</summary>
internal static class AccountabilityLabels
{
    /// <summary>Headings by member, texts by code.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["key"] = "编号", ["unit"] = "单位", ["name"] = "名称", ["lawsuit"] = "诉讼", ["caseNo"] = "案号", ["rectification"] = "整改编号", ["supervision"] = "监督编号",
        ["finding"] = "问题编号", ["openedOn"] = "登记日", ["stage"] = "进展", ["faultTypes"] = "过错类型", ["severity"] = "过错程度", ["roles"] = "责任类型",
        ["role"] = "责任类型", ["excludedGrounds"] = "不予容错情形", ["decidedOn"] = "决定日", ["documentNo"] = "文号", ["forms"] = "追责形式", ["form"] = "追责形式",
        ["authority"] = "决定机关", ["subjectKind"] = "对象类别", ["notPursuedFor"] = "不予追究理由", ["executedOn"] = "执行日", ["appealPending"] = "申诉待决",
        ["appealResult"] = "申诉结果", ["transferredOn"] = "移送监委日", ["evidence"] = "凭据", ["subject"] = "对象", ["since"] = "查实认定日", ["case"] = "追责案件",
        ["cases"] = "案件数", ["subjects"] = "单位（人）数", ["executed"] = "已执行", ["overturned"] = "已被撤变", ["status"] = "状态", ["conditions"] = "容错情形",
        ["requestedOn"] = "申请日", ["consultedOn"] = "征求意见日", ["organ"] = "征求机关", ["opinion"] = "意见", ["grantedOn"] = "认定日", ["approval"] = "审批编号",
        ["rectificationState"] = "整改状态", ["rejectedOn"] = "不予认定日", ["rejectedFor"] = "不予认定理由", ["revokedOn"] = "撤销日", ["revokedFor"] = "撤销原因",
        ["Organ"] = "单位", ["Person"] = "人员",
        ["OrderCorrection"] = "责令限期改正", ["Circular"] = "通报批评", ["CancelHonour"] = "取消评先资格", ["RegulatoryTalk"] = "约谈", ["Talk"] = "谈话提醒",
        ["CriticismEducation"] = "批评教育", ["WrittenReview"] = "书面检讨", ["Admonition"] = "诫勉", ["OffPostTraining"] = "离岗培训", ["LicenceSuspended"] = "暂扣执法证",
        ["Transferred"] = "调离执法岗位", ["Disqualified"] = "取消执法资格", ["SanctionWarning"] = "警告", ["SanctionDemerit"] = "记过", ["SanctionMajorDemerit"] = "记大过",
        ["SanctionDemotion"] = "降级", ["SanctionRemoval"] = "撤职", ["SanctionDismissal"] = "开除", ["TransferToSupervision"] = "移送纪检监察机关",
        ["TransferToJudiciary"] = "移送司法机关",
        ["CountyGovernment"] = "县人民政府", ["SupervisoryCommission"] = "监察机关", ["SuperiorOrgan"] = "上级行政执法机关", ["OwnOrgan"] = "所在单位",
        ["AppointingOrgan"] = "任免机关", ["LegalBody"] = "政府法制机构",
        ["InsufficientEvidence"] = "证据不足", ["WrongLegalBasis"] = "适用依据错误", ["ProceduralViolation"] = "违反法定程序", ["ExceededAuthority"] = "超越职权",
        ["AbusedAuthority"] = "滥用职权", ["ManifestlyImproper"] = "明显不当", ["NonPerformance"] = "不履行职责", ["UnqualifiedEnforcement"] = "无资格执法",
        ["PassiveResponse"] = "消极应诉", ["JudgmentNotPerformed"] = "拒不履行裁判", ["RectificationRefused"] = "拒不整改", ["Concealment"] = "瞒报漏报",
        ["Trivial"] = "显著轻微", ["Ordinary"] = "一般", ["Serious"] = "严重",
        ["Handler"] = "承办人", ["Reviewer"] = "审核人", ["Approver"] = "批准人", ["HeadInCharge"] = "主管领导", ["CollectiveDecision"] = "集体决策",
        ["KnowingViolation"] = "明知故犯", ["PrivateGain"] = "谋取私利", ["GreatLoss"] = "造成重大损失", ["CorrectionRefused"] = "拒不纠正", ["Favouritism"] = "徇私舞弊",
        ["NoFault"] = "没有过错", ["TrivialAndCorrected"] = "显著轻微且已纠正", ["ForceMajeure"] = "不可抗力", ["PartyFraud"] = "相对人虚假材料",
        ["SuperiorDecisionObjected"] = "执行上级决定并已提出异议", ["UnclearLaw"] = "法律政策不明确", ["AlreadyDealtWith"] = "同一事实已经处理",
        ["PartyFault"] = "相对人过错", ["Exploration"] = "探索性工作", ["CollectiveProcedure"] = "依程序集体决策", ["MinorAndCorrected"] = "结果轻微并及时纠正",
        ["TrivialHarm"] = "危害显著轻微",
        ["Upheld"] = "维持", ["Changed"] = "变更", ["Revoked"] = "撤销",
        ["CountyCommission"] = "县纪委监委", ["StationedGroup"] = "派驻纪检监察组", ["Agrees"] = "同意", ["NoObjection"] = "无不同意见", ["Disagrees"] = "不同意",
        ["ConditionsNotMet"] = "不符合容错情形", ["ExcludedGround"] = "属于不予容错情形", ["NotCorrected"] = "未同步整改", ["DisciplineDisagrees"] = "纪检监察机关不同意",
        ["Clue"] = "线索登记", ["Investigating"] = "调查中", ["Concluded"] = "调查终结", ["FaultDetermined"] = "过错已认定", ["Pursued"] = "追究", ["NotPursued"] = "不予追究",
        ["Tolerated"] = "容错免责", ["DecisionLapsed"] = "原决定失效待重新决定",
        ["Requested"] = "已申请", ["Consulted"] = "已征求意见", ["Granted"] = "已认定", ["Rejected"] = "不予认定",
        ["Opened"] = "已启动", ["InProgress"] = "整改中", ["Completed"] = "待验收", ["Verified"] = "已验收", ["Reopened"] = "退回重改",
    };
}
