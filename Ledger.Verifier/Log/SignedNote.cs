using System.Buffers.Binary;
using Ledger.Verifier.Formats;
using Ledger.Verifier.Reports;

namespace Ledger.Verifier.Log;

/// <summary>One line of signature: whose it says to be, and the bytes after the key's id.</summary>
internal sealed record NoteSignature(string Name, uint Id, ReadOnlyMemory<byte> Bytes);

/// <summary>Whether a key signed a note.</summary>
internal enum Signed
{
    /// <summary>No line of this key.</summary>
    No,

    /// <summary>At least one, and all of them verify.</summary>
    Yes,

    /// <summary>A line of this key does not verify.</summary>
    Falsely,
}

/// <summary>A note with signatures (C2SP signed-note).</summary>
internal sealed record SignedNote(string Text, IReadOnlyList<NoteSignature> Signatures)
{
    private const int MostBytes = 1 << 20;
    private const int MostSignatures = 128;

    public static SignedNote Parse(ReadOnlySpan<byte> utf8, string where)
    {
        if (utf8.Length > MostBytes) throw Refuse(where, "过长", "is too long");
        var note = StrictJson.Text(utf8, where);
        if (note.Any(c => c < ' ' && c != '\n')) throw Refuse(where, "含控制字符", "holds a control character");
        var blank = note.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (blank < 0 || !note.EndsWith('\n')) throw Refuse(where, "没有签名部分", "has no signatures");
        var lines = note[(blank + 2)..].Split('\n')[..^1];
        if (lines.Length is 0 or > MostSignatures) throw Refuse(where, "签名行数不对", "has no or too many signatures");
        return new(note[..(blank + 1)], [.. lines.Select(line => Line(line, where))]);
    }

    /// <summary>Not empty, no space of any kind and no plus.</summary>
    public static bool IsKeyName(string name) => name.Length > 0 && !name.Any(c => char.IsWhiteSpace(c) || c == '+' || c < ' ');

    /// <summary>Lines of other keys are ignored, those of this key must verify, every one.</summary>
    public Signed By(VerifierKey key)
    {
        var own = Signatures.Where(signature => signature.Name == key.Name && signature.Id == key.Id).ToList();
        return own.Count == 0 ? Signed.No : own.TrueForAll(signature => key.Verifies(Text, signature.Bytes.Span)) ? Signed.Yes : Signed.Falsely;
    }

    private static NoteSignature Line(string line, string where)
    {
        var parts = line.Split(' ');
        return parts is ["\u2014", var name, var base64] && IsKeyName(name) && Base64.Bytes(base64) is { Length: > 4 } bytes
            ? new(name, BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes.AsMemory(4))
            : throw Refuse(where, $"签名行不合格式：{line}", $"a line is not a signature: {line}");
    }

    private static StoppedException Refuse(string where, string chinese, string english) => StoppedException.Malformed("note.malformed", where, $"签名文本{chinese}", $"the note {english}");
}
