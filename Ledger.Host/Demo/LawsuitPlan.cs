using Ledger.Domain.Lawsuits;

namespace Ledger.Host.Demo;

/// <summary>How a first-instance document ends the matter, unit by unit.</summary>
internal sealed record Ending(DateOnly ClosedOn, IReadOnlyList<(string Unit, Outcome Outcome)> Outcomes)
{
    public Ending(DateOnly closedOn, string unit, Outcome outcome)
        : this(closedOn, [(unit, outcome)])
    {
    }

    public bool IsLost => Outcomes.Any(o => o.Outcome.ClassOf() == OutcomeClass.Loss);

    public Outcome Main => Outcomes[0].Outcome;

    public DocumentKind Kind => Outcomes switch
    {
        _ when Outcomes.Any(o => o.Outcome.ClassOf() is OutcomeClass.Win or OutcomeClass.Loss || o.Outcome == Outcome.AgreementCompensation) =>
            DocumentKind.Judgment,
        _ when Outcomes.Any(o => o.Outcome == Outcome.Mediated) => DocumentKind.Mediation,
        _ => DocumentKind.Ruling,
    };
}

/// <summary>What is decided about a lawsuit before its facts are told; what is left out is drawn.</summary>
internal sealed record LawsuitPlan(DateOnly DocketedOn, Ending First)
{
    public IReadOnlyList<Defendant> Defendants { get; init; } =
        [.. First.Outcomes.Select(o => new Defendant(o.Unit, First.Outcomes.Count == 1 ? DefendantCapacity.Sole : DefendantCapacity.Joint))];

    /// <summary>The series; half of its lawsuits are linked to it only later.</summary>
    public string? Series { get; init; }

    public bool LinkedLater { get; init; }

    /// <summary>A defendant that turns out to be the wrong one, and the one added in its place.</summary>
    public (string Wrong, string Right)? Replaced { get; init; }

    public AppealResult? Appeal { get; init; }

    /// <summary>A retrial turns a win of both instances into a loss.</summary>
    public bool Retried { get; init; }

    /// <summary>A day of receipt whose deadline runs across make-up workdays, and the moment of filing.</summary>
    public (DateOnly Received, DateTimeOffset Filed)? Materials { get; init; }

    /// <summary>The same for the loss filing.</summary>
    public (DateOnly Received, DateTimeOffset Filed)? Judgment { get; init; }

    /// <summary>A filing made in time, but found and recorded only then.</summary>
    public DateTimeOffset? FilingFoundAt { get; init; }

    /// <summary>The closing date as first recorded, and when it was corrected.</summary>
    public (DateOnly Recorded, DateTimeOffset CorrectedAt)? WrongClosing { get; init; }

    /// <summary>A hearing of another case recorded here by mistake, and when it was retracted.</summary>
    public (DateOnly HeldOn, DateTimeOffset RetractedAt)? MistakenHearing { get; init; }
}
