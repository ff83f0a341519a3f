using Ledger.Domain.Lawsuits;
using Ledger.Domain.Obligations;
using Ledger.Domain.Plan;

namespace Ledger.Domain.LawsuitConduct;

/// <summary>A loss filing (败诉报备, plan 3.2.3d) and its three documents.</summary>
/// <param name="Unit">The unit that must file.</param>
/// <param name="Name">Its name.</param>
/// <param name="Lawsuit">The lawsuit.</param>
/// <param name="CaseNo">The document in which the unit lost.</param>
/// <param name="ReceivedOn">The day of receipt; null where none was recorded.</param>
/// <param name="DueOn">The last day; null where no clock could start.</param>
/// <param name="JudicialDocument">The day on which the court's document was submitted; null while it is missing.</param>
/// <param name="CauseAnalysis">The day on which the report on the causes was submitted; null while it is missing.</param>
/// <param name="RectificationMeasures">The day on which the measures were submitted; null while they are missing.</param>
/// <param name="CompleteOn">The day on which the last of the three was there; null while one is missing.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="DaysLate">Working days late.</param>
/// <param name="Evidence">The facts that show it.</param>
public sealed record LossFilingRow(
    string Unit, string Name, string Lawsuit, string CaseNo, DateOnly? ReceivedOn, DateOnly? DueOn, DateOnly? JudicialDocument, DateOnly? CauseAnalysis,
    DateOnly? RectificationMeasures, DateOnly? CompleteOn, DutyStatus Status, int DaysLate, IReadOnlyList<Evidence> Evidence);

/// <summary>The answer about loss filings.</summary>
internal static class LossFilingAnswers
{
    public static IEnumerable<LossFilingRow> Rows(Situation situation, Asked asked)
    {
        var views = CaseView.All(situation).ToDictionary(v => v.Subject.ToString(), StringComparer.Ordinal);
        return from duty in situation.Duties
               where duty.Kind == DutyKind.LossFiling && (asked.Unit is null || duty.Unit == asked.Unit)
                   && (asked.Status is null || duty.Status.ToString() == asked.Status) && asked.Period?.Contains(duty.OpenedOn) != false
               select Row(duty, views[duty.Subject!], situation);
    }

    private static LossFilingRow Row(Duty duty, CaseView view, Situation situation)
    {
        // Of a transferred filing, what the old unit had submitted counts with what the successor does.
        var receipt = view.Told<JudgmentReceived>()
            .Where(r => r.Fact.CaseNo == duty.CaseNo && r.Fact.ReceivedOn == duty.OpenedOn && view.Acts(duty.Unit!, r.Fact.Unit, DutyKind.LossFiling, duty.CaseNo))
            .Select(r => r.Visible).FirstOrDefault();
        var obliged = receipt is null ? duty.Unit : ((JudgmentReceived)receipt.Fact).Unit;
        var submitted = view.Told<LossFilingDocumentSubmitted>()
            .Where(s => s.Fact.CaseNo == duty.CaseNo && (s.Fact.Unit == duty.Unit || s.Fact.Unit == obliged)).ToList();
        return new LossFilingRow(
            duty.Unit!, situation.NameOf(duty.Unit!), view.Lawsuit.Key, duty.CaseNo!, duty.Status == DutyStatus.ReceiptUnknown ? null : duty.OpenedOn, duty.DueOn,
            On(LossDocument.JudicialDocument), On(LossDocument.CauseAnalysis), On(LossDocument.RectificationMeasures), duty.MetOn, duty.Status, duty.DaysLate,
            [.. (receipt is null ? [] : new[] { receipt }).Concat(submitted.Select(s => s.Visible)).Select(f => Evidence.Of(view.Subject, f))]);

        DateOnly? On(LossDocument document) => submitted.Where(s => s.Fact.Document == document).Select(s => s.Fact.LegalDate).Min();
    }
}
