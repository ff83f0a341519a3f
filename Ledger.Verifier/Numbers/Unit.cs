namespace Ledger.Verifier.Numbers;

/// <summary>A unit as its visible facts tell it.</summary>
internal sealed record Unit(string Key, IReadOnlyList<ReadFact> Facts)
{
    private ReadFact? Registered => Facts.LastOrDefault(f => f.Type == "UnitRegistered");

    public string? Kind => Registered?.Text("kind");

    /// <summary>The name: of the visible facts that give one, that of the latest legal date.</summary>
    public string? Name => Facts.Where(f => f.Type is "UnitRegistered" or "UnitRenamed").Latest()?.Text("name");

    public DateOnly? MergedOn => Facts.Where(f => f.Type == "UnitMerged").Latest()?.On;

    /// <summary>An organ outside the county is never listed, ranked, counted or obliged.</summary>
    public bool Counts => Kind is not (null or "External");

    public bool IsTownship => Kind == "Township";

    public bool IsDepartment => Kind is "Department" or "Stationed";

    public bool IsBarrable => Counts && Kind != "CountyGovernment";

    /// <summary>The list of its own besides <c>All</c>.</summary>
    public string? OwnList => IsTownship ? Lists.Townships : IsDepartment ? Lists.Departments : null;

    /// <summary>Whether it stands in a list of a period.</summary>
    public bool IsListed(string list, Period period) =>
        Counts && Registered!.On <= period.Last && !(MergedOn < period.First) && (list == Lists.All || OwnList == list);
}

/// <summary>The lists of a ranking (counting-rules.md §6).</summary>
internal static class Lists
{
    public const string All = "All";
    public const string Townships = "Townships";
    public const string Departments = "Departments";

    /// <summary>Of facts that decide together, the one with the latest legal date, ties by sequence.</summary>
    public static ReadFact? Latest(this IEnumerable<ReadFact> facts) => facts.OrderBy(f => f.On).ThenBy(f => f.Sequence).LastOrDefault();
}
