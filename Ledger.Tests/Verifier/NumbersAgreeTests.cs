using CsCheck;
using Ledger.Domain.Facts;
using Ledger.Tests.Demo;
using Ledger.Tests.Infrastructure;
using Ledger.Verifier.Numbers;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Verifier;

/// <summary>Two programs that share no code count the same.</summary>
public sealed class NumbersAgreeTests
{
    private static readonly string?[] Units = [null, .. Samples.Units.Select(u => u.Subject.Key)];

    private static readonly IReadOnlyList<(Subject Subject, Recorded Recorded)> Demo =
        [.. DemoLedger.Calibrated.Facts.Select((f, i) => (f.Subject, new Recorded(i + 1, f.Id, f.Fact)))];

    [Fact]
    public void On_every_history_that_the_rules_admit() =>
        Gen.Select(RandomHistory.Of(260), Gen.Int[0, 99], Gen.Int[0, 1000], Gen.Int[0, Units.Length - 1], Gen.Int[0, NumbersBundle.Periods.Length - 1]).Sample((history, cut, day, whose, period) =>
        {
            var log = history.Ledger().Log;
            var position = cut < 60 ? log.Count : log.Count * cut / 100;
            var asOf = day < 500 ? history.Today : new DateOnly(2023, 1, 1).AddDays(day - 500);
            var unit = Units[whose];
            var bundle = NumbersBundle.Of(log, unit, asOf, position, ["2023", NumbersBundle.Periods[period]]);
            Contradictions(bundle).ShouldBeEmpty($"{unit} {asOf:O} {position}");
        }, iter: 120);

    [Theory]
    [InlineData("wuquan", "2025-12-31", 100)]
    [InlineData("gongan", "2025-12-31", 100)]
    [InlineData("chengguan", "2024-02-29", 100)]
    [InlineData("ziranziyuan", "2025-12-31", 60)]
    [InlineData("jiaotong", "2023-05-06", 100)]
    public void On_the_demo_county_for_a_unit(string unit, string asOf, int percent)
    {
        string[] periods = ["2022", "2023", "2024", "2025", "2023Q1", "2024Q4", "2023-06", "2025-12"];
        Unexpected(NumbersBundle.Of(Demo, unit, DateOnly.Parse(asOf), Demo.Count * percent / 100, periods)).ShouldBeEmpty();
    }

    [Fact]
    public void On_the_whole_demo_county() =>
        Unexpected(NumbersBundle.Of(Demo, null, new DateOnly(2025, 12, 31), Demo.Count, ["2023", "2024Q2"])).ShouldBeEmpty();

    // A transfer may name a case that no lawsuit of the ledger ever was, or is no more; only the ledger can know.
    private static bool IsOfUnknownCase(NumberFinding finding) => !finding.IsWrong && finding.Where.EndsWith("ObligationTransferred", StringComparison.Ordinal);

    // What rests on such a transfer cannot be decided, and is said not to be; nothing else may be left undecided, and nothing wrong.
    private static List<NumberFinding> Contradictions(NumbersBundle bundle)
    {
        var findings = bundle.Check();
        return findings.Any(IsOfUnknownCase) ? [.. findings.Where(f => f.IsWrong || !(IsOfUnknownCase(f) || f.Where.Contains("Filing", StringComparison.Ordinal)))] : [.. findings];
    }

    private static List<NumberFinding> Unexpected(NumbersBundle bundle) =>
        [.. bundle.Check().Where(f => !IsOfUnknownCase(f) || bundle.Facts.Any(b => NumbersBundle.Opens(b, f.Claimed)))];
}
