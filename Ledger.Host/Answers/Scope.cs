using System.Globalization;
using Ledger.Domain;
using Ledger.Domain.Facts;
using Ledger.Projections.Store;

namespace Ledger.Host.Answers;

/// <summary>The two times of a question as it was asked (counting-rules.md §1); absent means now.</summary>
/// <param name="AsOf">Valid time: <c>YYYY-MM-DD</c>.</param>
/// <param name="KnownAt">Recorded time: RFC 3339 with an offset.</param>
/// <param name="Position">Or the ledger position itself.</param>
public sealed record TimesAsked(string? AsOf = null, string? KnownAt = null, string? Position = null);

/// <summary>What a question rests on.</summary>
/// <param name="AsOf">The day asked about.</param>
/// <param name="Position">The last ledger sequence that the answer rests on.</param>
/// <param name="KnownAt">The instant: asking again for it, or for the position, gives the same answer.</param>
/// <param name="IsNow">Whether it is the ledger's present state on its present day.</param>
/// <param name="ImportInProgress">Whether an import has been admitted and is not yet wholly in the ledger.</param>
/// <param name="IsSynthetic">Whether the ledger holds the demo county: every output says so.</param>
public sealed record Scope(DateOnly AsOf, long Position, DateTimeOffset KnownAt, bool IsNow, bool ImportInProgress, bool IsSynthetic);

/// <summary>An answer, or the one reason why there is none.</summary>
/// <param name="Value">The answer; null when refused.</param>
/// <param name="Refusal">The reason; null when answered.</param>
/// <param name="Scope">What it rests on; null when the question could not be read.</param>
public sealed record Answer<T>(T? Value, Refusal? Refusal, Scope? Scope)
    where T : class;

/// <summary>Finds what a question rests on.</summary>
public sealed class Scopes(Positions positions, PositionMarker marker, LedgerMarks marks, TimeProvider clock)
{
    /// <summary>Resolves the times of a question, or says which of them is invalid.</summary>
    public async Task<(Scope? Scope, Refusal? Refusal)> ResolveAsync(TimesAsked asked, CancellationToken cancellation)
    {
        var today = clock.Today();
        var asOf = today;
        if (asked.AsOf is { } day && !DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out asOf))
            return (null, Invalid("asOf", day));
        if (asked is { KnownAt: not null, Position: { } both }) return (null, Invalid("position", both));

        // Takes in what has been committed: "now" includes what its reader has just recorded.
        var end = await marker.AdvanceAsync(cancellation);
        var (importInProgress, isSynthetic) = await marks.ReadAsync(cancellation);
        if (asked.Position is { } number)
        {
            if (!long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var position)
                || await positions.ResolveAsync(position: position, cancellation: cancellation) is not { } named)
                return (null, Invalid("position", number));
            return (Of(named.Position, named.KnownAt), null);
        }

        if (asked.KnownAt is { } text)
        {
            if (!FactSchema.IsInstant(text)) return (null, Invalid("knownAt", text));
            var knownAt = DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).ToUniversalTime();
            var known = (await positions.ResolveAsync(knownAt, cancellation: cancellation))!;
            return (Of(known.Position, knownAt > end.KnownAt ? end.KnownAt : knownAt), null);
        }

        return (Of(end.Position, end.KnownAt), null);

        Scope Of(long position, DateTimeOffset knownAt) =>
            new(asOf, position, knownAt, position == end.Position && asOf >= today, importInProgress, isSynthetic);
    }

    private static Refusal Invalid(string parameter, string value) => Refusal.Of(Codes.QueryInvalid, parameter, value);
}
