namespace Ledger.Domain.Sealing;

/// <summary>
/// A receipt (C2SP tlog-proof): that an entry is in the log of a signed checkpoint, checkable without asking anybody. Reading one
/// proves nothing; its checkpoint has to be verified, and the path from the entry's own hash.
/// </summary>
/// <param name="Extra">Opaque data beside it that nothing vouches for; null when there are none.</param>
/// <param name="Index">The entry's leaf, from 0.</param>
/// <param name="Path">Inclusion proof from the leaf's sibling upwards (RFC 6962 §2.1.1); at most 63 hashes.</param>
/// <param name="Note">The signed checkpoint, with the cosignatures that there are.</param>
public sealed record TlogProof(byte[]? Extra, long Index, IReadOnlyList<byte[]> Path, SignedNote Note)
{
    /// <summary>The ending of such files.</summary>
    public const string FileExtension = ".tlog-proof";

    /// <summary>The largest proof that is read, in bytes.</summary>
    public const int MaxBytes = 2 << 20;

    private const string Header = "c2sp.org/tlog-proof@v1";
    private const string ExtraStart = "extra ";
    private const string IndexStart = "index ";

    /// <summary>The head of the tree that the proof is about; not to be trusted before <see cref="Note"/> is verified.</summary>
    public Checkpoint Checkpoint { get; } = Checkpoint.Parse(Note.Text);

    /// <summary>Reads a proof.</summary>
    /// <exception cref="EvidenceFormatException">It is not one.</exception>
    public static TlogProof Parse(ReadOnlySpan<byte> utf8)
    {
        var text = EvidenceText.Decode(utf8, MaxBytes);
        // The lines before the checkpoint are never empty, so the first empty line ends them.
        var split = text.IndexOf("\n\n", StringComparison.Ordinal);
        if (split < 0) throw new EvidenceFormatException("证明中没有检查点", "the proof holds no checkpoint");
        var head = text[..split].Split('\n');
        if (!string.Equals(head[0], Header, StringComparison.Ordinal)) throw new EvidenceFormatException($"第一行应为“{Header}”", $"the first line should be '{Header}'");
        byte[]? extra = null;
        var at = 1;
        if (at < head.Length && head[at].StartsWith(ExtraStart, StringComparison.Ordinal))
        {
            if (!EvidenceText.TryBase64(head[at][ExtraStart.Length..], out extra)) throw new EvidenceFormatException("extra 行不是 Base64", "the extra line is not Base 64");
            at++;
        }

        if (at == head.Length || !head[at].StartsWith(IndexStart, StringComparison.Ordinal) || !EvidenceText.TryDecimal(head[at][IndexStart.Length..], out var index))
            throw new EvidenceFormatException("缺少“index 叶序号”一行", "the line 'index' with the leaf's number is missing");
        return new TlogProof(extra, index, EvidenceText.Hashes(head[(at + 1)..]), SignedNote.Parse(text[(split + 2)..]));
    }

    /// <summary>The proof's text.</summary>
    public override string ToString()
    {
        var extra = Extra is null ? "" : $"{ExtraStart}{Convert.ToBase64String(Extra)}\n";
        return $"{Header}\n{extra}{IndexStart}{Index}\n{string.Concat(Path.Select(h => Convert.ToBase64String(h) + "\n"))}\n{Note}";
    }
}
