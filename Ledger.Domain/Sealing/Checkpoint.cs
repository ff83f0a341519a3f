namespace Ledger.Domain.Sealing;

/// <summary>The head of a log (C2SP tlog-checkpoint): the text of the note that the log signs.</summary>
public sealed record Checkpoint
{
    private readonly string _root;

    /// <summary>A checkpoint of its parts, without extension lines.</summary>
    /// <param name="origin">The log: one line, not empty.</param>
    /// <param name="size">The number of leaves.</param>
    /// <param name="root">The root of the tree of these leaves: 32 bytes.</param>
    /// <exception cref="EvidenceFormatException">A part is not what it has to be.</exception>
    public Checkpoint(string origin, long size, ReadOnlySpan<byte> root) : this(origin, size, Convert.ToBase64String(root), "")
    {
        if (size < 0 || root.Length != 32 || origin.Length == 0 || origin.Any(c => c < ' '))
            throw new EvidenceFormatException("检查点的来源、大小或根哈希不合格", "origin, size or root of the checkpoint is invalid");
    }

    private Checkpoint(string origin, long size, string root, string extensions) => (Origin, Size, _root, Extensions) = (origin, size, root, extensions);

    /// <summary>The log: the first line.</summary>
    public string Origin { get; }

    /// <summary>The number of leaves: the second line.</summary>
    public long Size { get; }

    /// <summary>The root: the third line, 32 bytes.</summary>
    public byte[] Root => Convert.FromBase64String(_root);

    /// <summary>Further lines with their newlines, opaque. The ledger writes none; a witness signs what there are.</summary>
    public string Extensions { get; }

    /// <summary>Reads the text of a note.</summary>
    /// <exception cref="EvidenceFormatException">It is not a checkpoint.</exception>
    public static Checkpoint Parse(string text)
    {
        EvidenceText.Encode(text, SignedNote.MaxBytes);
        if (text.Any(c => c < ' ' && c != '\n')) throw new EvidenceFormatException("检查点含有控制字符", "the checkpoint holds a control character");
        var lines = EvidenceText.Lines(text);
        if (lines.Length < 3 || lines.Any(l => l.Length == 0))
            throw new EvidenceFormatException("检查点至少三行，且没有空行", "a checkpoint has at least three lines and none is empty");
        if (!EvidenceText.TryDecimal(lines[1], out var size))
            throw new EvidenceFormatException("检查点第二行应为叶数", "the second line of a checkpoint is the number of leaves");
        if (!EvidenceText.TryHash(lines[2], out _))
            throw new EvidenceFormatException("检查点第三行应为 32 字节根哈希的 Base64", "the third line of a checkpoint is the root, 32 bytes in Base 64");
        return new Checkpoint(lines[0], size, lines[2], string.Concat(lines[3..].Select(l => l + "\n")));
    }

    /// <summary>The text of the note.</summary>
    public override string ToString() => $"{Origin}\n{Size}\n{_root}\n{Extensions}";
}
