using Ledger.Domain.Sealing;
using Microsoft.Extensions.Options;

namespace Ledger.Host.Evidence.Witnesses;

/// <summary>
/// Asks each witness of the policy that has an address to cosign the last published checkpoint. Each for itself, beside the
/// sealer: a witness that is slow or away holds up nothing.
/// </summary>
public sealed partial class WitnessService : BackgroundService
{
    private readonly ICheckpointSource _source;
    private readonly WitnessClient _client;
    private readonly ILogger<WitnessService> _log;
    private readonly IReadOnlyList<OutsideParty> _parties;

    /// <summary>The service; nothing is asked before it is started.</summary>
    public WitnessService(
        ICheckpointSource source, WitnessPolicy policy, WitnessClient client, IOptions<EvidenceOptions> options, TimeProvider clock, ILogger<WitnessService> log)
    {
        (_source, _client, _log) = (source, client, log);
        _parties = [.. policy.Witnesses.Where(w => w.Url is not null).Select(w =>
            new OutsideParty(w.Name, cancellation => AskAsync(w, cancellation), options.Value.Interval, clock, Report))];
    }

    /// <summary>How it stands with each witness that is asked.</summary>
    public IReadOnlyList<OutsideStanding> Standings => [.. _parties.Select(p => p.Standing)];

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(_parties.Select(p => p.RunAsync(stoppingToken)));

    private async Task AskAsync(PolicyWitness witness, CancellationToken cancellation)
    {
        if (await _source.LatestAsync(cancellation) is not { } note) return;
        var checkpoint = Checkpoint.Parse(note.Text);
        var known = await _source.LargestCosignedAsync(witness.Key, cancellation);
        if (known >= checkpoint.Size) return;
        await _source.AddCosignatureAsync(checkpoint, await _client.AskAsync(witness, note, known, _source, cancellation), cancellation);
    }

    // Once for a row of failures: a witness that is away for a night is one line, not ten thousand.
    private void Report(OutsideStanding standing)
    {
        if (standing.Failures == 1) Failed(standing.Name, standing.Problem ?? "");
    }

    [LoggerMessage(EventId = 4110, Level = LogLevel.Warning, Message = "The witness {Name} did not cosign and is asked again: {Problem}")]
    private partial void Failed(string name, string problem);
}
