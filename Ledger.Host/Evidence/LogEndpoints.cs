using System.Buffers.Binary;
using System.Globalization;
using Ledger.Domain.Facts;
using Ledger.Domain.Sealing;
using Ledger.Host.Api;
using Ledger.Host.Security;
using Npgsql;

namespace Ledger.Host.Evidence;

/// <summary>
/// The log for other people's tools, as C2SP tlog-tiles lays it out. Checkpoints and hashes say nothing about anybody and are
/// for everybody, so that any witness can follow the log; entries name people and cases and need a role. Each log of the
/// ledger has a prefix of its own, <c>/log/{epoch}</c>, also after it has ended: what is kept for a year under an address must
/// never become something else.
/// </summary>
public static class LogEndpoints
{
    private const string Immutable = "max-age=31536000, immutable";

    /// <summary>Maps <c>/log/…</c>.</summary>
    public static void MapLog(this IEndpointRouteBuilder routes)
    {
        var log = routes.MapGroup("/log").WithTags("Log");
        log.MapGet("/checkpoint", LatestAsync).AllowAnonymous().WithSummary("最新检查点 (The latest checkpoint, a signed note)");
        log.MapGet("/{epoch:int}/checkpoint", CheckpointAsync).AllowAnonymous().WithSummary("某一日志的最新检查点 (The latest checkpoint of one log)");
        log.MapGet("/{epoch:int}/tile/entries/{**place}", EntriesAsync).RequireAuthorization(LedgerPolicies.ReadEvidence).WithSummary("封存条目 (Entries, for auditors and inspectors)");
        log.MapGet("/{epoch:int}/entry/{leaf:long}", EntryAsync).RequireAuthorization(LedgerPolicies.ReadEvidence).WithSummary("一条封存条目 (One entry as it is, however long)");
        log.MapGet("/{epoch:int}/tile/{level:int}/{**place}", TileAsync).AllowAnonymous().WithSummary("哈希片 (A tile of hashes)");
    }

    private static Task<IResult> LatestAsync(NpgsqlDataSource database, HttpContext http) => NoteAsync(null, database, http);

    private static Task<IResult> CheckpointAsync(int epoch, NpgsqlDataSource database, HttpContext http) => NoteAsync(epoch, database, http);

    private static async Task<IResult> NoteAsync(int? epoch, NpgsqlDataSource database, HttpContext http)
    {
        await using var log = await EpochLog.OpenAsync(database, epoch, http.RequestAborted);
        if (log is null) return Nothing();
        if (await log.NoteAsync(http.RequestAborted) is not { } note) return Problems.Of(Refusal.Of(Codes.EvidenceNotSealed));
        http.Response.Headers.CacheControl = "no-cache";
        // Whoever follows the log follows it there.
        http.Response.Headers.ContentLocation = string.Create(CultureInfo.InvariantCulture, $"/log/{log.Epoch}/checkpoint");
        return Results.Text(note.ToString(), "text/plain; charset=utf-8");
    }

    private static async Task<IResult> TileAsync(int epoch, int level, string place, NpgsqlDataSource database, HttpContext http)
    {
        var (index, width) = Place(place);
        if (level is < 0 or > 5 || width == 0) return Problems.Of(Refusal.Of(Codes.QueryInvalid, "tile", place));
        await using var log = await EpochLog.OpenAsync(database, epoch, http.RequestAborted);
        if (log is null || await log.TileAsync(level, index, width) is not { } hashes) return Nothing();
        // A partial tile is never changed either: it is only followed by wider ones.
        http.Response.Headers.CacheControl = "public, " + Immutable;
        return Results.Bytes(hashes.ToArray(), "application/octet-stream");
    }

    private static async Task<IResult> EntriesAsync(int epoch, string place, NpgsqlDataSource database, HttpContext http)
    {
        var (index, width) = Place(place);
        if (width == 0) return Problems.Of(Refusal.Of(Codes.QueryInvalid, "tile", place));
        await using var log = await EpochLog.OpenAsync(database, epoch, http.RequestAborted);
        if (log is null || await log.EntriesAsync(index, width, http.RequestAborted) is not { } entries) return Nothing();
        // Two bytes say how long an entry is; a longer one is had by itself.
        if (entries.Index().FirstOrDefault(e => e.Item.Length > ushort.MaxValue) is { Item: not null } longer)
            return Problems.Of(Refusal.Of(Codes.EvidenceEntryTooLong, (index * HashTiles.Width) + longer.Index));
        return Kept(http, Bundled(entries));
    }

    private static async Task<IResult> EntryAsync(int epoch, long leaf, NpgsqlDataSource database, HttpContext http)
    {
        await using var log = await EpochLog.OpenAsync(database, epoch, http.RequestAborted);
        return log is null || await log.EntryAsync(leaf, http.RequestAborted) is not { } entry ? Nothing() : Kept(http, entry);
    }

    private static IResult Kept(HttpContext http, byte[] bytes)
    {
        http.Response.Headers.CacheControl = "private, " + Immutable;
        http.Response.Headers.Vary = "Authorization";
        return Results.Bytes(bytes, "application/octet-stream");
    }

    private static IResult Nothing() => Problems.Of(RequestRefusals.Of(StatusCodes.Status404NotFound));

    /// <summary>Entries one after the other, each behind its length in two bytes (tlog-tiles, "Log entries").</summary>
    internal static byte[] Bundled(IReadOnlyList<byte[]> entries)
    {
        var bundle = new byte[entries.Sum(e => e.Length + 2)];
        var at = 0;
        foreach (var entry in entries)
        {
            BinaryPrimitives.WriteUInt16BigEndian(bundle.AsSpan(at), checked((ushort)entry.Length));
            entry.CopyTo(bundle.AsSpan(at + 2));
            at += entry.Length + 2;
        }

        return bundle;
    }

    /// <summary><c>x001/x234/067</c> is 1234067; with <c>.p/8</c> behind it, the first 8 hashes of it. A width of 0: no such address.</summary>
    internal static (long Index, int Width) Place(string path)
    {
        var width = HashTiles.Width;
        var partial = path.IndexOf(".p/", StringComparison.Ordinal);
        if (partial >= 0)
        {
            var digits = path[(partial + 3)..];
            if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out width) || width is 0 or >= HashTiles.Width || digits[0] == '0') return (0, 0);
            path = path[..partial];
        }

        var parts = path.Split('/');
        if (parts.Length > 6) return (0, 0);
        var index = 0L;
        for (var i = 0; i < parts.Length; i++)
        {
            var digits = i < parts.Length - 1 ? parts[i].StartsWith('x') ? parts[i][1..] : "" : parts[i];
            if (digits.Length != 3 || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var part)) return (0, 0);
            // A leading group of zeroes would be a second name of the same tile.
            if (i == 0 && parts.Length > 1 && part == 0) return (0, 0);
            index = (index * 1000) + part;
        }

        return (index, width);
    }
}
