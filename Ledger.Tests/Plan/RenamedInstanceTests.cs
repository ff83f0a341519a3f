using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Rectifications;
using Ledger.Tests.Infrastructure;
using Shouldly;
using Xunit;
using static Ledger.Tests.Infrastructure.Samples;

namespace Ledger.Tests.Plan;

/// <summary>A case number that is corrected in its lawsuit is followed by what other streams say of it.</summary>
public sealed class RenamedInstanceTests
{
    private const string Renamed = "（2023）豫1121行初8号";

    private static Given Loss => Given.Facts(Docketed("wuquan"), Judgment(("wuquan", Outcome.RevokeAll)));

    private static RectificationOpened Opened(string caseNo) => new("a", "wuquan", caseNo, Day("2023-06-01"));

    [Fact]
    public void What_was_said_under_the_old_number_is_read_under_the_new_one()
    {
        var ledger = Loss.And("rectification/r", Opened(First)).And(Corrected(Given.Id(1), ("caseNo", $"\"{Renamed}\""))).Ledger();
        ledger.On().Told<RectificationOpened>(StreamKind.Rectification).ShouldHaveSingleItem().Fact.CaseNo.ShouldBe(Renamed);
        // Before the correction was recorded, it was the number that everybody knew.
        ledger.On(position: ledger.Log.Count - 1).Told<RectificationOpened>(StreamKind.Rectification).Single().Fact.CaseNo.ShouldBe(First);
    }

    [Fact]
    public void What_is_said_under_the_new_number_stays()
    {
        var ledger = Loss.And(Corrected(Given.Id(1), ("caseNo", $"\"{Renamed}\""))).And("rectification/r", Opened(Renamed)).Ledger();
        ledger.On().Told<RectificationOpened>(StreamKind.Rectification).Single().Fact.CaseNo.ShouldBe(Renamed);
    }
}
