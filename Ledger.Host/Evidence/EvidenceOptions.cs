namespace Ledger.Host.Evidence;

/// <summary>Configuration section <c>Ledger:Evidence</c>.</summary>
public sealed class EvidenceOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Ledger:Evidence";

    /// <summary>Where keys and journals live, a folder for each ledger; the data folder's <c>evidence</c> when not given.</summary>
    public string? Directory { get; set; }

    /// <summary>The name of a log that is begun: a URL without scheme (C2SP signed-note). An existing log keeps its own.</summary>
    public string Origin { get; set; } = "wuyang.ledger.invalid";

    /// <summary>Whether this host seals. One host of several is enough; two do no harm.</summary>
    public bool Seal { get; set; } = true;

    /// <summary>How often the sealer looks for new events.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How often the heads of all streams are sealed when there was anything new; an export does it whenever it needs to.</summary>
    public TimeSpan HeadsInterval { get; set; } = TimeSpan.FromHours(1);

    /// <summary>A C2SP tlog-policy file: the witnesses that are asked, with their addresses, and the quorum that the county publishes.</summary>
    public string? Policy { get; set; }

    /// <summary>Time-stamp authorities (RFC 3161) that stamp the checkpoints; none unless configured.</summary>
    public IList<TimeStamps.TimeStampAuthority> Tsa { get; } = [];

    /// <summary>How often the last checkpoint is time-stamped when there is a new one.</summary>
    public TimeSpan TsaInterval { get; set; } = TimeSpan.FromMinutes(10);
}
