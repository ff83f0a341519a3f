using Ledger.Domain.Facts;
using Ledger.Domain.Obligations;

namespace Ledger.Domain.Units;

/// <summary>A unit (行政执法单位) as its facts tell it: the state and rules of <c>unit/{unit}</c>.</summary>
public sealed class Unit(string key) : IStreamState
{
    private readonly List<(string Name, DateOnly On, long Sequence)> _names = [];
    private readonly List<DutyRegistered> _duties = [];
    private readonly HashSet<(string Duty, int Year)> _performed = [];
    private readonly List<NonPerformanceReportSubmitted> _reports = [];
    private readonly List<(ObligationTransferred Fact, long Sequence)> _transfers = [];

    /// <summary>The unit's key.</summary>
    public string Key { get; } = key;

    /// <summary>Its registration; null while none is visible.</summary>
    public UnitRegistered? Registered { get; private set; }

    /// <summary>Its merger into a successor, if any.</summary>
    public UnitMerged? Merged { get; private set; }

    /// <summary>The duties registered for it.</summary>
    public IReadOnlyList<DutyRegistered> Duties => _duties;

    /// <summary>The non-performance reports that it submitted.</summary>
    public IReadOnlyList<NonPerformanceReportSubmitted> Reports => _reports;

    /// <summary>The name that it bears: of the registration or renaming with the latest legal date, ties by ledger sequence.</summary>
    public string? Name => Registered is null ? null : _names.MaxBy(n => (n.On, n.Sequence)).Name;

    /// <summary>Whether it is registered and counted: an organ outside the county never is (counting-rules.md §6).</summary>
    public bool IsCounted => Registered is { Kind: not UnitKind.External };

    /// <summary>Whether it performed a duty in a year.</summary>
    public bool Performed(string duty, int year) => _performed.Contains((duty, year));

    /// <summary>The duties that it performed, by year.</summary>
    public IEnumerable<(string Duty, int Year)> Performances => _performed.OrderBy(p => p.Year).ThenBy(p => p.Duty, StringComparer.Ordinal);

    /// <summary>What it handed to a successor, in ledger order.</summary>
    public IEnumerable<ObligationTransferred> Transferred => _transfers.Select(t => t.Fact);

    /// <summary>Whether any of its duties was transferred.</summary>
    public bool HasTransfers => _transfers.Count > 0;

    /// <summary>
    /// The unit to which a duty of this one was transferred; null where it stays here. What was done before the transfer was
    /// no open duty any more and stays.
    /// </summary>
    public string? SuccessorFor(DutyKind kind, string? caseNo, string? duty, int? year, DateOnly? metOn = null) => _transfers.Count == 0
        ? null
        : _transfers.Where(t => t.Fact.IsAbout(kind, caseNo, duty, year) && !(metOn < t.Fact.TransferredOn)).OrderBy(t => (t.Fact.TransferredOn, t.Sequence)).LastOrDefault().Fact?.To;

    /// <summary>Folds the facts that had happened by a day.</summary>
    public static Unit Fold(string key, IEnumerable<VisibleFact> facts, DateOnly asOf)
    {
        var unit = new Unit(key);
        foreach (var fact in facts)
            if (fact.HappenedBy(asOf))
                unit.Apply(fact);
        return unit;
    }

    /// <inheritdoc/>
    public Refusal? Check(IFact fact, AdmissionContext context) => fact switch
    {
        UnitRegistered when Registered is not null => Refusal.Of(Codes.UnitAlreadyRegistered, Key),
        not UnitRegistered when Registered is null && !context.IsRegistered(Key) => Refusal.Of(Codes.UnitNotFound, Key),
        UnitMerged f when !context.IsRegistered(f.Into) => Refusal.Of(Codes.UnitNotFound, f.Into),
        UnitMerged when Merged is { } merged => Refusal.Of(Codes.UnitAlreadyMerged, Key, merged.Into),
        _ => null,
    };

    /// <inheritdoc/>
    public void Apply(VisibleFact fact)
    {
        switch (fact.Fact)
        {
            case UnitRegistered f:
                Registered ??= f;
                _names.Add((f.Name, f.RegisteredOn, fact.Sequence));
                break;
            case UnitRenamed f: _names.Add((f.Name, f.RenamedOn, fact.Sequence)); break;
            case UnitMerged f: Merged ??= f; break;
            case DutyRegistered f: _duties.Add(f); break;
            case EnforcementPerformed { Count: > 0 } f: _performed.Add((f.Duty, f.PerformedOn.Year)); break;
            case NonPerformanceReportSubmitted f: _reports.Add(f); break;
            case ObligationTransferred f: _transfers.Add((f, fact.Sequence)); break;
            default: break;
        }
    }
}
