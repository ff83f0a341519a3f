using Ledger.Domain.Facts;

namespace Ledger.Domain.Redactions;

/// <summary>
/// 决定删除个人信息: two persons decide that personal data of one fact are no longer kept. That the fact was recorded, by whom
/// and when, and everything else that it says stays, and stays proved.
/// </summary>
/// <param name="About">The stream of the fact, <c>kind/key</c>.</param>
/// <param name="Fact">The fact.</param>
/// <param name="Members">The outermost members of its data in which the personal data are.</param>
/// <param name="Reason">Why, in words for the auditor; never the data themselves.</param>
/// <param name="LegalGround">The rule of law that demands it.</param>
/// <param name="DecidedOn">When.</param>
/// <param name="Approval">The approval by the second person.</param>
public sealed record PersonalDataRedacted(
    string About,
    FactId Fact,
    IReadOnlyList<string> Members,
    string Reason,
    string LegalGround,
    DateOnly DecidedOn,
    [property: StreamKey] string Approval) : IOpensStream, INeedsApproval, IFinal
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => DecidedOn;

    /// <inheritdoc/>
    public IEnumerable<Subject> FurtherSubjects => Subject.TryParse(About, out var about) ? [about] : [];
}

/// <summary>
/// 删除个人信息: the ledger takes the data away. Recorded and sealed by the ledger itself before it does so, with the hash of
/// what remains, so that nothing else can be changed under its cover.
/// </summary>
/// <param name="CarriedOutBy">Who had it done.</param>
/// <param name="Sequence">The position of the fact whose data they were.</param>
/// <param name="Remainder">The SHA-256 of the canonical form (RFC 8785) of the data that remain.</param>
/// <param name="CarriedOutOn">When.</param>
public sealed record RedactionCarriedOut([property: ActingPerson] string CarriedOutBy, long Sequence, [property: Digest] string Remainder, DateOnly CarriedOutOn) : IFinal
{
    /// <summary>The source under which the ledger records it.</summary>
    public const string Source = "/ledger/redactions";

    /// <inheritdoc/>
    public DateOnly? LegalDate => CarriedOutOn;

    /// <summary>The id under which the ledger records it for a redaction's key: tried again, it is recorded once.</summary>
    public static FactId IdOf(string key) => new(Source, key);
}
