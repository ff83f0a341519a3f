using Ledger.Domain.Facts;
using Ledger.Domain.Obligations;
using Ledger.Domain.Plan;
using Ledger.Domain.Units;

namespace Ledger.Domain.Supervision;

/// <summary>A station, or what was done at a unit outside any station.</summary>
/// <param name="Key">The file.</param>
/// <param name="Unit">The unit.</param>
/// <param name="Name">Its name.</param>
/// <param name="Reason">Why it is a key target; null in a file of another kind.</param>
/// <param name="From">The first day of the station; null for what was done outside one.</param>
/// <param name="To">Its last day; null while it goes on.</param>
/// <param name="StationDays">Its natural days, both ends included, up to the day asked about.</param>
/// <param name="Team">How many supervisors.</param>
/// <param name="Overlaps">Warning: how many other stations at the unit, of any file, overlap with it.</param>
/// <param name="Inspections">Site inspections.</param>
/// <param name="Trainings">Trainings.</param>
/// <param name="TrainingHours">Their hours.</param>
/// <param name="Reviews">Case-file reviews.</param>
/// <param name="Evidence">The facts.</param>
public sealed record StationRow(
    string Key, string Unit, string Name, TargetReason? Reason, DateOnly? From, DateOnly? To, int? StationDays, int? Team, int Overlaps, int Inspections,
    int Trainings, int TrainingHours, int Reviews, IReadOnlyList<Evidence> Evidence);

/// <summary>A review of case files.</summary>
/// <param name="Key">The file of supervision.</param>
/// <param name="Unit">The unit.</param>
/// <param name="Name">Its name.</param>
/// <param name="ReviewedOn">When.</param>
/// <param name="Sampled">How many case files.</param>
/// <param name="Score">The score, out of 100.</param>
/// <param name="Defects">How many defects.</param>
/// <param name="Evidence">The fact.</param>
public sealed record FileReviewRow(
    string Key, string Unit, string Name, DateOnly ReviewedOn, int Sampled, decimal Score, int Defects, IReadOnlyList<Evidence> Evidence);

/// <summary>A kind of defect among all defects, the most frequent first.</summary>
/// <param name="Code">The kind.</param>
/// <param name="Defects">How many.</param>
/// <param name="Units">At how many units.</param>
/// <param name="Share">Of all defects.</param>
/// <param name="Cumulative">Together with the more frequent kinds, of all defects.</param>
public sealed record DefectRow(FileDefect Code, int Defects, int Units, Ratio Share, Ratio Cumulative);

/// <summary>A check of one of the eight points.</summary>
/// <param name="Key">The file.</param>
/// <param name="Unit">The unit.</param>
/// <param name="Name">Its name.</param>
/// <param name="SupervisionItem">The point.</param>
/// <param name="Result">What it came to.</param>
/// <param name="CheckedOn">When.</param>
/// <param name="Finding">The finding in which a deficiency is recorded.</param>
/// <param name="Evidence">The fact.</param>
public sealed record ItemRow(
    string Key, string Unit, string Name, SupervisionItem SupervisionItem, ItemResult Result, DateOnly CheckedOn, string? Finding, IReadOnlyList<Evidence> Evidence);

/// <summary>How far one of the eight points was checked.</summary>
/// <param name="SupervisionItem">The point.</param>
/// <param name="Checks">How often.</param>
/// <param name="Deficient">How often with a deficiency.</param>
/// <param name="UnitCoverage">Units at which it was checked, of all units.</param>
/// <param name="LastCheckedOn">The last time; null when it never was.</param>
public sealed record ItemCoverageRow(SupervisionItem SupervisionItem, int Checks, int Deficient, Ratio UnitCoverage, DateOnly? LastCheckedOn);

/// <summary>A township and its supervision node.</summary>
/// <param name="Unit">The township.</param>
/// <param name="Name">Its name.</param>
/// <param name="JudicialOffice">The judicial office; null where there is no node.</param>
/// <param name="Supervisors">Its people with a supervisor's certificate.</param>
/// <param name="EstablishedOn">From when.</param>
/// <param name="Coverage">Townships with a node, of all townships of the county.</param>
/// <param name="Evidence">The fact.</param>
public sealed record NodeRow(
    string Unit, string Name, string? JudicialOffice, int? Supervisors, DateOnly? EstablishedOn, Ratio Coverage, IReadOnlyList<Evidence> Evidence);

