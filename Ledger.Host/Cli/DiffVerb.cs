using System.CommandLine;
using Ledger.Domain.Facts;
using Ledger.Host.Answers;
using Ledger.Host.Replay;
using static Ledger.Host.Cli.CliTexts;

namespace Ledger.Host.Cli;

/// <summary><c>diff SUBJECT --from MOMENT --to MOMENT</c>: a subject, or a ranking, at two moments and what lies between.</summary>
public static class DiffVerb
{
    private const string RankingPrefix = "ranking/";

    private static readonly Option<string?> From = new("--from") { Description = Say("较早时刻：", "the earlier moment: ") + Moment.Grammar };
    private static readonly Option<string?> To = new("--to") { Description = Say("较晚时刻，须在同一时间轴上（默认现在）", "the later moment, on the same axis (default now)") };

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var subject = new Argument<string>("SUBJECT") { Description = "unit/wuquan, lawsuit/2023-0012, ranking/2025Q2" };
        return QueryVerbs.Verb(
            "diff", Say("比对一个对象或一期排名的两个时刻", "compare a subject, or a ranking, at two moments"),
            [subject], [From, To, QueryVerbs.List, QueryVerbs.Policy, .. QueryVerbs.TimeOptions], (ledger, parsed, cancellation) => RunAsync(ledger, parsed, parsed.GetValue(subject)!, cancellation));
    }

    private static async Task<int> RunAsync(CliLedger ledger, ParseResult parsed, string text, CancellationToken cancellation)
    {
        var (times, list, policy) = (QueryVerbs.Times(parsed), parsed.GetValue(QueryVerbs.List), parsed.GetValue(QueryVerbs.Policy));
        var moments = new MomentsAsked(parsed.GetValue(From), parsed.GetValue(To), times.AsOf, times.KnownAt, times.Position);
        if (text.StartsWith(RankingPrefix, StringComparison.Ordinal))
        {
            var ranking = await ledger.Replays.RankingAsync(text[RankingPrefix.Length..], list, policy, moments, cancellation);
            var words = await ReplayVerb.LabelsAsync(ledger, ranking.Scope, cancellation);
            return QueryVerbs.Give(parsed, ranking, (r, _) => new ReplayJson(unmasked: true).Of(r), (console, r, _) => new DiffTables(console, words).Write(r));
        }

        if (QueryVerbs.Parse(text) is not { } subject) return QueryVerbs.Refuse(Refusal.Of(Codes.QueryInvalid, "SUBJECT", text));
        // What a comparison cannot be narrowed by must not look as if it had been.
        if ((list ?? policy) is { } superfluous) return QueryVerbs.Refuse(Refusal.Of(Codes.QueryInvalid, list is null ? "policy" : "list", superfluous));
        var answer = await ledger.Replays.DiffAsync(subject, moments, cancellation);
        var told = new Answer<ToldDifference>(answer.Value is { } untold ? await untold.TellAsync(true) : null, answer.Refusal, answer.Scope);
        var labels = await ReplayVerb.LabelsAsync(ledger, told.Scope, cancellation);
        return QueryVerbs.Give(parsed, told, (d, _) => new ReplayJson(unmasked: true).Of(subject, d), (console, d, _) => new DiffTables(console, labels).Write(subject, d));
    }
}
