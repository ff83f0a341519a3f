using Ledger.Domain.Facts;
using Ledger.Host.Attachments;
using Ledger.Projections.Reading;

namespace Ledger.Host.Answers;

/// <summary>A recorded fact, with the amendments that it received later.</summary>
/// <param name="Entry">The fact as recorded.</param>
/// <param name="LegalDate">Its legal date as it is read: a correction may have moved it.</param>
/// <param name="Amendments">The corrections and retractions of it, in recorded order.</param>
public sealed record HistoryEntry(LedgerEntry Entry, DateOnly? LegalDate, IReadOnlyList<Amendment> Amendments)
{
    /// <summary>The documents that the fact names by their hashes; a correction's are those that it sets.</summary>
    public IReadOnlyList<NamedDocument> Documents { get; init; } = [];

    /// <summary>The facts that had happened by a day, in recorded order.</summary>
    /// <param name="entries">The streams' facts as recorded.</param>
    /// <param name="asOf">The day.</param>
    /// <param name="orWhenRecorded">Also those that have been corrected to a later day: when they were recorded, they counted.</param>
    public static IReadOnlyList<HistoryEntry> Of(IReadOnlyList<LedgerEntry> entries, DateOnly asOf, bool orWhenRecorded = false)
    {
        var history = new List<HistoryEntry>(entries.Count);
        foreach (var stream in entries.GroupBy(e => e.Subject))
        {
            var visible = VisibleFacts.Of([.. stream.Select(e => e.Recorded)]).ToDictionary(v => v.Origin.Id, v => v.Fact);
            var retracted = stream.Select(e => e.Recorded.Fact).OfType<FactRetracted>().Select(r => r.Fact).ToHashSet();
            var amendments = stream.Select(e => (Target: TargetOf(e.Recorded.Fact), Entry: e)).Where(a => a.Target is not null)
                .ToLookup(a => a.Target!, a => new Amendment(a.Entry, retracted.Contains(a.Entry.Recorded.Id)));
            var recorded = stream.ToDictionary(e => e.Recorded.Id, e => e.Recorded.Fact);
            foreach (var entry in stream)
            {
                var legalDate = (visible.GetValueOrDefault(entry.Recorded.Id) ?? entry.Recorded.Fact).LegalDate;
                if (legalDate is null || legalDate <= asOf || (orWhenRecorded && entry.Recorded.Fact.LegalDate <= asOf))
                    history.Add(new HistoryEntry(entry, legalDate, [.. amendments[entry.Recorded.Id]])
                    {
                        Documents = NamedDocument.Of(entry.Recorded.Fact, TargetOf(entry.Recorded.Fact) is { } target ? recorded.GetValueOrDefault(target) : null),
                    });
            }
        }

        history.Sort((left, right) => left.Entry.Recorded.Sequence.CompareTo(right.Entry.Recorded.Sequence));
        return history;
    }

    private static FactId? TargetOf(IFact fact) => fact switch
    {
        FactCorrected f => f.Fact,
        FactRetracted f => f.Fact,
        _ => null,
    };
}

/// <summary>A correction or retraction of a fact.</summary>
/// <param name="Entry">It, as recorded.</param>
/// <param name="Retracted">Whether it has been retracted itself.</param>
public sealed record Amendment(LedgerEntry Entry, bool Retracted);
