using System.Collections.Frozen;
using Ledger.Domain.Benchmarks;
using Ledger.Domain.Calendar;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Policies;
using Ledger.Domain.Units;

namespace Ledger.Domain.Facts;

/// <summary>One entry of the catalogue.</summary>
/// <param name="Type">The CLR type; it may be renamed.</param>
/// <param name="Name">The stable event name; it never changes, for it is the storage format.</param>
/// <param name="Chinese">What people read.</param>
/// <param name="Kind">The stream kind that it belongs to; null for the two that belong to any stream.</param>
/// <param name="Recorder">Who records it; null for the facts of the spine, whose rights are listed one by one.</param>
public sealed record CatalogEntry(Type Type, string Name, string Chinese, StreamKind? Kind, Recorder? Recorder = null)
{
    /// <summary>An entry of an area of the plan; the stable name is that of the type when it was first written.</summary>
    public static CatalogEntry Of<T>(string name, string chinese, StreamKind kind, Recorder recorder)
        where T : IFact => new(typeof(T), name, chinese, kind, recorder);

    /// <summary>The members of its data.</summary>
    public FactSchema Schema { get; } = FactSchema.Of(Type);

    /// <summary>Whether the fact may stand in a stream of that kind.</summary>
    public bool BelongsTo(StreamKind kind) => Kind is null || Kind == kind;
}

/// <summary>Who records a fact of the plan.</summary>
public enum Recorder
{
    /// <summary>The unit itself, or the supervising office for it.</summary>
    Unit,

    /// <summary>The supervising office (司法行政部门、县委依法治县办).</summary>
    Office,

    /// <summary>The court, or the supervising office for it.</summary>
    Court,

    /// <summary>The second person of a command with approval.</summary>
    Approver,

    /// <summary>The administrator: reference data.</summary>
    Administration,

    /// <summary>The ledger itself, of what it did: nobody writes such a fact by hand.</summary>
    Ledger,
}

/// <summary>
/// The only list of facts (facts.md §2). It drives the store's registration, the HTTP commands, the import, the export,
/// the filters of the projections and the golden files.
/// </summary>
public static class EventCatalog
{
    /// <summary>Every fact: those of facts.md §2 in its order, then those of the areas of the plan.</summary>
    public static IReadOnlyList<CatalogEntry> All { get; } =
    [
        Entry<UnitRegistered>("UnitRegistered", "单位登记", StreamKind.Unit),
        Entry<UnitRenamed>("UnitRenamed", "单位更名", StreamKind.Unit),
        Entry<UnitMerged>("UnitMerged", "单位并入", StreamKind.Unit),
        Entry<DutyRegistered>("DutyRegistered", "职责事项登记", StreamKind.Unit),
        Entry<EnforcementPerformed>("EnforcementPerformed", "履行执法职责", StreamKind.Unit),
        Entry<NonPerformanceReportSubmitted>("NonPerformanceReportSubmitted", "未履职情况报告提交", StreamKind.Unit),
        Entry<LawsuitDocketed>("LawsuitDocketed", "立案", StreamKind.Lawsuit),
        Entry<DefendantAdded>("DefendantAdded", "追加被告", StreamKind.Lawsuit),
        Entry<DefendantRemoved>("DefendantRemoved", "退出被告", StreamKind.Lawsuit),
        Entry<SeriesLinked>("SeriesLinked", "串案关联", StreamKind.Lawsuit),
        Entry<ResponseMaterialsReceived>("ResponseMaterialsReceived", "收到应诉材料", StreamKind.Lawsuit),
        Entry<CaseFilingSubmitted>("CaseFilingSubmitted", "应诉报备", StreamKind.Lawsuit),
        Entry<AnswerSubmitted>("AnswerSubmitted", "提交答辩状", StreamKind.Lawsuit),
        Entry<CaseConferenceHeld>("CaseConferenceHeld", "案情研讨", StreamKind.Lawsuit),
        Entry<SelfCorrectionMade>("SelfCorrectionMade", "自行纠正", StreamKind.Lawsuit),
        Entry<HearingHeld>("HearingHeld", "开庭", StreamKind.Lawsuit),
        Entry<InstanceOpened>("InstanceOpened", "进入审级", StreamKind.Lawsuit),
        Entry<AppealFiled>("AppealFiled", "上诉", StreamKind.Lawsuit),
        Entry<JudgmentRendered>("JudgmentRendered", "裁判作出", StreamKind.Lawsuit),
        Entry<JudgmentReceived>("JudgmentReceived", "收到裁判文书", StreamKind.Lawsuit),
        Entry<LossFilingDocumentSubmitted>("LossFilingDocumentSubmitted", "败诉材料提交", StreamKind.Lawsuit),
        Entry<OutcomeBecameEffective>("OutcomeBecameEffective", "裁判生效", StreamKind.Lawsuit),
        Entry<LawsuitSuspended>("LawsuitSuspended", "中止诉讼", StreamKind.Lawsuit),
        Entry<LawsuitResumed>("LawsuitResumed", "恢复诉讼", StreamKind.Lawsuit),
        Entry<CountingPolicyAdopted>("CountingPolicyAdopted", "统计口径确定", StreamKind.Policy),
        Entry<CalendarYearPublished>("CalendarYearPublished", "节假日安排公布", StreamKind.Calendar),
        Entry<ProvincialBenchmarkRecorded>("ProvincialBenchmarkRecorded", "全省平均值录入", StreamKind.Benchmark),
        Entry<FactCorrected>("FactCorrected", "更正", null),
        Entry<FactRetracted>("FactRetracted", "撤回", null),
        .. Plan.Areas.All.SelectMany(area => area.Facts),
    ];

    private static readonly FrozenDictionary<string, CatalogEntry> ByName = All.ToFrozenDictionary(e => e.Name);
    private static readonly FrozenDictionary<Type, CatalogEntry> ByType = All.ToFrozenDictionary(e => e.Type);

    /// <summary>The entry of a stable name, or null.</summary>
    public static CatalogEntry? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>The entry of a fact.</summary>
    public static CatalogEntry EntryOf(IFact fact) => ByType[fact.GetType()];

    /// <summary>The stable name of a fact.</summary>
    public static string NameOf(IFact fact) => EntryOf(fact).Name;

    private static CatalogEntry Entry<T>(string name, string chinese, StreamKind? kind)
        where T : IFact => new(typeof(T), name, chinese, kind);
}
