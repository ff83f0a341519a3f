using System.Text.Json;

namespace Ledger.Verifier.Numbers;

/// <summary>A fact of the bundle, opened and proved: its leaf is in the signed tree and its members fit their commitments.</summary>
/// <param name="Sequence">The ledger's own number of the event (<c>seq</c>).</param>
/// <param name="Subject">The stream, such as <c>lawsuit/a</c>.</param>
/// <param name="Type">The fact's type.</param>
/// <param name="Source">The CloudEvent's source.</param>
/// <param name="Id">The CloudEvent's id.</param>
/// <param name="RecordedAt">When the database took it in.</param>
/// <param name="Data">The disclosed members of the data.</param>
/// <param name="HiddenMembers">The names of the members of the data that are proved but not shown.</param>
public sealed record BundleFact(
    long Sequence, string Subject, string Type, string Source, string Id, DateTimeOffset RecordedAt, JsonElement Data, IReadOnlySet<string> HiddenMembers);

/// <summary>A number that does not follow from the facts, or could not be derived.</summary>
/// <param name="IsWrong">True: the number contradicts the facts. False: it could not be derived (the bundle is incomplete).</param>
/// <param name="Where">The member of <c>claims.json</c>.</param>
/// <param name="Claimed">What the bundle says.</param>
/// <param name="Derived">What follows from the facts.</param>
/// <param name="Chinese">The finding in Chinese.</param>
/// <param name="English">The finding in English.</param>
public sealed record NumberFinding(bool IsWrong, string Where, string Claimed, string Derived, string Chinese, string English);

/// <summary>Derives the claimed numbers again from the facts alone (docs/evidence.md §6).</summary>
public static class NumberCheck
{
    /// <summary>What does not follow; empty when every number is as claimed.</summary>
    /// <param name="facts">All facts of the bundle in leaf order.</param>
    /// <param name="claims">The whole of <c>claims.json</c>.</param>
    /// <param name="bundle">The whole of <c>bundle.json</c>; without a selected unit the bundle holds the whole county.</param>
    /// <returns>One finding for each number that is wrong or could not be derived.</returns>
    public static IReadOnlyList<NumberFinding> Check(IReadOnlyList<BundleFact> facts, JsonElement claims, JsonElement bundle)
    {
        var comparison = new Comparison();
        try
        {
            Claims.Of(facts, claims, bundle, comparison).Check();
        }
        catch (UnreadableFactException e)
        {
            comparison.NotDerived($"facts: {e.Message}", "");
        }
        catch (Exception e) when (e is KeyNotFoundException or FormatException or InvalidOperationException or ArgumentException or OverflowException or JsonException)
        {
            comparison.Wrong($"claims.json: {e.Message}", "", "");
        }

        return comparison.Findings;
    }
}
