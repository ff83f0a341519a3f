using Ledger.Domain.Lawsuits;
using Ledger.Domain.Obligations;
using Ledger.Domain.Plan;

namespace Ledger.Domain.LawsuitConduct;

/// <summary>A case without a conference.</summary>
/// <param name="Lawsuit">The lawsuit.</param>
/// <param name="CaseNo">Its first case number.</param>
/// <param name="Since">The day from which the unit was a defendant.</param>
public sealed record UncoveredCase(string Lawsuit, string CaseNo, DateOnly Since);

/// <summary>Whether every case of a unit had a conference with a risk grade; the county's where there is no unit.</summary>
/// <param name="Unit">The unit; null for the county.</param>
/// <param name="Name">Its name; null for the county.</param>
/// <param name="Coverage">Cases with a conference / open cases (or those docketed in the period), one for each defendant.</param>
/// <param name="Without">The cases without one; empty for the county.</param>
public sealed record ConferenceCoverageRow(string? Unit, string? Name, Ratio Coverage, IReadOnlyList<UncoveredCase> Without);

/// <summary>A grade that a conference gave.</summary>
/// <param name="HeldOn">The day.</param>
/// <param name="Risk">The grade.</param>
/// <param name="Evidence">The conference.</param>
public sealed record RiskGrade(DateOnly HeldOn, LossRisk Risk, Evidence Evidence);

/// <summary>The risk of an open case for one of its defendants.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Name">Its name.</param>
/// <param name="Lawsuit">The lawsuit.</param>
/// <param name="CaseNo">Its last case number.</param>
/// <param name="Risk">The latest grade; null while there is none.</param>
/// <param name="HeldOn">The day of the latest grade.</param>
/// <param name="SelfCorrected">Whether the unit has put its act right.</param>
/// <param name="History">Every grade, the earliest first.</param>
public sealed record RiskRow(
    string Unit, string Name, string Lawsuit, string CaseNo, LossRisk? Risk, DateOnly? HeldOn, bool SelfCorrected, IReadOnlyList<RiskGrade> History);

/// <summary>A self-correction and whether the court was told of it.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Name">Its name.</param>
/// <param name="Lawsuit">The lawsuit.</param>
/// <param name="CaseNo">The instance in which it was made.</param>
/// <param name="MadeOn">The day.</param>
/// <param name="Kind">What was done.</param>
/// <param name="BeforeJudgment">Whether it came before the instance was closed.</param>
/// <param name="Outcomes">How the instance ended for the unit; empty while it has not.</param>
/// <param name="InformedOn">The day on which the court was told in writing.</param>
/// <param name="Status">Where the duty to tell the court stands.</param>
/// <param name="LetterSha256">The letter's hash, when it is recorded.</param>
/// <param name="Evidence">The facts that show it.</param>
public sealed record SelfCorrectionRow(
    string Unit, string Name, string Lawsuit, string? CaseNo, DateOnly MadeOn, SelfCorrectionKind Kind, bool BeforeJudgment, IReadOnlyList<Outcome> Outcomes,
    DateOnly? InformedOn, DutyStatus? Status, string? LetterSha256, IReadOnlyList<Evidence> Evidence);

/// <summary>A judicial suggestion and its reply.</summary>
/// <param name="Unit">The unit to which it is addressed.</param>
/// <param name="Name">Its name.</param>
/// <param name="Lawsuit">The lawsuit from which it arose.</param>
/// <param name="SuggestionNo">Its number.</param>
/// <param name="SubjectMatter">What it is about.</param>
/// <param name="ReceivedOn">The day of receipt.</param>
/// <param name="DueOn">The last day for the reply; null where neither the suggestion nor the law names one.</param>
/// <param name="RepliedOn">The day of the reply.</param>
/// <param name="Result">What the unit made of it.</param>
/// <param name="Status">Where the reply stands.</param>
/// <param name="DaysLate">Working days late.</param>
/// <param name="Evidence">The facts that show it.</param>
public sealed record JudicialSuggestionRow(
    string Unit, string Name, string Lawsuit, string SuggestionNo, SuggestionMatter SubjectMatter, DateOnly ReceivedOn, DateOnly? DueOn, DateOnly? RepliedOn,
    SuggestionResult? Result, DutyStatus Status, int DaysLate, IReadOnlyList<Evidence> Evidence);

