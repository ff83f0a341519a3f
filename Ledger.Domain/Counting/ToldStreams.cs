using Ledger.Domain.Facts;

namespace Ledger.Domain.Counting;

/// <summary>Streams that are told on, fact by fact, from where they stood at a position.</summary>
/// <param name="before">A stream's recorded facts at the position, in ledger order.</param>
public sealed class ToldStreams(Func<Subject, IReadOnlyList<Recorded>> before)
{
    private readonly Dictionary<Subject, List<Recorded>> _told = [];

    /// <summary>A stream's facts so far, as recorded.</summary>
    public IReadOnlyList<Recorded> Of(Subject subject) => _told.TryGetValue(subject, out var told) ? told : before(subject);

    /// <summary>Tells one more fact of a stream, and reads the stream with it.</summary>
    public IReadOnlyList<VisibleFact> Tell(Subject subject, Recorded fact)
    {
        if (!_told.TryGetValue(subject, out var told)) _told[subject] = told = [.. before(subject)];
        told.Add(fact);
        return VisibleFacts.Of(told);
    }
}
