using Ledger.Domain.Facts;
using Ledger.Host.Api;
using Ledger.Host.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace Ledger.Host.Attachments;

/// <summary>Documents over HTTP: <c>/api/attachments/{sha256}</c>, streamed both ways.</summary>
public static class AttachmentEndpoints
{
    // A client that sends a byte now and then would hold a connection to the database for hours.
    private static readonly TimeSpan LongestUpload = TimeSpan.FromMinutes(10);

    /// <summary>Maps the endpoints.</summary>
    public static void MapAttachments(this IEndpointRouteBuilder api)
    {
        Described(api.MapPut("/attachments/{sha256}", PutAsync), "存放文书：地址为其 SHA-256，内容不符即拒绝 (Store a document under its SHA-256)", LedgerPolicies.StoreDocuments)
            // Counted while it arrives: a client that does not say the length is held to the same limit, with its own code.
            .WithMetadata(new DisableRequestSizeLimitAttribute())
            .Produces<StoredDocument>()
            .Produces<StoredDocument>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType);
        Described(api.MapGet("/attachments/{sha256}", GetAsync), "读取文书 (A stored document)", LedgerPolicies.ReadUnits)
            .Produces(StatusCodes.Status200OK, contentType: "application/octet-stream")
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblem(StatusCodes.Status404NotFound);
        Described(api.MapMethods("/attachments/{sha256}", [HttpMethods.Head], GetAsync), "文书是否在库 (Whether a document is stored)", LedgerPolicies.ReadUnits)
            .Produces(StatusCodes.Status200OK)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static RouteHandlerBuilder Described(RouteHandlerBuilder endpoint, string summary, string policy) => endpoint
        .RequireAuthorization(policy)
        .WithSummary(summary)
        .WithTags("Attachments")
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> PutAsync(string sha256, HttpContext http, AttachmentStore store, TimeProvider clock)
    {
        if (!AttachmentStore.IsHash(sha256)) return Problems.Of(Refusal.Of(Codes.InvalidValue, "sha256", sha256));
        var user = LedgerUser.Of(http);
        if (LedgerPolicies.BindsToUnit(http, user) && user.Unit is null) return Problems.Of(Refusal.Of(Codes.UnitForbidden, user.Unit));
        if (http.Request.ContentLength > AttachmentStore.Largest) return Problems.Of(Refusal.Of(Codes.AttachmentTooLarge, AttachmentStore.Largest));
        using var patience = new CancellationTokenSource(LongestUpload, clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, patience.Token);
        try
        {
            var storer = new Storer(user.Actor, user.Roles.Contains(LedgerRole.Clerk) ? user.Unit : null, user.Client);
            var (attachment, isNew, refusal) = await store.StoreAsync(http.Request.Body, sha256.ToLowerInvariant(), storer, stop.Token);
            if (attachment is null) return Problems.Of(refusal!);
            http.Response.Headers.ETag = TagOf(attachment).ToString();
            var body = new StoredDocument(attachment.Sha256, attachment.Size, attachment.MediaType);
            return isNew ? Results.Created($"/api/attachments/{attachment.Sha256}", body) : Results.Ok(body);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !http.RequestAborted.IsCancellationRequested)
        {
            return Problems.Of(RequestRefusals.Of(StatusCodes.Status408RequestTimeout), StatusCodes.Status408RequestTimeout);
        }
    }

    internal static async Task<IResult> GetAsync(string sha256, HttpContext http, AttachmentStore store, ClerkRights rights, PersonalData personal)
    {
        if (!AttachmentStore.IsHash(sha256)) return Problems.Of(Refusal.Of(Codes.InvalidValue, "sha256", sha256));
        var user = LedgerUser.Of(http);
        sha256 = sha256.ToLowerInvariant();
        // Whether it is there at all is told only to those who may read it.
        if (LedgerPolicies.BindsToUnit(http, user) && !await MayReadAsync(user.Unit, sha256, store, rights, http.RequestAborted))
            return Problems.Of(Refusal.Of(Codes.UnitForbidden, user.Unit));
        if (await store.FindAsync(sha256, http.RequestAborted) is not { } attachment) return Problems.Of(Refusal.Of(Codes.AttachmentNotFound, sha256));
        var (headers, tag) = (http.Response.Headers, TagOf(attachment));
        headers.ETag = tag.ToString();
        headers.CacheControl = "private, no-cache";
        headers.Vary = "Authorization";
        if (http.Request.GetTypedHeaders().IfNoneMatch.Any(t => t.Compare(tag, useStrongComparison: false)))
            return Results.StatusCode(StatusCodes.Status304NotModified);
        if (!HttpMethods.IsHead(http.Request.Method)) personal.DocumentRead(user, attachment);
        return new Sent(attachment, store);
    }

    private static async Task<bool> MayReadAsync(string? unit, string sha256, AttachmentStore store, ClerkRights rights, CancellationToken cancellation) =>
        unit is not null && (await store.WasStoredByAsync(unit, sha256, cancellation) || await rights.MayReadDocumentAsync(unit, sha256, cancellation));

    private static EntityTagHeaderValue TagOf(Attachment attachment) => new($"\"{attachment.Sha256}\"");

    // What a browser shows without running anything; everything else is a download, and never a page.
    private static bool IsShown(Attachment attachment) => attachment.MediaType is "image/png" or "image/jpeg" or "application/pdf";

    /// <summary>The document itself; a damaged one breaks off.</summary>
    private sealed class Sent(Attachment attachment, AttachmentStore store) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.ContentType = attachment.MediaType;
            response.ContentLength = attachment.Size;
            response.Headers.ContentDisposition = $"{(ServerLimits.IsPage(httpContext.Request.Path) && IsShown(attachment) ? "inline" : "attachment")}; filename=\"{attachment.Sha256[..16]}.{MediaTypeSniffer.ExtensionOf(attachment.MediaType)}\"";
            if (HttpMethods.IsHead(httpContext.Request.Method)) return;
            try
            {
                await store.CopyToAsync(attachment, response.Body, httpContext.RequestAborted);
            }
            catch (InvalidDataException) when (response.HasStarted)
            {
                httpContext.Abort();
                throw;
            }
        }
    }
}

/// <summary>The answer to a document that is stored.</summary>
/// <param name="Sha256">Its hash.</param>
/// <param name="Size">Its length in bytes.</param>
/// <param name="MediaType">What it is, by its content.</param>
public sealed record StoredDocument(string Sha256, long Size, string MediaType);
