using Ledger.Domain.Facts;
using Ledger.Host.Import;
using Ledger.Tests.Import;
using Shouldly;
using Xunit;
using static Ledger.Tests.Import.FactLines;

namespace Ledger.Tests.Plan;

/// <summary>Rules that read other streams than their own: under locks for a command, out of the whole file for an import.</summary>
public sealed class OtherStreamTests
{
    private static string Filed(int n, string unit, string id) =>
        Line($"lawsuit/{n}", "CaseFilingSubmitted", new { unit, caseNo = Number(n), submittedAt = "2023-04-10T10:00:00+08:00" }, id);

    private static string Transferred(int n, string to, string id) =>
        Line("unit/a", "ObligationTransferred", new { kind = "CaseFiling", to, transferredOn = "2023-04-07", caseNo = Number(n) }, id);

    [Fact]
    public async Task In_a_file_the_order_of_subjects_does_not_matter()
    {
        string[] lines = [Docketed("1", Number(1), "1"), Filed(1, "b", "2"), Transferred(1, "b", "3"), Unit("b"), Unit("a")];
        await using var forward = await ImportDatabase.CreateAsync();
        (await forward.ImportAsync(lines)).Refused.ShouldBeEmpty();
        await forward.CheckInvariantsAsync();
        await using var split = await ImportDatabase.CreateAsync();
        (await split.ImportAsync([Unit("a"), Unit("b"), Transferred(1, "b", "3")])).Refused.ShouldBeEmpty();
        (await split.ImportAsync(lines)).Refused.ShouldBeEmpty();
        (await split.ImportAsync(lines)).Duplicates.ShouldBe(lines.Length);
        await split.CheckInvariantsAsync();
    }

    [Fact]
    public async Task What_no_line_and_no_fact_says_is_refused_and_nothing_is_imported()
    {
        await using var database = await ImportDatabase.CreateAsync();
        var report = await database.ImportAsync([Unit("a"), Unit("b"), Docketed("1", Number(1), "1"), Transferred(2, "b", "2"), Filed(1, "b", "3")]);
        report.Refused.ShouldHaveSingleItem().ShouldSatisfyAllConditions(r => r.Line.ShouldBe(5), r => r.Code.ShouldBe(Codes.DefendantNotNamed));
        (await database.ScalarAsync<long>("select count(*) from mt.mt_events where stream_id like 'unit/%'")).ShouldBe(0);
    }

    [Fact]
    public async Task What_a_file_rests_on_is_looked_at_again_when_it_changes_before_the_reservation()
    {
        await using var database = await ImportDatabase.CreateAsync();
        (await database.ImportAsync([Unit("a"), Unit("b"), Docketed("1", Number(1), "1"), Transferred(1, "b", "2")])).Refused.ShouldBeEmpty();
        var checks = 0;
        var report = await database.ImportAsync([Filed(1, "b", "3")], new ImportOptions
        {
            FaultPoint = async step =>
            {
                if (step != "checked" || checks++ > 0) return;
                (await database.RecordAsync(Retracted("unit/a", "2", "4"))).Refusal.ShouldBeNull();
            },
        });
        checks.ShouldBe(2);
        report.Refused.ShouldHaveSingleItem().Code.ShouldBe(Codes.DefendantNotNamed);
    }

    [Fact]
    public async Task A_command_decides_on_what_stands_when_it_commits()
    {
        const int times = 25;
        await using var database = await ImportDatabase.CreateAsync();
        (await database.ImportAsync([
            Unit("a"), Unit("b"),
            .. Enumerable.Range(1, times).SelectMany(n => (string[])[Docketed($"{n}", Number(n), $"d{n}"), Transferred(n, "b", $"t{n}")]),
        ])).Refused.ShouldBeEmpty();
        for (var n = 1; n <= times; n++)
        {
            var filing = database.RecordAsync(Filed(n, "b", $"f{n}"));
            var retraction = database.RecordAsync(Retracted("unit/a", $"t{n}", $"r{n}"));
            (await retraction).Refusal.ShouldBeNull();
            if ((await filing).Refusal is { } refused) refused.Code.ShouldBe(Codes.DefendantNotNamed);
        }

        // Whichever came first: no filing stands behind the retraction of what allowed it.
        (await database.ScalarAsync<long>("""
            select count(*) from mt.mt_events f join mt.mt_events r on r.headers ->> 'id' = 'r' || substr(f.headers ->> 'id', 2)
            where f.type = 'CaseFilingSubmitted' and f.seq_id > r.seq_id
            """)).ShouldBe(0);
    }
}
