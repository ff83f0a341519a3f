using System.CommandLine;
using Ledger.Host.Postgres;
using Npgsql;
using static Ledger.Host.Cli.CliTexts;

namespace Ledger.Host.Cli;

/// <summary>The verbs that run and keep the ledger.</summary>
public static class OperationVerbs
{
    /// <summary>All of them.</summary>
    public static IEnumerable<Command> All =>
        [DemoVerb.Create(), Serve(), RecordVerb.Create(), Import(), AttachmentVerbs.Attach(), AttachmentVerbs.Fetch(), NoticesVerb.Create(), RebuildVerb.Create(), AuditVerb.Create(), RedactVerb.Create(), WitnessVerbs.Create(), Migrate(), EvidenceVerbs.Create(), GenerateVerb.Create(), Healthcheck(), Clauses()];

    private static Command Clauses()
    {
        var command = new Command("clauses", Say("方案逐条对照表（Markdown）", "the plan clause by clause, as Markdown"));
        command.SetAction(_ => Console.Out.Write(Domain.Plan.ClauseTable.ToMarkdown()));
        return command;
    }

    private static Command Serve()
    {
        var rest = new Argument<string[]>("ARGS") { Arity = ArgumentArity.ZeroOrMore, Description = Say("传给主机的参数，如 --urls", "arguments of the host, such as --urls") };
        var command = new Command("serve", Say("启动主机（HTTP、投影、期限）", "run the host: HTTP, projections, deadlines")) { rest };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var connection = await LedgerConnection.ResolveAsync(new Progress<string>(Console.Error.WriteLine), cancellation);
            var logins = await connection.StartAsync(cancellation);
            await using var app = LedgerHost.Build([.. parsed.GetValue(rest) ?? [], .. parsed.UnmatchedTokens], logins.Writer, sealer: logins.Sealer);
            await app.RunAsync(cancellation);
            return 0;
        });
        return command;
    }

    private static Command Import()
    {
        var file = new Argument<string>("FILE") { Description = Say("JSON Lines 事实文件", "a file of facts, JSON Lines") };
        var json = new Option<bool>("--json") { Description = Say("输出 JSON（输出到文件或管道时总是 JSON）", "print JSON (always, when not to a terminal)") };
        var actor = new Option<string>("--actor") { DefaultValueFactory = _ => Environment.UserName, Description = Say("记载人", "who records the facts") };
        var command = new Command("import", Say("导入事实文件：全部写入，或一条不写", "import a file of facts: all of it, or nothing")) { file, json, actor };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var ledger = await CliLedger.OpenAsync(cancellation);
            return await ImportVerb.RunAsync(
                ledger.Services.GetRequiredService<NpgsqlDataSource>(),
                parsed.GetValue(file)!,
                parsed.GetValue(actor)!,
                parsed.GetValue(json) || Console.IsOutputRedirected,
                Console.Out,
                Console.Error,
                TimeProvider.System,
                cancellation);
        });
        return command;
    }

    private static Command Migrate()
    {
        var command = new Command("migrate", Say("建立或升级数据库结构", "bring the database to this program's schema"));
        command.SetAction(async (_, cancellation) =>
        {
            await using var connection = await LedgerConnection.ResolveAsync(new Progress<string>(Console.Error.WriteLine), cancellation);
            var logins = await LedgerLogins.MigrateAsync(connection.Given, cancellation);
            if (!await logins.LogsChangesAsync(cancellation))
                await Console.Error.WriteLineAsync(Say(
                    "注意：只有超级用户才能建立事件触发器，因此数据库结构的变更不会被自动记录。防护指纹会如实反映这一点。",
                    "Note: only a superuser can create event triggers, so changes of the structure are not logged. The guards' fingerprint shows it."));
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
