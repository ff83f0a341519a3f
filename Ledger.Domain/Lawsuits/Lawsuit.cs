using Ledger.Domain.Facts;
using Ledger.Domain.Obligations;

namespace Ledger.Domain.Lawsuits;

/// <summary>An instance (审级) of a lawsuit.</summary>
/// <param name="CaseNo">Its case number.</param>
/// <param name="Level">Its level.</param>
/// <param name="Court">The court, in words.</param>
/// <param name="OpenedOn">The day on which it was docketed or opened.</param>
public sealed record Instance(string CaseNo, InstanceLevel Level, string Court, DateOnly OpenedOn);

/// <summary>A court document, one per instance.</summary>
/// <param name="Rendered">The fact.</param>
/// <param name="Sequence">Its ledger sequence.</param>
public sealed record CourtDocument(JudgmentRendered Rendered, long Sequence)
{
    /// <summary>The document's case number.</summary>
    public string CaseNo => Rendered.CaseNo;

    /// <summary>The outcomes that the document itself states for a unit: a set.</summary>
    public IReadOnlyList<Outcome> StatedFor(string unit) =>
        [.. Rendered.Dispositions.Where(d => d.Unit == unit).Select(d => d.Outcome).Distinct()];

    internal (DateOnly, InstanceLevel, long) Order => (Rendered.ClosedOn, Rendered.Level, Sequence);
}

/// <summary>
/// A lawsuit (one dispute chain in court) as its facts tell it. Folded in ledger order from the visible facts: all of them
/// to decide on the next fact, those that had happened by a day to answer a question.
/// </summary>
public sealed partial class Lawsuit(string key) : IStreamState
{
    private readonly List<(string Unit, DateOnly On, long Sequence, bool Present, DefendantCapacity? Capacity)> _defendantMoves = [];
    private readonly List<(string Series, DateOnly On, long Sequence)> _series = [];
    private readonly List<Instance> _instances = [];
    private readonly List<CourtDocument> _documents = [];
    private readonly List<ResponseMaterialsReceived> _materials = [];
    private readonly List<JudgmentReceived> _judgments = [];
    private readonly List<CaseFilingSubmitted> _caseFilings = [];
    private readonly List<LossFilingDocumentSubmitted> _lossFilings = [];
    private readonly List<HearingHeld> _hearings = [];
    private readonly List<AppealFiled> _appeals = [];
    private readonly List<(OutcomeBecameEffective Fact, long Sequence)> _effective = [];
    private readonly List<(DateOnly On, long Sequence, string? Reason)> _suspensions = [];

    /// <summary>The lawsuit's key.</summary>
    public string Key { get; } = key;

    /// <summary>The docketing; null while none is visible.</summary>
    public LawsuitDocketed? Docketed { get; private set; }

    /// <summary>The instances, in ledger order.</summary>
    public IReadOnlyList<Instance> Instances => _instances;

    /// <summary>The documents in the order that the counting rules give them: closing day, level, ledger sequence (§2).</summary>
    public IReadOnlyList<CourtDocument> Documents => _documents;

    /// <summary>Receipts of response materials.</summary>
    public IReadOnlyList<ResponseMaterialsReceived> MaterialsReceived => _materials;

    /// <summary>Receipts of court documents.</summary>
    public IReadOnlyList<JudgmentReceived> JudgmentsReceived => _judgments;

    /// <summary>Hearings.</summary>
    public IReadOnlyList<HearingHeld> Hearings => _hearings;

    /// <summary>Appeals.</summary>
    public IReadOnlyList<AppealFiled> Appeals => _appeals;

    /// <summary>The series (串案) that the lawsuit belongs to: the latest link by legal date, ties by ledger sequence.</summary>
    public string? Series => _series.Count == 0 ? null : _series.MaxBy(s => (s.On, s.Sequence)).Series;

    /// <summary>Why the lawsuit is suspended; null while it runs.</summary>
    public string? SuspendedFor => _suspensions.Count == 0 ? null : _suspensions.MaxBy(s => (s.On, s.Sequence)).Reason;

    /// <summary>Every unit that is or was a defendant, in the order in which they were named.</summary>
    public IEnumerable<string> EverDefendants => _defendantMoves.Where(m => m.Present).Select(m => m.Unit).Distinct(StringComparer.Ordinal);

