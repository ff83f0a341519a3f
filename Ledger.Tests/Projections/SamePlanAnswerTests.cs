using System.Globalization;
using CsCheck;
using Ledger.Domain.Plan;
using Ledger.Host.Answers;
using Ledger.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Projections;

/// <summary>
/// Every question about the plan, asked on real PostgreSQL while facts of all streams are recorded: an answer for a position
/// never changes, and whoever has followed the ledger answers as one who reads it anew.
/// </summary>
public sealed class SamePlanAnswerTests
{
    [Fact]
    public Task Then_now_and_read_anew_are_one() => RandomHistory.Of(160).SampleAsync(async history =>
    {
        await using var ledger = await ReadSide.CreateAsync();
        var half = history.Told.Count / 2;
        await ledger.RecordAsync(history.Told.Take(half));
        var position = (await ledger.Positions.AdvanceAsync()).Position;
        var then = await AskAllAsync(ledger, position);
        await ledger.RecordAsync(history.Told.Skip(half));
        (await AskAllAsync(ledger, position)).ShouldBe(then, "an answer for a past position");
        var end = (await ledger.Positions.AdvanceAsync()).Position;
        var now = await AskAllAsync(ledger, null);
        await using var other = ledger.Again();
        (await AskAllAsync(other, end)).ShouldBe(now, "read anew at the position");
        (await AskAllAsync(other, position)).ShouldBe(then, "read anew in the past");
    }, iter: 3, threads: 1);

    private static async Task<string> AskAllAsync(ReadSide ledger, long? position)
    {
        var answers = new List<string>();
        var times = new TimesAsked(Position: position?.ToString(CultureInfo.InvariantCulture));
        foreach (var question in Areas.Questions)
            foreach (var period in question.Takes.HasFlag(Parameters.Period) ? (string[])["2023Q2", "2023"] : [""])
            {
                var given = new Parameterised(
                    Unit: question.Takes.HasFlag(Parameters.Unit) ? "wuquan" : null,
                    Period: period.Length > 0 ? period : null,
                    Key: question.Required.HasFlag(Parameters.Key) ? "x" : null,
                    From: question.Required.HasFlag(Parameters.From) ? "10" : null);
                var answer = await ledger.Get<Questions>().AskAsync(question, given, times, TestContext.Current.CancellationToken);
                answers.Add($"{question.Name} {period}: {answer.Refusal?.Code} {(answer.Value is null ? null : AnswerJson.Text(answer.Value))}");
                if (!question.Required.HasFlag(Parameters.Key)) answer.Refusal?.Code.ShouldNotBe(Ledger.Domain.Facts.Codes.QueryInvalid, question.Name);
            }

        return string.Join('\n', answers);
    }
}
