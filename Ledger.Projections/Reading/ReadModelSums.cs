using System.Data;
using Marten;
using Npgsql;

namespace Ledger.Projections.Reading;

/// <summary>What the read models hold, in few words: equal sums are equal documents, byte for byte.</summary>
/// <param name="Position">The ledger position that they rest on.</param>
/// <param name="Documents">Of each table the number of documents and the SHA-256 over them in the order of their ids.</param>
public sealed record ReadModelSums(long Position, IReadOnlyDictionary<string, (long Count, string Sha256)> Documents)
{
    /// <summary>Whether the documents are the same.</summary>
    public bool SameDocuments(ReadModelSums other) =>
        Documents.Count == other.Documents.Count && Documents.All(d => other.Documents.TryGetValue(d.Key, out var there) && there == d.Value);

    /// <summary>Reads the sums, all at one moment.</summary>
    public static async Task<ReadModelSums> ReadAsync(IDocumentStore store, NpgsqlDataSource database, CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        var position = (await ReadModels.StateAsync(connection, cancellation)).Position;
        var documents = new SortedDictionary<string, (long, string)>(StringComparer.Ordinal);
        foreach (var table in CountyProjection.Tables(store))
        {
            // A hash of hashes, so that the server never holds more than 32 bytes of a document at once.
            await using var command = new NpgsqlCommand(
                $"""
                select count(*), encode(sha256(coalesce(string_agg(d.sum, ''::bytea order by d.id collate "C"), '')), 'hex')
                from (select id, sha256(convert_to(id || ' ' || data::text, 'UTF8')) as sum from {table}) d
                """, connection) { CommandTimeout = 0 };
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            await reader.ReadAsync(cancellation);
            documents[table] = (reader.GetInt64(0), reader.GetString(1));
        }

        return new ReadModelSums(position, documents);
    }
}
