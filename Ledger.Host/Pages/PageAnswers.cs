using Ledger.Domain.Calendar;
using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Domain.Plan;
using Ledger.Domain.Policies;
using Ledger.Host.Answers;
using Ledger.Host.Api;
using Ledger.Host.Evidence;
using Ledger.Host.Security;
using Microsoft.AspNetCore.Components.Authorization;
using Npgsql;

namespace Ledger.Host.Pages;

/// <summary>
/// The answers as the signed-in person may have them: the services of the API, asked under the API's policies. Pages ask
/// nothing but this.
/// </summary>
public sealed partial class PageAnswers(
    LedgerAnswers answers, Questions questions, SealedLog sealedLog, ClerkRights rights, AuthenticationStateProvider people, LedgerAuthentication settings)
{
    private static readonly Refusal Forbidden = RequestRefusals.Of(StatusCodes.Status403Forbidden);

    /// <summary>The signed-in person; null for nobody.</summary>
    public async Task<LedgerUser?> UserAsync() => LedgerUser.Of((await people.GetAuthenticationStateAsync()).User, settings);

    /// <summary>Whether the person may open the numbers of a unit.</summary>
    public static bool MayOpen(LedgerUser user, string unit) =>
        LedgerPolicies.Allows(LedgerPolicies.ReadUnits, user) && (!LedgerPolicies.BindsToUnit(LedgerPolicies.ReadUnits, user) || user.Unit == unit);

    /// <summary>The ranking of a period.</summary>
    public Task<Answer<Ranking>> RankingAsync(string period, string? list, string? policy, TimesAsked times) =>
        AsAsync(LedgerPolicies.Query, _ => answers.RankingAsync(period, list, policy, times));

    /// <summary>The counting policies.</summary>
    public Task<Answer<IReadOnlyList<CountingPolicy>>> PoliciesAsync(TimesAsked times) =>
        AsAsync(LedgerPolicies.Query, _ => answers.PoliciesAsync(times));

    /// <summary>The working days.</summary>
    public Task<Answer<WorkingCalendar>> CalendarAsync(TimesAsked times) => AsAsync(LedgerPolicies.Query, _ => answers.CalendarAsync(times));

    /// <summary>The units' names: they stand in every ranking.</summary>
    public Task<Answer<IReadOnlyDictionary<string, string>>> NamesAsync(TimesAsked times) => AsAsync(LedgerPolicies.Query, _ => answers.NamesAsync(times));

    /// <summary>A unit's numbers with the lawsuits behind each; a clerk's own unit only.</summary>
    public Task<Answer<Scorecard>> ScorecardAsync(string unit, string period, string? policy, TimesAsked times) =>
        AsAsync(LedgerPolicies.ReadUnits, async user =>
            LedgerPolicies.BindsToUnit(LedgerPolicies.ReadUnits, user) && !await rights.MayReadAsync(user.Unit, Subject.Unit(unit), CancellationToken.None)
                ? new(null, Refusal.Of(Codes.UnitForbidden, user.Unit), null)
                : await answers.ScorecardAsync(unit, period, policy, times));

    /// <summary>A question about the plan that lists rows; a clerk is asked about the own unit only.</summary>
    public Task<Answer<IReadOnlyList<TRow>>> AskAsync<TRow>(string name, Parameterised given, TimesAsked times)
    {
        var question = Areas.Questions.Single(q => q.Name == name);
        var policy = LedgerPolicies.ToAsk(question.Audience);
        return AsAsync(policy, async user =>
        {
            if (question.Audience == Audience.Units && LedgerPolicies.BindsToUnit(policy, user))
            {
                if (user.Unit is null || (given.Unit ?? user.Unit) != user.Unit) return new(null, Refusal.Of(Codes.UnitForbidden, user.Unit), null);
                given = given with { Unit = user.Unit, OwnUnitOnly = true };
            }

            var found = await questions.FindAsync(question, given, times);
            return new Answer<IReadOnlyList<TRow>>((IReadOnlyList<TRow>?)found.Value, found.Refusal, found.Scope);
        });
    }

    /// <summary>The last checkpoint in a list of one, or none.</summary>
    public Task<Answer<IReadOnlyList<PublishedCheckpoint>>> LastCheckpointAsync() => AsAsync(LedgerPolicies.Query, async _ =>
        new Answer<IReadOnlyList<PublishedCheckpoint>>(await sealedLog.LatestAsync() is { } latest ? [latest] : [], null, null));

    /// <summary>An answer under a policy; a clear message while the database is away.</summary>
    internal async Task<Answer<T>> AsAsync<T>(string policy, Func<LedgerUser, Task<Answer<T>>> answer)
        where T : class
    {
        if (await UserAsync() is not { } user || !LedgerPolicies.Allows(policy, user)) return new(null, Forbidden, null);
        try
        {
            return await answer(user);
        }
        catch (NpgsqlException e) when (e is not PostgresException || e.IsTransient)
        {
            // The database is away: a clear message instead of a broken circuit.
            return new(null, RequestRefusals.Of(StatusCodes.Status503ServiceUnavailable), null);
        }
    }
}
