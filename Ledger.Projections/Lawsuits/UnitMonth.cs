using System.Collections.Immutable;
using System.Globalization;
using JasperFx.Events;
using Ledger.Domain.Counting;
using Marten.Events.Projections;

namespace Ledger.Projections.Lawsuits;

/// <summary>
/// The scorecard's raw material: what each lawsuit contributes to one unit in one month. Quarters and years are ranges of
/// months, a ranking is all units of a range. Nothing in it depends on today, on a counting policy or on a calendar:
/// those are applied when the question is asked, so nothing here goes stale when one of them changes.
/// </summary>
/// <param name="Id"><c>{yyyy-MM}|{unit}</c>: a range of months is a range of keys.</param>
public sealed record UnitMonth(string Id)
{
    /// <summary>The contributions by lawsuit key; never empty in the store.</summary>
    public ImmutableSortedDictionary<string, Contribution> Contributions { get; init; } =
        ImmutableSortedDictionary.Create<string, Contribution>(StringComparer.Ordinal);

    /// <summary>The unit of an id.</summary>
    public static string UnitOf(string id) => id[(id.IndexOf('|', StringComparison.Ordinal) + 1)..];

    /// <summary>The month of an id.</summary>
    public static Period MonthOf(string id) => Period.Parse(id[..id.IndexOf('|', StringComparison.Ordinal)]);

    /// <summary>The id of a unit in the month of a day.</summary>
    public static string IdOf(string unit, DateOnly day) => day.ToString("yyyy-MM", CultureInfo.InvariantCulture) + "|" + unit;

    /// <summary>The ids that a contribution belongs to.</summary>
    public static IEnumerable<string> IdsOf(string unit, Contribution contribution) =>
        contribution.NewCases.Select(c => c.On)
            .Concat(contribution.Closings.Select(c => c.On))
            .Concat(contribution.Effective.Select(c => c.On))
            .Concat(contribution.Appearances.Select(c => c.On))
            .Concat(contribution.Deadlines.Select(c => c.OpenedOn))
            .Select(day => IdOf(unit, day))
            .Distinct(StringComparer.Ordinal);

    /// <summary>The document with a lawsuit's present contribution, or null when nothing is left in it.</summary>
    public static UnitMonth? With(UnitMonth? snapshot, string id, LawsuitRecord record)
    {
        var contribution = record.Contributions.GetValueOrDefault(UnitOf(id))?.In(MonthOf(id));
        snapshot ??= new UnitMonth(id);
        var contributions = contribution is null or { IsEmpty: true }
            ? snapshot.Contributions.Remove(record.Key)
            : snapshot.Contributions.SetItem(record.Key, contribution);
        return contributions.IsEmpty ? null : snapshot with { Contributions = contributions };
    }
}

/// <summary>Moves a lawsuit's contributions between units and months whenever its record changes.</summary>
public sealed partial class UnitMonthProjection : MultiStreamProjection<UnitMonth, string>
{
    /// <summary>A change of a lawsuit concerns every place where it contributes or ever contributed.</summary>
    public UnitMonthProjection()
    {
        Identities<Updated<LawsuitRecord>>(updated => updated.Entity.Touched);
        Options.CacheLimitPerTenant = 10_000;
    }

    /// <summary>Keeps the composite from the single-pass replay; see <see cref="CountyProjection"/>.</summary>
    public override bool CanParticipateInCompositeReplay => false;

    /// <inheritdoc/>
    public override UnitMonth? Evolve(UnitMonth? snapshot, string id, IEvent e) =>
        e.Data is Updated<LawsuitRecord> updated ? UnitMonth.With(snapshot, id, updated.Entity) : snapshot;
}
