using JasperFx.Events;
using Ledger.Benchmarks.Running;
using Ledger.Domain.Facts;
using Ledger.Host.Intake;
using Ledger.Projections.Store;
using Marten;
using Npgsql;
using NpgsqlTypes;

namespace Ledger.Benchmarks.Cells;

/// <summary>
/// What the store costs over a plain insert of the same facts: stream rows, ids, headers, the intake's trigger. No rule is
/// asked here. The plain insert knows the version already, keeps no headers and has no stream row: nothing could be less.
/// </summary>
internal static class AppendCells
{
    private const int Clients = 8;

    private const string Insert =
        "insert into bench.es (id, stream_id, version, type, data) select * from unnest($1, $2, $3, $4, $5)";

    public static async Task RunAsync(BenchRun run)
    {
        await using var database = await run.Cluster.CreateAsync();
        var lawsuit = 0;
        var ten = await run.TakeTurnsAsync(
            database,
            async _ => 10 * (await Load.RunAsync(Clients, run.Options.Window, _ => InsertAsync(database, Life(Interlocked.Increment(ref lawsuit)), 1))).Rate,
            async _ => 10 * (await Load.RunAsync(Clients, run.Options.Window, _ => StartAsync(database, Life(Interlocked.Increment(ref lawsuit))))).Rate);
        run.AddRates("Append, 10 events a transaction, new stream, 8 clients / plain insert", "events/s", ten, Target.AtLeast(0.45),
            "The store sends one insert an event for a new stream, and each event row fires the intake's trigger (0.73–0.86 of the throughput without it).");

        var raw = new long[Clients];
        var one = await run.TakeTurnsAsync(
            database,
            async turn => (await Load.RunAsync(Clients, run.Options.Window, client =>
                InsertAsync(database, [BenchFacts.Performed(Subject.Unit($"raw-{client}"), (int)raw[client])], ++raw[client]))).Rate,
            async turn => (await AppendOwnAsync(database, run, turn)).Rate);
        run.AddRates("Append, 1 event to an own stream, 8 clients / plain insert", "events/s", one, Target.AtLeast(0.5),
            "A transaction of the store is three round trips (stream version under its lock, append function, commit) where the plain insert is one.");
    }

    /// <summary>An event as the intake writes it.</summary>
    public static IEvent EventOf(IDocumentSession session, RecordFact command)
    {
        var e = session.Events.BuildEvent(command.Fact);
        e.Id = command.Id.ToEventId();
        e.UserName = command.Actor;
        e.SetHeader(FactEvents.Source, command.Id.Source);
        e.SetHeader(FactEvents.Id, command.Id.Id);
        return e;
    }

    private static RecordFact[] Life(int lawsuit) => [.. Enumerable.Range(0, BenchFacts.Steps).Select(step => BenchFacts.Step(lawsuit, step))];

    private static async Task StartAsync(BenchDatabase database, RecordFact[] facts)
    {
        await using var session = database.Store.LightweightSession();
        session.Events.StartStream<LawsuitHistory>(facts[0].Subject.ToString(), facts.Select(f => (object)EventOf(session, f)).ToArray());
        await session.SaveChangesAsync();
    }

    private static async Task<Load> AppendOwnAsync(BenchDatabase database, BenchRun run, int turn)
    {
        var next = new int[Clients];
        for (var client = 0; client < Clients; client++)
        {
            await using var session = database.Store.LightweightSession();
            session.Events.StartStream<UnitHistory>(Own(client).ToString(), EventOf(session, BenchFacts.Performed(Own(client), next[client]++)));
            await session.SaveChangesAsync();
        }

        return await Load.RunAsync(Clients, run.Options.Window, async client =>
        {
            await using var session = database.Store.LightweightSession();
            session.Events.Append(Own(client).ToString(), EventOf(session, BenchFacts.Performed(Own(client), next[client]++)));
            await session.SaveChangesAsync();
        });

        Subject Own(int client) => Subject.Unit($"own-{turn + 1}-{client}");
    }

    private static async Task InsertAsync(BenchDatabase database, RecordFact[] facts, long version)
    {
        await using var command = database.Source.CreateCommand(Insert);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. facts.Select(f => f.Id.ToEventId())] });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. facts.Select(f => f.Subject.ToString())] });
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. facts.Select((_, n) => version + n)] });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. facts.Select(f => EventCatalog.NameOf(f.Fact))] });
        command.Parameters.Add(new NpgsqlParameter
        {
            Value = facts.Select(f => FactJson.Write(f.Fact)).ToArray(),
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb,
        });
        await command.ExecuteNonQueryAsync();
    }
}
