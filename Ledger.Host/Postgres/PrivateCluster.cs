using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Ledger.Host.Postgres;

/// <summary>
/// A PostgreSQL cluster of our own: its folder holds the data, the administrator's password, the remembered port,
/// the log and two locks. Several processes may use it; the last one out stops it.
/// </summary>
internal sealed class PrivateCluster
{
    /// <summary>Generous: after a crash the server replays its log before it answers.</summary>
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan StopLimit = TimeSpan.FromMinutes(1);

    private const int StartAttempts = 20;

    private const long LogLimit = 8 << 20;

    private const string Administrator = "postgres";

    private readonly string _folder;
    private readonly PostgresBinaries _binaries;
    private readonly ServerAccount? _account;
    private readonly bool _throwaway;

    public PrivateCluster(string folder, PostgresBinaries binaries, ServerAccount? account, bool throwaway) =>
        (_folder, _binaries, _account, _throwaway) = (folder, binaries, account, throwaway);

    private string Data => DataFolder(_folder);

    private string Log => Path.Combine(_folder, "log");

    private string PasswordFile => Path.Combine(_folder, "password");

    private string PortFile => Path.Combine(_folder, "port");

    private string PidFile => Path.Combine(Data, "postmaster.pid");

    /// <summary>Held exclusively while somebody starts or stops the server.</summary>
    private string TurnLock => Path.Combine(_folder, "turn.lock");

    /// <summary>The major version that made the cluster, or null when there is none yet.</summary>
    public static int? MajorOf(string folder)
    {
        var version = Path.Combine(DataFolder(folder), "PG_VERSION");
        return File.Exists(version) && int.TryParse(File.ReadAllText(version).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var major)
            ? major
            : null;
    }

    /// <summary>Held shared by every process that uses the server.</summary>
    public static string UsersLock(string folder) => Path.Combine(folder, "users.lock");

    /// <summary>Starts the server, or joins it where it already runs.</summary>
    public async Task<PostgresServer> StartAsync(IProgress<string>? progress, CancellationToken cancellation)
    {
        if (!Directory.Exists(_folder))
        {
            CreatePrivateFolder(_folder);
            await ServerAccount.GiveAsync(_account, _folder, cancellation);
        }

        using var turn = await FileLock.ExclusiveAsync(TurnLock, StartLimit, cancellation)
            ?? throw new PostgresUnavailableException(PostgresTexts.Busy(_folder));
        if (MajorOf(_folder) is null)
        {
            progress?.Report(PostgresTexts.CreatingCluster);
            await CreateAsync(cancellation);
        }

        var user = FileLock.Shared(UsersLock(_folder));
        try
        {
            var connection = await JoinAsync(progress, cancellation) ?? await LaunchAsync(progress, cancellation);
            return new PostgresServer(_folder, connection, () => LeaveAsync(user));
        }
        catch
        {
            user.Dispose();
            throw;
        }
    }

    /// <summary>Stops a server whose users have all gone; used for the remains of a killed test run.</summary>
    public Task StopAsync() =>
        ServerAccount.RunAsync(
            _account,
            _binaries.PgCtl,
            ["stop", "-D", Data, "-w", "-t", $"{StopLimit.TotalSeconds:0}", "-m", _throwaway ? "immediate" : "fast"],
            StopLimit + StopLimit,
            CancellationToken.None);

    private static string DataFolder(string folder) => Path.Combine(folder, "data");

    private static void CreatePrivateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private async Task CreateAsync(CancellationToken cancellation)
    {
        // Made beside its place and moved there when complete: a process killed in between leaves no half cluster.
        var part = Data + ".part";
        if (Directory.Exists(part))
        {
            Directory.Delete(part, recursive: true);
        }

        await WriteAsync(PasswordFile, PrivateFile.NewPassword(), cancellation);
        var made = await ServerAccount.RunAsync(
            _account,
            _binaries.InitDb,
            [
                "-D", part, "-U", Administrator, $"--pwfile={PasswordFile}", "-A", "scram-sha-256",
                "-E", "UTF8", OperatingSystem.IsLinux() ? "--locale=C.UTF-8" : "--locale=C",
                "--data-checksums", "--no-instructions", .. _throwaway ? ["--no-sync"] : Array.Empty<string>(),
            ],
            StartLimit,
            cancellation);
        if (!made.Succeeded)
        {
            throw new PostgresUnavailableException(PostgresTexts.CommandFailed("initdb", made.Output));
        }

        await File.AppendAllTextAsync(Path.Combine(part, "postgresql.conf"), "\ninclude = 'ledger.conf'\n", cancellation);
        Directory.Move(part, Data);
    }

    /// <summary>Joins a running server, or returns null when none runs.</summary>
    private async Task<NpgsqlConnectionStringBuilder?> JoinAsync(IProgress<string>? progress, CancellationToken cancellation)
    {
        if (ReadPidFile() is not { } postmaster || !IsAlive(postmaster.Pid))
        {
            return null;
        }

        if (!IsOurs(postmaster.Pid))
        {
            // The server died without a word and its number went to another process: PostgreSQL itself would refuse to start.
            File.Delete(PidFile);
            return null;
        }

        var connection = ConnectionTo(postmaster.Port);
        if (!await AnswersAsync(connection, cancellation))
        {
            progress?.Report(PostgresTexts.WaitingForRecovery);
            await Poll.UntilAsync(async () => await AnswersAsync(connection, cancellation) || !IsAlive(postmaster.Pid), StartLimit, cancellation);
        }

        return await AnswersAsync(connection, cancellation) ? connection
            : IsAlive(postmaster.Pid) ? throw new PostgresUnavailableException(PostgresTexts.NotReady(Log))
            : null;
    }

