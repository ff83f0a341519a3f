using Ledger.Domain.Calendar;
using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Plan;
using Ledger.Domain.Policies;
using Ledger.Domain.Units;

namespace Ledger.Tests.Infrastructure;

/// <summary>One fact told about a subject, under its sender's id.</summary>
public sealed record Told(Subject Subject, FactId Id, IFact Fact)
{
    public Envelope Envelope => new(Id, Subject, Fact, null);
}

/// <summary>The rules without a database: all streams in memory, facts admitted by the domain one by one.</summary>
public sealed class MemoryLedger(DateOnly today) : ILedgerFacts
{
    private readonly Dictionary<Subject, StreamAdmission> _streams = [];
    private readonly List<(Subject Subject, Recorded Recorded)> _log = [];

    public DateOnly Today { get; } = today;

    /// <summary>Every admitted fact in ledger order.</summary>
    public IReadOnlyList<(Subject Subject, Recorded Recorded)> Log => _log;

    public StreamAdmission Stream(Subject subject) =>
        _streams.TryGetValue(subject, out var stream) ? stream : _streams[subject] = new StreamAdmission(subject, []);

    public AdmissionContext Context => new(
        Today,
        unit => _streams.TryGetValue(Subject.Unit(unit), out var stream) && stream.Visible.Any(v => v.Fact is UnitRegistered),
        caseNo => _streams.Where(s => s.Key.Kind == StreamKind.Lawsuit && s.Value.CaseNumbers.Contains(caseNo))
            .Select(s => s.Key.ToString()).FirstOrDefault()) { FactsOf = Of };

    /// <inheritdoc/>
    public IEnumerable<(string Key, IReadOnlyList<VisibleFact> Facts)> Of(StreamKind kind) =>
        _streams.Where(s => s.Key.Kind == kind && s.Value.History.Count > 0).Select(s => (s.Key.Key, s.Value.Visible));

    /// <inheritdoc/>
    public IReadOnlyList<VisibleFact> Of(Subject subject) => _streams.TryGetValue(subject, out var stream) ? stream.Visible : [];

    /// <inheritdoc/>
    public bool Holds(Subject subject, FactId id) => _streams.TryGetValue(subject, out var stream) && stream.History.Any(r => r.Id == id);

    /// <inheritdoc/>
    public IReadOnlyList<Recorded> RecordedIn(Subject subject) => _streams.TryGetValue(subject, out var stream) ? stream.History : [];

    /// <inheritdoc/>
    public IReadOnlyList<(Subject Subject, Recorded Recorded)> RecordedAfter(long position) => [.. _log.Where(r => r.Recorded.Sequence > position)];

    /// <inheritdoc/>
    public Situation Earlier(long position, DateOnly asOf) => On(asOf, position);

    /// <summary>The ledger on a day (today), at a position (now): what questions are answered from.</summary>
    public Situation On(DateOnly? asOf = null, long? position = null)
    {
        var upTo = position ?? _log.Count;
        if (upTo == _log.Count) return Situation.Of(this, CountyOn(asOf ?? Today), asOf ?? Today, upTo);
        var past = new MemoryLedger(Today);
        foreach (var (subject, recorded) in _log.TakeWhile(r => r.Recorded.Sequence <= upTo)) past.Append(subject, recorded);
        return past.On(asOf);
    }

    /// <summary>Decides on a fact without recording it.</summary>
    public Decision Decide(Told told)
    {
        // What a fact says that the ledger counted is asked again, as the intake does.
        if (told.Fact is not IReproducible stated) return Stream(told.Subject).Admit(told.Id, told.Fact, Context);
        if (stated.Position > _log.Count) return Decision.Refuse(Refusal.Of(Codes.QueryInvalid, "position", stated.Position));
        var (counted, refusal) = stated.Reproduce(On(stated.AsOf, stated.Position), told.Subject);
        if (refusal is not null) return Decision.Refuse(refusal);
        return StreamAdmission.SaysTheSame(counted!, told.Fact)
            ? Stream(told.Subject).Admit(told.Id, told.Fact, Context)
            : Decision.Refuse(Refusal.Of(Codes.FactNotReproducible, stated.Position, FactJson.Write(counted!)));
    }

    /// <summary>Decides on a fact and records it when it is admitted.</summary>
    public Decision Tell(Told told)
    {
        var decision = Decide(told);
        if (decision.Fact is { } fact)
        {
            var recorded = new Recorded(_log.Count + 1, told.Id, fact);
            Append(told.Subject, recorded);
        }

        return decision;
    }

    private void Append(Subject subject, Recorded recorded)
    {
        Stream(subject).Append(recorded);
        _log.Add((subject, recorded));
    }

    /// <summary>The county as known at a position (null: now), on a day.</summary>
    public County CountyOn(DateOnly asOf, long? position = null) =>
        CountyOf(_log.Where(r => r.Recorded.Sequence <= (position ?? long.MaxValue)), asOf);

    /// <summary>Folds the county from recorded facts, stream by stream in ledger order, with the published calendars.</summary>
    public static County CountyOf(IEnumerable<(Subject Subject, Recorded Recorded)> log, DateOnly asOf)
    {
        var units = new Dictionary<string, Unit>(StringComparer.Ordinal);
        var policies = new PolicyBook();
        var calendar = PublishedCalendar();
        var contributions = new List<(string Unit, Contribution Contribution)>();
        foreach (var stream in log.GroupBy(r => r.Subject, r => r.Recorded))
        {
            var visible = VisibleFacts.Of([.. stream]);
            switch (stream.Key.Kind)
            {
                case StreamKind.Unit: units.Add(stream.Key.Key, Unit.Fold(stream.Key.Key, visible, asOf)); break;
                case StreamKind.Lawsuit: contributions.AddRange(Contribution.Of(Lawsuit.Fold(stream.Key.Key, visible, asOf))); break;
                case StreamKind.Policy: policies.Add(stream.Key.Key, visible); break;
                case StreamKind.Calendar: calendar.Add(visible); break;
                default: break;
            }
        }

        return new County(units, policies, calendar, contributions.ToLookup(c => c.Unit, c => c.Contribution), asOf);
    }

    /// <summary>The calendars that a new ledger holds.</summary>
    public static WorkingCalendar PublishedCalendar()
    {
        var calendar = new WorkingCalendar();
        foreach (var year in WorkingCalendar.Published)
            calendar.Add([new VisibleFact(new Recorded(0, new FactId("/calendar", $"{year.Year}"), year), year)]);
        return calendar;
    }
}
