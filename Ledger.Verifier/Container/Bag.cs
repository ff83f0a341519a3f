using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Ledger.Verifier.Reports;

namespace Ledger.Verifier.Container;

/// <summary>A file of the bag, read once: what is hashed is what is parsed.</summary>
/// <param name="Size">In bytes.</param>
/// <param name="Sha256">In hex digits.</param>
/// <param name="Content">Null for attachments, which nobody here needs to read.</param>
internal sealed record BagFile(long Size, string Sha256, ReadOnlyMemory<byte>? Content);

/// <summary>The files of a bundle under the names that docs/evidence.md §6 allows; there are no others.</summary>
internal sealed partial class Bag
{
    public const long MostBytes = 2L << 30;
    public const int MostFiles = 20_000;
    private const long LargestDocument = 512L << 20;

    private readonly Dictionary<string, BagFile> _files = new(StringComparer.Ordinal);
    private readonly HashSet<string> _folded = new(StringComparer.OrdinalIgnoreCase);
    private long _bytes;

    public IReadOnlyDictionary<string, BagFile> Files => _files;

    /// <summary>A document's bytes; a missing one makes the bundle incomplete.</summary>
    public ReadOnlySpan<byte> Read(string name) =>
        _files.TryGetValue(name, out var file) && file.Content is { } content
            ? content.Span
            : throw StoppedException.Incomplete("bag.missing-file", name, "缺少该文件", "the file is missing");

    /// <summary>
    /// Refuses names that another program could unpack to another place or take for another file. Only ASCII is allowed,
    /// so that two spellings of one accent cannot be two files here and one there.
    /// </summary>
    public void CheckName(string name)
    {
        if (!SafeName().IsMatch(name) || name.Split('/').Any(part => part is "" or "." or ".."))
            throw StoppedException.Malformed("container.name", name, "文件名不安全：绝对路径、上级目录、反斜杠或非 ASCII 字符", "the name is not safe: absolute, upwards, with a backslash or not ASCII");
        if (!_folded.Add(name))
            throw StoppedException.Malformed("container.duplicate", name, "文件名重复（不分大小写）", "the name is there twice, also when case is ignored");
        if (!KnownName().IsMatch(name))
            throw StoppedException.Malformed("bag.unknown-file", name, "卷宗格式中没有这个文件", "the format has no such file");
    }

    /// <summary>Takes a file in. Ends as soon as it is larger than it says.</summary>
    public void Add(string name, long size, Stream content)
    {
        CheckName(name);
        _bytes += size;
        if (_files.Count >= MostFiles || _bytes > MostBytes)
            throw StoppedException.Malformed("container.too-large", name, "文件过多或过大", "there are too many files, or they are too large");
        var isAttachment = name.StartsWith("data/attachments/", StringComparison.Ordinal);
        if (!isAttachment && size > LargestDocument)
            throw StoppedException.Malformed("container.too-large", name, "文件过大", "the file is too large");

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var kept = isAttachment ? null : new byte[size];
        var buffer = new byte[81920];
        var read = 0L;
        for (int count; (count = content.Read(buffer)) > 0; read += count)
        {
            if (read + count > size) throw WrongSize(name);
            hash.AppendData(buffer, 0, count);
            if (kept is not null) buffer.AsSpan(0, count).CopyTo(kept.AsSpan((int)read));
        }

        if (read != size) throw WrongSize(name);
        _files.Add(name, new(size, Convert.ToHexStringLower(hash.GetHashAndReset()), kept));
    }

    private static StoppedException WrongSize(string name) => StoppedException.Malformed("container.size", name, "文件大小与所述不符", "the file is not as large as it says");

    [GeneratedRegex(@"\A[A-Za-z0-9._/-]{1,200}\z", RegexOptions.CultureInvariant)]
    private static partial Regex SafeName();

    [GeneratedRegex(
        """
        \A(?:bagit\.txt|bag-info\.txt|manifest-sha256\.txt|tagmanifest-sha256\.txt|README\.md|README\.zh-CN\.md|verify\.html
        |data/(?:bundle\.json|facts\.jsonl|leaves\.jsonl|heads\.json|checkpoint|policy|consistency\.jsonl|keys\.jsonl|claims\.json|report\.html
        |timestamps/(?:0|[1-9][0-9]{0,3})\.tst|attachments/[0-9a-f]{64}))\z
        """,
        RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture)]
    private static partial Regex KnownName();
}
