namespace Ledger.Domain.Sealing;

/// <summary>
/// Signs notes. This is where a key management service or a hardware module plugs in: whoever holds the private key implements
/// these three members, and nothing else of the ledger ever sees it.
/// </summary>
public interface INoteSigner
{
    /// <summary>The key's name.</summary>
    string Name { get; }

    /// <summary>The key's id (<see cref="NoteKey.KeyId"/>).</summary>
    uint KeyId { get; }

    /// <summary>Signs the UTF-8 of a note's text, with its last newline; the result goes into the signature line after the id.</summary>
    byte[] Sign(ReadOnlySpan<byte> message);
}

/// <summary>Verifies signatures of one key.</summary>
public interface INoteVerifier
{
    /// <summary>The key's name.</summary>
    string Name { get; }

    /// <summary>The key's id (<see cref="NoteKey.KeyId"/>).</summary>
    uint KeyId { get; }

    /// <summary>Whether this is the key's signature of the UTF-8 of a note's text. False for any bytes that are not; it never throws.</summary>
    bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature);
}