    /// <summary>
    /// Every unit that a fact names, in some order: also one whose addition as a defendant has a later legal date than what
    /// is said of it, so that on a day in between it is no defendant yet but has a document, a hearing or a receipt.
    /// </summary>
    public IEnumerable<string> NamedUnits => EverDefendants
        .Concat(_documents.SelectMany(d => d.Rendered.NamedUnits))
        .Concat(_hearings.SelectMany(h => h.NamedUnits))
        .Concat(_materials.Select(m => m.Unit))
        .Concat(_judgments.Select(j => j.Unit))
        .Distinct(StringComparer.Ordinal);

    /// <summary>The units that are defendants and have not been removed.</summary>
    public IEnumerable<Defendant> Defendants => EverDefendants.Select(CurrentDefendant).OfType<Defendant>();

    /// <summary>The last outcome that became effective: the latest by effective day, ties by ledger sequence.</summary>
    public OutcomeBecameEffective? LastEffective => _effective.Count == 0 ? null : _effective.MaxBy(e => (e.Fact.EffectiveOn, e.Sequence)).Fact;

    /// <summary>Folds the facts that had happened by a day.</summary>
    public static Lawsuit Fold(string key, IEnumerable<VisibleFact> facts, DateOnly asOf)
    {
        var lawsuit = new Lawsuit(key);
        foreach (var fact in facts)
            if (fact.HappenedBy(asOf))
                lawsuit.Apply(fact);
        return lawsuit;
    }

    /// <summary>The document with a case number, or null.</summary>
    public CourtDocument? Document(string caseNo) => _documents.Find(d => d.CaseNo == caseNo);

    /// <summary>The instance with a case number, or null.</summary>
    public Instance? Instance(string caseNo) => _instances.Find(i => i.CaseNo == caseNo);

    /// <summary>Whether the unit is or was a defendant.</summary>
    public bool WasDefendant(string unit) => _defendantMoves.Exists(m => m.Present && m.Unit == unit);

    /// <summary>Whether the unit was a defendant on a day (null: is one now): the latest move by then decides, ties by ledger sequence.</summary>
    public bool IsDefendant(string unit, DateOnly? on = null)
    {
        var moves = _defendantMoves.Where(m => m.Unit == unit && (on is null || m.On <= on)).ToList();
        return moves.Count > 0 && moves.MaxBy(m => (m.On, m.Sequence)).Present;
    }

    /// <summary>
    /// The unit's outcomes in a document, affirmed documents looked through (counting-rules.md §2): a set; empty when the
    /// document gives the unit no outcome.
    /// </summary>
    public IReadOnlyList<Outcome> OutcomesOf(CourtDocument document, string unit) =>
        document.StatedFor(unit) is { Count: > 0 } stated ? ReadThrough(document, unit, stated) : [];

    /// <summary>
    /// Whether the unit lost in a document so that it must file (counting-rules.md §7): under no policy, affirmations looked
    /// through; a withdrawn appeal opens nothing.
    /// </summary>
    public bool LostIn(CourtDocument document, string unit)
    {
        var stated = document.StatedFor(unit);
        return stated.Any(o => o.ClassOf() == OutcomeClass.Loss)
            || (stated.Any(o => o is Outcome.AffirmJudgment or Outcome.AffirmRuling)
                && Affirmed(document, unit).Any(o => o.ClassOf() == OutcomeClass.Loss));
    }

    /// <summary>
    /// The document whose loss a document states or affirms: itself where it states one of its own, else what it looks through
    /// to; null where there is no loss behind it.
    /// </summary>
    public CourtDocument? LossBehind(CourtDocument document, string unit)
    {
        if (!LostIn(document, unit)) return null;
        if (document.StatedFor(unit).Any(o => o.ClassOf() == OutcomeClass.Loss)) return document;
        return _documents.Take(_documents.IndexOf(document)).LastOrDefault(d => d.StatedFor(unit).Any(o => o.ClassOf() == OutcomeClass.Loss));
    }

    /// <summary>The receipt of response materials by a unit, or null.</summary>
    public ResponseMaterialsReceived? MaterialsOf(string unit, string caseNo) =>
        _materials.Find(r => r.Unit == unit && r.CaseNo == caseNo);

    /// <summary>The receipt of a court document by a unit, or null.</summary>
    public JudgmentReceived? JudgmentOf(string unit, string caseNo) =>
        _judgments.Find(r => r.Unit == unit && r.CaseNo == caseNo);

    /// <summary>When the unit filed the case: the earliest filing; null while there is none.</summary>
    public DateTimeOffset? CaseFiledAt(string unit, string caseNo) => FilingsOf(ObligationKind.CaseFiling, caseNo, unit).FiledAt(ObligationKind.CaseFiling);

