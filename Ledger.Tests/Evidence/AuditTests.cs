using System.Text.Json;
using Ledger.Domain.Units;
using Ledger.Host.Cli;
using Ledger.Host.Evidence.Audit;
using Ledger.Tests.Infrastructure;
using Shouldly;
using Spectre.Console;
using Xunit;

namespace Ledger.Tests.Evidence;

/// <summary>What an audit says of a ledger that nobody has attacked, beside its writers, in pieces, and on the command line.</summary>
public sealed class AuditTests : IAsyncLifetime
{
    private AuditedLedger _ledger = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _ledger = await AuditedLedger.CreateAsync();

    public async ValueTask DisposeAsync() => await _ledger.DisposeAsync();

    [Fact]
    public async Task An_untouched_ledger_is_clean_and_every_row_was_hashed()
    {
        for (var i = 0; i < 5; i++) await _ledger.RecordAsync();
        await _ledger.Sealer.SealWithHeadsAsync();
        for (var i = 0; i < 300; i++) await _ledger.RecordAsync();
        await _ledger.Sealer.SealWithHeadsAsync();
        await _ledger.RecordAsync();

        var report = await _ledger.AuditAsync(new AuditOptions { Chunk = 100 });
        report.ShouldFindOnly();
        report.ExitCode.ShouldBe(0);
        report.Rows.ShouldBe(await _ledger.ScalarAsync<long>("select count(*) from ledger.leaf where kind = 'event'"));
        report.Unsealed.ShouldBe(1);
        var (checkpoint, _) = await _ledger.LatestAsync();
        (report.Size, report.Root, report.Published).ShouldBe((checkpoint.Size, Convert.ToBase64String(checkpoint.Root), checkpoint.Size));
    }

    [Fact]
    public async Task Nothing_sealed_is_nothing_proved()
    {
        await _ledger.RecordAsync();
        var report = await _ledger.AuditAsync();
        report.ShouldFindOnly(AuditCodes.NothingSealed);
        report.Unsealed.ShouldBe(await _ledger.ScalarAsync<long>("select count(*) from mt.mt_events"));
    }

