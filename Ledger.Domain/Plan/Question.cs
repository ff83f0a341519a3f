using Ledger.Domain.Counting;
using Ledger.Domain.Facts;

namespace Ledger.Domain.Plan;

/// <summary>Who may ask a question.</summary>
public enum Audience
{
    /// <summary>Every role: figures that are published anyway.</summary>
    Everyone,

    /// <summary>Who reads units; a clerk asks about the own unit only, which is filled in.</summary>
    Units,

    /// <summary>The supervising office and those who look over its shoulder; no clerk and no court.</summary>
    Office,

    /// <summary>The office and the court.</summary>
    Court,
}

/// <summary>What a question can be narrowed by.</summary>
[Flags]
public enum Parameters
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary><c>unit</c>: a unit's key.</summary>
    Unit = 1,

    /// <summary><c>period</c>: 2023, 2023Q2 or 2023-04.</summary>
    Period = 2,

    /// <summary><c>key</c>: the key of a stream.</summary>
    Key = 4,

    /// <summary><c>status</c>: a code of the answer's own.</summary>
    Status = 8,

    /// <summary><c>clause</c>: the id of a clause.</summary>
    Clause = 16,

    /// <summary><c>from</c>: an earlier ledger position.</summary>
    From = 32,

    /// <summary><c>policy</c>: a counting or scoring policy.</summary>
    Policy = 64,

    /// <summary><c>list</c>: All, Townships or Departments.</summary>
    List = 128,
}

/// <summary>A question as it was asked.</summary>
public sealed record Asked
{
    /// <summary>The unit.</summary>
    public string? Unit { get; init; }

    /// <summary>The period.</summary>
    public Period? Period { get; init; }

    /// <summary>The key.</summary>
    public string? Key { get; init; }

    /// <summary>The status.</summary>
    public string? Status { get; init; }

    /// <summary>The clause.</summary>
    public string? Clause { get; init; }

    /// <summary>The ledger as it stood at the earlier position, when one was asked about.</summary>
    public Situation? From { get; init; }

    /// <summary>The policy.</summary>
    public string? Policy { get; init; }

    /// <summary>The list.</summary>
    public string? List { get; init; }

    /// <summary>Whether who asks reads the own unit's facts only, so that an answer names no others (a clerk).</summary>
    public bool OwnUnitOnly { get; init; }
}

/// <summary>What a question comes to: a value that is written as JSON, or why there is none.</summary>
/// <param name="Value">A record, or a list of records of one type; they hold no personal data.</param>
/// <param name="Refusal">Why there is no answer.</param>
public sealed record Found(object? Value, Refusal? Refusal = null)
{
    /// <summary>No answer, for this reason.</summary>
    public static Found Refused(string code, params object?[] values) => new(null, Facts.Refusal.Of(code, values));
}

/// <summary>
/// One question about the plan: a pure function of the ledger at a position on a day. It is asked over HTTP as
/// <c>GET /api/{name}</c> and on the command line as <c>ask {name}</c>, with the same JSON.
/// </summary>
/// <param name="Name">Its name, in lower case with hyphens.</param>
/// <param name="Chinese">What it answers, for people.</param>
/// <param name="English">The same in English.</param>
/// <param name="Audience">Who may ask.</param>
/// <param name="Required">What must be given.</param>
/// <param name="Optional">What may be given.</param>
/// <param name="Answer">The answer.</param>
public sealed record Question(
    string Name, string Chinese, string English, Audience Audience, Parameters Required, Parameters Optional, Func<Situation, Asked, Found> Answer)
{
    /// <summary>A question that lists rows.</summary>
    public static Question Of<TRow>(
        string name, string chinese, string english, Audience audience, Func<Situation, Asked, IEnumerable<TRow>> rows,
        Parameters optional = Parameters.None, Parameters required = Parameters.None)
        where TRow : class
    {
        // A status that no row can have would be answered by an empty list, which reads as "there is none".
        var codes = CodesOf(typeof(TRow));
        return new(name, chinese, english, audience, required, optional, (situation, asked) =>
            asked.Status is { } status && !codes.Contains(status) ? Found.Refused(Codes.QueryInvalid, "status", status)
            : asked.Clause is { } clause && !ClauseTable.Ids.Contains(clause, StringComparer.Ordinal) ? Found.Refused(Codes.QueryInvalid, "clause", clause)
            : new Found(rows(situation, asked).ToList()));
    }

    private static HashSet<string> CodesOf(Type row) => row.GetProperties()
        .Select(p => Nullable.GetUnderlyingType(p.PropertyType) ?? p.PropertyType).Where(t => t.IsEnum)
        .SelectMany(Enum.GetNames).ToHashSet(StringComparer.Ordinal);

    /// <summary>Everything that it can be narrowed by.</summary>
    public Parameters Takes => Required | Optional;
}
