using Ledger.Domain.Sealing;
using Npgsql;

namespace Ledger.Host.Evidence;

/// <summary>
/// Turns what the database took in into the sealed log, and signs it. Any number of sealers may run: the head's row lock lets
/// one at a time append, and signing the same tree twice gives the same note. Killed between any two statements, the next
/// run goes on from what was committed: sealed, then signed, then in the journal, then published.
/// </summary>
public sealed class Sealer(SealerDatabase database, EvidenceFolder folder, IKeyRing keys, Microsoft.Extensions.Options.IOptions<EvidenceOptions> options) : IDisposable
{
    /// <summary>The most events that one batch holds.</summary>
    public const int MostEvents = 5_000;

    // Rounds in this process wait for each other instead of for the row lock, which would hold a connection each.
    private readonly SemaphoreSlim _turn = new(1);
    private Guid? _ledger;

    /// <summary>Called before each step that leaves a trace, with its name; for tests that stop there.</summary>
    public Action<string>? Before { get; init; }

    /// <summary>The most gaps between the positions of one batch. Its manifest lists them, in up to 45 bytes each, and shall fit into 65,535.</summary>
    public int MostGaps { get; init; } = 1_000;

    /// <summary>Seals everything that was taken in so far, signs and publishes.</summary>
    /// <exception cref="EvidenceStoppedException">It refuses to sign.</exception>
    public async Task<SealReport> SealAsync(CancellationToken cancellation = default) => (await RunAsync(withHeads: false, cancellation)).Report;

    /// <summary>Seals everything, and the heads of all streams with it, unless nothing has happened since they were sealed last.</summary>
    /// <exception cref="EvidenceStoppedException">It refuses to sign.</exception>
    public async Task<SealReport> SealWithHeadsAsync(CancellationToken cancellation = default) => (await RunAsync(withHeads: true, cancellation)).Report;

    /// <summary>As <see cref="SealWithHeadsAsync"/>, and the tree of the heads, of which proofs can be taken.</summary>
    public async Task<(SealReport Report, SealedHeads Heads)> SealHeadsAsync(CancellationToken cancellation = default)
    {
        var (report, heads) = await RunAsync(withHeads: true, cancellation);
        return (report, heads!);
    }

    /// <summary>The ledger's identity, which its folder is named after.</summary>
    public async Task<Guid> LedgerAsync(CancellationToken cancellation = default)
    {
        if (_ledger is { } known) return known;
        await using var command = database.Source.CreateCommand("select ledger from ledger.identity");
        return (_ledger = (Guid)(await command.ExecuteScalarAsync(cancellation))!).Value;
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async Task<(SealReport Report, SealedHeads? Heads)> RunAsync(bool withHeads, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            var ledger = await LedgerAsync(cancellation);
            var journal = folder.Journal(ledger, await EpochAsync(cancellation));
            await using (var advance = database.Source.CreateCommand("select position from ledger.advance()"))
                await advance.ExecuteScalarAsync(cancellation);

            var events = 0;
            SealedHeads? heads = null;
            for (var more = true; more;)
            {
                var (batch, known) = await BatchAsync(ledger, journal, withHeads, cancellation);
                events += batch?.Events ?? 0;
                heads = known;
                more = batch?.More == true || (withHeads && known is null);
            }

            var (size, position) = await PublishAsync(ledger, journal, cancellation);
            return (new SealReport(size, position, events), heads);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<(SealedBatch? Batch, SealedHeads? Heads)> BatchAsync(Guid ledger, Journal journal, bool withHeads, CancellationToken cancellation)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancellation);
        Before?.Invoke("batch.begin");
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var head = await HeadAsync(connection, ledger, cancellation);
        await CheckJournalAsync(connection, journal, head, cancellation);
        if (withHeads && await HeadsSealedAsync(connection, head, cancellation) is { } already) return (null, already);
        var batch = await SealBatch.RunAsync(connection, head, ledger, key => keys.Find(ledger, key) is not null, withHeads, MostEvents, MostGaps, cancellation);
        if (batch is null) return (null, null);
        Before?.Invoke("batch.commit");
        await transaction.CommitAsync(cancellation);
        Before?.Invoke("batch.committed");
        return (batch, batch.Heads is { } tree ? new SealedHeads(tree, batch.Size - 2, batch.Position) : null);
    }

    // Signed, on the disk outside the database, and only then where others see it.
    private async Task<(long Size, long Position)> PublishAsync(Guid ledger, Journal journal, CancellationToken cancellation)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var head = await HeadAsync(connection, ledger, cancellation);
        await CheckJournalAsync(connection, journal, head, cancellation);
        if (head.Size == 0 || await PublishedAsync(connection, head.Size, cancellation)) return (head.Size, head.Position);

