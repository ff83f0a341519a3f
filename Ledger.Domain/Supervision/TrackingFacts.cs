using Ledger.Domain.Facts;

namespace Ledger.Domain.Supervision;

/// <summary>The indicator by which a unit lags (plan 3.5.2).</summary>
public enum LagIndicator
{
    /// <summary>行政诉讼案件发生量</summary>
    CaseVolume,

    /// <summary>调撤案件数</summary>
    MediatedOrWithdrawn,

    /// <summary>败诉率</summary>
    LossRate,
}

/// <summary>Why key tracking ends.</summary>
public enum LiftReason
{
    /// <summary>指标好转</summary>
    IndicatorImproved,

    /// <summary>督办事项办结</summary>
    MeasuresCompleted,

    /// <summary>所据通报已更正</summary>
    RankingRestated,
}

/// <summary>An order that rests on a published ranking.</summary>
public interface ICitesRanking : IOpensStream, INamesUnits, INamesSubjects
{
    /// <summary>The unit.</summary>
    string Unit { get; }

    /// <summary>The key of the bulletin with the ranking.</summary>
    string Bulletin { get; }

    /// <summary>The day of the order.</summary>
    DateOnly OrderedOn { get; }

    /// <inheritdoc/>
    DateOnly? IFact.LegalDate => OrderedOn;

    /// <inheritdoc/>
    IEnumerable<string> INamesUnits.NamedUnits => [Unit];

    /// <inheritdoc/>
    IEnumerable<Subject> INamesSubjects.NamedSubjects => [new Subject(StreamKind.Bulletin, Bulletin)];
}

/// <summary>重点跟踪督办: opens its file; it cites a published ranking (plan 3.5.2).</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Bulletin">The key of the bulletin.</param>
/// <param name="Indicator">By which indicator it lags.</param>
/// <param name="OrderedOn">When, not before the ranking was published.</param>
public sealed record KeyTrackingOrdered(
    [property: StreamKey] string Unit, [property: StreamKey] string Bulletin, LagIndicator Indicator, DateOnly OrderedOn) : ICitesRanking;

/// <summary>解除重点跟踪督办</summary>
/// <param name="Reason">Why.</param>
/// <param name="LiftedOn">When.</param>
public sealed record KeyTrackingLifted(LiftReason Reason, DateOnly LiftedOn) : IFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => LiftedOn;
}

/// <summary>专项督导: opens its file; it cites a published ranking and the rule by which the unit is a laggard (plan 4.4).</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Bulletin">The key of the bulletin.</param>
/// <param name="Rule">The rule for laggards, by its id.</param>
/// <param name="OrderedOn">When, not before the ranking was published.</param>
/// <param name="DueOn">Until when it is to be concluded, when a day was set.</param>
public sealed record SpecialSupervisionOrdered(
    [property: StreamKey] string Unit, [property: StreamKey] string Bulletin, string Rule, DateOnly OrderedOn, DateOnly? DueOn = null) : ICitesRanking;

/// <summary>专项督导办结</summary>
/// <param name="Conclusion">What it came to.</param>
/// <param name="ConcludedOn">When.</param>
public sealed record SpecialSupervisionConcluded(string Conclusion, DateOnly ConcludedOn) : IFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => ConcludedOn;
}
