using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Ledger.Domain;
using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Domain.Plan;
using Ledger.Projections.Reading;

namespace Ledger.Host.Answers;

/// <summary>The parameters of a question as they were written; absent ones are null.</summary>
public sealed record Parameterised(
    string? Unit = null, string? Period = null, string? Key = null, string? Status = null, string? Clause = null, string? From = null,
    string? Policy = null, string? List = null)
{
    // Not asked for: who asks decides it.
    internal bool OwnUnitOnly { get; init; }

    /// <summary>The value of one parameter.</summary>
    public string? this[Parameters parameter] => parameter switch
    {
        Parameters.Unit => Unit, Parameters.Period => Period, Parameters.Key => Key, Parameters.Status => Status, Parameters.Clause => Clause,
        Parameters.From => From, Parameters.Policy => Policy, Parameters.List => List, _ => null,
    };

    /// <summary>The name of a parameter.</summary>
    public static string NameOf(Parameters parameter) => parameter.ToString().ToLowerInvariant();

    /// <summary>Every parameter.</summary>
    public static Parameters All { get; } = Enum.GetValues<Parameters>().Aggregate((all, p) => all | p);

    /// <summary>The single parameters of a set.</summary>
    public static IEnumerable<Parameters> Each(Parameters of) =>
        Enum.GetValues<Parameters>().Where(p => p != Parameters.None && of.HasFlag(p));
}

/// <summary>
/// The questions about the plan, the same for HTTP and CLI: each is a function of the facts up to a position, whichever time
/// is asked about. Now is no special case, so it cannot differ from the same question asked later about today.
/// </summary>
public sealed class Questions(Scopes scopes, FactMemory memory, TimeProvider clock)
{
    /// <summary>How answers are written: camelCase, codes as text, absent values as null.</summary>
    public static JsonSerializerOptions Json { get; } = new(FactJson.Options)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.Never, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Asks a question; the answer as it is written.</summary>
    public async Task<Answer<JsonNode>> AskAsync(Question question, Parameterised given, TimesAsked times, CancellationToken cancellation = default)
    {
        var found = await FindAsync(question, given, times, cancellation);
        return new(found.Value is { } value ? JsonSerializer.SerializeToNode(value, value.GetType(), Json) : null, found.Refusal, found.Scope);
    }

    /// <summary>Asks a question; the answer as its area gives it: a record, or a list of records of one type.</summary>
    public async Task<Answer<object>> FindAsync(Question question, Parameterised given, TimesAsked times, CancellationToken cancellation = default)
    {
        foreach (var parameter in Parameterised.Each(question.Required))
            if (given[parameter] is null)
                return new(null, Refusal.Of(Codes.QueryInvalid, Parameterised.NameOf(parameter), "（缺少 / missing）"), null);
        // What a question cannot be narrowed by must not look as if it had been.
        foreach (var parameter in Parameterised.Each(~question.Takes & Parameterised.All))
            if (given[parameter] is { } superfluous)
                return new(null, Refusal.Of(Codes.QueryInvalid, Parameterised.NameOf(parameter), superfluous), null);
        Period? period = null;
        if (given.Period is not null && !Period.TryParse(given.Period, out period))
            return new(null, Refusal.Of(Codes.QueryInvalid, "period", given.Period), null);
        var (scope, refusal) = await scopes.ResolveAsync(times, cancellation);
        if (refusal is not null) return new(null, refusal, null);
        // Duties that return are counted up to the day: the far future has millions and means nothing.
        if (scope!.AsOf > clock.Today().AddYears(2)) return new(null, Refusal.Of(Codes.QueryInvalid, "asOf", times.AsOf), null);
        long from = 0;
        if (given.From is not null && (!long.TryParse(given.From, NumberStyles.None, CultureInfo.InvariantCulture, out from) || from > scope!.Position))
            return new(null, Refusal.Of(Codes.QueryInvalid, "from", given.From), null);
        try
        {
            var situation = await memory.SituationAsync(scope!.Position, scope.AsOf, cancellation);
            if (given.Unit is { } unit && question.Takes.HasFlag(Parameters.Unit) && situation.County.Find(unit) is null)
                return new(null, Refusal.Of(Codes.UnitNotFound, unit), scope);
            var found = question.Answer(situation, new Asked
            {
                Unit = given.Unit, Period = period, Key = given.Key, Status = given.Status, Clause = given.Clause, Policy = given.Policy, List = given.List, OwnUnitOnly = given.OwnUnitOnly,
                From = given.From is null ? null : await memory.SituationAsync(from, scope.AsOf, cancellation),
            });
            return found.Refusal is { } no ? new(null, no, scope) : new(found.Value, null, scope);
        }
        catch (UnreadableFactException e)
        {
            return new(null, Refusal.Of(Codes.AnswerWithheld, e.Type, e.Sequence), scope);
        }
    }
}
