using System.Text;
using Ledger.Verifier.Formats;
using Ledger.Verifier.Reports;

namespace Ledger.Verifier.Container;

/// <summary>What BagIt promises (RFC 8493): every file is named by a manifest with its hash, and every name is a file.</summary>
internal static class BagIt
{
    private const string Declaration = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
    private const string PayloadManifest = "manifest-sha256.txt";
    private const string TagManifest = "tagmanifest-sha256.txt";

    public static void Check(Bag bag, CheckLog log)
    {
        if (!bag.Read("bagit.txt").SequenceEqual(Encoding.ASCII.GetBytes(Declaration)))
            log.Malformed("bag.declaration", "bagit.txt", "不是 BagIt 1.0、UTF-8 的声明", "is not the declaration of BagIt 1.0 in UTF-8");
        CheckManifest(bag, PayloadManifest, IsPayload, log);
        CheckManifest(bag, TagManifest, name => !IsPayload(name) && name != TagManifest, log);

        // Where files are missing or too many, that has been said.
        if (log.Findings.All(finding => finding.Code == "bag.manifest-mismatch")) CheckOxum(bag, log);
    }

    private static bool IsPayload(string name) => name.StartsWith("data/", StringComparison.Ordinal);

    private static void CheckManifest(Bag bag, string manifest, Func<string, bool> belongs, CheckLog log)
    {
        Dictionary<string, string> named = new(StringComparer.Ordinal);
        var lines = StrictJson.Text(bag.Read(manifest), manifest).Split('\n');
        if (lines[^1] != "") throw Refuse(StrictJson.LineOf(manifest, lines.Length - 1));
        for (var i = 0; i < lines.Length - 1; i++)
        {
            var line = lines[i];
            if (line.Length <= 66 || line[64..66] != "  " || !Hex.IsHash(line.AsSpan(0, 64)) || !belongs(line[66..]) || !named.TryAdd(line[66..], line[..64]))
                throw Refuse(StrictJson.LineOf(manifest, i));
        }

        foreach (var (name, hash) in named)
            if (!bag.Files.TryGetValue(name, out var file))
                log.Incomplete("bag.missing-file", name, $"{manifest} 列有此文件，卷宗中没有", $"{manifest} names the file, and it is not there");
            else if (file.Sha256 != hash)
                log.Tampered("bag.manifest-mismatch", name, $"文件的 SHA-256 是 {file.Sha256}，{manifest} 记为 {hash}", $"the file's SHA-256 is {file.Sha256}, {manifest} says {hash}");
        foreach (var name in bag.Files.Keys.Where(name => belongs(name) && !named.ContainsKey(name)).Order(StringComparer.Ordinal))
            log.Malformed("bag.extra-file", name, $"{manifest} 没有列出此文件", $"{manifest} does not name the file");
    }

    private static void CheckOxum(Bag bag, CheckLog log)
    {
        const string file = "bag-info.txt";
        const string label = "Payload-Oxum: ";
        var said = StrictJson.Text(bag.Read(file), file).Split('\n').Where(line => line.StartsWith(label.TrimEnd(), StringComparison.OrdinalIgnoreCase)).ToList();
        var payload = bag.Files.Where(entry => IsPayload(entry.Key)).Select(entry => entry.Value.Size).ToList();
        var counted = $"{label}{payload.Sum()}.{payload.Count}";
        if (said is not [var only]) log.Malformed("bag.oxum", file, "须恰有一行 Payload-Oxum", "there is not exactly one Payload-Oxum");
        else if (only != counted) log.Tampered("bag.oxum", file, $"写的是 {only}，实际为 {counted}", $"says {only}, counted {counted}");
    }

    private static StoppedException Refuse(string where) => StoppedException.Malformed("bag.manifest", where, "清单的这一行不合格式、重复或不属于此清单", "the manifest's line is malformed, there twice or belongs elsewhere");
}
