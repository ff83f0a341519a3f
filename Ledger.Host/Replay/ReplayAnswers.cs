using System.Globalization;
using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Domain.Plan;
using Ledger.Host.Answers;
using Ledger.Projections.Reading;

namespace Ledger.Host.Replay;

/// <summary>Which part of a replay is asked for: ledger sequences, both included.</summary>
/// <param name="From">The first; <c>1234</c> or <c>@1234</c>.</param>
/// <param name="To">The last.</param>
public sealed record RangeAsked(string? From = null, string? To = null)
{
    /// <summary>Reads both, or says which one is invalid.</summary>
    public (long From, long To, Refusal? Refusal) Read()
    {
        if (!TryRead(From, 0, out var from)) return (0, 0, Refusal.Of(Codes.QueryInvalid, "from", From));
        if (!TryRead(To, long.MaxValue, out var to) || to < from) return (0, 0, Refusal.Of(Codes.QueryInvalid, "to", To));
        return (from, to, null);
    }

    private static bool TryRead(string? text, long absent, out long sequence)
    {
        sequence = absent;
        return text is null || long.TryParse(text.StartsWith('@') ? text[1..] : text, NumberStyles.None, CultureInfo.InvariantCulture, out sequence);
    }
}

/// <summary>A fact of a replay with what the ledger holds of it.</summary>
/// <param name="Entry">The fact as histories show it.</param>
/// <param name="Step">What it did.</param>
public sealed record ToldStep(HistoryEntry Entry, ReplayStep Step);

/// <summary>A difference with what the ledger holds of each fact in it.</summary>
/// <param name="Moments">The two moments.</param>
/// <param name="Of">The difference.</param>
/// <param name="Facts">The facts as histories show them, by sequence.</param>
public sealed record ToldDifference(Moments Moments, Difference Of, IReadOnlyDictionary<long, HistoryEntry> Facts);

/// <summary>A ranking's difference with what the ledger holds of each fact in it.</summary>
/// <param name="Moments">The two positions.</param>
/// <param name="Of">The difference.</param>
/// <param name="Facts">The facts as histories show them, by sequence.</param>
/// <param name="To">The ledger at the later position.</param>
public sealed record ToldRanking(Moments Moments, RankingDifference Of, IReadOnlyDictionary<long, HistoryEntry> Facts, Situation To);

/// <summary>
/// Something that may hold people's names: it is found first, so that it can be decided whether its reader needs them, and then
/// told.
/// </summary>
/// <param name="Facts">The facts that it is told from.</param>
/// <param name="TellAsync">Tells it, with the names or without.</param>
public sealed record Untold<T>(IReadOnlyList<(StreamKind Kind, IFact Fact)> Facts, Func<bool, Task<T>> TellAsync);

/// <summary>Replays and comparisons, the same for HTTP and CLI, by the folds and counting functions of all other answers.</summary>
public sealed class ReplayAnswers(Scopes scopes, FactMemory memory, FactLog log, LedgerAnswers answers)
{
    /// <summary>A subject's history fact by fact with the state before and after.</summary>
    public async Task<Answer<Untold<IReadOnlyList<ToldStep>>>> ReplayAsync(
        Subject subject, RangeAsked range, TimesAsked times, CancellationToken cancellation = default)
    {
        var (first, last, invalid) = range.Read();
        if (invalid is not null) return new(null, invalid, null);
        var (scope, refusal) = await scopes.ResolveAsync(times, cancellation);
        if (refusal is not null) return new(null, refusal, null);
        return await WithholdingAsync(scope!, async () =>
        {
            // What is told is known at the one position, whichever part of it is asked for.
            var to = await memory.SituationAsync(scope!.Position, scope.AsOf, cancellation);
            var from = await memory.SituationAsync(Math.Min(Math.Max(first - 1, 0), to.Position), scope.AsOf, cancellation);
            return Found<IReadOnlyList<ToldStep>>(subject, to, scope, streams => async unmasked =>
            {
                var steps = HistoryReplay.Steps(streams, from, to, unmasked).TakeWhile(s => s.Fact.Sequence <= last).ToList();
                var entries = await EntriesAsync(streams, [.. steps.Where(s => s.IsElsewhere).Select(s => s.Fact.Sequence)], to, cancellation);
                return [.. steps.Select(s => new ToldStep(entries[s.Fact.Sequence], s))];
            });
        });
    }

