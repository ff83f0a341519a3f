using Ledger.Domain.Calendar;
using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Policies;
using Ledger.Domain.Units;
using Ledger.Host.Demo;
using Shouldly;

namespace Ledger.Tests.Demo;

/// <summary>A demo county after every fact has passed the rules of the ledger, in the order of the file.</summary>
internal sealed class DemoLedger
{
    public static readonly DateOnly Today = new(2026, 1, 1);

    private readonly Dictionary<Subject, StreamAdmission> _streams = [];

    private DemoLedger(IReadOnlyList<Envelope> facts) => Facts = facts;

    public static DemoLedger Calibrated { get; } = Admit(new DemoOptions());

    public IReadOnlyList<Envelope> Facts { get; }

    public IEnumerable<T> All<T>() => Facts.Select(f => f.Fact).OfType<T>();

    public StreamAdmission Stream(Subject subject) => _streams[subject];

    /// <summary>The facts of every lawsuit as they are read after corrections.</summary>
    public IEnumerable<(string Key, IReadOnlyList<IFact> Facts)> Lawsuits => _streams
        .Where(s => s.Key.Kind == StreamKind.Lawsuit)
        .Select(s => (s.Key.Key, (IReadOnlyList<IFact>)[.. s.Value.Visible.Select(v => v.Fact)]));

    public static DemoLedger Admit(DemoOptions options)
    {
        var ledger = new DemoLedger([.. DemoCounty.Generate(options)]);
        var registered = ledger.Facts.Where(f => f.Fact is UnitRegistered).Select(f => f.Subject.Key).ToHashSet(StringComparer.Ordinal);
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        var told = ledger.Facts.GroupBy(f => f.Subject).ToDictionary(
            g => g.Key, g => VisibleFacts.Of([.. g.Select((f, i) => new Recorded(i + 1, f.Id, f.Fact))]));
        var context = new AdmissionContext(Today, registered.Contains, number => owners.GetValueOrDefault(number))
        {
            // As in an import: the whole file counts, whatever the order of its subjects.
            FactsOf = subject => told.GetValueOrDefault(subject) ?? [],
        };
        var sequence = 0L;
        foreach (var (id, subject, fact, _) in ledger.Facts)
        {
            if (!ledger._streams.TryGetValue(subject, out var stream)) ledger._streams[subject] = stream = new StreamAdmission(subject, []);
            var decision = stream.Admit(id, fact, context);
            decision.Refusal.ShouldBeNull($"{id}: {decision.Refusal?.English}");
            decision.Fact.ShouldNotBeNull($"{id} repeats another fact");
            stream.Append(new Recorded(++sequence, id, fact));
            if (fact is IOpensInstance { CaseNo: var caseNo }) owners.Add(caseNo, subject.ToString());
        }

        return ledger;
    }

    /// <summary>The domain's own view of the county.</summary>
    public County County(DateOnly asOf)
    {
        var units = Of(StreamKind.Unit).ToDictionary(s => s.Key.Key, s => Unit.Fold(s.Key.Key, s.Value.Visible, asOf), StringComparer.Ordinal);
        var policies = new PolicyBook();
        foreach (var (subject, stream) in Of(StreamKind.Policy)) policies.Add(subject.Key, stream.Visible);
        var calendar = new WorkingCalendar();
        foreach (var year in WorkingCalendar.Published)
            calendar.Add([new VisibleFact(new Recorded(year.Year, new FactId("calendar", $"{year.Year}"), year), year)]);
        var contributions = Of(StreamKind.Lawsuit).SelectMany(s => Contribution.Of(Folded(s.Key.Key, s.Value.Visible, asOf)))
            .ToLookup(c => c.Unit, c => c.Contribution, StringComparer.Ordinal);
        return new County(units, policies, calendar, contributions, asOf);
    }

    private IEnumerable<KeyValuePair<Subject, StreamAdmission>> Of(StreamKind kind) => _streams.Where(s => s.Key.Kind == kind);

    private static Lawsuit Folded(string key, IEnumerable<VisibleFact> facts, DateOnly asOf)
    {
        var lawsuit = new Lawsuit(key);
        foreach (var fact in facts.Where(f => f.HappenedBy(asOf))) lawsuit.Apply(fact);
        return lawsuit;
    }
}
