using Ledger.Domain.Counting;
using Ledger.Domain.Obligations;
using Ledger.Domain.Plan;

namespace Ledger.Domain.Supervision;

/// <summary>Where an annual special supervision stands.</summary>
public enum AnnualStatus
{
    /// <summary>未计划</summary>
    NotPlanned,

    /// <summary>已计划</summary>
    Planned,

    /// <summary>进行中</summary>
    Launched,

    /// <summary>已办结</summary>
    Concluded,
}

/// <summary>Whether a unit was visited in a quarter.</summary>
public enum VisitStatus
{
    /// <summary>已监督</summary>
    Visited,

    /// <summary>未监督</summary>
    NotVisited,
}

/// <summary>An annual special supervision, or a year without one.</summary>
/// <param name="Year">The year.</param>
/// <param name="Key">The file; null when none was planned.</param>
/// <param name="Theme">The theme.</param>
/// <param name="Units">How many units are in its scope.</param>
/// <param name="PlannedOn">When it was planned.</param>
/// <param name="LaunchedOn">When it was launched.</param>
/// <param name="ConcludedOn">When it was concluded.</param>
/// <param name="Conclusion">What it came to.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Evidence">The facts.</param>
public sealed record AnnualRow(
    int Year, string? Key, string? Theme, int? Units, DateOnly? PlannedOn, DateOnly? LaunchedOn, DateOnly? ConcludedOn, string? Conclusion, AnnualStatus Status,
    IReadOnlyList<Evidence> Evidence);

/// <summary>A unit in a quarter: by whom and in which form it was visited.</summary>
/// <param name="Quarter">The quarter.</param>
/// <param name="Unit">The unit.</param>
/// <param name="Name">Its name.</param>
/// <param name="Status">Whether it was visited.</param>
/// <param name="Visits">上门监督</param>
/// <param name="Crosses">交叉监督</param>
/// <param name="Rotations">推磨式监督</param>
/// <param name="VisitedBy">The visiting units; the office is not among them.</param>
/// <param name="LastVisitedOn">The last visit of any quarter by the day asked about; null when it was never visited.</param>
/// <param name="Evidence">The facts.</param>
public sealed record CoverageRow(
    string Quarter, string Unit, string Name, VisitStatus Status, int Visits, int Crosses, int Rotations, IReadOnlyList<string> VisitedBy, DateOnly? LastVisitedOn,
    IReadOnlyList<Evidence> Evidence);

/// <summary>What returns every year and quarter.</summary>
internal static class ProgrammeQuestions
{
    public static IReadOnlyList<Question> All { get; } =
    [
        Question.Of("annual-supervision", "年度专项执法监督", "the special supervisions of each year", Audience.Office, Annual, Parameters.Period | Parameters.Status),
        Question.Of("quarterly-coverage", "季度上门、交叉、推磨式监督覆盖情况", "who was visited in a quarter, by whom and how, and who was not", Audience.Units, Coverage,
            Parameters.Unit | Parameters.Period | Parameters.Status),
    ];

    private static IEnumerable<AnnualRow> Annual(Situation situation, Asked asked)
    {
        var planned = (from f in OpenedFile.Of<AnnualSpecialSupervisionPlanned>(situation)
                       let state = Programmes.Fold(f.File.Facts)
                       let concluded = state.Concluded?.Fact as AnnualSpecialSupervisionConcluded
                       select new AnnualRow(
                           f.Opening.Year, f.File.Key, f.Opening.Theme, f.Opening.Units.Distinct(StringComparer.Ordinal).Count(), f.Opening.PlannedOn, state.Launched?.Fact.LegalDate,
                           concluded?.ConcludedOn, concluded?.Conclusion,
                           concluded is not null ? AnnualStatus.Concluded : state.Launched is not null ? AnnualStatus.Launched : AnnualStatus.Planned,
                           f.File.EvidenceOf(f.File.Opening, state.Launched, state.Concluded))).ToList();
        var none = from duty in DutySchedule.Returning(situation, DutyKind.AnnualSpecialSupervision)
                   let year = Period.Parse(duty.Period!).First.Year
                   where !planned.Exists(p => p.Year == year)
                   select new AnnualRow(year, null, null, null, null, null, null, null, AnnualStatus.NotPlanned, []);
        return planned.Concat(none.DistinctBy(n => n.Year)).Where(r => asked.WantsStatus(r.Status) && (asked.Period is null || asked.Period.First.Year == r.Year))
            .OrderBy(r => r.Year).ThenBy(r => r.PlannedOn).ThenBy(r => r.Key, StringComparer.Ordinal);
    }

    private static IEnumerable<CoverageRow> Coverage(Situation situation, Asked asked)
    {
        var visits = (from f in OpenedFile.Of<IQuarterlySupervision>(situation)
                      from visit in f.Opening.Visits
                      select (f.File, f.Opening, On: f.Opening.LegalDate!.Value, visit.Visitor, visit.Visited)).ToLookup(v => v.Visited, StringComparer.Ordinal);
        return from quarter in Narrowing.Quarters(asked.Period, situation.AsOf)
               from unit in situation.County.CountedUnits
               where (asked.Unit is null || asked.Unit == unit.Key) && unit.Registered!.RegisteredOn <= quarter.Last && !(unit.Merged?.MergedOn < quarter.First)
               let ever = visits[unit.Key].ToList()
               let own = ever.Where(v => quarter.Contains(v.On)).OrderBy(v => v.On).ToList()
               let status = own.Count > 0 ? VisitStatus.Visited : VisitStatus.NotVisited
               where asked.WantsStatus(status)
               select new CoverageRow(
                   quarter.Text, unit.Key, unit.Name!, status, own.Count(v => v.Opening is QuarterlyVisitConducted), own.Count(v => v.Opening is CrossSupervisionConducted),
                   own.Count(v => v.Opening is RotationalSupervisionConducted), [.. own.Select(v => v.Visitor).OfType<string>().Distinct(StringComparer.Ordinal)],
                   ever.Count == 0 ? null : ever.Max(v => v.On), [.. own.SelectMany(v => v.File.EvidenceOf(v.File.Opening))]);
    }
}
