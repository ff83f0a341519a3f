using Npgsql;

namespace Ledger.Host.Answers;

/// <summary>What every answer must say of the ledger besides its numbers.</summary>
public sealed class LedgerMarks(NpgsqlDataSource database)
{
    // The demo county is only ever loaded into an empty ledger, so it begins right after the first facts.
    private const string Marks = """
        select exists (select from (select e.headers from mt.mt_events e order by e.seq_id limit 50) first
                       where first.headers ->> 'source' like '/demo/%'), ledger.import_in_progress()
        """;

    /// <summary>Whether an import is under way, and whether the data is synthetic.</summary>
    public async Task<(bool ImportInProgress, bool IsSynthetic)> ReadAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Marks);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return (reader.GetBoolean(1), reader.GetBoolean(0));
    }
}
