using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Domain.Facts;
using Ledger.Host.Security;

namespace Ledger.Host.Api;

/// <summary>Members that name the person who acts: over HTTP, always the authenticated one.</summary>
internal static class ActingPerson
{
    /// <summary>Whether the fact is an amendment that the caller also approves.</summary>
    public static bool ApprovesItself(IFact fact, LedgerUser user) =>
        fact is FactCorrected { ApprovedBy: var corrector } ? corrector == user.Actor : fact is FactRetracted { ApprovedBy: var retractor } && retractor == user.Actor;

    /// <summary>
    /// The data with the caller filled in where the person was left out, or why it may not name somebody else. A correction
    /// is approved by somebody else than the one who records it.
    /// </summary>
    public static (JsonElement Data, Refusal? Refusal) FillIn(CatalogEntry entry, JsonElement data, LedgerUser user)
    {
        if (data.ValueKind != JsonValueKind.Object) return (data, null);
        if (entry.Kind is null && data.TryGetProperty("approvedBy", out var approver) && approver.ValueKind == JsonValueKind.String && approver.GetString() == user.Actor)
            return (data, Refusal.Of(Codes.ApprovalSamePerson, user.Actor));
        JsonObject? filled = null;
        foreach (var member in entry.Schema.Members.Where(m => m.IsActor))
            if (!data.TryGetProperty(member.Name, out var person))
                (filled ??= JsonObject.Create(data)!)[member.Name] = user.Actor;
            else if (person.ValueKind == JsonValueKind.String && person.GetString() != user.Actor)
                return (data, Refusal.Of(Codes.ActorNotCaller, member.Name, user.Actor));
        return (filled is null ? data : JsonSerializer.SerializeToElement(filled), null);
    }
}
