using Ledger.Domain.Sealing;

namespace Ledger.Host.Evidence;

/// <summary>A time-stamp as the ledger keeps it.</summary>
/// <param name="Size">The checkpoint's number of leaves.</param>
/// <param name="Authority">The configured name of the authority.</param>
/// <param name="Token">DER of the TimeStampToken (RFC 3161 §2.4.2).</param>
/// <param name="Time">The time that it states.</param>
public sealed record StoredTimeStamp(long Size, string Authority, byte[] Token, DateTimeOffset Time);

/// <summary>The published checkpoints, what others have said about them, and the proofs between them.</summary>
public interface ICheckpointSource
{
    /// <summary>The last checkpoint that was published, signed by the ledger alone; null before the first.</summary>
    Task<SignedNote?> LatestAsync(CancellationToken cancellation = default);

    /// <summary>The checkpoint of that size, signed by the ledger alone; null when none of that size was published.</summary>
    Task<SignedNote?> AtAsync(long size, CancellationToken cancellation = default);

    /// <summary>The proof that the log of the first size is a beginning of that of the second (RFC 6962 §2.1.2).</summary>
    Task<IReadOnlyList<byte[]>> ConsistencyAsync(long from, long to, CancellationToken cancellation = default);

    /// <summary>
    /// Keeps a witness's cosignature that was verified; one that is there already stays. When the log has ended meanwhile and a new
    /// epoch counts from the beginning, it is not of this log and is dropped.
    /// </summary>
    Task AddCosignatureAsync(Checkpoint checkpoint, NoteSignature line, CancellationToken cancellation = default);

    /// <summary>The cosignatures of the checkpoint of that size.</summary>
    Task<IReadOnlyList<NoteSignature>> CosignaturesAsync(long size, CancellationToken cancellation = default);

    /// <summary>The size of the largest checkpoint that this key has cosigned; 0 when none.</summary>
    Task<long> LargestCosignedAsync(NoteKey witness, CancellationToken cancellation = default);

    /// <summary>Keeps a time-stamp that was verified, in the same way; one of the same authority that is there already stays.</summary>
    Task AddTimeStampAsync(Checkpoint checkpoint, StoredTimeStamp stamp, CancellationToken cancellation = default);

    /// <summary>The time-stamps of the checkpoint of that size.</summary>
    Task<IReadOnlyList<StoredTimeStamp>> TimeStampsAsync(long size, CancellationToken cancellation = default);
}
