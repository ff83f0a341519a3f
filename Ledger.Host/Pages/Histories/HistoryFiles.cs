using Ledger.Host.Attachments;
using Ledger.Host.Evidence;
using Ledger.Host.Security;

namespace Ledger.Host.Pages.Histories;

/// <summary>What a page about a case or a unit lets people open or take away: the API's own answers, under a session.</summary>
public static class HistoryFiles
{
    /// <summary>Maps receipts and documents.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/receipts", EvidenceEndpoints.ReceiptAsync).RequireAuthorization(LedgerPolicies.ReadUnits).ExcludeFromDescription();
        routes.MapGet("/attachments/{sha256}", AttachmentEndpoints.GetAsync).RequireAuthorization(LedgerPolicies.ReadUnits).ExcludeFromDescription();
    }
}
