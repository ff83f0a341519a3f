using Ledger.Domain.Facts;
using Ledger.Host.Attachments;
using Ledger.Host.Deadlines;
using Ledger.Host.Evidence;
using Ledger.Host.Replay;

namespace Ledger.Host.Api;

/// <summary>The HTTP endpoints (facts.md §4).</summary>
public static class LedgerApi
{
    /// <summary>Maps every endpoint.</summary>
    public static void MapLedgerApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api");
        api.MapQueries();
        api.MapPlan();
        api.MapHistories();
        api.MapNotices();
        api.MapImport();
        api.MapAttachments();
        api.MapEvidence();
        routes.MapLog();
        foreach (var entry in EventCatalog.All)
            foreach (var kind in Enum.GetValues<StreamKind>().Where(entry.BelongsTo))
                api.MapFact(entry, kind);
    }
}
