using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Domain.Facts;
using Ledger.Domain.Sealing;
using Ledger.Host.Answers;
using Ledger.Host.Attachments;

namespace Ledger.Host.Evidence.Bundle;

/// <summary>The facts and proofs of a bundle, collected from the sealed log: from what was sealed, never from the live rows.</summary>
internal sealed class BundleContent(ExportRequest request, Scope scope, SealedLog log, SealedHeads heads, PublishedCheckpoint checkpoint, LogSnapshot tree)
{
    private readonly SortedSet<string> _streams = new(StringComparer.Ordinal);

    public ExportRequest Request => request;

    public Scope Scope => scope;

    public PublishedCheckpoint Checkpoint => checkpoint;

    public IReadOnlyCollection<string> Streams => _streams;

    public List<Disclosure> Opened { get; } = [];

    public List<JsonObject> Facts { get; } = [];

    public List<JsonObject> Leaves { get; } = [];

    public List<JsonObject> Consistency { get; } = [];

    public List<JsonObject> KeyChanges { get; } = [];

    public JsonObject Heads { get; private set; } = [];

    public SortedSet<string> Documents { get; } = new(StringComparer.Ordinal);

    private long Size => checkpoint.Checkpoint.Size;

    /// <summary>Collects everything; answers the sealed facts that are gone, when any are.</summary>
    public async Task<IReadOnlyList<string>> CollectAsync(CancellationToken cancellation)
    {
        var indexes = new JsonArray();
        string[] names = request.Lawsuit is null ? ["kind:calendar", "kind:policy", "unit:" + request.Unit] : ["kind:calendar", "kind:policy"];
        foreach (var name in names)
        {
            if (heads.Tree.FindIndex(name) is not var (index, place)) continue;
            var streams = await log.StreamsOfAsync(name, index.Count, cancellation);
            _streams.UnionWith(streams);
            indexes.Add(new JsonObject
            {
                ["name"] = name, ["count"] = Disclosure.Whole(index.Count), ["chain"] = Convert.ToBase64String(index.Chain),
                ["streams"] = new JsonArray([.. streams.Select(s => (JsonNode)s)]), ["index"] = Disclosure.Whole(place), ["proof"] = Hashes(heads.Tree.Path(place)),
            });
        }

        _streams.Add(Subject.Unit(request.Unit).ToString());
        if (request.Lawsuit is { } lawsuit) _streams.Add(Subject.Lawsuit(lawsuit).ToString());

        var versions = _streams.ToDictionary(s => s, s => heads.Tree.FindStream(s)?.Head.Version ?? 0, StringComparer.Ordinal);
        var leaves = await log.OfAsync(versions, heads.Leaf, cancellation);
        if (SealedLog.Missing(versions, leaves).ToList() is { Count: > 0 } missing) return missing;
        foreach (var leaf in leaves)
        {
            var opened = new Disclosure(leaf, request.Full);
            Opened.Add(opened);
            Facts.Add(opened.Fact());
            var line = opened.Opening();
            line["proof"] = Hashes(await tree.InclusionAsync(leaf.Leaf, Size));
            Leaves.Add(line);
        }

        CollectDocuments();
        await CollectHeadsAsync(indexes);
        foreach (var from in request.Since.Distinct().Where(size => size <= Size).Order())
            Consistency.Add(new JsonObject { ["from"] = Disclosure.Whole(from), ["to"] = Disclosure.Whole(Size), ["proof"] = Hashes(await tree.ConsistencyAsync(from, Size)) });
        foreach (var (leaf, entry) in await log.OfKindAsync("key-change", Size, cancellation))
        {
            var first = (await log.FirstWithAsync(leaf, cancellation))!;
            KeyChanges.Add(new JsonObject
            {
                ["leaf"] = Disclosure.Whole(leaf), ["entry"] = entry,
                ["proof"] = Hashes(await tree.InclusionAsync(leaf, first.Checkpoint.Size)), ["checkpoint"] = first.Note.ToString(),
            });
        }

        return [];
    }

    public async Task<JsonObject> BundleAsync(JsonArray documents, DateTimeOffset at, CancellationToken cancellation) => new()
    {
        ["v"] = 1,
        ["origin"] = checkpoint.Checkpoint.Origin,
        ["ledger"] = (await log.LedgerAsync(cancellation)).ToString(),
        ["size"] = Disclosure.Whole(Size),
        ["position"] = Disclosure.Whole(scope.Position),
        ["selection"] = new JsonObject { ["unit"] = request.Unit, ["lawsuit"] = request.Lawsuit, ["period"] = request.Period },
        ["asOf"] = scope.AsOf.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        ["knownAt"] = request.Times.KnownAt is null && request.Times.Position is null ? null : LogEntry.InstantText(scope.KnownAt),
        ["disclosure"] = request.Full ? "Full" : "Masked",
        ["by"] = request.By,
        ["recipient"] = request.Recipient,
        ["purpose"] = request.Purpose,
        ["at"] = LogEntry.InstantText(at),
        ["streams"] = new JsonArray([.. _streams.Select(s => (JsonNode)s)]),
        ["attachments"] = documents,
    };

    private async Task CollectHeadsAsync(JsonArray indexes)
    {
        var entry = (await log.EntriesAsync(heads.Leaf, 1, Size))[0];
        var streams = new JsonArray();
        foreach (var stream in _streams)
        {
            var (head, place) = heads.Tree.FindStream(stream) ?? throw new InvalidOperationException($"The stream {stream} has no head.");
            streams.Add(new JsonObject
            {
                ["stream"] = stream, ["version"] = Disclosure.Whole(head.Version), ["leaf"] = Disclosure.Whole(head.Leaf),
                ["index"] = Disclosure.Whole(place), ["proof"] = Hashes(heads.Tree.Path(place)),
            });
        }

        Heads = new JsonObject
        {
            ["leaf"] = Disclosure.Whole(heads.Leaf), ["entry"] = System.Text.Encoding.UTF8.GetString(entry),
            ["proof"] = Hashes(await tree.InclusionAsync(heads.Leaf, Size)), ["streams"] = streams, ["indexes"] = indexes,
        };
    }

    // The documents that the facts name, as far as the bundle shows these members.
    private void CollectDocuments()
    {
        var facts = new Dictionary<FactId, IFact>();
        foreach (var opened in Opened)
        {
            if (EventCatalog.Find(opened.Type) is not { } type) continue;
            try
            {
                var fact = FactJson.ReadTrusted(type, opened.Leaf.Data);
                var line = opened.Fact();
                if ((string?)line["source"] is { } source && (string?)line["id"] is { } id) facts[new FactId(source, id)] = fact;
                var target = fact is FactCorrected correction ? facts.GetValueOrDefault(correction.Fact) : null;
                Documents.UnionWith(NamedDocument.Of(fact, target).Select(d => d.Sha256.ToLowerInvariant()));
            }
            catch (JsonException)
            {
                // Unreadable: it is in the bundle as it is and names nothing.
            }
        }
    }

    private static JsonArray Hashes(IEnumerable<byte[]> hashes) => new([.. hashes.Select(h => (JsonNode)Convert.ToBase64String(h))]);
}
