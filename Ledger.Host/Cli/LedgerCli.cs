using System.CommandLine;
using Ledger.Host.Postgres;
using Ledger.Host.Security;
using Npgsql;
using static Ledger.Host.Cli.CliTexts;

namespace Ledger.Host.Cli;

/// <summary>The command line: every verb in one place.</summary>
public static class LedgerCli
{
    /// <summary>Runs a verb. Exit codes: 0 done, 1 broken infrastructure, 2 refused, 3 a file that cannot be read.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var at = Array.IndexOf(args, "--lang");
        if (at >= 0 && at + 1 < args.Length)
        {
            Environment.SetEnvironmentVariable("LEDGER_LANG", args[at + 1]);
            args = [.. args[..at], .. args[(at + 2)..]];
        }

        var root = new RootCommand(Say("舞阳县行政诉讼“双下降”合规账本", "The county's compliance ledger of administrative litigation"));
        foreach (var verb in QueryVerbs.All) root.Subcommands.Add(verb);
        foreach (var verb in OperationVerbs.All) root.Subcommands.Add(verb);
        try
        {
            // An argument that begins with @ is a ledger position, not a file of further arguments.
            return await root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null }).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (PostgresUnavailableException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
        catch (StartupRefusedException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
        catch (NpgsqlException e)
        {
            await Console.Error.WriteLineAsync(Say("数据库不可用：", "The database cannot be used: ") + e.Message);
            return 1;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync(Say("已中断", "Interrupted"));
            return 130;
        }
        // Nothing that anybody asked for wrongly: a mistake of ours, said so that it can be reported.
        catch (Exception e)
        {
            await Console.Error.WriteLineAsync(Say("程序内部错误，账本未因此改动；请把以下内容交给维护人员：", "An error of the program itself; please report:") + Environment.NewLine + e);
            return 70;
        }
    }
}
