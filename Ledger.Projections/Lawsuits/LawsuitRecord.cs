using System.Collections.Immutable;
using System.Text.Json.Serialization;
using JasperFx.Events;
using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Projections.Reading;
using Ledger.Projections.Store;
using Marten.Events.Aggregation;

namespace Ledger.Projections.Lawsuits;

/// <summary>
/// What is known about one lawsuit: its recorded facts, from which everything else follows, and where it has ever
/// contributed, so that a corrected date can take its contribution out of the month in which it stood.
/// </summary>
/// <param name="Id">The subject, <c>lawsuit/{key}</c>.</param>
public sealed record LawsuitRecord(string Id)
{
    // The facts as the domain reads them. Kept beside the stored form, so that a fact does not make the program read all
    // those before it again; a record that comes from the database reads them once.
    private ImmutableList<Recorded>? _recorded;
    private Lawsuit? _lawsuit;
    private IReadOnlyDictionary<string, Contribution>? _contributions;

    /// <summary>The recorded facts in ledger order.</summary>
    public ImmutableList<StoredFact> Facts { get; init; } = [];

    /// <summary>Every <see cref="UnitMonth"/> that the lawsuit contributes or ever contributed to.</summary>
    public ImmutableSortedSet<string> Touched { get; init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>Every unit that is or ever was a defendant, also by a fact since corrected.</summary>
    public ImmutableSortedSet<string> Units { get; init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>The lawsuit's key.</summary>
    [JsonIgnore]
    public string Key => Id[(Id.IndexOf('/', StringComparison.Ordinal) + 1)..];

    /// <summary>The lawsuit as all its facts tell it.</summary>
    [JsonIgnore]
    public Lawsuit Lawsuit => _lawsuit ??= Lawsuit.Fold(Key, VisibleFacts.Of(Recorded), DateOnly.MaxValue);

    private ImmutableList<Recorded> Recorded => _recorded ??= [.. Facts.Select(f => f.ToRecorded())];

    /// <summary>What it contributes now, by unit.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, Contribution> Contributions =>
        _contributions ??= Contribution.Of(Lawsuit).ToDictionary(c => c.Unit, c => c.Contribution, StringComparer.Ordinal);

    /// <summary>The record with one more fact.</summary>
    public LawsuitRecord With(IEvent e) => With(StoredFact.Of(e), FactEvents.ToRecorded(e));

    /// <summary>The record with one more fact.</summary>
    /// <param name="stored">The fact as it is kept.</param>
    /// <param name="recorded">The same as the domain reads it.</param>
    public LawsuitRecord With(StoredFact stored, Recorded recorded)
    {
        var next = this with { Facts = Facts.Add(stored), _recorded = Recorded.Add(recorded), _lawsuit = null, _contributions = null };
        return recorded.Fact is IRepeatable and not HearingHeld or CaseFilingSubmitted or LossFilingDocumentSubmitted or AnswerSubmitted
            ? next // such a fact may change a contribution, never move one
            : next with
            {
                Touched = Touched.Union(next.Contributions.SelectMany(c => UnitMonth.IdsOf(c.Key, c.Value))),
                Units = Units.Union(next.Lawsuit.EverDefendants),
            };
    }
}

/// <summary>Keeps a <see cref="LawsuitRecord"/> for each lawsuit.</summary>
public sealed partial class LawsuitRecordProjection : SingleStreamProjection<LawsuitRecord, string>
{
    private const string Prefix = "lawsuit/";

    /// <summary>Caches recent lawsuits, so that a fact does not first read back what the one before it wrote.</summary>
    public LawsuitRecordProjection() => Options.CacheLimitPerTenant = 20_000;

    /// <inheritdoc/>
    public override LawsuitRecord? Evolve(LawsuitRecord? snapshot, string id, IEvent e) =>
        // A composite hands over every event, also other streams' and Marten's own: only facts of lawsuits count here.
        e.Data is IFact && id.StartsWith(Prefix, StringComparison.Ordinal) ? (snapshot ?? new LawsuitRecord(id)).With(e) : snapshot;
}
