using Ledger.Domain.Facts;

namespace Ledger.Projections.Reading;

/// <summary>A fact as the ledger holds it, with everything an auditor asks of it.</summary>
/// <param name="Subject">The stream.</param>
/// <param name="Version">Its place in the stream, from 1.</param>
/// <param name="Recorded">The fact, its ledger sequence and its idempotency key.</param>
/// <param name="RecordedAt">When the ledger recorded it, by the database's own clock.</param>
/// <param name="Actor">Who recorded it.</param>
/// <param name="SentAt">When the sender says that it recorded it.</param>
/// <param name="Clause">The clause that it serves, when the sender names one.</param>
public sealed record LedgerEntry(
    Subject Subject, long Version, Recorded Recorded, DateTimeOffset RecordedAt, string? Actor, DateTimeOffset? SentAt, string? Clause);

/// <summary>
/// The ledger holds an event that this program cannot read. It is never skipped: what depends on it is withheld until it
/// is repaired.
/// </summary>
public sealed class UnreadableFactException(long sequence, string type, Exception? inner = null)
    : Exception($"The event {sequence} of type '{type}' cannot be read.", inner)
{
    /// <summary>The ledger sequence of the event.</summary>
    public long Sequence { get; } = sequence;

    /// <summary>Its type as stored.</summary>
    public string Type { get; } = type;
}