/// <summary>诉中化解 (plan 3.2.2): the answers about conferences, risks, self-corrections and suggestions.</summary>
internal static class CaseAnswers
{
    public static IEnumerable<ConferenceCoverageRow> Coverage(Situation situation, Asked asked)
    {
        var cases = CaseView.All(situation)
            .Where(c => asked.Period is null ? c.IsOpen : asked.Period.Contains(c.Lawsuit.Docketed!.DocketedOn))
            .SelectMany(c => c.Defendants.Where(c.Concerns).Select(u => (Unit: u, View: c)))
            .ToLookup(c => c.Unit, c => c.View, StringComparer.Ordinal);
        var rows = situation.County.CountedUnits.Select(u => u.Key).Where(u => asked.Unit is null || u == asked.Unit).Select(u =>
        {
            var without = cases[u].Where(c => c.Told<CaseConferenceHeld>().All(h => h.Fact.Unit != u))
                .Select(c => new UncoveredCase(c.Lawsuit.Key, c.Lawsuit.Docketed!.CaseNo, c.DefendantSince(u))).ToList();
            return new ConferenceCoverageRow(u, situation.NameOf(u), new Ratio(cases[u].Count() - without.Count, cases[u].Count()), without);
        }).ToList();
        return asked.Unit is not null ? rows : rows.Append(new ConferenceCoverageRow(null, null, rows.Select(r => r.Coverage).Aggregate(new Ratio(0, 0), Ratio.Add), []));
    }

    // Cases without a grade first: nobody knows their risk.
    public static IEnumerable<RiskRow> Risks(Situation situation, Asked asked) => CaseView.All(situation).Where(c => c.IsOpen)
        .SelectMany(c => c.Defendants.Where(u => asked.Unit is null || u == asked.Unit).Select(u => Risk(c, u, situation)))
        .Where(r => asked.Status is null || r.Risk.ToString() == asked.Status)
        .OrderBy(r => r.Risk is { } risk ? (int)risk : -1).ThenBy(r => r.Lawsuit, StringComparer.Ordinal).ThenBy(r => r.Unit, StringComparer.Ordinal);

    public static IEnumerable<SelfCorrectionRow> SelfCorrections(Situation situation, Asked asked) =>
        from view in CaseView.All(situation)
        from made in view.Told<SelfCorrectionMade>()
        where (asked.Unit is null || made.Fact.Unit == asked.Unit) && asked.Period?.Contains(made.Fact.MadeOn) != false
        let instance = view.InstanceOn(made.Fact.MadeOn)
        let document = instance is null ? null : view.Lawsuit.Document(instance.CaseNo)
        let letter = ConductDuties.LetterOf(view, made.Fact)
        // An organ outside the county owes nothing, but what it put right is shown all the same.
        let status = ConductDuties.SelfCorrectionDuty(view, made.Fact, made.Visible, situation).On(situation.Calendar, situation.AsOf)
        where asked.Status is null || status.Status.ToString() == asked.Status
        select new SelfCorrectionRow(
            made.Fact.Unit, situation.NameOf(made.Fact.Unit), view.Lawsuit.Key, instance?.CaseNo, made.Fact.MadeOn, made.Fact.Kind,
            document is null || made.Fact.MadeOn <= document.Rendered.ClosedOn, document is null ? [] : view.Lawsuit.OutcomesOf(document, made.Fact.Unit),
            status.MetOn, view.IsCounted(made.Fact.Unit) ? status.Status : null, (letter?.Fact as CourtInformedOfChange)?.DocumentSha256,
            [Evidence.Of(view.Subject, made.Visible), .. letter is null ? [] : (Evidence[])[Evidence.Of(view.Subject, letter)]]);

    public static IEnumerable<JudicialSuggestionRow> Suggestions(Situation situation, Asked asked) =>
        from view in CaseView.All(situation)
        from received in view.Told<JudicialSuggestionReceived>()
        where (asked.Unit is null || received.Fact.Unit == asked.Unit) && asked.Period?.Contains(received.Fact.ReceivedOn) != false
        let duty = ConductDuties.SuggestionDuty(view, received.Fact, situation).On(situation.Calendar, situation.AsOf)
        where asked.Status is null || duty.Status.ToString() == asked.Status
        select new JudicialSuggestionRow(
            received.Fact.Unit, situation.NameOf(received.Fact.Unit), view.Lawsuit.Key, received.Fact.SuggestionNo, received.Fact.SubjectMatter, received.Fact.ReceivedOn,
            duty.DueOn, duty.MetOn, (ConductDuties.ReplyTo(view, received.Fact)?.Fact as JudicialSuggestionReplied)?.Result, duty.Status, duty.DaysLate,
            [Evidence.Of(view.Subject, received.Visible), .. duty.Evidence]);

    private static RiskRow Risk(CaseView view, string unit, Situation situation)
    {
        var history = view.Told<CaseConferenceHeld>().Where(c => c.Fact.Unit == unit)
            .Select(c => new RiskGrade(c.Fact.HeldOn, c.Fact.Risk, Evidence.Of(view.Subject, c.Visible))).ToList();
        return new RiskRow(
            unit, situation.NameOf(unit), view.Lawsuit.Key, view.Lawsuit.Instances.MaxBy(i => i.OpenedOn)!.CaseNo, history.LastOrDefault()?.Risk,
            history.LastOrDefault()?.HeldOn, view.Told<SelfCorrectionMade>().Any(s => s.Fact.Unit == unit), history);
    }
}
