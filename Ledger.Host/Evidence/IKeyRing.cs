using Ledger.Domain.Sealing;

namespace Ledger.Host.Evidence;

/// <summary>The keys that sign a ledger's checkpoints. A key management service or a hardware module implements this.</summary>
public interface IKeyRing
{
    /// <summary>Who signs with a key; null when its private half is not here.</summary>
    INoteSigner? Find(Guid ledger, NoteKey key);

    /// <summary>The public half of a key of that name that is here; null when there is none.</summary>
    NoteKey? FindByName(Guid ledger, string name);

    /// <summary>Makes a new key of that name and keeps it; answers its public half.</summary>
    NoteKey Create(Guid ledger, string name);

    /// <summary>Signers of a second kind whose signatures stand beside the first (SM2 with SM3), if any are configured.</summary>
    IReadOnlyList<INoteSigner> Companions(Guid ledger);
}
