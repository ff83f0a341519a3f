using System.ComponentModel;
using System.Text.Json.Nodes;
using Ledger.Domain.Facts;
using Ledger.Host.Answers;
using Ledger.Host.Api;
using Ledger.Host.Security;

namespace Ledger.Host.Replay;

/// <summary>
/// Histories over HTTP, plain or told with states, and comparisons of two moments: <c>GET /api/{streams}/{key}/history</c> and
/// <c>…/diff</c>, of a ranking <c>GET /api/rankings/{period}/diff</c>.
/// </summary>
public static class HistoryEndpoints
{
    private static readonly StreamKind[] OfTheSpine =
        [StreamKind.Unit, StreamKind.Lawsuit, StreamKind.Policy, StreamKind.Calendar, StreamKind.Benchmark];

    /// <summary>Maps them.</summary>
    public static void MapHistories(this IEndpointRouteBuilder api)
    {
        api.MapGet("/units/{unit}/history", (string unit, [AsParameters] HistoryAsked asked, [AsParameters] TimesAsked times, [AsParameters] HistoryServices services, HttpContext http) =>
                HistoryAsync(Subject.Unit(unit), asked, times, services, http))
            .AsQuestion("单位的事实流水，states=true 时附前后状态 (A unit's recorded facts; with states=true what each one did)", LedgerPolicies.ReadUnits).OfOwnUnit();
        api.MapGet("/units/{unit}/diff", (string unit, [AsParameters] MomentsAsked moments, [AsParameters] HistoryServices services, HttpContext http) =>
                DiffAsync(Subject.Unit(unit), moments, services, http))
            .AsQuestion("单位两个时刻的比对 (A unit at two moments, and what lies between)", LedgerPolicies.ReadUnits).OfOwnUnit();
        api.MapGet("/lawsuits/{key}/history", (string key, [AsParameters] HistoryAsked asked, [AsParameters] TimesAsked times, [AsParameters] HistoryServices services, HttpContext http) =>
                HistoryAsync(Subject.Lawsuit(key), asked, times, services, http))
            .AsQuestion("案件的事实流水，states=true 时附前后状态 (A lawsuit's recorded facts; with states=true what each one did)", LedgerPolicies.ReadLawsuits).OfOwnUnit();
        api.MapGet("/lawsuits/{key}/diff", (string key, [AsParameters] MomentsAsked moments, [AsParameters] HistoryServices services, HttpContext http) =>
                DiffAsync(Subject.Lawsuit(key), moments, services, http))
            .AsQuestion("案件两个时刻的比对 (A lawsuit at two moments, and what lies between)", LedgerPolicies.ReadLawsuits).OfOwnUnit();
        foreach (var kind in Enum.GetValues<StreamKind>().Except(OfTheSpine))
        {
            var route = $"/{FactEndpoints.Plural(kind)}/{{key}}";
            api.MapGet(route + "/history", (string key, [AsParameters] HistoryAsked asked, [AsParameters] TimesAsked times, [AsParameters] HistoryServices services, HttpContext http) =>
                    HistoryAsync(new Subject(kind, key), asked, times, services, http))
                .AsQuestion($"事实流水 (Recorded facts of {kind}; with states=true what each one did)", LedgerPolicies.ReadUnits)
                .WithMetadata(new OwnUnit.StreamOf(kind)).OfOwnUnit();
            api.MapGet(route + "/diff", (string key, [AsParameters] MomentsAsked moments, [AsParameters] HistoryServices services, HttpContext http) =>
                    DiffAsync(new Subject(kind, key), moments, services, http))
                .AsQuestion($"两个时刻的比对 ({kind} at two moments)", LedgerPolicies.ReadUnits)
                .WithMetadata(new OwnUnit.StreamOf(kind)).OfOwnUnit();
        }

        // The ranking is everybody's; which facts moved it is for those who read units.
        api.MapGet("/rankings/{period}/diff", async (
                [Description("2023, 2023Q2, 2023-04")] string period,
                [Description("名单 / list: All, Townships, Departments")] string? list,
                [Description("统计口径 / counting policy")] string? policy,
                [AsParameters] MomentsAsked moments, [AsParameters] HistoryServices services, HttpContext http) =>
            {
                var answer = await services.Replays.RankingAsync(period, list, policy, moments, http.RequestAborted);
                return answer.Value is { } told ? JsonAnswer.Of(http, new ReplayJson(unmasked: false, OwnOnly(http)).Of(told), answer.Scope!) : Problems.Of(answer.Refusal!);
            })
            .AsQuestion("排名两个位置的比对：逐条事实 (A ranking at two positions, and the facts that moved it)", LedgerPolicies.ReadUnits);
    }