        var root = new TreeEdge(head.Size, head.Edge).Root();
        var checkpoint = new Checkpoint(head.Origin, head.Size, root);
        Before?.Invoke("sign");
        var note = SignedNote.Sign(checkpoint.ToString(), Signers(ledger, head));
        if (journal.Last() is not { } last || last.Checkpoint.Size < head.Size)
        {
            Before?.Invoke("journal");
            journal.Append(note);
        }

        Before?.Invoke("publish");
        await using (var insert = new NpgsqlCommand("insert into ledger.checkpoint (tree_size, root, position, note) values ($1, $2, $3, $4)", connection))
        {
            insert.Parameters.Add(new NpgsqlParameter<long> { TypedValue = head.Size });
            insert.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = root });
            insert.Parameters.Add(new NpgsqlParameter<long> { TypedValue = head.Position });
            insert.Parameters.Add(new NpgsqlParameter<string> { TypedValue = note.ToString() });
            await insert.ExecuteNonQueryAsync(cancellation);
        }

        if (head.NextKey is not null)
        {
            await using var change = new NpgsqlCommand("update ledger.head set key = next_key, next_key = null", connection);
            await change.ExecuteNonQueryAsync(cancellation);
        }

        Before?.Invoke("publish.commit");
        await transaction.CommitAsync(cancellation);
        Before?.Invoke("published");
        return (head.Size, head.Position);
    }

    // The old key says that the new one may follow it; the new one says that it is there.
    private List<INoteSigner> Signers(Guid ledger, LogHead head)
    {
        var signers = new List<INoteSigner> { Signer(ledger, head.Key) };
        if (head.NextKey is { } next) signers.Add(Signer(ledger, next));
        signers.AddRange(keys.Companions(ledger));
        return signers;
    }

    private INoteSigner Signer(Guid ledger, string key) => keys.Find(ledger, NoteKey.Parse(key)) ?? throw new EvidenceStoppedException(
        EvidenceStoppedException.KeyMissing, $"本机没有此账本的签名私钥（{key}）", $"the private key that signs this ledger is not here ({key})");

    private async Task<LogHead> HeadAsync(NpgsqlConnection connection, Guid ledger, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select tree_size, position, batch, edge, origin, key, next_key, epoch, previous, reason from ledger.head for update", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        var (size, origin, key, epoch) = (reader.GetInt64(0), Text(4), Text(5), reader.GetInt32(7));
        if (key is null)
        {
            // A log begins with a key of its own, and its name is the key's. Without leaves nothing was signed, so nothing is lost
            // when a run before this one made a key and got no further.
            CheckPrevious(ledger, epoch, Text(8));
            var name = $"{options.Value.Origin}/{ledger.ToString()[..8]}" + (epoch == 1 ? "" : $"/epoch-{epoch}");
            var made = keys.FindByName(ledger, name) ?? keys.Create(ledger, name);
            (origin, key) = (made.Name, made.ToString());
        }

        return new LogHead(size, reader.GetInt64(1), reader.GetInt64(2), reader.GetFieldValue<byte[][]>(3), origin!, key, Text(6), epoch, Text(8), Text(9));

        string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
    }

    // Every time, under the head's lock, before anything is added or signed: the database is neither behind what was signed nor
    // something else. A process that has run for weeks is asked as one that has just begun.
    private static async Task CheckJournalAsync(NpgsqlConnection connection, Journal journal, LogHead head, CancellationToken cancellation)
    {
        var published = await LastPublishedAsync(connection, cancellation);
        if (journal.Last()?.Checkpoint is not { } signed)
        {
            if (published is null) return;
            throw new EvidenceStoppedException(
                EvidenceStoppedException.JournalMissing,
                $"已签发检查点，但找不到日志“{journal.Path}”：请先取回日志",
                $"checkpoints were signed and their journal '{journal.Path}' is not here: bring it back first");
        }

        if (signed.Size > head.Size)
            throw new EvidenceStoppedException(
                EvidenceStoppedException.Rollback,
                $"数据库落后于检查点日志：日志已签至 {signed.Size} 项，数据库只有 {head.Size} 项。可能恢复了旧备份；停止签名",
                $"the database is behind its journal: {signed.Size} leaves were signed, it holds {head.Size}. An old backup may have been restored; nothing is signed");
        if (signed.Origin != head.Origin)
            throw new EvidenceStoppedException(
                EvidenceStoppedException.Fork,
                $"检查点日志属于“{signed.Origin}”，数据库属于“{head.Origin}”；停止签名",
                $"the journal is of '{signed.Origin}', the database of '{head.Origin}'; nothing is signed");
        if (!await ContinuesAsync(connection, signed, head))
            throw new EvidenceStoppedException(
                EvidenceStoppedException.Fork,
                $"数据库的封存树与日志中第 {signed.Size} 项的签名不符；停止签名",
                $"the database's tree is not the one that was signed at {signed.Size} leaves; nothing is signed");
        if (published > signed.Size)
            throw new EvidenceStoppedException(
                EvidenceStoppedException.JournalMissing,
                $"日志止于 {signed.Size} 项，而数据库已公布 {published} 项的检查点：日志不完整",
                $"the journal ends at {signed.Size} leaves and the database has published {published}: the journal is not complete");
    }

    // Whether the tree that would be signed next begins with the one that was signed last: of the same size by its root, which the
    // edge holds; of another by a proof from the tiles.
    private static async Task<bool> ContinuesAsync(NpgsqlConnection connection, Checkpoint signed, LogHead head)
    {
        try
        {
            var root = new TreeEdge(head.Size, head.Edge).Root();
            if (signed.Size == head.Size) return root.AsSpan().SequenceEqual(signed.Root);
            var proof = await LogSnapshot.Of(connection, head).ConsistencyAsync(signed.Size, head.Size);
            return Merkle.VerifyConsistency(signed.Size, signed.Root, head.Size, root, proof);
        }
        catch (FormatException)
        {
            // An edge that fits no tree.
            return false;
        }
    }

    // A log that follows another one names what the other signed last (EpochChange); nobody else begins one.
    private void CheckPrevious(Guid ledger, int epoch, string? previous)
    {
        if (epoch == 1 || folder.Journal(ledger, epoch - 1).Last() is not { } last || last.Note == previous) return;
        throw new EvidenceStoppedException(
            EvidenceStoppedException.Fork,
            $"数据库自称第 {epoch} 期，却没有写明上一期最后签发的检查点；停止签名",
            $"the database says that it is epoch {epoch} and does not name what the one before signed last; nothing is signed");
    }

    private async Task<int> EpochAsync(CancellationToken cancellation)
    {
        await using var command = database.Source.CreateCommand("select epoch from ledger.head");
        return (int)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private static async Task<long?> LastPublishedAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select max(tree_size) from ledger.checkpoint", connection);
        return await command.ExecuteScalarAsync(cancellation) as long?;
    }

    private static async Task<bool> PublishedAsync(NpgsqlConnection connection, long size, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select exists (select from ledger.checkpoint where tree_size = $1)", connection);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = size });
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }

    // The heads that were sealed last, if no event came after them.
    private static async Task<SealedHeads?> HeadsSealedAsync(NpgsqlConnection connection, LogHead head, CancellationToken cancellation)
    {
        await using (var command = new NpgsqlCommand(
            "select (select max(leaf_index) from ledger.leaf where kind = 'heads'), "
            + "exists (select from ledger.intake i where i.seq_id > $1 and i.seq_id <= (select max(p.position) from ledger.position p)) or exists (select from ledger.late_row r where r.seq_id <= $1 and not exists (select from ledger.leaf l where l.seq_id = r.seq_id))", connection))
        {
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = head.Position });
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            await reader.ReadAsync(cancellation);
            if (reader.IsDBNull(0) || reader.GetBoolean(1)) return null;
            var leaf = reader.GetInt64(0);
            await reader.DisposeAsync();
            await using var since = new NpgsqlCommand("select exists (select from ledger.leaf where leaf_index > $1 and seq_id is not null)", connection);
            since.Parameters.Add(new NpgsqlParameter<long> { TypedValue = leaf });
            if ((bool)(await since.ExecuteScalarAsync(cancellation))!) return null;
            return new SealedHeads(await SealBatch.HeadsAsync(connection, cancellation), leaf, head.Position);
        }
    }
}

/// <summary>How far the log is sealed and published.</summary>
/// <param name="Size">Number of leaves in the last published checkpoint.</param>
/// <param name="Position">All events up to here are leaves of it.</param>
/// <param name="Events">How many events this run sealed.</param>
public sealed record SealReport(long Size, long Position, int Events);

/// <summary>The heads of all streams, sealed.</summary>
/// <param name="Tree">Their tree.</param>
/// <param name="Leaf">The leaf that holds its root.</param>
/// <param name="Position">All events up to here are in it.</param>
public sealed record SealedHeads(HeadsTree Tree, long Leaf, long Position);

/// <summary>The ledger's database as the sealer's login reaches it.</summary>
/// <param name="Source">Its connections.</param>
public sealed record SealerDatabase(NpgsqlDataSource Source) : IAsyncDisposable
{
    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Source.DisposeAsync();
}
