using JasperFx.Events;
using Ledger.Domain.Facts;
using Ledger.Projections.Store;
using Marten.Events.Aggregation;

namespace Ledger.Benchmarks.Running;

/// <summary>A stream's facts as the store itself folds them: the write model of the reference that commands are held against.</summary>
public sealed class ReferenceHistory
{
    public string Id { get; set; } = "";

    public List<Recorded> Facts { get; } = [];
}

/// <summary>The store's live fold of it.</summary>
public sealed partial class ReferenceFold : SingleStreamProjection<ReferenceHistory, string>
{
    public override ReferenceHistory? Evolve(ReferenceHistory? snapshot, string id, IEvent e)
    {
        snapshot ??= new ReferenceHistory { Id = id };
        snapshot.Facts.Add(FactEvents.ToRecorded(e));
        return snapshot;
    }
}
