using System.Text;

namespace Ledger.Domain.Sealing;

/// <summary>A log that a policy knows.</summary>
/// <param name="Key">Its key; the key's name is the log's origin.</param>
/// <param name="Url">Where it is; null when the policy does not say.</param>
public sealed record PolicyLog(NoteKey Key, string? Url);

/// <summary>A witness that a policy knows.</summary>
/// <param name="Name">What the policy calls it; outside of the policy the key's name counts.</param>
/// <param name="Key">Its key, of a cosignature's type.</param>
/// <param name="Url">The prefix of its <c>add-checkpoint</c>; null when the policy does not say.</param>
public sealed record PolicyWitness(string Name, NoteKey Key, string? Url);

/// <summary>A witness that has cosigned.</summary>
/// <param name="Witness">Which.</param>
/// <param name="Time">When, in seconds since 1970, by its own clock.</param>
public sealed record PolicyCosignature(PolicyWitness Witness, long Time);

/// <summary>What a policy says about a checkpoint.</summary>
/// <param name="Logs">The logs of that origin that signed it.</param>
/// <param name="Witnesses">The witnesses that cosigned it.</param>
/// <param name="QuorumMet">Whether these witnesses are enough.</param>
/// <param name="Broken">A line that bears the name and id of a key of the policy and is not its signature; the note is refused.</param>
public sealed record PolicyVerdict(IReadOnlyList<PolicyLog> Logs, IReadOnlyList<PolicyCosignature> Witnesses, bool QuorumMet, NoteSignature? Broken)
{
    /// <summary>The checkpoint is valid under the policy.</summary>
    public bool IsValid => Broken is null && Logs.Count > 0 && QuorumMet;
}

/// <summary>Which logs are trusted and how many of which witnesses have to have cosigned (C2SP tlog-policy).</summary>
public sealed class WitnessPolicy
{
    /// <summary>The largest policy that is read, in bytes.</summary>
    public const int MaxBytes = 256 * 1024;

    /// <summary>The most logs, witnesses and groups together.</summary>
    public const int MaxDefinitions = 1000;

    internal const string None = "none";

    // In the order of the file: a group's members are defined before it, so that counting needs no recursion.
    private readonly IReadOnlyList<PolicyGroup> _groups;
    private readonly IReadOnlyDictionary<string, PolicyWitness> _witnesses;
    private readonly string _quorum;

    internal WitnessPolicy(IReadOnlyList<PolicyLog> logs, IReadOnlyDictionary<string, PolicyWitness> witnesses, IReadOnlyList<PolicyGroup> groups, string quorum)
    {
        Logs = logs;
        Witnesses = [.. witnesses.Values];
        (_witnesses, _groups, _quorum) = (witnesses, groups, quorum);
    }

    /// <summary>The logs that are trusted; a policy may leave them to others.</summary>
    public IReadOnlyList<PolicyLog> Logs { get; }

    /// <summary>The witnesses, whether they count for the quorum or not.</summary>
    public IReadOnlyList<PolicyWitness> Witnesses { get; }

    /// <summary>Whether a checkpoint needs no cosignature at all (<c>quorum none</c>).</summary>
    public bool NeedsNoWitness => _quorum == None;

    /// <summary>Reads a policy.</summary>
    /// <exception cref="EvidenceFormatException">It is not one; the message names the line.</exception>
    public static WitnessPolicy Parse(ReadOnlySpan<byte> octets) => PolicyReader.Read(octets);

    /// <summary>Reads a policy.</summary>
    /// <exception cref="EvidenceFormatException">It is not one; the message names the line.</exception>
    public static WitnessPolicy Parse(string policy) => Parse(EvidenceText.Encode(policy, MaxBytes));

    /// <summary>
    /// What the policy says about a signed checkpoint. The signatures are verified here: a line that bears the name and the id of
    /// a key of the policy and does not verify refuses the note, all other lines are ignored.
    /// </summary>
    /// <param name="note">The note.</param>
    /// <param name="verifier">Gives the verifier of a key; null for a kind of key that cannot be verified, which then never counts.</param>
    /// <exception cref="EvidenceFormatException">The note is not a checkpoint.</exception>
    public PolicyVerdict Evaluate(SignedNote note, Func<NoteKey, INoteVerifier?> verifier)
    {
        var origin = Checkpoint.Parse(note.Text).Origin;
        var logs = Logs.Where(l => l.Key.Name == origin).ToList();
        var verdict = note.Verify(logs.Select(l => l.Key).Concat(Witnesses.Select(w => w.Key)).Select(verifier).OfType<INoteVerifier>());
        var signed = verdict.Verified.ToLookup(s => (s.Name, s.KeyId));
        var cosigned = _witnesses
            .Where(w => signed.Contains((w.Value.Key.Name, w.Value.Key.KeyId)))
            .ToDictionary(w => w.Key, w => new PolicyCosignature(w.Value, signed[(w.Value.Key.Name, w.Value.Key.KeyId)].Max(TimeOf)), StringComparer.Ordinal);
        return new PolicyVerdict(
            [.. logs.Where(l => signed.Contains((l.Key.Name, l.Key.KeyId)))],
            [.. cosigned.Values],
            IsMet([.. cosigned.Keys]),
            verdict.Broken);
    }

    private bool IsMet(HashSet<string> witnessed)
    {
        foreach (var group in _groups)
            if (group.Members.Count(witnessed.Contains) >= group.Threshold) witnessed.Add(group.Name);
        return NeedsNoWitness || witnessed.Contains(_quorum);
    }

    private static long TimeOf(NoteSignature signature) => Cosignature.TrySplit(signature.Signature, out var time, out _) ? time : 0;
}

