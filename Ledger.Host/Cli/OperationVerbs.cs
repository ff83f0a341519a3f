using System.CommandLine;
using Ledger.Host.Postgres;
using static Ledger.Host.Cli.CliTexts;

namespace Ledger.Host.Cli;

/// <summary>The verbs that run and keep the ledger.</summary>
public static class OperationVerbs
{
    /// <summary>All of them.</summary>
    public static IEnumerable<Command> All => [DemoVerb.Create(), Serve(), Migrate(), RebuildVerb.Create(), GenerateVerb.Create(), Healthcheck()];

    private static Command Serve()
    {
        var rest = new Argument<string[]>("ARGS") { Arity = ArgumentArity.ZeroOrMore, Description = Say("传给主机的参数，如 --urls", "arguments of the host, such as --urls") };
        var command = new Command("serve", Say("启动主机（HTTP、投影、期限）", "run the host: HTTP, projections, deadlines")) { rest };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var connection = await LedgerConnection.ResolveAsync(new Progress<string>(Console.Error.WriteLine), cancellation);
            await using var app = LedgerHost.Build([.. parsed.GetValue(rest) ?? [], .. parsed.UnmatchedTokens], connection.ConnectionString);
            await LedgerHost.MigrateAsync(app.Services, cancellation);
            await app.RunAsync(cancellation);
            return 0;
        });
        return command;
    }

    private static Command Migrate()
    {
        var command = new Command("migrate", Say("建立或升级数据库结构", "bring the database to this program's schema"));
        command.SetAction(async (_, cancellation) =>
        {
            await using var connection = await LedgerConnection.ResolveAsync(new Progress<string>(Console.Error.WriteLine), cancellation);
            await using var app = LedgerHost.Build([], connection.ConnectionString);
            await LedgerHost.MigrateAsync(app.Services, cancellation);
            await Console.Out.WriteLineAsync(Say("数据库结构已就绪", "The schema is up to date"));
            return 0;
        });
        return command;
    }

    private static Command Healthcheck()
    {
        var url = new Argument<string?>("URL") { Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("healthcheck", Say("询问运行中的主机是否就绪", "ask a running host whether it is ready")) { url };
        command.SetAction((parsed, _) => HealthcheckVerb.RunAsync(parsed.GetValue(url) is { } address ? [address] : []));
        return command;
    }
}
