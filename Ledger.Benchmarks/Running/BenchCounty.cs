using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Host.Demo;
using Ledger.Projections;
using Ledger.Projections.Reading;

namespace Ledger.Benchmarks.Running;

/// <summary>
/// A county with one full year of lawsuits, imported once for all that read it, and the shortest way to the same answer:
/// one query over all facts, System.Text.Json, the domain's own fold.
/// </summary>
internal sealed class BenchCounty(BenchDatabase database, int facts) : IAsyncDisposable
{
    /// <summary>The full year.</summary>
    public const string Year = "2023";

    /// <summary>When every lawsuit of the year is over.</summary>
    public static readonly DateOnly End = new(2025, 12, 31);

    private const string Facts =
        "select seq_id, stream_id, type, data::text, headers ->> 'source', headers ->> 'id' from mt.mt_events where type <> 'tombstone' order by seq_id";

    public BenchDatabase Database => database;

    /// <summary>Facts that it holds, with those of the template.</summary>
    public int Count => facts;

    public static async Task<BenchCounty> ImportAsync(BenchRun run)
    {
        var database = await run.Cluster.CreateAsync();
        // 14 lawsuits in 98 are those still pending from the year before.
        var options = new DemoOptions { Lawsuits = run.Options.LawsuitsOfTheYear * 98 / 84, FirstYear = 2023, LastYear = 2023, EndOn = End };
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            DemoSummary summary;
            await using (var stream = File.Create(file)) summary = await DemoFile.WriteAsync(stream, options, run.Cancellation);
            var report = await database.Import.RunAsync(file, "bench", cancellation: run.Cancellation);
            if (report.Imported != summary.Lines) throw new InvalidOperationException($"{report.Imported} of {summary.Lines} imported.");
            run.Notes.Add($"The county that is read: {summary.Lines:N0} facts, {summary.DocketedByYear[2023]:N0} lawsuits docketed in {Year}, {summary.Units} units.");
        }
        finally
        {
            File.Delete(file);
        }

        await database.ExecuteAsync("vacuum analyze mt.mt_events, mt.mt_streams, ledger.intake");
        var county = new BenchCounty(database, (int)await database.ScalarAsync<long>("select count(*) from mt.mt_events"));
        await county.RebuildAsync(run.Cancellation);
        return county;
    }

    /// <summary>Builds the read models anew.</summary>
    public async Task RebuildAsync(CancellationToken cancellation)
    {
        using var daemon = await database.Store.BuildProjectionDaemonAsync();
        await daemon.RebuildProjectionAsync(CountyProjection.Name, TimeSpan.FromMinutes(5), cancellation);
    }

    /// <summary>The county as all facts tell it.</summary>
    public async Task<County> FoldAsync(DateOnly asOf)
    {
        var streams = new Dictionary<Subject, List<Recorded>>();
        await using var command = database.Source.CreateCommand(Facts);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            if (!Subject.TryParse(reader.GetString(1), out var subject)) throw new InvalidOperationException(reader.GetString(1));
            var fact = FactJson.ReadTrusted(EventCatalog.Find(reader.GetString(2))!, reader.GetString(3));
            (streams.TryGetValue(subject, out var stream) ? stream : streams[subject] = [])
                .Add(new Recorded(reader.GetInt64(0), new FactId(reader.GetString(4), reader.GetString(5)), fact));
        }

        var contributions = Of(StreamKind.Lawsuit).SelectMany(l => Contribution.Of(Lawsuit.Fold(l.Key, l.Facts, asOf)))
            .ToLookup(c => c.Unit, c => c.Contribution, StringComparer.Ordinal);
        return LedgerAt.CountyOf(Of(StreamKind.Unit), Of(StreamKind.Policy), Of(StreamKind.Calendar), contributions, asOf);

        IEnumerable<(string Key, IReadOnlyList<VisibleFact> Facts)> Of(StreamKind kind) =>
            streams.Where(s => s.Key.Kind == kind).Select(s => (s.Key.Key, VisibleFacts.Of(s.Value)));
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();
}