    [Fact]
    public async Task Rows_of_any_kind_are_hashed_as_they_were_taken_in_and_sealed()
    {
        // Texts that JSON, PostgreSQL's records and the canonical form each write in a way of their own.
        string[] texts = ["", " ", "a,b", "(x)", "q\"q", "b\\s", "tab\there", "line\nbreak", "舞阳县", "\U00020000", "\u007f\u0001", "NULL", "{}"];
        string[] data =
        [
            "{}", "[]", "\"text\"", "3", "null", "{\"b\": 1, \"aa\": 2, \"a\": {\"z\": [1, 2, {\"y\": null, \"x\": true}], \"c\": {}}}", "{\"n\": 1.50, \"m\": 1e400, \"k\": -0}",
            "{\"n\": 1.50, \"m\": 123456789012345678, \"k\": -7, \"j\": 123456789012345}", "{\"é\": 1, \"e\": 2, \"\\u0001\": \"\\u0002\", \"q\\\"\": \"\\\\\"}", "{\"t\": \"two\\nlines\"}",
        ];
        await using (var connection = new Npgsql.NpgsqlConnection(_ledger.Ledger.AdministratorConnectionString))
        {
            await connection.OpenAsync(Cancellation);
            var n = 0;
            foreach (var (text, json) in texts.Select((t, i) => (t, data[i % data.Length])).Concat(data.Select((d, i) => (texts[(i + 3) % texts.Length], d))))
            {
                await using var command = new Npgsql.NpgsqlCommand(
                    "with s as (insert into mt.mt_streams (id, type, version, tenant_id) values ($1, 'odd', 1, '*DEFAULT*') returning id) "
                    + "insert into mt.mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type, headers, user_name, causation_id, correlation_id, is_archived, bdata) "
                    + "select nextval('mt.mt_events_sequence'), gen_random_uuid(), id, 1, $2::jsonb, 'Odd', clock_timestamp(), '*DEFAULT*', $3, $4::jsonb, $3, null, $3, $5, $6 from s", connection);
                command.Parameters.Add(new Npgsql.NpgsqlParameter<string> { TypedValue = $"odd/{n++} {text}" });
                command.Parameters.Add(new Npgsql.NpgsqlParameter<string> { TypedValue = json });
                command.Parameters.Add(new Npgsql.NpgsqlParameter<string> { TypedValue = text });
                command.Parameters.Add(new Npgsql.NpgsqlParameter { Value = n % 3 == 0 ? DBNull.Value : JsonSerializer.Serialize(new { source = text, id = n, time = (string?)null }), NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
                command.Parameters.Add(new Npgsql.NpgsqlParameter<bool> { TypedValue = n % 2 == 0 });
                command.Parameters.Add(new Npgsql.NpgsqlParameter { Value = n % 4 == 0 ? new byte[] { 0, 255 } : DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bytea });
                await command.ExecuteNonQueryAsync(Cancellation);
            }
        }

        _ledger.Ledger.Audit.Skip("events that no program can read");
        var options = new AuditOptions { ReadModels = false };
        (await _ledger.AuditAsync(options)).ShouldFindOnly(AuditCodes.NothingSealed);
        await _ledger.Sealer.SealWithHeadsAsync();
        (await _ledger.AuditAsync(options)).ShouldFindOnly();
        (await _ledger.ScalarAsync<long>("select count(*) from ledger.leaf where position('\"intake\":\"ok\"'::bytea in entry) = 0 and kind = 'event'")).ShouldBe(0);
    }

    [Fact]
    public async Task Beside_writers_and_sealers_every_audit_is_clean()
    {
        await _ledger.RecordAsync();
        await _ledger.Sealer.SealAsync();
        using var done = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var writers = Enumerable.Range(0, 4).Select(async w =>
        {
            for (var i = 0; i < 15; i++)
            {
                var receipt = await _ledger.Ledger.RecordAsync($"unit/w{w}-{i}", new UnitRegistered($"单位{w}-{i}", UnitKind.Township, new DateOnly(2020, 1, 1)));
                receipt.Refusal.ShouldBeNull();
            }
        }).ToList();
        var writing = Task.WhenAll(writers);
        var sealing = Task.WhenAll(Enumerable.Range(0, 2).Select(async s =>
        {
            var sealer = _ledger.Sealed.NewSealer();
            do await (s == 0 ? sealer.SealAsync(Cancellation) : sealer.SealWithHeadsAsync(Cancellation));
            while (!writing.IsCompleted);
        }));
        var audits = 0;
        do
        {
            (await _ledger.AuditAsync()).ShouldFindOnly();
            audits++;
        }
        while (!sealing.IsCompleted);
        await Task.WhenAll(writing, sealing);
        audits.ShouldBeGreaterThan(0);
        await _ledger.Sealer.SealAsync();
        (await _ledger.AuditAsync()).Rows.ShouldBeGreaterThan(61);
    }

    [Fact]
    public async Task An_audit_that_was_stopped_goes_on_with_the_rows_and_trusts_no_leaf()
    {
        for (var i = 0; i < 100; i++) await _ledger.RecordAsync();
        await _ledger.Sealer.SealAsync();
        var folder = Directory.CreateTempSubdirectory("ledger-audit-");
        try
        {
            var options = new AuditOptions { ProgressFile = Path.Combine(folder.FullName, "progress"), Chunk = 16, NoteEvery = 16 };
            var first = await _ledger.ScalarAsync<long>("select min(seq_id) from ledger.leaf where leaf_index >= 10 and kind = 'event'");
            await _ledger.BehindAsync($"update mt.mt_events set user_name = 'x' where seq_id = {first}");
            using (var stop = new CancellationTokenSource())
                await Should.ThrowAsync<OperationCanceledException>(_ledger.AuditAsync(options, new StopAt(48, stop), stop.Token));
            var noted = AuditResume.Read(options.ProgressFile!)!;
            noted.Size.ShouldBeGreaterThanOrEqualTo(48);

            // What the first run found is reported by the second, what it passed is not looked at again, what comes later is.
            await _ledger.BehindAsync($"update mt.mt_events set user_name = 'x' where seq_id in ({first + 1}, {first + 70})");
            var report = await _ledger.AuditAsync(options with { Resume = true });
            report.Findings.Where(f => f.Code == AuditCodes.FactChanged.Code).Select(f => f.Sequence).ShouldBe([first, first + 70]);
            report.ShouldFind(AuditCodes.RowsSkipped).Leaf.ShouldBe(noted.Size);
            report.Rows.ShouldBe(await _ledger.ScalarAsync<long>("select count(*) from ledger.leaf where kind = 'event'"));
            File.Exists(options.ProgressFile).ShouldBeFalse("it is done");

            noted.Write(options.ProgressFile!);
            await _ledger.BehindAsync($"update ledger.leaf set entry = convert_to(replace(convert_from(entry, 'UTF8'), '\"tester\"', '\"x\"'), 'UTF8') where seq_id = {first}");
            (await _ledger.AuditAsync(options with { Resume = true })).ShouldFind(AuditCodes.ResumeDiffers).Leaf.ShouldBe(noted.Size);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Only_the_rows_after_a_size_are_hashed_and_always_the_whole_tree()
    {
        var first = await _ledger.RecordAsync();
        await _ledger.Sealer.SealAsync();
        var size = (await _ledger.LatestAsync()).Checkpoint.Size;
        var second = await _ledger.RecordAsync();
        await _ledger.Sealer.SealAsync();
        await _ledger.BehindAsync($"update mt.mt_events set user_name = 'x' where seq_id in ({first}, {second})");
        var report = await _ledger.AuditAsync(new AuditOptions { Since = size });
        report.Findings.Where(f => f.Code == AuditCodes.FactChanged.Code).Select(f => f.Sequence).ShouldBe([second]);
        (report.Rows, report.Leaves).ShouldBe((1, (await _ledger.LatestAsync()).Checkpoint.Size));
    }

    [Fact]
    public async Task Many_findings_are_counted_and_some_are_told()
    {
        for (var i = 0; i < 10; i++) await _ledger.RecordAsync();
        await _ledger.Sealer.SealAsync();
        await _ledger.BehindAsync("update mt.mt_events set user_name = 'x' where stream_id like 'unit/%'");
        var report = await _ledger.AuditAsync(new AuditOptions { MostFindings = 3 });
        report.Findings.Count.ShouldBe(3);
        report.Counts[AuditCodes.FactChanged.Code].ShouldBe(10);
    }

    [Fact]
    public async Task Names_of_people_are_masked_in_findings()
    {
        await _ledger.RecordAsync("unit/wuquan", new UnitRegistered("舞泉镇", UnitKind.Township, new DateOnly(2020, 1, 1)));
        var fact = await _ledger.RecordAsync("lawsuit/a", Samples.Docketed() with { Plaintiffs = ["张三丰"] });
        await _ledger.Sealer.SealAsync();
        await _ledger.BehindAsync($"update mt.mt_events set data = jsonb_set(data, '{{plaintiffs}}', '[\"李四光\"]') where seq_id = {fact}");
        var masked = (await _ledger.AuditAsync()).ShouldFind(AuditCodes.FactChanged, fact, "data.plaintiffs");
        (masked.Sealed, masked.Found).ShouldBe(("[\"张某某\"]", "[\"李某某\"]"));
        var plain = (await _ledger.AuditAsync(new AuditOptions { Unmasked = true })).ShouldFind(AuditCodes.FactChanged, fact, "data.plaintiffs");
        (plain.Sealed, plain.Found).ShouldBe(("[\"张三丰\"]", "[\"李四光\"]"));
    }

    [Fact]
    public async Task The_verb_prints_tables_or_json_and_answers_with_the_worst()
    {
        var fact = await _ledger.RecordAsync();
        await _ledger.Sealer.SealAsync();
        var (console, output, progress) = (new StringWriter(), new StringWriter(), new StringWriter());
        (await Verb(asJson: false)).ShouldBe(0);
        console.ToString().ShouldContain("未发现问题");
        progress.ToString().ShouldContain("核对事实 100%");

        await _ledger.BehindAsync($"update mt.mt_events set user_name = '[x]' where seq_id = {fact}; update mt.mt_streams set version = 5 where id = '{await _ledger.StreamOfAsync(fact)}'");
        (await Verb(asJson: false)).ShouldBe(12);
        console.ToString().ShouldContain("fact.changed");
        console.ToString().ShouldContain("退出码 12");
        (await Verb(asJson: true)).ShouldBe(12);
        using var json = JsonDocument.Parse(output.ToString());
        var findings = json.RootElement.GetProperty("findings").EnumerateArray().ToList();
        findings.Where(f => f.GetProperty("kind").GetString() != "information").Select(f => f.GetProperty("code").GetString()).ShouldBe(["fact.changed", "stream.version"]);
        (findings[0].GetProperty("kind").GetString(), findings[0].GetProperty("sequence").GetInt64(), findings[0].GetProperty("member").GetString(), findings[0].GetProperty("found").GetString())
            .ShouldBe(("changed", fact, "user", "[x]"));

        Task<int> Verb(bool asJson) => AuditVerb.RunAsync(
            _ledger.Audit(), new AuditOptions(), asJson, AnsiConsole.Create(new AnsiConsoleSettings { Out = new WideOutput(console), Ansi = AnsiSupport.No }), null, output, progress, Cancellation);
    }

    [Fact]
    public void Every_code_has_a_name_of_its_own_and_both_languages()
    {
        AuditCodes.All.Select(c => c.Code).ShouldBeUnique();
        AuditCodes.All.ShouldAllBe(c => c.Chinese.Length > 0 && c.English.Length > 0 && AuditCodes.Of(c.Code) == c);
        AuditVerb.Create().Parse([]).Errors.ShouldBeEmpty();
        Enum.GetValues<AuditKind>().Select(AuditVerb.NameOf).ShouldBeUnique();
    }

    private sealed class StopAt(long leaf, CancellationTokenSource stop) : IProgress<AuditProgress>
    {
        public void Report(AuditProgress value)
        {
            if (value.Step == AuditStep.Facts && value.Done >= leaf) stop.Cancel();
        }
    }

    private sealed class WideOutput(TextWriter writer) : IAnsiConsoleOutput
    {
        public TextWriter Writer => writer;

        public bool IsTerminal => false;

        public int Width => 400;

        public int Height => 100;

        public void SetEncoding(System.Text.Encoding encoding)
        {
        }
    }
}
