using System.Collections.Immutable;
using JasperFx.Events;
using Marten.Events.Projections;

namespace Ledger.Projections.Lawsuits;

/// <summary>The lawsuits whose history is a unit's history: those in which it is or was a defendant.</summary>
/// <param name="Id">The unit's key.</param>
public sealed record UnitDocket(string Id)
{
    /// <summary>The subjects of the lawsuits; never empty in the store.</summary>
    public ImmutableSortedSet<string> Lawsuits { get; init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);
}

/// <summary>Keeps a <see cref="UnitDocket"/> for each unit that was ever sued.</summary>
public sealed partial class UnitDocketProjection : MultiStreamProjection<UnitDocket, string>
{
    /// <summary>A change of a lawsuit concerns every unit that it ever named as a defendant.</summary>
    public UnitDocketProjection()
    {
        Identities<Updated<LawsuitRecord>>(updated => updated.Entity.Units);
        Options.CacheLimitPerTenant = 1_000;
    }

    /// <inheritdoc/>
    public override UnitDocket? Evolve(UnitDocket? snapshot, string id, IEvent e)
    {
        if (e.Data is not Updated<LawsuitRecord> { Entity: var record }) return snapshot;
        snapshot ??= new UnitDocket(id);
        var lawsuits = record.Lawsuit.WasDefendant(id) ? snapshot.Lawsuits.Add(record.Id) : snapshot.Lawsuits.Remove(record.Id);
        return lawsuits.IsEmpty ? null : lawsuits == snapshot.Lawsuits ? snapshot : snapshot with { Lawsuits = lawsuits };
    }
}
