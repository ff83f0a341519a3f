using Microsoft.Extensions.Options;

namespace Ledger.Host.Evidence;

/// <summary>
/// Seals on a timer, as long as the host runs. Not on a notice for each event: that would halve the speed of appends.
/// A failure is reported (health, log) and tried again; one that forbids signing is tried again as well, so that a journal
/// that was brought back is enough.
/// </summary>
public sealed partial class SealerService(Sealer sealer, SealState state, IOptions<EvidenceOptions> options, TimeProvider clock, ILogger<SealerService> log) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Seal) return;
        using var timer = new PeriodicTimer(options.Value.Interval, clock);
        var headsAt = clock.GetTimestamp();
        try
        {
            do
            {
                var headsDue = clock.GetElapsedTime(headsAt) >= options.Value.HeadsInterval;
                if (headsDue) headsAt = clock.GetTimestamp();
                await OnceAsync(headsDue, stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task OnceAsync(bool withHeads, CancellationToken cancellation)
    {
        try
        {
            state.Report(withHeads ? await sealer.SealWithHeadsAsync(cancellation) : await sealer.SealAsync(cancellation));
        }
        catch (EvidenceStoppedException e)
        {
            if (state.Refuse(e)) Refused(e.Code, e.English);
        }
        // Whatever it is: a host that goes down over it would seal nothing either, and nobody could ask it why.
        catch (Exception e) when (e is not OperationCanceledException)
        {
            if (state.Fail(e)) Failed(e.Message);
        }
    }

    [LoggerMessage(EventId = 4100, Level = LogLevel.Critical, Message = "The sealer refuses to sign: {Code}, {Reason}")]
    private partial void Refused(string code, string reason);

    [LoggerMessage(EventId = 4101, Level = LogLevel.Error, Message = "Sealing failed and is tried again: {Reason}")]
    private partial void Failed(string reason);
}
