using Ledger.Domain.Facts;
using Ledger.Host.Import;
using Shouldly;
using Xunit;
using static Ledger.Tests.Import.FactLines;

namespace Ledger.Tests.Import;

/// <summary>Every refusal of the import's own, and what becomes of the lines around it.</summary>
public sealed class RefusalTests(RefusalTests.Shared shared) : IClassFixture<RefusalTests.Shared>
{
    private static readonly string N1 = Number(1);
    private static readonly string N2 = Number(2);

    public static TheoryData<string, string[]> Files => new()
    {
        // import.malformed
        { "1 - import.malformed", ["{"] },
        { "1 - import.malformed", ["\uFEFF[]", "", "  ", Unit("a")] },
        { "3 - import.malformed", [Unit("a"), "\r", "{\"specversion\":\"0.3\"}"] },
        { "2 - import.malformed", [Unit("a"), Unit("b").Replace("/test", "\\ud800", StringComparison.Ordinal)] },
        { "1 - import.malformed", [new string('x', 70_000), Unit("a")] },
        { "2 - import.malformed", [Unit("a"), new string(' ', 300_000) + "x", Unit("b")] },
        { "2 - import.malformed", [Unit("a"), new string('x', 600_000)] },
        { "1 - import.malformed", [Unit("a")[..^1] + ",\"\\ud800\":1}"] },
        // the schema
        { "1 unit/a import.unknown-type", [Line("unit/a", "UnitAbolished", new { }, "1")] },
        { "1 lawsuit/a import.wrong-stream", [Line("lawsuit/a", "UnitRegistered", new { }, "1")] },
        { "1 unit/a import.unknown-member", [Line("unit/a", "UnitRegistered", new { name = "a", kind = "Township", registeredOn = "2020-01-01", colour = "red" }, "1")] },
        { "1 unit/a import.unknown-member", [Unit("a").Replace("\"name\"", "\"na\\u0000me\"", StringComparison.Ordinal)] },
        { "1 unit/a import.missing-member", [Line("unit/a", "UnitRegistered", new { name = "a", kind = "Township" }, "1")] },
        { "1 unit/a import.invalid-value", [Line("unit/a", "UnitRegistered", new { name = "a", kind = "Village", registeredOn = "2020-01-01" }, "1")] },
        { "1 unit/a b import.invalid-value", [Unit("a").Replace("unit/a", "unit/a b", StringComparison.Ordinal)] },
        // the same key
        { "2 unit/a import.conflict", [Unit("a"), Unit("a").Replace("a镇", "b镇", StringComparison.Ordinal)] },
        { "2 unit/b import.conflict", [Unit("a", "same"), Unit("b", "same")] },
        { "2 unit/b import.conflict", [Unit("a", "x#y"), Unit("b", "y").Replace("/test", "/test#x", StringComparison.Ordinal)] },
        // the rules, through the same admission as the commands
        { "1 unit/a date.in-future", [Unit("a").Replace("2020-01-01", "2026-06-02", StringComparison.Ordinal)] },
        { "2 lawsuit/1 lawsuit.unknown-unit", [Unit("b"), Docketed("1", N1, "1")] },
        { "2 lawsuit/2 lawsuit.not-found", [Unit("a"), Judged("2", N1, "1")] },
        { "3 lawsuit/2 lawsuit.case-number-taken", [Unit("a"), Docketed("1", N1, "1"), Docketed("2", N1, "2")] },
        { "2 lawsuit/1 lawsuit.case-number-taken", [Docketed("2", N1, "2"), Docketed("1", N1, "1"), Unit("a")] },
        // the line that is missing was refused: valid or not, readable in part
        { "1 lawsuit/1 import.missing-member|2 lawsuit/1 import.depends-on-refused:1|3 lawsuit/1 import.depends-on-refused:1",
            [Line("lawsuit/1", "LawsuitDocketed", new { caseNo = N1 }, "1"), Judged("1", N1, "2"), Received("1", N1, "3"), Unit("a")] },
        { "2 lawsuit/1 date.in-future|3 lawsuit/1 import.depends-on-refused:2",
            [Unit("a"), Docketed("1", N1, "1", on: "2027-01-01"), Judged("1", N1, "2")] },
        { "1 unit/a import.invalid-value|2 unit/a import.depends-on-refused:1|3 lawsuit/1 lawsuit.unknown-unit",
            [Unit("a").Replace("Township", "Village", StringComparison.Ordinal),
             Line("unit/a", "UnitRenamed", new { name = "x", renamedOn = "2021-01-01" }, "2"), Docketed("1", N1, "1")] },
        { "3 lawsuit/1 import.invalid-value|4 lawsuit/1 import.depends-on-refused:3",
            [Unit("a"), Docketed("1", N1, "1"), Opened("1", N2, "2", level: "Third"), Judged("1", "(2023)豫1121行初2号", "3")] },
        { "4 lawsuit/1 import.missing-member|5 lawsuit/1 import.depends-on-refused:4",
            [Unit("a"), Unit("b"), Docketed("1", N1, "1"), Line("lawsuit/1", "DefendantAdded", new { unit = "b" }, "2"),
             Line("lawsuit/1", "CaseConferenceHeld", new { unit = "b", heldOn = "2023-05-01", risk = "Red" }, "3")] },
        { "3 lawsuit/1 judgment.missing-disposition|4 lawsuit/1 import.depends-on-refused:3",
            [Unit("a"), Docketed("1", N1, "1"), Judged("1", N1, "2").Replace("\"unit\":\"a\"", "\"unit\":\"b\"", StringComparison.Ordinal),
             Received("1", N1, "3"), Unit("b")] },
        { "2 unit/a import.unknown-member|3 unit/a import.depends-on-refused:2",
            [Unit("a"), Line("unit/a", "UnitRenamed", new { colour = 1 }, "2"), Retracted("unit/a", "2", "3")] },
        { "2 unit/a fact.not-found", [Unit("a"), Retracted("unit/a", "9", "3")] },
        // a refused taker's later lines depend on it, and a number that it did not take is free for others
        { "3 lawsuit/2 lawsuit.case-number-taken|4 lawsuit/2 import.depends-on-refused:3",
            [Unit("a"), Docketed("1", N1, "1"), Docketed("2", N1, "2"), Opened("2", N2, "3"), Docketed("3", N2, "4")] },
        { "4 lawsuit/2 lawsuit.case-number-taken",
            [Unit("a"), Docketed("1", N1, "1"), Docketed("2", N2, "2"), Opened("2", N1, "3"), Docketed("3", Number(3), "4")] },
        // freed by a renaming only for later lines
        { "3 lawsuit/2 lawsuit.case-number-taken",
            [Unit("a"), Docketed("1", N1, "1"), Docketed("2", N1, "2"), Renamed("1", "1", N2, "3")] },
        { "5 lawsuit/1 lawsuit.case-number-taken",
            [Unit("a"), Docketed("1", N1, "1"), Renamed("1", "1", N2, "3"), Docketed("2", N1, "2"), Renamed("1", "1", N1, "4")] },
        { "5 lawsuit/1 lawsuit.case-number-taken",
            [Unit("a"), Docketed("1", N1, "1"), Renamed("1", "1", N2, "3"), Docketed("2", N1, "2"), Retracted("lawsuit/1", "3", "4")] },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_line_is_refused_and_nothing_is_imported(string expected, string[] lines)
    {
        var database = shared.Database;
        var report = await database.ImportAsync(lines);
        report.Imported.ShouldBe(0);
        string.Join('|', report.Refused.Select(Short)).ShouldBe(expected);
        (await database.ScalarAsync<long>("select count(*) from mt.mt_events")).ShouldBe(0);
        (await database.ScalarAsync<long>("select count(*) from ledger.import")).ShouldBe(0);
        await database.CheckInvariantsAsync();
    }

    [Fact]
    public async Task What_the_ledger_holds_refuses_too()
    {
        await using var database = await ImportDatabase.CreateAsync();
        await database.ImportAsync([Unit("a"), Docketed("1", N1, "1"), Docketed("2", N2, "2")]);
        var report = await database.ImportAsync(
        [
            Docketed("3", N1, "3"),                                        // taken in the ledger
            Judged("1", N1, "2"),                                          // the key stands in another stream
            Judged("1", N1, "4"), Received("1", N1, "5"),                  // fine
            Docketed("2", N2, "2", on: "2023-04-04"),                      // the same key, other content
            Docketed("1", Number(9), "6"),
        ]);
        string.Join('|', report.Refused.Select(Short)).ShouldBe(
            "1 lawsuit/3 lawsuit.case-number-taken|2 lawsuit/1 import.conflict|5 lawsuit/2 import.conflict|6 lawsuit/1 lawsuit.already-docketed");
        report.Refused[0].Message.ShouldBe($"案号“{N1}”已属于“lawsuit/1” / the case number '{N1}' belongs to 'lawsuit/1' already");
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_a_failure_of_its_own()
    {
        await using var database = await ImportDatabase.CreateAsync();
        await Should.ThrowAsync<ImportUnreadableException>(() => database.Importer().RunAsync("/no/such/file", "x"));
        await Should.ThrowAsync<ImportUnreadableException>(() => database.Importer().RunAsync(Path.GetTempPath(), "x"));
        // and leaves the import free for the next one
        (await database.ImportAsync([Unit("a")])).Imported.ShouldBe(1);
    }

    /// <summary>One ledger for all that is refused: nothing of it stays.</summary>
    public sealed class Shared : IAsyncLifetime
    {
        public ImportDatabase Database { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Database = await ImportDatabase.CreateAsync();

        public ValueTask DisposeAsync() => Database.DisposeAsync();
    }

    private static string Short(RefusedLine refused)
    {
        var needs = refused.Code == Codes.DependsOnRefused ? ":" + refused.Message.Split(' ')[1] : "";
        return $"{refused.Line} {refused.Subject ?? "-"} {refused.Code}{needs}";
    }
}