/// <summary>What was done at the units.</summary>
internal static class OnSiteQuestions
{
    public static IReadOnlyList<Question> All { get; } =
    [
        Question.Of("supervision-calendar", "重点监督与驻站监督日历", "key targets, stations and what was done at the units", Audience.Units, Calendar, Parameters.Unit | Parameters.Period),
        Question.Of("case-file-reviews", "案卷评查得分", "reviews of case files and their scores", Audience.Units, Reviews, Parameters.Unit | Parameters.Period),
        Question.Of("case-file-defects", "案卷评查问题分布", "defects of case files, the most frequent first", Audience.Units, Defects, Parameters.Unit | Parameters.Period),
        Question.Of("supervision-items", "政府监督八项重点检查情况", "checks of the eight points of supervision", Audience.Units, Items, Parameters.Unit | Parameters.Period | Parameters.Status),
        Question.Of("supervision-item-coverage", "政府监督八项重点覆盖情况", "how far each of the eight points was checked", Audience.Office, ItemCoverage, Parameters.Period),
        Question.Of("node-coverage", "乡镇执法协调监督覆盖情况", "townships with a supervision node", Audience.Units, Nodes, Parameters.Unit),
    ];

    private static IEnumerable<StationRow> Calendar(Situation situation, Asked asked)
    {
        var files = OpenedFile.Of(situation).Select(f => (File: f, Stations: OnSite.Fold(f.Facts).Stations)).ToList();
        var every = files.SelectMany(f => f.Stations).ToList();
        foreach (var (file, stations) in files)
            foreach (var unit in file.File.Units.Distinct(StringComparer.Ordinal))
            {
                if (asked.Unit is not null && asked.Unit != unit) continue;
                var done = file.Facts.Where(f => f.Fact is SiteInspectionConducted or EnforcementTrainingHeld or CaseFileReviewed && ((INamesUnits)f.Fact).NamedUnits.Contains(unit, StringComparer.Ordinal)).ToList();
                var own = stations.Where(s => s.Start.Unit == unit).OrderBy(s => s.Start.StartedOn).ToList();
                foreach (var station in own)
                {
                    if (asked.Period is { } period && !(station.Start.StartedOn <= period.Last && period.First <= (station.LastDay ?? situation.AsOf))) continue;
                    var during = done.Where(f => Covers(station, f.Fact.LegalDate!.Value)).ToList();
                    yield return Row(file, unit, station, during) with { Overlaps = every.Count(o => o != station && o.Start.Unit == unit && Overlap(o, station)) };
                }

                var outside = done.Where(f => !own.Exists(s => Covers(s, f.Fact.LegalDate!.Value)) && (asked.Period is null || asked.Period.Contains(f.Fact.LegalDate!.Value))).ToList();
                var waiting = own.Count == 0 && file.File.Kind == SupervisionKind.KeyTarget && asked.Wants(unit, file.Opening.Fact.LegalDate);
                if (outside.Count > 0 || waiting) yield return Row(file, unit, null, outside);
            }

        StationRow Row(OpenedFile file, string unit, Station? station, List<VisibleFact> done) => new(
            file.Key, unit, situation.NameOf(unit), (file.File.Opening as KeySupervisionTargetDesignated)?.Reason, station?.Start.StartedOn, station?.LastDay,
            station is null ? null : (station.LastDay ?? situation.AsOf).DayNumber - station.Start.StartedOn.DayNumber + 1,
            station?.Start.Team.Distinct(StringComparer.Ordinal).Count(), 0,
            done.Count(f => f.Fact is SiteInspectionConducted), done.Count(f => f.Fact is EnforcementTrainingHeld),
            done.Select(f => f.Fact).OfType<EnforcementTrainingHeld>().Sum(t => t.Hours), done.Count(f => f.Fact is CaseFileReviewed),
            file.EvidenceOf([file.Opening, station?.Started, station?.Ended, .. done]));
    }

    private static bool Covers(Station station, DateOnly day) => station.Start.StartedOn <= day && !(station.LastDay < day);

