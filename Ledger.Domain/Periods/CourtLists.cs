using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;

namespace Ledger.Domain.Periods;

/// <summary>The court's lists of a quarter: of each court, the last list that covers it stands.</summary>
/// <param name="Shared">Every list, by number.</param>
public sealed record CourtLists(IReadOnlyList<CourtQuarterlyListShared> Shared)
{
    /// <summary>The last list; null while none was shared.</summary>
    public CourtQuarterlyListShared? Last => Shared.Count == 0 ? null : Shared[^1];

    /// <summary>The courts that any list covers, each with the list that stands for it.</summary>
    public IReadOnlyDictionary<string, CourtQuarterlyListShared> ByCourt { get; } = Shared
        .SelectMany(list => list.Courts.Distinct(StringComparer.Ordinal).Select(court => (court, list)))
        .GroupBy(c => c.court, StringComparer.Ordinal)
        .ToDictionary(c => c.Key, c => c.Last().list, StringComparer.Ordinal);

    /// <summary>The cases that stand, by case number, normalised.</summary>
    public IEnumerable<(string CaseNo, CourtListRow Row)> Rows =>
        from court in ByCourt.OrderBy(c => c.Key, StringComparer.Ordinal)
        from row in court.Value.Rows
        let number = CaseNumber.Parse(row.CaseNo)
        where number is not null && number.Court == court.Key
        select (number.ToString(), row);

    /// <summary>The lists among a stream's facts.</summary>
    public static CourtLists Of(IEnumerable<VisibleFact> facts) => Of(facts.Select(f => f.Fact));

    /// <summary>The lists among facts.</summary>
    public static CourtLists Of(IEnumerable<IFact> facts) => new([.. facts.OfType<CourtQuarterlyListShared>().OrderBy(l => l.ListNo)]);
}
