using System.ComponentModel;
using System.Text.Json.Nodes;
using Ledger.Domain.Facts;
using Ledger.Host.Answers;
using Ledger.Host.Api;
using Ledger.Host.Evidence.Bundle;
using Ledger.Host.Evidence.TimeStamps;
using Ledger.Host.Evidence.Witnesses;
using Ledger.Host.Security;

namespace Ledger.Host.Evidence;

/// <summary>Receipts, proofs and bundles over HTTP: <c>/api/evidence/…</c>.</summary>
public static class EvidenceEndpoints
{
    // A client that waits longer asks again.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    /// <summary>Maps the endpoints.</summary>
    public static void MapEvidence(this IEndpointRouteBuilder api)
    {
        var evidence = api.MapGroup("/evidence");
        Described(evidence.MapGet("/checkpoints", CheckpointsAsync), "检查点及其见证 (Checkpoints and who has cosigned them)", LedgerPolicies.Query);
        Described(evidence.MapGet("/outside", Outside), "见证与时间戳机构的联系情况 (How it stands with the witnesses and time-stamp authorities)", LedgerPolicies.Operate);
        Described(evidence.MapGet("/consistency", ConsistencyAsync), "一致性证明 (Proof that a smaller log is a beginning of a greater)", LedgerPolicies.Query);
        Described(evidence.MapGet("/receipts", ReceiptAsync), "回执：事实已封存的证明 (Receipt: the proof that a fact is sealed)", LedgerPolicies.ReadUnits)
            .Produces(StatusCodes.Status200OK, contentType: "text/plain").ProducesProblem(StatusCodes.Status404NotFound);
        Described(evidence.MapPost("/exports", ExportAsync), "导出证据包 (Make an evidence bundle)", LedgerPolicies.ExportEvidence)
            .RequireRateLimiting(Pages.PageLimits.Export).ProducesProblem(StatusCodes.Status429TooManyRequests)
            .Produces(StatusCodes.Status200OK, contentType: "application/zip").ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    private static RouteHandlerBuilder Described(RouteHandlerBuilder endpoint, string summary, string policy) => endpoint
        .RequireAuthorization(policy)
        .WithSummary(summary)
        .WithTags("Evidence")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status403Forbidden);

    private static async Task<IResult> CheckpointsAsync(
        [Description("只列此项数以下 / below this size")] long? before, [Description("最多几个 / how many at most")] int? limit, CheckpointStandings standings, HttpContext http)
    {
        if (limit is < 1 or > 500) return Problems.Of(Refusal.Of(Codes.QueryInvalid, "limit", limit));
        var found = await standings.BeforeAsync(before ?? long.MaxValue, limit ?? 50, http.RequestAborted);
        http.Response.Headers.CacheControl = "private, no-cache";
        return Results.Json(new JsonArray([.. found.Select(c => (JsonNode)c.ToJson())]), FactJson.Options);
    }

    // What this host has heard of them; another host hears for itself.
    private static IResult Outside(IServiceProvider services, HttpContext http)
    {
        http.Response.Headers.CacheControl = "private, no-cache";
        var witnesses = services.GetService<WitnessService>();
        return Results.Json(
            new JsonObject
            {
                ["witnesses"] = Standings(witnesses?.Standings, witnesses?.Contradictions),
                ["authorities"] = Standings(services.GetService<TimeStampService>()?.Standings, null),
            },
            FactJson.Options);
    }

    private static JsonArray Standings(IReadOnlyList<OutsideStanding>? standings, IReadOnlyDictionary<string, string>? contradictions) =>
        new([.. (standings ?? []).Select(s => (JsonNode)new JsonObject
        {
            ["name"] = s.Name,
            ["lastSuccess"] = s.LastSuccess is { } at ? AnswerJson.Instant(at) : null,
            ["failures"] = s.Failures,
            ["problem"] = s.Problem,
            ["contradicts"] = contradictions?.GetValueOrDefault(s.Name),
        })]);

    private static async Task<IResult> ConsistencyAsync(long from, long to, SealedLog log, HttpContext http)
    {
        if (await log.LatestAsync(http.RequestAborted) is not { } latest || from < 0 || from > to || to > latest.Checkpoint.Size)
            return Problems.Of(Refusal.Of(Codes.QueryInvalid, "from, to", $"{from}, {to}"));
        var proof = await log.ConsistencyAsync(from, to, http.RequestAborted);
        return Results.Json(new JsonObject
        {
            ["from"] = Disclosure.Whole(from), ["to"] = Disclosure.Whole(to),
            ["proof"] = new JsonArray([.. proof.Select(h => (JsonNode)Convert.ToBase64String(h))]),
        });
    }

