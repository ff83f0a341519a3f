using Ledger.Domain.Facts;
using Ledger.Host.Intake;
using Npgsql;
using NpgsqlTypes;

namespace Ledger.Host.Import;

/// <summary>
/// Checks the staged lines, subject by subject in file order, several partitions at a time. The staging index gives the
/// order; the histories of some thousand lines' subjects are looked up at once. What is found goes to
/// <c>ledger.import_outcome</c>: nothing at all for a line that is simply admitted.
/// </summary>
internal sealed class ImportCheck(
    NpgsqlDataSource database, ImportOptions options, DateOnly today, IReadOnlyCollection<string> unitsOfFile, Reproduction reproduction, ProgressMeter meter)
{
    private const string Lines = """
        select l.line, l.subject, l.type, l.source, l.id, l.data, l.code, l.chinese, l.english from ledger.import_line l
        """;

    private readonly CaseNumberVerdicts _verdicts = new();
    private readonly OtherStreams _others = new(database);
    private readonly HashSet<string> _units = new(unitsOfFile, StringComparer.Ordinal);

    /// <summary>Checks everything; leaves the outcomes in the table.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        await LoadUnitsAsync(cancellation);
        await RefuseConflictingKeysAsync(cancellation);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 2 * ImportStage.PartitionsPerKind),
            new ParallelOptions { MaxDegreeOfParallelism = options.Writers, CancellationToken = cancellation },
            async (partition, stop) =>
            {
                await using var read = database.CreateCommand(Lines + " where l.partition = $1 order by l.partition, l.subject, l.line");
                read.Parameters.Add(new NpgsqlParameter<short> { TypedValue = (short)partition });
                await CheckAsync(read, counted: true, stop);
            });
        await AnalyseAsync(cancellation);
        // Each round settles at least the earliest conflict left, so the rounds end.
        while (await new CaseNumberConflicts(database).FindAsync(_verdicts, cancellation) is { Count: > 0 } subjects)
        {
            foreach (var some in subjects.Chunk(options.CheckBlock)) await CheckAgainAsync(some, cancellation);
            await AnalyseAsync(cancellation);
        }

        await _others.NoteAsync(cancellation);
    }

    private async Task AnalyseAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select ledger.import_checked()");
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private async Task LoadUnitsAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select unit from ledger.registered_unit");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) _units.Add(reader.GetString(0));
    }

    private async Task RefuseConflictingKeysAsync(CancellationToken cancellation)
    {
        var conflicts = new List<(int Line, Refusal Refusal)>();
        await using var command = database.CreateCommand("select line, source, id from ledger.import_conflicts()");
        command.CommandTimeout = 0;
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var more = true;
        while (more)
        {
            while (conflicts.Count < 10_000 && (more = await reader.ReadAsync(cancellation)))
                conflicts.Add((reader.GetInt32(0), Refusal.Of(Codes.Conflict, new FactId(reader.GetString(1), reader.GetString(2)))));
            if (conflicts.Count > 0) await RefuseAsync(conflicts, cancellation);
            conflicts.Clear();
        }
    }

    private async Task RefuseAsync(List<(int Line, Refusal Refusal)> lines, CancellationToken cancellation)
    {
        await using var update = database.CreateCommand("""
            update ledger.import_line l set code = $1, chinese = r.chinese, english = r.english
            from unnest($2, $3, $4) as r (line, chinese, english) where l.line = r.line
            """);
        update.CommandTimeout = 0;
        update.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Codes.Conflict });
        update.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = [.. lines.Select(l => l.Line)] });
        update.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. lines.Select(l => l.Refusal.Chinese)] });
        update.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. lines.Select(l => l.Refusal.English)] });
        await update.ExecuteNonQueryAsync(cancellation);
    }

    private async Task CheckAgainAsync(string[] subjects, CancellationToken cancellation)
    {
        await using var forget = database.CreateCommand("delete from ledger.import_outcome where subject = any ($1)");
        forget.CommandTimeout = 0;
        forget.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = subjects });
        await forget.ExecuteNonQueryAsync(cancellation);
        await using var read = database.CreateCommand(Lines + """
             join unnest($1, $2) as s (partition, subject) on l.partition = s.partition and l.subject = s.subject collate "C"
            order by l.subject, l.line
            """);
        read.Parameters.Add(new NpgsqlParameter<short[]>
        {
            TypedValue = [.. subjects.Select(s => ImportStage.PartitionOf(Subject.TryParse(s, out var subject) ? subject : null))],
        });
        read.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = subjects });
        await CheckAsync(read, counted: false, cancellation);
    }

    private async Task CheckAsync(NpgsqlCommand read, bool counted, CancellationToken cancellation)
    {
        read.CommandTimeout = 0;
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var copy = await connection.BeginBinaryImportAsync(
            "copy ledger.import_outcome (line, kind, subject, name, code, chinese, english) from stdin (format binary)", cancellation);
        copy.Timeout = TimeSpan.Zero;
        await using var reader = await read.ExecuteReaderAsync(cancellation);
        var block = new List<CheckedLine>(options.CheckBlock);
        var outcomes = new List<Outcome>();
        while (await reader.ReadAsync(cancellation))
        {
            var line = LineOf(reader);
            // A subject is never cut: its later lines need its earlier ones.
            if (block.Count >= options.CheckBlock && block[^1].Subject != line.Subject)
            {
                await FlushAsync();
            }

            block.Add(line);
        }

        await FlushAsync();
        await copy.CompleteAsync(cancellation);

        async Task FlushAsync()
        {
            await CheckBlockAsync(block, outcomes, cancellation);
            foreach (var outcome in outcomes) Write(copy, outcome);
            if (counted) meter.Add(block.Count);
            block.Clear();
            outcomes.Clear();
            await options.ReachAsync("checking");
        }
    }

    private async Task CheckBlockAsync(List<CheckedLine> block, List<Outcome> outcomes, CancellationToken cancellation)
    {
        var histories = await HistoriesAsync([.. block.Select(l => l.Subject).Distinct(StringComparer.Ordinal)], cancellation);
        SubjectCheck? check = null;
        string? current = null;
        foreach (var line in block)
        {
            if (line.Subject != current)
            {
                current = line.Subject;
                check = Subject.TryParse(current, out var subject)
                    ? new SubjectCheck(subject, histories.GetValueOrDefault(current) ?? [], today, _units.Contains, _verdicts, _others)
                    : null;
            }

            // Without a subject there are no rules, and the line is refused already.
            if (check is null) outcomes.Add(new Outcome(line.Line, Outcome.Refused, line.Subject, null, line.Refusal));
            else check.Check(await ReproducedAsync(line, cancellation), outcomes);
        }
    }

    // A fact that says what the ledger counted is asked of the ledger again, as for a command.
    private async Task<CheckedLine> ReproducedAsync(CheckedLine line, CancellationToken cancellation)
    {
        if (line.Refusal is not null || EventCatalog.Find(line.Type!) is not { } entry || !entry.Type.IsAssignableTo(typeof(IReproducible))) return line;
        var fact = FactJson.ReadTrusted(entry, line.Data!);
        return line with { Refusal = await reproduction.CheckAsync(Subject.Parse(line.Subject), fact, cancellation) };
    }

    private async Task<Dictionary<string, List<Recorded>>> HistoriesAsync(string[] subjects, CancellationToken cancellation)
    {
        var histories = new Dictionary<string, List<Recorded>>(StringComparer.Ordinal);
        await using var command = database.CreateCommand("""
            select e.stream_id, e.seq_id, e.type, e.data, e.headers ->> 'source', e.headers ->> 'id'
            from mt.mt_events e where e.stream_id = any ($1) order by e.stream_id, e.version
            """);
        command.CommandTimeout = 0;
        command.Parameters.Add(new NpgsqlParameter { Value = subjects, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Varchar });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var subject = reader.GetString(0);
            if (!histories.TryGetValue(subject, out var history)) histories[subject] = history = [];
            // An event that the ledger itself decided has no sender's key; none can name it, so any will do.
            var id = reader.IsDBNull(4) ? new FactId("", reader.GetInt64(1).ToString()) : new FactId(reader.GetString(4), reader.GetString(5));
            history.Add(new Recorded(reader.GetInt64(1), id, FactJson.ReadTrusted(EventCatalog.Find(reader.GetString(2))!, reader.GetString(3))));
        }

        return histories;
    }

    private static CheckedLine LineOf(NpgsqlDataReader reader)
    {
        return new CheckedLine(
            reader.GetInt32(0),
            reader.GetString(1),
            Text(2),
            Text(3) is { } source ? new FactId(source, Text(4)!) : null,
            Text(5),
            Text(6) is { } code ? new Refusal(code, Text(7)!, Text(8)!) : null);

        string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
    }

    private static void Write(NpgsqlBinaryImporter copy, Outcome outcome)
    {
        copy.StartRow();
        copy.Write(outcome.Line, NpgsqlDbType.Integer);
        copy.Write(outcome.Kind, NpgsqlDbType.InternalChar);
        copy.Write(outcome.Subject, NpgsqlDbType.Text);
        Text(outcome.Name);
        Text(outcome.Refusal?.Code);
        Text(StagedLine.Storable(outcome.Refusal?.Chinese));
        Text(StagedLine.Storable(outcome.Refusal?.English));

        void Text(string? value)
        {
            if (value is null) copy.WriteNull();
            else copy.Write(value, NpgsqlDbType.Text);
        }
    }
}
