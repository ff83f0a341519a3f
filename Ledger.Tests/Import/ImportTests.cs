using System.Text;
using CsCheck;
using Ledger.Domain.Facts;
using Ledger.Host.Import;
using Ledger.Projections;
using Ledger.Projections.Lawsuits;
using Marten;
using Shouldly;
using Xunit;
using static Ledger.Tests.Import.FactLines;

namespace Ledger.Tests.Import;

/// <summary>What an import appends: the same as commands would, in any batches, beside commands.</summary>
public sealed class ImportTests
{
    private static readonly string N1 = Number(1);
    private static readonly string N2 = Number(2);
    private static readonly string N3 = Number(3);

    private static string[] Small =>
    [
        Docketed("1", N1, "1"), Unit("a"), Judged("1", N1, "2"), Received("1", N1, "3"), Opened("1", "(2023)豫11行终7号", "4"),
        Docketed("2", N2, "5"), Renamed("2", "5", N3, "6"), Docketed("3", N2, "7"), Renamed("1", "1", Number(8), "8"), Renamed("1", "1", N1, "9"),
        Unit("b"), Retracted("unit/b", "u-b", "10"), Unit("c"), Retracted("unit/c", "u-c", "11"), Unit("c", "u-c2"),
        Line("policy/P-X", "CountingPolicyAdopted", new { basis = "Effective", effectiveFrom = "2024-01-01" }, "12"),
    ];

    [Fact]
    public async Task Import_writes_what_the_commands_write()
    {
        await using var commanded = await ImportDatabase.CreateAsync();
        foreach (var line in Small.OrderBy(l => !l.Contains("u-a", StringComparison.Ordinal)).Where(IsKnown))
            (await commanded.RecordAsync(line)).Refusal.ShouldBeNull(line);
        await using var imported = await ImportDatabase.CreateAsync();
        var report = await imported.ImportAsync(Small.Where(IsKnown));
        report.Refused.ShouldBeEmpty();
        report.Imported.ShouldBe(Small.Count(IsKnown));

        // The import says which one it was; a command has nothing to correlate.
        var ours = (await imported.ContentAsync()).Split('\n').Where(l => !l.StartsWith("done", StringComparison.Ordinal))
            .Select(l => System.Text.RegularExpressions.Regex.Replace(l, "\"correlation\": \"import/[0-9a-f]{64}\"", "\"correlation\": null"));
        var theirs = (await commanded.ContentAsync()).Split('\n')
            .Select(l => System.Text.RegularExpressions.Regex.Replace(l, "\"(correlation|causation)\": \"[^\"]*\"", "\"$1\": null"));
        ours.ShouldBe(theirs, ignoreOrder: true);
        await imported.CheckInvariantsAsync();

        // And commands go on where the import stopped.
        (await imported.RecordAsync(Docketed("9", Number(9), "90", unit: "a"))).Version.ShouldBe(1);
        (await imported.RecordAsync(Opened("3", Number(10), "91"))).Version.ShouldBe(2);
        (await imported.RecordAsync(Docketed("4", N2, "92"))).Refusal!.Code.ShouldBe(Codes.CaseNumberTaken);
        (await imported.RecordAsync(Small[0])).Duplicate.ShouldBeTrue();
        await imported.CheckInvariantsAsync();

        static bool IsKnown(string line) => Envelope.Read(Encoding.UTF8.GetBytes(line)).Refusal is null;
    }

    [Fact]
    public async Task Repeats_are_counted_and_change_nothing()
    {
        await using var database = await ImportDatabase.CreateAsync();
        string[] lines = [.. Small[..10], Small[0], Small[4].Replace("(2023)豫11行终7号", "（2023）豫11行终7号", StringComparison.Ordinal), Received("1", N1, "other id"), Unit("a", "u-a2")];
        var first = await database.ImportAsync(lines);
        first.Refused.ShouldBeEmpty();
        (first.Imported, first.Duplicates).ShouldBe((10, 4));
        var before = await database.ContentAsync();
        var again = await database.ImportAsync(lines);
        again.Refused.ShouldBeEmpty();
        (again.Imported, again.Duplicates).ShouldBe((0, 14));
        (await database.ContentAsync()).ShouldStartWith(before);
        (await database.ImportAsync([])).ShouldBe(new ImportReport(0, 0, []), new SameReport());
        await database.CheckInvariantsAsync();
    }

    [Fact]
    public async Task Subjects_may_come_in_any_order_and_batches_of_any_size()
    {
        var bySubject = Small[..15].GroupBy(l => Envelope.Read(Encoding.UTF8.GetBytes(l)).Envelope!.Subject.ToString(), StringComparer.Ordinal).Select(g => g.ToArray()).ToList();
        await using var expected = await ImportDatabase.CreateAsync();
        await expected.ImportAsync(Small[..15]);
        var content = Facts(await expected.ContentAsync());

        // Number 2 moves from one lawsuit to another, so these two keep their order; everything else is shuffled.
        await Gen.Select(Gen.Shuffle(Enumerable.Range(0, bySubject.Count).ToArray()), Gen.Int[1, 7], Gen.Int[1, 3], Gen.Int[1, 5])
            .SampleAsync(async (shuffled, batch, writers, block) =>
            {
                var lines = shuffled.SelectMany(i => bySubject[i]).OrderBy(l => l.Contains("lawsuit/3", StringComparison.Ordinal));
                await using var database = await ImportDatabase.CreateAsync();
                var report = await database.ImportAsync(lines, new ImportOptions { BatchSize = batch, Writers = writers, CheckBlock = block });
                report.Refused.ShouldBeEmpty();
                Facts(await database.ContentAsync()).ShouldBe(content);
                await database.CheckInvariantsAsync();
            }, iter: 8, threads: 1);

        static string Facts(string content) => System.Text.RegularExpressions.Regex.Replace(content, "import/[0-9a-f]{64}|done.*", "");
    }

