using System.ComponentModel;
using Ledger.Host.Answers;
using Ledger.Host.Api;
using Ledger.Host.Security;

namespace Ledger.Host.Deadlines;

/// <summary>The notices over HTTP.</summary>
public static class NoticeEndpoints
{
    /// <summary>Maps <c>GET /notices</c>.</summary>
    public static void MapNotices(this IEndpointRouteBuilder api) => api.MapGet("/notices", ListAsync)
        .AsQuestion("期限提醒和逾期通知 (Notices of deadlines; a clerk's own unit only)", LedgerPolicies.ReadUnits)
        .ProducesProblem(StatusCodes.Status403Forbidden);

    private static async Task<IResult> ListAsync(
        string? unit, [Description("种类 / kind: Warning, Overdue")] string? kind, NoticeAnswers answers, HttpContext http)
    {
        if (!OwnUnit.TryNarrow(http, ref unit, out var forbidden)) return Problems.Of(forbidden!);
        var (notices, refusal) = await answers.ListAsync(unit, kind, http.RequestAborted);
        return notices is null
            ? Problems.Of(refusal!)
            : Results.Text(AnswerJson.Text(NoticeAnswers.Json(notices)), "application/json; charset=utf-8");
    }
}
