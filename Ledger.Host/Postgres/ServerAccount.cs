using System.Globalization;

namespace Ledger.Host.Postgres;

/// <summary>
/// The account that runs the server. PostgreSQL refuses to run as root, so root lends it to an unprivileged one;
/// everybody else runs it as themselves.
/// </summary>
internal sealed record ServerAccount(uint Uid, uint Gid)
{
    private static readonly TimeSpan Quick = TimeSpan.FromSeconds(30);

    private static readonly string[] Unprivileged = ["postgres", "nobody"];

    /// <summary>The account for a cluster in this folder, or null when this process may run the server itself.</summary>
    /// <remarks>An existing cluster keeps its owner: nobody else could open its files.</remarks>
    public static async Task<ServerAccount?> ForAsync(string clusterFolder, CancellationToken cancellation)
    {
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess)
        {
            return null;
        }

        if (ChildProcess.FindOnPath("setpriv") is null)
        {
            throw new PostgresUnavailableException(PostgresTexts.NoSetpriv);
        }

        return await OwnerOfAsync(clusterFolder, cancellation)
            ?? Unprivileged.Select(FromPasswd).OfType<ServerAccount>().FirstOrDefault()
            ?? throw new PostgresUnavailableException(PostgresTexts.NoAccount);
    }

    /// <summary>Runs a program as the account, or as ourselves when it is null.</summary>
    public static Task<ChildResult> RunAsync(
        ServerAccount? account, string program, IReadOnlyList<string> arguments, TimeSpan timeout, CancellationToken cancellation) =>
        account is null
            ? ChildProcess.RunAsync(program, arguments, timeout, cancellation)
            : ChildProcess.RunAsync(
                "setpriv",
                [$"--reuid={account.Uid}", $"--regid={account.Gid}", "--clear-groups", "--", program, .. arguments],
                timeout,
                cancellation);

    /// <summary>Whether the account can enter the folder; a home directory of mode 0700 above it is the usual obstacle.</summary>
    public static async Task<bool> CanEnterAsync(ServerAccount? account, string folder, CancellationToken cancellation) =>
        account is null || (await RunAsync(account, "test", ["-x", folder], Quick, cancellation)).Succeeded;

    /// <summary>Gives files that root has made to the account.</summary>
    public static async Task GiveAsync(ServerAccount? account, string path, CancellationToken cancellation)
    {
        if (account is null)
        {
            return;
        }

        var given = await ChildProcess.RunAsync("chown", ["-R", $"{account.Uid}:{account.Gid}", path], Quick, cancellation);
        if (!given.Succeeded)
        {
            throw new PostgresUnavailableException(PostgresTexts.CommandFailed("chown", given.Output));
        }
    }

    private static async Task<ServerAccount?> OwnerOfAsync(string folder, CancellationToken cancellation)
    {
        if (!Directory.Exists(folder))
        {
            return null;
        }

        var owner = await ChildProcess.RunAsync("stat", ["-c", "%u %g", folder], Quick, cancellation);
        return owner.Succeeded && Parse(owner.Output.Split(' '), 0) is { Uid: not 0 } account ? account : null;
    }

    private static ServerAccount? FromPasswd(string name) =>
        File.ReadLines("/etc/passwd")
            .Select(line => line.Split(':'))
            .Where(fields => fields.Length > 3 && fields[0] == name)
            .Select(fields => Parse(fields, 2))
            .FirstOrDefault();

    private static ServerAccount? Parse(string[] fields, int first) =>
        fields.Length > first + 1
        && uint.TryParse(fields[first], NumberStyles.None, CultureInfo.InvariantCulture, out var uid)
        && uint.TryParse(fields[first + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var gid)
            ? new ServerAccount(uid, gid)
            : null;
}
