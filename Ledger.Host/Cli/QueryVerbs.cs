using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Ledger.Domain.Facts;
using Ledger.Host.Answers;
using Spectre.Console;
using static Ledger.Host.Cli.CliTexts;

namespace Ledger.Host.Cli;

/// <summary>The questions of facts.md §4 as verbs; with <c>--json</c> the same JSON as over HTTP.</summary>
public static class QueryVerbs
{
    private static readonly Option<string?> AsOf = new("--as-of") { Description = Say("法律日期截止 YYYY-MM-DD（默认今天）", "valid time, YYYY-MM-DD (default today)") };
    private static readonly Option<string?> KnownAt = new("--known-at") { Description = Say("账本已知时刻，RFC 3339", "recorded time, RFC 3339") };
    private static readonly Option<string?> Position = new("--position") { Description = Say("账本位置", "ledger position") };
    internal static readonly Option<string?> Policy = new("--policy") { Description = Say("统计口径，如 P-A、P-B（默认按该期适用口径）", "counting policy, such as P-B (default: the one in force)") };
    internal static readonly Option<string?> List = new("--list") { Description = Say("名单：All、Townships、Departments", "list: All, Townships, Departments") };
    private static readonly Option<string?> Unit = new("--unit") { Description = Say("单位", "unit") };
    private static readonly Option<string?> Kind = new("--kind") { Description = Say("事项：CaseFiling、LossFiling、NonPerformanceReport", "kind") };
    private static readonly Option<string?> Status = new("--status") { Description = Say("状态：Pending、Overdue、Met、MetLate", "status") };
    private static readonly Option<string?> Indicator = new("--indicator") { Description = Say("指标：LossRate、CaseVolume", "indicator") };
    internal static readonly Option<bool> Json = new("--json") { Description = Say("输出 JSON", "print JSON") };

    /// <summary>All question verbs.</summary>
    public static IEnumerable<Command> All => [Ranking(), Scorecard(), Obligations(), ReplayVerb.Create(), DiffVerb.Create(), Show(), Compare(), AskVerb.Create()];

    private static Command Ranking()
    {
        var period = Period();
        return Verb("ranking", Say("败诉率排名", "rank the units by loss rate"), [period], [List, Policy, AsOf, KnownAt, Position], async (ledger, parsed, cancellation) =>
            Give(parsed, await ledger.Answers.RankingAsync(parsed.GetValue(period)!, parsed.GetValue(List), parsed.GetValue(Policy), Times(parsed), cancellation), AnswerJson.Of, Tables.Write));
    }

    private static Command Scorecard()
    {
        var unit = new Argument<string>("UNIT");
        var period = Period();
        return Verb("scorecard", Say("单位指标与背后的案件", "a unit's numbers and the lawsuits behind them"), [unit, period], [Policy, AsOf, KnownAt, Position], async (ledger, parsed, cancellation) =>
            Give(
                parsed,
                await ledger.Answers.ScorecardAsync(parsed.GetValue(unit)!, parsed.GetValue(period)!, parsed.GetValue(Policy), Times(parsed), cancellation),
                (s, scope) => AnswerJson.Of(s, Domain.Counting.Period.Parse(parsed.GetValue(period)!), scope),
                (console, s, scope) => Tables.Write(console, s, Domain.Counting.Period.Parse(parsed.GetValue(period)!), scope)));
    }

    private static Command Obligations() =>
        Verb("obligations", Say("报备义务及其状态", "obligations and where they stand"), [], [Unit, Kind, Status, AsOf, KnownAt, Position], async (ledger, parsed, cancellation) =>
        {
            var answer = await ledger.Answers.ObligationsAsync(parsed.GetValue(Unit), parsed.GetValue(Kind), parsed.GetValue(Status), Times(parsed), cancellation);
            // The same position as the answer, so that the names belong to it.
            var names = answer.Scope is { } scope && !parsed.GetValue(Json)
                ? await ledger.Answers.NamesAsync(new TimesAsked(parsed.GetValue(AsOf), null, scope.Position.ToString(CultureInfo.InvariantCulture)), cancellation)
                : null;
            return Give(parsed, answer, (o, _) => AnswerJson.Of(o), (console, o, of) => Tables.Write(console, o, names?.Value ?? new Dictionary<string, string>(StringComparer.Ordinal), of));
        });

