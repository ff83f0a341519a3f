using System.Collections.Concurrent;
using Ledger.Benchmarks.Running;
using Ledger.Domain.Facts;
using Ledger.Host.Intake;
using Npgsql;

namespace Ledger.Benchmarks.Cells;

/// <summary>
/// What a whole command costs (gate, registers, rules, idempotency, receipt with its position) over the store's own
/// load-and-append of the same facts in the same order, each client telling one lawsuit after the other.
/// </summary>
internal static class CommandCells
{
    private const string Why =
        "Beyond the reference a command takes the stream's lock and the import's gate, reads four registers, "
        + "queues its case numbers, and waits for one `ledger.advance()` (a transaction of its own, shared by those who wait) so that its receipt names a position.";

    public static async Task RunAsync(BenchRun run)
    {
        await using var database = await run.Cluster.CreateAsync();
        var facts = new Facts();
        var acknowledged = new ConcurrentBag<RecordFact>();
        foreach (var clients in (int[])[1, 8, 16])
        {
            var (direct, ours) = (new List<double>(), new List<double>());
            var pair = await run.TakeTurnsAsync(
                database,
                turn => MeasureAsync(turn, clients, direct, command => DirectAsync(database, command)),
                turn => MeasureAsync(turn, clients, ours, async command =>
                {
                    await database.RecordAsync(command);
                    acknowledged.Add(command);
                }));
            run.AddRates($"Command, {clients} client{(clients == 1 ? "" : "s")} / store's own fetch and append", "commands/s", pair, Target.AtLeast(0.7), Why);
            run.Notes.Add($"Command, {clients} clients: {Percentiles(ours)}; the store's own: {Percentiles(direct)}.");
        }

        await CheckAsync(run, database, [.. acknowledged]);
        run.Notes.Add("Commands grouped, ten of them in one transaction: not built, so not measured.");

        async Task<double> MeasureAsync(int turn, int clients, List<double> latencies, Func<RecordFact, Task> record)
        {
            var tellers = Enumerable.Range(0, clients).Select(_ => facts.Tell().GetEnumerator()).ToArray();
            var load = await Load.RunAsync(clients, run.Options.Window, client =>
            {
                tellers[client].MoveNext();
                return record(tellers[client].Current);
            });
            if (turn >= 0) latencies.AddRange(load.Latencies);
            return load.Rate;
        }
    }

    private static async Task DirectAsync(BenchDatabase database, RecordFact command)
    {
        await using var session = database.Store.LightweightSession();
        session.LastModifiedBy = command.Actor;
        var stream = await session.Events.FetchForWriting<ReferenceHistory>(command.Subject.ToString());
        stream.AppendOne(AppendCells.EventOf(session, command with { Id = new FactId("/direct", command.Id.Id) }));
        await session.SaveChangesAsync();
    }

    // A program that answers quickly and loses a fact has no speed to speak of.
    private static async Task CheckAsync(BenchRun run, BenchDatabase database, IReadOnlyList<RecordFact> acknowledged)
    {
        var ids = acknowledged.Select(c => c.Id.ToEventId()).ToArray();
        var held = await database.ScalarAsync<long>(
            "select count(*) from mt.mt_events where id = any($1)", new NpgsqlParameter<Guid[]> { TypedValue = ids });
        foreach (var command in acknowledged.Take(100))
            if (!(await database.Intake.RecordAsync(command)).Duplicate)
                throw new InvalidOperationException($"{command.Id} was sent again and taken again.");
        var all = await database.ScalarAsync<long>(
            "select count(*) from mt.mt_events where headers ->> 'source' = $1 and stream_id like 'lawsuit/%'",
            new NpgsqlParameter<string> { TypedValue = BenchFacts.Source });
        run.Notes.Add($"Commands: {ids.Length:N0} acknowledged, {ids.Length - held:N0} of them lost, {all - held:N0} doubled; 100 sent again changed nothing.");
        if (held != ids.Length || all != held) throw new InvalidOperationException("Facts were lost or doubled.");
    }

    private static string Percentiles(IReadOnlyList<double> latencies) => string.Join(
        ", ", ((int[])[50, 95, 99]).Select(p => $"p{p} {BenchRun.Time(Samples.Percentile(latencies, p))}"));

    /// <summary>One lawsuit after the other; no two tellers ever tell the same one.</summary>
    private sealed class Facts
    {
        private int _last;

        public IEnumerable<RecordFact> Tell()
        {
            while (true)
            {
                var lawsuit = Interlocked.Increment(ref _last);
                for (var step = 0; step < BenchFacts.Steps; step++) yield return BenchFacts.Step(lawsuit, step);
            }
        }
    }
}
