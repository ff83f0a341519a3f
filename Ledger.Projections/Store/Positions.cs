using Npgsql;

namespace Ledger.Projections.Store;

/// <summary>
/// A point of the ledger: every event with a sequence number up to <paramref name="Position"/> that will ever exist was
/// committed at <paramref name="KnownAt"/>. An answer that names one can be asked for again and stays the same.
/// </summary>
public sealed record LedgerPosition(long Position, DateTimeOffset KnownAt);

/// <summary>Moves and reads the ledger's position. See <c>schema.sql</c> for why it can be trusted.</summary>
public sealed class Positions(NpgsqlDataSource database)
{
    /// <summary>Takes in what has been committed since the last time, and answers where the ledger stands now.</summary>
    public async Task<LedgerPosition> AdvanceAsync(CancellationToken cancellation = default)
    {
        await using var command = database.CreateCommand("select position, reached_at from ledger.advance()");
        return await ReadAsync(command, cancellation) ?? throw new InvalidOperationException("ledger.advance() answered nothing.");
    }

    /// <summary>
    /// The position to answer a question at: that named by the caller, or else the last one reached at
    /// <paramref name="knownAt"/>, or else the last one. Null where the caller names one that the ledger has not reached.
    /// </summary>
    public async Task<LedgerPosition?> ResolveAsync(
        DateTimeOffset? knownAt = null, long? position = null, CancellationToken cancellation = default)
    {
        if (position is { } named)
        {
            if (knownAt is not null)
            {
                throw new ArgumentException("An instant and a position exclude each other.", nameof(position));
            }

            // A position between two logged ones is gap-free too: it was reached when the next one was.
            await using var reached = database.CreateCommand(
                "select $1, p.reached_at from ledger.position p where p.position >= $1 and $1 >= 0 order by p.position limit 1");
            reached.Parameters.Add(new NpgsqlParameter<long> { TypedValue = named });
            return await ReadAsync(reached, cancellation);
        }

        await using var last = database.CreateCommand("select position, reached_at from ledger.resolve($1)");
        last.Parameters.Add(new NpgsqlParameter
        {
            Value = (object?)knownAt?.ToUniversalTime() ?? DBNull.Value,
            NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz,
        });
        return await ReadAsync(last, cancellation);
    }

    private static async Task<LedgerPosition?> ReadAsync(NpgsqlCommand command, CancellationToken cancellation)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? new LedgerPosition(reader.GetInt64(0), await reader.GetFieldValueAsync<DateTimeOffset>(1, cancellation))
            : null;
    }
}
