using Ledger.Domain;
using Ledger.Domain.Calendar;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Obligations;
using Ledger.Domain.Units;
using Ledger.Projections.Reading;
using Npgsql;

namespace Ledger.Host.Deadlines;

/// <summary>What the filings of some lawsuits demand.</summary>
/// <param name="Now">The instant at which it was asked.</param>
/// <param name="Calendar">The calendars.</param>
/// <param name="Watches">The lawsuits.</param>
/// <param name="Unreadable">Those that hold an event which this program cannot read: to be looked at again.</param>
public sealed record DeadlineState(
    DateTimeOffset Now, WorkingCalendar Calendar, IReadOnlyList<(string Lawsuit, DeadlineWatch Watch)> Watches, IReadOnlyList<string> Unreadable);

/// <summary>
/// Folds lawsuits, units and calendars from the facts as they are committed now, not from read models, which may lag behind
/// the very fact that set a deadline.
/// </summary>
public sealed class DeadlineReader(FactLog log, NpgsqlDataSource database, TimeProvider clock)
{
    private static readonly string[] Receipts =
        [.. EventCatalog.All.Where(e => e.Type == typeof(ResponseMaterialsReceived) || e.Type == typeof(JudgmentReceived)).Select(e => e.Name)];

    /// <summary>Lawsuits that are read, and sent in a message, at a time.</summary>
    public const int AtATime = 100;

    /// <summary>What some lawsuits demand now.</summary>
    public async Task<DeadlineState> ReadAsync(IReadOnlyList<string> lawsuits, CancellationToken cancellation)
    {
        var unreadable = new List<string>();
        var streams = await StreamsAsync(lawsuits, unreadable, cancellation);
        var (calendar, counted) = await CountyAsync(streams.SelectMany(s => s.Facts).Select(f => f.Fact), cancellation);
        var now = clock.GetUtcNow();
        return new DeadlineState(
            now, calendar, [.. streams.Select(s => (s.Lawsuit, DeadlineWatch.Of(s.Lawsuit, s.Facts, calendar, counted.Contains, now)))], unreadable);
    }

    /// <summary>Every lawsuit in which a unit received anything: whose due days hang on the calendars.</summary>
    public async Task<IReadOnlyList<string>> LawsuitsWithReceiptsAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select distinct stream_id from mt.mt_events where type = any($1)");
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = Receipts });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new List<string>();
        while (await reader.ReadAsync(cancellation))
            if (Subject.TryParse(reader.GetString(0), out var subject))
                found.Add(subject.Key);
        return found;
    }

    private async Task<IReadOnlyList<(string Lawsuit, IReadOnlyList<VisibleFact> Facts)>> StreamsAsync(
        IReadOnlyList<string> lawsuits, List<string> unreadable, CancellationToken cancellation)
    {
        try
        {
            return [.. (await ReadAsync(lawsuits.Select(Subject.Lawsuit), cancellation)).Select(s => (s.Key.Key, s.Value))];
        }
        catch (UnreadableFactException) when (lawsuits.Count > 1)
        {
            // One lawsuit that cannot be read keeps no other's notice back.
            var streams = new List<(string, IReadOnlyList<VisibleFact>)>();
            foreach (var lawsuit in lawsuits) streams.AddRange(await StreamsAsync([lawsuit], unreadable, cancellation));
            return streams;
        }
        catch (UnreadableFactException)
        {
            unreadable.AddRange(lawsuits);
            return [];
        }
    }

    private async Task<(WorkingCalendar Calendar, IReadOnlySet<string> Counted)> CountyAsync(IEnumerable<IFact> facts, CancellationToken cancellation)
    {
        var units = new HashSet<Subject>();
        var years = new HashSet<int>();
        foreach (var fact in facts)
            if (fact is ResponseMaterialsReceived or JudgmentReceived)
            {
                units.Add(Subject.Unit(((INamesUnits)fact).NamedUnits.Single()));
                // A period that begins in December ends in January.
                years.UnionWith([fact.LegalDate!.Value.Year, fact.LegalDate.Value.Year + 1]);
            }

        var streams = await ReadAsync(
            units.Concat(years.Select(year => new Subject(StreamKind.Calendar, year.ToString(System.Globalization.CultureInfo.InvariantCulture)))),
            cancellation);
        var calendar = new WorkingCalendar();
        foreach (var (subject, visible) in streams)
            if (subject.Kind == StreamKind.Calendar)
                calendar.Add(visible);
        return (calendar, streams.Where(s => s.Key.Kind == StreamKind.Unit && Unit.Fold(s.Key.Key, s.Value, clock.Today()).IsCounted)
            .Select(s => s.Key.Key).ToHashSet(StringComparer.Ordinal));
    }

    private async Task<IReadOnlyDictionary<Subject, IReadOnlyList<VisibleFact>>> ReadAsync(IEnumerable<Subject> subjects, CancellationToken cancellation)
    {
        var streams = new Dictionary<Subject, List<Recorded>>();
        await foreach (var entry in log.ReadAsync(subjects.Select(s => s.ToString()), long.MaxValue, cancellation))
            (streams.TryGetValue(entry.Subject, out var facts) ? facts : streams[entry.Subject] = []).Add(entry.Recorded);
        return streams.ToDictionary(s => s.Key, s => VisibleFacts.Of(s.Value));
    }
}
