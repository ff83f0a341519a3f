using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Domain;
using Ledger.Domain.Facts;
using Ledger.Domain.Redactions;
using Ledger.Domain.Sealing;
using Ledger.Host.Intake;
using Ledger.Projections.Reading;
using Npgsql;
using NpgsqlTypes;

namespace Ledger.Host.Evidence;

/// <summary>What a redaction came to.</summary>
/// <param name="Subject">The stream of the fact.</param>
/// <param name="Sequence">The fact's position.</param>
/// <param name="Members">What is no longer kept.</param>
/// <param name="AlsoIn">Other facts in which the same texts stand: each needs a redaction of its own.</param>
public sealed record RedactionReport(string Subject, long Sequence, IReadOnlyList<string> Members, IReadOnlyList<string> AlsoIn);

/// <summary>
/// Takes personal data away that two persons have decided to keep no longer. First the ledger records and seals that it does
/// so, and the hash of what remains; then, in one transaction, the row, its sealed copy, its salt and the hash of its intake
/// are changed. Stopped anywhere, it is run again and goes on.
/// </summary>
/// <param name="owner">The database as its owner reaches it: no other login may change anything that was recorded.</param>
/// <param name="intake">Records what is done.</param>
/// <param name="sealer">Seals it.</param>
/// <param name="clock">The ledger's clock.</param>
public sealed class Redactor(NpgsqlDataSource owner, FactIntake intake, Sealer sealer, TimeProvider clock)
{
    /// <summary>Called before each step that leaves a trace, with its name; for tests that stop there.</summary>
    public Action<string>? Before { get; init; }

    /// <summary>Carries out a redaction, or says why not.</summary>
    /// <param name="key">The redaction's key.</param>
    /// <param name="by">Who has it done.</param>
    /// <param name="cancellation">Stops it; run again, it goes on.</param>
    /// <exception cref="EvidenceStoppedException">The sealer refuses to sign; nothing was taken away.</exception>
    public async Task<(RedactionReport? Report, Refusal? Refusal)> RunAsync(string key, string by, CancellationToken cancellation = default)
    {
        var subject = new Subject(StreamKind.Redaction, key);
        var told = await new FactLog(owner).ReadAsync([subject.ToString()], long.MaxValue, cancellation).Select(e => e.Recorded).ToListAsync(cancellation);
        var redaction = Redaction.Fold(key, VisibleFacts.Of(told));
        if (redaction.Decided is not { } decided) return Refused(Codes.RedactionNotDecided, subject);
        await sealer.SealAsync(cancellation);
        if (await FindAsync(decided, cancellation) is not { } row) return Refused(Codes.RedactionFactNotFound, decided.About, decided.Fact);
        var left = decided.Members.Except(row.Opening.Redacted, StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);
        if (left.Count == 0) return (new RedactionReport(decided.About, row.Sequence, decided.Members, []), null);

        var about = Subject.Parse(decided.About);
        var fact = FactJson.ReadTrusted(EventCatalog.Find(row.Type)!, row.Data);
        if (left.Except(PersonalMembers.Of(about.Kind, fact), StringComparer.Ordinal).FirstOrDefault() is { } other)
            return Refused(Codes.RedactionNotPersonal, other, decided.Fact);
        if (!row.IsAsSealed()) return Refused(Codes.RedactionDiffers, decided.Fact);
        var remaining = row.Without(Redacted.DataOf(about.Kind, fact, left), left);
        var carriedOut = new RedactionCarriedOut(by, row.Sequence, remaining.Sha256, clock.Today());
        if (redaction.CarriedOut is { } before)
        {
            if (before.Remainder != carriedOut.Remainder || before.Sequence != row.Sequence) return Refused(Codes.RedactionDiffers, decided.Fact);
        }
        else
        {
            Before?.Invoke("record");
            var receipt = await intake.RecordAsync(new RecordFact(subject, carriedOut, RedactionCarriedOut.IdOf(key), by), cancellation);
            if (receipt.Refusal is { } refusal) return (null, refusal);
        }

        Before?.Invoke("announce");
        await AnnounceAsync(key, row.Sequence, decided, by, cancellation);
        Before?.Invoke("seal");
        await sealer.SealAsync(cancellation);
        if (!await IsSealedAsync(row.Sequence, left, cancellation)) return Refused(Codes.RedactionNotSealed);
        Before?.Invoke("redact");
        await RedactAsync(row, remaining, left, cancellation);
        Before?.Invoke("redacted");
        await ForgetOldVersionsAsync(cancellation);
        return (new RedactionReport(decided.About, row.Sequence, decided.Members, await AlsoInAsync(row.Sequence, Texts(row, remaining), cancellation)), null);
    }

    private static (RedactionReport? Report, Refusal? Refusal) Refused(string code, params object?[] values) => (null, Refusal.Of(code, values));

