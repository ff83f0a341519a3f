using Ledger.Domain.Facts;
using Ledger.Domain.Policies;
using Ledger.Host.Answers;
using Ledger.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Answers;

/// <summary>What a question is told when it cannot be answered, and that a policy is chosen by its effective day.</summary>
public sealed class AnswerTests : IAsyncLifetime
{
    private LedgerDatabase _ledger = null!;

    public async ValueTask InitializeAsync() => _ledger = await LedgerDatabase.CreateAsync();

    public ValueTask DisposeAsync() => _ledger.DisposeAsync();

    [Theory]
    [InlineData("policy/none", Codes.SubjectNotFound)]
    [InlineData("unit/none", Codes.UnitNotFound)]
    [InlineData("lawsuit/none", Codes.LawsuitNotFound)]
    public async Task A_subject_without_facts_has_no_history(string subject, string code) =>
        (await _ledger.Answers.HistoryAsync(Subject.Parse(subject), new TimesAsked())).Refusal!.Code.ShouldBe(code);

    [Theory]
    [InlineData("2023Q5", null, null, null)]
    [InlineData("2023", "2023-02-30", null, null)]
    [InlineData("2023", null, "yesterday", null)]
    [InlineData("2023", null, null, "999999")]
    [InlineData("2023", null, null, "-1")]
    [InlineData("2023", null, "2026-01-01T00:00:00Z", "1")]
    public async Task A_question_that_does_not_parse_or_lies_beyond_the_end_is_invalid(string period, string? asOf, string? knownAt, string? position) =>
        (await _ledger.Answers.RankingAsync(period, null, null, new TimesAsked(asOf, knownAt, position))).Refusal!.Code.ShouldBe(Codes.QueryInvalid);

    [Fact]
    public async Task A_policy_is_chosen_by_its_effective_day_and_a_built_in_one_before_any()
    {
        await _ledger.RecordAsync("policy/strict", new CountingPolicyAdopted(new DateOnly(2023, 4, 1), CountingBasis.SubstantiveJudgment));
        (await PolicyOfAsync("2023Q1")).ShouldBe("P-A");
        (await PolicyOfAsync("2023Q2")).ShouldBe("strict");
        (await PolicyOfAsync("2023")).ShouldBe("P-A");
        (await PolicyOfAsync("2023", "strict")).ShouldBe("strict");
        (await _ledger.Answers.RankingAsync("2023", null, "none", new TimesAsked())).Refusal!.Code.ShouldBe(Codes.PolicyNotFound);
    }

    private async Task<string> PolicyOfAsync(string period, string? policy = null) =>
        (await _ledger.Answers.RankingAsync(period, null, policy, new TimesAsked())).Value!.Policy.Id;
}