    /// <summary>A subject at two moments of one axis.</summary>
    public async Task<Answer<Untold<ToldDifference>>> DiffAsync(Subject subject, MomentsAsked asked, CancellationToken cancellation = default)
    {
        var (moments, refusal) = await asked.ResolveAsync(scopes, cancellation);
        if (refusal is not null) return new(null, refusal, null);
        return await WithholdingAsync(moments!.To, async () =>
        {
            var from = await memory.SituationAsync(moments.From.Position, moments.From.AsOf, cancellation);
            var to = await memory.SituationAsync(moments.To.Position, moments.To.AsOf, cancellation);
            return Found<ToldDifference>(subject, to, moments.To, streams => async unmasked =>
            {
                var difference = Difference.Between(moments.Axis, streams, from, to, unmasked);
                var elsewhere = difference.Facts.Where(f => f.IsElsewhere).Select(f => f.Fact.Sequence);
                return new ToldDifference(moments, difference, await EntriesAsync(streams, [.. elsewhere], to, cancellation));
            });
        });
    }

    /// <summary>A ranking at two positions.</summary>
    public async Task<Answer<ToldRanking>> RankingAsync(
        string period, string? list, string? policy, MomentsAsked asked, CancellationToken cancellation = default)
    {
        if (!Period.TryParse(period, out var of)) return new(null, Refusal.Of(Codes.QueryInvalid, "period", period), null);
        if (!LedgerAnswers.TryParseList(list, out var which)) return new(null, Refusal.Of(Codes.QueryInvalid, "list", list), null);
        // Two days would mostly differ by cases that had not happened yet: that is two rankings, not one that moved.
        if (asked.From is { } text && Moment.Parse(text) is { Axis: TimeAxis.Legal }) return new(null, Refusal.Of(Codes.QueryInvalid, "from", text), null);
        var (moments, refusal) = await asked.ResolveAsync(scopes, cancellation);
        if (refusal is not null) return new(null, refusal, null);
        return await WithholdingAsync<ToldRanking>(moments!.To, async () =>
        {
            var from = await memory.SituationAsync(moments.From.Position, moments.From.AsOf, cancellation);
            var to = await memory.SituationAsync(moments.To.Position, moments.To.AsOf, cancellation);
            var by = policy is null ? null : to.County.Policies.Find(policy);
            if (policy is not null && by is null) return new(null, Refusal.Of(Codes.PolicyNotFound, policy), moments.To);
            var difference = RankingDifference.Between(from, to, of, which, by);
            var entries = await ReadAsync([.. difference.Steps.Select(s => s.Fact.Sequence)], cancellation);
            return new(new ToldRanking(moments, difference, entries, to), null, moments.To);
        });
    }

    private static Answer<Untold<T>> Found<T>(Subject subject, Situation to, Scope scope, Func<ReplayedStreams, Func<bool, Task<T>>> tell)
    {
        if (to.Everything.RecordedIn(subject).Count == 0) return new(null, LedgerAnswers.NotFound(subject), scope);
        var streams = ReplayedStreams.Of(subject, to);
        return new(new Untold<T>([.. streams.Own.SelectMany(s => to.Everything.RecordedIn(s).Select(r => (s.Kind, r.Fact)))], tell(streams)), null, scope);
    }

    // Own facts with all that a history says of them; of the others what they are.
    private async Task<Dictionary<long, HistoryEntry>> EntriesAsync(ReplayedStreams streams, IReadOnlyList<long> elsewhere, Situation at, CancellationToken cancellation)
    {
        var own = await log.ReadAsync(streams.Own.Select(s => s.ToString()), at.Position, cancellation).ToListAsync(cancellation);
        var entries = (await answers.WithDocumentsAsync(HistoryEntry.Of(own, at.AsOf, orWhenRecorded: true), cancellation)).ToDictionary(h => h.Entry.Recorded.Sequence);
        foreach (var (sequence, entry) in await ReadAsync(elsewhere, cancellation)) entries[sequence] = entry;
        return entries;
    }

    private async Task<Dictionary<long, HistoryEntry>> ReadAsync(IReadOnlyList<long> sequences, CancellationToken cancellation) => sequences.Count == 0
        ? []
        : await log.ReadAsync(sequences, cancellation).ToDictionaryAsync(
            e => e.Recorded.Sequence, e => new HistoryEntry(e, e.Recorded.Fact.LegalDate, []), cancellationToken: cancellation);

    private static async Task<Answer<T>> WithholdingAsync<T>(Scope scope, Func<Task<Answer<T>>> answer)
        where T : class
    {
        try
        {
            return await answer();
        }
        catch (UnreadableFactException e)
        {
            return new(null, Refusal.Of(Codes.AnswerWithheld, e.Type, e.Sequence), scope);
        }
    }
}
