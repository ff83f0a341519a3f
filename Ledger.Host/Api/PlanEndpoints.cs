using Ledger.Domain.Plan;
using Ledger.Host.Answers;
using Ledger.Host.Security;

namespace Ledger.Host.Api;

/// <summary>The questions about the plan over HTTP: <c>GET /api/{name}</c>.</summary>
public static class PlanEndpoints
{
    /// <summary>Maps the questions of all areas.</summary>
    public static void MapPlan(this IEndpointRouteBuilder api)
    {
        foreach (var question in Areas.Questions)
            api.MapGet("/" + question.Name, (HttpContext http, [AsParameters] Parameterised given, [AsParameters] TimesAsked times, Questions questions) =>
                    AskAsync(question, given, times, questions, http))
                .AsQuestion($"{question.Chinese} ({question.English})", LedgerPolicies.ToAsk(question.Audience))
                .WithName("ask." + question.Name)
                .WithMetadata(question)
                .ProducesProblem(StatusCodes.Status403Forbidden);
    }

    private static async Task<IResult> AskAsync(
        Question question, Parameterised given, TimesAsked times, Questions questions, HttpContext http)
    {
        if (question.Audience == Audience.Units)
        {
            var unit = given.Unit;
            if (!OwnUnit.TryNarrow(http, ref unit, out var forbidden)) return Problems.Of(forbidden!);
            given = given with { Unit = unit, OwnUnitOnly = LedgerPolicies.BindsToUnit(http, LedgerUser.Of(http)) };
        }

        var answer = await questions.AskAsync(question, given, times, http.RequestAborted);
        return answer.Value is { } value ? JsonAnswer.Of(http, value, answer.Scope!) : Problems.Of(answer.Refusal!);
    }
}
