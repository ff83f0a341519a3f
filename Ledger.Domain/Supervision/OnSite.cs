using Ledger.Domain.Facts;

namespace Ledger.Domain.Supervision;

/// <summary>A station at a unit.</summary>
/// <param name="Started">Its start.</param>
/// <param name="Ended">Its end, if it has ended.</param>
public sealed record Station(VisibleFact Started, VisibleFact? Ended = null)
{
    /// <summary>The start.</summary>
    public OnSiteSupervisionStarted Start => (OnSiteSupervisionStarted)Started.Fact;

    /// <summary>The last day; null while it goes on.</summary>
    public DateOnly? LastDay => ((OnSiteSupervisionEnded?)Ended?.Fact)?.EndedOn;
}

/// <summary>What happens at the unit (plan 3.1.2): stations, inspections, trainings, file reviews, checks of items.</summary>
public sealed class OnSite : IStreamState
{
    private readonly List<Station> _stations = [];
    private readonly HashSet<(string Unit, string Finding)> _findings = [];

    /// <summary>The stations, in ledger order.</summary>
    public IReadOnlyList<Station> Stations => _stations;

    /// <summary>Folds a file.</summary>
    public static OnSite Fold(IEnumerable<VisibleFact> facts)
    {
        var state = new OnSite();
        foreach (var fact in facts) state.Apply(fact);
        return state;
    }

    /// <inheritdoc/>
    public Refusal? Check(IFact fact, AdmissionContext context) => fact switch
    {
        KeySupervisionTargetDesignated { Position: < 0 } f => Refusal.Of(Codes.InvalidValue, "position", f.Position),
        OnSiteSupervisionStarted f => CheckTeam(f.Team) ?? (Find(f.Unit, f.StartedOn) is null ? null : Refusal.Of(Codes.SupervisionStationStarted, f.Unit, f.StartedOn.ToString("O"))),
        OnSiteSupervisionEnded f => CheckEnd(f),
        SiteInspectionConducted f => CheckTeam(f.Team),
        EnforcementTrainingHeld { Hours: < 1 } f => Refusal.Of(Codes.InvalidValue, "hours", f.Hours),
        EnforcementTrainingHeld { Attendees: < 1 } f => Refusal.Of(Codes.InvalidValue, "attendees", f.Attendees),
        CaseFileReviewed f => CheckReview(f),
        SupervisionItemChecked { Result: ItemResult.Deficient, Finding: null } f => Refusal.Of(Codes.SupervisionDeficiencyWithoutFinding, f.Item),
        SupervisionItemChecked { Finding: { } finding } f when !_findings.Contains((f.Unit, finding)) => Refusal.Of(Codes.SupervisionFindingUnknown, finding),
        _ => null,
    };

    /// <inheritdoc/>
    public void Apply(VisibleFact fact)
    {
        switch (fact.Fact)
        {
            case OnSiteSupervisionStarted: _stations.Add(new Station(fact)); break;
            case OnSiteSupervisionEnded f when Find(f.Unit, f.StartedOn) is { Ended: null } station:
                _stations[_stations.IndexOf(station)] = station with { Ended = fact };
                break;
            case SupervisionFindingRecorded f: _findings.Add((f.Unit, f.Finding)); break;
            default: break;
        }
    }

    private Station? Find(string unit, DateOnly startedOn) => _stations.Find(s => s.Start.Unit == unit && s.Start.StartedOn == startedOn);

    private Refusal? CheckEnd(OnSiteSupervisionEnded end) => Find(end.Unit, end.StartedOn) switch
    {
        null => Refusal.Of(Codes.SupervisionStationUnknown, end.Unit, end.StartedOn.ToString("O")),
        { Ended: not null } => Refusal.Of(Codes.SupervisionStationEnded, end.Unit, end.StartedOn.ToString("O")),
        _ => Order.Check(end.EndedOn, end.StartedOn, "驻站监督启动"),
    };

    // HN16 §41: at least two people, each with a supervisor's certificate.
    private static Refusal? CheckTeam(IReadOnlyList<string> team) =>
        team.Where(c => !string.IsNullOrWhiteSpace(c)).Distinct(StringComparer.Ordinal).Count() is < 2 and var members
            ? Refusal.Of(Codes.SupervisionTeamTooSmall, members)
            : null;

    private static Refusal? CheckReview(CaseFileReviewed review) => review switch
    {
        { Sampled: < 1 } => Refusal.Of(Codes.InvalidValue, "sampled", review.Sampled),
        { Score: > 100 or < 0 } => Refusal.Of(Codes.SupervisionScoreInvalid, review.Score),
        _ when review.Defects.GroupBy(d => d.Code).FirstOrDefault(g => g.Count() > 1) is { } twice => Refusal.Of(Codes.SupervisionDefectRepeated, twice.Key),
        _ when review.Defects.FirstOrDefault(d => d.Count < 1) is { } none => Refusal.Of(Codes.InvalidValue, "count", none.Count),
        _ => null,
    };
}