    internal static async Task<IResult> ReceiptAsync(
        [Description("事实的 source / the fact's source")] string source, [Description("事实的 id / the fact's id")] string id,
        [Description("等到封存为止（最多 30 秒） / wait until it is sealed, 30 s at most")] bool? wait,
        Receipts receipts, PersonalData personal, HttpContext http)
    {
        if (await receipts.FindAsync(new FactId(source, id), wait == true ? LongestWait : TimeSpan.Zero, http.RequestAborted) is not var (leaf, checkpoint))
            return Problems.Of(Refusal.Of(Codes.EvidenceNotSealed));
        var whole = new Disclosure(leaf, full: true);
        var user = LedgerUser.Of(http);
        if (LedgerPolicies.BindsToUnit(http, user) && (user.Unit is null || !whole.Units.Contains(user.Unit, StringComparer.Ordinal)))
            return Problems.Of(Refusal.Of(Codes.UnitForbidden, user.Unit));
        // Only what is personal is logged as read.
        var masked = new Disclosure(leaf, full: false);
        var full = masked.IsPartial && Subject.TryParse(whole.Stream, out var subject) && await personal.MayReadAsync(http, subject, leaf.Sequence);
        http.Response.Headers.CacheControl = "private, no-cache";
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"{leaf.Leaf}{Domain.Sealing.TlogProof.FileExtension}\"";
        return Results.Text(await receipts.TextAsync(full ? whole : masked, checkpoint, http.RequestAborted), "text/plain; charset=utf-8");
    }

    internal static async Task<IResult> ExportAsync(ExportAsked asked, IServiceProvider services, PersonalData personal, HttpContext http)
    {
        // A host without the sealer's login cannot seal the export, so it makes none.
        if (services.GetService<EvidenceExport>() is not { } export) return Problems.Of(Refusal.Of(Codes.EvidenceNotSealed));
        var user = LedgerUser.Of(http);
        var (request, refusal) = asked.Read(user.Actor);
        if (request is null) return Problems.Of(refusal!);
        if (request.Full && !PersonalData.MayDisclose(user)) return Problems.Of(RequestRefusals.Of(StatusCodes.Status403Forbidden));
        var file = new FileStream(
            Path.GetTempFileName(), new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous });
        try
        {
            var (made, no) = await export.RunAsync(request, file, progress: null, http.RequestAborted);
            if (made is null)
            {
                await file.DisposeAsync();
                return Problems.Of(no!);
            }

            if (request.Full) personal.BundleRead(user, made);
            http.Response.Headers["Ledger-Sha256"] = made.Sha256;
            file.Position = 0;
            return Results.File(file, "application/zip", made.FileName);
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }
}

/// <summary>What a caller asks to be bundled.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Lawsuit">Only this lawsuit of it.</param>
/// <param name="Period">Only the numbers of this period.</param>
/// <param name="AsOf">Valid time; today when absent.</param>
/// <param name="KnownAt">Recorded time; now when absent.</param>
/// <param name="Position">A ledger position instead.</param>
/// <param name="Disclosure"><c>Full</c> or <c>Masked</c> (the default).</param>
/// <param name="Recipient">Who gets it.</param>
/// <param name="Purpose">What for.</param>
/// <param name="Since">Checkpoints that the recipient holds, by their number of leaves.</param>
public sealed record ExportAsked(
    string Unit, string? Lawsuit, string? Period, string? AsOf, string? KnownAt, string? Position, string? Disclosure, string Recipient, string Purpose, IReadOnlyList<long>? Since)
{
    /// <summary>The request, or what is wrong with it.</summary>
    public (ExportRequest? Request, Refusal? Refusal) Read(string actor)
    {
        if (string.IsNullOrWhiteSpace(Unit)) return (null, Refusal.Of(Codes.QueryInvalid, "unit", Unit));
        if (string.IsNullOrWhiteSpace(Recipient) || Recipient.Length > 200) return (null, Refusal.Of(Codes.QueryInvalid, "recipient", Recipient));
        if (string.IsNullOrWhiteSpace(Purpose) || Purpose.Length > 500) return (null, Refusal.Of(Codes.QueryInvalid, "purpose", Purpose));
        if (Disclosure is not (null or "Full" or "Masked")) return (null, Refusal.Of(Codes.QueryInvalid, "disclosure", Disclosure));
        if (Since?.Any(size => size < 1) == true) return (null, Refusal.Of(Codes.QueryInvalid, "since", string.Join(", ", Since)));
        return (new ExportRequest(Unit, Lawsuit, Period, new TimesAsked(AsOf, KnownAt, Position), Disclosure == "Full", Recipient, Purpose, actor, Since ?? []), null);
    }
}
