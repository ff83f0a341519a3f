using Ledger.Host.Cli;

namespace Ledger.Host.Evidence;

/// <summary>
/// The sealer refuses to go on, because what it would sign might be a lie: the database is behind its journal, differs from
/// it, or the key is not there. Nothing is lost: what is not sealed waits.
/// </summary>
public sealed class EvidenceStoppedException(string code, string chinese, string english) : Exception($"{code}: {CliTexts.Say(chinese, english)}")
{
    /// <summary>Code: the database holds fewer leaves than the journal has signed for.</summary>
    public const string Rollback = "evidence.rollback";

    /// <summary>Code: the database's tree is another than the one that was signed.</summary>
    public const string Fork = "evidence.fork";

    /// <summary>Code: the key that signs this log is not here.</summary>
    public const string KeyMissing = "evidence.key-missing";

    /// <summary>Code: the journal of a log that has signed is not here.</summary>
    public const string JournalMissing = "evidence.journal-missing";

    /// <summary>Code: the journal cannot be read or written.</summary>
    public const string JournalBroken = "evidence.journal-broken";

    /// <summary>The stable code.</summary>
    public string Code { get; } = code;

    /// <summary>What happened, in Chinese.</summary>
    public string Chinese { get; } = chinese;

    /// <summary>What happened, in English.</summary>
    public string English { get; } = english;
}