    /// <summary>When the last of the three documents of a loss filing was there; null while one is missing.</summary>
    public DateTimeOffset? LossFiledAt(string unit, string caseNo) => FilingsOf(ObligationKind.LossFiling, caseNo, unit).FiledAt(ObligationKind.LossFiling);

    /// <summary>The filings of a unit, or those of all: another one may have taken over its duty.</summary>
    public IReadOnlyList<Filing> FilingsOf(ObligationKind kind, string caseNo, string unit, bool orSuccessors = false)
    {
        return kind == ObligationKind.CaseFiling
            ? [.. _caseFilings.Where(f => f.CaseNo == caseNo && IsFor(f.Unit)).Select(f => new Filing(f.Unit, f.SubmittedAt))]
            : [.. _lossFilings.Where(f => f.CaseNo == caseNo && IsFor(f.Unit)).Select(f => new Filing(f.Unit, f.SubmittedAt, f.Document))];

        bool IsFor(string filer) => filer == unit || orSuccessors;
    }

    /// <summary>The documents of a loss filing that are still missing.</summary>
    public IEnumerable<LossDocument> MissingLossDocuments(string unit, string caseNo) => Enum.GetValues<LossDocument>()
        .Where(document => !_lossFilings.Exists(f => f.Unit == unit && f.CaseNo == caseNo && f.Document == document));

    /// <inheritdoc/>
    public void Apply(VisibleFact fact)
    {
        switch (fact.Fact)
        {
            case LawsuitDocketed f:
                Docketed ??= f;
                _instances.Add(new Instance(f.CaseNo, InstanceLevel.First, f.Court, f.DocketedOn));
                foreach (var defendant in f.Defendants)
                    _defendantMoves.Add((defendant.Unit, f.DocketedOn, fact.Sequence, true, defendant.Capacity));
                if (f.Series is not null) _series.Add((f.Series, f.DocketedOn, fact.Sequence));
                break;
            case DefendantAdded f: _defendantMoves.Add((f.Unit, f.AddedOn, fact.Sequence, true, f.Capacity)); break;
            case DefendantRemoved f: _defendantMoves.Add((f.Unit, f.RemovedOn, fact.Sequence, false, null)); break;
            case SeriesLinked f: _series.Add((f.Series, f.LinkedOn, fact.Sequence)); break;
            case ResponseMaterialsReceived f: _materials.Add(f); break;
            case CaseFilingSubmitted f: _caseFilings.Add(f); break;
            case HearingHeld f: _hearings.Add(f); break;
            case InstanceOpened f: _instances.Add(new Instance(f.CaseNo, f.Level, f.Court, f.OpenedOn)); break;
            case AppealFiled f: _appeals.Add(f); break;
            case JudgmentRendered f: Insert(new CourtDocument(f, fact.Sequence)); break;
            case JudgmentReceived f: _judgments.Add(f); break;
            case LossFilingDocumentSubmitted f: _lossFilings.Add(f); break;
            case OutcomeBecameEffective f: _effective.Add((f, fact.Sequence)); break;
            case LawsuitSuspended f: _suspensions.Add((f.On, fact.Sequence, f.Reason)); break;
            case LawsuitResumed f: _suspensions.Add((f.On, fact.Sequence, null)); break;
            default: break; // answers, conferences and self-corrections decide nothing that is counted
        }
    }

    private Defendant? CurrentDefendant(string unit)
    {
        var latest = _defendantMoves.Where(m => m.Unit == unit).MaxBy(m => (m.On, m.Sequence));
        return latest.Present ? new Defendant(unit, latest.Capacity!.Value) : null;
    }

    private void Insert(CourtDocument document)
    {
        var at = _documents.FindIndex(d => d.Order.CompareTo(document.Order) > 0);
        _documents.Insert(at < 0 ? _documents.Count : at, document);
    }

    private IReadOnlyList<Outcome> ReadThrough(CourtDocument document, string unit, IReadOnlyList<Outcome> stated)
    {
        var own = stated.Where(o => o.ClassOf() != OutcomeClass.AppealOnly);
        return stated.Any(o => o.IsLookedThrough()) ? [.. own.Union(Affirmed(document, unit))] : [.. own];
    }

    /// <summary>The outcomes of the nearest document before this one that gives the unit any.</summary>
    private IReadOnlyList<Outcome> Affirmed(CourtDocument document, string unit)
    {
        for (var i = _documents.IndexOf(document) - 1; i >= 0; i--)
            if (OutcomesOf(_documents[i], unit) is { Count: > 0 } outcomes)
                return outcomes;
        return [];
    }
}
