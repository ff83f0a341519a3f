namespace Ledger.Verifier.Numbers;

/// <summary>What the facts of a bundle say at a position about what had happened by a day.</summary>
internal sealed class Snapshot
{
    public Snapshot(IReadOnlyList<BundleFact> facts, long position, DateOnly asOf)
    {
        AsOf = asOf;
        var read = facts.Where(f => f.Sequence <= position).OrderBy(f => f.Sequence)
            .GroupBy(f => f.Subject, StringComparer.Ordinal).SelectMany(stream => new Reading([.. stream]).Facts).ToList();
        Policies = new Policies(read);
        WorkingDays = new WorkingDays(read);
        var streams = read.Where(f => f.Kind is "unit" or "lawsuit" && f.On <= asOf).GroupBy(f => (f.Kind, f.Key)).ToList();
        Units = streams.Where(s => s.Key.Kind == "unit").ToDictionary(s => s.Key.Key, s => new Unit(s.Key.Key, [.. s]), StringComparer.Ordinal);
        Lawsuits = [.. streams.Where(s => s.Key.Kind == "lawsuit").Select(s => new Lawsuit(s.Key.Key, [.. s]))];
        Instances = read.Where(f => f.Type is "LawsuitDocketed" or "InstanceOpened").Select(f => f.Text(CaseNumbers.Member)).ToHashSet(StringComparer.Ordinal);
        Obligations = new Obligations(this).All;
    }

    public DateOnly AsOf { get; }

    public Policies Policies { get; }

    public WorkingDays WorkingDays { get; }

    public IReadOnlyDictionary<string, Unit> Units { get; }

    public IReadOnlyList<Lawsuit> Lawsuits { get; }

    /// <summary>The case numbers of every lawsuit whose facts are here, whatever the day.</summary>
    public IReadOnlySet<string> Instances { get; }

    /// <summary>The obligations of every unit whose facts are here.</summary>
    public IReadOnlyList<Obligation> Obligations { get; }

    /// <summary>Whether a unit is one that counts: registered, and not an organ outside the county.</summary>
    public bool Counts(string unit) => Units.TryGetValue(unit, out var known) && known.Counts;
}