    private static async Task<IResult> HistoryAsync(Subject subject, HistoryAsked asked, TimesAsked times, HistoryServices services, HttpContext http)
    {
        if (asked.States is not (null or "true" or "false")) return Problems.Of(Refusal.Of(Codes.QueryInvalid, "states", asked.States));
        var range = new RangeAsked(asked.From, asked.To);
        if (asked.States == "true")
            return await TellAsync(subject, await services.Replays.ReplayAsync(subject, range, times, http.RequestAborted), services, http, (json, steps) => json.Of(steps));
        var (from, to, invalid) = range.Read();
        if (invalid is not null) return Problems.Of(invalid);
        var answer = await services.Answers.HistoryAsync(subject, times, http.RequestAborted);
        if (answer.Value is not { } history) return Problems.Of(answer.Refusal!);
        var told = history.Where(h => h.Entry.Recorded.Sequence >= from && h.Entry.Recorded.Sequence <= to).ToList();
        var unmasked = await services.Personal.MayReadAsync(http, subject, told.SelectMany(FactsOf), answer.Scope!);
        return JsonAnswer.Of(http, AnswerJson.Of(told, unmasked), answer.Scope!);

        static IEnumerable<(StreamKind, IFact)> FactsOf(HistoryEntry item) =>
            item.Amendments.Select(a => a.Entry).Prepend(item.Entry).Select(e => (e.Subject.Kind, e.Recorded.Fact));
    }

    private static async Task<IResult> DiffAsync(Subject subject, MomentsAsked moments, HistoryServices services, HttpContext http) =>
        await TellAsync(subject, await services.Replays.DiffAsync(subject, moments, http.RequestAborted), services, http, (json, difference) => json.Of(subject, difference));

    private static async Task<IResult> TellAsync<T>(
        Subject subject, Answer<Untold<T>> answer, HistoryServices services, HttpContext http, Func<ReplayJson, T, JsonNode> write)
    {
        if (answer.Value is not { } untold) return Problems.Of(answer.Refusal!);
        var unmasked = await services.Personal.MayReadAsync(http, subject, untold.Facts, answer.Scope!);
        return JsonAnswer.Of(http, write(new ReplayJson(unmasked, OwnOnly(http)), await untold.TellAsync(unmasked)), answer.Scope!);
    }

    private static string? OwnOnly(HttpContext http) =>
        LedgerUser.Of(http) is var user && LedgerPolicies.BindsToUnit(http, user) ? user.Unit ?? "" : null;
}

/// <summary>How a history is asked for.</summary>
/// <param name="States">Whether each fact comes with the states before and after it: <c>true</c> or <c>false</c>.</param>
/// <param name="From">The first ledger sequence.</param>
/// <param name="To">The last ledger sequence.</param>
public sealed record HistoryAsked(string? States = null, string? From = null, string? To = null);

/// <summary>What answering a history needs.</summary>
/// <param name="Answers">The plain histories.</param>
/// <param name="Replays">Those with states, and comparisons.</param>
/// <param name="Personal">Who reads people's names.</param>
public sealed record HistoryServices(LedgerAnswers Answers, ReplayAnswers Replays, PersonalData Personal);
