using Ledger.Domain.Calendar;
using Ledger.Domain.Lawsuits;

namespace Ledger.Domain.Obligations;

/// <summary>
/// 上诉期 of a first-instance document that a unit received: 15 natural days for a judgment, 10 for an appealable ruling (APL
/// §85; 行诉解释 §101), rolled to a working day (行诉解释 §48).
/// </summary>
/// <param name="Unit">The unit.</param>
/// <param name="CaseNo">The document.</param>
/// <param name="EndsOn">The last day on which the unit can appeal.</param>
/// <param name="ExpectedEffectiveOn">
/// The day after: when the document takes effect if nobody appeals and no other party received it later. An expectation, not
/// a fact; the ledger often lacks the other side's day of service, so <see cref="OutcomeBecameEffective"/> decides.
/// </param>
/// <param name="Provisional">Whether the calendar of a needed year is not published.</param>
public sealed record AppealPeriod(string Unit, string CaseNo, DateOnly EndsOn, DateOnly ExpectedEffectiveOn, bool Provisional)
{
    /// <summary>The appeal periods that a lawsuit's receipts opened.</summary>
    public static IEnumerable<AppealPeriod> Of(Lawsuit lawsuit, WorkingCalendar calendar)
    {
        foreach (var receipt in lawsuit.JudgmentsReceived)
        {
            if (lawsuit.Document(receipt.CaseNo) is not { } document || DaysFor(document.Rendered) is not { } days) continue;
            var end = calendar.AddNaturalDays(receipt.ReceivedOn, days);
            yield return new AppealPeriod(receipt.Unit, receipt.CaseNo, end.Day, end.Day.AddDays(1), end.Provisional);
        }
    }

    private static int? DaysFor(JudgmentRendered document) => document switch
    {
        { Level: not InstanceLevel.First } => null,
        { Kind: DocumentKind.Judgment } => 15,
        { Kind: DocumentKind.Ruling } when document.Dispositions.Any(d => d.Outcome is Outcome.NotDocketed or Outcome.DismissSuit) => 10,
        _ => null,
    };
}
