using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Plan;

namespace Ledger.Domain.Rectifications;

/// <summary>One loss: a unit, a court document in which it lost, and what was put right after it.</summary>
/// <param name="Lawsuit">The lawsuit.</param>
/// <param name="Document">The document.</param>
/// <param name="Unit">The unit.</param>
/// <param name="Rectification">
/// The rectification of this document, else of one with the same loss behind it: what was put right after the first instance
/// need not be put right again when the appeal affirms it. A new judgment after a remand is a loss of its own. Null when none
/// was opened.
/// </param>
/// <param name="Duplicates">Further rectifications opened for the same document and unit, by key.</param>
public sealed record Loss(Lawsuit Lawsuit, CourtDocument Document, string Unit, Rectification? Rectification, IReadOnlyList<string> Duplicates)
{
    /// <summary>The docketing of the lawsuit.</summary>
    public LawsuitDocketed Docketed => Lawsuit.Docketed!;

    /// <summary>The document's case number.</summary>
    public string CaseNo => Document.CaseNo;

    /// <summary>The day on which the document closed its instance.</summary>
    public DateOnly ClosedOn => Document.Rendered.ClosedOn;

    /// <summary>When the unit received the document, if it is known.</summary>
    public DateOnly? ReceivedOn => Lawsuit.JudgmentOf(Unit, CaseNo)?.ReceivedOn;

    /// <summary>The cause in force, if one was determined.</summary>
    public LossCauseDetermined? Cause => Rectification?.Cause;

    /// <summary>Whether the rectification was opened for this very document.</summary>
    public bool OwnsRectification => Rectification?.Opened!.CaseNo == CaseNo;

    /// <summary>Whether what became effective gives the unit an outcome, and none that is a loss: nothing is left to put right.</summary>
    public bool IsReversed => EffectiveOutcomes is { Count: > 0 } outcomes && !outcomes.Any(o => o.ClassOf() == OutcomeClass.Loss);

    /// <summary>The unit's outcomes in what became effective; null while nothing has.</summary>
    public IReadOnlyList<Outcome>? EffectiveOutcomes =>
        Lawsuit.LastEffective is { } last && Lawsuit.Document(last.CaseNo) is { } document ? Lawsuit.OutcomesOf(document, Unit) : null;

    /// <summary>From when something must be done about it: the unit's receipt, or the closing while no receipt is known.</summary>
    public DateOnly Since => ReceivedOn ?? ClosedOn;
}

/// <summary>败诉台账 (plan 3.1.1a): every loss of a counted unit, once per document and unit.</summary>
public static class LossRegister
{
    /// <summary>The rectifications of a situation.</summary>
    public static IReadOnlyList<Rectification> Rectifications(Situation situation) =>
    [
        .. situation.Streams(StreamKind.Rectification).Select(s => Rectification.Fold(s.Subject.Key, s.Facts)).Where(r => r.Opened is not null),
    ];

    /// <summary>Every loss, by closing day, lawsuit, document and unit.</summary>
    public static IReadOnlyList<Loss> Of(Situation situation)
    {
        var rectifications = Rectifications(situation).OrderBy(r => Timeline.OrderOf(r.OpenedBy!)).ToLookup(r => (r.Opened!.Lawsuit, r.Opened.Unit));
        return
        [
            .. (from lawsuit in situation.Lawsuits.Values
               from document in lawsuit.Documents
               from unit in document.Rendered.NamedUnits.Distinct(StringComparer.Ordinal)
               where lawsuit.LostIn(document, unit) && situation.County.Find(unit) is { IsCounted: true }
               let behind = lawsuit.LossBehind(document, unit)
               let same = rectifications[(lawsuit.Key, unit)]
                   .Where(r => lawsuit.Document(r.Opened!.CaseNo) is { } other && ReferenceEquals(lawsuit.LossBehind(other, unit), behind)).ToList()
               let own = same.Where(r => r.Opened!.CaseNo == document.CaseNo).ToList()
               select new Loss(
                   lawsuit, document, unit, own.FirstOrDefault() ?? same.FirstOrDefault(), [.. own.Skip(1).Select(r => r.Stream.Key)]))
                .OrderBy(l => l.ClosedOn).ThenBy(l => l.Lawsuit.Key, StringComparer.Ordinal).ThenBy(l => l.CaseNo, StringComparer.Ordinal)
                .ThenBy(l => l.Unit, StringComparer.Ordinal),
        ];
    }
}
