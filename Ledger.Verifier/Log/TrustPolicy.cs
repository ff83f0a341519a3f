using Ledger.Verifier.Formats;
using Ledger.Verifier.Reports;

namespace Ledger.Verifier.Log;

/// <summary>So many of these witnesses and groups.</summary>
internal sealed record WitnessGroup(int Threshold, IReadOnlyList<string> Members);

/// <summary>Whom the inspector trusts: the logs' keys, the witnesses, and how many of them it takes (C2SP tlog-policy).</summary>
internal sealed class TrustPolicy
{
    private const string None = "none";
    private readonly List<VerifierKey> _logs = [];
    private readonly Dictionary<string, VerifierKey> _witnesses = new(StringComparer.Ordinal);
    private readonly Dictionary<string, WitnessGroup> _groups = new(StringComparer.Ordinal);
    private readonly HashSet<string> _members = new(StringComparer.Ordinal);
    private string? _quorum;

    private TrustPolicy()
    {
    }

    public IReadOnlyList<VerifierKey> Logs => _logs;

    /// <summary>By the name that the policy gives them.</summary>
    public IReadOnlyDictionary<string, VerifierKey> Witnesses => _witnesses;

    public bool NeedsWitnesses => _quorum != None;

    /// <summary>A policy of log keys alone, one a line.</summary>
    public static TrustPolicy OfKeys(ReadOnlySpan<byte> utf8, string where)
    {
        var policy = new TrustPolicy { _quorum = None };
        foreach (var (line, words) in Lines(utf8, where))
            policy.AddLog(words is [var key] ? key : throw Refuse(line, "一行应为一个公钥", "a line is not one key"), line);
        return policy._logs.Count > 0 ? policy : throw Refuse(where, "没有公钥", "there is no key");
    }

    public static TrustPolicy Parse(ReadOnlySpan<byte> utf8, string where)
    {
        var policy = new TrustPolicy();
        foreach (var (line, words) in Lines(utf8, where)) policy.Add(words, line);
        return policy._quorum is not null ? policy : throw Refuse(where, "没有 quorum 行", "there is no quorum line");
    }

    /// <summary>Whether these witnesses, by their names here, are enough.</summary>
    public bool IsMetBy(IReadOnlySet<string> cosigned)
    {
        return !NeedsWitnesses || Holds(_quorum!);

        bool Holds(string name) => _groups.TryGetValue(name, out var group) ? group.Members.Count(Holds) >= group.Threshold : cosigned.Contains(name);
    }

    /// <summary>What makes two policies the same, whatever their order, comments and addresses: one text for each key, group and the quorum.</summary>
    public IReadOnlySet<string> Statements() => new HashSet<string>(
        [
            .. _logs.Select(key => $"log {key.Text}"),
            .. _witnesses.Select(witness => $"witness {witness.Key} {witness.Value.Text}"),
            .. _groups.Select(group => $"group {group.Key} {group.Value.Threshold} {string.Join(' ', group.Value.Members.Order(StringComparer.Ordinal))}"),
            $"quorum {_quorum}",
        ],
        StringComparer.Ordinal);

    private void Add(string[] words, string line)
    {
        switch (words)
        {
            case ["log", _] or ["log", _, _]:
                AddLog(words[1], line);
                break;
            case (["witness", _, _] or ["witness", _, _, _]) when IsFree(words[1]):
                AddWitness(words[1], VerifierKey.Parse(words[2], line), line);
                break;
            case ["group", var name, var threshold, _, ..] when IsFree(name):
                _groups.Add(name, Group(threshold, words[3..], line));
                break;
            case ["quorum", var name] when _quorum is null && (name == None || IsDefined(name)):
                _quorum = name;
                break;
            default:
                throw Refuse(line, "无法识别，或名称重复、未定义", "is not understood, or a name is taken or not defined");
        }
    }

    private void AddLog(string text, string line)
    {
        var key = VerifierKey.Parse(text, line);
        if (key.Kind == KeyKind.Cosigner) throw Refuse(line, "见证人的公钥不能用作日志公钥", "a cosigner's key is none of a log");
        if (_logs.Any(other => other.Material == key.Material)) throw Refuse(line, "公钥重复", "the key is there twice");
        _logs.Add(key);
    }

    private void AddWitness(string name, VerifierKey key, string line)
    {
        if (key.Kind != KeyKind.Cosigner) throw Refuse(line, "不是见证人的公钥", "the key is not a cosigner's");
        if (_witnesses.Values.Any(other => other.Material == key.Material)) throw Refuse(line, "公钥重复", "the key is there twice");
        _witnesses.Add(name, key);
    }

    private WitnessGroup Group(string threshold, string[] members, string line)
    {
        // A member of one group only, so that nobody counts twice.
        if (!members.All(member => IsDefined(member) && _members.Add(member))) throw Refuse(line, "成员未定义或重复", "a member is not defined, or is one already");
        var least = threshold switch { "all" => members.Length, "any" => 1, _ => Members.Decimal(threshold) ?? 0 };
        return least >= 1 && least <= members.Length ? new((int)least, members) : throw Refuse(line, "人数不对", "the threshold is none");
    }

    private bool IsDefined(string name) => _witnesses.ContainsKey(name) || _groups.ContainsKey(name);

    private bool IsFree(string name) => name != None && !IsDefined(name);

    private static IEnumerable<(string Where, string[] Words)> Lines(ReadOnlySpan<byte> utf8, string where)
    {
        var text = StrictJson.Text(utf8, where);
        return text.Any(c => (c < ' ' && c is not ('\t' or '\n')) || c == '\u007f')
            ? throw Refuse(where, "含控制字符", "there is a control character")
            : text.Split('\n')
                .Select((line, index) => (StrictJson.LineOf(where, index), line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)))
                .Where(line => line.Item2 is [var first, ..] && !first.StartsWith('#'));
    }

    private static StoppedException Refuse(string where, string chinese, string english) =>
        StoppedException.Malformed("policy.malformed", where, $"信任策略有误：{chinese}", $"the policy is malformed: {english}");
}
