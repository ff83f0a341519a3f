using Ledger.Benchmarks.Running;
using Ledger.Domain.Facts;
using Ledger.Domain.Units;
using Ledger.Host.Intake;

namespace Ledger.Benchmarks.Cells;

/// <summary>
/// Eight writers of one stream beside one writer. Both record the same number of facts in a fresh stream, because a
/// command reads its stream and a longer one costs more.
/// </summary>
internal static class HotStreamCell
{
    public static async Task RunAsync(BenchRun run)
    {
        await using var database = await run.Cluster.CreateAsync();
        var (conflicts, facts) = (0, run.Options.Quick ? 150 : 500);
        var pair = await run.TakeTurnsAsync(database, turn => WriteAsync(turn, 1), turn => WriteAsync(turn, 8));
        run.AddRates("Hot stream, 8 writers / 1 writer", "commands/s", pair, Target.AtLeast(0.7),
            "The writers wait for the stream's lock one after the other, each with a connection and a transaction open.");
        run.Notes.Add($"Hot stream: {facts} facts a turn in a fresh stream; conflicts that a caller saw: {conflicts}.");
        if (conflicts > 0) throw new InvalidOperationException($"{conflicts} callers saw a conflict.");

        async Task<double> WriteAsync(int turn, int writers)
        {
            var unit = Subject.Unit($"hot-{turn + 1}-{writers}");
            await database.RecordAsync(new RecordFact(
                unit, new UnitRegistered("热点单位", UnitKind.Department, new DateOnly(2020, 1, 1)), new FactId(BenchFacts.Source, unit.Key), "bench"));
            return await Load.RunAsync(writers, facts, async n =>
            {
                if ((await database.Intake.RecordAsync(BenchFacts.Performed(unit, n))).Refusal is not null) Interlocked.Increment(ref conflicts);
            });
        }
    }
}
