using Ledger.Domain;
using Ledger.Domain.Facts;

namespace Ledger.Host.Demo;

/// <summary>Collects the facts of one stream and hands them over in legal order, with readable ids and recording times.</summary>
internal sealed class FactLog(Subject subject, DemoRandom random)
{
    /// <summary>The source of every demo fact.</summary>
    public const string Source = "/demo/wuyang";

    private readonly List<(FactId Id, IFact Fact)> _facts = [];
    private readonly List<Envelope> _late = [];
    private readonly Dictionary<string, int> _ordinals = new(StringComparer.Ordinal);

    /// <summary>Adds a fact that is recorded when it happens.</summary>
    public FactId Add(IFact fact)
    {
        var id = NextId(fact);
        _facts.Add((id, fact));
        return id;
    }

    /// <summary>Adds a fact that is recorded long after: its line comes at the end of the file.</summary>
    public void AddLate(IFact fact, DateTimeOffset time) => _late.Add(new Envelope(NextId(fact), subject, fact, time));

    /// <summary>What is recorded at the end.</summary>
    public IEnumerable<Envelope> Late(DateOnly lastDay) => _late.Where(e => ShanghaiTime.DateOf(e.Time!.Value) <= lastDay);

    /// <summary>The facts up to the last day; none is recorded before an earlier one of the stream.</summary>
    public IEnumerable<Envelope> Told(DateOnly lastDay)
    {
        var (previous, end) = (DateTimeOffset.MinValue, DemoCalendar.At(lastDay, 23, 59));
        foreach (var (id, fact) in _facts.Where(f => f.Fact.LegalDate <= lastDay).OrderBy(f => f.Fact.LegalDate))
        {
            var time = RecordedAt(fact);
            if (time <= previous) time = previous.AddMinutes(random.Between(1, 20));
            if (time > end) time = end;
            previous = time;
            yield return new Envelope(id, subject, fact, time);
        }
    }

    private DateTimeOffset RecordedAt(IFact fact) => fact switch
    {
        Domain.Lawsuits.CaseFilingSubmitted f => f.SubmittedAt.AddMinutes(random.Between(1, 9)),
        Domain.Lawsuits.LossFilingDocumentSubmitted f => f.SubmittedAt.AddMinutes(random.Between(1, 9)),
        Domain.Units.NonPerformanceReportSubmitted f => f.SubmittedAt.AddMinutes(random.Between(1, 9)),
        _ => DemoCalendar.At(fact.LegalDate!.Value.AddDays(random.Between(0, 3)), random.Between(8, 17), random.Next(60)),
    };

    private FactId NextId(IFact fact)
    {
        var name = EventCatalog.NameOf(fact);
        var ordinal = _ordinals[name] = _ordinals.GetValueOrDefault(name) + 1;
        return new FactId(Source, $"{subject.Kind.ToString().ToLowerInvariant()}-{subject.Key}/{name}/{ordinal}");
    }
}
