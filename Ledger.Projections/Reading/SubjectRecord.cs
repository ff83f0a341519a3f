using System.Collections.Immutable;
using JasperFx.Events;
using Ledger.Domain.Facts;
using Marten.Events.Aggregation;

namespace Ledger.Projections.Reading;

/// <summary>
/// The recorded facts of a unit, policy, calendar or benchmark: few, small, and needed whole by every question.
/// </summary>
/// <param name="Id">The subject, <c>kind/key</c>.</param>
public sealed record SubjectRecord(string Id)
{
    /// <summary>The recorded facts in ledger order.</summary>
    public ImmutableList<StoredFact> Facts { get; init; } = [];
}

/// <summary>Keeps a <see cref="SubjectRecord"/> for each stream that is not a lawsuit.</summary>
public sealed partial class SubjectRecordProjection : SingleStreamProjection<SubjectRecord, string>
{
    /// <summary>Caches the records; a county has about a hundred.</summary>
    public SubjectRecordProjection() => Options.CacheLimitPerTenant = 1_000;

    /// <inheritdoc/>
    public override SubjectRecord? Evolve(SubjectRecord? snapshot, string id, IEvent e)
    {
        if (e.Data is not IFact || id.StartsWith("lawsuit/", StringComparison.Ordinal)) return snapshot;
        snapshot ??= new SubjectRecord(id);
        return snapshot with { Facts = snapshot.Facts.Add(StoredFact.Of(e)) };
    }
}
