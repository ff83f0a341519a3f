using System.CommandLine;
using Ledger.Host.Answers;
using Ledger.Host.Deadlines;
using Npgsql;
using Spectre.Console;
using static Ledger.Host.Cli.CliTexts;

namespace Ledger.Host.Cli;

/// <summary><c>notices</c>: the warnings and overdue notices that were raised.</summary>
public static class NoticesVerb
{
    private static readonly Option<string?> Unit = new("--unit") { Description = Say("单位", "unit") };
    private static readonly Option<string?> Kind = new("--kind") { Description = "Warning, Overdue" };
    private static readonly Option<bool> Json = new("--json") { Description = Say("输出 JSON", "print JSON") };

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var command = new Command("notices", Say("已发出的到期提醒和逾期通知", "the warnings and overdue notices that were raised")) { Unit, Kind, Json };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var ledger = await CliLedger.OpenAsync(cancellation);
            var answers = new NoticeAnswers(ledger.Services.GetRequiredService<NpgsqlDataSource>());
            var (notices, refusal) = await answers.ListAsync(parsed.GetValue(Unit), parsed.GetValue(Kind), cancellation);
            if (refusal is not null) return QueryVerbs.Refuse(refusal);
            if (parsed.GetValue(Json)) await Console.Out.WriteLineAsync(AnswerJson.Text(NoticeAnswers.Json(notices!)));
            else Write(notices!);
            if ((await ledger.Services.GetRequiredService<LedgerMarks>().ReadAsync(cancellation)).IsSynthetic) await Console.Error.WriteLineAsync(Synthetic);
            return 0;
        });
        return command;
    }

    private static void Write(IReadOnlyList<ListedNotice> notices)
    {
        var table = new Table().Title(Say("期限通知", "Deadline notices")).Border(TableBorder.Rounded);
        foreach (var column in (string[])[Say("到期", "Due"), Say("单位", "Unit"), Say("类别", "Kind"), Say("内容", "Text"), Say("已记给", "Recorded for")]) table.AddColumn(column);
        foreach (var (notice, recipients) in notices)
            table.AddRow(
                notice.DueOn.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), Markup.Escape(notice.Unit),
                notice.Kind == Domain.Obligations.NoticeKind.Warning ? Say("提醒", "warning") : $"[red]{Say("逾期", "overdue")}[/]",
                Markup.Escape(Say(notice.Text, notice.TextEn)), Markup.Escape(string.Join("、", recipients)));
        Terminal.Console.Write(table);
    }
}
