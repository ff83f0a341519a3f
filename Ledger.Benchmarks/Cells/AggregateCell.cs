using Ledger.Benchmarks.Running;
using Ledger.Domain.Facts;
using Ledger.Domain.Units;
using Ledger.Projections.Reading;
using Ledger.Projections.Store;
using Npgsql;

namespace Ledger.Benchmarks.Cells;

/// <summary>The folded state of a stream of 1,000 facts, as a question gets it, beside reading and deserialising the same rows.</summary>
internal static class AggregateCell
{
    private const int Facts = 1_000;

    private const string Read =
        "select seq_id, type, data::text, headers ->> 'source', headers ->> 'id' from mt.mt_events where stream_id = $1 order by version";

    public static async Task RunAsync(BenchRun run)
    {
        await using var database = await run.Cluster.CreateAsync();
        var unit = Subject.Unit("long");
        await using (var session = database.Store.LightweightSession())
        {
            session.Events.StartStream<UnitHistory>(
                unit.ToString(), Enumerable.Range(0, Facts).Select(n => (object)AppendCells.EventOf(session, BenchFacts.Performed(unit, n))).ToArray());
            await session.SaveChangesAsync();
        }

        var operations = run.Options.Operations / 3;
        var pair = await run.TakeTurnsAsync(
            database,
            async _ => Samples.Percentile(await Load.InTurnAsync(operations, async _ => Expect((await RawAsync(database, unit)).Count)), 50),
            async _ => Samples.Percentile(await Load.InTurnAsync(operations, async _ =>
            {
                var entries = await new FactLog(database.Source).ReadAsync([unit.ToString()], long.MaxValue).ToListAsync();
                Expect(entries.Count);
                Unit.Fold(unit.Key, VisibleFacts.Of([.. entries.Select(e => e.Recorded)]), DateOnly.MaxValue);
            }), 50));
        run.AddTimes("Live aggregate of 1,000 facts, p50 / read and deserialise", pair, Target.AtMost(2.0),
            "Beyond the reference it reads who recorded each fact and when, from a second table, parses all headers, and folds.");

        static void Expect(int facts)
        {
            if (facts != Facts) throw new InvalidOperationException($"{facts} facts");
        }
    }

    private static async Task<List<Recorded>> RawAsync(BenchDatabase database, Subject subject)
    {
        await using var command = database.Source.CreateCommand(Read);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = subject.ToString() });
        await using var reader = await command.ExecuteReaderAsync();
        var facts = new List<Recorded>();
        while (await reader.ReadAsync())
            facts.Add(new Recorded(
                reader.GetInt64(0), new FactId(reader.GetString(3), reader.GetString(4)), FactJson.ReadTrusted(EventCatalog.Find(reader.GetString(1))!, reader.GetString(2))));
        return facts;
    }
}
