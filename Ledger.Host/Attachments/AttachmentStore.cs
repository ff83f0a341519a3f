using System.Buffers;
using System.Data;
using System.Security.Cryptography;
using Ledger.Domain.Facts;
using Npgsql;

namespace Ledger.Host.Attachments;

/// <summary>A document that is stored.</summary>
/// <param name="Sha256">Its hash, lower-case hexadecimal: its name.</param>
/// <param name="Size">Its length in bytes.</param>
/// <param name="MediaType">What it is, by its content.</param>
public sealed record Attachment(string Sha256, long Size, string MediaType)
{
    /// <summary>The number under which its chunks stand.</summary>
    internal long Content { get; init; }

    /// <summary>How many there are.</summary>
    internal int Chunks { get; init; }
}

/// <summary>Who stores a document.</summary>
/// <param name="Actor">The person.</param>
/// <param name="Unit">A clerk's own unit; null for those who act for the office or a court.</param>
/// <param name="Client">Through what.</param>
public sealed record Storer(string Actor, string? Unit, string Client);

/// <summary>What storing came to.</summary>
/// <param name="Attachment">The document; null when refused.</param>
/// <param name="IsNew">Whether the ledger did not hold it before.</param>
/// <param name="Refusal">Why it is not stored.</param>
public sealed record Storing(Attachment? Attachment, bool IsNew, Refusal? Refusal = null);

/// <summary>
/// The documents that facts name, in the ledger's database by their SHA-256. A document passes through in chunks and is never
/// whole in memory; it is there when its transaction has committed, and before that nothing of it is.
/// </summary>
public sealed class AttachmentStore(NpgsqlDataSource database)
{
    /// <summary>The largest document, in bytes: 20 MiB.</summary>
    public const int Largest = 20 * 1024 * 1024;

    /// <summary>The length of a chunk, in bytes; the last one may be shorter.</summary>
    public const int ChunkLength = 256 * 1024;

    /// <summary>Whether the text is a SHA-256 in hexadecimal.</summary>
    public static bool IsHash(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigit);

    /// <summary>
    /// Stores a document as it arrives. Again, or by two at once, it is stored once and both are remembered. Also of a
    /// document that is there already every byte is read: who knows only its hash has not stored it.
    /// </summary>
    /// <param name="body">The document.</param>
    /// <param name="sha256">The hash that it must have; null when that is yet to be found out.</param>
    /// <param name="storer">Who stores it.</param>
    /// <param name="cancellation">Stops it; nothing of it is left.</param>
    public async Task<Storing> StoreAsync(Stream body, string? sha256, Storer storer, CancellationToken cancellation = default)
    {
        var isKnown = sha256 is not null && await FindAsync(sha256, cancellation) is not null;
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using (var transaction = await connection.BeginTransactionAsync(cancellation))
        {
            var (arrived, refusal) = await ReceiveAsync(connection, body, write: !isKnown, cancellation);
            if (arrived is null) return new Storing(null, false, refusal);
            if (sha256 is not null && arrived.Sha256 != sha256)
                return new Storing(null, false, Refusal.Of(Codes.AttachmentHashDiffers, sha256, arrived.Sha256));
            if (!isKnown && await AddAsync(connection, arrived, cancellation))
            {
                await RememberAsync(connection, arrived.Sha256, storer, cancellation);
                await transaction.CommitAsync(cancellation);
                return new Storing(arrived, true);
            }

            sha256 = arrived.Sha256;
        }

        // Rolled back: somebody else's chunks stand for the same bytes.
        await RememberAsync(connection, sha256, storer, cancellation);
        return new Storing(await FindAsync(sha256, cancellation), false);
    }

    /// <summary>A stored document, or null.</summary>
    public async Task<Attachment?> FindAsync(string sha256, CancellationToken cancellation = default) =>
        (await FindAsync([sha256], cancellation)).GetValueOrDefault(sha256.ToLowerInvariant());

    /// <summary>Those documents that are stored, by hash in lower case.</summary>
    public async Task<IReadOnlyDictionary<string, Attachment>> FindAsync(IReadOnlyCollection<string> hashes, CancellationToken cancellation = default)
    {
        var found = new Dictionary<string, Attachment>(StringComparer.Ordinal);
        if (hashes.Count == 0) return found;
        await using var command = database.CreateCommand(
            "select encode(sha256, 'hex'), size, media_type, content, chunks from ledger.attachment where sha256 = any($1)");
        command.Parameters.Add(new NpgsqlParameter<byte[][]> { TypedValue = [.. hashes.Select(Convert.FromHexString)] });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            found.Add(reader.GetString(0), new Attachment(reader.GetString(0), reader.GetInt64(1), reader.GetString(2)) { Content = reader.GetInt64(3), Chunks = reader.GetInt32(4) });
        return found;
    }

