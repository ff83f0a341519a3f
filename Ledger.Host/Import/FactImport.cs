using Ledger.Domain;
using Ledger.Domain.Facts;
using Ledger.Host.Intake;
using Ledger.Projections.Reading;
using Ledger.Projections.Store;
using Npgsql;
using NpgsqlTypes;

namespace Ledger.Host.Import;

/// <summary>
/// Imports a file of facts (facts.md §1): all of it or, when a line is refused, none of it. Stages and checks first; then
/// reserves the file's subjects and case numbers, appends, and finishes. Stopped before the reservation it leaves nothing;
/// stopped after it, the next run of any import finishes it first.
/// </summary>
public sealed class FactImport(NpgsqlDataSource database, TimeProvider clock, ImportOptions? options = null)
{
    private const int Attempts = 8;

    private readonly ImportOptions _options = options ?? new ImportOptions();

    /// <summary>Imports a file.</summary>
    /// <param name="path">The file: JSON Lines, one CloudEvents event per line.</param>
    /// <param name="actor">Who imports it; kept with every fact.</param>
    /// <param name="progress">Told a few times a second how far it is.</param>
    /// <param name="cancellation">Stops it; run it again to go on.</param>
    /// <exception cref="ImportUnreadableException">The file cannot be read.</exception>
    /// <exception cref="ImportBusyException">Another import runs.</exception>
    public async Task<ImportReport> RunAsync(
        string path, string actor, IProgress<ImportProgress>? progress = null, CancellationToken cancellation = default)
    {
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan | FileOptions.Asynchronous);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new ImportUnreadableException(e.Message, e);
        }

        await using (file)
            return await RunAsync(file, actor, progress, cancellation);
    }

    /// <summary>Imports a stream, which is read once.</summary>
    public async Task<ImportReport> RunAsync(
        Stream file, string actor, IProgress<ImportProgress>? progress = null, CancellationToken cancellation = default)
    {
        await using var turn = await ImportTurn.TakeAsync(database, _options.Patience, cancellation);
        var finished = await FinishEarlierAsync(turn.Connection, progress, cancellation);
        return await RunAsync(turn.Connection, file, actor, finished, progress, cancellation);
    }

    /// <summary>Finishes an import that was stopped while it appended; false when there is none. Needs no file.</summary>
    public async Task<bool> FinishAsync(IProgress<ImportProgress>? progress = null, CancellationToken cancellation = default)
    {
        await using var turn = await ImportTurn.TakeAsync(database, _options.Patience, cancellation);
        return await FinishEarlierAsync(turn.Connection, progress, cancellation) is not null;
    }

    /// <summary>What an import of a stream would come to now: the same stages and the same rules, and nothing is appended.</summary>
    /// <exception cref="ImportBusyException">Another import runs.</exception>
    public async Task<ImportTrial> TryAsync(Stream file, CancellationToken cancellation = default)
    {
        await using var turn = await ImportTurn.TakeAsync(database, _options.Patience, cancellation);
        var connection = turn.Connection;
        // One that was stopped is finished by those who import, not by those who look.
        await using (var command = new NpgsqlCommand("select ledger.import_in_progress()", connection))
            if ((bool)(await command.ExecuteScalarAsync(cancellation))!)
                throw new ImportBusyException(Refusal.Of(Codes.ImportInProgress, "*"));
        var staged = await StageAsync(connection, file, LengthOf(file), progress: null, cancellation);
        await CheckAsync(staged, progress: null, cancellation);
        var trial = await TrialAsync(connection, cancellation);
        await ExecuteAsync(connection, "select ledger.import_clear()", cancellation);
        return trial;
    }

    private async Task CheckAsync(StagedFile staged, IProgress<ImportProgress>? progress, CancellationToken cancellation)
    {
        var meter = new ProgressMeter(progress, ImportPhase.Checking, staged.Lines, clock);
        using (var memory = new FactMemory(new FactLog(database)))
            await new ImportCheck(database, _options, clock.Today(), staged.Units, new Reproduction(memory, new Positions(database), clock), meter)
                .RunAsync(cancellation);
        meter.Finish();
    }

    private static async Task<ImportTrial> TrialAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var (refused, duplicates) = (new Dictionary<int, Refusal>(), new HashSet<int>());
        await using var command = new NpgsqlCommand("select o.line, o.code, o.chinese, o.english from ledger.import_outcome o where o.kind in ('r', 'd')", connection) { CommandTimeout = 0 };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            if (reader.IsDBNull(1)) duplicates.Add(reader.GetInt32(0));
            else refused[reader.GetInt32(0)] = new Refusal(reader.GetString(1), reader.GetString(2), reader.GetString(3));
        return new ImportTrial(refused, duplicates);
    }

    private async Task<ImportReport> RunAsync(
        NpgsqlConnection connection, Stream file, string actor, Finished? earlier, IProgress<ImportProgress>? progress, CancellationToken cancellation)
    {
        var length = LengthOf(file);
        var staged = await StageAsync(connection, file, length, progress, cancellation);
        await _options.ReachAsync("staged");
        if (earlier is not null && earlier.Sha256.AsSpan().SequenceEqual(staged.Sha256))
        {
            // The very file that was stopped and has just been finished: its report, not one that calls all of it duplicates.
            await ExecuteAsync(connection, "select ledger.import_clear()", cancellation);
            return earlier.Report;
        }

        for (var attempt = 1; ; attempt++)
        {
            var (reached, seen) = await MarkAsync(connection, cancellation);
            await CheckAsync(staged, progress, cancellation);
            await _options.ReachAsync("checked");
            if (await RefusalsAsync(connection, cancellation) is { } refused)
            {
                await ExecuteAsync(connection, "select ledger.import_clear()", cancellation);
                return refused;
            }

            if (await ReserveAsync(connection, staged.Sha256, actor, reached, seen, cancellation)) break;
            if (attempt == Attempts) throw new ImportBusyException(Refusal.Of(Codes.ImportInProgress, "*"));
            await ExecuteAsync(connection, "select ledger.import_forget()", cancellation);
        }

        await _options.ReachAsync("reserved");
        return (await FinishEarlierAsync(connection, progress, cancellation))!.Report;
    }

    private async Task<StagedFile> StageAsync(
        NpgsqlConnection connection, Stream file, long? length, IProgress<ImportProgress>? progress, CancellationToken cancellation)
    {
        // One transaction: staged is all of the file or nothing.
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await ExecuteAsync(connection, "select ledger.import_clear()", cancellation);
        var meter = new ProgressMeter(progress, ImportPhase.Staging, length, clock);
        var staged = await new ImportStage(connection, clock, _options).RunAsync(file, meter, cancellation);
        await ExecuteAsync(connection, "set local maintenance_work_mem = '128MB'", cancellation);
        await ExecuteAsync(connection, "select ledger.import_staged()", cancellation);
        await transaction.CommitAsync(cancellation);
        return staged;
    }

    // What the check will have seen: everything up to the position, and beyond it what the snapshot shows.
    private async Task<(long Reached, string Seen)> MarkAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var reached = await new Positions(database).AdvanceAsync(cancellation);
        await using var command = new NpgsqlCommand("select pg_current_snapshot()::text", connection);
        return (reached.Position, (string)(await command.ExecuteScalarAsync(cancellation))!);
    }

    private async Task<bool> ReserveAsync(
        NpgsqlConnection connection, byte[] sha256, string actor, long reached, string seen, CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using var command = new NpgsqlCommand(
            "select ledger.import_reserve($1, $2, (select count(*) from ledger.import_outcome where kind = 'd'), $3, $4::pg_snapshot)", connection)
        {
            CommandTimeout = 0,
        };
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = sha256 });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = actor });
        command.Parameters.Add(Parameter(reached));
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = seen });
        var unchanged = (bool)(await command.ExecuteScalarAsync(cancellation))!;
        await _options.ReachAsync("reserving");
        if (unchanged) await transaction.CommitAsync(cancellation);
        else await transaction.RollbackAsync(cancellation);
        return unchanged;
    }

    private async Task<Finished?> FinishEarlierAsync(NpgsqlConnection connection, IProgress<ImportProgress>? progress, CancellationToken cancellation)
    {
        byte[] sha256;
        await using (var command = new NpgsqlCommand("select sha256 from ledger.import where state = 'appending'", connection))
        {
            if (await command.ExecuteScalarAsync(cancellation) is not byte[] hash) return null;
            sha256 = hash;
        }

        await new ImportAppend(database, _options, clock).RunAsync("import/" + Convert.ToHexStringLower(sha256), progress, cancellation);
        await _options.ReachAsync("appended");
        ImportReport report;
        await using (var finish = new NpgsqlCommand("select imported, duplicates from ledger.import_finish()", connection) { CommandTimeout = 0 })
        await using (var reader = await finish.ExecuteReaderAsync(cancellation))
        {
            await reader.ReadAsync(cancellation);
            report = new ImportReport(reader.GetInt64(0), reader.GetInt64(1), []);
        }

        await _options.ReachAsync("finished");
        await new Positions(database).AdvanceAsync(cancellation);
        return new Finished(sha256, report);
    }

    private static async Task<ImportReport?> RefusalsAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var refused = new List<RefusedLine>();
        await using var command = new NpgsqlCommand("""
            select o.line, o.subject, o.code, o.chinese, o.english, (select count(*) from ledger.import_outcome d where d.kind = 'd')
            from ledger.import_outcome o where o.kind = 'r' order by o.line
            """, connection)
        {
            CommandTimeout = 0,
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        long duplicates = 0;
        while (await reader.ReadAsync(cancellation))
        {
            var refusal = new Refusal(reader.GetString(2), reader.GetString(3), reader.GetString(4));
            refused.Add(new RefusedLine(reader.GetInt32(0), reader.GetString(1) is { Length: > 0 } subject ? subject : null, refusal.Code, refusal.Message));
            duplicates = reader.GetInt64(5);
        }

        return refused.Count > 0 ? new ImportReport(0, duplicates, refused) : null;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static NpgsqlParameter<long> Parameter(long value) => new() { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Bigint };

    private static long? LengthOf(Stream file) => file.CanSeek ? file.Length : null;

    private sealed record Finished(byte[] Sha256, ImportReport Report);
}
