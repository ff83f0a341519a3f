using Ledger.Domain.Facts;
using Ledger.Domain.Sealing;
using Ledger.Domain.Units;
using Ledger.Host.Evidence;
using Ledger.Projections.Store;
using Ledger.Tests.Infrastructure;
using Microsoft.Extensions.Options;
using Npgsql;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;

namespace Ledger.Tests.Evidence;

/// <summary>A ledger of its own with a sealer on it, its keys and journal in a folder that goes with it.</summary>
public sealed class SealedLedger : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly bool _isFirst;
    private readonly NpgsqlDataSource _sealer;
    private int _facts;

    private SealedLedger(LedgerDatabase ledger, SealedLedger? first = null)
    {
        Ledger = ledger;
        _isFirst = first is null;
        _folder = first?._folder ?? Directory.CreateTempSubdirectory("ledger-evidence-");
        Keys = first?.Keys ?? new MemoryKeys();
        _sealer = NpgsqlDataSource.Create(LedgerStore.ConnectionString(ledger.Logins.RequiredSealer));
        Options = Microsoft.Extensions.Options.Options.Create(new EvidenceOptions { Directory = _folder.FullName });
        Folder = new EvidenceFolder(Options);
        if (_isFirst) ledger.Audit.Evidence = (Folder, Keys, Options);
    }

    public LedgerDatabase Ledger { get; }

    public IOptions<EvidenceOptions> Options { get; }

    public EvidenceFolder Folder { get; }

    public MemoryKeys Keys { get; }

    public Sealer Sealer => field ??= NewSealer();

    public static async Task<SealedLedger> CreateAsync() => new(await LedgerDatabase.CreateAsync());

    /// <summary>What others say about the checkpoints, written with the sealer's login.</summary>
    public PostgresCheckpoints Checkpoints => field ??= new PostgresCheckpoints(new SealerDatabase(_sealer));

    /// <summary>With a sealer on a ledger that was migrated elsewhere.</summary>
    public static SealedLedger On(LedgerDatabase ledger) => new(ledger);

    /// <summary>Another process on the same ledger, with the same keys and journal.</summary>
    public SealedLedger OpenAgain() => new(Ledger.OpenAgain(), this);

    /// <summary>Another sealer on the same ledger, as another process has it.</summary>
    public Sealer NewSealer(Action<string>? before = null, int mostGaps = 1_000) => new(new SealerDatabase(_sealer), Folder, Keys, Options) { Before = before, MostGaps = mostGaps };

    /// <summary>A sealer that goes another way to the server.</summary>
    public Sealer NewSealer(NpgsqlDataSource through) => new(new SealerDatabase(through), Folder, Keys, Options);

    public async Task<Journal> JournalAsync(int epoch = 1) => Folder.Journal(await Sealer.LedgerAsync(), epoch);

    /// <summary>Records a fact in a stream of its own.</summary>
    public async Task<string> RecordAsync()
    {
        var unit = $"u{Interlocked.Increment(ref _facts)}";
        (await Ledger.RecordAsync("unit/" + unit, new UnitRegistered("单位" + unit, UnitKind.Township, new DateOnly(2020, 1, 1)))).Refusal.ShouldBeNullRefusal();
        return unit;
    }

    /// <summary>Records facts in a stream.</summary>
    public async Task TellAsync(string subject, params IFact[] facts)
    {
        foreach (var fact in facts)
            (await Ledger.RecordAsync(subject, fact, $"t{Interlocked.Increment(ref _facts)}")).Refusal.ShouldBeNullRefusal();
    }

    public Task<T> ScalarAsync<T>(string sql) => Ledger.ScalarAsync<T>(sql);

    /// <summary>Runs SQL as the superuser.</summary>
    public Task RunAsync(string sql) => Ledger.AsAdministratorAsync(sql);

    /// <summary>The last published checkpoint.</summary>
    public async Task<(Checkpoint Checkpoint, SignedNote Note)> LatestAsync()
    {
        var note = SignedNote.Parse(await ScalarAsync<string>("select note from ledger.checkpoint order by tree_size desc limit 1"));
        return (Checkpoint.Parse(note.Text), note);
    }

    public async Task<List<(long Leaf, string Kind, byte[] Entry)>> LeavesAsync()
    {
        await using var command = Ledger.Source.CreateCommand("select leaf_index, kind, entry from ledger.leaf order by leaf_index");
        await using var reader = await command.ExecuteReaderAsync();
        var leaves = new List<(long, string, byte[])>();
        while (await reader.ReadAsync()) leaves.Add((reader.GetInt64(0), reader.GetString(1), reader.GetFieldValue<byte[]>(2)));
        return leaves;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await Ledger.DisposeAsync();
        }
        finally
        {
            await _sealer.DisposeAsync();
            if (_isFirst) _folder.Delete(recursive: true);
        }
    }
}

internal static class RefusalAssertions
{
    public static void ShouldBeNullRefusal(this Refusal? refusal)
    {
        if (refusal is not null) throw new Xunit.Sdk.XunitException(refusal.English);
    }
}

/// <summary>Keys that live as long as the test.</summary>
public sealed class MemoryKeys : IKeyRing
{
    private readonly Dictionary<string, MemorySigner> _keys = new(StringComparer.Ordinal);

    public NoteKey Create(Guid ledger, string name)
    {
        var signer = new MemorySigner(name);
        _keys.Add(signer.Key.ToString(), signer);
        return signer.Key;
    }

    public NoteKey? FindByName(Guid ledger, string name) => _keys.Values.FirstOrDefault(k => k.Name == name)?.Key;

    public INoteSigner? Find(Guid ledger, NoteKey key) => _keys.GetValueOrDefault(key.ToString());

    public IReadOnlyList<INoteSigner> Companions(Guid ledger) => [];

    public void Forget() => _keys.Clear();

    /// <summary>Everything that a thief would take.</summary>
    public IReadOnlyList<INoteSigner> Secrets => [.. _keys.Values];

    /// <summary>A key that was made elsewhere.</summary>
    public void Take(INoteSigner signer) => _keys.Add(((MemorySigner)signer).Key.ToString(), (MemorySigner)signer);

    private sealed class MemorySigner : INoteSigner
    {
        private readonly Ed25519PrivateKeyParameters _key = new(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32));

        public MemorySigner(string name) => Key = NoteKey.Of(name, NoteKey.Ed25519, _key.GeneratePublicKey().GetEncoded());

        public NoteKey Key { get; }

        public string Name => Key.Name;

        public uint KeyId => Key.KeyId;

        public byte[] Sign(ReadOnlySpan<byte> message)
        {
            var signer = new Ed25519Signer();
            signer.Init(true, _key);
            signer.BlockUpdate(message);
            return signer.GenerateSignature();
        }
    }
}
