using Ledger.Domain.Approvals;
using Ledger.Domain.Exports;
using Ledger.Domain.Facts;
using Ledger.Domain.Redactions;
using Ledger.Host.Import;
using Ledger.Host.Security;
using Ledger.Host.Telemetry;
using Microsoft.AspNetCore.Mvc;
using Npgsql;

namespace Ledger.Host.Api;

/// <summary><c>POST /api/import</c>: the file is read as it arrives, however long it is (facts.md §1).</summary>
public static class ImportEndpoint
{
    /// <summary>The content type of a file.</summary>
    public const string ContentType = "application/x-ndjson";

    private static readonly Refusal Refused = new("import.refused", "文件中有被拒绝的行，整个文件未导入", "lines of the file are refused, so nothing of it was imported");

    /// <summary>Maps the endpoint.</summary>
    public static void MapImport(this IEndpointRouteBuilder api) => api
        .MapPost("/import", ImportAsync)
        .RequireAuthorization(LedgerPolicies.Import)
        .WithMetadata(new DisableRequestSizeLimitAttribute())
        .WithName("Import")
        .WithSummary("导入文件：全部导入，或在任何一行被拒绝时全部不导入 (Import a file: all of it or, when a line is refused, none of it)")
        .WithTags("Import")
        .Produces<ImportReport>()
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> ImportAsync(HttpContext http, NpgsqlDataSource database, TimeProvider clock, LedgerMetrics metrics)
    {
        if (!IsLines(http.Request.ContentType)) return Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);
        var user = LedgerUser.Of(http);
        var import = new FactImport(database, clock, new ImportOptions { Allow = envelope => MayImport(user, envelope) });
        try
        {
            var report = await import.RunAsync(http.Request.Body, user.Actor, new Appended(metrics), http.RequestAborted);
            return report.Refused.Count == 0
                ? Results.Ok(report)
                : Problems.Of(
                    Refused, StatusCodes.Status422UnprocessableEntity,
                    ("imported", report.Imported), ("duplicates", report.Duplicates), ("refused", report.Refused));
        }
        catch (ImportBusyException busy)
        {
            return Problems.Of(busy.Refusal);
        }
    }

    // The office answers for a whole file, whatever is in it; a court's share holds what a court may record and nothing else.
    internal static Refusal? MayImport(LedgerUser user, Envelope envelope)
    {
        // What needs two persons is asked for and decided in person: in a file, one person could write both.
        if (envelope.Subject.Kind == StreamKind.Approval || envelope.Fact is INeedsApproval || Approval.KeyOf(envelope.Id) is not null)
            return Refusal.Of(Codes.ApprovalNotImportable);
        var entry = EventCatalog.EntryOf(envelope.Fact);
        if (entry.Recorder == Recorder.Ledger || envelope.Id.Source is EvidenceExported.Source or RedactionCarriedOut.Source) return Refusal.Of(Codes.RecordedByLedgerOnly, entry.Name);
        if (ActingPerson.ApprovesItself(envelope.Fact, user)) return Refusal.Of(Codes.ApprovalSamePerson, user.Actor);
        if (user.Roles.Contains(LedgerRole.Admin) || user.Roles.Contains(LedgerRole.Supervisor)) return null;
        var policy = LedgerPolicies.ToRecord(entry, envelope.Subject.Kind);
        return LedgerPolicies.Roles[policy].Contains(LedgerRole.Court) ? null : RequestRefusals.Of(StatusCodes.Status403Forbidden);
    }

    private static bool IsLines(string? contentType) =>
        contentType?.Split(';')[0].Trim().Equals(ContentType, StringComparison.OrdinalIgnoreCase) == true;

    private sealed class Appended(LedgerMetrics metrics) : IProgress<ImportProgress>
    {
        private long _counted;

        public void Report(ImportProgress value)
        {
            if (value.Phase != ImportPhase.Appending) return;
            var before = Interlocked.Exchange(ref _counted, value.Done);
            if (value.Done > before) metrics.Imported(value.Done - before);
        }
    }
}