    private async Task<Row?> FindAsync(PersonalDataRedacted decided, CancellationToken cancellation)
    {
        await using var command = owner.CreateCommand(
            "select e.seq_id, e.type, e.data::text, l.entry, p.headers, p.data, " + LeafOpening.Columns
            + " from mt.mt_events e join ledger.leaf l on l.seq_id = e.seq_id join ledger.leaf_payload p on p.seq_id = e.seq_id where e.id = $1 and e.stream_id = $2");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = decided.Fact.ToEventId() });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = decided.About });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? new Row(
                reader.GetInt64(0), reader.GetString(1), reader.GetString(2), reader.GetFieldValue<byte[]>(3), reader.GetString(4), reader.GetString(5),
                LeafOpening.Read(reader, 6))
            : null;
    }

    // Once: said twice it would be sealed twice, which changes nothing either.
    private async Task AnnounceAsync(string key, long sequence, PersonalDataRedacted decided, string by, CancellationToken cancellation)
    {
        await using var command = owner.CreateCommand(
            "insert into ledger.pending_leaf (kind, body) select 'redaction', $1 where not exists (select from ledger.pending_leaf p where p.kind = 'redaction' and p.body - 'by' = $1 - 'by')");
        command.Parameters.Add(new NpgsqlParameter
        {
            NpgsqlDbType = NpgsqlDbType.Jsonb,
            Value = JsonSerializer.Serialize(new
            {
                seq = sequence, members = decided.Members.Order(StringComparer.Ordinal), by, approval = $"approval/{decided.Approval}", reason = $"redaction/{key}: {decided.Reason}",
            }),
        });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private async Task<bool> IsSealedAsync(long sequence, IReadOnlySet<string> members, CancellationToken cancellation)
    {
        await using var command = owner.CreateCommand("select ledger.redacted_members($1) @> $2");
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = sequence });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. members] });
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private async Task RedactAsync(Row row, Remaining remaining, HashSet<string> members, CancellationToken cancellation)
    {
        var opened = row.Members(members);
        await using var command = owner.CreateCommand("select ledger.redact($1, $2, $3, $4, $5, $6, $7)");
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = row.Sequence });
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Jsonb, Value = remaining.Json });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = remaining.Canonical });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. opened.Select(m => m.Part)] });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. opened.Select(m => m.Name)] });
        command.Parameters.Add(new NpgsqlParameter<byte[]?[]> { TypedValue = [.. opened.Select(m => m.Salt)] });
        command.Parameters.Add(new NpgsqlParameter<byte[]?[]> { TypedValue = [.. opened.Select(m => m.Hash)] });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    // What an update leaves behind in the tables' files goes when they are vacuumed; backups and the log of the server are
    // the operator's (docs/operations.md).
    private async Task ForgetOldVersionsAsync(CancellationToken cancellation)
    {
        await using var vacuum = owner.CreateCommand("vacuum mt.mt_events, ledger.leaf_payload, ledger.intake, ledger.leaf_member");
        await vacuum.ExecuteNonQueryAsync(cancellation);
    }

    private async Task<IReadOnlyList<string>> AlsoInAsync(long sequence, string[] texts, CancellationToken cancellation)
    {
        await using var command = owner.CreateCommand(
            "select e.stream_id || ' ' || (e.headers ->> 'source') || '#' || (e.headers ->> 'id') from mt.mt_events e "
            + "where e.seq_id <> $1 and exists (select from unnest($2) t where position(t in e.data::text) > 0) order by e.seq_id");
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = sequence });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = texts });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new List<string>();
        while (await reader.ReadAsync(cancellation)) found.Add(reader.GetString(0));
        return found;
    }

    // The texts that are gone, as they stand between quotation marks in JSON.
    private static string[] Texts(Row row, Remaining remaining)
    {
        static IEnumerable<string> In(JsonNode? node) => node switch
        {
            JsonObject o => o.SelectMany(m => In(m.Value)),
            JsonArray a => a.SelectMany(In),
            JsonValue v when v.GetValueKind() == JsonValueKind.String => [v.GetValue<string>()],
            _ => [],
        };
        return [.. In(JsonNode.Parse(row.Data)).Except(In(JsonNode.Parse(remaining.Json)), StringComparer.Ordinal).Where(t => t.Length > 0).Select(t => $"\"{t}\"")];
    }

    private sealed record Row(long Sequence, string Type, string Data, byte[] Entry, string SealedHeaders, string SealedData, LeafOpening Opening)
    {
        // Nothing is taken away from a row that somebody has changed: the evidence of it would go as well.
        public bool IsAsSealed()
        {
            using var entry = JsonDocument.Parse(Entry);
            using var headers = JsonDocument.Parse(SealedHeaders);
            using var data = JsonDocument.Parse(Data);
            return Jcs.Text(data.RootElement) == SealedData
                && Opens(entry, Commitment.Headers, headers.RootElement) && Opens(entry, Commitment.Data, data.RootElement);
        }

        public Remaining Without(JsonObject redacted, IReadOnlySet<string> members)
        {
            var data = JsonNode.Parse(Data)!.AsObject();
            foreach (var name in members) data[name] = redacted[name]?.DeepClone();
            var json = data.ToJsonString(FactJson.Options);
            using var read = JsonDocument.Parse(json);
            var canonical = Jcs.Text(read.RootElement);
            return new Remaining(json, canonical, Convert.ToHexStringLower(SHA256.HashData(Jcs.Bytes(canonical))));
        }

        public IReadOnlyList<LeafMember> Members(HashSet<string> redacted)
        {
            using var headers = JsonDocument.Parse(SealedHeaders);
            using var data = JsonDocument.Parse(Data);
            return
            [
                .. headers.RootElement.EnumerateObject().Select(m => new LeafMember(Commitment.Headers, m.Name, Opening.MemberSalt(Commitment.Headers, m.Name), null)),
                .. data.RootElement.EnumerateObject().Select(m =>
                    !redacted.Contains(m.Name) && Opening.MemberSalt(Commitment.Data, m.Name) is { } salt
                        ? new LeafMember(Commitment.Data, m.Name, salt, null)
                        : new LeafMember(Commitment.Data, m.Name, null, Opening.MemberHash(Commitment.Data, m.Name, Jcs.Text(m.Value)))),
            ];
        }

        private bool Opens(JsonDocument entry, string part, JsonElement value) =>
            Opening.CommitmentTo(part, value) is { } hash && entry.RootElement.GetProperty(part).GetString() == Convert.ToBase64String(hash);
    }

    private sealed record Remaining(string Json, string Canonical, string Sha256);
}
