namespace Ledger.Host.Office;

/// <summary>Configuration section <c>Ledger:Office</c>: what stands on the office's documents.</summary>
public sealed class OfficeOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Ledger:Office";

    /// <summary>发文机关: who issues documents.</summary>
    public string Organ { get; set; } = "舞阳县司法局";

    /// <summary>机关代字: the word with which a serial number begins.</summary>
    public string SerialWord { get; set; } = "舞司";

    /// <summary>To whom typical cases are reported.</summary>
    public string Superior { get; set; } = "漯河市司法局";

    /// <summary>The address at which everybody reaches the pages; that of the request when not given.</summary>
    public string? PublicAddress { get; set; }
}
