namespace Ledger.Domain.Sealing;

/// <summary>
/// What a log asks a witness (C2SP tlog-witness, "add-checkpoint"): to cosign a checkpoint, given the proof that it is
/// consistent with the last one that the witness cosigned. The same over HTTP and in a file.
/// </summary>
/// <param name="OldSize">The size that the witness is thought to have cosigned last; 0 when none.</param>
/// <param name="Proof">Consistency proof from there (RFC 6962 §2.1.2); at most 63 hashes.</param>
/// <param name="Note">The signed checkpoint.</param>
public sealed record AddCheckpoint(long OldSize, IReadOnlyList<byte[]> Proof, SignedNote Note)
{
    /// <summary>The largest request that is read, in bytes.</summary>
    public const int MaxBytes = 64 * 1024;

    private const string Old = "old ";

    /// <summary>What is to be cosigned.</summary>
    public Checkpoint Checkpoint { get; } = Checkpoint.Parse(Note.Text);

    /// <summary>Reads a request.</summary>
    /// <exception cref="EvidenceFormatException">It is not one.</exception>
    public static AddCheckpoint Parse(ReadOnlySpan<byte> utf8)
    {
        var text = EvidenceText.Decode(utf8, MaxBytes);
        // The lines before the checkpoint are never empty, so the first empty line ends them.
        var split = text.IndexOf("\n\n", StringComparison.Ordinal);
        if (split < 0) throw new EvidenceFormatException("请求中没有检查点", "the request holds no checkpoint");
        var head = text[..split].Split('\n');
        if (!head[0].StartsWith(Old, StringComparison.Ordinal) || !EvidenceText.TryDecimal(head[0][Old.Length..], out var old))
            throw new EvidenceFormatException("请求第一行应为“old 大小”", "the first line of a request is 'old' and a size");
        return new AddCheckpoint(old, EvidenceText.Hashes(head[1..]), SignedNote.Parse(text[(split + 2)..]));
    }

    /// <summary>The request's text.</summary>
    public override string ToString() => $"{Old}{OldSize}\n{string.Concat(Proof.Select(h => Convert.ToBase64String(h) + "\n"))}\n{Note}";
}
