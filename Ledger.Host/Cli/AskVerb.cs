using System.CommandLine;
using Ledger.Domain.Plan;
using Ledger.Host.Answers;
using Spectre.Console;
using static Ledger.Host.Cli.CliTexts;

namespace Ledger.Host.Cli;

/// <summary><c>ask QUESTION</c>: every question about the plan, as a table or as the same JSON as over HTTP.</summary>
public static class AskVerb
{
    private static readonly Dictionary<Parameters, Option<string?>> Options =
        Parameterised.Each(Parameterised.All).ToDictionary(p => p, p => new Option<string?>("--" + Parameterised.NameOf(p)));

    /// <summary>The verb, with a verb of its own for each question.</summary>
    public static Command Create()
    {
        var ask = new Command("ask", Say("查询方案各条的落实情况", "ask how the plan is carried out"));
        foreach (var question in Areas.Questions) ask.Subcommands.Add(Of(question));
        return ask;
    }

    private static Command Of(Question question) =>
        QueryVerbs.Verb(question.Name, Say(question.Chinese, question.English), [], [.. Parameterised.Each(question.Takes).Select(p => Options[p]), .. QueryVerbs.TimeOptions], async (ledger, parsed, cancellation) =>
        {
            string? Given(Parameters p) => question.Takes.HasFlag(p) ? parsed.GetValue(Options[p]) : null;
            var given = new Parameterised(
                Given(Parameters.Unit), Given(Parameters.Period), Given(Parameters.Key), Given(Parameters.Status), Given(Parameters.Clause), Given(Parameters.From),
                Given(Parameters.Policy), Given(Parameters.List));
            var answer = await ledger.Questions.AskAsync(question, given, QueryVerbs.Times(parsed), cancellation);
            return QueryVerbs.Give(parsed, answer, (json, _) => json, (console, json, scope) => AnswerTable.Write(console, question, json, scope));
        });
}
