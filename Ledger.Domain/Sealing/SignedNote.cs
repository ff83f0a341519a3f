using System.Buffers.Binary;
using System.Text;

namespace Ledger.Domain.Sealing;

/// <summary>A signature line of a note.</summary>
public sealed record NoteSignature
{
    private const string Start = "— ";

    // Text, so that two lines are equal when their parts are.
    private readonly string _encoded;

    private NoteSignature(string name, string encoded) => (Name, _encoded) = (name, encoded);

    /// <summary>The key's name.</summary>
    public string Name { get; }

    /// <summary>The key's id.</summary>
    public uint KeyId => BinaryPrimitives.ReadUInt32BigEndian(Convert.FromBase64String(_encoded));

    /// <summary>The signature without the id.</summary>
    public byte[] Signature => Convert.FromBase64String(_encoded)[4..];

    /// <summary>A signature of its parts.</summary>
    public static NoteSignature Of(string name, uint keyId, ReadOnlySpan<byte> signature)
    {
        var bytes = new byte[4 + signature.Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, keyId);
        signature.CopyTo(bytes.AsSpan(4));
        return new NoteSignature(name, Convert.ToBase64String(bytes));
    }

    /// <summary>Reads a signature line without its newline.</summary>
    /// <exception cref="EvidenceFormatException">It is not one.</exception>
    public static NoteSignature Parse(string line)
    {
        if (!line.StartsWith(Start, StringComparison.Ordinal)) throw Malformed();
        var parts = line[Start.Length..].Split(' ');
        return parts.Length == 2 && NoteKey.IsName(parts[0]) && EvidenceText.TryBase64(parts[1], out var bytes) && bytes.Length > 4
            ? new NoteSignature(parts[0], parts[1])
            : throw Malformed();
    }

    /// <summary>The line without its newline.</summary>
    public override string ToString() => $"{Start}{Name} {_encoded}";

    private static EvidenceFormatException Malformed() =>
        new("签名行应为“— 名称 Base64”", "a signature line is an em dash, a name and Base 64, with a space between them");
}

/// <summary>What the known keys say about a note.</summary>
/// <param name="Verified">The signatures of known keys; all of them verify when <paramref name="Broken"/> is null.</param>
/// <param name="Broken">The first line that bears a known key's name and id and is not its signature: the whole note is refused.</param>
public sealed record NoteVerdict(IReadOnlyList<NoteSignature> Verified, NoteSignature? Broken)
{
    /// <summary>At least one known key signed, and no line claims a known key falsely.</summary>
    public bool IsTrusted => Broken is null && Verified.Count > 0;
}

/// <summary>A note (C2SP signed-note): a text, a blank line, signature lines. Reading one says nothing about whether to trust it.</summary>
public sealed class SignedNote
{
    /// <summary>The largest note that is read, in bytes.</summary>
    public const int MaxBytes = 1 << 20;

    /// <summary>The most signature lines that a note may have.</summary>
    public const int MaxSignatures = 100;

    private SignedNote(string text, IReadOnlyList<NoteSignature> signatures) => (Text, Signatures) = (text, signatures);

    /// <summary>What is signed, with its last newline.</summary>
    public string Text { get; }

    /// <summary>The UTF-8 of <see cref="Text"/>: what the signatures are over.</summary>
    public byte[] TextBytes => Encoding.UTF8.GetBytes(Text);

    /// <summary>The signature lines in their order, at least one.</summary>
    public IReadOnlyList<NoteSignature> Signatures { get; }

    /// <summary>Reads a note.</summary>
    /// <exception cref="EvidenceFormatException">It is not one, or one that is too large.</exception>
    public static SignedNote Parse(ReadOnlySpan<byte> utf8) => ParseChecked(EvidenceText.Decode(utf8, MaxBytes));

    /// <summary>Reads a note.</summary>
    /// <exception cref="EvidenceFormatException">It is not one, or one that is too large.</exception>
    public static SignedNote Parse(string note)
    {
        EvidenceText.Encode(note, MaxBytes);
        return ParseChecked(note);
    }

    /// <summary>Signs a text.</summary>
    /// <exception cref="EvidenceFormatException">The text cannot be a note's.</exception>
    public static SignedNote Sign(string text, params IReadOnlyList<INoteSigner> signers)
    {
        if (!text.EndsWith('\n')) throw new EvidenceFormatException("便笺的文字必须以换行结束", "the text of a note ends in a newline");
        var bytes = EvidenceText.Encode(text, MaxBytes);
        return Parse($"{text}\n{string.Concat(signers.Select(s => $"{NoteSignature.Of(s.Name, s.KeyId, s.Sign(bytes))}\n"))}");
    }

    /// <summary>The same note with a signature more; the same note where it stands already.</summary>
    /// <exception cref="EvidenceFormatException">It would have too many.</exception>
    public SignedNote With(NoteSignature signature) => Signatures.Contains(signature) ? this : Parse($"{this}{signature}\n");

    /// <summary>
    /// Verifies the lines that bear the name and the id of a known key and ignores all others. Whether the note can be trusted
    /// is the verdict's <see cref="NoteVerdict.IsTrusted"/>.
    /// </summary>
    /// <param name="known">The keys that are trusted, no two with the same name and id.</param>
    public NoteVerdict Verify(params IEnumerable<INoteVerifier> known)
    {
        var byKey = known.ToLookup(v => (v.Name, v.KeyId));
        var message = TextBytes;
        var verified = new List<NoteSignature>();
        foreach (var line in Signatures)
        {
            var verifiers = byKey[(line.Name, line.KeyId)].ToList();
            if (verifiers.Count == 0) continue;
            if (!verifiers.TrueForAll(v => v.Verify(message, line.Signature))) return new NoteVerdict(verified, line);
            verified.Add(line);
        }

        return new NoteVerdict(verified, null);
    }

    /// <summary>The whole note.</summary>
    public override string ToString() => $"{Text}\n{string.Concat(Signatures.Select(s => $"{s}\n"))}";

    private static SignedNote ParseChecked(string note)
    {
        if (note.Any(c => c < ' ' && c != '\n')) throw new EvidenceFormatException("便笺含有控制字符", "the note holds a control character");
        // The text may hold blank lines itself; signature lines never do.
        var split = note.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (split < 0 || split + 2 == note.Length) throw new EvidenceFormatException("便笺没有签名", "the note has no signature");
        var lines = EvidenceText.Lines(note[(split + 2)..]);
        return lines.Length <= MaxSignatures
            ? new SignedNote(note[..(split + 1)], [.. lines.Select(NoteSignature.Parse)])
            : throw new EvidenceFormatException($"便笺的签名超过 {MaxSignatures} 行", $"the note has more than {MaxSignatures} signatures");
    }
}
