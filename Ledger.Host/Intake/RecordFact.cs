using Ledger.Domain.Facts;

namespace Ledger.Host.Intake;

/// <summary>One fact that somebody wants recorded.</summary>
/// <param name="Subject">The stream that it is about.</param>
/// <param name="Fact">The fact.</param>
/// <param name="Id">Its idempotency key.</param>
/// <param name="Actor">Who records it.</param>
/// <param name="Time">When the sender recorded it.</param>
/// <param name="Clause">The clause of the plan or law that it serves.</param>
/// <param name="ExpectedVersion">Refuse when the stream is at another version; null to let the state decide.</param>
public sealed record RecordFact(
    Subject Subject, IFact Fact, FactId Id, string Actor, DateTimeOffset? Time = null, string? Clause = null, long? ExpectedVersion = null);

/// <summary>What became of it.</summary>
/// <param name="Subject">The stream.</param>
/// <param name="Version">The stream's version now; 0 when it does not exist.</param>
/// <param name="EventId">The event's id in the store.</param>
/// <param name="Duplicate">Whether the ledger said exactly this already: nothing was appended.</param>
/// <param name="Position">The ledger position after it.</param>
/// <param name="Refusal">Why nothing was recorded; null otherwise.</param>
public sealed record Receipt(string Subject, long Version, Guid EventId, bool Duplicate, long Position, Refusal? Refusal);
