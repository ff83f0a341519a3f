using System.Diagnostics.Metrics;
using Ledger.Host.Intake;

namespace Ledger.Host.Telemetry;

/// <summary>
/// What the ledger counts about itself. Names of facts and codes of refusals are tags; keys, units and people never are.
/// </summary>
public sealed class LedgerMetrics : IDisposable
{
    /// <summary>The meter.</summary>
    public const string MeterName = "Ledger";

    private readonly Meter _meter;
    private readonly Counter<long> _facts;
    private readonly Counter<long> _imported;
    private long _lag;

    /// <summary>Makes the instruments.</summary>
    public LedgerMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        _facts = _meter.CreateCounter<long>("ledger.facts", "{fact}", "Facts sent one by one, by outcome: admitted, duplicate, refused (with the code).");
        _imported = _meter.CreateCounter<long>("ledger.import.facts", "{fact}", "Facts appended by imports; its rate is the import's speed.");
        _meter.CreateObservableGauge("ledger.projection.lag", () => Interlocked.Read(ref _lag), "{event}", "How far the read models are behind the ledger.");
    }

    /// <summary>Counts what became of a fact.</summary>
    public void Recorded(string fact, Receipt receipt)
    {
        if (receipt.Refusal is { } refusal) Refused(fact, refusal.Code);
        else _facts.Add(1, new("fact", fact), new("outcome", receipt.Duplicate ? "duplicate" : "admitted"));
    }

    /// <summary>Counts a fact that was refused.</summary>
    public void Refused(string fact, string code) => _facts.Add(1, new("fact", fact), new("outcome", "refused"), new("code", code));

    /// <summary>Counts facts that an import appended.</summary>
    public void Imported(long facts) => _imported.Add(facts);

    /// <summary>Takes note of how far the read models are behind.</summary>
    public void Lag(long events) => Interlocked.Exchange(ref _lag, events);

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