    private static bool Overlap(Station one, Station other) => !(one.LastDay < other.Start.StartedOn) && !(other.LastDay < one.Start.StartedOn);

    private static IEnumerable<FileReviewRow> Reviews(Situation situation, Asked asked) =>
        from file in OpenedFile.Of(situation)
        from told in file.Told<CaseFileReviewed>()
        let review = told.Fact
        where asked.Wants(review.Unit, review.ReviewedOn)
        orderby review.ReviewedOn
        select new FileReviewRow(
            file.Key, review.Unit, situation.NameOf(review.Unit), review.ReviewedOn, review.Sampled, review.Score, review.Defects.Sum(d => d.Count), file.EvidenceOf(told.Visible));

    private static IEnumerable<DefectRow> Defects(Situation situation, Asked asked)
    {
        var defects = (from file in OpenedFile.Of(situation)
                       from told in file.Told<CaseFileReviewed>()
                       where asked.Wants(told.Fact.Unit, told.Fact.ReviewedOn)
                       from defect in told.Fact.Defects
                       select (told.Fact.Unit, defect.Code, defect.Count)).ToList();
        var (all, upTo) = (defects.Sum(d => d.Count), 0);
        foreach (var kind in defects.GroupBy(d => d.Code).Select(g => (g.Key, Count: g.Sum(d => d.Count), Units: g.Select(d => d.Unit).Distinct(StringComparer.Ordinal).Count()))
            .OrderByDescending(k => k.Count).ThenBy(k => k.Key))
        {
            upTo += kind.Count;
            yield return new DefectRow(kind.Key, kind.Count, kind.Units, new Ratio(kind.Count, all), new Ratio(upTo, all));
        }
    }

    private static IEnumerable<ItemRow> Items(Situation situation, Asked asked) =>
        from file in OpenedFile.Of(situation)
        from told in file.Told<SupervisionItemChecked>()
        let check = told.Fact
        where asked.Wants(check.Unit, check.CheckedOn) && asked.WantsStatus(check.Result)
        orderby check.CheckedOn, check.Item
        select new ItemRow(file.Key, check.Unit, situation.NameOf(check.Unit), check.Item, check.Result, check.CheckedOn, check.Finding, file.EvidenceOf(told.Visible));

    private static IEnumerable<ItemCoverageRow> ItemCoverage(Situation situation, Asked asked)
    {
        var checks = Items(situation, asked).ToLookup(r => r.SupervisionItem);
        var units = situation.County.CountedUnits.Where(u => u.Merged is null).Select(u => u.Key).ToHashSet(StringComparer.Ordinal);
        return from item in Enum.GetValues<SupervisionItem>()
               let of = checks[item].ToList()
               select new ItemCoverageRow(
                   item, of.Count, of.Count(c => c.Result == ItemResult.Deficient),
                   new Ratio(of.Select(c => c.Unit).Where(units.Contains).Distinct(StringComparer.Ordinal).Count(), units.Count),
                   of.Count == 0 ? null : of.Max(c => c.CheckedOn));
    }

    /// <summary>The townships of the county, each with its node.</summary>
    public static IReadOnlyList<(Unit Township, VisibleFact? Node)> Townships(Situation situation) =>
    [
        .. from unit in situation.County.CountedUnits
           where unit.Registered!.Kind == UnitKind.Township && unit.Merged is null
           select (unit, situation.Of(Subject.Unit(unit.Key)).FirstOrDefault(f => f.Fact is SupervisionNodeEstablished)),
    ];

    private static IEnumerable<NodeRow> Nodes(Situation situation, Asked asked)
    {
        var townships = Townships(situation);
        var coverage = new Ratio(townships.Count(t => t.Node is not null), townships.Count);
        return from township in townships
               where asked.Unit is null || asked.Unit == township.Township.Key
               let node = township.Node?.Fact as SupervisionNodeEstablished
               select new NodeRow(
                   township.Township.Key, township.Township.Name!, node?.JudicialOffice, node?.Supervisors, node?.EstablishedOn, coverage,
                   township.Node is { } told ? [Evidence.Of(Subject.Unit(township.Township.Key), told)] : []);
    }
}