    private static Command Show()
    {
        var subject = Subjects();
        return Verb("show", Say("一个单位或案件的当前状态", "the folded state of a unit or lawsuit"), [subject], [AsOf, KnownAt, Position], async (ledger, parsed, cancellation) =>
            Parse(parsed.GetValue(subject)!) switch
            {
                { Kind: StreamKind.Lawsuit, Key: var key } => Give(
                    parsed,
                    await ledger.Answers.LawsuitAsync(key, Times(parsed), cancellation),
                    (l, scope) => AnswerJson.Of(l, scope, unmasked: true),
                    (console, l, scope) => Tables.Write(console, key, AnswerJson.Of(l, scope, unmasked: true), scope)),
                { Kind: StreamKind.Unit, Key: var unit } => Give(
                    parsed,
                    await ledger.Answers.UnitAsync(unit, Times(parsed), cancellation),
                    AnswerJson.Of,
                    (console, u, scope) => Tables.Write(console, unit, AnswerJson.Of(u, scope), scope)),
                _ => Refuse(Refusal.Of(Codes.QueryInvalid, "SUBJECT", parsed.GetValue(subject))),
            });
    }

    private static Command Compare()
    {
        var period = Period();
        return Verb("compare", Say("与全省平均值比较", "compare with the provincial average"), [period], [Indicator, Policy, AsOf, KnownAt, Position], async (ledger, parsed, cancellation) =>
            Give(
                parsed,
                await ledger.Answers.ComparisonAsync(parsed.GetValue(period)!, parsed.GetValue(Indicator), parsed.GetValue(Policy), Times(parsed), cancellation),
                (c, scope) => AnswerJson.Of(c, parsed.GetValue(period)!, scope),
                (console, c, scope) => Tables.Write(console, parsed.GetValue(period)!, AnswerJson.Of(c, parsed.GetValue(period)!, scope), scope)));
    }

    /// <summary>The two times of every question.</summary>
    internal static Option[] TimeOptions => [AsOf, KnownAt, Position];

    internal static Command Verb(
        string name, string description, Argument[] arguments, Option[] options, Func<CliLedger, ParseResult, CancellationToken, Task<int>> run)
    {
        var command = new Command(name, description);
        foreach (var argument in arguments) command.Arguments.Add(argument);
        foreach (var option in options) command.Options.Add(option);
        command.Options.Add(Json);
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var ledger = await CliLedger.OpenAsync(cancellation);
            return await run(ledger, parsed, cancellation);
        });
        return command;
    }

    internal static int Give<T>(ParseResult parsed, Answer<T> answer, Func<T, Scope, JsonNode> json, Action<IAnsiConsole, T, Scope> table)
        where T : class
    {
        if (answer.Value is not { } value) return Refuse(answer.Refusal!);
        if (!parsed.GetValue(Json))
        {
            table(Terminal.Console, value, answer.Scope!);
            return 0;
        }

        var node = json(value, answer.Scope!);
        Console.Out.WriteLine(AnswerJson.Text(node));
        // A list has no room for it; it must be said all the same.
        if (answer.Scope!.IsSynthetic && node is JsonArray) Console.Error.WriteLine(Synthetic);
        return 0;
    }

    /// <summary>Prints a refusal where refusals go and gives their exit code.</summary>
    public static int Refuse(Refusal refusal)
    {
        Console.Error.WriteLine($"{refusal.Code}: {(IsEnglish ? refusal.English : refusal.Message)}");
        return 2;
    }

    internal static TimesAsked Times(ParseResult parsed) => new(parsed.GetValue(AsOf), parsed.GetValue(KnownAt), parsed.GetValue(Position));

    private static Argument<string> Period() => new("PERIOD") { Description = "2023, 2023Q2, 2023-04" };

    internal static Argument<string> Subjects() => new("SUBJECT") { Description = "unit/wuquan, lawsuit/2023-0012" };

    internal static Subject? Parse(string text) => Subject.TryParse(text, out var subject) ? subject : null;
}
