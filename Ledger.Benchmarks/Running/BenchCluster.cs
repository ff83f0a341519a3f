using Ledger.Host.Intake;
using Ledger.Host.Postgres;
using Ledger.Projections.Store;
using Npgsql;

namespace Ledger.Benchmarks.Running;

/// <summary>A throw-away server like the embedded one, durable as it is, and a database of its own for each cell.</summary>
internal sealed class BenchCluster : IAsyncDisposable
{
    /// <summary>Units that every database has; the cells' lawsuits name them.</summary>
    public const int Units = 20;

    private readonly PostgresServer _server;
    private readonly string _template;
    private int _databases;

    private BenchCluster(PostgresServer server, string template) => (_server, _template) = (server, template);

    /// <summary>Where its files are: the disk that is measured.</summary>
    public string Folder => Path.GetDirectoryName(_server.Folder)!;

    public static async Task<BenchCluster> StartAsync(CancellationToken cancellation)
    {
        var server = await EmbeddedPostgres.StartThrowawayAsync(new Progress<string>(Console.Error.WriteLine), cancellation);
        try
        {
            const string template = "bench_template";
            await using var first = new BenchDatabase(await server.EnsureDatabaseAsync(template, cancellation));
            await LedgerSchema.ApplyAsync(first.Store, cancellation);
            await new FirstFacts(first.Intake).RecordAsync(cancellation);
            for (var unit = 0; unit < Units; unit++) await first.RecordAsync(BenchFacts.Unit(unit));
            await first.ExecuteAsync(
                """
                create schema bench;
                create table bench.es (
                  seq bigint generated always as identity primary key, id uuid not null, stream_id varchar not null, version bigint not null,
                  type varchar not null, data jsonb not null, ts timestamptz not null default now(), unique (stream_id, version));
                """);
            return new BenchCluster(server, template);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>A fresh ledger. Whoever asks disposes it.</summary>
    public async Task<BenchDatabase> CreateAsync()
    {
        var name = $"bench_{++_databases}";
        await AdministerAsync($"create database {name} template {_template}");
        return new BenchDatabase(_server.ConnectionStringFor(name), () => AdministerAsync($"drop database {name} with (force)"));
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task AdministerAsync(string sql)
    {
        var unpooled = new NpgsqlConnectionStringBuilder(_server.ConnectionStringFor("postgres")) { Pooling = false };
        await using var connection = new NpgsqlConnection(unpooled.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
