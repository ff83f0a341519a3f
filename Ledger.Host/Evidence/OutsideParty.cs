namespace Ledger.Host.Evidence;

/// <summary>How it stands with a witness or a time-stamp authority.</summary>
/// <param name="Name">Its configured name.</param>
/// <param name="Failures">How often in a row it has failed; 0 when it answered last.</param>
/// <param name="Problem">Why it failed last, in both languages; null when it answered last.</param>
/// <param name="LastSuccess">When it last answered as it should, as long as this process runs; null when it has not yet.</param>
public sealed record OutsideStanding(string Name, int Failures, string? Problem, DateTimeOffset? LastSuccess);

/// <summary>
/// Keeps asking one party outside of the ledger. Nothing waits for it: one that does not answer is asked more and more
/// rarely, at last every five minutes, and the others do not notice.
/// </summary>
/// <param name="name">Its configured name.</param>
/// <param name="ask">Asks it once, when there is anything to ask; tells whether there was.</param>
/// <param name="interval">How long to wait between two questions that were answered.</param>
/// <param name="clock">The clock of the waiting.</param>
/// <param name="failed">Told of each failure.</param>
public sealed class OutsideParty(string name, Func<CancellationToken, Task<bool>> ask, TimeSpan interval, TimeProvider clock, Action<OutsideStanding> failed)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private volatile OutsideStanding _standing = new(name, 0, null, null);

    /// <summary>How it stands with it.</summary>
    public OutsideStanding Standing => _standing;

    /// <summary>Goes on until it is stopped; never throws.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                var asked = await ask(cancellation);
                _standing = new OutsideStanding(name, 0, null, asked ? clock.GetUtcNow() : _standing.LastSuccess);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever went wrong out there, the ledger goes on and asks again.
            catch (Exception e)
#pragma warning restore CA1031
            {
                _standing = new OutsideStanding(name, _standing.Failures + 1, e.Message, _standing.LastSuccess);
                failed(_standing);
            }

            try
            {
                await Task.Delay(Pause(_standing.Failures, interval), clock, cancellation);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    /// <summary>How long to wait after so many failures in a row: the interval, then twice as long each time from a second on.</summary>
    public static TimeSpan Pause(int failures, TimeSpan interval) =>
        failures == 0 ? interval : TimeSpan.FromSeconds(Math.Min(Longest.TotalSeconds, Math.Pow(2, Math.Min(failures - 1, 20))));
}
