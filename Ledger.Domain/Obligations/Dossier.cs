using Ledger.Domain.Facts;
using Ledger.Domain.Plan;

namespace Ledger.Domain.Obligations;

/// <summary>A fact in a unit's dossier.</summary>
/// <param name="Sequence">Its ledger sequence.</param>
/// <param name="Subject">Its stream.</param>
/// <param name="Fact">Its stable name.</param>
/// <param name="Chinese">What people read.</param>
/// <param name="On">Its legal date as it is read now.</param>
/// <param name="By">Who recorded it.</param>
public sealed record DossierRow(long Sequence, string Subject, string Fact, string Chinese, DateOnly? On, string? By);

/// <summary>
/// 单位档案: everything in the ledger that concerns a unit, across all streams, in the order in which it was recorded. Its own
/// stream, every stream that names it, and of streams that name several units only what says nothing of one or names it.
/// </summary>
public static class Dossier
{
    /// <summary>The rows of a unit.</summary>
    public static IEnumerable<DossierRow> Of(Situation situation, string unit) =>
        Enum.GetValues<StreamKind>().SelectMany(situation.Streams)
            .Where(s => s.Subject == Facts.Subject.Unit(unit) || s.Facts.Any(f => Names(f.Fact, unit)))
            .SelectMany(s => s.Facts.Where(f => s.Subject.Kind == StreamKind.Unit
                ? s.Subject.Key == unit || Names(f.Fact, unit)
                : f.Fact is not INamesUnits || Names(f.Fact, unit)).Select(f => Row(s.Subject, f)))
            .OrderBy(r => r.Sequence);

    private static bool Names(IFact fact, string unit) => fact is INamesUnits named && named.NamedUnits.Contains(unit, StringComparer.Ordinal);

    private static DossierRow Row(Subject subject, VisibleFact fact)
    {
        var entry = EventCatalog.EntryOf(fact.Fact);
        return new DossierRow(fact.Sequence, subject.ToString(), entry.Name, entry.Chinese, fact.Fact.LegalDate, fact.Origin.Actor);
    }
}
