using System.Globalization;
using System.Text.Json.Nodes;
using Ledger.Domain.Calendar;
using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Plan;
using Ledger.Domain.Units;
using Ledger.Host.Answers;

namespace Ledger.Host.Replay;

/// <summary>
/// The ledger as it is told on from a position, fact by fact, and the states of its streams: of a unit and a lawsuit what
/// <c>show</c> answers, of any other stream its facts as they stand.
/// </summary>
/// <param name="from">The ledger at the position, on the day of all states.</param>
/// <param name="streams">What is told.</param>
/// <param name="unmasked">Whether the reader needs people's names.</param>
internal sealed class ToldLedger(Situation from, ReplayedStreams streams, bool unmasked)
{
    private readonly ToldStreams _streams = new(from.Everything.RecordedIn);
    private readonly Dictionary<Subject, IReadOnlyList<VisibleFact>> _visible = [];
    private readonly Dictionary<string, bool> _counted = new(StringComparer.Ordinal);
    private WorkingCalendar _calendar = from.Calendar;

    /// <summary>A stream's facts as read so far.</summary>
    public IReadOnlyList<VisibleFact> Visible(Subject subject) => _visible.TryGetValue(subject, out var visible) ? visible : from.Everything.Of(subject);

    /// <summary>Whether a unit is registered and counted on the day.</summary>
    public bool IsCounted(string unit) =>
        _counted.TryGetValue(unit, out var counted) ? counted : _counted[unit] = Unit.Fold(unit, Visible(Subject.Unit(unit)), from.AsOf).IsCounted;

    /// <summary>Tells one more fact.</summary>
    public void Tell(Subject subject, Recorded fact)
    {
        var visible = _visible[subject] = _streams.Tell(subject, fact);
        if (subject.Kind == StreamKind.Unit) _counted.Remove(subject.Key);
        if (subject.Kind == StreamKind.Calendar) _calendar = _calendar.With(int.Parse(subject.Key, CultureInfo.InvariantCulture), visible);
    }

    /// <summary>A lawsuit as its facts so far tell it by the day.</summary>
    public Lawsuit Lawsuit(Subject subject) => Domain.Lawsuits.Lawsuit.Fold(subject.Key, Visible(subject), from.AsOf);

    /// <summary>A stream's state; null where it has none yet, or none any more.</summary>
    public JsonObject? StateOf(Subject subject) => subject.Kind switch
    {
        StreamKind.Unit => Unit.Fold(subject.Key, Visible(subject), from.AsOf) is { Registered: not null } unit ? AnswerJson.StateOf(unit) : null,
        StreamKind.Lawsuit => Lawsuit(subject) is { Docketed: not null } lawsuit
            ? AnswerJson.StateOf(LawsuitState.Of(lawsuit, IsCounted, _calendar, from.AsOf), unmasked)
            : null,
        _ => FactsOf(subject),
    };

    private JsonObject? FactsOf(Subject subject)
    {
        var facts = Renamed().Read(Visible(subject)).Where(f => f.HappenedBy(from.AsOf)).Select(f => (JsonNode)new JsonObject
        {
            ["sequence"] = f.Sequence,
            ["type"] = EventCatalog.NameOf(f.Fact),
            ["legalDate"] = f.Fact.LegalDate is { } day ? AnswerJson.Day(day) : null,
            ["data"] = Masking.DataOf(subject.Kind, f.Fact, unmasked),
        }).ToArray();
        return facts.Length == 0 ? null : new JsonObject { ["facts"] = new JsonArray(facts) };
    }

    // Of other streams a fact that names a case is read under the number that the instance bears now.
    private RenamedInstances Renamed() => new(streams.Elsewhere.Where(s => s.Kind == StreamKind.Lawsuit).Select(_streams.Of));
}
