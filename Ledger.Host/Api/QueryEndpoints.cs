using System.Text.Json.Nodes;
using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Host.Answers;

namespace Ledger.Host.Api;

/// <summary>The questions over HTTP (facts.md §4).</summary>
public static class QueryEndpoints
{
    /// <summary>Maps the questions.</summary>
    public static void MapQueries(this IEndpointRouteBuilder api)
    {
        api.MapGet("/rankings/{period}", async (
            string period, string? list, string? policy, [AsParameters] TimesAsked times, LedgerAnswers answers, HttpContext http) =>
            Give(http, await answers.RankingAsync(period, list, policy, times, http.RequestAborted), AnswerJson.Of));
        api.MapGet("/rankings/{period}/comparison", async (
            string period, string? indicator, string? policy, [AsParameters] TimesAsked times, LedgerAnswers answers, HttpContext http) =>
            Give(http, await answers.ComparisonAsync(period, indicator, policy, times, http.RequestAborted), (c, s) => AnswerJson.Of(c, period, s)));
        api.MapGet("/units/{unit}/scorecard/{period}", async (
            string unit, string period, string? policy, [AsParameters] TimesAsked times, LedgerAnswers answers, HttpContext http) =>
            Give(http, await answers.ScorecardAsync(unit, period, policy, times, http.RequestAborted), (c, s) => AnswerJson.Of(c, Period.Parse(period), s)));
        api.MapGet("/obligations", async (
            string? unit, string? kind, string? status, [AsParameters] TimesAsked times, LedgerAnswers answers, HttpContext http) =>
            Give(http, await answers.ObligationsAsync(unit, kind, status, times, http.RequestAborted), (o, _) => AnswerJson.Of(o)));
        api.MapGet("/units/{unit}", async (string unit, [AsParameters] TimesAsked times, LedgerAnswers answers, HttpContext http) =>
            Give(http, await answers.UnitAsync(unit, times, http.RequestAborted), AnswerJson.Of));
        api.MapGet("/units/{unit}/history", (string unit, [AsParameters] TimesAsked times, LedgerAnswers answers, HttpContext http) =>
            HistoryAsync(Subject.Unit(unit), times, answers, http));
        api.MapGet("/lawsuits/{key}/history", (string key, [AsParameters] TimesAsked times, LedgerAnswers answers, HttpContext http) =>
            HistoryAsync(Subject.Lawsuit(key), times, answers, http));
        api.MapGet("/lawsuits/{key}", async (string key, [AsParameters] TimesAsked times, LedgerAnswers answers, HttpContext http) =>
            Give(http, await answers.LawsuitAsync(key, times, http.RequestAborted), (l, s) => AnswerJson.Of(l, s, PersonalData.IsReadableBy(http, Subject.Lawsuit(key)))));
    }

    private static async Task<IResult> HistoryAsync(Subject subject, TimesAsked times, LedgerAnswers answers, HttpContext http) =>
        Give(http, await answers.HistoryAsync(subject, times, http.RequestAborted), (h, _) => AnswerJson.Of(h, PersonalData.IsReadableBy(http, subject)));

    private static IResult Give<T>(HttpContext http, Answer<T> answer, Func<T, Scope, JsonNode> json)
        where T : class => answer.Value is { } value
            ? JsonAnswer.Of(http, json(value, answer.Scope!), answer.Scope!)
            : Problems.Of(answer.Refusal!);
}
