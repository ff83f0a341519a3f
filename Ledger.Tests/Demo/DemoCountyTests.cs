using System.Text;
using System.Text.Json;
using Ledger.Domain;
using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Obligations;
using Ledger.Domain.Units;
using Ledger.Host.Demo;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Demo;

public sealed class The_demo_county
{
    [Fact]
    public async Task Writes_the_same_bytes_for_the_same_seed()
    {
        var (one, same, other) = (await Write(new DemoOptions()), await Write(new DemoOptions()), await Write(new DemoOptions { Seed = 7 }));
        one.AsSpan().SequenceEqual(same).ShouldBeTrue();
        one.AsSpan().SequenceEqual(other).ShouldBeFalse();
    }

    [Fact]
    public async Task Writes_lines_that_read_back_as_the_facts_they_were()
    {
        var bytes = await Write(new DemoOptions());
        var facts = DemoLedger.Calibrated.Facts;
        var (start, index) = (0, 0);
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] != '\n') continue;
            var reading = Envelope.Read(bytes.AsMemory(start, i - start));
            reading.Refusal.ShouldBeNull($"line {index + 1}: {reading.Refusal?.English}");
            reading.Envelope!.Id.ShouldBe(facts[index].Id);
            reading.Envelope.Subject.ShouldBe(facts[index].Subject);
            reading.Envelope.Time.ShouldBe(facts[index].Time);
            StreamAdmission.SaysTheSame(reading.Envelope.Fact, facts[index].Fact).ShouldBeTrue($"line {index + 1}");
            (start, index) = (i + 1, index + 1);
        }

        index.ShouldBe(facts.Count);
        start.ShouldBe(bytes.Length);
    }

    [Theory]
    [InlineData(1, null, 2025, null)]
    [InlineData(2, null, 2025, "2023-08-15")]
    [InlineData(3, 30, 2025, null)]
    [InlineData(4, 1200, 2023, null)]
    public void Is_admitted_whole_whatever_its_options(int seed, int? lawsuits, int lastYear, string? endOn)
    {
        var options = new DemoOptions { Seed = seed, Lawsuits = lawsuits, LastYear = lastYear, EndOn = endOn is null ? null : DateOnly.Parse(endOn) };
        var ledger = DemoLedger.Admit(options);
        ledger.Facts.ShouldAllBe(f => f.Fact.LegalDate == null || f.Fact.LegalDate <= options.LastDay);
        ledger.Facts.ShouldAllBe(f => ShanghaiTime.DateOf(f.Time!.Value) <= options.LastDay);
        ledger.Facts.Select(f => f.Id).ShouldBeUnique();
        if (endOn is null) ledger.All<LawsuitDocketed>().Count().ShouldBe(options.Dockets().Sum(d => d.Count));
    }

    [Fact]
    public void Has_the_calibrated_numbers_of_new_cases() =>
        DemoLedger.Calibrated.All<LawsuitDocketed>().GroupBy(f => f.DocketedOn.Year).OrderBy(g => g.Key).Select(g => (g.Key, g.Count()))
            .ShouldBe([(2021, 14), (2022, 96), (2023, 84), (2024, 66), (2025, 60)]);

    [Theory]
    [InlineData(2022, 24)]
    [InlineData(2023, 18)]
    [InlineData(2024, 12)]
    [InlineData(2025, 9)]
    public async Task Loses_the_calibrated_share_of_first_instance_documents(int year, int percent)
    {
        // Counted from the file's JSON alone, without the domain.
        var (lost, closed) = (0, 0);
        var bytes = await Write(new DemoOptions());
        foreach (var line in Encoding.UTF8.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using var document = JsonDocument.Parse(line);
            if (document.RootElement.GetProperty("type").GetString() != "JudgmentRendered") continue;
            var data = document.RootElement.GetProperty("data");
            if (data.GetProperty("level").GetString() != "First") continue;
            if (!data.GetProperty("closedOn").GetString()!.StartsWith($"{year}", StringComparison.Ordinal)) continue;
            closed++;
            if (data.GetProperty("dispositions").EnumerateArray().Any(IsLostForTheCounty)) lost++;
        }

        (lost * 100m / closed).ShouldBeInRange(percent - 1m, percent + 1m, $"{lost}/{closed}");
        var county = DemoLedger.Calibrated.County(DemoLedger.Today);
        county.Rank(Period.Parse($"{year}"), UnitList.All, county.Policies.Find("P-A")!).County.LossRate.ShouldBe(new Ratio(lost, closed));
    }

    [Fact]
    public void Spreads_its_cases_over_few_units_as_counties_do()
    {
        foreach (var year in (int[])[2022, 2023, 2024, 2025])
        {
            var cases = DemoLedger.Calibrated.All<LawsuitDocketed>().Where(f => f.DocketedOn.Year == year)
                .GroupBy(f => f.Defendants[0].Unit, StringComparer.Ordinal).Select(g => g.Count()).OrderDescending().ToList();
            (cases.Take(5).Sum() * 100 / cases.Sum()).ShouldBeInRange(38, 62, $"{year}");
            (51 - cases.Count).ShouldBeInRange(12, 28, $"{year}");
        }
    }

    [Fact]
    public void Meets_its_deadlines_in_the_calibrated_proportions()
    {
        var county = DemoLedger.Calibrated.County(DemoLedger.Today).Obligations();
        Share(county, ObligationKind.CaseFiling).ShouldBeInRange(82, 88);
        Share(county, ObligationKind.LossFiling).ShouldBeInRange(70, 80);
    }

    [Fact]
    public void Sees_heads_of_units_in_court_more_often_every_year()
    {
        var county = DemoLedger.Calibrated.County(DemoLedger.Today);
        var rates = new[] { 2022, 2023, 2024, 2025 }
            .Select(y => county.Rank(Period.Parse($"{y}"), UnitList.All, county.Policies.Find("P-A")!).County.HeadAttendance).ToList();
        for (var i = 1; i < rates.Count; i++) Ratio.Compare(rates[i], rates[i - 1]).ShouldBeGreaterThan(0, string.Join(' ', rates));
    }

    [Fact]
    public void Streams_twenty_thousand_lawsuits_without_holding_them()
    {
        var (lines, numbers, keys) = (0L, new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        var passed = new List<WeakReference>();
        var held = int.MaxValue;
        foreach (var envelope in DemoCounty.Generate(new DemoOptions { Lawsuits = 20_000 }))
        {
            lines++;
            if (envelope.Fact is IOpensInstance { CaseNo: var caseNo }) numbers.Add(caseNo).ShouldBeTrue(caseNo);
            if (envelope.Fact is not LawsuitDocketed) continue;
            keys.Add(envelope.Subject.Key).ShouldBeTrue();
            passed.Add(new WeakReference(envelope));
            if (keys.Count < 20_000) continue;
            GC.Collect();
            held = passed.Count(p => p.IsAlive);
        }

        keys.Count.ShouldBe(20_000);
        lines.ShouldBeGreaterThan(200_000);
        held.ShouldBeLessThan(10);
    }

    [Fact]
    public void Begins_at_once_however_many_lawsuits_there_will_be() =>
        DemoCounty.Generate(new DemoOptions { Lawsuits = 2_000_000_000 }).Take(5_000).Count().ShouldBe(5_000);

    [Fact]
    public async Task Says_in_Chinese_that_it_is_synthetic()
    {
        var summary = await DemoFile.WriteAsync(Stream.Null, new DemoOptions());
        summary.ToString().ShouldContain("合成数据");
        summary.Lines.ShouldBe(DemoLedger.Calibrated.Facts.Count);
        summary.Units.ShouldBe(DemoLedger.Calibrated.All<UnitRegistered>().Count());
    }

    private static int Share(IEnumerable<Obligation> obligations, ObligationKind kind)
    {
        var due = obligations.Where(o => o.Kind == kind && o.Status != ObligationStatus.Pending).ToList();
        return due.Count(o => o.Status == ObligationStatus.Met) * 100 / due.Count;
    }

    private static bool IsLostForTheCounty(JsonElement disposition) =>
        disposition.GetProperty("unit").GetString() != "luohe" && IsLoss(disposition.GetProperty("outcome").GetString()!);

    private static bool IsLoss(string outcome) => outcome is "RevokeAll" or "RevokeAndRedo" or "RevokePart" or "OrderPerform" or "OrderPay"
        or "ConfirmUnlawful" or "ConfirmUnlawfulMinorProcedure" or "ConfirmUnlawfulAfterSelfCorrection" or "ConfirmInvalid" or "Modify"
        or "AgreementLiability" or "OrderDamages";

    private static async Task<byte[]> Write(DemoOptions options)
    {
        using var stream = new MemoryStream();
        await DemoFile.WriteAsync(stream, options, TestContext.Current.CancellationToken);
        return stream.ToArray();
    }
}
