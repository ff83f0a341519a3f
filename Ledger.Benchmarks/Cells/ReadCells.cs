using System.Text.Json;
using Ledger.Benchmarks.Running;
using Ledger.Domain.Facts;
using Ledger.Projections.Lawsuits;
using Ledger.Projections.Reading;
using Marten;
using Npgsql;

namespace Ledger.Benchmarks.Cells;

/// <summary>The small reads: one document by its id, one page of the log.</summary>
internal static class ReadCells
{
    private const int Page = 50;

    public static async Task RunAsync(BenchRun run)
    {
        var county = await run.CountyAsync();
        var database = county.Database;
        var (lawsuits, units) = (await IdsAsync(database, "lawsuitrecord"), await IdsAsync(database, "unitdocket"));
        var position = (await database.Positions.AdvanceAsync(run.Cancellation)).Position;

        var record = await run.TakeTurnsAsync(
            database,
            _ => P50(n => RawAsync<LawsuitRecord>("lawsuitrecord", lawsuits[n % lawsuits.Count])),
            _ => P50(async n =>
            {
                await using var session = database.Store.QuerySession();
                return await session.LoadAsync<LawsuitRecord>(lawsuits[n % lawsuits.Count]);
            }));
        run.AddTimes("Read model by id (a lawsuit's record), p50 / plain select", record, Target.AtMost(1.2), "");

        var docket = await run.TakeTurnsAsync(
            database,
            _ => P50(n => RawAsync<UnitDocket>("unitdocket", units[n % units.Count])),
            _ => P50(async n => await database.ReadModels.DocketAsync(units[n % units.Count], position)));
        run.AddTimes("A unit's docket with the proof of its position, p50 / plain select", docket, null, "");

        var log = database.Get<FactLog>();
        var page = await run.TakeTurnsAsync(
            database,
            _ => P50(n => RawPageAsync(database, After(n))),
            _ => P50(async n => await log.ReadAsync(After(n), After(n) + Page).CountAsync() == Page ? log : null));
        run.AddTimes("A page of 50 facts, p50 / plain select and deserialise", page, Target.AtMost(1.8),
            "The log joins the instant at which the intake took each fact, and reads actor and headers too.");

        long After(int n) => position / 2 + n * 17 % (position / 4);

        async Task<double> P50(Func<int, Task<object?>> read) => Samples.Percentile(
            await Load.InTurnAsync(run.Options.Operations, async n =>
            {
                if (await read(n) is null) throw new InvalidOperationException("Nothing was read.");
            }), 50);

        async Task<object?> RawAsync<T>(string table, string id)
        {
            await using var command = database.Source.CreateCommand($"select data from mt.mt_doc_{table} where id = $1");
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = id });
            return JsonSerializer.Deserialize<T>((string)(await command.ExecuteScalarAsync())!, FactJson.Options);
        }
    }

    private static async Task<object?> RawPageAsync(BenchDatabase database, long after)
    {
        await using var command = database.Source.CreateCommand(
            "select seq_id, stream_id, type, data::text from mt.mt_events where seq_id > $1 and seq_id <= $2 order by seq_id");
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = after });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = after + Page });
        await using var reader = await command.ExecuteReaderAsync();
        var facts = new List<IFact>();
        while (await reader.ReadAsync()) facts.Add(FactJson.ReadTrusted(EventCatalog.Find(reader.GetString(2))!, reader.GetString(3)));
        return facts.Count == Page ? facts : null;
    }

    private static async Task<List<string>> IdsAsync(BenchDatabase database, string table)
    {
        var ids = new List<string>();
        await using var command = database.Source.CreateCommand($"select id from mt.mt_doc_{table} order by md5(id) limit 200");
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) ids.Add(reader.GetString(0));
        return ids;
    }
}
