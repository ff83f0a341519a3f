using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ledger.Domain.Sealing;
using Ledger.Host.Evidence;
using Ledger.Host.Evidence.Audit;
using Ledger.Projections.Store;
using Npgsql;
using Spectre.Console;
using static Ledger.Host.Cli.CliTexts;

namespace Ledger.Host.Cli;

/// <summary>
/// The verb <c>audit</c>: is the ledger still what was signed? Exit codes: 0 clean; 10 to 20 by the worst kind of finding, the
/// lowest number being the worst (<see cref="AuditKind"/>); 1 to 3 as of every verb.
/// </summary>
public static class AuditVerb
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = Say("输出 JSON", "print JSON") };
        var full = new Option<bool>("--full") { Description = Say("重算每一个已封存的流末端根", "recompute every sealed root of the heads") };
        var since = new Option<long>("--since") { Description = Say("只重算此叶之后的行（封存树总是全部重算）", "re-hash rows from this leaf on only (the tree is always recomputed whole)") };
        var resume = new Option<bool>("--resume") { Description = Say("从上次中断处继续", "go on where an interrupted audit stopped") };
        var key = new Option<string[]>("--key") { Description = Say("信任的公钥（vkey，可多个）：必须签署过此账本", "a key that you trust (vkey): it has to have signed this log") };
        var checkpoint = new Option<string[]>("--checkpoint") { Description = Say("持有的检查点文件（可多个）：现有账本须与其一致", "a file with a checkpoint that you hold: the log has to continue it") };
        var journal = new Option<string?>("--journal") { Description = Say("检查点日志文件（默认在证据目录中）", "the journal (default: in the evidence folder)") };
        var noReadModels = new Option<bool>("--no-read-models") { Description = Say("不核对投影", "do not check the read models") };
        var noAttachments = new Option<bool>("--no-attachments") { Description = Say("不核对文书内容", "do not hash the documents") };
        var indexes = new Option<bool>("--indexes") { Description = Say("另核对索引与表是否一致（装有 amcheck 时含结构）", "compare tables with and without their indexes as well (with amcheck their structure too)") };
        var unmasked = new Option<bool>("--unmasked") { Description = Say("显示个人信息", "show personal data") };
        var most = new Option<int>("--most") { DefaultValueFactory = _ => 1_000, Description = Say("最多列出几项（全部计数）", "how many findings are listed (all are counted)") };
        var command = new Command("audit", Say("审计：账本是否仍是签过名的那一份", "audit: is the ledger still what was signed"))
            { json, full, since, resume, key, checkpoint, journal, noReadModels, noAttachments, indexes, unmasked, most };
        command.SetAction(async (parsed, cancellation) =>
        {
            AuditOptions options;
            try
            {
                options = new AuditOptions
                {
                    Keys = [.. (parsed.GetValue(key) ?? []).Select(NoteKey.Parse)],
                    Held = [.. (parsed.GetValue(checkpoint) ?? []).Select(path => Checkpoint.Parse(SignedNote.Parse(File.ReadAllBytes(path)).Text))],
                    Journal = parsed.GetValue(journal), Since = parsed.GetValue(since), Full = parsed.GetValue(full), Resume = parsed.GetValue(resume),
                    ReadModels = !parsed.GetValue(noReadModels), Attachments = !parsed.GetValue(noAttachments), Indexes = parsed.GetValue(indexes),
                    Unmasked = parsed.GetValue(unmasked), MostFindings = parsed.GetValue(most),
                };
            }
            catch (Exception e) when (e is EvidenceFormatException or IOException or UnauthorizedAccessException)
            {
                await Console.Error.WriteLineAsync(e.Message);
                return 3;
            }

            await using var ledger = await CliLedger.OpenAsync(cancellation);
            await using var source = NpgsqlDataSource.Create(LedgerStore.ConnectionString(ledger.Logins.RequiredAuditor));
            var folder = ledger.Services.GetRequiredService<EvidenceFolder>();
            options = options with { ProgressFile = await ProgressFileAsync(source, folder, cancellation) };
            return await RunAsync(
                new LedgerAudit(source, folder, TimeProvider.System), options, parsed.GetValue(json), AnsiConsole.Console,
                Console.IsErrorRedirected ? null : AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }), Console.Out, Console.Error, cancellation);
        });
        return command;
    }

    /// <summary>Audits and prints what was found.</summary>
    /// <param name="audit">The audit.</param>
    /// <param name="options">What, and how.</param>
    /// <param name="asJson">As JSON instead of tables.</param>
    /// <param name="console">Where tables go.</param>
    /// <param name="bar">The terminal on which a bar is drawn; null where the progress goes line by line.</param>
    /// <param name="output">Where JSON goes.</param>
    /// <param name="progress">Where lines of progress go.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<int> RunAsync(
        LedgerAudit audit, AuditOptions options, bool asJson, IAnsiConsole console, IAnsiConsole? bar, TextWriter output, TextWriter progress, CancellationToken cancellation)
    {
        var report = bar is null
            ? await audit.RunAsync(options, new Lines(progress), cancellation)
            : await bar.Progress().AutoClear(true).Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
                .StartAsync(context => audit.RunAsync(options, new Bars(context), cancellation));
        if (asJson) await output.WriteLineAsync(JsonSerializer.Serialize(report, Json));
        else Write(console, report);
        return report.ExitCode;
    }

    /// <summary>The report as tables.</summary>
    public static void Write(IAnsiConsole console, AuditReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var about = Tables.NewTable(Say("审计", "Audit"), Say("项目", "What"), Say("结果", "Result"));
        about.AddRow(Say("账本", "Log"), Markup.Escape($"{report.Origin ?? "—"}  {report.Ledger}"));
        about.AddRow(Say("封存树", "Tree"), Markup.Escape(Say($"{report.Size} 叶，根 {report.Root}", $"{report.Size} leaves, root {report.Root}")));
        about.AddRow(Say("已公布检查点", "Published checkpoint"), report.Published?.ToString(CultureInfo.InvariantCulture) ?? "—");
        about.AddRow(Say("账本位置", "Position"), Say($"{report.Position}；未封存 {report.Unsealed} 条", $"{report.Position}; {report.Unsealed} not sealed yet"));
        about.AddRow(Say("重算的事实", "Facts re-hashed"), $"{report.Rows}");
        about.AddRow(Say("核对的投影文档", "Read models compared"), $"{report.Documents}");
        about.AddRow(Say("核对的文书", "Documents hashed"), $"{report.Attachments}");
        about.AddRow(Say("快照与用时", "Snapshot and time"), $"{report.At:yyyy-MM-dd HH:mm:ss}Z  {report.Elapsed.TotalSeconds:F1} s");
        foreach (var key in report.Keys) about.AddRow(Say("密钥", "Key"), Markup.Escape(key));
        console.Write(about);
        if (report.Findings.Count > 0) console.Write(FindingsOf(report));
        var more = report.Counts.Values.Sum() - report.Findings.Count;
        if (more > 0) console.WriteLine(Say($"另有 {more} 项未列出：{Counts(report)}", $"{more} more are not listed: {Counts(report)}"));
        console.MarkupLine(report.IsClean
            ? $"[green]{Say("未发现问题", "Nothing is wrong")}[/]"
            : $"[red]{Say($"结论：{NameOf(report.Worst)}（退出码 {report.ExitCode}）", $"Verdict: {NameOf(report.Worst)} (exit code {report.ExitCode})")}[/]");
    }

    /// <summary>The name of a kind of finding.</summary>
    public static string NameOf(AuditKind kind) => kind switch
    {
        AuditKind.Tree => Say("封存树或签名不符", "the tree or a signature is broken"),
        AuditKind.Journal => Say("与检查点日志不符（回滚或改写）", "the journal says otherwise (rolled back or rewritten)"),
        AuditKind.Changed => Say("事实被改动", "a fact was changed"),
        AuditKind.Missing => Say("事实缺失", "a fact is gone"),
        AuditKind.Forged => Say("事实系伪造", "a fact was forged"),
        AuditKind.Guards => Say("防护有变", "the guards were changed"),
        AuditKind.Storage => Say("数据库文件或索引有误", "files or indexes are damaged"),
        AuditKind.Streams => Say("流的登记不符", "the bookkeeping of streams is wrong"),
        AuditKind.ReadModels => Say("投影不符", "a read model is wrong"),
        AuditKind.Attachments => Say("文书不符", "a document is wrong"),
        AuditKind.NotChecked => Say("有未核对之处", "something was not checked"),
        _ => Say("说明", "information"),
    };

    private static Table FindingsOf(AuditReport report)
    {
        var table = Tables.NewTable(
            Say("发现", "Findings"), Say("代码", "Code"), Say("序列", "Seq."), Say("叶", "Leaf"), Say("对象", "Subject"), Say("成员", "Member"), Say("封存值", "Sealed"), Say("现值", "Found"), Say("说明", "Meaning"));
        foreach (var f in report.Findings)
        {
            var colour = f.Kind == AuditKind.Information ? "grey" : "red";
            table.AddRow($"[{colour}]{Markup.Escape(f.Code)}[/]", $"{f.Sequence}", $"{f.Leaf}", Cell(f.Subject), Cell(f.Member), Cell(f.Sealed), Cell(f.Found), Cell(f.Text));
        }

        return table;

        static string Cell(string? text) => Markup.Escape(text ?? "");
    }

    private static string Counts(AuditReport report) => string.Join(Say("，", ", "), report.Counts.Select(c => $"{c.Key} {c.Value}"));

    private static async Task<string?> ProgressFileAsync(NpgsqlDataSource source, EvidenceFolder folder, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand("select ledger from ledger.identity");
        var path = folder.Of((Guid)(await command.ExecuteScalarAsync(cancellation))!);
        try
        {
            Directory.CreateDirectory(path);
            return Path.Combine(path, "audit-progress.json");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // An auditor who may not write there cannot go on from where he stopped, and audits all the same.
            return null;
        }
    }

    private static string StepName(AuditStep step) => step switch
    {
        AuditStep.Facts => Say("核对事实", "Facts"),
        AuditStep.Bookkeeping => Say("核对登记", "Bookkeeping"),
        AuditStep.ReadModels => Say("核对投影", "Read models"),
        AuditStep.Attachments => Say("核对文书", "Documents"),
        _ => Say("核对索引", "Indexes"),
    };

    private sealed class Bars(ProgressContext context) : IProgress<AuditProgress>
    {
        private readonly Lock _turn = new();
        private readonly Dictionary<AuditStep, ProgressTask> _tasks = [];

        public void Report(AuditProgress value)
        {
            lock (_turn)
            {
                if (!_tasks.TryGetValue(value.Step, out var task)) _tasks[value.Step] = task = context.AddTask(StepName(value.Step));
                (task.MaxValue, task.Value) = (Math.Max(1, value.Total), value.Total == 0 ? 1 : value.Done);
                task.Description = Markup.Escape($"{StepName(value.Step)} {value.Rate:F0}/s" + (value.Findings > 0 ? Say($"，发现 {value.Findings}", $", {value.Findings} found") : ""));
            }
        }
    }

    /// <summary>A line at each tenth of a step, for a file or a journal.</summary>
    private sealed class Lines(TextWriter output) : IProgress<AuditProgress>
    {
        private readonly Lock _turn = new();
        private (AuditStep Step, long Tenth)? _last;

        public void Report(AuditProgress value)
        {
            lock (_turn)
            {
                var tenth = value.Total == 0 ? 10 : value.Done * 10 / value.Total;
                if (_last == (value.Step, tenth)) return;
                _last = (value.Step, tenth);
                var left = value.Remaining is { } time ? time.ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture) : "-";
                output.WriteLine(Say(
                    $"{StepName(value.Step)} {tenth * 10}%（{value.Done}/{value.Total}），{value.Rate:F0}/秒，还需 {left}，发现 {value.Findings}",
                    $"{StepName(value.Step)} {tenth * 10}% ({value.Done}/{value.Total}), {value.Rate:F0}/s, {left} left, {value.Findings} found"));
            }
        }
    }
}
