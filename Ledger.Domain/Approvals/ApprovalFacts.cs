using System.Text.Json;
using Ledger.Domain.Facts;

namespace Ledger.Domain.Approvals;

/// <summary>申请审批: somebody asks that a fact be recorded which needs a second person. The approver sees the whole of it.</summary>
/// <param name="About">The stream that the fact is about, <c>kind/key</c>.</param>
/// <param name="Fact">The fact's stable name.</param>
/// <param name="Data">Its data, exactly as it is to be recorded.</param>
/// <param name="RequestedBy">Who asks.</param>
/// <param name="RequestedOn">When.</param>
/// <param name="Reason">Why, in words for the approver.</param>
public sealed record ApprovalRequested(
    string About,
    string Fact,
    IReadOnlyDictionary<string, JsonElement> Data,
    [property: ActingPerson] string RequestedBy,
    DateOnly RequestedOn,
    string Reason) : IOpensStream, IFinal
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => RequestedOn;

    /// <summary>The fact that is asked for, or why its data do not fit.</summary>
    public (IFact? Fact, Refusal? Refusal) Read()
    {
        if (EventCatalog.Find(Fact) is not { } entry) return (null, Refusal.Of(Codes.UnknownType, Fact));
        if (!Subject.TryParse(About, out var subject)) return (null, Refusal.Of(Codes.InvalidValue, "about", About));
        if (!entry.BelongsTo(subject.Kind)) return (null, Refusal.Of(Codes.WrongStream, Fact, About));
        var (fact, refusal) = FactJson.Read(entry, JsonSerializer.SerializeToElement(Data, FactJson.Options));
        return refusal is null && Envelope.KeyMismatch(subject, fact!) is { } mismatch ? (null, mismatch) : (fact, refusal);
    }
}

/// <summary>批准: the second person lets the fact be recorded.</summary>
/// <param name="GrantedBy">Who; never the person who asked.</param>
/// <param name="GrantedOn">When.</param>
/// <param name="Remarks">Words for the record.</param>
public sealed record ApprovalGranted([property: ActingPerson] string GrantedBy, DateOnly GrantedOn, string? Remarks = null) : IFinal
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => GrantedOn;
}

/// <summary>不予批准: the second person refuses.</summary>
/// <param name="RefusedBy">Who; never the person who asked.</param>
/// <param name="RefusedOn">When.</param>
/// <param name="Reason">Why.</param>
public sealed record ApprovalRefused([property: ActingPerson] string RefusedBy, DateOnly RefusedOn, string Reason) : IFinal
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => RefusedOn;
}
