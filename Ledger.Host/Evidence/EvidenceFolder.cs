using System.Globalization;
using Ledger.Host.Postgres;
using Microsoft.Extensions.Options;

namespace Ledger.Host.Evidence;

/// <summary>
/// Where a ledger's keys and journals are, outside its database: a folder named after the ledger's identity, which a backup
/// carries along. So a restored backup finds the journal of what it has lost.
/// </summary>
public sealed class EvidenceFolder(IOptions<EvidenceOptions> options)
{
    /// <summary>The folder of one ledger.</summary>
    public string Of(Guid ledger) => Path.Combine(
        options.Value.Directory ?? Path.Combine(EmbeddedPostgres.DefaultDataRoot(), "evidence"), ledger.ToString());

    /// <summary>The journal of one of its logs.</summary>
    public Journal Journal(Guid ledger, int epoch) => new(Path.Combine(Of(ledger), string.Create(CultureInfo.InvariantCulture, $"journal-{epoch}.jsonl")));

    /// <summary>The folder of its keys.</summary>
    public string Keys(Guid ledger) => Path.Combine(Of(ledger), "keys");
}
