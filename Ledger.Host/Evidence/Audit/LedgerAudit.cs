using System.Data;
using Npgsql;

namespace Ledger.Host.Evidence.Audit;

/// <summary>
/// Looks whether the ledger still is what was signed: every leaf, every row, every derived number. It reads only, in snapshots of
/// one moment, beside the running host, and keeps no more in memory than the heads of the streams and a few thousand leaves.
/// </summary>
/// <param name="database">The database as the auditor's login reaches it.</param>
/// <param name="folder">Where the journal is.</param>
/// <param name="clock">Measures the time that it takes.</param>
public sealed partial class LedgerAudit(NpgsqlDataSource database, EvidenceFolder folder, TimeProvider clock)
{
    // So many heads are hashed at most for the sealed roots of the heads, unless all are asked for.
    private const long MostHeads = 4_000_000;

    /// <summary>Audits.</summary>
    /// <param name="options">What, and how.</param>
    /// <param name="progress">Hears how far it is.</param>
    /// <param name="cancellation">Stops it; with a progress file the next run can go on from there.</param>
    public async Task<AuditReport> RunAsync(AuditOptions options, IProgress<AuditProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var run = new Run(this, options, progress);
        return await run.RunAsync(cancellation);
    }

    private async Task<Snapshot> OpenAsync(string? exported, CancellationToken cancellation)
    {
        var connection = await database.OpenConnectionAsync(cancellation);
        var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        await using var command = new NpgsqlCommand(exported is null ? "set transaction read only" : $"set transaction snapshot '{exported}'; set transaction read only", connection);
        await command.ExecuteNonQueryAsync(cancellation);
        return new Snapshot(connection, transaction);
    }

