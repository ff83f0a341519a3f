using Npgsql;

namespace Ledger.Host.Postgres;

/// <summary>The connection strings that the operator has given; all of one database.</summary>
/// <param name="Ledger">What every process is given: the writer's, or a privileged one that stands for all.</param>
/// <param name="Owner">Who changes the schema.</param>
/// <param name="Sealer">Who writes the sealed log.</param>
/// <param name="Auditor">Who reads everything and writes nothing.</param>
public sealed record GivenLogins(string? Ledger, string? Owner = null, string? Sealer = null, string? Auditor = null)
{
    /// <summary>What the environment names. A hyphen in a name is no trouble for a service manager, but for a shell: an underscore will do.</summary>
    public static GivenLogins OfEnvironment() => new(
        Read(LedgerConnection.Variable), Read(LedgerLogins.OwnerVariable), Read(LedgerLogins.SealerVariable), Read(LedgerLogins.AuditorVariable));

    /// <summary>Who changes the schema, and the operator's own writer. A privileged string is never the writer.</summary>
    internal async Task<(string? Owner, string? Writer)> SplitAsync(CancellationToken cancellation)
    {
        if (Ledger is null) return (Owner, null);
        if (Owner is not null && !await ExistsAsync(cancellation)) return (Owner, Ledger);
        return await IsPrivilegedAsync(Ledger, cancellation) ? (Owner ?? Ledger, null) : (Owner, Ledger);
    }

    /// <summary>Whether one of the strings may change the schema.</summary>
    internal async Task<bool> IsOwnedAsync(CancellationToken cancellation) => (await SplitAsync(cancellation)).Owner is not null;

    /// <summary>Whether the database holds a ledger that was laid out to its end.</summary>
    internal async Task<bool> HasLedgerAsync(CancellationToken cancellation)
    {
        await using var connection = await OpenAsync((await SplitAsync(cancellation)).Owner!, cancellation);
        return await AskAsync(connection, "select to_regclass('ledger.schema_version') is not null", cancellation)
            && await AskAsync(connection, "select exists (select from mt.mt_streams where id like 'calendar/%')", cancellation);
    }

    internal static async Task<NpgsqlConnection> OpenAsync(string connectionString, CancellationToken cancellation)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellation);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    internal static async Task<bool> AskAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>Whether the login named beside the owner has been created; a first migration creates it.</summary>
    private async Task<bool> ExistsAsync(CancellationToken cancellation)
    {
        await using var connection = await OpenAsync(Owner!, cancellation);
        await using var command = new NpgsqlCommand("select exists (select from pg_roles where rolname = $1)", connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = new NpgsqlConnectionStringBuilder(Ledger).Username ?? "" });
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }

    // Superusers are members of every role. Before the first migration there is no role to be a member of: then who may
    // create schemas and roles is meant to migrate.
    private static async Task<bool> IsPrivilegedAsync(string connectionString, CancellationToken cancellation)
    {
        await using var connection = await OpenAsync(connectionString, cancellation);
        return await AskAsync(
            connection,
            """
            select (to_regrole('ledger_owner') is not null and pg_has_role(session_user, to_regrole('ledger_owner'), 'member'))
                or exists (select from pg_roles where rolname = session_user and rolsuper)
                or (to_regnamespace('ledger') is null and has_database_privilege(session_user, current_database(), 'create')
                    and exists (select from pg_roles where rolname = session_user and rolcreaterole))
            """,
            cancellation);
    }

    private static string? Read(string variable) =>
        new[] { variable, variable.Replace('-', '_') }.Select(Environment.GetEnvironmentVariable).FirstOrDefault(v => v is { Length: > 0 }) is { } given
            ? LedgerConnection.Tuned(new NpgsqlConnectionStringBuilder(given)).ConnectionString
            : null;
}
