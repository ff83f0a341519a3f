using Ledger.Domain.Facts;
using Ledger.Domain.Obligations;
using Ledger.Domain.Plan;

namespace Ledger.Domain.Assessments;

/// <summary>Annual ranking, bars and assessment (plan 4.4a, 4.4e) and satisfaction (G3).</summary>
public static class AssessmentArea
{
    /// <summary>The area.</summary>
    public static Area Area { get; } = new("Assessments")
    {
        Facts =
        [
            CatalogEntry.Of<AnnualLossRankingFinalised>("AnnualLossRankingFinalised", "年度败诉率排名确定", StreamKind.Period, Recorder.Office),
            CatalogEntry.Of<AnnualLossRankingRestated>("AnnualLossRankingRestated", "年度败诉率排名更正", StreamKind.Period, Recorder.Office),
            CatalogEntry.Of<ExcellentGradeBarred>("ExcellentGradeBarred", "不得评优", StreamKind.Assessment, Recorder.Office),
            CatalogEntry.Of<ExcellentBarLifted>("ExcellentBarLifted", "不得评优解除", StreamKind.Assessment, Recorder.Office),
            CatalogEntry.Of<AssessmentItemScored>("AssessmentItemScored", "考核计分", StreamKind.Assessment, Recorder.Office),
            CatalogEntry.Of<AssessmentGraded>("AssessmentGraded", "考核定等", StreamKind.Assessment, Recorder.Office),
            CatalogEntry.Of<SatisfactionFigureRecorded>("SatisfactionFigureRecorded", "满意度数据录入", StreamKind.Benchmark, Recorder.Office),
        ],
        States =
        [
            (StreamKind.Period, key => new AnnualRankingState(key)), (StreamKind.Assessment, key => new AssessmentState(key)),
            (StreamKind.Benchmark, key => new SatisfactionState(key)),
        ],
        Refusals = new Dictionary<string, (string, string)>(StringComparer.Ordinal)
        {
            [Codes.AnnualNotAYear] = ("“{0}”不是年度", "'{0}' is not a year"),
            [Codes.AnnualAlreadyFinalised] = ("{0} 年度排名已经确定；有变动请更正", "the ranking of {0} is final already; what has changed since is restated"),
            [Codes.AnnualNotFinalised] = ("{0} 年度排名届时尚未确定", "the ranking of {0} is not final by then"),
            [Codes.AssessmentUnitNotBarred] = ("单位“{0}”不在 {1} 年度排名的前三位之列", "the ranking of {1} does not bar the unit '{0}'"),
            [Codes.AssessmentAlreadyBarred] = ("单位“{0}”{1} 年度已被定为不得评优", "the unit '{0}' has been barred for {1} already"),
            [Codes.AssessmentNoBar] = ("单位“{0}”{1} 年度没有须解除的不得评优", "there is no bar of the unit '{0}' for {1} to lift"),
            [Codes.AssessmentStillBarred] = ("第 {1} 次更正后的排名仍使单位“{0}”不得评优", "the ranking as restated ({1}) still bars the unit '{0}'"),
            [Codes.AssessmentNoRestatement] = ("{1} 年度排名现行的不是第 {0} 次更正；只有更正后的排名可以解除", "the restatement {0} is not what stands of the ranking of {1}; only a restated ranking lifts a bar"),
            [Codes.AssessmentBarDiffers] = ("单位“{0}”在排名中的名次是 {1}，败诉率 {2}", "in the ranking the unit '{0}' has the rank {1} and the loss rate {2}"),
            [Codes.AssessmentExcellentBarred] = ("单位“{0}”{1} 年度不得评为优秀等次", "the unit '{0}' must not be graded excellent for {1}"),
            [Codes.AssessmentPoints] = ("得分 {0} 须在 0 与满分 {1} 之间", "the points {0} must lie between 0 and {1}"),
            [Codes.SatisfactionValue] = ("满意度 {0}（样本 {1}）不合格", "the satisfaction {0} of a sample of {1} is invalid"),
        },
        Questions =
        [
            Question.Of("annual-ranking", "年度败诉率排名：确定、更正与不得评优", "the annual ranking: final, restated, and whom it bars", Audience.Everyone, AssessmentRows.Annual, Parameters.Period),
            Question.Of("assessments", "年度考核表：计分、等次、不得评优", "a unit's annual sheet: scores, grade, bar", Audience.Units, AssessmentRows.Sheets, Parameters.Unit | Parameters.Period),
            Question.Of("satisfaction", "社会满意度及趋势", "satisfaction figures and their trend", Audience.Everyone, AssessmentRows.Satisfaction, Parameters.Unit | Parameters.Period),
            new("goal-board", "目标看板：发案量、败诉率与上年和全省比较，社会满意度", "the goals: against the year before and the province", Audience.Everyone,
                Parameters.Period, Parameters.Unit | Parameters.Policy, static (situation, asked) =>
                {
                    var policy = asked.Policy is null ? situation.County.Policies.GoverningFrom(asked.Period!.First) : situation.County.Policies.Find(asked.Policy);
                    return policy is null ? Found.Refused(Codes.PolicyNotFound, asked.Policy) : new Found(AssessmentRows.Goals(situation, asked.Period!, policy, asked.Unit).ToList());
                }),
        ],
        Duties = AssessmentRows.Duties,
        Clauses =
        [
            new("4.4a", "纳入法治督察和法治政府建设考核", ["AssessmentItemScored", "AssessmentGraded"], ["assessments"], [DutyKind.Assessment]),
            new("4.4e", "年度败诉率前三位的不得评为优秀等次", ["AnnualLossRankingFinalised", "AnnualLossRankingRestated", "ExcellentGradeBarred", "ExcellentBarLifted"],
                ["annual-ranking", "assessments"], [DutyKind.AnnualRanking]),
            new("G3", "行政执法社会满意度显著提高", ["SatisfactionFigureRecorded"], ["satisfaction", "goal-board"], [DutyKind.SatisfactionFigure]),
            new("G4", "发案量下降且不高于全省平均", ["LawsuitDocketed", "ProvincialBenchmarkRecorded"], ["goal-board", "trends"], []),
            new("G5", "败诉率下降且不高于全省平均", ["JudgmentRendered", "ProvincialBenchmarkRecorded"], ["goal-board", "trends"], []),
        ],
        Labels = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["on"] = "日期", ["stands"] = "现行", ["noLongerBarred"] = "不再列入", ["barredOn"] = "不得评优日", ["liftedOn"] = "解除日", ["scheme"] = "类别", ["items"] = "计分项目",
            ["points"] = "得分", ["of"] = "满分", ["scoredOn"] = "计分日", ["scoredBy"] = "计分人", ["grade"] = "等次", ["gradedOn"] = "定等日", ["conflict"] = "等次与不得评优冲突",
            ["source"] = "来源", ["value"] = "数值", ["sample"] = "样本数", ["recordedOn"] = "录入日", ["replaced"] = "替换次数", ["yearBefore"] = "上年同期", ["rose"] = "同比上升",
            ["goal"] = "目标", ["indicator"] = "指标", ["improved"] = "同比改善", ["standing"] = "与全省比较", ["met"] = "达成",
            [nameof(AssessmentScheme.Inspection)] = "法治督察", [nameof(AssessmentScheme.Assessment)] = "法治政府考核",
            [nameof(AssessmentItem.CaseVolume)] = "发案量", [nameof(AssessmentItem.LossRate)] = "败诉率", [nameof(AssessmentItem.DisputeResolution)] = "实质性化解",
            [nameof(AssessmentItem.HeadAttendance)] = "负责人出庭", [nameof(AssessmentItem.PromptReporting)] = "即时报告", [nameof(AssessmentItem.Rectification)] = "败诉整改",
            [nameof(AssessmentItem.InternalControl)] = "内部监督", [nameof(AssessmentItem.Supervision)] = "接受监督", [nameof(AssessmentItem.OutsideVoices)] = "公示与投诉办理",
            [nameof(AssessmentItem.Accountability)] = "责任追究", [nameof(AssessmentItem.Capacity)] = "队伍建设", [nameof(AssessmentItem.Satisfaction)] = "社会满意度",
            [nameof(AssessmentGrade.Excellent)] = "优秀", [nameof(AssessmentGrade.Good)] = "良好", [nameof(AssessmentGrade.Qualified)] = "合格", [nameof(AssessmentGrade.Unqualified)] = "不合格",
            [nameof(SatisfactionSource.ServiceRating)] = "好差评", [nameof(SatisfactionSource.Survey)] = "问卷调查",
            [nameof(ProvincialStanding.NotHigher)] = "不高于全省", [nameof(ProvincialStanding.Higher)] = "高于全省", [nameof(ProvincialStanding.BasisDiffers)] = "口径不同，不能比较",
            [nameof(ProvincialStanding.NoFigure)] = "无全省均值", [nameof(ProvincialStanding.NotCompared)] = "不作比较",
        },
    };
}
