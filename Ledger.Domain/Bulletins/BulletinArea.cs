using Ledger.Domain.Facts;
using Ledger.Domain.Obligations;
using Ledger.Domain.Plan;

namespace Ledger.Domain.Bulletins;

/// <summary>Bulletins and their restatements (plan 3.4.1d, 4.4b, 4.4c).</summary>
public static class BulletinArea
{
    /// <summary>The area.</summary>
    public static Area Area { get; } = new("Bulletins")
    {
        Facts =
        [
            CatalogEntry.Of<RankingBulletinPublished>("RankingBulletinPublished", "季度败诉通报发布", StreamKind.Bulletin, Recorder.Office),
            CatalogEntry.Of<BulletinRestated>("BulletinRestated", "通报更正", StreamKind.Bulletin, Recorder.Office),
            CatalogEntry.Of<AccountabilityBulletinPublished>("AccountabilityBulletinPublished", "季度追责通报发布", StreamKind.Bulletin, Recorder.Office),
            CatalogEntry.Of<AccountabilityBulletinRestated>("AccountabilityBulletinRestated", "追责通报更正", StreamKind.Bulletin, Recorder.Office),
        ],
        States = [(StreamKind.Bulletin, key => new BulletinState(key))],
        Refusals = new Dictionary<string, (string, string)>(StringComparer.Ordinal)
        {
            [Codes.BulletinNotClosed] = ("“{0}”尚未封账，不能发布通报", "'{0}' has not been closed: nothing can be published of it"),
            [Codes.BulletinDiffersFromClosing] = (
                "通报须与“{0}”的封账一致（位置 {1}，口径“{2}”，哈希 {3}）", "the bulletin must be the closing of '{0}' (position {1}, policy '{2}', hash {3})"),
            [Codes.RestatementNothingChanged] = ("“{0}”在位置 {1} 的数字没有变化，无须更正", "the numbers of '{0}' are the same at position {1}: there is nothing to restate"),
            [Codes.RestatementNotLater] = (
                "更正的位置和截止日（{0}，{1}）不能早于现行数字的位置和截止日（{2}，{3}）", "a restatement rests on a later position and no earlier day ({0}, {1}) than what stands ({2}, {3})"),
            [Codes.RestatementNumber] = ("更正编号是 {0}，应为 {1}", "the restatement has the number {0}, the next one is {1}"),
        },
        Questions =
        [
            Question.Of("bulletins", "通报目录：发布数与更正数对照", "every bulletin, as published and as restated", Audience.Everyone, BulletinRows.List, Parameters.Period),
            new("bulletin", "一期通报的全部内容（附件表、口径、截止、位置和更正说明）", "one bulletin with its table, policy, cut-off, position and restatements", Audience.Everyone,
                Parameters.Key, Parameters.None, BulletinRows.Contents),
            new("bulletin-preview", "已封账期间的败诉通报预览（拟发布内容）", "the ranking bulletin of a closed period as it would be published", Audience.Office,
                Parameters.Period, Parameters.None, BulletinRows.Preview),
            Question.Of("restatements-due", "应更正的通报和年度排名：新旧数字及其间的事实", "published periods whose numbers differ now, and which facts did it", Audience.Office,
                static (situation, asked) => BulletinRows.Due(situation).Where(r => asked.Period is null || r.Period == asked.Period.Text), Parameters.Period),
            new("trends", "发案量和败诉率的同比、环比", "new cases and loss rates, year on year and period on period", Audience.Everyone,
                Parameters.Period, Parameters.Unit | Parameters.Policy, static (situation, asked) =>
                {
                    var policy = asked.Policy is null ? situation.County.Policies.GoverningFrom(asked.Period!.First) : situation.County.Policies.Find(asked.Policy);
                    return policy is null ? Found.Refused(Codes.PolicyNotFound, asked.Policy) : new Found(BulletinRows.Trends(situation, asked.Period!, policy, asked.Unit).ToList());
                }),
        ],
        Duties = BulletinRows.Duties,
        Clauses =
        [
            new("3.4.1d", "每季度通报执法过错责任追究情况（可零报告）", ["AccountabilityBulletinPublished", "AccountabilityBulletinRestated"], ["bulletins", "bulletin", "restatements-due"],
                [DutyKind.AccountabilityBulletin]),
            new("4.4b", "败诉案件量和败诉率季度通报，后来的事实只产生更正", ["RankingBulletinPublished", "BulletinRestated"], ["bulletins", "bulletin", "bulletin-preview", "restatements-due", "trends"],
                [DutyKind.RankingBulletin]),
        ],
        Labels = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["key"] = "编号", ["kind"] = "种类", ["title"] = "标题", ["publishedOn"] = "发布日", ["lossRate"] = "败诉率", ["newCases"] = "发案量", ["persons"] = "追责人数",
            ["restatedOn"] = "更正日", ["restatements"] = "更正", ["restatedLossRate"] = "更正后败诉率", ["restatedNewCases"] = "更正后发案量", ["restatedCases"] = "更正后件数",
            ["restatedPersons"] = "更正后人数", ["standingPosition"] = "现行位置", ["changes"] = "变动", ["number"] = "更正编号", ["old"] = "原数", ["new"] = "新数",
            ["sequence"] = "账本序号", ["rank"] = "名次", ["previousRank"] = "上期名次", ["name"] = "单位名称", ["newCasesYearBefore"] = "上年同期发案量", ["shareOfCounty"] = "占全县",
            ["closed"] = "审结", ["dismissedClaims"] = "驳回诉讼请求", ["dismissedSuits"] = "驳回起诉、不予立案", ["mediatedOrWithdrawn"] = "调撤率", ["seriesOfLosses"] = "其中串案（组）",
            ["lossRateYearBefore"] = "上年同期败诉率", ["lossRateChange"] = "败诉率同比", ["differenceToProvince"] = "与全省均值差", ["effectiveLossRate"] = "生效败诉率（参考）",
            ["headAttendance"] = "负责人出庭率", ["timelyCaseFiling"] = "三日报备率", ["timelyLossFiling"] = "五日败诉报备率", ["rectification"] = "整改完成/应整改",
            ["accountabilityCases"] = "追责件数", ["accountabilityPersons"] = "追责人数", ["remarks"] = "备注", ["restated"] = "更正后", ["basis"] = "口径", ["reproduced"] = "可复算",
            ["preparedBy"] = "编制", ["approvedBy"] = "审核", ["province"] = "全省均值", ["provinceRefused"] = "不可比原因", ["rows"] = "附件表", ["county"] = "全县", ["byForm"] = "追责方式",
            ["form"] = "方式", ["count"] = "次数", ["zeroReport"] = "零报告", ["decisions"] = "追责案件", ["decidedOn"] = "决定日", ["forms"] = "方式", ["newCasesPrevious"] = "上期发案量",
            ["lossRatePrevious"] = "上期败诉率", ["lossRateChangePrevious"] = "败诉率环比", ["volumeFell"] = "发案量同比下降", ["rateFell"] = "败诉率同比下降", ["doubleDecline"] = "双下降",
            ["barred"] = "不得评优", ["oldRowsSha256"] = "原哈希", ["oldCases"] = "原件数", ["oldPersons"] = "原人数", ["oldByForm"] = "原追责方式", ["approval"] = "审批",
            [nameof(BulletinKind.Ranking)] = "败诉通报", [nameof(BulletinKind.Accountability)] = "追责通报", ["NoClosing"] = "无结案，不参加排名", ["SmallSample"] = "样本少", ["Barred"] = "不得评优",
            [nameof(Policies.CountingBasis.FirstInstanceClosed)] = "一审审结口径", [nameof(Policies.CountingBasis.Effective)] = "生效口径",
            [nameof(Policies.CountingBasis.SubstantiveJudgment)] = "实体判决口径", [nameof(Policies.CountingBasis.SubstantiveLoss)] = "实质败诉口径",
            [nameof(Units.UnitKind.CountyGovernment)] = "县政府", [nameof(Units.UnitKind.Township)] = "乡镇", [nameof(Units.UnitKind.Department)] = "县直部门",
            [nameof(Units.UnitKind.Stationed)] = "驻舞单位",
            [Codes.BenchmarkBasisDiffers] = "口径不同，不能比较", [Codes.BenchmarkNotFound] = "无全省均值",
        },
    };
}
