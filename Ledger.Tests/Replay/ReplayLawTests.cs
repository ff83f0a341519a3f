using System.Globalization;
using System.Text.Json.Nodes;
using CsCheck;
using Ledger.Domain.Facts;
using Ledger.Domain.Counting;
using Ledger.Host.Answers;
using Ledger.Host.Replay;
using Ledger.Projections.Reading;
using Ledger.Tests.Infrastructure;
using Ledger.Tests.Projections;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Replay;

/// <summary>What holds for the replays and comparisons of every history, on real PostgreSQL.</summary>
public sealed class ReplayLawTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public Task States_chain_and_each_is_what_show_answers_at_that_position() => Gen.Select(RandomHistory.Of(90), Gen.Bool).SampleAsync(async (history, unmasked) =>
    {
        await using var ledger = await LedgerOf(history);
        foreach (var subject in SubjectsOf(history))
        {
            var steps = (await ReplayAsync(ledger, subject, new RangeAsked(), unmasked))!;
            var states = new Dictionary<Subject, JsonObject?>();
            foreach (var (_, step) in steps)
                foreach (var state in step.States)
                {
                    Same(state.Before, states.GetValueOrDefault(state.Subject), $"{subject} before {step.Fact.Sequence}");
                    Same(MemberChange.Apply(state.Before, state.Changes), state.After, $"{subject} by {step.Fact.Sequence}");
                    states[state.Subject] = state.After;
                    Same(state.After, await ShownAsync(ledger, state.Subject, At(step.Fact.Sequence), unmasked), $"{state.Subject} at {step.Fact.Sequence}");
                }

            foreach (var (of, state) in states)
                Same(state, await ShownAsync(ledger, of, new TimesAsked(), unmasked), $"{of} at the end");
            // Every fact of the history is a step.
            var listed = (await ledger.Answers.HistoryAsync(subject, new TimesAsked(), Cancellation)).Value!.Select(h => h.Entry.Recorded.Sequence);
            steps.Where(s => !s.Step.IsElsewhere).Select(s => s.Step.Fact.Sequence).ShouldBe(listed);
            await PartsAreThoseOfTheWholeAsync(ledger, subject, steps);
        }
    }, iter: 3, threads: 1);

    [Fact]
    public Task Between_two_moments_the_changes_make_the_later_state_of_the_earlier_one() =>
        Gen.Select(RandomHistory.Of(90), Gen.Int[0, 1000], Gen.Int[0, 1000], Gen.Int[0, 500], Gen.Int[0, 200]).SampleAsync(async (history, a, b, day, days) =>
        {
            await using var ledger = await LedgerOf(history);
            var end = (await ledger.Positions.AdvanceAsync(Cancellation)).Position;
            var (from, to) = (Math.Min(a % (end + 1), b % (end + 1)), Math.Max(a % (end + 1), b % (end + 1)));
            var first = new DateOnly(2023, 1, 1).AddDays(day);
            var (begin, last) = (Text(first), Text(first.AddDays(days)));
            foreach (var subject in SubjectsOf(history))
            {
                var recorded = await DiffAsync(ledger, subject, new MomentsAsked($"@{from}", $"@{to}"));
                if (recorded is not null) await IsTheDifferenceAsync(ledger, subject, recorded, At(from), At(to));
                var legal = await DiffAsync(ledger, subject, new MomentsAsked(begin, last));
                await IsTheDifferenceAsync(ledger, subject, legal!, new TimesAsked(begin), new TimesAsked(last));
                foreach (var same in (MomentsAsked[])[new($"@{to}", $"@{to}"), new(last, last)])
                    if (await DiffAsync(ledger, subject, same) is { } none)
                        (none.Facts.Count, none.State.Changes.Count, none.Lawsuits.Count, none.Numbers.Count).ShouldBe((0, 0, 0, 0), $"{subject} {same}");
            }
        }, iter: 3, threads: 1);

    private static async Task<ReadSide> LedgerOf(RandomHistory history)
    {
        var ledger = await ReadSide.CreateAsync();
        await ledger.RecordAsync(history.Told);
        return ledger;
    }

    // The half that is asked for is that half of the whole: it begins with the states that the other one left.
    private static async Task PartsAreThoseOfTheWholeAsync(ReadSide ledger, Subject subject, IReadOnlyList<ToldStep> steps)
    {
        if (steps.Count < 2) return;
        var middle = steps[steps.Count / 2].Step.Fact.Sequence;
        var later = (await ReplayAsync(ledger, subject, new RangeAsked($"@{middle}"), true))!;
        var whole = (await ReplayAsync(ledger, subject, new RangeAsked(), true))!;
        Text(later).ShouldBe(Text([.. whole.Where(s => s.Step.Fact.Sequence >= middle)]));
        var earlier = (await ReplayAsync(ledger, subject, new RangeAsked(null, $"{middle - 1}"), true))!;
        earlier.Select(s => s.Step.Fact.Sequence).ShouldBe(whole.Select(s => s.Step.Fact.Sequence).Where(s => s < middle));

        static string Text(IReadOnlyList<ToldStep> steps) => AnswerJson.Text(new ReplayJson(unmasked: true).Of(steps));
    }

    private static async Task IsTheDifferenceAsync(ReadSide ledger, Subject subject, Difference difference, TimesAsked from, TimesAsked to)
    {
        Same(difference.State.Before, await ShownAsync(ledger, subject, from, true), $"{subject} before");
        Same(difference.State.After, await ShownAsync(ledger, subject, to, true), $"{subject} after");
        Same(MemberChange.Apply(difference.State.Before, difference.State.Changes), difference.State.After, $"{subject}");
        foreach (var lawsuit in difference.Lawsuits)
        {
            Same(lawsuit.Before, await ShownAsync(ledger, lawsuit.Subject, from, true), $"{lawsuit.Subject} before");
            Same(lawsuit.After, await ShownAsync(ledger, lawsuit.Subject, to, true), $"{lawsuit.Subject} after");
        }

        if (subject.Kind != StreamKind.Unit) return;
        foreach (var period in (string[])["2023", "2023Q1", "2023Q2", "2023Q3", "2023Q4", "2024", "2024Q1", "2024Q2"])
        {
            var counted = FigureMove.Between(await CountedAsync(ledger, subject.Key, period, from), await CountedAsync(ledger, subject.Key, period, to));
            difference.Numbers.Where(n => n.Number.Period.Text == period).Select(n => n.Number.Move).ShouldBe(counted, $"{subject} {period}");
            difference.Numbers.ShouldAllBe(n => n.By.Count > 0);
        }
    }

    private static async Task<Figures?> CountedAsync(ReadSide ledger, string unit, string period, TimesAsked times) =>
        (await ledger.Answers.ScorecardAsync(unit, period, null, times, Cancellation)).Value?.Row.Figures;

    private static async Task<IReadOnlyList<ToldStep>?> ReplayAsync(ReadSide ledger, Subject subject, RangeAsked range, bool unmasked) =>
        (await ledger.Get<ReplayAnswers>().ReplayAsync(subject, range, new TimesAsked(), Cancellation)).Value is { } untold ? await untold.TellAsync(unmasked) : null;

    private static async Task<Difference?> DiffAsync(ReadSide ledger, Subject subject, MomentsAsked moments)
    {
        var answer = await ledger.Get<ReplayAnswers>().DiffAsync(subject, moments, Cancellation);
        return answer.Value is { } untold ? (await untold.TellAsync(true)).Of : null;
    }

    // What show answers, without what the answer rests on; of other streams, the facts from which every question is answered.
    private static async Task<JsonNode?> ShownAsync(ReadSide ledger, Subject subject, TimesAsked times, bool unmasked)
    {
        switch (subject.Kind)
        {
            case StreamKind.Unit: return (await ledger.Answers.UnitAsync(subject.Key, times, Cancellation)).Value is { } unit ? AnswerJson.StateOf(unit) : null;
            case StreamKind.Lawsuit: return (await ledger.Answers.LawsuitAsync(subject.Key, times, Cancellation)).Value is { } lawsuit ? AnswerJson.StateOf(lawsuit, unmasked) : null;
            default:
                var (scope, _) = await ledger.Get<Scopes>().ResolveAsync(times, Cancellation);
                var facts = (await ledger.Get<FactMemory>().SituationAsync(scope!.Position, scope.AsOf, Cancellation)).Of(subject);
                return facts.Count == 0 ? null : new JsonObject
                {
                    ["facts"] = new JsonArray([.. facts.Select(f => (JsonNode)new JsonObject
                    {
                        ["sequence"] = f.Sequence, ["type"] = EventCatalog.NameOf(f.Fact), ["legalDate"] = f.Fact.LegalDate?.ToString("O"),
                        ["data"] = Masking.DataOf(subject.Kind, f.Fact, unmasked),
                    })]),
                };
        }
    }

    private static IEnumerable<Subject> SubjectsOf(RandomHistory history) => history.Told.Select(t => t.Subject).Distinct();

    private static void Same(JsonNode? one, JsonNode? other, string because) =>
        JsonNode.DeepEquals(one, other).ShouldBeTrue($"{because}:\n{one?.ToJsonString(FactJson.Options)}\n{other?.ToJsonString(FactJson.Options)}");

    private static TimesAsked At(long position) => new(Position: position.ToString(CultureInfo.InvariantCulture));

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
