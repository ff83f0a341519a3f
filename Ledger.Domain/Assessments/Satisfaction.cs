using Ledger.Domain.Facts;

namespace Ledger.Domain.Assessments;

/// <summary>Where a satisfaction figure comes from (the plan names no source).</summary>
public enum SatisfactionSource
{
    /// <summary>政务服务“好差评”</summary>
    ServiceRating,

    /// <summary>问卷、电话调查</summary>
    Survey,
}

/// <summary>满意度数据录入 (goal G3): one figure for a source, period and unit; a later one replaces it and the old one stays in the record.</summary>
/// <param name="Period">The period, the same as the stream's key.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Value">The satisfied over all that answered.</param>
/// <param name="Sample">How many were asked.</param>
/// <param name="RecordedOn">When it was established.</param>
/// <param name="Unit">The unit; the whole county when left out.</param>
public sealed record SatisfactionFigureRecorded(
    [property: Period] string Period, SatisfactionSource Source, Ratio Value, int Sample, DateOnly RecordedOn, [property: StreamKey] string? Unit = null) : IFact, INamesUnits
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => RecordedOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => Unit is null ? [] : [Unit];
}

/// <summary>The rules of satisfaction figures in <c>benchmark/{period}</c>.</summary>
/// <param name="key">The period.</param>
public sealed class SatisfactionState(string key) : IStreamState
{
    /// <inheritdoc/>
    public Refusal? Check(IFact fact, AdmissionContext context)
    {
        if (fact is not SatisfactionFigureRecorded figure) return null;
        if (figure.Period != key) return Refusal.Of(Codes.InvalidValue, "period", figure.Period);
        if (figure.Unit is { } unit && !context.IsRegistered(unit)) return Refusal.Of(Codes.UnknownUnit, unit);
        var (n, d) = figure.Value;
        return n >= 0 && d > 0 && n <= d && d <= figure.Sample ? null : Refusal.Of(Codes.SatisfactionValue, figure.Value, figure.Sample);
    }

    /// <inheritdoc/>
    public void Apply(VisibleFact fact)
    {
        // No rule of a figure reads the stream's past: a later one replaces it.
    }
}
