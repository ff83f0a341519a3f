using Ledger.Host.Security;
using Npgsql;

namespace Ledger.Host.Postgres;

/// <summary>
/// The logins that this process works with, one for each part it plays; what is null it was not given. A process that was
/// given a privileged connection string finds the others in the database (<c>ledger.login</c>), and works as they do: the
/// privileged one is for <c>migrate</c>. (SET ROLE would not do: the reset of a pooled connection takes it back silently.)
/// </summary>
/// <param name="Owner">Who changes the schema; null where only `migrate`, run elsewhere, may.</param>
/// <param name="Writer">The host and the command line.</param>
/// <param name="Sealer">Who writes the sealed log.</param>
/// <param name="Auditor">Who reads everything and writes nothing.</param>
public sealed record LedgerLogins(string? Owner, string Writer, string? Sealer, string? Auditor)
{
    /// <summary>The variable of the owner's connection string; the others are like it.</summary>
    public const string OwnerVariable = LedgerConnection.Variable + "-owner";

    /// <summary>The variable of the sealer's connection string.</summary>
    public const string SealerVariable = LedgerConnection.Variable + "-sealer";

    /// <summary>The variable of the auditor's connection string.</summary>
    public const string AuditorVariable = LedgerConnection.Variable + "-auditor";

    private const string WriterRole = "ledger_writer", SealerRole = "ledger_sealer", AuditorRole = "ledger_auditor";

    /// <summary>The sealer's login.</summary>
    /// <exception cref="StartupRefusedException">This process was not given one.</exception>
    public string RequiredSealer => Sealer ?? throw Missing(SealerVariable);

    /// <summary>The auditor's login.</summary>
    /// <exception cref="StartupRefusedException">This process was not given one.</exception>
    public string RequiredAuditor => Auditor ?? throw Missing(AuditorVariable);

    /// <summary>The ledger's own logins, read by its owner.</summary>
    /// <exception cref="StartupRefusedException">The database holds none, or the server does not let the writer in.</exception>
    public static async Task<LedgerLogins> OfOwnerAsync(string owner, CancellationToken cancellation = default)
    {
        var logins = await ReadAsync(owner, cancellation);
        string? As(string role) => logins.TryGetValue(role, out var login)
            ? new NpgsqlConnectionStringBuilder(owner) { Username = login.Name, Password = login.Password, Passfile = null }.ConnectionString
            : null;
        var writer = As(WriterRole) ?? throw NotMigrated();
        await CheckAsync(writer, WriterRole, LedgerConnection.Variable, cancellation);
        return new LedgerLogins(owner, writer, As(SealerRole), As(AuditorRole));
    }

    /// <summary>The logins for what was given, on a database that has been migrated.</summary>
    /// <exception cref="StartupRefusedException">It has not been, or a login is not let in or may not do its work.</exception>
    public static async Task<LedgerLogins> ResolveAsync(GivenLogins given, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(given);
        var (owner, writer) = await given.SplitAsync(cancellation);
        var own = owner is null ? null : await OfOwnerAsync(owner, cancellation);
        if (writer is not null) await CheckAsync(writer, WriterRole, LedgerConnection.Variable, cancellation);
        if (given.Sealer is { } sealer) await CheckAsync(sealer, SealerRole, SealerVariable, cancellation);
        if (given.Auditor is { } auditor) await CheckAsync(auditor, AuditorRole, AuditorVariable, cancellation);
        return new LedgerLogins(owner, writer ?? own!.Writer, given.Sealer ?? own?.Sealer, given.Auditor ?? own?.Auditor);
    }

