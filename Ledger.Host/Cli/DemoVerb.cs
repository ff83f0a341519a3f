using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using Ledger.Host.Demo;
using Ledger.Host.Postgres;
using Spectre.Console;
using static Ledger.Host.Cli.CliTexts;

namespace Ledger.Host.Cli;

/// <summary>
/// <c>demo</c>: the host with the demo county on this machine, ready to be looked at. A second start keeps what is there;
/// <c>--reset</c> starts over. It listens on the loopback interface only.
/// </summary>
public static class DemoVerb
{
    private const int DefaultPort = 5080;

    private static readonly Option<int> Port = new("--port") { DefaultValueFactory = _ => DefaultPort, Description = Say("端口", "port") };
    private static readonly Option<bool> Reset = new("--reset") { Description = Say("清空演示账本重新开始", "start over with an empty ledger") };
    private static readonly Option<int?> Lawsuits = new("--lawsuits") { Description = Say("案件数（默认约 320 件）", "number of lawsuits (default about 320)") };

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var command = new Command("demo", Say("演示：自带 PostgreSQL、合成县数据、本机网页接口", "demo: own PostgreSQL, a synthetic county, HTTP on this machine")) { Port, Reset, Lawsuits };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(Port), parsed.GetValue(Reset), parsed.GetValue(Lawsuits), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(int port, bool reset, int? lawsuits, CancellationToken cancellation)
    {
        if (!IsFree(port))
        {
            await Console.Error.WriteLineAsync(Say(
                $"端口 {port} 已被占用（演示是否已在运行？）。请换一个：./ledger demo --port {port + 1}",
                $"Port {port} is in use (is the demo running already?). Choose another: ./ledger demo --port {port + 1}"));
            return 1;
        }

        await using var connection = await LedgerConnection.ResolveAsync(new Progress<string>(Console.Error.WriteLine), cancellation);
        if (reset && !await ResetAsync(connection, cancellation)) return 1;
        var url = $"http://127.0.0.1:{port}";
        var logins = await connection.StartAsync(cancellation);
        await using var app = LedgerHost.Build(["--urls", url, "--Ledger:Demo=true", "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Warning"], logins.Writer, sealer: logins.Sealer);
        var loader = ActivatorUtilities.CreateInstance<DemoLoader>(app.Services);
        var errors = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        await Console.Error.WriteLineAsync(Say("准备演示县（合成数据）", "Preparing the demo county (synthetic data)"));
        var report = await new ImportProgressView(errors, TimeProvider.System).RunAsync(
            progress => loader.LoadAsync(new DemoOptions { Lawsuits = lawsuits }, progress, cancellation));
        if (report is not null)
            await Console.Error.WriteLineAsync($"{Say("已装入演示县", "Loaded the demo county")}：{report.Imported} {Say("条事实", "facts")}");
        else
            await Console.Error.WriteLineAsync(Say("账本中已有数据，予以保留（重新开始请加 --reset）", "The ledger has data already and keeps it (--reset starts over)"));
        await app.StartAsync(cancellation);
        await DemoWelcome.WriteAsync(app, url, cancellation);
        await app.WaitForShutdownAsync(cancellation);
        return 0;
    }

    // Only the embedded database is the demo's to drop.
    private static async Task<bool> ResetAsync(LedgerConnection connection, CancellationToken cancellation)
    {
        if (connection.Server is { } server)
        {
            await server.RecreateDatabaseAsync(LedgerConnection.Database, cancellation);
            return true;
        }

        await Console.Error.WriteLineAsync(Say(
            $"--reset 只清空自带的数据库；{LedgerConnection.Variable} 指向的数据库请自行处理",
            $"--reset only empties the embedded database; the one of {LedgerConnection.Variable} is yours to handle"));
        return false;
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
