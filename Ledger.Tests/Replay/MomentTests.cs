using Ledger.Domain.Facts;
using Ledger.Host.Answers;
using Ledger.Host.Replay;
using Ledger.Tests.Infrastructure;
using Ledger.Tests.Projections;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Replay;

/// <summary>How a moment is written, and which two can be compared.</summary>
public sealed class MomentTests : IAsyncLifetime
{
    private ReadSide _ledger = null!;

    public async ValueTask InitializeAsync()
    {
        _ledger = await ReadSide.CreateAsync();
        await _ledger.RecordAsync(Samples.Units);
    }

    public async ValueTask DisposeAsync() => await _ledger.DisposeAsync();

    [Theory]
    [InlineData("@12", TimeAxis.Recorded, null, null, "12")]
    [InlineData("position:12", TimeAxis.Recorded, null, null, "12")]
    [InlineData("known:2026-01-02T09:00:00+08:00", TimeAxis.Recorded, null, "2026-01-02T09:00:00+08:00", null)]
    [InlineData("asOf:2026-01-02", TimeAxis.Legal, "2026-01-02", null, null)]
    [InlineData("2026-01-02", TimeAxis.Legal, "2026-01-02", null, null)]
    public void It_is_read(string text, TimeAxis axis, string? asOf, string? knownAt, string? position) =>
        Moment.Parse(text).ShouldBe(new Moment(text, axis, new TimesAsked(asOf, knownAt, position)));

    [Theory]
    [InlineData("")]
    [InlineData("@")]
    [InlineData("@-1")]
    [InlineData("@ 1")]
    [InlineData("12")]
    [InlineData("position:")]
    [InlineData("known:2026-01-02")]
    [InlineData("known:2026-01-02T09:00:00")]
    [InlineData("asOf:2026-02-30")]
    [InlineData("asOf:")]
    [InlineData("2026-1-2")]
    [InlineData("yesterday")]
    public void What_is_no_moment_is_not(string text) => Moment.Parse(text).ShouldBeNull();

    [Theory]
    [InlineData(null, "@2", null, null, null, "from")]
    [InlineData("noon", "@2", null, null, null, "from")]
    [InlineData("@1", "noon", null, null, null, "to")]
    [InlineData("@1", "2024-01-01", null, null, null, "to")] // two axes
    [InlineData("2024-01-01", "known:2026-01-02T09:00:00+08:00", null, null, null, "to")]
    [InlineData("@2", "@1", null, null, null, "to")] // out of order
    [InlineData("2024-01-02", "2024-01-01", null, null, null, "to")]
    [InlineData("2099-01-01", null, null, null, null, "from")]
    [InlineData("@1", "@999999", null, null, null, "to")] // past the end
    [InlineData("@999999", null, null, null, null, "from")]
    [InlineData("@1", "@2", null, null, "2", "position")] // the compared axis is fixed as well
    [InlineData("@1", "@2", null, "2026-01-02T09:00:00+08:00", null, "knownAt")]
    [InlineData("2024-01-01", "2024-01-02", "2024-01-01", null, null, "asOf")]
    [InlineData("@1", "@2", "never", null, null, "asOf")]
    [InlineData("2024-01-01", "2024-01-02", null, "never", null, "knownAt")]
    [InlineData("2024-01-01", "2024-01-02", null, null, "-1", "position")]
    [InlineData("2024-01-01", "2024-01-02", null, "2026-01-02T09:00:00+08:00", "1", "position")]
    public async Task What_cannot_be_compared_is_refused_under_its_name(string? from, string? to, string? asOf, string? knownAt, string? position, string parameter)
    {
        var (moments, refusal) = await new MomentsAsked(from, to, asOf, knownAt, position).ResolveAsync(_ledger.Get<Scopes>(), TestContext.Current.CancellationToken);
        moments.ShouldBeNull();
        refusal!.Code.ShouldBe(Codes.QueryInvalid);
        refusal.English.ShouldContain($"'{parameter}'");
    }

    [Fact]
    public async Task Without_an_end_it_goes_up_to_now_and_the_other_axis_is_that_of_both()
    {
        var end = (await _ledger.Positions.AdvanceAsync(TestContext.Current.CancellationToken)).Position;
        var recorded = await ResolvedAsync(new MomentsAsked("@0", null, "2023-05-01"));
        (recorded.From.Position, recorded.To.Position, recorded.From.AsOf, recorded.To.AsOf).ShouldBe((0, end, new DateOnly(2023, 5, 1), new DateOnly(2023, 5, 1)));
        var legal = await ResolvedAsync(new MomentsAsked("2023-05-01", Position: "3"));
        (legal.From.Position, legal.To.Position, legal.From.AsOf, legal.To.AsOf).ShouldBe((3, 3, new DateOnly(2023, 5, 1), new DateOnly(2024, 6, 30)));
        legal.From.KnownAt.ShouldBe(legal.To.KnownAt);
        // An instant and the position that it resolves to are the same moment, so they can be mixed.
        var mixed = await ResolvedAsync(new MomentsAsked("@3", $"known:{AnswerJson.Instant(recorded.To.KnownAt)}"));
        (mixed.Axis, mixed.From.Position, mixed.To.Position).ShouldBe((TimeAxis.Recorded, 3, end));
    }

    private async Task<Moments> ResolvedAsync(MomentsAsked asked)
    {
        var (moments, refusal) = await asked.ResolveAsync(_ledger.Get<Scopes>(), TestContext.Current.CancellationToken);
        refusal.ShouldBeNull();
        return moments!;
    }
}