    /// <summary>Brings the database to this program's schema and admits the logins that the operator has named.</summary>
    /// <exception cref="StartupRefusedException">None of the connection strings may do it.</exception>
    public static async Task<LedgerLogins> MigrateAsync(GivenLogins given, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(given);
        var (owner, writer) = await given.SplitAsync(cancellation);
        if (owner is null)
        {
            throw new StartupRefusedException(
                $"建立或升级数据库结构需要所有者（超级用户或 ledger_owner 成员）的连接。请设置 {OwnerVariable}。",
                $"Only the owner (a superuser or a member of ledger_owner) can bring the database to this schema. Set {OwnerVariable}.");
        }

        await LedgerHost.PrepareAsync(owner, cancellation);
        foreach (var (login, role) in new[] { (writer, WriterRole), (given.Sealer, SealerRole), (given.Auditor, AuditorRole) })
            if (login is not null) await AdmitAsync(owner, login, role, cancellation);
        var logins = await ResolveAsync(given, cancellation);
        await LedgerHost.RecordFirstFactsAsync(logins.Writer, cancellation);
        return logins;
    }

    /// <summary>Whether the database logs changes of its structure; only a superuser's migration can have it do so.</summary>
    public async Task<bool> LogsChangesAsync(CancellationToken cancellation = default)
    {
        await using var connection = await GivenLogins.OpenAsync(Writer, cancellation);
        return await GivenLogins.AskAsync(
            connection, "select count(*) = 4 from pg_event_trigger where evtname like 'ledger\\_%' and evtenabled = 'A'", cancellation);
    }

    private static async Task<Dictionary<string, (string Name, string Password)>> ReadAsync(string owner, CancellationToken cancellation)
    {
        var found = new Dictionary<string, (string, string)>(StringComparer.Ordinal);
        await using var connection = await GivenLogins.OpenAsync(owner, cancellation);
        if (!await GivenLogins.AskAsync(connection, "select to_regclass('ledger.login') is not null", cancellation)) return found;
        await using var command = new NpgsqlCommand("select role, login, password from ledger.login where password is not null", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) found[reader.GetString(0)] = (reader.GetString(1), reader.GetString(2));
        return found;
    }

    /// <summary>Creates an operator's login where it is missing, and makes it a member of its role.</summary>
    private static async Task AdmitAsync(string owner, string login, string role, CancellationToken cancellation)
    {
        var settings = new NpgsqlConnectionStringBuilder(login);
        await using var connection = await GivenLogins.OpenAsync(owner, cancellation);
        await using var command = new NpgsqlCommand("select ledger.admit($1, $2, $3)", connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = settings.Username! });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)settings.Password ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = role });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task CheckAsync(string login, string role, string variable, CancellationToken cancellation)
    {
        var name = new NpgsqlConnectionStringBuilder(login).Username;
        try
        {
            await using var connection = await GivenLogins.OpenAsync(login, cancellation);
            if (!await GivenLogins.AskAsync(connection, "select to_regnamespace('ledger') is not null", cancellation)) throw NotMigrated();
            if (await GivenLogins.AskAsync(connection, $"select to_regrole('{role}') is not null and pg_has_role(session_user, '{role}', 'usage')", cancellation)) return;
        }
        catch (PostgresException refused) when (refused.SqlState.StartsWith("28", StringComparison.Ordinal))
        {
            throw new StartupRefusedException(
                $"数据库服务器不允许登录 {name}（{refused.SqlState}：{refused.MessageText}）。请在 pg_hba.conf 中允许它，或用 {LedgerConnection.Variable}、{SealerVariable}、{AuditorVariable} 指定自己的登录。",
                $"The database server does not let {name} in ({refused.SqlState}: {refused.MessageText}). Let it in in pg_hba.conf, or name logins of your own in {LedgerConnection.Variable}, {SealerVariable} and {AuditorVariable}.");
        }

        throw new StartupRefusedException(
            $"{variable} 的登录 {name} 不是 {role} 的成员，不能使用本账本。请由所有者运行 ledger migrate（设置 {OwnerVariable}），或执行 GRANT {role} TO \"{name}\"。",
            $"The login {name} of {variable} is no member of {role} and cannot work on this ledger. Let the owner run ledger migrate (set {OwnerVariable}), or GRANT {role} TO \"{name}\".");
    }

    private static StartupRefusedException Missing(string variable) => new(
        $"本操作需要自己的数据库登录。请设置 {variable}。", $"This needs a login of its own. Set {variable}.");

    private static StartupRefusedException NotMigrated() => new(
        "数据库中还没有账本。请先运行 ledger migrate。", "The database holds no ledger yet. Run ledger migrate first.");
}
