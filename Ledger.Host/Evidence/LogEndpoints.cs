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
/// for everybody, so that any witness can follow the log; entries name people and cases and need a role.
/// </summary>
public static class LogEndpoints
{
    private const string Immutable = "public, max-age=31536000, immutable";

    /// <summary>Maps <c>/log/…</c>.</summary>
    public static void MapLog(this IEndpointRouteBuilder routes)
    {
        var log = routes.MapGroup("/log").WithTags("Log");
        log.MapGet("/checkpoint", CheckpointAsync).AllowAnonymous().WithSummary("最新检查点 (The latest checkpoint, a signed note)");
        log.MapGet("/tile/entries/{**place}", EntriesAsync).RequireAuthorization(LedgerPolicies.ReadEvidence).WithSummary("封存条目 (Entries, for auditors and inspectors)");
        log.MapGet("/tile/{level:int}/{**place}", TileAsync).AllowAnonymous().WithSummary("哈希片 (A tile of hashes)");
    }

    private static async Task<IResult> CheckpointAsync(SealedLog log, HttpContext http)
    {
        if (await log.LatestAsync(http.RequestAborted) is not { } latest) return Problems.Of(Refusal.Of(Codes.EvidenceNotSealed));
        http.Response.Headers.CacheControl = "no-cache";
        return Results.Text(latest.Note.ToString(), "text/plain; charset=utf-8");
    }

    private static async Task<IResult> TileAsync(int level, string place, NpgsqlDataSource database, HttpContext http)
    {
        var (index, width) = Place(place);
        if (level > 5 || width == 0) return Problems.Of(Refusal.Of(Codes.QueryInvalid, "tile", place));
        var tree = await LogSnapshot.ReadAsync(database, http.RequestAborted);
        if (await tree.TileAsync(level, index, width) is not { } hashes) return Problems.Of(RequestRefusals.Of(StatusCodes.Status404NotFound));
        // A partial tile is never changed either: it is only followed by wider ones.
        http.Response.Headers.CacheControl = Immutable;
        return Results.Bytes(hashes.ToArray(), "application/octet-stream");
    }

    private static async Task<IResult> EntriesAsync(string place, SealedLog log, NpgsqlDataSource database, HttpContext http)
    {
        var (index, width) = Place(place);
        if (width == 0) return Problems.Of(Refusal.Of(Codes.QueryInvalid, "tile", place));
        var tree = await LogSnapshot.ReadAsync(database, http.RequestAborted);
        if (index > tree.Size / HashTiles.Width || (index * HashTiles.Width) + width > tree.Size) return Problems.Of(RequestRefusals.Of(StatusCodes.Status404NotFound));
        var entries = await log.EntriesAsync(index * HashTiles.Width, width, tree.Size, http.RequestAborted);
        http.Response.Headers.CacheControl = "private, max-age=31536000, immutable";
        http.Response.Headers.Vary = "Authorization";
        return Results.Bytes(Bundled(entries), "application/octet-stream");
    }

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
