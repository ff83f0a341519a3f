using System.Security.Cryptography;
using Ledger.Domain.Sealing;
using Microsoft.Extensions.Options;

namespace Ledger.Host.Evidence.TimeStamps;

/// <summary>Has published checkpoints time-stamped by the configured authorities, once each.</summary>
public sealed class TimeStamper(ICheckpointSource source, TimeStampClient client, IOptions<EvidenceOptions> options, TimeProvider clock)
{
    /// <summary>Has a checkpoint stamped now, unless it is; the last one when no size is given.</summary>
    /// <returns>Whether the authority was asked.</returns>
    /// <exception cref="TimeStampException">None can be had.</exception>
    public async Task<bool> StampAsync(TimeStampAuthority authority, long? size, CancellationToken cancellation = default)
    {
        if (await (size is { } at ? source.AtAsync(at, cancellation) : source.LatestAsync(cancellation)) is not { } note) return false;
        var checkpoint = Checkpoint.Parse(note.Text);
        if ((await source.TimeStampsAsync(checkpoint.Size, cancellation)).Any(s => s.Authority == authority.Name)) return false;
        var (token, time) = await client.AskAsync(authority, note.TextBytes, cancellation);
        await source.AddTimeStampAsync(checkpoint, new StoredTimeStamp(checkpoint.Size, authority.Name, token, time), cancellation);
        return true;
    }

    /// <summary>
    /// Has a checkpoint stamped by every configured authority, all at once and no longer than the patience lasts. Who fails is
    /// told of and fails nobody else.
    /// </summary>
    /// <param name="size">The checkpoint's number of leaves.</param>
    /// <param name="patience">How long all of them together may take.</param>
    /// <param name="failed">Told of each failure, for people.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task StampByAllAsync(long size, TimeSpan patience, Action<string> failed, CancellationToken cancellation = default)
    {
        if (options.Value.Tsa.Count == 0) return;
        using var limit = new CancellationTokenSource(patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        await Task.WhenAll(options.Value.Tsa.Select(async authority =>
        {
            try
            {
                await StampAsync(authority, size, either.Token);
            }
            // Also an address or a file of certificates that is none: an export is not the place to find that out.
            catch (Exception e) when (e is TimeStampException or CryptographicException or IOException or UnauthorizedAccessException or InvalidOperationException)
            {
                failed(e.Message);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                failed(Cli.CliTexts.Say($"时间戳机构“{authority.Name}”没有及时答复", $"the time-stamp authority '{authority.Name}' did not answer in time"));
            }
        }));
    }
}
