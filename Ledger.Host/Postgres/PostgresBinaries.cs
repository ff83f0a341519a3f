using System.Globalization;
using System.Text.RegularExpressions;

namespace Ledger.Host.Postgres;

/// <summary>A folder that holds the three programs of a PostgreSQL server: initdb, pg_ctl and postgres.</summary>
public sealed partial record PostgresBinaries(string Folder, int Major)
{
    private const int OldestMajor = 14;

    private static readonly TimeSpan Quick = TimeSpan.FromSeconds(30);

    /// <summary>Makes a cluster.</summary>
    public string InitDb => Program(Folder, "initdb");

    /// <summary>Starts and stops a server.</summary>
    public string PgCtl => Program(Folder, "pg_ctl");

    /// <summary>
    /// The installed server programs: those on PATH first, then the usual places, newest first.
    /// An existing cluster needs its own major version.
    /// </summary>
    public static async Task<PostgresBinaries?> FindAsync(int? clusterMajor, CancellationToken cancellation) =>
        await FirstUsableAsync(UsualFolders(), clusterMajor, cancellation);

    internal static async Task<PostgresBinaries?> FirstUsableAsync(
        IEnumerable<string> folders, int? clusterMajor, CancellationToken cancellation)
    {
        foreach (var folder in folders.Where(IsComplete).Distinct(StringComparer.Ordinal))
        {
            var version = await ChildProcess.RunAsync(Program(folder, "postgres"), ["--version"], Quick, cancellation);
            if (version.Succeeded
                && MajorVersion().Match(version.Output) is { Success: true } match
                && int.Parse(match.Value, CultureInfo.InvariantCulture) is >= OldestMajor and var major
                && major == (clusterMajor ?? major))
            {
                return new PostgresBinaries(folder, major);
            }
        }

        return null;
    }

    private static IEnumerable<string> UsualFolders()
    {
        if (ChildProcess.FindOnPath("pg_ctl") is { } onPath)
        {
            // A lone link to pg_ctl is common; its neighbours stand where the link leads.
            yield return Path.GetDirectoryName(File.ResolveLinkTarget(onPath, returnFinalTarget: true)?.FullName ?? onPath)!;
        }

        (string Parent, string Pattern)[] places = OperatingSystem.IsWindows()
            ? [(Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "PostgreSQL"), "*")]
            : [
                ("/usr/lib/postgresql", "*"),
                ("/usr", "pgsql-*"),
                ("/opt/homebrew/opt", "postgresql*"),
                ("/usr/local/opt", "postgresql*"),
                ("/home/linuxbrew/.linuxbrew/opt", "postgresql*"),
            ];
        foreach (var (parent, pattern) in places.Where(place => Directory.Exists(place.Parent)))
        {
            var versions = Directory.EnumerateDirectories(parent, pattern)
                .OrderByDescending(folder => int.TryParse(Digits().Match(Path.GetFileName(folder)).Value, CultureInfo.InvariantCulture, out var number) ? number : 0);
            foreach (var folder in versions)
            {
                yield return Path.Combine(folder, "bin");
            }
        }
    }

    private static bool IsComplete(string folder) =>
        File.Exists(Program(folder, "initdb")) && File.Exists(Program(folder, "pg_ctl")) && File.Exists(Program(folder, "postgres"));

    private static string Program(string folder, string name) =>
        Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name);

    [GeneratedRegex(@"(?<=\(PostgreSQL\) )\d+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MajorVersion();

    [GeneratedRegex(@"\d+$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Digits();
}
