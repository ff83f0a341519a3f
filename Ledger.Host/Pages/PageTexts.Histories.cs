using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Host.Cli;
using Ledger.Domain.Obligations;

namespace Ledger.Host.Pages;

public sealed partial record PageTexts
{
#pragma warning disable CS1591 // Each text is its own meaning.
    public string Dossier => Say("单位档案", "Unit dossier");
    public string Case => Say("案件", "Case");
    public string Timeline => Say("事实流水", "Timeline of facts");
    public string TimelineHint => Say("新的在前。更正和撤回写在所针对的事实之下，原事实始终保留。", "Newest first. Corrections and retractions stand with the fact that they are about; the fact itself stays.");
    public string TimeMachine => Say("时间机器", "Time machine");
    public string LegalAxis => Say("法律日期（截至哪一天发生的事）", "Legal date (what had happened by)");
    public string KnownAxis => Say("知悉时间（当时已记载的事）", "Knowledge (what had been recorded by)");
    public string ToNow => Say("现在", "now");
    public string Back1 => Say("往前一步", "One step back");
    public string Forward1 => Say("往后一步", "One step on");
    public string PinnedAt(string asOf, string known) => Say($"这是当时的样子：截至 {asOf}，按 {known} 已记载的事实。", $"As it was: as of {asOf}, with what had been recorded by {known}.");
    public string Compare => Say("比对两个时刻", "Compare two moments");
    public string CompareHint => Say("左为先，右为后。", "The earlier on the left.");
    public string CompareOn(bool legal) => legal ? Say("按法律日期", "by legal date") : Say("按知悉时间", "by knowledge");
    public string Earlier => Say("先", "Earlier");
    public string Later => Say("后", "Later");
    public string CompareNow => Say("比对", "Compare");
    public string FactsBetween(int n) => Say($"其间的事实 {n} 条", n == 1 ? "1 fact between" : $"{n} facts between");
    public string NothingBetween => Say("其间没有事实，状态不变。", "No fact lies between, and the state is the same.");
    public string Member => Say("内容", "Member");
    public string BeforeChange => Say("之前", "Before");
    public string AfterChange => Say("之后", "After");
    public string StateSame => Say("状态不变", "The state is the same");
    public string StateChanges => Say("这条事实引起的变化", "What this fact changed");
    public string RecordedBy(string at, string who, string source) => Say($"{at} 由 {who} 记载（来源 {source}）", $"recorded {at} by {who} (source {source})");
    public string Correction => Say("更正", "Correction");
    public string Retraction => Say("撤回", "Retraction");
    public string OfFact(long sequence, string name) => Say($"针对 #{sequence} {name}", $"of #{sequence} {name}");
    public string AmendedBy(long sequence, string name) => Say($"此后由 #{sequence} {name}", $"later amended by #{sequence} {name}");
    public string AmendmentGone => Say("（该更正已撤回）", " (itself retracted)");
    public string WhyAmended(string reason, string approvedBy) => Say($"理由：{reason}；批准：{approvedBy}", $"Why: {reason}; approved by {approvedBy}");
    public string FromElsewhere => Say("其他对象的事实，影响本页", "a fact of another subject that changed something here");
    public string Receipt => Say("回执", "Receipt");
    public string ReceiptHint => Say("下载封存回执（.tlog-proof），可独立验证", "download the proof that it is sealed; it can be verified on its own");
    public string Document => Say("文书", "Document");
    public string NotStored => Say("未入库", "not stored");
    public string State => Say("现状", "State");
    public string Instances => Say("审级", "Instances");
    public string Court => Say("法院", "Court");
    public string OpenedOn => Say("起算日", "Opened");
    public string Hearings => Say("开庭", "Hearings");
    public string Decision => Say("裁判", "Decision");
    public string ClosedOn => Say("结案日", "Closed");
    public string EffectiveOn => Say("生效日", "Effective");
    public string Lost => Say("败诉", "lost");
    public string Defendants => Say("被告", "Defendants");
    public string Plaintiffs => Say("原告", "Plaintiffs");
    public string Docketed => Say("立案日", "Docketed");
    public string Cause => Say("案由", "Cause");
    public string Deadlines => Say("期限", "Deadlines");
    public string AppealEnds => Say("上诉期满日", "Appeal period ends");
    public string Consequences => Say("后续：整改、问责、监督", "What came of it");
    public string ConsequencesHint => Say("其他流水中点名本案的事项。", "Matters in other streams that name this case.");
    public string NoConsequences => Say("没有点名本案的整改、问责或监督事项。", "No rectification, accountability or supervision names this case.");
    public string NumbersByYear => Say("各年数字", "Numbers by year");
    public string Cases => Say("案件", "Cases");
    public string Duties => Say("未办结事项", "Open duties");
    public string Older => Say("更早的", "Older");
    public string Newer => Say("更近的", "Newer");
    public string PageOf(int page, int pages) => Say($"第 {page}/{pages} 页", $"page {page} of {pages}");
    public string NotYetThen => Say("那时账本里还没有这个对象。", "The ledger did not know of it then.");
#pragma warning restore CS1591

    /// <summary>A fact's name.</summary>
    public string FactName(IFact fact) => EventCatalog.EntryOf(fact) is var entry ? Say(entry.Chinese, Words(entry.Name).TrimStart()) : "";

    /// <summary>An obligation's kind.</summary>
    public string ObligationName(ObligationKind kind) => kind switch
    {
        ObligationKind.CaseFiling => CaseFiling,
        ObligationKind.LossFiling => LossFiling,
        _ => Say("未履职情况报告", "Non-performance report"),
    };

    /// <summary>Where an obligation stands.</summary>
    public string ObligationState(Obligation obligation) => obligation.Status == ObligationStatus.Pending ? Say("待办", "pending") : Filed(obligation);

    /// <summary>A unit's number.</summary>
    public string FigureOf(FigureName figure) => figure switch
    {
        FigureName.LossRate => LossRate,
        FigureName.NewCases => NewCases,
        FigureName.MediatedOrWithdrawn => Mediated,
        FigureName.HeadAttendance => HeadAttendance,
        FigureName.TimelyCaseFiling => CaseFiling,
        _ => LossFiling,
    };

    /// <summary>States in the language of the person.</summary>
    internal MemberLabels Labels(IReadOnlyDictionary<string, string> units) => new(units, IsEnglish);
}
