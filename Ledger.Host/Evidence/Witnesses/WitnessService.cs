using System.Collections.Concurrent;
using Ledger.Domain.Sealing;
using Microsoft.Extensions.Options;

namespace Ledger.Host.Evidence.Witnesses;

/// <summary>
/// Asks each witness of the policy that has an address to cosign the last published checkpoint. Each for itself, beside the
/// sealer: a witness that is slow or away holds up nothing. One that has cosigned what this ledger does not have is believed
/// until it takes that back: the ledger may have been rolled back together with its journal.
/// </summary>
public sealed partial class WitnessService : BackgroundService
{
    private readonly ICheckpointSource _source;
    private readonly WitnessClient _client;
    private readonly ILogger<WitnessService> _log;
    private readonly IReadOnlyList<OutsideParty> _parties;

    // By witness: of which log, and with which code.
    private readonly ConcurrentDictionary<string, (string Origin, string Code)> _contradictions = new(StringComparer.Ordinal);

    // Who has agreed since this process runs.
    private readonly ConcurrentDictionary<string, bool> _agreed = new(StringComparer.Ordinal);

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

    /// <summary>The witnesses that contradict the ledger, each with the code (<see cref="WitnessException.Ahead"/> or <see cref="WitnessException.Fork"/>).</summary>
    public IReadOnlyDictionary<string, string> Contradictions => _contradictions.ToDictionary(c => c.Key, c => c.Value.Code, StringComparer.Ordinal);

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(_parties.Select(p => p.RunAsync(stoppingToken)));

    private async Task<bool> AskAsync(PolicyWitness witness, CancellationToken cancellation)
    {
        if (await _source.LatestAsync(cancellation) is not { } note) return false;
        var checkpoint = Checkpoint.Parse(note.Text);
        // A new log is another matter.
        if (_contradictions.TryGetValue(witness.Name, out var earlier) && earlier.Origin != checkpoint.Origin) _contradictions.TryRemove(witness.Name, out _);
        var known = await _source.LargestCosignedAsync(witness.Key, cancellation);
        // The database's word that it has cosigned is not enough after a start: the database may be an old one.
        if (known >= checkpoint.Size && _agreed.ContainsKey(witness.Name)) return false;
        NoteSignature line;
        try
        {
            line = await _client.AskAsync(witness, note, known, _source, cancellation);
        }
        catch (WitnessException e) when (e.Contradicts)
        {
            if (await HasMovedAsync(checkpoint, e, cancellation)) return false;
            _agreed.TryRemove(witness.Name, out _);
            if (!_contradictions.TryGetValue(witness.Name, out var said) || said.Code != e.Code) Contradicted(witness.Name, e.Message);
            _contradictions[witness.Name] = (checkpoint.Origin, e.Code);
            throw;
        }

        _contradictions.TryRemove(witness.Name, out _);
        _agreed[witness.Name] = true;
        if (known < checkpoint.Size) await _source.AddCosignatureAsync(checkpoint, line, cancellation);
        return true;
    }

    // Another host may have published meanwhile, or a new log may have begun: then the question was wrong, not the answer.
    private async Task<bool> HasMovedAsync(Checkpoint asked, WitnessException answer, CancellationToken cancellation)
    {
        var latest = await _source.LatestAsync(cancellation) is { } note ? Checkpoint.Parse(note.Text) : null;
        return latest is not null && (latest.Origin != asked.Origin || answer.Size is { } size && latest.Size >= size);
    }

    // Once for a row of failures: a witness that is away for a night is one line, not ten thousand.
    private void Report(OutsideStanding standing)
    {
        if (standing.Failures == 1) Failed(standing.Name, standing.Problem ?? "");
    }

    [LoggerMessage(EventId = 4110, Level = LogLevel.Warning, Message = "The witness {Name} did not cosign and is asked again: {Problem}")]
    private partial void Failed(string name, string problem);

    [LoggerMessage(EventId = 4112, Level = LogLevel.Critical, Message = "The witness {Name} contradicts this ledger, which may have been rolled back or rewritten: {Problem}")]
    private partial void Contradicted(string name, string problem);
}
