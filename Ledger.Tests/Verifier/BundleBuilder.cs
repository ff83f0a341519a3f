using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Ledger.Tests.Verifier;

/// <summary>
/// Makes a small bundle from scratch, by docs/evidence.md alone: its own tree, keys, canonical form and commitments, and
/// nothing of the ledger's or the verifier's code. Whoever wants an evil ledger changes an entry before it is sealed.
/// </summary>
public sealed class BundleBuilder
{
    public const string Origin = "ledger.example/wuyang";
    public const string Document = "整改报告\n";

    private readonly List<byte[]> _entries = [];
    private readonly List<SealedFact> _facts = [];
    private readonly Dictionary<string, (int Version, int Leaf)> _heads = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, List<string>> _indexes = new(StringComparer.Ordinal);

    public static TestSigner Log { get; } = TestSigner.Log(Origin, 1);

    public static TestSigner Sm2 { get; } = TestSigner.Sm2(Origin, 1);

    public static TestSigner Court { get; } = TestSigner.Witness("court.example", 2);

    public static TestSigner Procuratorate { get; } = TestSigner.Witness("procuratorate.example", 3);

    /// <summary>The county's policy: the log, and one of two witnesses.</summary>
    public static string Policy { get; } = $"log {Log.Key}\nwitness court {Court.Key}\nwitness procuratorate {Procuratorate.Key}\ngroup both any court procuratorate\nquorum both\n";

