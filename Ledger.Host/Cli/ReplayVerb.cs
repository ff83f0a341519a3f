using System.CommandLine;
using System.Globalization;
using Ledger.Domain.Facts;
using Ledger.Host.Answers;
using Ledger.Host.Replay;
using Spectre.Console;
using static Ledger.Host.Cli.CliTexts;

namespace Ledger.Host.Cli;

/// <summary>
/// <c>replay SUBJECT</c>: the recorded facts in order; with <c>--states</c> what each one did, with <c>--step</c> one after the
/// other on a terminal.
/// </summary>
public static class ReplayVerb
{
    private static readonly Option<bool> States = new("--states") { Description = Say("附每条事实前后的状态和变动", "what each fact did: states before and after, members changed") };
    private static readonly Option<bool> Step = new("--step") { Description = Say("在终端逐条查看：回车下一条，b 上一条，q 退出", "step on a terminal: Enter next, b back, q quit") };
    private static readonly Option<string?> From = new("--from") { Description = Say("起始序列", "first ledger sequence") };
    private static readonly Option<string?> To = new("--to") { Description = Say("终止序列", "last ledger sequence") };

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var subject = QueryVerbs.Subjects();
        return QueryVerbs.Verb(
            "replay", Say("逐条重放一个单位、案件或其他对象的事实", "replay the facts of a unit, a lawsuit or another subject"),
            [subject], [States, Step, From, To, .. QueryVerbs.TimeOptions], (ledger, parsed, cancellation) => RunAsync(ledger, parsed, parsed.GetValue(subject)!, cancellation));
    }

    private static async Task<int> RunAsync(CliLedger ledger, ParseResult parsed, string text, CancellationToken cancellation)
    {
        if (QueryVerbs.Parse(text) is not { } subject) return QueryVerbs.Refuse(Refusal.Of(Codes.QueryInvalid, "SUBJECT", text));
        var (range, times) = (new RangeAsked(parsed.GetValue(From), parsed.GetValue(To)), QueryVerbs.Times(parsed));
        var (first, last, invalid) = range.Read();
        if (invalid is not null) return QueryVerbs.Refuse(invalid);
        var isStepping = parsed.GetValue(Step);
        if (isStepping && (Console.IsInputRedirected || Console.IsOutputRedirected || parsed.GetValue(QueryVerbs.Json)))
            return QueryVerbs.Refuse(Refusal.Of(Codes.QueryInvalid, "--step", Say("只能在终端上逐条查看", "only on a terminal")));
        if (!isStepping && !parsed.GetValue(States))
        {
            var history = await ledger.Answers.HistoryAsync(subject, times, cancellation);
            IReadOnlyList<HistoryEntry>? told = history.Value?.Where(h => h.Entry.Recorded.Sequence >= first && h.Entry.Recorded.Sequence <= last).ToList();
            return QueryVerbs.Give(parsed, history with { Value = told }, (h, _) => AnswerJson.Of(h, unmasked: true), Tables.Write);
        }

        var answer = await ledger.Replays.ReplayAsync(subject, range, times, cancellation);
        var steps = new Answer<IReadOnlyList<ToldStep>>(answer.Value is { } untold ? await untold.TellAsync(true) : null, answer.Refusal, answer.Scope);
        var labels = await LabelsAsync(ledger, steps.Scope, cancellation);
        return QueryVerbs.Give(parsed, steps, (s, _) => new ReplayJson(unmasked: true).Of(s), (console, s, scope) => Write(console, new ReplayTables(console, labels), s, scope, isStepping));
    }

    /// <summary>The words of a comparison or replay: the units' names at its position.</summary>
    internal static async Task<MemberLabels> LabelsAsync(CliLedger ledger, Scope? scope, CancellationToken cancellation)
    {
        var names = scope is null
            ? null
            : await ledger.Answers.NamesAsync(new TimesAsked(AnswerJson.Day(scope.AsOf), null, scope.Position.ToString(CultureInfo.InvariantCulture)), cancellation);
        return new MemberLabels(names?.Value ?? new Dictionary<string, string>(StringComparer.Ordinal));
    }

    private static void Write(IAnsiConsole console, ReplayTables tables, IReadOnlyList<ToldStep> steps, Scope scope, bool isStepping)
    {
        if (!isStepping)
        {
            tables.Write(steps, scope);
            return;
        }

        ReplayStepper.Run(steps.Count, () => console.Input.ReadKey(intercept: true)?.Key, at =>
        {
            tables.Write(steps, at);
            console.MarkupLine($"[grey]{Say("回车 下一条　b 上一条　q 退出", "Enter next  b back  q quit")}[/]");
        });
        Tables.WriteFooter(console, scope, $"{steps.Count} {Say("条", "facts")}");
    }
}