    private async Task<NpgsqlConnectionStringBuilder> LaunchAsync(IProgress<string>? progress, CancellationToken cancellation)
    {
        progress?.Report(PostgresTexts.Starting);
        if (File.Exists(Log) && new FileInfo(Log).Length > LogLimit)
        {
            File.Move(Log, Log + ".old", overwrite: true);
        }

        // A taken port calls for another one; after a kill the old server's children need a moment to let go of its memory.
        var seen = "";
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(250), TimeProvider.System);
        for (var attempt = 0; attempt < StartAttempts; attempt++)
        {
            var port = FreePort(attempt == 0 ? await RememberedPortAsync(cancellation) : 0);
            await WriteAsync(PortFile, port.ToString(CultureInfo.InvariantCulture), cancellation);
            await WriteAsync(Path.Combine(Data, "ledger.conf"), Settings(port), cancellation);
            var logged = File.Exists(Log) ? new FileInfo(Log).Length : 0;
            var started = await ServerAccount.RunAsync(
                _account, _binaries.PgCtl, ["start", "-D", Data, "-l", Log, "-w", "-t", $"{StartLimit.TotalSeconds:0}"], StartLimit + StopLimit, cancellation);
            var connection = ConnectionTo(port);
            if (started.Succeeded && await Poll.UntilAsync(() => AnswersAsync(connection, cancellation), StopLimit, cancellation))
            {
                return connection;
            }

            seen = File.Exists(Log) ? (await File.ReadAllTextAsync(Log, cancellation))[(int)Math.Min(logged, new FileInfo(Log).Length)..].Trim() : started.Output;
            if (!seen.Contains("could not bind", StringComparison.Ordinal) && !seen.Contains("still in use", StringComparison.Ordinal))
            {
                break;
            }

            await pause.WaitForNextTickAsync(cancellation);
        }

        throw new PostgresUnavailableException(PostgresTexts.CommandFailed("pg_ctl start", seen));
    }

    private async Task LeaveAsync(FileLock user)
    {
        using var turn = await FileLock.ExclusiveAsync(TurnLock, StopLimit, CancellationToken.None);
        user.Dispose();
        using var alone = FileLock.TryExclusive(UsersLock(_folder));
        if (alone is not null)
        {
            await StopAsync();
        }
    }

    private (int Pid, int Port)? ReadPidFile()
    {
        try
        {
            var lines = File.ReadAllLines(PidFile);
            return lines.Length > 3 && int.TryParse(lines[0], out var pid) && int.TryParse(lines[3], out var port) ? (pid, port) : null;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <remarks>A dead process stays listed until its parent takes note, which in a container may be never.</remarks>
    private static bool IsAlive(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return !process.HasExited
                && !(OperatingSystem.IsLinux() && File.ReadAllText($"/proc/{pid}/stat").Contains(") Z ", StringComparison.Ordinal));
        }
        catch (Exception gone) when (gone is ArgumentException or IOException)
        {
            return false;
        }
    }

    /// <summary>A postmaster works in its data folder. Where the system hides that from us, its name has to do.</summary>
    private bool IsOurs(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            if (!process.ProcessName.StartsWith("post", StringComparison.Ordinal))
            {
                return false;
            }

            return !OperatingSystem.IsLinux()
                || File.ResolveLinkTarget($"/proc/{pid}/cwd", returnFinalTarget: false) is not { } folder
                || folder.FullName == Data;
        }
        catch (ArgumentException)
        {
            return false;
        }
        catch (Exception hidden) when (hidden is UnauthorizedAccessException or IOException)
        {
            return true;
        }
    }

    private static async Task<bool> AnswersAsync(NpgsqlConnectionStringBuilder to, CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(to.ConnectionString) { Pooling = false, Timeout = 5 }.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellation);
            return true;
        }
        catch (NpgsqlException notYet) when (notYet is not PostgresException { SqlState: PostgresErrorCodes.InvalidPassword })
        {
            return false;
        }
    }

    private NpgsqlConnectionStringBuilder ConnectionTo(int port) => LedgerConnection.Tuned(new NpgsqlConnectionStringBuilder
    {
        Host = IPAddress.Loopback.ToString(),
        Port = port,
        Username = Administrator,
        Password = File.ReadAllText(PasswordFile).Trim(),
        Database = "postgres",
        SslMode = SslMode.Disable,
        GssEncryptionMode = GssEncryptionMode.Disable,
    });

    private static string Settings(int port) => $"""
        # Written at each start.
        listen_addresses = '{IPAddress.Loopback}'
        port = {port}
        unix_socket_directories = ''
        max_connections = 200
        shared_buffers = 256MB
        timezone = 'UTC'
        log_timezone = 'UTC'
        log_statement = ddl
        idle_in_transaction_session_timeout = 5min

        """;

    private async Task<int> RememberedPortAsync(CancellationToken cancellation) =>
        File.Exists(PortFile) && int.TryParse(await File.ReadAllTextAsync(PortFile, cancellation), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? port
            : 0;

    /// <summary>The wanted port when it is free, else one that the system picks.</summary>
    private static int FreePort(int wanted)
    {
        using var probe = new TcpListener(IPAddress.Loopback, wanted);
        try
        {
            probe.Start();
            return ((IPEndPoint)probe.LocalEndpoint).Port;
        }
        catch (SocketException) when (wanted != 0)
        {
            return FreePort(0);
        }
    }

    /// <summary>Writes a file that only the server's account (and root) can read.</summary>
    private async Task WriteAsync(string path, string text, CancellationToken cancellation)
    {
        await PrivateFile.WriteAsync(path, text, cancellation);
        await ServerAccount.GiveAsync(_account, path, cancellation);
    }
}
