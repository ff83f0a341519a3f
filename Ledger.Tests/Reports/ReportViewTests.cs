using System.Runtime.CompilerServices;
using System.Text.Json;
using Ledger.Host.Answers;
using Ledger.Projections.Lawsuits;
using Ledger.Tests.Infrastructure;
using Ledger.Tests.Pages;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Reports;

/// <summary>What reports read: a contract of views, the ledger's own numbers in it, and nothing beside it.</summary>
[Collection(PagesCollection.Name)]
public sealed class ReportViewTests(PagesApp app) : IAsyncLifetime
{
    private const string Contract =
        """
        select concat_ws(' ', c.relname || '.' || a.attname, format_type(a.atttypid, a.atttypmod), col_description(c.oid, a.attnum))
        from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
        where c.relnamespace = 'bi'::regnamespace order by c.relname, a.attnum
        """;

    // The read models follow the facts.
    public async ValueTask InitializeAsync()
    {
        await using var owner = NpgsqlDataSource.Create(app.Logins.Owner!);
        await Eventually.IsAsync(
            async () =>
            {
                await using var read = owner.CreateCommand("select exists (select from bi.reading r where r.position >= (select max(seq_id) from mt.mt_events))");
                return (bool)(await read.ExecuteScalarAsync())!;
            },
            "the read models have caught up");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Names_types_and_meanings_of_the_columns_are_a_contract()
    {
        var columns = await RowsAsync(Contract, r => r.GetString(0));
        columns.ShouldBe(await File.ReadAllLinesAsync(Of("Golden/bi.txt"), TestContext.Current.CancellationToken));
        columns.ShouldAllBe(c => c.Any(letter => letter >= '一'), "each says in Chinese what it is");
        var views = await RowsAsync("select c.relname || coalesce(obj_description(c.oid), '') from pg_class c where c.relnamespace = 'bi'::regnamespace", r => r.GetString(0));
        views.ShouldAllBe(v => v.Any(letter => letter >= '一'));
    }

    [Fact]
    public async Task What_they_hold_is_what_the_ledger_counts()
    {
        var ranking = (await app.Services.GetRequiredService<LedgerAnswers>().RankingAsync("2023", null, null, new TimesAsked())).Value!;
        var docketed = (await RowsAsync("select unit, count(*)::int from bi.new_case where extract(year from docketed_on) = 2023 group by unit", r => (r.GetString(0), r.GetInt32(1)))).ToDictionary();
        var names = (await RowsAsync("select unit, unit_name from bi.unit", r => (r.GetString(0), r.GetString(1)))).ToDictionary();
        ranking.Rows.Count.ShouldBeGreaterThan(20);
        foreach (var row in ranking.Rows)
        {
            docketed.GetValueOrDefault(row.Unit).ShouldBe(row.Figures.NewCases, row.Name);
            names[row.Unit].ShouldBe(row.Name);
        }

        await using var session = app.Services.GetRequiredService<IDocumentStore>().QuerySession();
        var contributions = (await session.Query<UnitMonth>().ToListAsync(TestContext.Current.CancellationToken)).SelectMany(m => m.Contributions.Values).ToList();
        (await CountAsync("bi.closing")).ShouldBe(contributions.Sum(c => c.Closings.Count));
        (await CountAsync("bi.effective_outcome")).ShouldBe(contributions.Sum(c => c.Effective.Count));
        (await CountAsync("bi.appearance where head_attended")).ShouldBe(contributions.Sum(c => c.Appearances.Count(a => a.HeadAttended)));
        (await CountAsync("bi.filing_duty where met_at is null")).ShouldBe(contributions.Sum(c => c.Deadlines.Count(d => d.MetAt is null)));
        (await CountAsync("bi.appearance")).ShouldBeGreaterThan(10);
    }

    [Fact]
    public async Task Every_row_says_how_far_the_ledger_was_read()
    {
        var (position, asOf) = (await RowsAsync("select position, as_of from bi.reading", r => (r.GetInt64(0), r.GetFieldValue<DateTimeOffset>(1)))).ShouldHaveSingleItem();
        (await RowsAsync("select distinct position, as_of from bi.closing", r => (r.GetInt64(0), r.GetFieldValue<DateTimeOffset>(1)))).ShouldBe([(position, asOf)]);
        position.ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("select * from mt.mt_events")]
    [InlineData("select * from mt.mt_doc_lawsuitrecord")]
    [InlineData("select * from ledger.leaf")]
    [InlineData("delete from bi.reading")]
    [InlineData("create view bi.mine as select 1")]
    public async Task A_reader_reads_the_views_and_nothing_else(string sql) =>
        (await Should.ThrowAsync<PostgresException>(() => RowsAsync(sql, _ => 0))).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);

    [Fact]
    public async Task Every_question_of_the_dashboard_is_answered_to_a_reader()
    {
        using var dashboard = JsonDocument.Parse(await File.ReadAllTextAsync(Of("../deploy/grafana/dashboards/county.json"), TestContext.Current.CancellationToken));
        var questions = dashboard.RootElement.GetProperty("panels").EnumerateArray()
            .SelectMany(p => p.GetProperty("targets").EnumerateArray().Select(t => (Title: p.GetProperty("title").GetString()!, Sql: t.GetProperty("rawSql").GetString()!))).ToList();
        questions.Count.ShouldBeGreaterThan(4);
        foreach (var (title, sql) in questions) (await RowsAsync(sql.Replace("$year", "2023", StringComparison.Ordinal), _ => 0)).ShouldNotBeEmpty(title);
    }

    private async Task<long> CountAsync(string from) => (await RowsAsync("select count(*) from " + from, r => r.GetInt64(0))).Single();

    private async Task<IReadOnlyList<T>> RowsAsync<T>(string sql, Func<NpgsqlDataReader, T> row)
    {
        await using var connection = new NpgsqlConnection(app.Logins.Owner);
        await connection.OpenAsync();
        await using (var role = new NpgsqlCommand("set role ledger_reader", connection)) await role.ExecuteNonQueryAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync()) rows.Add(row(reader));
        return rows;
    }

    private static string Of(string file, [CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", file));
}
