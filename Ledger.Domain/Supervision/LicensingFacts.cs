using Ledger.Domain.Facts;

namespace Ledger.Domain.Supervision;

/// <summary>Where in the chain of a licence an issue lies (plan 3.3.2: 全链条).</summary>
public enum LicensingStage
{
    /// <summary>受理</summary>
    Acceptance,

    /// <summary>审查</summary>
    Examination,

    /// <summary>决定</summary>
    DecisionMade,

    /// <summary>送达</summary>
    Delivery,

    /// <summary>收费</summary>
    Charges,
}

/// <summary>网上许可巡查: opens the file of one patrol of a unit's licensing on the province's service portal (plan 3.3.2).</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Items">How many licensing items were looked at, at least one.</param>
/// <param name="PatrolledOn">When.</param>
public sealed record LicensingPatrolConducted([property: StreamKey] string Unit, int Items, DateOnly PatrolledOn) : IOpensStream, INamesUnits
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => PatrolledOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => [Unit];
}

/// <summary>许可问题发现</summary>
/// <param name="Issue">The issue's key within the patrol.</param>
/// <param name="ItemCode">The licensing item's code in the portal.</param>
/// <param name="Stage">Where in the chain.</param>
/// <param name="Description">What is wrong.</param>
/// <param name="Link">The item's address in the portal.</param>
/// <param name="FoundOn">When.</param>
public sealed record LicensingIssueFound(
    [property: StreamKey] string Issue, string ItemCode, LicensingStage Stage, string Description, string Link, DateOnly FoundOn) : IFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => FoundOn;
}

/// <summary>许可问题整改: the unit has put it right.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Issue">The issue.</param>
/// <param name="Resolution">What was done.</param>
/// <param name="ResolvedOn">When.</param>
/// <param name="Document">What shows it.</param>
public sealed record LicensingIssueResolved(
    [property: StreamKey] string Unit, [property: StreamKey] string Issue, string Resolution, DateOnly ResolvedOn, [property: Sha256] string Document) : INamesUnits
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => ResolvedOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => [Unit];
}
