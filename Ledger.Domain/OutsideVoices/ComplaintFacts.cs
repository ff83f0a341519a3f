using Ledger.Domain.Facts;

namespace Ledger.Domain.OutsideVoices;

/// <summary>The channels of complaints (plan 3.3.3).</summary>
public enum ComplaintChannel
{
    /// <summary>12345政务服务便民热线</summary>
    Hotline12345,

    /// <summary>政务服务“好差评”</summary>
    ServiceRating,

    /// <summary>政府门户网站</summary>
    Portal,

    /// <summary>Any other.</summary>
    Other,
}

/// <summary>Why an upheld complaint ends without a correction.</summary>
public enum ComplaintClosure
{
    /// <summary>The matter had been put right before.</summary>
    AlreadyCorrected,

    /// <summary>Nothing is left that could be put right; the consequences were dealt with otherwise.</summary>
    CannotBeUndone,

    /// <summary>Settled with the complainant.</summary>
    Settled,

    /// <summary>The matter was handed to the organ that is competent for it.</summary>
    HandedOver,
}

/// <summary>投诉举报受理: a complaint about enforcement arrived (plan 3.3.3).</summary>
/// <param name="Channel">By which channel.</param>
/// <param name="Field">The field of administration (管理领域), as complaints are counted.</param>
/// <param name="ReceivedOn">When.</param>
/// <param name="Unit">The unit that it is about, when that is known at once.</param>
/// <param name="DueOn">By when the channel wants an answer.</param>
public sealed record ComplaintReceived(
    ComplaintChannel Channel, string Field, DateOnly ReceivedOn, [property: StreamKey] string? Unit = null, DateOnly? DueOn = null) : IOpensStream, INamesUnits
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => ReceivedOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => Unit is null ? [] : [Unit];
}

/// <summary>投诉交办: a unit is to handle the complaint; a later assignment replaces an earlier one.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="AssignedOn">When.</param>
/// <param name="DueOn">By when it must reply.</param>
public sealed record ComplaintAssigned([property: StreamKey] string Unit, DateOnly AssignedOn, DateOnly DueOn) : INamesUnits
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => AssignedOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => [Unit];
}

/// <summary>投诉核查: what the complaint was found to be.</summary>
/// <param name="Upheld">Whether it is well founded (查实).</param>
/// <param name="VerifiedOn">When that was found.</param>
/// <param name="Document">The SHA-256 of the finding.</param>
public sealed record ComplaintVerified(bool Upheld, DateOnly VerifiedOn, [property: Sha256] string? Document = null) : IFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => VerifiedOn;
}

/// <summary>投诉问题纠正: what an upheld complaint found was put right.</summary>
/// <param name="CorrectedOn">When.</param>
/// <param name="Document">The SHA-256 of the proof.</param>
public sealed record ComplaintCorrected(DateOnly CorrectedOn, [property: Sha256] string Document) : IFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => CorrectedOn;
}

/// <summary>投诉说明理由办结: an upheld complaint ends without a correction, for a stated reason.</summary>
/// <param name="Closure">The kind of reason.</param>
/// <param name="Reason">The reason in words.</param>
/// <param name="ClosedOn">When.</param>
public sealed record ComplaintClosedWithReason(ComplaintClosure Closure, string Reason, DateOnly ClosedOn) : IFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => ClosedOn;
}

/// <summary>投诉答复: the complainant was told what came of it.</summary>
/// <param name="RepliedOn">When.</param>
public sealed record ComplaintReplied(DateOnly RepliedOn) : IFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => RepliedOn;
}
