using Ledger.Domain.Facts;
using Ledger.Domain.Obligations;
using Ledger.Domain.Plan;

namespace Ledger.Domain.Periods;

/// <summary>Quarter and year (plan 3.2.3b, 3.5.1, 4.4): the court’s list, reconciliation, closing, hot lists.</summary>
public static class PeriodArea
{
    /// <summary>
    /// Working days after the court shared its list in which a difference should be settled. The plan names no term; two
    /// weeks leave time before the bulletin of the quarter is due.
    /// </summary>
    public const int DaysToSettle = 10;

    /// <summary>The area.</summary>
    public static Area Area { get; } = new("Periods")
    {
        Facts =
        [
            CatalogEntry.Of<CourtQuarterlyListShared>("CourtQuarterlyListShared", "法院季度信息共享", StreamKind.Period, Recorder.Court),
            CatalogEntry.Of<InformationExchanged>("InformationExchanged", "季度诉讼信息互通", StreamKind.Period, Recorder.Office),
            CatalogEntry.Of<CourtListReconciled>("CourtListReconciled", "台账核对", StreamKind.Period, Recorder.Office),
            CatalogEntry.Of<DifferenceResolved>("DifferenceResolved", "核对差异处理", StreamKind.Period, Recorder.Office),
            CatalogEntry.Of<LossHotlistConfirmed>("LossHotlistConfirmed", "高败诉对象锁定", StreamKind.Period, Recorder.Office),
            CatalogEntry.Of<QuarterClosed>("QuarterClosed", "季度封账", StreamKind.Period, Recorder.Office),
        ],
        States = [(StreamKind.Period, key => new PeriodState(key))],
        Refusals = new Dictionary<string, (string, string)>(StringComparer.Ordinal)
        {
            [Codes.PeriodNotAQuarter] = ("“{0}”不是季度", "'{0}' is not a quarter"),
            [Codes.PeriodNotQuarterOrYear] = ("“{0}”不是季度也不是年度，不能封账", "'{0}' is neither a quarter nor a year"),
            [Codes.PeriodNotOver] = ("“{0}”至 {1} 才结束，截止日 {2} 过早", "'{0}' ends on {1}; the cut-off day {2} is too early"),
            [Codes.PeriodAlreadyClosed] = ("“{0}”已在位置 {1} 封账；数字有变请发布更正", "'{0}' was closed at position {1} already; what has changed since is published as a restatement"),
            [Codes.PeriodPolicyNotGoverning] = ("“{0}”适用统计口径“{1}”，不是“{2}”", "'{0}' is governed by the counting policy '{1}', not '{2}'"),
            [Codes.PeriodListNotNewer] = ("清单版本 {0} 须大于已有版本 {1}", "the list number {0} must be higher than {1}"),
            [Codes.PeriodListOtherCourt] = ("案号“{0}”的法院代字“{1}”不在清单所列法院之内", "the case number '{0}' is of the court '{1}', which the list does not cover"),
            [Codes.PeriodListDuplicateCase] = ("案号“{0}”在清单中重复", "the case number '{0}' stands twice in the list"),
            [Codes.PeriodNoList] = ("“{0}”尚无法院清单", "the court has shared no list of '{0}' by then"),
            [Codes.DifferenceUnknown] = ("清单与案号“{0}”之间不会有差异 {1}", "no list gives rise to the difference {1} of '{0}'"),
            [Codes.DifferenceAlreadyResolved] = ("案号“{0}”的差异 {1} 已经处理", "the difference {1} of '{0}' has been settled already"),
            [Codes.HotlistNotLater] = ("位置 {0} 须晚于上一次锁定的位置 {1}", "the position {0} must be later than that of the last list, {1}"),
            [Codes.DraftUnknown] = ("没有事实“{0}”的草稿", "there is no draft of '{0}'"),
            [Codes.DraftNothingToDo] = ("目前没有可记录的“{0}”", "there is nothing to record as '{0}' now"),
        },
        Questions =
        [
            Question.Of("quarters", "季度和年度工作：法院共享、信息互通、核对、封账", "quarter by quarter: the court's list, exchange, reconciliation, closing", Audience.Court, PeriodRows.Quarters, Parameters.Period),
            Question.Of("reconciliation", "法院清单与台账核对：差异及处理（含隐瞒未报）", "the court's list against the ledger: every difference and how it was settled", Audience.Court,
                PeriodRows.Reconciled, Parameters.Unit | Parameters.Status, Parameters.Period),
            new("hot-lists", "败诉高发对象：乡镇×领域×执法类型×原因", "losses by township, field, type of act and cause, with the lawsuits behind each", Audience.Office,
                Parameters.Period, Parameters.Policy, static (situation, asked) =>
                {
                    var policy = asked.Policy is null ? situation.County.Policies.GoverningFrom(asked.Period!.First) : situation.County.Policies.Find(asked.Policy);
                    return policy is null ? Found.Refused(Codes.PolicyNotFound, asked.Policy) : new Found(PeriodRows.HotLists(situation, asked.Period!, policy).ToList());
                }),
            Question.Of("confirmed-hot-lists", "已锁定的高败诉对象：规则、账本位置和确认人", "hot lists as confirmed: the rule, the position and who stands for it", Audience.Office,
                PeriodRows.ConfirmedHotLists, Parameters.Period),
            new("drafts", "下一步要记录的事实草稿（封账、通报、更正、排名、不得评优）", "the exact data of a fact to record next, as the ledger counts it now", Audience.Office,
                Parameters.Key | Parameters.Period, Parameters.Unit | Parameters.Policy, Drafts.Of),
        ],
        Duties = PeriodRows.Duties,
        Clauses =
        [
            new("3.1.1b", "锁定败诉较多的乡镇、执法领域和执法类型", ["LossHotlistConfirmed"], ["hot-lists", "confirmed-hot-lists"], []),
            new("3.2.3b", "法院与司法行政部门每季度共享案件信息并核对", ["CourtQuarterlyListShared", "CourtListReconciled", "DifferenceResolved"], ["quarters", "reconciliation"],
                [DutyKind.CourtListShared, DutyKind.DifferenceResolution]),
            new("3.5.1", "成员单位、执法单位每季度诉讼信息互通", ["InformationExchanged"], ["quarters"], [DutyKind.InformationExchange]),
            new("4.4c", "每季度量化排名：封账固定口径、位置和数字", ["QuarterClosed"], ["quarters", "rankings"], [DutyKind.RankingBulletin]),
        ],
        Labels = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["listSharedOn"] = "法院共享日", ["listNo"] = "清单版本", ["exchangedOn"] = "互通日", ["reconciledOn"] = "核对日", ["differences"] = "差异数",
            ["closedOn"] = "封账日", ["closedBy"] = "封账人", ["position"] = "账本位置", ["policy"] = "统计口径", ["asOf"] = "截止日", ["rowsSha256"] = "排名哈希", ["late"] = "迟延事项",
            ["lawsuit"] = "案件", ["court"] = "法院清单", ["ledger"] = "台账", ["hiddenNonFiling"] = "隐瞒未报", ["resolvedOn"] = "处理日", ["resolvedBy"] = "处理人",
            ["township"] = "乡镇", ["field"] = "执法领域", ["actType"] = "执法类型", ["cause"] = "败诉原因", ["losses"] = "败诉件数", ["cases"] = "案件", ["confirmedIn"] = "已锁定",
            ["dimension"] = "维度", ["rule"] = "锁定规则", ["threshold"] = "标准数", ["confirmedOn"] = "锁定日", ["confirmedBy"] = "锁定人", ["items"] = "对象", ["value"] = "名称",
            [nameof(HotlistRule.LossesAtLeast)] = "败诉达到件数", [nameof(HotlistRule.TopRanks)] = "败诉最多的前几名",
            ["data"] = "内容", ["missing"] = "待填", ["needsApproval"] = "须审批", ["units"] = "单位",
            [nameof(DifferenceKind.CourtOnly)] = "法院有、账上无", [nameof(DifferenceKind.NeverFiled)] = "单位未报备", [nameof(DifferenceKind.LedgerOnly)] = "账上有、法院无",
            [nameof(DifferenceKind.DocketedDiffers)] = "立案日不符", [nameof(DifferenceKind.ClosedDiffers)] = "结案日不符", [nameof(DifferenceKind.OutcomeDiffers)] = "裁判结果不符",
            [nameof(DifferenceKind.UnitDiffers)] = "被告单位不符", [nameof(DifferenceStatus.Open)] = "未处理", [nameof(DifferenceStatus.StillDiffers)] = "称已解决但仍不符",
            [nameof(DifferenceStatus.Explained)] = "已说明", [nameof(DifferenceStatus.Resolved)] = "已解决", [nameof(DifferenceStatus.Gone)] = "已消失",
            [nameof(HotlistDimension.Township)] = "乡镇", [nameof(HotlistDimension.Field)] = "执法领域", [nameof(HotlistDimension.ActType)] = "执法类型", [nameof(HotlistDimension.Cause)] = "败诉原因",
            [nameof(Lawsuits.LossCause.InsufficientEvidence)] = "主要证据不足", [nameof(Lawsuits.LossCause.MisappliedLaw)] = "适用法律错误",
            [nameof(Lawsuits.LossCause.ProceduralViolation)] = "违反法定程序", [nameof(Lawsuits.LossCause.ExceededAuthority)] = "超越职权",
            [nameof(Lawsuits.LossCause.AbusedAuthority)] = "滥用职权", [nameof(Lawsuits.LossCause.ManifestlyImproper)] = "明显不当",
            [nameof(Lawsuits.LossCause.Nonfeasance)] = "不作为", [nameof(Lawsuits.LossCause.NoStanding)] = "无主体资格",
            [nameof(Lawsuits.LossCause.LateEvidence)] = "逾期举证", [nameof(Lawsuits.LossCause.PassiveResponse)] = "消极应诉", [nameof(Lawsuits.LossCause.Other)] = "其他",
        },
    };
}
