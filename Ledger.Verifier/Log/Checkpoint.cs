using Ledger.Verifier.Formats;
using Ledger.Verifier.Reports;

namespace Ledger.Verifier.Log;

/// <summary>What a checkpoint says: which log, how many leaves, which root (C2SP tlog-checkpoint, without extension lines).</summary>
internal sealed record Checkpoint(string Origin, long Size, byte[] Root, SignedNote? Note)
{
    /// <summary>A signed checkpoint.</summary>
    public static Checkpoint Parse(ReadOnlySpan<byte> utf8, string where)
    {
        var note = SignedNote.Parse(utf8, where);
        return Read(note.Text, where) with { Note = note };
    }

    /// <summary>A signed checkpoint, or its three lines alone as they were copied from paper.</summary>
    public static Checkpoint ParseHeld(ReadOnlySpan<byte> utf8, string where) =>
        utf8.IndexOf("\n\n"u8) >= 0 ? Parse(utf8, where) : Read(StrictJson.Text(utf8, where), where);

    private static Checkpoint Read(string text, string where) =>
        text.Split('\n') is [{ Length: > 0 } origin, var size, var root, ""] && Members.Decimal(size) is { } leaves && Base64.Hash(root) is { } hash
            && (leaves > 0 || hash.AsSpan().SequenceEqual(Merkle.EmptyRoot))
            ? new(origin, leaves, hash, null)
            : throw StoppedException.Malformed("checkpoint.malformed", where, "检查点不是三行：日志名、条数、根", "the checkpoint is not the three lines origin, size and root");
}
