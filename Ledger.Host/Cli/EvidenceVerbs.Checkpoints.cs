using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Ledger.Domain.Facts;
using Ledger.Host.Evidence;
using Spectre.Console;
using static Ledger.Host.Cli.CliTexts;

namespace Ledger.Host.Cli;

/// <content>What others have said about the checkpoints.</content>
public static partial class EvidenceVerbs
{
    /// <summary>
    /// <c>evidence checkpoints [--limit N] [--json]</c>: the published checkpoints, newest first, with the witnesses of the policy that
    /// have cosigned, whether the quorum is met, and the time-stamps. Exit codes: 0 done, 2 refused.
    /// </summary>
    private static Command Checkpoints()
    {
        var limit = new Option<int>("--limit") { DefaultValueFactory = _ => 10, Description = Say("最多几个", "how many at most") };
        var command = new Command("checkpoints", Say("已公布的检查点：见证、法定数与时间戳", "the published checkpoints: witnesses, quorum, time-stamps")) { limit, QueryVerbs.Json };
        command.SetAction(async (parsed, cancellation) =>
        {
            if (parsed.GetValue(limit) is < 1 or > 500) return QueryVerbs.Refuse(Refusal.Of(Codes.QueryInvalid, "--limit", parsed.GetValue(limit)));
            await using var ledger = await CliLedger.OpenAsync(cancellation);
            var found = await ledger.Services.GetRequiredService<CheckpointStandings>().BeforeAsync(long.MaxValue, parsed.GetValue(limit), cancellation);
            if (parsed.GetValue(QueryVerbs.Json))
                await Console.Out.WriteLineAsync(new JsonArray([.. found.Select(c => (JsonNode)c.ToJson())]).ToJsonString(FactJson.Options));
            else Write(found);
            return 0;
        });
        return command;
    }

    private static void Write(IEnumerable<CheckpointStanding> checkpoints)
    {
        var table = Tables.NewTable(
            Say("检查点", "Checkpoints"), Say("项数", "Leaves"), Say("账本位置", "Position"), Say("公布", "Published"), Say("见证", "Cosigned by"), Say("法定数", "Quorum"), Say("时间戳", "Time-stamps"));
        foreach (var checkpoint in checkpoints)
            table.AddRow(
                Disclosure.Whole(checkpoint.Published.Checkpoint.Size), Disclosure.Whole(checkpoint.Published.Position), Moment(checkpoint.Published.PublishedAt),
                Markup.Escape(Lines(checkpoint.Witnesses.Select(w => (w.Name, w.CosignedAt)))),
                checkpoint.QuorumMet switch { true => Say("达到", "met"), false => Say("未达到", "not met"), _ => "—" },
                Markup.Escape(Lines(checkpoint.TimeStamps.Select(t => (t.Authority, t.Time)))));
        AnsiConsole.Console.Write(table);
    }

    private static string Lines(IEnumerable<(string Name, DateTimeOffset? At)> said) =>
        string.Join("\n", said.Select(s => s.At is { } at ? $"√ {s.Name} {Moment(at)}" : $"— {s.Name}"));

    private static string Moment(DateTimeOffset at) => at.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
