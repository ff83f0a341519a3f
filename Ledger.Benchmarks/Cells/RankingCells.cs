using System.Text.Json;
using Ledger.Benchmarks.Running;
using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Host.Answers;
using Ledger.Projections.Lawsuits;
using Ledger.Projections.Reading;
using Npgsql;

namespace Ledger.Benchmarks.Cells;

/// <summary>The ranking of a full year, now and at an earlier position, as every caller asks for it.</summary>
internal static class RankingCells
{
    private static readonly Period Year = Period.TryParse(BenchCounty.Year, out var year) ? year : throw new InvalidOperationException();

    private static readonly string[] Periods = [BenchCounty.Year, "2023Q1", "2023Q2", "2023Q3", "2023Q4", "2023-05", "2023-11"];

    private static readonly string?[] Lists = [null, .. Enum.GetNames<UnitList>()];

    public static async Task RunAsync(BenchRun run)
    {
        var county = await run.CountyAsync();
        await CheckAsync(county);
        await NowAsync(run, county);
        await AsOfAsync(run, county);
    }

    private static async Task NowAsync(BenchRun run, BenchCounty county)
    {
        var answers = county.Database.Get<LedgerAnswers>();
        var (operations, all) = (run.Options.Operations / 5, new List<double>());
        var pair = await run.TakeTurnsAsync(
            county.Database,
            async _ => Samples.Percentile(await Load.InTurnAsync(operations, _ => FromDocumentsAsync(county.Database)), 50),
            async turn =>
            {
                var latencies = await Load.InTurnAsync(operations, _ => RankAsync(answers, new TimesAsked()));
                if (turn >= 0) all.AddRange(latencies);
                return Samples.Percentile(latencies, 50);
            });
        run.AddTimes("Ranking of the year, now, p50 / read the documents, deserialise, rank", pair, null, "");
        run.Notes.Add($"Ranking now: p50 {BenchRun.Time(Samples.Percentile(all, 50))}, p99 {BenchRun.Time(Samples.Percentile(all, 99))}; {Documents(county)}.");
    }

    private static async Task AsOfAsync(BenchRun run, BenchCounty county)
    {
        var end = (await county.Database.Positions.AdvanceAsync(run.Cancellation)).Position;
        Task<double> FoldAsync(int turn) => Load.TimeAsync(async () => Rank(await county.FoldAsync(BenchCounty.End)));

        var (other, later, memories) = (new List<double>(), new List<double>(), new List<FactMemory>());
        var cold = await run.TakeTurnsAsync(county.Database, FoldAsync, async turn =>
        {
            var answers = county.Database.AnswersWithoutMemory(out var memory);
            memories.Add(memory);
            var first = await Load.TimeAsync(() => RankAsync(answers, At(turn, 1)));
            var second = await Load.TimeAsync(() => RankAsync(answers, At(turn, 2)));
            var then = await Load.InTurnAsync(run.Options.Operations, n => RankAsync(answers, At(turn, 2), Periods[n % Periods.Length], Lists[n % Lists.Length]));
            if (turn >= 0) (other, later) = ([.. other, second], [.. later, Samples.Percentile(then, 99)]);
            return first;
        });
        memories.ForEach(m => m.Dispose());
        run.AddTimes("As-of ranking, first question, nothing in memory / read, deserialise, fold, rank", cold, null, "");
        run.AddTimes("As-of ranking, first at another position / the same", cold with { Candidate = new Samples(other) }, null, "");
        var p99 = new Samples(later).Median;
        run.AddTimes("As-of ranking, then, p99 / the same", cold with { Candidate = new Samples(later) }, Target.Within(250),
            "The county at the position is kept, so this is three small queries and a tally of every unit.", p99);

        TimesAsked At(int turn, int nth) => new("2025-12-31", Position: (end - 1 - 61 * (turn + 1) - nth).ToString());
    }

    private static async Task RankAsync(LedgerAnswers answers, TimesAsked times, string period = BenchCounty.Year, string? list = null)
    {
        var answer = await answers.RankingAsync(period, list, null, times);
        if (answer.Value is null) throw new InvalidOperationException(answer.Refusal?.English);
    }

    private static Ranking Rank(County county) => county.Rank(Year, UnitList.All, county.Policies.GoverningFrom(Year.First)!);

    // The documents of the year and the subjects', nothing about position or failure: the least that gives the same rows.
    private static async Task<Ranking> FromDocumentsAsync(BenchDatabase database)
    {
        var subjects = new List<(Subject Subject, IReadOnlyList<VisibleFact> Facts)>();
        foreach (var record in await DocumentsAsync<SubjectRecord>(database, "mt.mt_doc_subjectrecord"))
            if (Subject.TryParse(record.Id, out var subject))
                subjects.Add((subject, VisibleFacts.Of([.. record.Facts.Select(f => f.ToRecorded())])));
        var months = await DocumentsAsync<UnitMonth>(database, "mt.mt_doc_unitmonth where id collate \"C\" >= '2022-12' and id collate \"C\" < '2024-01'");
        var contributions = months.SelectMany(m => m.Contributions.Values.Select(c => (Unit: UnitMonth.UnitOf(m.Id), Contribution: c)))
            .ToLookup(c => c.Unit, c => c.Contribution, StringComparer.Ordinal);
        return Rank(LedgerAt.CountyOf(Of(StreamKind.Unit), Of(StreamKind.Policy), Of(StreamKind.Calendar), contributions, BenchCounty.End));

        IEnumerable<(string, IReadOnlyList<VisibleFact>)> Of(StreamKind kind) =>
            subjects.Where(s => s.Subject.Kind == kind).Select(s => (s.Subject.Key, s.Facts));
    }

    private static async Task<List<T>> DocumentsAsync<T>(BenchDatabase database, string from)
    {
        var documents = new List<T>();
        await using var command = database.Source.CreateCommand("select data from " + from);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) documents.Add(JsonSerializer.Deserialize<T>(reader.GetString(0), FactJson.Options)!);
        return documents;
    }

    // Fast and different would be worthless: the three ways have to give the same rows.
    private static async Task CheckAsync(BenchCounty county)
    {
        var answer = await county.Database.Get<LedgerAnswers>().RankingAsync(BenchCounty.Year, null, null, new TimesAsked());
        if (answer is not { Value: { } now, Scope: { IsNow: true } scope }) throw new InvalidOperationException(answer.Refusal?.English);
        if ((await county.Database.ReadModels.StateAsync()).Position != scope.Position)
            throw new InvalidOperationException("The read models are not at the ledger's position: they would not be what answers.");
        var folded = Rank(await county.FoldAsync(BenchCounty.End));
        var read = await FromDocumentsAsync(county.Database);
        if (!now.Rows.SequenceEqual(read.Rows)) throw new InvalidOperationException("The answer is not what the documents say.");
        if (!Closings(folded).SequenceEqual(Closings(read))) throw new InvalidOperationException("The documents are not what the facts say.");

        static IEnumerable<(string, Domain.Ratio, int)> Closings(Ranking of) => of.Rows.Select(r => (r.Unit, r.Figures.LossRate, r.Figures.NewCases));
    }

    private static string Documents(BenchCounty county)
    {
        using var connection = county.Database.Source.OpenConnection();
        using var command = new NpgsqlCommand("select count(*), sum(length(data::text)) / 1024 from mt.mt_doc_unitmonth where id like '2023%'", connection);
        using var reader = command.ExecuteReader();
        reader.Read();
        return $"it reads {reader.GetInt64(0):N0} documents of a unit's month, {reader.GetInt64(1):N0} kB of JSON";
    }
}
