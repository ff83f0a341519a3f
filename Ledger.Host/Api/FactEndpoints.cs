using System.Text;
using System.Text.Json;
using Ledger.Domain.Facts;
using Ledger.Host.Intake;
using Ledger.Host.Security;

namespace Ledger.Host.Api;

/// <summary>One command for each fact of the catalogue: <c>POST /api/{stream}/{key}/{fact-name}</c>.</summary>
public static class FactEndpoints
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    /// <summary>Maps the command of a fact in a kind of stream.</summary>
    public static void MapFact(this IEndpointRouteBuilder api, CatalogEntry entry, StreamKind kind) =>
        api.MapPost(
                $"/{Plural(kind)}/{{key}}/{Kebab(entry.Name)}",
                (string key, HttpContext http, FactCommands commands) =>
                    RecordAsync(entry, new Subject(kind, key), http, commands))
            .RequireAuthorization(LedgerPolicies.ToRecord(entry, kind))
            .WithName($"{kind}.{entry.Name}")
            .WithSummary($"{entry.Chinese} ({entry.Name})")
            .WithTags(kind.ToString())
            .WithMetadata(entry)
            .Produces<FactRecorded>()
            .Produces<FactRecorded>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    /// <summary>The route segment of a stream kind: <c>units</c>, <c>lawsuits</c>, …</summary>
    public static string Plural(StreamKind kind) => kind switch
    {
        StreamKind.Policy => "policies",
        StreamKind.Accountability => "accountabilities",
        _ => kind.ToString().ToLowerInvariant() + "s",
    };

    /// <summary>The route segment of a fact: <c>judgment-received</c>.</summary>
    public static string Kebab(string name)
    {
        var text = new StringBuilder();
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && text.Length > 0) text.Append('-');
            text.Append(char.ToLowerInvariant(letter));
        }

        return text.ToString();
    }

    private static async Task<IResult> RecordAsync(CatalogEntry entry, Subject subject, HttpContext http, FactCommands commands)
    {
        if (!http.Request.HasJsonContentType()) return Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);
        var (caller, invalid) = Caller.Of(http);
        if (caller is null) return Problems.Of(invalid!);
        if (!Subject.IsKey(subject.Key)) return Problems.OfCommand(Refusal.Of(Codes.InvalidValue, "key", subject.Key), subject);
        var (document, unreadable) = await ReadAsync(http.Request, http.RequestAborted);
        if (document is null) return Problems.OfCommand(unreadable!, subject);
        using (document)
        {
            var user = LedgerUser.Of(http);
            var outcome = await commands.RecordAsync(entry, subject, document.RootElement, caller, user, LedgerPolicies.BindsToUnit(http, user), http.RequestAborted);
            if (outcome.Refusal is { } refused) return Problems.OfCommand(refused, outcome.About, outcome.Receipt);
            var receipt = outcome.Receipt!;
            http.Response.Headers.ETag = $"\"{receipt.Version}\"";
            var body = new FactRecorded(receipt.Subject, receipt.Version, receipt.EventId, receipt.Duplicate, receipt.Position, caller.Source, caller.IdempotencyKey);
            return receipt.Duplicate ? Results.Ok(body) : Results.Created($"/api/{Plural(subject.Kind)}/{subject.Key}", body);
        }
    }

    private static async Task<(JsonDocument? Document, Refusal? Refusal)> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        // Read whole first: a client that does not say the length is held to the same limit.
        var buffer = new byte[Envelope.LongestLine + 1];
        var length = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
        if (length > Envelope.LongestLine) return (null, Refusal.Of(Codes.Malformed, $"> {Envelope.LongestLine} bytes"));
        try
        {
            return (JsonDocument.Parse(buffer.AsMemory(0, length), Strict), null);
        }
        catch (JsonException e)
        {
            return (null, Refusal.Of(Codes.Malformed, $"JSON, {e.BytePositionInLine}"));
        }
    }
}

/// <summary>The answer to a recorded fact.</summary>
/// <param name="Subject">The stream.</param>
/// <param name="Version">The stream's version now.</param>
/// <param name="EventId">The event's id.</param>
/// <param name="Duplicate">Whether the ledger said exactly this already.</param>
/// <param name="Position">The ledger position after it.</param>
/// <param name="Source">The source of the fact: the authenticated client.</param>
/// <param name="Id">Its id: the idempotency key.</param>
public sealed record FactRecorded(string Subject, long Version, Guid EventId, bool Duplicate, long Position, string Source, string Id);