    [Fact]
    public async Task Commands_and_the_daemon_go_on_beside_an_import()
    {
        await using var database = await ImportDatabase.CreateAsync();
        (await database.ImportAsync([Unit("live")])).Imported.ShouldBe(1);
        using var daemon = await database.Store.BuildProjectionDaemonAsync();
        await daemon.StartAllAsync();
        using var stop = new CancellationTokenSource();
        var writers = Enumerable.Range(0, 2).Select(w => Task.Run(async () =>
        {
            var n = 0;
            for (; !stop.IsCancellationRequested; n++)
                (await database.RecordAsync(Docketed($"live-{w}-{n}", Number(900_000 + w * 10_000 + n), $"live-{w}-{n}", unit: "live"))).Refusal.ShouldBeNull();
            return n;
        })).ToList();
        var report = await database.ImportAsync(Many(400), new ImportOptions { BatchSize = 150, CheckBlock = 100 });
        await stop.CancelAsync();
        var live = (await Task.WhenAll(writers)).Sum();
        live.ShouldBeGreaterThan(0);
        report.Refused.ShouldBeEmpty();
        report.Imported.ShouldBe(4_020);
        await database.CheckInvariantsAsync();

        await daemon.WaitForNonStaleData(TimeSpan.FromSeconds(30));
        await daemon.StopAllAsync();
        (await database.ScalarAsync<long>("select count(*) from mt.mt_events")).ShouldBe(live + 4_021);
        (await database.ScalarAsync<long>("select position from ledger.advance()")).ShouldBe(await database.ScalarAsync<long>("select max(seq_id) from mt.mt_events"));
        await using var session = database.Store.QuerySession();
        (await session.Query<LawsuitRecord>().CountAsync()).ShouldBe(live + 400);
        (await database.ScalarAsync<long>($"select last_seq_id from mt.mt_event_progression where name = '{CountyProjection.Shard}'"))
            .ShouldBe(await database.ScalarAsync<long>("select max(seq_id) from mt.mt_events"));
    }

    [Fact]
    public async Task A_command_that_touches_what_is_being_imported_is_told_so()
    {
        await using var database = await ImportDatabase.CreateAsync();
        (await database.ImportAsync([Unit("a"), Unit("z"), Docketed("9", Number(9), "9")])).Imported.ShouldBe(3);
        var status = new ImportStatus(database.Source);
        var asked = 0;
        var options = new ImportOptions
        {
            FaultPoint = async step =>
            {
                (await status.IsInProgressAsync()).ShouldBe(step is "reserved" or "batch" or "appended", step);
                if (step != "reserved") return;
                asked++;
                (await database.RecordAsync(Docketed("1", Number(77), "c1"))).Refusal!.Code.ShouldBe(Codes.ImportInProgress);
                (await database.RecordAsync(Docketed("7", N1, "c2"))).Refusal!.Code.ShouldBe(Codes.ImportInProgress);
                (await database.RecordAsync(Docketed("7", Number(78), "1"))).Refusal!.Code.ShouldBe(Codes.ImportInProgress);
                (await database.RecordAsync(Docketed("8", Number(79), "c3"))).Refusal.ShouldBeNull();
                (await Should.ThrowAsync<ImportBusyException>(() => database.ImportAsync([Unit("q")], new ImportOptions { Patience = TimeSpan.Zero }))).Refusal.Code.ShouldBe(Codes.ImportInProgress);
            },
        };
        (await database.ImportAsync([Docketed("1", N1, "1"), Judged("1", N1, "2")], options)).Imported.ShouldBe(2);
        asked.ShouldBe(1);
        (await database.RecordAsync(Received("1", N1, "3"))).Version.ShouldBe(3);
        await database.CheckInvariantsAsync();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task What_a_command_changes_during_the_check_is_checked_again(int change)
    {
        await using var database = await ImportDatabase.CreateAsync();
        (await database.ImportAsync([Unit("a"), Unit("b")])).Imported.ShouldBe(2);
        var checks = 0;
        var report = await database.ImportAsync([Docketed("1", N1, "1"), Judged("1", N1, "2")], new ImportOptions
        {
            FaultPoint = async step =>
            {
                if (step != "checked" || checks++ > 0) return;
                var line = change switch
                {
                    0 => Docketed("1", N2, "c"),               // the stream itself
                    1 => Docketed("5", N1, "c"),               // a case number of the file
                    2 => Docketed("5", N2, "1"),               // a key of the file
                    _ => Retracted("unit/a", "u-a", "c"),      // a unit that it names
                };
                (await database.RecordAsync(line)).Refusal.ShouldBeNull();
            },
        });
        checks.ShouldBe(2);
        report.Refused[0].Code.ShouldBe(change switch
        {
            0 => Codes.LawsuitAlreadyDocketed, 1 => Codes.CaseNumberTaken, 2 => Codes.Conflict, _ => Codes.UnknownUnit,
        });
        await database.CheckInvariantsAsync();
    }

    private sealed class SameReport : IEqualityComparer<ImportReport>
    {
        public bool Equals(ImportReport? x, ImportReport? y) =>
            x!.Imported == y!.Imported && x.Duplicates == y.Duplicates && x.Refused.SequenceEqual(y.Refused);

        public int GetHashCode(ImportReport obj) => 0;
    }
}
