namespace Ledger.Domain.Sealing;

/// <summary>Something that claims to be evidence is not of its format: a note, a key, a checkpoint, a proof, a policy, a request.</summary>
/// <param name="chinese">What is wrong, for people.</param>
/// <param name="english">The same in English.</param>
public sealed class EvidenceFormatException(string chinese, string english) : FormatException($"{chinese} / {english}")
{
    /// <summary>The stable code of this refusal.</summary>
    public const string Code = "evidence.malformed";

    /// <summary>What is wrong, for people.</summary>
    public string Chinese { get; } = chinese;

    /// <summary>The same in English.</summary>
    public string English { get; } = english;
}
