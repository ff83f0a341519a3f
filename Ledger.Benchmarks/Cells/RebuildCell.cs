using Ledger.Benchmarks.Running;

namespace Ledger.Benchmarks.Cells;

/// <summary>
/// All read models built anew (a record a lawsuit and a subject, then a unit's months and dockets) beside reading,
/// deserialising and folding the same facts in memory, which writes nothing.
/// </summary>
internal static class RebuildCell
{
    public static async Task RunAsync(BenchRun run)
    {
        var county = await run.CountyAsync();
        var pair = await run.TakeTurnsAsync(
            county.Database,
            async _ => county.Count / await Load.TimeAsync(() => county.FoldAsync(DateOnly.MaxValue)) * 1000,
            async _ => county.Count / await Load.TimeAsync(() => county.RebuildAsync(run.Cancellation)) * 1000);
        run.AddRates("Rebuild of all read models, per stream and per unit / read and fold", "facts/s", pair, Target.AtLeast(0.12),
            "A page of events is folded lawsuit by lawsuit, then every changed lawsuit is taken to each of its units' months, and all documents are serialised and upserted a page at a time; "
            + "a composite is excluded from the flush threshold that lets a single projection write only at the end.");
        if (pair is { IsVoid: false })
            run.Notes.Add($"Rebuild: the first target of a projection per unit alone is 0.25; the composite does both kinds in one pass and came to {pair.Ratio:0.00}.");
    }
}
