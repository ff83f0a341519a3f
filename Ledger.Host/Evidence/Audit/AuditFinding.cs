using Ledger.Host.Cli;

namespace Ledger.Host.Evidence.Audit;

/// <summary>What a finding is about, worst first. The number is the exit code of <c>ledger audit</c> when nothing worse was found.</summary>
public enum AuditKind
{
    /// <summary>No fault: something to know.</summary>
    Information = 0,
    /// <summary>The sealed log is not what was signed: leaf, tile, root or signature.</summary>
    Tree = 10,
    /// <summary>The database is not what the journal outside it has seen: rolled back, or another history.</summary>
    Journal = 11,
    /// <summary>A fact is not what was sealed or taken in.</summary>
    Changed = 12,
    /// <summary>A fact is gone.</summary>
    Missing = 13,
    /// <summary>A fact is there that the ledger never took in.</summary>
    Forged = 14,
    /// <summary>The database's guards are not what they were.</summary>
    Guards = 15,
    /// <summary>The database's files or indexes contradict themselves.</summary>
    Storage = 16,
    /// <summary>The bookkeeping of streams does not fit the facts.</summary>
    Streams = 17,
    /// <summary>A read model does not follow from the facts.</summary>
    ReadModels = 18,
    /// <summary>A document's bytes are not those of its hash.</summary>
    Attachments = 19,
    /// <summary>Something could not be checked, so the audit says nothing about it.</summary>
    NotChecked = 20,
}

/// <summary>A kind of finding.</summary>
/// <param name="Code">The stable code.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Chinese">What it means, in Chinese.</param>
/// <param name="English">What it means, in English.</param>
public sealed record AuditCode(string Code, AuditKind Kind, string Chinese, string English);

/// <summary>Something that an audit found.</summary>
/// <param name="Code">The stable code (<see cref="AuditCodes"/>).</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Sequence">The event's position, where it is about one.</param>
/// <param name="Leaf">The leaf, or the number of leaves of a checkpoint.</param>
/// <param name="Subject">The stream, table, document or file.</param>
/// <param name="Member">The member that differs, as in <c>data.caseNo</c>.</param>
/// <param name="Sealed">What was sealed, or should be; null where that is nothing.</param>
/// <param name="Found">What is there; null where that is nothing.</param>
/// <param name="Chinese">The finding in Chinese.</param>
/// <param name="English">The finding in English.</param>
public sealed record AuditFinding(
    string Code, AuditKind Kind, long? Sequence, long? Leaf, string? Subject, string? Member, string? Sealed, string? Found, string Chinese, string English)
{
    /// <summary>The finding in the language of the command line.</summary>
    public string Text => CliTexts.Say(Chinese, English);
}

/// <summary>Collects findings: the first so many in full, all of them by count.</summary>
/// <param name="most">How many are kept.</param>
public sealed class AuditFindings(int most)
{
    private readonly Lock _turn = new();
    private readonly List<AuditFinding> _kept = [];
    private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);

    /// <summary>Those that were kept, in the order in which they were found.</summary>
    public IReadOnlyList<AuditFinding> Kept
    {
        get
        {
            lock (_turn) return [.. _kept];
        }
    }

    /// <summary>How many there are of each code.</summary>
    public IReadOnlyDictionary<string, long> Counts
    {
        get
        {
            lock (_turn) return new SortedDictionary<string, long>(_counts, StringComparer.Ordinal);
        }
    }

    /// <summary>Adds a finding.</summary>
    public void Add(
        AuditCode code, long? sequence = null, long? leaf = null, string? subject = null, string? member = null, string? was = null, string? found = null) =>
        Add(new AuditFinding(code.Code, code.Kind, sequence, leaf, subject, member, was, found, code.Chinese, code.English));

    /// <summary>Adds a finding.</summary>
    public void Add(AuditFinding finding)
    {
        lock (_turn)
        {
            _counts[finding.Code] = _counts.GetValueOrDefault(finding.Code) + 1;
            if (_kept.Count < most) _kept.Add(finding);
        }
    }

    /// <summary>Takes up what an earlier run found.</summary>
    public void Restore(IEnumerable<AuditFinding> kept, IEnumerable<KeyValuePair<string, long>> counts)
    {
        lock (_turn)
        {
            _kept.AddRange(kept);
            foreach (var (code, count) in counts) _counts[code] = _counts.GetValueOrDefault(code) + count;
        }
    }
}
