using Ledger.Domain.Facts;
using Npgsql;

namespace Ledger.Host.Import;

/// <summary>
/// The right to import into a database, one process at a time: a lock of the session, so that it ends with the process or
/// the connection, whatever happens to them.
/// </summary>
internal sealed class ImportTurn : IAsyncDisposable
{
    private const long Lock = 4774451407313062;

    private ImportTurn(NpgsqlConnection connection) => Connection = connection;

    /// <summary>The connection that holds the lock; what only one import may do is done on it.</summary>
    public NpgsqlConnection Connection { get; }

    /// <summary>Takes the turn; waits a little, for a server needs a moment to notice that a killed import is gone.</summary>
    /// <exception cref="ImportBusyException">Another import runs.</exception>
    public static async Task<ImportTurn> TakeAsync(NpgsqlDataSource database, TimeSpan patience, CancellationToken cancellation)
    {
        var connection = await database.OpenConnectionAsync(cancellation);
        try
        {
            var pause = TimeSpan.FromMilliseconds(50);
            for (var waited = TimeSpan.Zero; !await TryAsync(connection, "select pg_try_advisory_lock($1)", cancellation); waited += pause)
            {
                if (waited >= patience) throw new ImportBusyException(Refusal.Of(Codes.ImportInProgress, "*"));
                await Task.Delay(pause, cancellation);
            }

            return new ImportTurn(connection);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Gives the turn up: the connection goes back to a pool, which does not do so.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await TryAsync(Connection, "select pg_advisory_unlock($1)", CancellationToken.None);
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException)
        {
            // The connection is broken: the server has given the lock up, and the pool drops it.
        }

        await Connection.DisposeAsync();
    }

    private static async Task<bool> TryAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = Lock });
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }
}