/// <summary>So many of these.</summary>
internal sealed record PolicyGroup(string Name, int Threshold, IReadOnlyList<string> Members);

/// <summary>
/// Reads the lines of a policy. The file is octets: names are compared as they stand, so that the meaning does not depend on a
/// version of Unicode. Inside, every octet is a char of Latin-1.
/// </summary>
internal sealed class PolicyReader
{
    private readonly List<PolicyLog> _logs = [];
    private readonly OrderedDictionary<string, PolicyWitness> _witnesses = new(StringComparer.Ordinal);
    private readonly List<PolicyGroup> _groups = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal) { WitnessPolicy.None };
    private readonly HashSet<string> _members = new(StringComparer.Ordinal);
    private readonly HashSet<string> _logKeys = new(StringComparer.Ordinal);
    private readonly HashSet<string> _witnessKeys = new(StringComparer.Ordinal);
    private string? _quorum;
    private int _line;

    public static WitnessPolicy Read(ReadOnlySpan<byte> octets)
    {
        if (octets.Length > WitnessPolicy.MaxBytes)
            throw new EvidenceFormatException($"见证规则超过 {WitnessPolicy.MaxBytes} 字节", $"the policy is longer than {WitnessPolicy.MaxBytes} bytes");
        var reader = new PolicyReader();
        if (octets.Length > 0)
        {
            foreach (var line in EvidenceText.Lines(Encoding.Latin1.GetString(octets))) reader.Add(line);
        }

        return new WitnessPolicy(
            reader._logs, reader._witnesses, reader._groups,
            reader._quorum ?? throw new EvidenceFormatException("见证规则缺少 quorum 一行", "the policy has no quorum line"));
    }

    private void Add(string line)
    {
        _line++;
        if (line.Any(c => c is < ' ' and not '\t' or '\u007f')) throw Wrong("含有控制字符", "holds a control character");
        var items = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (items.Length == 0 || items[0][0] == '#') return;
        if (_logs.Count + _names.Count > WitnessPolicy.MaxDefinitions)
            throw Wrong($"规则超过 {WitnessPolicy.MaxDefinitions} 项", $"is beyond the limit of {WitnessPolicy.MaxDefinitions} definitions");
        switch (items)
        {
            case ["log", var key]: AddLog(key, null); break;
            case ["log", var key, var url]: AddLog(key, url); break;
            case ["witness", var name, var key]: AddWitness(name, key, null); break;
            case ["witness", var name, var key, var url]: AddWitness(name, key, url); break;
            case ["group", var name, var threshold, .. var members]: AddGroup(name, threshold, members); break;
            case ["quorum", var name]: SetQuorum(name); break;
            default: throw Wrong("不是 log、witness、group 或 quorum 行", "is no log, witness, group or quorum line");
        }
    }

    private void AddLog(string vkey, string? url)
    {
        var key = Key(vkey);
        if (key.Type == NoteKey.Cosignature) throw Wrong("账本的公钥不能是见证类型", "gives a log a witness's type of key");
        if (!_logKeys.Add(Convert.ToBase64String(key.Material))) throw Wrong("公钥重复", "repeats a key");
        _logs.Add(new PolicyLog(key, Text(url)));
    }

    private void AddWitness(string name, string vkey, string? url)
    {
        var key = Key(vkey);
        if (key.Type == NoteKey.Ed25519) throw Wrong("见证的公钥不是见证类型（0x04）", "gives a witness a key that is not of a cosignature's type (0x04)");
        Define(name);
        if (!_witnessKeys.Add(Convert.ToBase64String(key.Material))) throw Wrong("公钥重复", "repeats a key");
        _witnesses.Add(name, new PolicyWitness(Text(name)!, key, Text(url)));
    }

    private void AddGroup(string name, string threshold, string[] members)
    {
        if (members.Length == 0) throw Wrong("组没有成员", "defines a group without members");
        foreach (var member in members)
        {
            if (member == WitnessPolicy.None || !_names.Contains(member)) throw Wrong($"“{Text(member)}”未在前面定义", $"names '{Text(member)}', which no line before defines");
            if (!_members.Add(member)) throw Wrong($"“{Text(member)}”已是组成员", $"names '{Text(member)}', which is a member already");
        }

        Define(name);
        var least = threshold switch
        {
            "any" => 1,
            "all" => members.Length,
            _ when EvidenceText.TryDecimal(threshold, out var k) && k >= 1 && k <= members.Length => (int)k,
            _ => throw Wrong("组的人数应为 any、all 或 1 至成员数", "has a threshold that is not any, all or from 1 to the number of members"),
        };
        _groups.Add(new PolicyGroup(name, least, members));
    }

    private void SetQuorum(string name)
    {
        if (_quorum is not null) throw Wrong("quorum 只能有一行", "is a second quorum line");
        if (!_names.Contains(name)) throw Wrong($"“{Text(name)}”未在前面定义", $"names '{Text(name)}', which no line before defines");
        _quorum = name;
    }

    private void Define(string name)
    {
        if (!_names.Add(name)) throw Wrong($"名称“{Text(name)}”已被使用", $"uses the name '{Text(name)}' again");
    }

    private NoteKey Key(string octets)
    {
        try
        {
            return NoteKey.Parse(EvidenceText.Decode(Encoding.Latin1.GetBytes(octets), WitnessPolicy.MaxBytes));
        }
        catch (EvidenceFormatException e)
        {
            throw Wrong(e.Chinese, $"has no valid key: {e.English}");
        }
    }

    // For people; what is compared are the octets.
    private static string? Text(string? octets) => octets is null ? null : Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(octets));

    private EvidenceFormatException Wrong(string chinese, string english) => new($"见证规则第 {_line} 行：{chinese}", $"line {_line} of the policy {english}");
}
