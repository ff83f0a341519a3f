using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Domain.Sealing;
using Npgsql;

namespace Ledger.Host.Evidence;

/// <summary>
/// What an operator would need to put a tampered row back as it was sealed. It changes nothing: who restores answers for it,
/// and the log of changes of the structure shows that the guards were off.
/// </summary>
public sealed class RestoreProposal
{
    private readonly string? _found;

    private RestoreProposal(long sequence, long leaf, JsonObject entry, string headers, string data, string? found) =>
        (Sequence, Leaf, Entry, Headers, Data, _found) = (sequence, leaf, entry, headers, data, found);

    /// <summary>The event's position.</summary>
    public long Sequence { get; }

    /// <summary>Its leaf.</summary>
    public long Leaf { get; }

    /// <summary>What was sealed of the row's columns.</summary>
    public JsonObject Entry { get; }

    /// <summary>The sealed headers.</summary>
    public string Headers { get; }

    /// <summary>The sealed data.</summary>
    public string Data { get; }

    /// <summary>Whether the row is gone.</summary>
    public bool IsDeleted => _found is null;

    /// <summary>Reads what was sealed of an event; null when it has no leaf.</summary>
    /// <param name="database">The database, as somebody who may read all of it.</param>
    /// <param name="sequence">The event's position.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="EvidenceStoppedException">The sealed copy is not what was sealed either: nothing can be proposed.</exception>
    public static async Task<RestoreProposal?> ReadAsync(NpgsqlDataSource database, long sequence, CancellationToken cancellation = default)
    {
        await using var command = database.CreateCommand(
            "select l.leaf_index, l.entry, p.headers, p.data, "
            + "(select (to_jsonb(e) - 'data' - 'headers' || jsonb_build_object('headers', e.headers, 'data', e.data))::text from mt.mt_events e where e.seq_id = l.seq_id), "
            + LeafOpening.Columns + " from ledger.leaf l join ledger.leaf_payload p on p.seq_id = l.seq_id where l.seq_id = $1 and l.kind = 'event'");
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = sequence });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        if (!await reader.ReadAsync(cancellation)) return null;
        var entry = JsonNode.Parse(reader.GetFieldValue<byte[]>(1))!.AsObject();
        var (headers, data) = (reader.GetString(2), reader.GetString(3));
        var opening = LeafOpening.Read(reader, 5);
        if (!Opens(Commitment.Headers, headers) || !Opens(Commitment.Data, data))
            throw new EvidenceStoppedException(
                EvidenceStoppedException.Fork,
                $"第 {sequence} 号事实的封存副本与封存叶不符，须从备份或证据包取回", $"the sealed copy of fact {sequence} is not what its leaf says: take it from a backup or a bundle");
        return new RestoreProposal(sequence, reader.GetInt64(0), entry, headers, data, reader.IsDBNull(4) ? null : reader.GetString(4));

        bool Opens(string part, string json)
        {
            using var value = JsonDocument.Parse(json);
            return opening.CommitmentTo(part, value.RootElement) is { } hash && entry[part]!.GetValue<string>() == Convert.ToBase64String(hash);
        }
    }

    /// <summary>What was sealed and what is there.</summary>
    public JsonObject ToJson() => new()
    {
        ["seq"] = Sequence.ToString(CultureInfo.InvariantCulture),
        ["leaf"] = Leaf.ToString(CultureInfo.InvariantCulture),
        ["sealed"] = new JsonObject { ["entry"] = Entry.DeepClone(), ["headers"] = JsonNode.Parse(Headers), ["data"] = JsonNode.Parse(Data) },
        ["found"] = _found is null ? null : JsonNode.Parse(_found),
    };

    /// <summary>The statements that a superuser would run, after thinking about it.</summary>
    public string ToSql()
    {
        (string Column, string Value)[] columns =
        [
            ("id", Text("id") + "::uuid"), ("stream_id", Text("stream")), ("version", Whole("ver")), ("type", Text("type")), ("timestamp", Text("ts") + "::timestamptz"),
            ("tenant_id", Text("tenant")), ("mt_dotnet_type", Text("dotnet")), ("user_name", Text("user")), ("correlation_id", Text("corr")), ("causation_id", Text("caus")),
            ("is_archived", Entry["archived"]!.GetValue<bool>() ? "true" : "false"), ("headers", Headers == "{}" ? "null" : Quoted(Headers) + "::jsonb"), ("data", Quoted(Data) + "::jsonb"),
        ];
        var (names, values) = (string.Join(", ", columns.Select(c => c.Column)), string.Join(",\n    ", columns.Select(c => c.Value)));
        string[] guards = IsDeleted ? ["ledger_no_change", "ledger_take_in"] : ["ledger_no_change"];
        var sql = new StringBuilder();
        sql.AppendLine(CultureInfo.InvariantCulture, $"-- Fact {Sequence} as it was sealed in leaf {Leaf}. Run by a superuser; the change of the guards is logged and sealed.");
        if (Entry["bdata"] is not null) sql.AppendLine("-- Its binary data are not kept in the sealed copy and have to come from a backup.");
        sql.AppendLine("begin;");
        foreach (var guard in guards) sql.AppendLine(CultureInfo.InvariantCulture, $"alter table mt.mt_events disable trigger {guard};");
        sql.AppendLine(IsDeleted
            ? string.Create(CultureInfo.InvariantCulture, $"insert into mt.mt_events (seq_id, {names}) values ({Sequence},\n    {values});")
            : string.Create(CultureInfo.InvariantCulture, $"update mt.mt_events set ({names}) = (\n    {values})\n  where seq_id = {Sequence};"));
        foreach (var guard in guards) sql.AppendLine(CultureInfo.InvariantCulture, $"alter table mt.mt_events enable always trigger {guard};");
        sql.AppendLine("commit;");
        return sql.ToString();
    }

    private string Text(string member) => Entry[member] is JsonValue value ? Quoted(value.GetValue<string>()) : "null";

    private string Whole(string member) => Entry[member]!.GetValue<string>();

    // E'' with doubled backslashes reads the same whatever standard_conforming_strings says.
    private static string Quoted(string text) => "E'" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal) + "'";
}
