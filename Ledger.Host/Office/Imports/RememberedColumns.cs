using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace Ledger.Host.Office.Imports;

/// <summary>Remembers which column of a sender's sheet holds what: the next one with the same headings is read alike.</summary>
public sealed class RememberedColumns(NpgsqlDataSource database)
{
    /// <summary>What is remembered; null for nothing.</summary>
    public async Task<IReadOnlyDictionary<ImportField, int>?> FindAsync(string sender, ImportKind kind, IReadOnlyList<string> headings, CancellationToken cancellation = default)
    {
        await using var command = database.CreateCommand("select columns::text from ledger.import_columns where sender = $1 and kind = $2 and headings = $3");
        Add(command, sender, kind, headings);
        return await command.ExecuteScalarAsync(cancellation) is string columns ? JsonSerializer.Deserialize<Dictionary<ImportField, int>>(columns) : null;
    }

    /// <summary>Remembers.</summary>
    public async Task KeepAsync(string sender, ImportKind kind, IReadOnlyList<string> headings, IReadOnlyDictionary<ImportField, int> columns, CancellationToken cancellation = default)
    {
        await using var command = database.CreateCommand("""
            insert into ledger.import_columns (sender, kind, headings, columns) values ($1, $2, $3, $4)
            on conflict (sender, kind, headings) do update set columns = excluded.columns
            """);
        Add(command, sender, kind, headings);
        command.Parameters.Add(new NpgsqlParameter { Value = JsonSerializer.Serialize(columns), NpgsqlDbType = NpgsqlDbType.Jsonb });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static void Add(NpgsqlCommand command, string sender, ImportKind kind, IReadOnlyList<string> headings)
    {
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = sender });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = kind.ToString() });
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = ImportColumns.Signature(headings) });
    }
}
