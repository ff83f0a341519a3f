using Ledger.Domain;
using Ledger.Domain.Facts;
using Ledger.Projections.Reading;
using Ledger.Projections.Store;

namespace Ledger.Host.Intake;

/// <summary>
/// Asks the ledger again for what a fact says that it counted (<see cref="IReproducible"/>). The past does not change, so
/// this needs no lock: what was counted at a position is counted at it for ever.
/// </summary>
public sealed class Reproduction(FactMemory memory, Positions positions, TimeProvider clock)
{
    /// <summary>Why the fact is not what the ledger counts; null when it is, and for facts that count nothing.</summary>
    public async Task<Refusal?> CheckAsync(Subject subject, IFact fact, CancellationToken cancellation = default)
    {
        if (fact is not IReproducible stated) return null;
        var today = clock.Today();
        if (stated.AsOf > today) return Refusal.Of(Codes.InFuture, Iso(stated.AsOf), Iso(today));
        var end = await positions.AdvanceAsync(cancellation);
        if (stated.Position < 0 || stated.Position > end.Position) return Refusal.Of(Codes.QueryInvalid, "position", stated.Position);
        var situation = await memory.SituationAsync(stated.Position, stated.AsOf, cancellation);
        var (counted, refusal) = stated.Reproduce(situation, subject);
        if (refusal is not null) return refusal;
        return StreamAdmission.SaysTheSame(counted!, fact)
            ? null
            : Refusal.Of(Codes.FactNotReproducible, stated.Position, Difference(FactJson.Write(fact), FactJson.Write(counted!)));
    }

    // From the first difference on, a little of what was counted: enough to see which number it is.
    private static string Difference(string stated, string counted)
    {
        var at = 0;
        while (at < stated.Length && at < counted.Length && stated[at] == counted[at]) at++;
        at = Math.Max(0, at - 30);
        return "…" + counted[at..Math.Min(counted.Length, at + 80)] + "…";
    }

    private static string Iso(DateOnly date) => date.ToString("O", System.Globalization.CultureInfo.InvariantCulture);
}
