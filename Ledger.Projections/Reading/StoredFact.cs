using System.Text.Json;
using JasperFx.Events;
using Ledger.Domain.Facts;
using Ledger.Projections.Store;

namespace Ledger.Projections.Reading;

/// <summary>A recorded fact inside a read model.</summary>
/// <param name="Sequence">Its ledger sequence.</param>
/// <param name="Source">Its sender.</param>
/// <param name="Id">The sender's id of it.</param>
/// <param name="Type">Its stable name.</param>
/// <param name="Data">Its data.</param>
public sealed record StoredFact(long Sequence, string Source, string Id, string Type, JsonElement Data)
{
    private Recorded? _recorded;

    /// <summary>The fact of an event.</summary>
    public static StoredFact Of(IEvent e) => Of(FactEvents.ToRecorded(e));

    /// <summary>A recorded fact as it is kept.</summary>
    public static StoredFact Of(Recorded recorded) => new(
        recorded.Sequence, recorded.Id.Source, recorded.Id.Id, EventCatalog.NameOf(recorded.Fact),
        JsonSerializer.SerializeToElement(recorded.Fact, recorded.Fact.GetType(), FactJson.Options));

    /// <summary>The fact as the domain reads it; read once, because a record is folded again with each fact that it gets.</summary>
    public Recorded ToRecorded() => _recorded ??= new(Sequence, new FactId(Source, Id), FactJson.ReadTrusted(EventCatalog.Find(Type)!, Data));
}
