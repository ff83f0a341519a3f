using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Domain.Plan;
using Ledger.Domain.Units;

namespace Ledger.Domain.Obligations;

/// <summary>A clause of the plan and how its duties stand.</summary>
/// <param name="Clause">The clause.</param>
/// <param name="Chinese">What it asks for.</param>
/// <param name="Facts">How many facts of its kinds are visible.</param>
/// <param name="Open">Duties still to be done.</param>
/// <param name="Overdue">Of those, how many are overdue or of unknown receipt.</param>
/// <param name="Met">Duties done on time.</param>
/// <param name="MetLate">Duties done late.</param>
/// <param name="Missed">Duties that can no longer be done.</param>
/// <param name="Questions">Where to look.</param>
public sealed record ClauseRow(
    string Clause, string Chinese, int Facts, int Open, int Overdue, int Met, int MetLate, int Missed, IReadOnlyList<string> Questions);

/// <summary>The duties board and the reference data behind it.</summary>
public static class DutyArea
{
    /// <summary>The area.</summary>
    public static Area Area { get; } = new("Obligations")
    {
        Facts =
        [
            CatalogEntry.Of<ActionPlanIssued>("ActionPlanIssued", "方案印发", StreamKind.Policy, Recorder.Administration),
            CatalogEntry.Of<DutyScheduleAdopted>("DutyScheduleAdopted", "定期事项安排", StreamKind.Policy, Recorder.Administration),
            CatalogEntry.Of<ObligationTransferred>("ObligationTransferred", "义务移转", StreamKind.Unit, Recorder.Office),
            CatalogEntry.Of<ScoringPolicyAdopted>("ScoringPolicyAdopted", "评分办法确定", StreamKind.Policy, Recorder.Administration),
        ],
        States = [(StreamKind.Policy, id => new DutyPolicyState(id)), (StreamKind.Unit, unit => new TransferState(unit))],
        Refusals = new Dictionary<string, (string, string)>(StringComparer.Ordinal)
        {
            [Codes.DutyNotPeriodic] = ("“{0}”不是定期事项", "'{0}' is not a duty that returns"),
            [Codes.ObligationIncompleteKey] = ("移转“{0}”须写明{1}", "a transfer of '{0}' must name {1}"),
            [Codes.ObligationSameUnit] = ("不能移转给本单位“{0}”", "an obligation cannot be transferred to the unit '{0}' itself"),
            [Codes.ScoringLineUnclear] = ("每行权重须且只须写明条款或事项之一（条款 {0}，事项 {1}）", "a weight names either a clause or a kind of duty (clause {0}, kind {1})"),
            [Codes.ScoringLineTwice] = ("“{0}”的权重写了两次", "the weight of '{0}' is given twice"),
            [Codes.ScoringClauseWithoutDuty] = ("条款“{0}”没有应办事项，不能计分", "no duty comes from the clause '{0}'"),
            [Codes.ScoringPolicyNotFound] = ("没有评分办法“{0}”", "there is no scoring policy '{0}'"),
        },
        Questions =
        [
            Question.Of("duties", "督办总表：应办事项、期限与红黄绿灯", "every duty, when it is due and where it stands", Audience.Units,
                (s, asked) => s.Duties.Where(d => Matches(d, asked)), Parameters.Unit | Parameters.Status | Parameters.Clause | Parameters.Period),
            Question.Of("today", "今天要办：一个单位未办结的事项", "what a unit must do today: its open duties, the most pressing first", Audience.Units,
                (s, asked) => s.Duties.Where(d => d.IsOpen && d.Unit == asked.Unit && d.Holder == DutyHolder.Unit).OrderBy(d => Pressing(d.Colour)),
                required: Parameters.Unit),
            Question.Of("dossier", "单位档案：账本中与一个单位有关的全部事实", "everything in the ledger that concerns a unit", Audience.Office,
                (s, asked) => Dossier.Of(s, asked.Unit!), required: Parameters.Unit),
            Question.Of("clauses", "方案逐条落实情况", "clause by clause: what was recorded and how its duties stand", Audience.Office, (s, _) => Rows(s)),
            new("compliance", "单位履职得分及逐项依据", "a unit's compliance score with the duties behind each row", Audience.Units,
                Parameters.Unit | Parameters.Period, Parameters.Policy, (s, asked) => Scored(s, asked, policy => Compliance.Of(s, asked.Unit!, asked.Period!, policy))),
            new("compliance-ranking", "各单位履职得分排名", "the units by compliance score, the best first", Audience.Office,
                Parameters.Period, Parameters.Policy, (s, asked) => Scored(s, asked, policy => Compliance.Ranking(s, asked.Period!, policy).ToList())),
            new("movement", "名次变动：两个账本位置之间逐条事实的影响", "why a unit's rank moved between two positions, fact by fact", Audience.Units,
                Parameters.Unit | Parameters.Period | Parameters.From, Parameters.Policy | Parameters.List, Movement.Of),
        ],
        Clauses =
        [
            new("3.2.3d", "收到败诉文书后五个工作日内报备裁判文书、败诉原因分析报告和整改措施", ["JudgmentReceived", "LossFilingDocumentSubmitted"], ["loss-filings", "duties"], [DutyKind.LossFiling]),
        ],
        Labels = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["clause"] = "条款", ["Unit"] = "单位", ["Office"] = "司法行政部门", ["Court"] = "法院", ["kind"] = "事项", ["holder"] = "责任主体", ["unit"] = "单位", ["subject"] = "对象", ["caseNo"] = "案号", ["item"] = "细项",
            ["year"] = "年度", ["period"] = "期间", ["openedOn"] = "起算日", ["dueOn"] = "到期日", ["provisional"] = "暂定", ["metOn"] = "办结日",
            ["status"] = "状态", ["daysLate"] = "迟延（工作日）", ["colour"] = "灯号", ["evidence"] = "凭据", ["chinese"] = "内容", ["facts"] = "事实数",
            ["open"] = "未办结", ["overdue"] = "逾期", ["met"] = "按期办结", ["metLate"] = "逾期办结", ["missed"] = "未办", ["questions"] = "查询", ["sequence"] = "序列", ["fact"] = "事实", ["on"] = "法律日期", ["by"] = "记载人",
            ["name"] = "名称", ["policy"] = "办法", ["lateCredit"] = "逾期办结折算", ["score"] = "得分", ["duties"] = "应办", ["weight"] = "权重", ["points"] = "得分",
            ["rows"] = "分项", ["items"] = "事项清单", ["rank"] = "名次",
            ["list"] = "名单", ["from"] = "此前", ["to"] = "现在", ["steps"] = "变动", ["position"] = "账本位置", ["figures"] = "指标", ["amends"] = "所更正的事实",
            ["units"] = "涉及单位", ["rankBefore"] = "原名次", ["rankAfter"] = "新名次", ["lossRateBefore"] = "原败诉率", ["lossRateAfter"] = "新败诉率", ["because"] = "说明",
            ["lossRate"] = "败诉率", ["newCases"] = "发案", ["losses"] = "败诉", ["closed"] = "审结", ["mediatedOrWithdrawn"] = "调撤率", ["headAttendance"] = "负责人出庭率",
            ["timelyCaseFiling"] = "三日报备率", ["timelyLossFiling"] = "五日报备率", ["isSmallSample"] = "样本少",
            ["All"] = "全部单位", ["Townships"] = "乡镇", ["Departments"] = "部门",
        },
    };

    private static bool Matches(Duty duty, Asked asked) =>
        (asked.Unit is null || duty.Unit == asked.Unit)
        && (asked.Status is null || duty.Status.ToString() == asked.Status)
        && (asked.Clause is null || duty.Clause == asked.Clause)
        && asked.Period?.Contains(duty.DueOn ?? duty.OpenedOn) != false;

    private static Found Scored(Situation situation, Asked asked, Func<ScoringPolicy, object> answer) =>
        ScoringPolicy.Find(situation, asked.Period!, asked.Policy) is { } policy ? new Found(answer(policy)) : Found.Refused(Codes.ScoringPolicyNotFound, asked.Policy);

    private static int Pressing(DutyColour? colour) => colour switch
    {
        DutyColour.Red => 0, DutyColour.Yellow => 1, DutyColour.Green => 2, null => 3, _ => 4,
    };

    private static IEnumerable<ClauseRow> Rows(Situation situation)
    {
        var told = Enum.GetValues<StreamKind>().SelectMany(situation.Streams).SelectMany(s => s.Facts)
            .CountBy(f => EventCatalog.NameOf(f.Fact), StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        var duties = situation.Duties.ToLookup(d => d.Kind);
        foreach (var clause in Areas.All.SelectMany(a => a.Clauses).OrderBy(c => c.Id, StringComparer.Ordinal))
        {
            var own = clause.Duties.SelectMany(kind => duties[kind]).ToList();
            yield return new ClauseRow(
                clause.Id, clause.Chinese, clause.Facts.Sum(f => told.GetValueOrDefault(f)), own.Count(d => d.IsOpen),
                own.Count(d => d.Status is DutyStatus.Overdue or DutyStatus.ReceiptUnknown), own.Count(d => d.Status == DutyStatus.Met),
                own.Count(d => d.Status == DutyStatus.MetLate), own.Count(d => d.Status == DutyStatus.Missed), clause.Questions);
        }
    }
}
