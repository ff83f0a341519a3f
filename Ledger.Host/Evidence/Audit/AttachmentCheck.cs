using System.Security.Cryptography;
using Npgsql;

namespace Ledger.Host.Evidence.Audit;

/// <summary>Whether the stored documents are those of their hashes.</summary>
internal sealed class AttachmentCheck(NpgsqlConnection connection, AuditFindings findings)
{
    /// <summary>Hashes them all; answers how many there are.</summary>
    public async Task<long> RunAsync(Action<long, long> progress, CancellationToken cancellation)
    {
        var documents = new Dictionary<long, (byte[] Sha256, long Size, int Chunks)>();
        await using (var command = new NpgsqlCommand("select content, sha256, size, chunks from ledger.attachment", connection))
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
            while (await reader.ReadAsync(cancellation)) documents.Add(reader.GetInt64(0), (reader.GetFieldValue<byte[]>(1), reader.GetInt64(2), reader.GetInt32(3)));
        var (count, total, done) = (documents.Count, documents.Values.Sum(d => d.Size), 0L);

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using (var command = new NpgsqlCommand("select content, n, data from ledger.attachment_chunk order by content, n", connection) { CommandTimeout = 0 })
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
        {
            var (content, size, chunks, inOrder) = (-1L, 0L, 0, true);
            while (await reader.ReadAsync(cancellation))
            {
                if (reader.GetInt64(0) != content)
                {
                    End(content, size, chunks, inOrder);
                    (content, size, chunks, inOrder) = (reader.GetInt64(0), 0, 0, true);
                }

                var data = reader.GetFieldValue<byte[]>(2);
                hash.AppendData(data);
                inOrder &= reader.GetInt32(1) == chunks;
                (size, chunks, done) = (size + data.Length, chunks + 1, done + data.Length);
                progress(done, total);
            }

            End(content, size, chunks, inOrder);
        }

        foreach (var (sha256, size, _) in documents.Values)
            findings.Add(AuditCodes.AttachmentChanged, subject: Convert.ToHexStringLower(sha256), member: "size", was: $"{size}", found: "0");
        return count;

        void End(long content, long size, int chunks, bool inOrder)
        {
            if (content < 0) return;
            var found = hash.GetHashAndReset();
            if (!documents.Remove(content, out var document))
            {
                findings.Add(AuditCodes.AttachmentOrphan, subject: $"ledger.attachment_chunk {content}", found: Convert.ToHexStringLower(found));
                return;
            }

            if (!found.AsSpan().SequenceEqual(document.Sha256))
                findings.Add(AuditCodes.AttachmentChanged, subject: Convert.ToHexStringLower(document.Sha256), member: "sha256", was: Convert.ToHexStringLower(document.Sha256), found: Convert.ToHexStringLower(found));
            else if (size != document.Size || chunks != document.Chunks || !inOrder)
                findings.Add(AuditCodes.AttachmentChanged, subject: Convert.ToHexStringLower(document.Sha256), member: "size, chunks", was: $"{document.Size}, {document.Chunks}", found: $"{size}, {chunks}");
        }
    }
}
