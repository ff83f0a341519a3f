using CsCheck;
using Ledger.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Verifier;

/// <summary>Two programs that share no code count the same.</summary>
public sealed class NumbersAgreeTests
{
    private static readonly string?[] Units = [null, .. Samples.Units.Select(u => u.Subject.Key)];

    [Fact]
    public void On_every_history_that_the_rules_admit() =>
        Gen.Select(RandomHistory.Of(140), Gen.Int[0, 99], Gen.Int[0, 1000], Gen.Int[0, Units.Length - 1], Gen.Int[0, NumbersBundle.Periods.Length - 1]).Sample((history, cut, day, unit, period) =>
        {
            var ledger = history.Ledger();
            var position = cut < 60 ? ledger.Log.Count : ledger.Log.Count * cut / 100;
            var asOf = day < 500 ? history.Today : new DateOnly(2023, 1, 1).AddDays(day - 500);
            NumbersBundle.Of(ledger, Units[unit], asOf, position, ["2023", NumbersBundle.Periods[period]]).Check()
                .ShouldBeEmpty($"{Units[unit]} {asOf:O} {position}");
        }, iter: int.Parse(Environment.GetEnvironmentVariable("HD_ITER") ?? "100"));
}
