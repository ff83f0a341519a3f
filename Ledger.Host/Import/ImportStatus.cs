using Npgsql;

namespace Ledger.Host.Import;

/// <summary>Whether an import has begun to append and has not finished, also after a kill: answers say so.</summary>
public sealed class ImportStatus(NpgsqlDataSource database)
{
    /// <summary>Whether facts of an import may still be missing.</summary>
    public async Task<bool> IsInProgressAsync(CancellationToken cancellation = default)
    {
        await using var command = database.CreateCommand("select ledger.import_in_progress()");
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }
}
