using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Obligations;
using Ledger.Domain.Periods;

namespace Ledger.Host.Demo;

/// <summary>
/// A year of life: the court's quarterly lists with what they show (a case that nobody filed, a day that differs, a case that
/// the ledger does not know), their settlement, and the exchange of information.
/// </summary>
internal static class PeriodsLife
{
    private static readonly string[] Participants = ["县委依法治县委员会办公室", "县人民法院", "县司法局", "县人民检察院", "府院联动联席会议办公室"];

    /// <summary>The facts, those of one stream in the order in which they happened.</summary>
    public static IEnumerable<(Subject Subject, IFact Fact)> Tell(DemoLife life)
    {
        for (var number = 1; number <= 4; number++)
        {
            var quarter = Period.Parse($"{life.Year:D4}Q{number}");
            var random = life.Random(1_100 + number);
            var stream = PeriodState.Of(quarter);
            var sharedOn = life.Calendar.OnOrAfter(quarter.Last.AddDays(9));
            var rows = Rows(life, quarter, sharedOn).ToList();
            yield return (stream, List(quarter, 1, First(life, quarter, number, rows), sharedOn, random));
            // In the second quarter the exchange took place late, in the third not at all.
            if (number != 3)
                yield return (stream, new InformationExchanged(
                    quarter.Text, [.. Participants, .. DemoUnits.All.Take(random.Between(6, 12)).Select(u => u.Name)], life.Calendar.OnOrAfter(quarter.Last.AddDays(number == 2 ? 26 : 13))));
            // The list of the second quarter lacked cases; the court replaced it.
            if (number == 2) yield return (stream, List(quarter, 2, rows, life.Calendar.Plus(sharedOn, 5), random));
            foreach (var settled in Settled(life, quarter, number, rows, life.Calendar.Plus(sharedOn, 7))) yield return (stream, settled);
        }
    }

    private static CourtQuarterlyListShared List(Period quarter, int listNo, IReadOnlyList<CourtListRow> rows, DateOnly on, DemoRandom random) =>
        new(quarter.Text, listNo, [Court.County.Code], rows, random.NextSha256(), on);

    // What the county court docketed or closed in the quarter.
    private static IEnumerable<CourtListRow> Rows(DemoLife life, Period quarter, DateOnly sharedOn) =>
        from lawsuit in life.Lawsuits
        from instance in lawsuit.Instances
        where CaseNumber.Parse(instance.CaseNo)?.Court == Court.County.Code && instance.OpenedOn <= quarter.Last
        let document = lawsuit.Document(instance.CaseNo)?.Rendered
        let closedOn = document?.ClosedOn <= sharedOn ? document.ClosedOn : (DateOnly?)null
        where quarter.Contains(instance.OpenedOn) || (closedOn is { } day && quarter.Contains(day))
        let unit = lawsuit.Docketed!.Defendants[0].Unit
        select new CourtListRow(
            instance.CaseNo, unit, instance.OpenedOn, closedOn,
            closedOn is null ? null : document!.Dispositions.Where(d => d.Unit == unit).Select(d => (Outcome?)d.Outcome).FirstOrDefault());

    private static List<CourtListRow> First(DemoLife life, Period quarter, int number, List<CourtListRow> rows)
    {
        var list = new List<CourtListRow>(rows);
        if (number == 1 && list.Count > 0 && list[0].DocketedOn is { } on && list[0].ClosedOn != on) list[0] = list[0] with { DocketedOn = on.AddDays(-1) };
        if (number == 2 && list.Count > 2) list.RemoveRange(list.Count - 2, 2);
        if (number == 3) list.Add(new CourtListRow($"（{life.Year}）{Court.County.Code}行初90001号", DemoUnits.All[1].Unit, quarter.First.AddDays(20)));
        return list;
    }

    // Of the first two quarters every difference was settled in time or late; the rest is open.
    private static IEnumerable<DifferenceResolved> Settled(DemoLife life, Period quarter, int number, List<CourtListRow> rows, DateOnly on)
    {
        if (number > 2) yield break;
        if (number == 1 && rows.Count > 0)
            yield return Of(rows[0], DifferenceKind.DocketedDiffers, "法院以收到起诉状之日登记，台账以立案通知书为准，双方均无误", on);
        foreach (var row in rows)
            if (life.Lawsuits.First(l => l.Instance(row.CaseNo) is not null) is var lawsuit
                && lawsuit.FilingsOf(ObligationKind.CaseFiling, row.CaseNo, row.Unit!).Count == 0 && row.Outcome != Outcome.NotDocketed)
                yield return Of(row, DifferenceKind.NeverFiled, "经核实单位未报备，已责令说明原因并列入逾期未报备通报", number == 1 ? on : life.Calendar.Plus(on, 6));

        DifferenceResolved Of(CourtListRow row, DifferenceKind kind, string reason, DateOnly day) =>
            new(quarter.Text, row.CaseNo, kind, DifferenceSettlement.Explained, reason, day, "司法局应诉科", row.Unit);
    }
}
