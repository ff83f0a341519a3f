using System.Text.Json;
using System.Text.Json.Nodes;
using BenchmarkDotNet.Attributes;
using Ledger.Benchmarks.Running;
using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Host.Demo;
using Ledger.Host.Intake;
using Ledger.Projections.Reading;

namespace Ledger.Benchmarks.Micro;

/// <summary>What a fact costs in memory, from the line that brings it to the county that counts it.</summary>
public class FactBenchmarks
{
    private static readonly DateOnly Day = new(2025, 12, 31);

    private readonly RecordFact _judgment = BenchFacts.Step(1, 6);
    private readonly Recorded[] _lawsuit =
        [.. Enumerable.Range(0, BenchFacts.Steps).Select(s => BenchFacts.Step(1, s)).Select((c, n) => new Recorded(n + 1, c.Id, c.Fact))];

    private readonly AdmissionContext _context = new(Day, _ => true, _ => null);
    private byte[] _line = [];
    private JsonElement _data;
    private CatalogEntry _entry = null!;
    private County _county = null!;
    private Period _year = null!;

    /// <summary>Prepares a line, and the calibrated county of the demo.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        _entry = EventCatalog.EntryOf(_judgment.Fact);
        _data = JsonSerializer.SerializeToElement(_judgment.Fact, _judgment.Fact.GetType(), FactJson.Options);
        _line = JsonSerializer.SerializeToUtf8Bytes(new JsonObject
        {
            ["specversion"] = "1.0",
            ["id"] = _judgment.Id.Id,
            ["source"] = _judgment.Id.Source,
            ["type"] = _entry.Name,
            ["subject"] = _judgment.Subject.ToString(),
            ["time"] = "2023-06-01T10:00:00+08:00",
            ["data"] = JsonNode.Parse(FactJson.Write(_judgment.Fact)),
        });
        var streams = DemoCounty.Generate(new DemoOptions()).Select((f, n) => (f.Subject, Recorded: new Recorded(n + 1, f.Id, f.Fact)))
            .GroupBy(f => f.Subject, f => f.Recorded).ToDictionary(s => s.Key, s => VisibleFacts.Of([.. s]));
        _ = Period.TryParse("2023", out var year);
        _year = year!;
        var contributions = Of(StreamKind.Lawsuit).SelectMany(l => Contribution.Of(Domain.Lawsuits.Lawsuit.Fold(l.Key, l.Facts, Day)))
            .ToLookup(c => c.Unit, c => c.Contribution, StringComparer.Ordinal);
        _county = LedgerAt.CountyOf(Of(StreamKind.Unit), Of(StreamKind.Policy), Of(StreamKind.Calendar), contributions, Day);

        IEnumerable<(string Key, IReadOnlyList<VisibleFact> Facts)> Of(StreamKind kind) =>
            streams.Where(s => s.Key.Kind == kind).Select(s => (s.Key.Key, s.Value));
    }

    /// <summary>From bytes to a fact, everything checked.</summary>
    [Benchmark(Description = "A line of an import file read and checked")]
    public EnvelopeReading Line() => Envelope.Read(_line);

    /// <summary>The data alone.</summary>
    [Benchmark(Description = "A fact's data checked against its schema")]
    public Refusal? Schema() => _entry.Schema.Check(_data);

    /// <summary>A stream's rules asked for each of its facts.</summary>
    [Benchmark(Description = "Ten facts of a lawsuit admitted one by one")]
    public int Admission()
    {
        var stream = new StreamAdmission(_judgment.Subject, []);
        foreach (var fact in _lawsuit)
            if (stream.Admit(fact.Id, fact.Fact, _context).Fact is not null)
                stream.Append(fact);
        return stream.History.Count;
    }

    /// <summary>A stream folded and counted.</summary>
    [Benchmark(Description = "A lawsuit of ten facts folded into its contributions")]
    public int Fold() => Contribution.Of(Lawsuit.Fold("1", VisibleFacts.Of(_lawsuit), Day)).Count();

    /// <summary>All units of the demo county.</summary>
    [Benchmark(Description = "The demo county's year counted and ranked (320 lawsuits)")]
    public Ranking Rank() => _county.Rank(_year, UnitList.All, _county.Policies.GoverningFrom(_year.First)!);
}
