using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Domain.Facts;
using Ledger.Domain.Obligations;
using Ledger.Host.Answers;
using Npgsql;

namespace Ledger.Host.Deadlines;

/// <summary>A notice and for whom it has been recorded.</summary>
/// <param name="Notice">The notice.</param>
/// <param name="Recipients">The recipients' unit keys.</param>
public sealed record ListedNotice(Notice Notice, IReadOnlyList<string> Recipients);

/// <summary>The notices that were raised, for HTTP and CLI alike.</summary>
public sealed class NoticeAnswers(NpgsqlDataSource database)
{
    /// <summary>The notices by due day, unit, filing, case number and kind; or why there is no answer.</summary>
    /// <param name="unit">Only those of a unit.</param>
    /// <param name="kind">Only <c>Warning</c> or <c>Overdue</c>.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<(IReadOnlyList<ListedNotice>? Notices, Refusal? Refusal)> ListAsync(
        string? unit, string? kind, CancellationToken cancellation = default)
    {
        if (kind is not null && !Enum.GetNames<NoticeKind>().Contains(kind, StringComparer.Ordinal))
            return (null, Refusal.Of(Codes.QueryInvalid, "kind", kind));
        if (unit is not null && !await IsRegisteredAsync(unit, cancellation)) return (null, Refusal.Of(Codes.UnitNotFound, unit));

        await using var command = database.CreateCommand(
            """
            select n.data::text, coalesce(e.recipients, '{}')
            from mt.mt_doc_notice n
            left join (
              select data->>'notice' as notice, array_agg(data->>'recipient' order by data->>'recipient' collate "C") as recipients
              from mt.mt_doc_noticeentry group by 1) e on e.notice = n.id
            where ($1::text is null or n.data->>'unit' = $1) and ($2::text is null or n.data->>'kind' = $2)
            order by n.data->>'dueOn' collate "C", n.data->>'unit' collate "C", n.data->>'obligation' collate "C",
                     n.data->>'caseNo' collate "C", n.data->>'kind' collate "C" desc, n.id collate "C"
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)unit ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)kind ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var notices = new List<ListedNotice>();
        while (await reader.ReadAsync(cancellation))
            notices.Add(new ListedNotice(
                JsonSerializer.Deserialize<Notice>(reader.GetString(0), FactJson.Options)!, reader.GetFieldValue<string[]>(1)));
        return (notices, null);
    }

    /// <summary>The JSON of a list.</summary>
    public static JsonArray Json(IReadOnlyList<ListedNotice> notices) => new([.. notices.Select(n => (JsonNode)new JsonObject
    {
        ["id"] = n.Notice.Id,
        ["kind"] = n.Notice.Kind.ToString(),
        ["obligation"] = n.Notice.Obligation.ToString(),
        ["unit"] = n.Notice.Unit,
        ["lawsuit"] = n.Notice.Lawsuit,
        ["caseNo"] = n.Notice.CaseNo,
        ["dueOn"] = n.Notice.DueOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ["raisedAt"] = AnswerJson.Instant(n.Notice.RaisedAt),
        ["recipients"] = new JsonArray([.. n.Recipients.Select(r => (JsonNode)r)]),
        ["text"] = n.Notice.Text,
        ["textEn"] = n.Notice.TextEn,
    })]);

    private async Task<bool> IsRegisteredAsync(string unit, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select exists (select from ledger.registered_unit where unit = $1)");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = unit });
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }
}
