using System.ComponentModel;
using System.Text.Json.Nodes;
using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Host.Answers;
using Ledger.Host.Security;

namespace Ledger.Host.Api;

/// <summary>The questions over HTTP (facts.md §4).</summary>
public static class QueryEndpoints
{
    private const string PeriodText = "2023, 2023Q2, 2023-04";

    /// <summary>Maps the questions.</summary>
    public static void MapQueries(this IEndpointRouteBuilder api)
    {
        api.MapGet("/rankings/{period}", async (
            [Description(PeriodText)] string period,
            [Description("名单 / list: All, Townships, Departments")] string? list,
            [Description("统计口径 / counting policy")] string? policy,
            [AsParameters] TimesAsked times, LedgerAnswers answers, HttpContext http) =>
            Give(http, await answers.RankingAsync(period, list, policy, times, http.RequestAborted), AnswerJson.Of))
            .AsQuestion("排名 (Ranking of a period)", LedgerPolicies.Query);
        api.MapGet("/rankings/{period}/comparison", async (
            [Description(PeriodText)] string period,
            [Description("指标 / indicator: LossRate, CaseVolume")] string? indicator,
            [Description("统计口径 / counting policy")] string? policy,
            [AsParameters] TimesAsked times, LedgerAnswers answers, HttpContext http) =>
            Give(http, await answers.ComparisonAsync(period, indicator, policy, times, http.RequestAborted), (c, s) => AnswerJson.Of(c, period, s)))
            .AsQuestion("与全省平均值比较 (The county beside the province)", LedgerPolicies.Query);
        api.MapGet("/units/{unit}/scorecard/{period}", async (
            string unit, [Description(PeriodText)] string period,
            [Description("统计口径 / counting policy")] string? policy,
            [AsParameters] TimesAsked times, LedgerAnswers answers, HttpContext http) =>
            Give(http, await answers.ScorecardAsync(unit, period, policy, times, http.RequestAborted), (c, s) => AnswerJson.Of(c, Period.Parse(period), s)))
            .AsQuestion("单位成绩单及所依据的案件 (A unit's scorecard with the lawsuits behind each number)", LedgerPolicies.ReadUnits).OfOwnUnit();
        api.MapGet("/obligations", ObligationsAsync).AsQuestion("义务清单 (Obligations; a clerk's own unit only)", LedgerPolicies.ReadUnits)
            .ProducesProblem(StatusCodes.Status403Forbidden);
        api.MapGet("/units/{unit}", async (string unit, [AsParameters] TimesAsked times, LedgerAnswers answers, HttpContext http) =>
            Give(http, await answers.UnitAsync(unit, times, http.RequestAborted), AnswerJson.Of))
            .AsQuestion("单位现状 (A unit as its facts tell it)", LedgerPolicies.ReadUnits).OfOwnUnit();
        api.MapGet("/lawsuits/{key}", async (string key, [AsParameters] TimesAsked times, LedgerAnswers answers, PersonalData personal, HttpContext http) =>
            {
                var answer = await answers.LawsuitAsync(key, times, http.RequestAborted);
                var unmasked = answer.Value is { } state && await personal.MayReadAsync(http, Subject.Lawsuit(key), [(StreamKind.Lawsuit, state.Lawsuit.Docketed!)], answer.Scope!);
                return Give(http, answer, (l, s) => AnswerJson.Of(l, s, unmasked));
            })
            .AsQuestion("案件现状 (A lawsuit as its facts tell it)", LedgerPolicies.ReadLawsuits).OfOwnUnit();
    }

    private static async Task<IResult> ObligationsAsync(
        string? unit,
        [Description("种类 / kind")] string? kind,
        [Description("状态 / status")] string? status,
        [AsParameters] TimesAsked times, LedgerAnswers answers, HttpContext http)
    {
        if (!OwnUnit.TryNarrow(http, ref unit, out var forbidden)) return Problems.Of(forbidden!);
        return Give(http, await answers.ObligationsAsync(unit, kind, status, times, http.RequestAborted), (o, _) => AnswerJson.Of(o));
    }

    private static IResult Give<T>(HttpContext http, Answer<T> answer, Func<T, Scope, JsonNode> json)
        where T : class => answer.Value is { } value
            ? JsonAnswer.Of(http, json(value, answer.Scope!), answer.Scope!)
            : Problems.Of(answer.Refusal!);

    /// <summary>What every question says of itself, and who may ask it.</summary>
    internal static RouteHandlerBuilder AsQuestion(this RouteHandlerBuilder endpoint, string summary, string policy) => endpoint
        .RequireAuthorization(policy)
        .WithSummary(summary)
        .WithTags("Questions")
        .Produces(StatusCodes.Status200OK, contentType: "application/json")
        .Produces(StatusCodes.Status304NotModified)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
}