    public static string DocumentHash { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Document)));

    /// <summary>Who signs the checkpoint.</summary>
    public List<TestSigner> Signers { get; } = [Log, Court];

    /// <summary>Changes an entry before it is sealed, by its leaf.</summary>
    public Action<int, JsonObject>? OnEntry { get; set; }

    /// <summary>Names of members to hide in every fact; none makes the bundle a full one.</summary>
    public string[] Hidden { get; set; } = [];

    public string? Lawsuit { get; set; }

    /// <summary>A key change: sealed as the entry before the heads.</summary>
    public TestSigner? NextKey { get; set; }

    /// <summary>Changes the last versions of the streams before they are sealed.</summary>
    public Action<Dictionary<string, (int Version, int Leaf)>>? OnHeads { get; set; }

    /// <summary>No counting policy was ever adopted.</summary>
    public bool HasNoPolicy { get; set; }

    /// <summary>How many more facts the unit has.</summary>
    public int MoreFacts { get; set; }

    /// <summary>The entries of all leaves, once built.</summary>
    public IReadOnlyList<byte[]> Entries => _entries;

    private sealed record SealedFact(int Leaf, string Subject, JsonObject Line, JsonObject Headers, byte[] Salt, string Entry);

    public TestBundle Build()
    {
        if (_entries.Count > 0) throw new InvalidOperationException("A builder builds once.");
        Seal(new JsonObject
        {
            ["kind"] = "genesis", ["origin"] = Origin, ["at"] = At(0), ["ledger"] = "6f1c0f6e-6a8e-4d0a-9a3e-5a1f0e2b7c11", ["key"] = Log.Key, ["previous"] = null, ["reason"] = null,
        });
        Fact("calendar/2023", "CalendarYearPublished", """{"year":2023,"holidays":["2023-01-01"],"makeUpWorkdays":[],"notice":"国办发明电〔2022〕16号"}""");
        foreach (var name in (string[])["kind:calendar", "kind:policy"]) _indexes.TryAdd(name, []);
        if (!HasNoPolicy) Fact("policy/P-1", "CountingPolicyAdopted",
            """{"basis":"FirstInstanceClosed","series":"Each","excludeClosings":[],"notLosses":[],"countCompensation":true,"barList":"All","fixedDateRollover":"None","effectiveFrom":"2023-01-01"}""");
        Fact("unit/wuquan", "UnitRegistered", """{"name":"舞泉镇","kind":"Township","registeredOn":"2020-01-01"}""", "wuquan");
        Fact("unit/beiwudu", "UnitRegistered", """{"name":"北舞渡镇","kind":"Township","registeredOn":"2020-01-01"}""", "beiwudu");
        Fact("lawsuit/a", "LawsuitDocketed", Docketed("（2023）豫1121行初1号", "wuquan"), "wuquan");
        Fact("lawsuit/b", "LawsuitDocketed", Docketed("（2023）豫1121行初2号", "beiwudu"), "beiwudu");
        Manifest(6);
        Fact("lawsuit/a", "JudgmentRendered",
            """{"caseNo":"（2023）豫1121行初1号","level":"First","kind":"Judgment","closedOn":"2023-05-20","dispositions":[{"unit":"wuquan","outcome":"Revoked"}]}""", "wuquan");
        Fact("lawsuit/a", "LossFilingDocumentSubmitted",
            $$"""{"unit":"wuquan","caseNo":"（2023）豫1121行初1号","document":"RectificationMeasures","submittedAt":"2023-06-01T09:00:00+08:00","sha256":"{{DocumentHash}}"}""", "wuquan");
        Fact("unit/wuquan", "UnitRenamed", """{"name":"舞泉街道","renamedOn":"2023-06-01"}""", "wuquan");
        for (var i = 0; i < MoreFacts; i++)
            Fact("unit/wuquan", "DutyRegistered", $$"""{"duty":"d{{i}}","name":"职责{{i}}","registeredOn":"2023-07-01"}""", "wuquan");
        var keyChange = _entries.Count;
        if (NextKey is { } next) Seal(new JsonObject { ["kind"] = "key-change", ["at"] = At(keyChange), ["key"] = next.Key, ["by"] = "ops", ["reason"] = "年度更换" });
        var position = _facts.Count + 1;
        OnHeads?.Invoke(_heads);
        var heads = HeadsTree();
        var headsLeaf = _entries.Count;
        Seal(new JsonObject
        {
            ["kind"] = "heads", ["at"] = At(headsLeaf), ["position"] = Text(position), ["count"] = Text(heads.Count), ["root"] = Base64(new NaiveTree(heads.ConvertAll(NaiveTree.Leaf)).Root()),
        });
        Manifest(3);
        return new TestBundle(Files(heads, headsLeaf, position, keyChange)).Rebag();
    }

    /// <summary>A checkpoint of the first leaves, signed by the log.</summary>
    public string CheckpointAt(int size) => Note(size, Log);

    public string Note(int size, params IEnumerable<TestSigner> signers)
    {
        var text = $"{Origin}\n{Text(size)}\n{Base64(Tree.Root(size))}\n";
        return text + "\n" + string.Concat(signers.Select(signer => signer.Line(text)));
    }

    public JsonArray Path(int leaf, int? size = null) => Proof(Tree.Path(leaf, size));

    public static JsonArray Proof(IEnumerable<byte[]> hashes) => new([.. hashes.Select(hash => JsonValue.Create(Base64(hash)))]);

    /// <summary>Over all entries, once built.</summary>
    public NaiveTree Tree => field ??= new(_entries.ConvertAll(NaiveTree.Leaf));

    /// <summary>The canonical form of what the bundle holds: no number but small integers, no character that needs an escape.</summary>
    public static string Canonical(JsonNode? node) => node switch
    {
        JsonObject o => $"{{{string.Join(',', o.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => $"\"{m.Key}\":{Canonical(m.Value)}"))}}}",
        JsonArray a => $"[{string.Join(',', a.Select(Canonical))}]",
        JsonValue v when v.TryGetValue<string>(out var text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\"",
        null => "null",
        _ => node.ToJsonString(),
    };

    private static string Docketed(string caseNo, string unit) =>
        $$"""
        {"caseNo":"{{caseNo}}","court":"舞阳县人民法院","docketedOn":"2023-04-10","category":"Administrative","cause":"行政处罚","field":"自然资源","actType":"罚款","defendants":[{"unit":"{{unit}}","capacity":"Sole"}],"plaintiffs":["张某"]}
        """;

    private void Fact(string subject, string type, string data, params string[] units)
    {
        var (leaf, sequence) = (_entries.Count, _facts.Count + 2);
        var headers = new JsonObject { ["source"] = "/county", ["id"] = $"f{sequence}", ["time"] = "2023-04-10T09:12:00+08:00" };
        var salt = SHA256.HashData(Encoding.UTF8.GetBytes($"salt {sequence}"));
        var version = _heads.TryGetValue(subject, out var head) ? head.Version + 1 : 1;
        _heads[subject] = (version, leaf);
        foreach (var index in (string[])[$"kind:{subject.Split('/')[0]}", .. units.Select(unit => $"unit:{unit}")])
            if (_indexes.GetValueOrDefault(index) is not { } streams) _indexes[index] = [subject];
            else if (!streams.Contains(subject)) streams.Add(subject);
        var line = new JsonObject
        {
            ["specversion"] = "1.0", ["id"] = $"f{sequence}", ["source"] = "/county", ["type"] = type, ["subject"] = subject, ["time"] = "2023-04-10T09:12:00+08:00", ["data"] = JsonNode.Parse(data),
        };
        var entry = Seal(new JsonObject
        {
            ["kind"] = "event", ["seq"] = Text(sequence), ["id"] = Uuid5($"/county#f{sequence}"), ["stream"] = subject, ["ver"] = Text(version), ["type"] = type,
            ["dotnet"] = "X, Y", ["tenant"] = "*DEFAULT*", ["ts"] = At(leaf), ["rec"] = At(leaf), ["user"] = "clerk", ["corr"] = null, ["caus"] = null, ["by"] = "ledger_writer", ["app"] = "ledger",
            ["archived"] = false, ["units"] = new JsonArray([.. units.Select(unit => JsonValue.Create(unit))]),
            ["hdr"] = Commitment(salt, "hdr", headers), ["data"] = Commitment(salt, "data", line["data"]!.AsObject()), ["bdata"] = null, ["intake"] = "ok",
        });
        _facts.Add(new(leaf, subject, line, headers, salt, entry));
    }

    private void Manifest(int events) => Seal(new JsonObject
    {
        ["kind"] = "manifest", ["batch"] = "1", ["first"] = "1", ["events"] = Text(events), ["position"] = Text(_facts.Count + 1), ["burned"] = new JsonArray(), ["at"] = At(_entries.Count), ["guards"] = null,
    });

    private string Seal(JsonObject entry)
    {
        entry["v"] = 1;
        OnEntry?.Invoke(_entries.Count, entry);
        var text = Canonical(entry);
        _entries.Add(Encoding.UTF8.GetBytes(text));
        return text;
    }

    /// <summary>Of the two commitments of a fact's entry.</summary>
    public static string Commitment(byte[] salt, string part, JsonObject members) => Base64(SHA256.HashData(
        [2, .. Encoding.UTF8.GetBytes(Canonical(new JsonObject(members.Select(m => KeyValuePair.Create(m.Key, (JsonNode?)Base64(Member(salt, part, m.Key, m.Value)))))))]));

    private static byte[] MemberSalt(byte[] salt, string part, string name) => HMACSHA256.HashData(salt, Encoding.UTF8.GetBytes($"{part}:{name}"));

    private static byte[] Member(byte[] salt, string part, string name, JsonNode? value) => SHA256.HashData([1, .. MemberSalt(salt, part, name), .. Encoding.UTF8.GetBytes(Canonical(value))]);

    private List<byte[]> HeadsTree() =>
    [
        .. _indexes.Select(index => IndexLeaf(index.Key)).Concat(_heads.Keys.Select(StreamLeaf)).OrderBy(Convert.ToHexString, StringComparer.Ordinal),
    ];

    private byte[] IndexLeaf(string name) => Encoding.UTF8.GetBytes(Canonical(new JsonArray("index", name, Text(_indexes[name].Count), Chain(_indexes[name]))));

    private byte[] StreamLeaf(string stream) => Encoding.UTF8.GetBytes(Canonical(new JsonArray("stream", stream, Text(_heads[stream].Version), Text(_heads[stream].Leaf))));

    private static string Chain(IEnumerable<string> streams) =>
        Base64(streams.Aggregate(new byte[32], (chain, stream) => SHA256.HashData([4, .. chain, .. Encoding.UTF8.GetBytes(stream)])));

    private Dictionary<string, byte[]> Files(List<byte[]> heads, int headsLeaf, int position, int keyChange)
    {
        string[] names = Lawsuit is null ? ["unit:wuquan", "kind:policy", "kind:calendar"] : ["kind:policy", "kind:calendar"];
        string[] streams = [.. (Lawsuit is null ? [] : (string[])[$"lawsuit/{Lawsuit}", "unit/wuquan"]).Concat(names.SelectMany(name => _indexes[name])).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var facts = _facts.Where(fact => streams.Contains(fact.Subject)).ToList();
        var headsTree = new NaiveTree(heads.ConvertAll(NaiveTree.Leaf));
        var size = _entries.Count;
        Dictionary<string, string> files = new(StringComparer.Ordinal)
        {
            ["README.md"] = "how to check\n",
            ["README.zh-CN.md"] = "如何核验\n",
            ["verify.html"] = "<!doctype html>\n",
            ["data/report.html"] = "<!doctype html>\n",
            ["data/policy"] = Policy,
            ["data/checkpoint"] = Note(size, Signers),
            ["data/consistency.jsonl"] = Lines([new JsonObject { ["from"] = "8", ["to"] = Text(size), ["proof"] = Proof(Tree.Proof(8)) }]),
            ["data/keys.jsonl"] = Lines(NextKey is null
                ? []
                : [new JsonObject { ["leaf"] = Text(keyChange), ["entry"] = Encoding.UTF8.GetString(_entries[keyChange]), ["proof"] = Path(keyChange, keyChange + 1), ["checkpoint"] = Note(keyChange + 1, Log, NextKey) }]),
            ["data/facts.jsonl"] = Lines(facts.Select(Shown)),
            ["data/leaves.jsonl"] = Lines(facts.Select(Opened)),
            ["data/heads.json"] = new JsonObject
            {
                ["leaf"] = Text(headsLeaf), ["entry"] = Encoding.UTF8.GetString(_entries[headsLeaf]), ["proof"] = Path(headsLeaf),
                ["streams"] = new JsonArray([.. streams.Select(stream => new JsonObject
                {
                    ["stream"] = stream, ["version"] = Text(_heads[stream].Version), ["leaf"] = Text(_heads[stream].Leaf), ["index"] = Text(Place(StreamLeaf(stream))), ["proof"] = Proof(headsTree.Path(Place(StreamLeaf(stream)))),
                })]),
                ["indexes"] = new JsonArray([.. names.Select(name => new JsonObject
                {
                    ["name"] = name, ["count"] = Text(_indexes[name].Count), ["chain"] = Chain(_indexes[name]), ["streams"] = new JsonArray([.. _indexes[name].Select(stream => JsonValue.Create(stream))]),
                    ["index"] = Text(Place(IndexLeaf(name))), ["proof"] = Proof(headsTree.Path(Place(IndexLeaf(name)))),
                })]),
            }.ToJsonString(),
            ["data/bundle.json"] = new JsonObject
            {
                ["v"] = 1, ["origin"] = Origin, ["ledger"] = "6f1c0f6e-6a8e-4d0a-9a3e-5a1f0e2b7c11", ["size"] = Text(size), ["position"] = Text(position),
                ["selection"] = new JsonObject { ["unit"] = "wuquan", ["lawsuit"] = Lawsuit, ["period"] = null }, ["asOf"] = "2023-12-31", ["knownAt"] = null,
                ["disclosure"] = Hidden.Length == 0 ? "Full" : "Masked", ["by"] = "clerk", ["recipient"] = "县人民检察院", ["purpose"] = "督查", ["at"] = At(60),
                ["streams"] = new JsonArray([.. streams.Select(stream => JsonValue.Create(stream))]),
                ["attachments"] = new JsonArray(new JsonObject { ["sha256"] = DocumentHash, ["size"] = Text(Encoding.UTF8.GetByteCount(Document)), ["mediaType"] = "text/plain", ["present"] = true }),
            }.ToJsonString(),
            ["data/claims.json"] = new JsonObject
            {
                ["v"] = 1, ["position"] = Text(position), ["asOf"] = "2023-12-31", ["policy"] = "P-1", ["unit"] = "wuquan",
                ["rankings"] = new JsonArray(), ["scorecards"] = new JsonArray(), ["obligations"] = new JsonArray(),
            }.ToJsonString(),
            [$"data/attachments/{DocumentHash}"] = Document,
        };
        return files.ToDictionary(file => file.Key, file => Encoding.UTF8.GetBytes(file.Value), StringComparer.Ordinal);

        int Place(byte[] leaf) => heads.FindIndex(other => other.AsSpan().SequenceEqual(leaf));
    }

    private JsonObject Shown(SealedFact fact)
    {
        var line = fact.Line.DeepClone().AsObject();
        foreach (var name in Hidden) line["data"]!.AsObject().Remove(name);
        return line;
    }

    private JsonObject Opened(SealedFact fact)
    {
        var data = fact.Line["data"]!.AsObject();
        var isOpen = !Hidden.Any(data.ContainsKey);
        var salts = isOpen ? null : new JsonObject
        {
            ["hdr"] = new JsonObject(fact.Headers.Select(m => KeyValuePair.Create(m.Key, (JsonNode?)Base64(MemberSalt(fact.Salt, "hdr", m.Key))))),
            ["data"] = new JsonObject(data.Where(m => !Hidden.Contains(m.Key)).Select(m => KeyValuePair.Create(m.Key, (JsonNode?)Base64(MemberSalt(fact.Salt, "data", m.Key))))),
        };
        var hidden = isOpen ? null : new JsonObject
        {
            ["data"] = new JsonObject(data.Where(m => Hidden.Contains(m.Key)).Select(m => KeyValuePair.Create(m.Key, (JsonNode?)Base64(Member(fact.Salt, "data", m.Key, m.Value))))),
        };
        return new JsonObject
        {
            ["leaf"] = Text(fact.Leaf), ["entry"] = fact.Entry, ["hdr"] = fact.Headers.DeepClone(), ["salt"] = isOpen ? Base64(fact.Salt) : null, ["salts"] = salts, ["hidden"] = hidden, ["proof"] = Path(fact.Leaf),
        };
    }

    public static string Uuid5(string name)
    {
#pragma warning disable CA5350 // Version 5 is SHA-1.
        var hash = Convert.ToHexStringLower(SHA1.HashData([.. Convert.FromHexString("6ba7b8119dad11d180b400c04fd430c8"), .. Encoding.UTF8.GetBytes(name)]));
#pragma warning restore CA5350
        var variant = "89ab"[Convert.ToInt32(hash[16..17], 16) & 3];
        return $"{hash[..8]}-{hash[8..12]}-5{hash[13..16]}-{variant}{hash[17..20]}-{hash[20..32]}";
    }

    private static string Lines(IEnumerable<JsonObject> lines) => string.Concat(lines.Select(line => line.ToJsonString() + "\n"));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Base64(byte[] bytes) => Convert.ToBase64String(bytes);

    private static string At(int minute) => new DateTime(2023, 12, 1, 8, 0, 0, DateTimeKind.Utc).AddMinutes(minute).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