    private sealed record Snapshot(NpgsqlConnection Connection, NpgsqlTransaction Transaction) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Transaction.DisposeAsync();
            await Connection.DisposeAsync();
        }
    }

    private sealed partial class Run
    {
        private readonly LedgerAudit _audit;
        private readonly AuditOptions _options;
        private readonly IProgress<AuditProgress>? _progress;
        private readonly AuditFindings _findings;
        private readonly TreeWalk _tree;
        private readonly StreamRecount _streams;
        private readonly RowDifferences _differences;
        private readonly long _started;
        private GuardHistory _guards;
        private LeafWalk _leaves;
        private Guid _ledger;
        private Journal _journal;
        private string _exported;
        private AuditResume? _earlier;

#pragma warning disable CS8618 // What the first snapshot says is set before anything else runs.
        public Run(LedgerAudit audit, AuditOptions options, IProgress<AuditProgress>? progress)
        {
            (_audit, _options, _progress, _started) = (audit, options, progress, audit.Clock.GetTimestamp());
            _findings = new AuditFindings(options.MostFindings);
            (_tree, _streams, _differences) = (new TreeWalk(_findings), new StreamRecount(_findings), new RowDifferences(_findings, options.Unmasked));
        }
#pragma warning restore CS8618

        public async Task<AuditReport> RunAsync(CancellationToken cancellation)
        {
            var epoch = await IdentityAsync(cancellation);
            _journal = _options.Journal is { } path ? new Journal(path) : _audit.Folder.Journal(_ledger, epoch);
            // Read before the snapshot: what the journal holds by then, the snapshot has to hold as well.
            var before = ReadJournal();
            await using var snapshot = await _audit.OpenAsync(null, cancellation);
            _exported = await ScalarAsync<string>(snapshot.Connection, "select pg_export_snapshot()", cancellation);
            var at = await ScalarAsync<DateTime>(snapshot.Connection, "select clock_timestamp()", cancellation);
            _guards = new GuardHistory(_findings, Path.Combine(_audit.Folder.Of(_ledger), "guards"));
            _leaves = new LeafWalk(_findings, _tree, _streams, _guards, _differences);

            var published = await SignatureCheck.ReadAsync(snapshot.Connection, cancellation);
            Expect(published, before);
            await FactsAsync(snapshot.Connection, cancellation);
            _leaves.End();
            Beyond();
            new SignatureCheck(_findings).Verify(published, _leaves.Keys, _options.Keys, _leaves.Origin);
            // Read again: what was published by the snapshot is in the journal by now.
            CompareJournal(published, before is null ? null : ReadJournal());

            var unsealed = 0L;
            await StepAsync(AuditStep.Bookkeeping, "ledger.head", c => new Bookkeeping(c, _findings).HeadAsync(_tree, _leaves, cancellation), cancellation);
            await StepAsync(AuditStep.Bookkeeping, "mt.mt_events", c => new Bookkeeping(c, _findings).SealedAsync(_leaves.Position, cancellation), cancellation);
            await StepAsync(AuditStep.Bookkeeping, "mt.mt_events", async c => unsealed = await new Bookkeeping(c, _findings).UnsealedAsync(_leaves.Position, cancellation), cancellation);
            await StepAsync(AuditStep.Bookkeeping, "mt.mt_streams", c => new Bookkeeping(c, _findings).StreamsAsync(cancellation), cancellation);
            await StepAsync(AuditStep.Bookkeeping, "ledger.stream_head", c => _streams.CompareAsync(c, cancellation), cancellation);
            await StepAsync(AuditStep.Bookkeeping, "guards", c => _guards.CompareAsync(c, cancellation), cancellation);
            await StepAsync(AuditStep.Bookkeeping, "guards", c => new GuardCheck(c, _findings).RunAsync(cancellation), cancellation);
            await StepAsync(AuditStep.Bookkeeping, "ledger.leaf_member", c => new RedactionCheck(c, _findings).RunAsync(_leaves.Redacted, _leaves.Redactions, cancellation), cancellation);
            await StepAsync(AuditStep.Bookkeeping, "redactions", c => new RedactionDecisions(c, _findings).RunAsync(_leaves.Decisions, _leaves.Unhashed, cancellation), cancellation);
            Epoch(epoch);
            if (_tree.Size == 0) _findings.Add(AuditCodes.NothingSealed);

            var (documents, attachments) = await DerivedAsync(cancellation);
            return new AuditReport(
                _ledger, _leaves.Origin, _tree.Size, Convert.ToBase64String(_tree.Root()), _leaves.Position, published.Count == 0 ? null : published[^1].Size,
                [.. _leaves.Keys.Select(k => k.Key.ToString())], _tree.Size, _leaves.Rows + (_earlier?.Rows ?? 0), unsealed, documents, attachments,
                new DateTimeOffset(at), _audit.Clock.GetElapsedTime(_started), _findings.Counts, _findings.Kept);
        }

        // A log that follows another names what the other signed last.
        private void Epoch(int epoch)
        {
            if (epoch <= 1 || _tree.Size == 0 || _audit.Folder.Journal(_ledger, epoch - 1) is not { Exists: true } before) return;
            try
            {
                var last = before.Last()?.Note;
                if (!string.Equals(last, _leaves.Previous, StringComparison.Ordinal)) _findings.Add(AuditCodes.EpochPrevious, leaf: 0, subject: before.Path, was: last, found: _leaves.Previous);
            }
            catch (EvidenceStoppedException e)
            {
                _findings.Add(AuditCodes.JournalBroken, subject: before.Path, found: e.Message);
            }
        }

        private async Task<(long Documents, long Attachments)> DerivedAsync(CancellationToken cancellation)
        {
            var (documents, attachments) = (0L, 0L);
            if (_options.ReadModels)
                await StepAsync(AuditStep.ReadModels, "mt.mt_doc_*", async facts =>
                {
                    await using var second = await _audit.OpenAsync(_exported, cancellation);
                    var reached = await ScalarAsync<long>(second.Connection, "select coalesce(max(position), 0) from ledger.position", cancellation);
                    documents = await new ReadModelCheck(facts, second.Connection, _findings, _options.Unmasked).RunAsync(reached, Reporter(AuditStep.ReadModels), cancellation);
                }, cancellation);
            if (_options.Attachments)
                await StepAsync(AuditStep.Attachments, "ledger.attachment", async c =>
                    attachments = await new AttachmentCheck(c, _findings).RunAsync(Reporter(AuditStep.Attachments), cancellation), cancellation);
            if (_options.Indexes) await StepAsync(AuditStep.Indexes, "indexes", c => new IndexCheck(c, _audit.Database, _findings).RunAsync(cancellation), cancellation);
            return (documents, attachments);
        }

        // Each step has a transaction of its own in the same snapshot: what one cannot read from the disk does not end the others.
        private async Task StepAsync(AuditStep step, string subject, Func<NpgsqlConnection, Task> work, CancellationToken cancellation)
        {
            await using var snapshot = await _audit.OpenAsync(_exported, cancellation);
            try
            {
                await work(snapshot.Connection);
            }
            catch (PostgresException e) when (IsDamage(e))
            {
                _findings.Add(AuditCodes.StorageDamaged, subject: subject, member: step.ToString(), found: e.MessageText);
            }
        }

        private async Task<int> IdentityAsync(CancellationToken cancellation)
        {
            await using var connection = await _audit.Database.OpenConnectionAsync(cancellation);
            _ledger = await ScalarAsync<Guid>(connection, "select ledger from ledger.identity", cancellation);
            return await ScalarAsync<int>(connection, "select epoch from ledger.head", cancellation);
        }

        private Action<long, long> Reporter(AuditStep step)
        {
            var began = _audit.Clock.GetTimestamp();
            return (done, total) => _progress?.Report(new AuditProgress(step, done, total, _audit.Clock.GetElapsedTime(began), _findings.Counts.Values.Sum()));
        }

        private static bool IsDamage(PostgresException e) => e.SqlState.StartsWith("XX", StringComparison.Ordinal);

        private static async Task<T> ScalarAsync<T>(NpgsqlConnection connection, string sql, CancellationToken cancellation)
        {
            await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
            return (T)(await command.ExecuteScalarAsync(cancellation))!;
        }
    }

    private NpgsqlDataSource Database => database;

    private EvidenceFolder Folder => folder;

    private TimeProvider Clock => clock;
}
