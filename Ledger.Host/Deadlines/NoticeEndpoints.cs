using System.ComponentModel;
using Ledger.Domain.Facts;
using Ledger.Host.Answers;
using Ledger.Host.Api;
using Ledger.Host.Security;

namespace Ledger.Host.Deadlines;

/// <summary>The notices over HTTP.</summary>
public static class NoticeEndpoints
{
    /// <summary>Maps <c>GET /notices</c>.</summary>
    public static void MapNotices(this IEndpointRouteBuilder api) => api.MapGet("/notices", ListAsync)
        .RequireAuthorization(LedgerPolicies.ReadUnits)
        .WithSummary("期限提醒和逾期通知 (Notices of deadlines; a clerk's own unit only)")
        .WithTags("Questions")
        .Produces(StatusCodes.Status200OK, contentType: "application/json")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> ListAsync(
        string? unit, [Description("种类 / kind: Warning, Overdue")] string? kind, NoticeAnswers answers, HttpContext http)
    {
        var user = LedgerUser.Of(http);
        if (LedgerPolicies.BindsToUnit(http, user))
        {
            if (user.Unit is null || (unit ?? user.Unit) != user.Unit) return Problems.Of(Refusal.Of(Codes.UnitForbidden, user.Unit));
            unit = user.Unit;
        }

        var (notices, refusal) = await answers.ListAsync(unit, kind, http.RequestAborted);
        return notices is null
            ? Problems.Of(refusal!)
            : Results.Text(AnswerJson.Text(NoticeAnswers.Json(notices)), "application/json; charset=utf-8");
    }
}
