using Npgsql;

namespace Ledger.Host.Postgres;

/// <summary>A running PostgreSQL server that this process uses; disposing it stops the server when nobody else uses it.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private readonly NpgsqlConnectionStringBuilder _connection;
    private Func<Task>? _release;

    internal PostgresServer(string folder, NpgsqlConnectionStringBuilder connection, Func<Task> release) =>
        (Folder, _connection, _release) = (folder, connection, release);

    /// <summary>The folder that holds the cluster, its password and its log.</summary>
    public string Folder { get; }

    /// <summary>The port on the loopback address.</summary>
    public int Port => _connection.Port;

    /// <summary>How to reach a database of this server as its administrator. It contains the password: never log it.</summary>
    public string ConnectionStringFor(string database) =>
        new NpgsqlConnectionStringBuilder(_connection.ConnectionString) { Database = database }.ConnectionString;

    /// <summary>Creates the database unless it exists, and returns how to reach it.</summary>
    public async Task<string> EnsureDatabaseAsync(string database, CancellationToken cancellation = default)
    {
        var there = await OnServerAsync(
            "select 1 from pg_database where datname = $1",
            async command =>
            {
                command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = database });
                return await command.ExecuteScalarAsync(cancellation) is not null;
            },
            cancellation);
        if (!there)
        {
            try
            {
                await ExecuteAsync($"create database {Quote(database)}", cancellation);
            }
            catch (PostgresException race) when (race.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
            {
                // Another process was faster.
            }
        }

        return ConnectionStringFor(database);
    }

    /// <summary>Deletes the database with everything in it and creates it anew.</summary>
    public async Task<string> RecreateDatabaseAsync(string database, CancellationToken cancellation = default)
    {
        await ExecuteAsync($"drop database if exists {Quote(database)} with (force)", cancellation);
        return await EnsureDatabaseAsync(database, cancellation);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _release, null) is { } release)
        {
            await release();
        }
    }

    private static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private Task<int> ExecuteAsync(string sql, CancellationToken cancellation) =>
        OnServerAsync(sql, async command => await command.ExecuteNonQueryAsync(cancellation), cancellation);

    private async Task<T> OnServerAsync<T>(string sql, Func<NpgsqlCommand, Task<T>> use, CancellationToken cancellation)
    {
        var unpooled = new NpgsqlConnectionStringBuilder(_connection.ConnectionString) { Database = "postgres", Pooling = false };
        await using var connection = new NpgsqlConnection(unpooled.ConnectionString);
        await connection.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        return await use(command);
    }
}
