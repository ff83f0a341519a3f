using Ledger.Domain.Sealing;

namespace Ledger.Host.Evidence.Keys;

/// <summary>Verifiers of the kinds of keys that the ledger knows.</summary>
public static class NoteKeys
{
    /// <summary>
    /// The verifier of a key; null for a kind that is not known or a key that is none (no point of its curve, or one of small
    /// order). What cannot be verified never counts.
    /// </summary>
    public static INoteVerifier? VerifierOf(NoteKey key) => key.Type switch
    {
        NoteKey.Ed25519 when Ed25519Curve.IsKey(key.Material) => new Ed25519Verifier(key),
        NoteKey.Cosignature when Ed25519Curve.IsKey(key.Material) => new CosignatureVerifier(key),
        NoteKey.Other when key.IsSm2 && Sm2Curve.IsKey(key.Material[NoteKey.Sm2Identifier.Length..]) => new Sm2Verifier(key),
        _ => null,
    };

    /// <summary>The verifier of a key that has to be one.</summary>
    /// <exception cref="EvidenceFormatException">Its kind is not known, or it is not a key of its kind.</exception>
    public static INoteVerifier Require(NoteKey key) => VerifierOf(key)
        ?? throw new EvidenceFormatException($"公钥“{key.Name}”的类型不支持，或不是有效的公钥", $"the key '{key.Name}' is of an unknown kind, or no valid key");
}
