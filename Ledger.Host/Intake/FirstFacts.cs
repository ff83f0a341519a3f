using Ledger.Domain.Calendar;
using Ledger.Domain.Facts;

namespace Ledger.Host.Intake;

/// <summary>
/// The ledger's first facts: the calendars that the program knows (counting-rules.md §7). Recorded by every start, for the
/// same fact again changes nothing; a later notice is a later fact and wins.
/// </summary>
public sealed class FirstFacts(FactIntake intake)
{
    /// <summary>The source of these facts.</summary>
    public const string Source = "/ledger/working-days";

    /// <summary>Records the calendars that are not recorded yet.</summary>
    public async Task RecordAsync(CancellationToken cancellation = default)
    {
        foreach (var year in WorkingCalendar.Published)
        {
            var key = year.Year.ToString(System.Globalization.CultureInfo.InvariantCulture);
            var receipt = await intake.RecordAsync(
                new RecordFact(new Subject(StreamKind.Calendar, key), year, new FactId(Source, key), "system"), cancellation);
            if (receipt.Refusal is { } refusal) throw new InvalidOperationException(refusal.English);
        }
    }
}
