using System.Text;
using System.Text.Json;
using Ledger.Domain.Facts;
using Ledger.Host.Intake;

namespace Ledger.Host.Api;

/// <summary>One command for each fact of the catalogue: <c>POST /api/{stream}/{key}/{fact-name}</c>.</summary>
public static class FactEndpoints
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    /// <summary>Maps the command of a fact in a kind of stream.</summary>
    public static void MapFact(this IEndpointRouteBuilder api, CatalogEntry entry, StreamKind kind) =>
        api.MapPost(
                $"/{Plural(kind)}/{{key}}/{Kebab(entry.Name)}",
                (string key, HttpContext http, FactIntake intake, CancellationToken cancellation) =>
                    RecordAsync(entry, new Subject(kind, key), http, intake, cancellation))
            .WithName($"{kind}.{entry.Name}")
            .WithSummary($"{entry.Chinese} ({entry.Name})")
            .WithTags(kind.ToString())
            .WithMetadata(entry)
            .Produces<FactRecorded>()
            .Produces<FactRecorded>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    /// <summary>The route segment of a stream kind: <c>units</c>, <c>lawsuits</c>, …</summary>
    public static string Plural(StreamKind kind) => kind == StreamKind.Policy ? "policies" : kind.ToString().ToLowerInvariant() + "s";

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

    private static async Task<IResult> RecordAsync(
        CatalogEntry entry, Subject subject, HttpContext http, FactIntake intake, CancellationToken cancellation)
    {
        var (fact, refusal) = await ReadAsync(entry, subject, http.Request, cancellation);
        if (refusal is not null) return Problems.Of(refusal);
        if (Caller.Of(http, fact!, subject) is not { } caller) return Problems.Of(Refusal.Of(Codes.UnitForbidden, Caller.UnitOf(http)));
        var command = new RecordFact(
            subject, fact!, new FactId(caller.Source, caller.IdempotencyKey), caller.Actor, caller.Time, caller.Clause, caller.ExpectedVersion);
        var receipt = await intake.RecordAsync(command, cancellation);
        if (receipt.Refusal is { } refused) return Problems.Of(refused, receipt);
        http.Response.Headers.ETag = $"\"{receipt.Version}\"";
        var body = new FactRecorded(receipt.Subject, receipt.Version, receipt.EventId, receipt.Duplicate, receipt.Position, command.Id.Source, command.Id.Id);
        return receipt.Duplicate ? Results.Ok(body) : Results.Created($"/api/{Plural(subject.Kind)}/{subject.Key}", body);
    }

    private static async Task<(IFact? Fact, Refusal? Refusal)> ReadAsync(
        CatalogEntry entry, Subject subject, HttpRequest request, CancellationToken cancellation)
    {
        if (!Subject.IsKey(subject.Key)) return (null, Refusal.Of(Codes.InvalidValue, "key", subject.Key));
        if (request.ContentLength > Envelope.LongestLine) return (null, Refusal.Of(Codes.Malformed, $"{request.ContentLength} bytes"));
        try
        {
            using var document = await JsonDocument.ParseAsync(request.Body, Strict, cancellation);
            var (fact, refusal) = FactJson.Read(entry, document.RootElement);
            return (fact, refusal ?? Envelope.KeyMismatch(subject, fact!));
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
