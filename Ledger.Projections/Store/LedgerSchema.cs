using System.Security.Cryptography;
using System.Text;
using JasperFx;
using Marten;
using Npgsql;
using Weasel.Postgresql;

namespace Ledger.Projections.Store;

/// <summary>Brings a database to the schema that this program needs.</summary>
public static class LedgerSchema
{
    // Any constant that nothing else on the database uses; advance() has another.
    private const long ApplyLock = 4774451407313061;

    // In this order.
    private static readonly string[] Scripts = [.. ((string[])["schema.sql", "import.sql", "evidence.sql", "redaction.sql", "roles.sql"]).Select(Read)];

    // Views are made anew only when their text is another: making one is a change of the structure, which is logged and sealed.
    private static readonly string Views = Read("bi.sql");

    /// <summary>
    /// Applies Marten's schema, then the ledger's own with its roles and rights in one transaction. Applied again it changes
    /// nothing; programs that start together wait for each other. The store's login must own the database's ledger or be
    /// about to: superuser, member of ledger_owner, or for a first migration who may create roles and owns the database.
    /// </summary>
    public static async Task ApplyAsync(IDocumentStore store, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        var version = VersionOf(store);
        await using var connection = store.Storage.Database.CreateConnection();
        await connection.OpenAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await RunAsync(transaction, $"select pg_advisory_xact_lock({ApplyLock})", cancellation);
        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync(AutoCreate.CreateOrUpdate);
        // The roles last: they own and may read everything that is there by then.
        foreach (var script in Scripts[..^1]) await RunAsync(transaction, script, cancellation);
        await ApplyViewsAsync(transaction, cancellation);
        await RunAsync(transaction, Scripts[^1], cancellation);
        await using var note = new NpgsqlCommand(
            "insert into ledger.schema_version as v (version) values ($1) on conflict (only_row) do update set version = excluded.version where v.version <> excluded.version",
            connection, transaction);
        note.Parameters.Add(new NpgsqlParameter<string> { TypedValue = version });
        await note.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private static async Task ApplyViewsAsync(NpgsqlTransaction transaction, CancellationToken cancellation)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Views)));
        await using var applied = new NpgsqlCommand("select coalesce(obj_description(to_regnamespace('bi')::oid, 'pg_namespace'), '') from pg_catalog.pg_class where oid = to_regclass('mt.mt_doc_unitmonth')",
            transaction.Connection, transaction);
        // A store without the read models has nothing to show.
        if (await applied.ExecuteScalarAsync(cancellation) is not string found || found.EndsWith(hash, StringComparison.Ordinal)) return;
        await RunAsync(transaction, Views, cancellation);
        await RunAsync(transaction, $"comment on schema bi is '报表视图（只读，角色 ledger_reader） {hash}'", cancellation);
    }

    /// <summary>
    /// Lays out the tables of the sealed log where they are missing, with their guards and rights, in the caller's transaction:
    /// a new log beside an old one that was put aside.
    /// </summary>
    public static async Task ApplyEvidenceAsync(NpgsqlTransaction transaction, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        await RunAsync(transaction, $"select pg_advisory_xact_lock({ApplyLock})", cancellation);
        foreach (var name in (string[])["evidence.sql", "redaction.sql", "roles.sql"]) await RunAsync(transaction, Read(name), cancellation);
    }

    /// <summary>Whether the database has the very schema of this program: its scripts, and Marten's tables as this store wants them.</summary>
    public static async Task<bool> IsCurrentAsync(IDocumentStore store, NpgsqlDataSource database, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(database);
        await using var there = database.CreateCommand("select to_regclass('ledger.schema_version') is not null");
        if (!(bool)(await there.ExecuteScalarAsync(cancellation))!) return false;
        await using var version = database.CreateCommand("select version from ledger.schema_version");
        return await version.ExecuteScalarAsync(cancellation) is string found && string.Equals(found, VersionOf(store), StringComparison.Ordinal);
    }

    /// <summary>Whether a function's body stands in this program's scripts: what the database runs is what this program wrote.</summary>
    /// <param name="body">The body as the database's catalogue holds it (pg_proc.prosrc).</param>
    public static bool Wrote(string body)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(body);
        return Scripts.Any(script => script.Contains("$$" + body + "$$", StringComparison.Ordinal));
    }

    // A store that has been in use may know more documents than it was told of: ask one that is new.
    private static string VersionOf(IDocumentStore store)
    {
        var objects = ((DocumentStore)store).Storage.AllObjects().Select(o =>
        {
            using var writer = new StringWriter();
            o.WriteCreateStatement(new PostgresqlMigrator(), writer);
            return o.Identifier.QualifiedName + "\n" + writer;
        }).Order(StringComparer.Ordinal);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', [.. Scripts, Views, .. objects]))));
    }

    private static async Task RunAsync(NpgsqlTransaction transaction, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, transaction.Connection, transaction) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static string Read(string name)
    {
        using var stream = typeof(LedgerSchema).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The resource {name} is missing.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