    /// <summary>Whether somebody of a unit stored the document.</summary>
    public async Task<bool> WasStoredByAsync(string unit, string sha256, CancellationToken cancellation = default)
    {
        await using var command = database.CreateCommand("select exists (select from ledger.attachment_storer where sha256 = $1 and unit = $2)");
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = Convert.FromHexString(sha256) });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = unit });
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>Writes a document out, chunk by chunk. The last one is held back until the hash of the whole has proved right.</summary>
    /// <exception cref="InvalidDataException">What is stored is not what was stored.</exception>
    public async Task CopyToAsync(Attachment attachment, Stream output, CancellationToken cancellation = default)
    {
        await using var command = database.CreateCommand("select data from ledger.attachment_chunk where content = $1 and n < $2 order by n");
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = attachment.Content });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = attachment.Chunks });
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancellation);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(ChunkLength);
        try
        {
            var chunks = 0;
            while (await reader.ReadAsync(cancellation))
            {
                await using var data = await reader.GetStreamAsync(0, cancellation);
                var length = await data.ReadAtLeastAsync(buffer.AsMemory(0, ChunkLength), ChunkLength, throwOnEndOfStream: false, cancellation);
                hash.AppendData(buffer, 0, length);
                if (++chunks == attachment.Chunks && Convert.ToHexStringLower(hash.GetCurrentHash()) != attachment.Sha256) break;
                await output.WriteAsync(buffer.AsMemory(0, length), cancellation);
            }

            if (chunks != attachment.Chunks || Convert.ToHexStringLower(hash.GetCurrentHash()) != attachment.Sha256)
                throw new InvalidDataException($"The document {attachment.Sha256} is damaged.");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async Task<(Attachment? Arrived, Refusal? Refusal)> ReceiveAsync(NpgsqlConnection connection, Stream body, bool write, CancellationToken cancellation)
    {
        var content = write ? await NumberAsync(connection, cancellation) : 0;
        var sniffer = new MediaTypeSniffer();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(ChunkLength);
        try
        {
            var (size, chunks) = (0L, 0);
            for (var length = ChunkLength; length == ChunkLength;)
            {
                length = await body.ReadAtLeastAsync(buffer.AsMemory(0, ChunkLength), ChunkLength, throwOnEndOfStream: false, cancellation);
                if (length == 0) break;
                size += length;
                if (size > Largest) return (null, Refusal.Of(Codes.AttachmentTooLarge, Largest));
                sniffer.Add(buffer.AsSpan(0, length));
                if (sniffer.IsHopeless) return (null, Refusal.Of(Codes.AttachmentTypeNotAccepted));
                hash.AppendData(buffer, 0, length);
                if (write) await InsertAsync(connection, content, chunks, buffer.AsMemory(0, length), cancellation);
                chunks++;
            }

            return sniffer.Result() is { } mediaType
                ? (new Attachment(Convert.ToHexStringLower(hash.GetHashAndReset()), size, mediaType) { Content = content, Chunks = chunks }, null)
                : (null, Refusal.Of(Codes.AttachmentTypeNotAccepted));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async Task<long> NumberAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select nextval('ledger.attachment_content')", connection);
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private static async Task InsertAsync(NpgsqlConnection connection, long content, int n, ReadOnlyMemory<byte> data, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("insert into ledger.attachment_chunk (content, n, data) values ($1, $2, $3)", connection);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = content });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = n });
        command.Parameters.Add(new NpgsqlParameter<ReadOnlyMemory<byte>> { TypedValue = data, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bytea });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    // Waits for another upload of the same document that is just committing.
    private static async Task<bool> AddAsync(NpgsqlConnection connection, Attachment attachment, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            "insert into ledger.attachment (sha256, content, size, chunks, media_type) values ($1, $2, $3, $4, $5) on conflict do nothing", connection);
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = Convert.FromHexString(attachment.Sha256) });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = attachment.Content });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = attachment.Size });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = attachment.Chunks });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = attachment.MediaType });
        return await command.ExecuteNonQueryAsync(cancellation) == 1;
    }

    private static async Task RememberAsync(NpgsqlConnection connection, string sha256, Storer storer, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            "insert into ledger.attachment_storer (sha256, actor, unit, client) values ($1, $2, $3, $4) on conflict do nothing", connection);
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = Convert.FromHexString(sha256) });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = storer.Actor });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = storer.Unit ?? "" });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = storer.Client });
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
