using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Domain.Plan;

namespace Ledger.Domain.OutsideVoices;

/// <summary>高发领域认定标准: from how many complaints on a field is a hotspot; the id of the stream is the rule's version.</summary>
/// <param name="EffectiveFrom">It governs the periods that begin on or after this day.</param>
/// <param name="AtLeast">So many complaints of one field in one period.</param>
public sealed record HotspotRuleAdopted(DateOnly EffectiveFrom, int AtLeast) : IFact
{
    /// <summary>None: it selects by period, as a counting policy does.</summary>
    public DateOnly? LegalDate => null;
}

/// <summary>
/// 高发领域梳理: a field in which complaints gathered. The number is the ledger's own count of the field's complaints in the
/// period, at the position and on the day that it names; no other number is recorded.
/// </summary>
/// <param name="Field">The field.</param>
/// <param name="Period">The period.</param>
/// <param name="Count">How many complaints.</param>
/// <param name="Rule">The rule's version.</param>
/// <param name="Position">The ledger position of the count.</param>
/// <param name="AsOf">The day of the count.</param>
/// <param name="IdentifiedOn">When it was identified.</param>
public sealed record HotspotIdentified(
    string Field, [property: Period] string Period, int Count, [property: StreamKey] string Rule, long Position, DateOnly AsOf, DateOnly IdentifiedOn)
    : IOpensStream, IReproducible
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => IdentifiedOn;

    /// <inheritdoc/>
    public (IFact? Fact, Refusal? Refusal) Reproduce(Situation at, Subject subject)
    {
        var period = Counting.Period.Parse(Period);
        var rule = HotspotRule.Governing(at, period);
        var count = ComplaintFile.All(at).Count(c => c.Received!.Field == Field && period.Contains(c.Received.ReceivedOn));
        return count < rule.AtLeast
            ? (null, Refusal.Of(Codes.HotspotBelowThreshold, Field, Period, count, rule.AtLeast))
            : (this with { Count = count, Rule = rule.Id }, null);
    }
}

/// <summary>高发领域定期梳理: the complaints of a period were looked through; the stream's key is the period.</summary>
/// <param name="Period">The period, the same as the stream's key.</param>
/// <param name="HeldOn">When.</param>
/// <param name="None">Whether no field stood out.</param>
public sealed record HotspotReviewHeld([property: Period] string Period, DateOnly HeldOn, bool None) : IOpensStream
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => HeldOn;
}

/// <summary>预警: units are warned of what the complaints show and must rectify (plan 3.3.3).</summary>
/// <param name="DocumentNo">The warning's number.</param>
/// <param name="Units">The units.</param>
/// <param name="IssuedOn">When.</param>
/// <param name="DueOn">By when they must rectify.</param>
public sealed record EarlyWarningIssued(string DocumentNo, IReadOnlyList<string> Units, DateOnly IssuedOn, DateOnly DueOn) : INamesUnits
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => IssuedOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => Units;
}

/// <summary>预警整改: a warned unit rectified.</summary>
/// <param name="DocumentNo">The warning's number.</param>
/// <param name="Unit">The unit.</param>
/// <param name="RectifiedOn">When.</param>
/// <param name="Document">The SHA-256 of the proof.</param>
public sealed record WarningRectified(string DocumentNo, [property: StreamKey] string Unit, DateOnly RectifiedOn, [property: Sha256] string Document) : INamesUnits
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => RectifiedOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => [Unit];
}

/// <summary>The rule by which a field is a hotspot.</summary>
/// <param name="Id">Its version.</param>
/// <param name="AtLeast">So many complaints of one field in one period.</param>
public sealed record HotspotRule(string Id, int AtLeast)
{
    /// <summary>Before any rule is adopted: five complaints.</summary>
    public static HotspotRule BuiltIn { get; } = new("H-5", 5);

    /// <summary>The rule that governs a period: the latest one in effect on its first day, ties by ledger sequence.</summary>
    public static HotspotRule Governing(Situation situation, Period period) =>
        situation.Told<HotspotRuleAdopted>(StreamKind.Policy)
            .Where(r => r.Fact.EffectiveFrom <= period.First)
            .OrderBy(r => r.Fact.EffectiveFrom).ThenBy(r => r.Visible.Sequence)
            .Select(r => new HotspotRule(r.Subject.Key, r.Fact.AtLeast)).LastOrDefault() ?? BuiltIn;
}
