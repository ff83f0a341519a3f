using System.Text;
using System.Text.Json;
using Ledger.Domain.Approvals;
using Ledger.Domain.Facts;
using Ledger.Host.Intake;
using Ledger.Host.Security;
using Ledger.Host.Telemetry;

namespace Ledger.Host.Api;

/// <summary>One command for each fact of the catalogue: <c>POST /api/{stream}/{key}/{fact-name}</c>.</summary>
public static class FactEndpoints
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    /// <summary>Maps the command of a fact in a kind of stream.</summary>
    public static void MapFact(this IEndpointRouteBuilder api, CatalogEntry entry, StreamKind kind) =>
        api.MapPost(
                $"/{Plural(kind)}/{{key}}/{Kebab(entry.Name)}",
                (string key, HttpContext http, [AsParameters] FactServices services) =>
                    RecordAsync(entry, new Subject(kind, key), http, services))
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

    private static async Task<IResult> RecordAsync(CatalogEntry entry, Subject subject, HttpContext http, FactServices services)
    {
        var cancellation = http.RequestAborted;
        if (!http.Request.HasJsonContentType()) return Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);
        var (caller, invalid) = Caller.Of(http);
        if (caller is null) return Problems.Of(invalid!);
        var user = LedgerUser.Of(http);
        var (fact, unreadable) = await ReadAsync(entry, subject, user, http.Request, cancellation);
        if (fact is null) return Refused(unreadable!);
        if (LedgerPolicies.BindsToUnit(http, user) && !await services.Rights.MayRecordAsync(user.Unit, subject, fact, cancellation))
            return Refused(Refusal.Of(Codes.UnitForbidden, user.Unit));
        var command = new RecordFact(
            subject, fact, new FactId(caller.Source, caller.IdempotencyKey), caller.Actor, caller.Time, caller.Clause, caller.ExpectedVersion);
        if (fact is ApprovalRequested asked && !MayRecordWhatIsAsked(asked, user)) return Refused(RequestRefusals.Of(StatusCodes.Status403Forbidden));
        if (fact is ApprovalGranted
            && (await services.Intake.WhyNotAsync(command, cancellation) ?? await services.Approved.WhyNotAsync(subject.Key, user, cancellation)) is { } never)
        {
            // Granted before, perhaps by somebody else, and stopped before the fact was recorded: then it is recorded now.
            if (never.Code == Codes.ApprovalAlreadyDecided) await services.Approved.RecordAsync(subject.Key, user, cancellation);
            return Refused(never);
        }

        var receipt = await services.Intake.RecordAsync(command, cancellation);
        services.Metrics.Recorded(entry.Name, receipt);
        if (receipt.Refusal is { } refused) return Problems.OfCommand(refused, subject, receipt);
        if (fact is ApprovalGranted)
        {
            // Granting records what was approved. After a kill in between, granting again says nothing new and records it.
            var (about, executed) = await services.Approved.RecordAsync(subject.Key, user, cancellation);
            if (executed?.Refusal is { } no) return Problems.OfCommand(no, about, executed);
        }

        http.Response.Headers.ETag = $"\"{receipt.Version}\"";
        var body = new FactRecorded(receipt.Subject, receipt.Version, receipt.EventId, receipt.Duplicate, receipt.Position, command.Id.Source, command.Id.Id);
        return receipt.Duplicate ? Results.Ok(body) : Results.Created($"/api/{Plural(subject.Kind)}/{subject.Key}", body);

        IResult Refused(Refusal refusal)
        {
            services.Metrics.Refused(entry.Name, refusal.Code);
            return Problems.OfCommand(refusal, subject);
        }
    }

    // An approval adds a person; it gives nobody a right over facts that they could not record themselves.
    private static bool MayRecordWhatIsAsked(ApprovalRequested asked, LedgerUser user) =>
        EventCatalog.Find(asked.Fact) is not { } entry || !Subject.TryParse(asked.About, out var about)
        || LedgerPolicies.Allows(LedgerPolicies.ToRecord(entry, about.Kind), user);

    private static async Task<(IFact? Fact, Refusal? Refusal)> ReadAsync(
        CatalogEntry entry, Subject subject, LedgerUser user, HttpRequest request, CancellationToken cancellation)
    {
        if (!Subject.IsKey(subject.Key)) return (null, Refusal.Of(Codes.InvalidValue, "key", subject.Key));
        // Read whole first: a client that does not say the length is held to the same limit.
        var buffer = new byte[Envelope.LongestLine + 1];
        var length = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
        if (length > Envelope.LongestLine) return (null, Refusal.Of(Codes.Malformed, $"> {Envelope.LongestLine} bytes"));
        try
        {
            using var document = JsonDocument.Parse(buffer.AsMemory(0, length), Strict);
            var (data, notCaller) = ActingPerson.FillIn(entry, document.RootElement, user);
            if (notCaller is not null) return (null, notCaller);
            var (fact, refusal) = FactJson.Read(entry, data);
            refusal ??= Envelope.KeyMismatch(subject, fact!);
            return (refusal is null ? fact : null, refusal);
        }
        catch (JsonException e)
        {
            return (null, Refusal.Of(Codes.Malformed, $"JSON, {e.BytePositionInLine}"));
        }
    }
}

/// <summary>What recording a fact needs.</summary>
/// <param name="Intake">The intake.</param>
/// <param name="Rights">Where a clerk's rights end.</param>
/// <param name="Approved">Records what was approved.</param>
/// <param name="Metrics">What is counted.</param>
public sealed record FactServices(FactIntake Intake, ClerkRights Rights, ApprovedFacts Approved, LedgerMetrics Metrics);

/// <summary>The answer to a recorded fact.</summary>
/// <param name="Subject">The stream.</param>
/// <param name="Version">The stream's version now.</param>
/// <param name="EventId">The event's id.</param>
/// <param name="Duplicate">Whether the ledger said exactly this already.</param>
/// <param name="Position">The ledger position after it.</param>
/// <param name="Source">The source of the fact: the authenticated client.</param>
/// <param name="Id">Its id: the idempotency key.</param>
public sealed record FactRecorded(string Subject, long Version, Guid EventId, bool Duplicate, long Position, string Source, string Id);
