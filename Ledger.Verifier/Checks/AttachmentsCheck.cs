using System.Text.Json;
using Ledger.Verifier.Bundle;
using Ledger.Verifier.Container;
using Ledger.Verifier.Formats;
using Ledger.Verifier.Reports;

namespace Ledger.Verifier.Checks;

/// <summary>Every document that the facts name is listed, and every one that is listed as present is there.</summary>
internal static class AttachmentsCheck
{
    private const string Folder = "data/attachments/";

    // What left the house, and what is left of a fact: neither is a document that the ledger keeps.
    private static readonly Dictionary<string, string> Digests = new(StringComparer.Ordinal) { ["EvidenceExported"] = "sha256", ["RedactionCarriedOut"] = "remainder" };

    public static Bilingual Check(Bag bag, BundleInfo bundle, IReadOnlyList<FactLine> facts, bool isComplete, CheckLog log)
    {
        var named = facts.SelectMany(fact => Named(fact).Select(hash => (hash, fact.Where))).GroupBy(pair => pair.hash, StringComparer.Ordinal).ToDictionary(same => same.Key, same => same.First().Where, StringComparer.Ordinal);
        var listed = bundle.Attachments.ToDictionary(item => item.Sha256, StringComparer.Ordinal);
        foreach (var (hash, where) in named.Where(pair => !listed.ContainsKey(pair.Key)))
            log.Incomplete("attachment.unlisted", where, $"事实所指的文书 {hash} 没有列入", $"the document {hash} that the fact names is not listed");

        // A hidden member or a missing fact may name it; without one, somebody has slipped it in.
        if (isComplete && facts.All(fact => fact.Hidden.Count == 0))
            foreach (var item in bundle.Attachments.Where(item => !named.ContainsKey(item.Sha256)))
                log.Tampered("attachment.unnamed", Folder + item.Sha256, "没有事实提到这份文书", "no fact names the document");
        foreach (var item in bundle.Attachments)
        {
            var isThere = bag.Files.TryGetValue(Folder + item.Sha256, out var file);
            if (item.IsPresent && !isThere)
                log.Incomplete("attachment.missing", Folder + item.Sha256, "缺少这份文书", "the document is missing");
            else if (!item.IsPresent && isThere)
                log.Malformed("attachment.unexpected", Folder + item.Sha256, "列为不在卷内，文书却在", "is listed as not in the bundle, and it is there");
            else if (isThere && (file!.Sha256 != item.Sha256 || file.Size != item.Size))
                log.Tampered("attachment.differs", Folder + item.Sha256, $"内容的 SHA-256 是 {file.Sha256}，{file.Size} 字节", $"its content has the SHA-256 {file.Sha256} and {file.Size} bytes");
        }

        foreach (var name in bag.Files.Keys.Where(name => name.StartsWith(Folder, StringComparison.Ordinal) && !listed.ContainsKey(name[Folder.Length..])).Order(StringComparer.Ordinal))
            log.Malformed("attachment.unexpected", name, "没有列入的文书", "the document is not listed");
        var present = bundle.Attachments.Count(item => item.IsPresent);
        return new($"{present} 份文书在卷，{bundle.Attachments.Count - present} 份未交或隐去", $"{present} documents are there, {bundle.Attachments.Count - present} were never handed in or are withheld");
    }

    private static IEnumerable<string> Named(FactLine fact)
    {
        var digest = Digests.GetValueOrDefault(fact.Event.Type);
        return fact.Data.EnumerateObject().Where(member => member.Name != digest).SelectMany(member => Hashes(member.Value));
    }

    /// <summary>Wherever else 64 hex digits stand in a fact, they are a document's hash: the verifier knows no schema that would say otherwise.</summary>
    private static IEnumerable<string> Hashes(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(member => Hashes(member.Value)),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Hashes),
        JsonValueKind.String when value.GetString() is { } text && Hex.IsHashInAnyCase(text) => [text.ToLowerInvariant()],
        _ => [],
    };
}
