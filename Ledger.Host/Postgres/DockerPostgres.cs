using System.Globalization;
using System.Net;
using Npgsql;

namespace Ledger.Host.Postgres;

/// <summary>The last resort: the database service of docker-compose.yml, on a machine that has nothing but Docker.</summary>
internal static class DockerPostgres
{
    private static readonly TimeSpan Quick = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Pull = TimeSpan.FromMinutes(10);

    private const int Port = 54329;

    public static async Task<PostgresServer?> StartAsync(string checkout, string home, IProgress<string>? progress, CancellationToken cancellation)
    {
        var compose = Path.Combine(checkout, "docker-compose.yml");
        if (!File.Exists(compose) || ChildProcess.FindOnPath("docker") is not { } docker
            || !(await ChildProcess.RunAsync(docker, ["info"], Quick, cancellation)).Succeeded)
        {
            return null;
        }

        progress?.Report(PostgresTexts.StartingDocker);
        var password = await PasswordAsync(Path.Combine(home, "docker-password"), cancellation);
        // The file's other service needs its variables named even when it is not started.
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["LEDGER_DB_PASSWORD"] = password,
            ["LEDGER_DB_PORT"] = Port.ToString(CultureInfo.InvariantCulture),
            ["Authentication__Authority"] = "unused",
            ["Authentication__Audience"] = "unused",
        };
        var up = await ChildProcess.RunAsync(docker, ["compose", "-f", compose, "up", "-d", "--wait", "postgres"], Pull, cancellation, environment);
        if (!up.Succeeded)
        {
            throw new PostgresUnavailableException(PostgresTexts.CommandFailed("docker compose up -d postgres", up.Output));
        }

        var user = FileLock.Shared(PrivateCluster.UsersLock(home));
        var connection = LedgerConnection.Tuned(new NpgsqlConnectionStringBuilder
        {
            Host = IPAddress.Loopback.ToString(),
            Port = Port,
            Username = "postgres",
            Password = password,
            Database = "postgres",
        });
        return new PostgresServer(
            home,
            connection,
            async () =>
            {
                user.Dispose();
                using var alone = FileLock.TryExclusive(PrivateCluster.UsersLock(home));
                if (alone is not null)
                {
                    await ChildProcess.RunAsync(docker, ["compose", "-f", compose, "stop", "postgres"], Pull, CancellationToken.None, environment);
                }
            });
    }

    /// <summary>The container's volume remembers its first password, so we do too.</summary>
    private static async Task<string> PasswordAsync(string path, CancellationToken cancellation)
    {
        if (!File.Exists(path))
        {
            await PrivateFile.WriteAsync(path, PrivateFile.NewPassword(), cancellation);
        }

        return (await File.ReadAllTextAsync(path, cancellation)).Trim();
    }
}
