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
/// <param name="Importing">Those that an import is writing: a filing may be in the part that is still to come.</param>
/// <param name="Unreadable">Those that hold an event which this program cannot read.</param>
public sealed record DeadlineState(
    DateTimeOffset Now,
    WorkingCalendar Calendar,
    IReadOnlyList<(string Lawsuit, DeadlineWatch Watch)> Watches,
    IReadOnlyList<string> Importing,
    IReadOnlyList<string> Unreadable);

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
    public async Task<DeadlineState> ReadAsync(IReadOnlyCollection<string> lawsuits, CancellationToken cancellation)
    {
        while (true)
        {
            var (import, importing) = await ImportAsync(lawsuits, cancellation);
            var state = await ReadAsync(lawsuits.Except(importing, StringComparer.Ordinal).ToList(), importing, cancellation);
            // An import that began or ended meanwhile may have shown half of a lawsuit.
            if ((await ImportAsync([], cancellation)).Import == import) return state;
        }
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

    private async Task<DeadlineState> ReadAsync(IReadOnlyList<string> lawsuits, IReadOnlyList<string> importing, CancellationToken cancellation)
    {
        var unreadable = new List<string>();
        var streams = await StreamsAsync(lawsuits, unreadable, cancellation);
        var (calendar, units) = await CountyAsync(streams.SelectMany(s => s.Facts).Select(f => f.Fact), cancellation);
        var now = clock.GetUtcNow();
        return new DeadlineState(
            now,
            calendar,
            [.. streams.Select(s => (s.Lawsuit, DeadlineWatch.Of(s.Lawsuit, s.Facts, calendar, units, now)))],
            importing,
            unreadable);
    }

    // Which import is the last one, whether it runs, and which of the lawsuits it has reserved until it is done.
    private async Task<((long Last, bool Runs) Import, IReadOnlyList<string> Importing)> ImportAsync(
        IEnumerable<string> lawsuits, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            """
            select coalesce(max(i.id), 0), r.runs,
                   array(select s.subject from ledger.import_subject s where r.runs and s.subject = any($1))
            from (select ledger.import_in_progress() as runs) r left join ledger.import i on true group by r.runs
            """);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. lawsuits.Select(l => Subject.Lawsuit(l).ToString())] });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        var importing = reader.GetFieldValue<string[]>(2).Select(s => Subject.TryParse(s, out var subject) ? subject.Key : s);
        return ((reader.GetInt64(0), reader.GetBoolean(1)), [.. importing]);
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

    private async Task<(WorkingCalendar Calendar, IReadOnlyDictionary<string, Unit> Units)> CountyAsync(IEnumerable<IFact> facts, CancellationToken cancellation)
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
        // What was transferred is owed by a unit that no fact of the lawsuit need name.
        var successors = await ReadAsync(
            streams.SelectMany(s => s.Value).Select(f => f.Fact).OfType<ObligationTransferred>().Select(t => Subject.Unit(t.To)).Except(streams.Keys).ToHashSet(), cancellation);
        return (calendar, streams.Concat(successors).Where(s => s.Key.Kind == StreamKind.Unit)
            .ToDictionary(s => s.Key.Key, s => Unit.Fold(s.Key.Key, s.Value, clock.Today()), StringComparer.Ordinal));
    }

    private async Task<IReadOnlyDictionary<Subject, IReadOnlyList<VisibleFact>>> ReadAsync(IEnumerable<Subject> subjects, CancellationToken cancellation)
    {
        var streams = new Dictionary<Subject, List<Recorded>>();
        await foreach (var entry in log.ReadAsync(subjects.Select(s => s.ToString()), long.MaxValue, cancellation))
            (streams.TryGetValue(entry.Subject, out var facts) ? facts : streams[entry.Subject] = []).Add(entry.Recorded);
        return streams.ToDictionary(s => s.Key, s => VisibleFacts.Of(s.Value));
    }
}
