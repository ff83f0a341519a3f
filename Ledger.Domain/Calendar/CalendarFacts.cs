using Ledger.Domain.Facts;

namespace Ledger.Domain.Calendar;

/// <summary>节假日安排公布: the State Council's holidays and make-up workdays (调休) of a year.</summary>
/// <param name="Year">The calendar year, the same as the stream's key.</param>
/// <param name="Holidays">Days off, weekends included where the notice names them.</param>
/// <param name="MakeUpWorkdays">Weekend days that are worked.</param>
/// <param name="Notice">The notice that says so.</param>
public sealed record CalendarYearPublished(
    int Year,
    IReadOnlyList<DateOnly> Holidays,
    IReadOnlyList<DateOnly> MakeUpWorkdays,
    string Notice) : IFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => null;
}
