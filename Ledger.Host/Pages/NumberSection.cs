using System.Globalization;
using Ledger.Domain;
using Ledger.Domain.Counting;
using Ledger.Domain.Obligations;

namespace Ledger.Host.Pages;

/// <summary>A case behind a number.</summary>
/// <param name="Lawsuit">Its key.</param>
/// <param name="CaseNo">Its number.</param>
/// <param name="On">The day that puts it into the period.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Counts">Whether it stands in the numerator.</param>
public sealed record NumberRow(string Lawsuit, string CaseNo, DateOnly On, string Outcome, bool Counts);

/// <summary>One number of a unit and the cases behind it.</summary>
/// <param name="Number">Its name in an address.</param>
/// <param name="Name">Its name.</param>
/// <param name="Value">The number.</param>
/// <param name="IsRate">Whether only some of the cases stand in the numerator.</param>
/// <param name="Rows">The cases.</param>
public sealed record NumberSection(string Number, string Name, string Value, bool IsRate, IReadOnlyList<NumberRow> Rows)
{
    /// <summary>A unit's numbers, in the order of the ranking's columns.</summary>
    public static IEnumerable<NumberSection> Of(Scorecard card, PageTexts t)
    {
        var (figures, tally) = (card.Row.Figures, card.Tally);
        yield return Rate("lossRate", t.LossRate, figures.LossRate, tally.LossRate.Select(c => Of(c, t)));
        yield return new("newCases", t.NewCases, figures.NewCases.ToString(CultureInfo.InvariantCulture), false,
            [.. tally.NewCases.Select(c => new NumberRow(c.Lawsuit, c.Case.CaseNo, c.Case.On, t.Say("立案", "docketed"), true))]);
        yield return new("closed", t.Closed, figures.Closed.ToString(CultureInfo.InvariantCulture), false, [.. tally.Closed.Select(c => Of(c, t))]);
        yield return Rate("mediated", t.Mediated, figures.MediatedOrWithdrawn, tally.Closed.Select(c => Of(c, t)));
        yield return Rate("headAttendance", t.HeadAttendance, figures.HeadAttendance, tally.Appearances.Select(a => new NumberRow(
            a.Lawsuit, a.Appearance.CaseNo, a.Appearance.On, a.Appearance.HeadAttended ? t.Say("负责人出庭", "the head attended") : t.Say("负责人未出庭", "the head did not attend"), a.Appearance.HeadAttended)));
        yield return Rate("caseFiling", t.CaseFiling, figures.TimelyCaseFiling, Filings(ObligationKind.CaseFiling));
        yield return Rate("lossFiling", t.LossFiling, figures.TimelyLossFiling, Filings(ObligationKind.LossFiling));

        IEnumerable<NumberRow> Filings(ObligationKind kind) => tally.Filings.Where(f => f.Kind == kind)
            .Select(f => new NumberRow(f.Lawsuit!, f.CaseNo!, f.DueOn, t.Filed(f), f.Status == ObligationStatus.Met));
    }

    private static NumberSection Rate(string number, string name, Ratio ratio, IEnumerable<NumberRow> rows) =>
        new(number, name, PageTexts.Rate(ratio), true, [.. rows]);

    private static NumberRow Of(CountedClosing counted, PageTexts t) => new(
        counted.Lawsuit, counted.Closing.CaseNo, counted.Closing.On, string.Join(t.Say("、", ", "), counted.Closing.Outcomes.Select(o => t.Code(o.ToString()))), counted.Counts);
}
