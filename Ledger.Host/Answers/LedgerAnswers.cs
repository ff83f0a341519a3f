using Ledger.Domain.Benchmarks;
using Ledger.Domain.Calendar;
using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Obligations;
using Ledger.Domain.Policies;
using Ledger.Domain.Units;
using Ledger.Host.Attachments;
using Ledger.Projections.Reading;

namespace Ledger.Host.Answers;

/// <summary>
/// The questions of facts.md §4, the same for HTTP and CLI. "Now" is read from the projections when they stand exactly at
/// the ledger's position; every other time, and a projection that is behind, is folded from the facts by the same functions.
/// What an event that cannot be read would change is withheld.
/// </summary>
public sealed class LedgerAnswers(Scopes scopes, ReadModels readModels, FactMemory memory, FactLog log, AttachmentStore attachments)
{
    /// <summary>The ranking of a period.</summary>
    public Task<Answer<Ranking>> RankingAsync(
        string period, string? list, string? policy, TimesAsked times, CancellationToken cancellation = default) =>
        AnswerAsync<Ranking>(times, period, (county, of) =>
            !TryParseList(list, out var which) ? (null, Refusal.Of(Codes.QueryInvalid, "list", list))
            : PolicyOf(county, of!, policy) is not { } by ? (null, Refusal.Of(Codes.PolicyNotFound, policy))
            : (county.Rank(of!, which, by), null), cancellation);

    /// <summary>A unit's row of a period with the lawsuits behind each number.</summary>
    public Task<Answer<Scorecard>> ScorecardAsync(
        string unit, string period, string? policy, TimesAsked times, CancellationToken cancellation = default) =>
        AnswerAsync<Scorecard>(times, period, (county, of) =>
            county.Find(unit) is not { } found ? (null, Refusal.Of(Codes.UnitNotFound, unit))
            : PolicyOf(county, of!, policy) is not { } by ? (null, Refusal.Of(Codes.PolicyNotFound, policy))
            : (county.Scorecard(found, of!, by), null), cancellation);

    /// <summary>The obligations, optionally of one unit, kind or status.</summary>
    public Task<Answer<IReadOnlyList<Obligation>>> ObligationsAsync(
        string? unit, string? kind, string? status, TimesAsked times, CancellationToken cancellation = default) =>
        AnswerAsync<IReadOnlyList<Obligation>>(times, null, (county, _) =>
        {
            if (unit is not null && county.Find(unit) is null) return (null, Refusal.Of(Codes.UnitNotFound, unit));
            if (!TryParse<ObligationKind>(kind, out var ofKind)) return (null, Refusal.Of(Codes.QueryInvalid, "kind", kind));
            if (!TryParse<ObligationStatus>(status, out var ofStatus)) return (null, Refusal.Of(Codes.QueryInvalid, "status", status));
            return ([.. county.Obligations(unit).Where(o => (ofKind ?? o.Kind) == o.Kind && (ofStatus ?? o.Status) == o.Status)], null);
        }, cancellation);

    /// <summary>The names of the registered units, for people who do not know their keys.</summary>
    public Task<Answer<IReadOnlyDictionary<string, string>>> NamesAsync(TimesAsked times, CancellationToken cancellation = default) =>
        AnswerAsync<IReadOnlyDictionary<string, string>>(times, null, (county, _) => (county.Names(), null), cancellation);

    /// <summary>Every counting policy that can be asked for: those recorded, then the built-in ones.</summary>
    public Task<Answer<IReadOnlyList<CountingPolicy>>> PoliciesAsync(TimesAsked times, CancellationToken cancellation = default) =>
        AnswerAsync<IReadOnlyList<CountingPolicy>>(times, null, (county, _) => (county.Policies.Known, null), cancellation);

    /// <summary>The working days as published.</summary>
    public Task<Answer<WorkingCalendar>> CalendarAsync(TimesAsked times, CancellationToken cancellation = default) =>
        AnswerAsync<WorkingCalendar>(times, null, (county, _) => (county.Calendar, null), cancellation);

    /// <summary>The county's figure beside the province's (goals G4 and G5 of the plan).</summary>
    public async Task<Answer<Comparison>> ComparisonAsync(
        string period, string? indicator, string? policy, TimesAsked times, CancellationToken cancellation = default)
    {
        if (!TryParse<BenchmarkIndicator>(indicator, out var which)) return Refused<Comparison>(Refusal.Of(Codes.QueryInvalid, "indicator", indicator));
        var ranking = await RankingAsync(period, null, policy, times, cancellation);
        if (ranking.Value is not { } value) return new Answer<Comparison>(null, ranking.Refusal, ranking.Scope);
        var benchmark = await HistoryAsync(new Subject(StreamKind.Benchmark, period), ranking.Scope!, cancellation);
        var of = which ?? BenchmarkIndicator.LossRate;
        var county = of == BenchmarkIndicator.LossRate ? value.County.LossRate : new Domain.Ratio(value.County.NewCases, 1);
        var (comparison, refusal) = Comparison.Of(of, county, value.Policy, VisibleFacts.Of([.. benchmark.Select(e => e.Recorded)]), period);
        return new Answer<Comparison>(comparison, refusal, ranking.Scope);
    }

    /// <summary>
    /// The recorded facts of a subject in recorded order; of a unit, its own and those of every lawsuit in which it is or was
    /// a defendant.
    /// </summary>
    public async Task<Answer<IReadOnlyList<HistoryEntry>>> HistoryAsync(Subject subject, TimesAsked times, CancellationToken cancellation = default)
    {
        var (scope, refusal) = await scopes.ResolveAsync(times, cancellation);
        if (refusal is not null) return Refused<IReadOnlyList<HistoryEntry>>(refusal);
        try
        {
            var entries = subject.Kind == StreamKind.Unit
                ? await UnitHistoryAsync(subject, scope!, cancellation)
                : await HistoryAsync(subject, scope!, cancellation);
            return entries.Count == 0
                ? new(null, NotFound(subject), scope)
                : new(await WithDocumentsAsync(HistoryEntry.Of(entries, scope!.AsOf), cancellation), null, scope);
        }
        catch (UnreadableFactException e)
        {
            return Withheld<IReadOnlyList<HistoryEntry>>(e.Type, e.Sequence, scope!);
        }
    }

    // Whether a document is there is no fact: it is looked up when the question is asked, whatever time it is about.
    internal async Task<IReadOnlyList<HistoryEntry>> WithDocumentsAsync(IReadOnlyList<HistoryEntry> history, CancellationToken cancellation)
    {
        var hashes = history.SelectMany(h => h.Documents).Select(d => d.Sha256).Distinct(StringComparer.Ordinal).ToList();
        if (hashes.Count == 0) return history;
        var stored = await attachments.FindAsync(hashes, cancellation);
        return
        [
            .. history.Select(h => h.Documents.Count == 0
                ? h
                : h with { Documents = [.. h.Documents.Select(d => d with { Stored = stored.GetValueOrDefault(d.Sha256.ToLowerInvariant()) })] }),
        ];
    }

    /// <summary>A lawsuit's folded state, with its obligations and appeal periods.</summary>
    public async Task<Answer<LawsuitState>> LawsuitAsync(string key, TimesAsked times, CancellationToken cancellation = default)
    {
        var (scope, refusal) = await scopes.ResolveAsync(times, cancellation);
        if (refusal is not null) return Refused<LawsuitState>(refusal);
        try
        {
            var subject = Subject.Lawsuit(key);
            var entries = await HistoryAsync(subject, scope!, cancellation);
            var lawsuit = Lawsuit.Fold(key, VisibleFacts.Of([.. entries.Select(e => e.Recorded)]), scope!.AsOf);
            if (lawsuit.Docketed is null) return new(null, NotFound(subject), scope);
            var county = await CountyAsync(scope, null, cancellation);
            return new(LawsuitState.Of(lawsuit, county, scope.AsOf), null, scope);
        }
        catch (UnreadableFactException e)
        {
            return Withheld<LawsuitState>(e.Type, e.Sequence, scope!);
        }
    }

    /// <summary>A unit's folded state.</summary>
    public Task<Answer<Unit>> UnitAsync(string unit, TimesAsked times, CancellationToken cancellation = default) =>
        AnswerAsync<Unit>(times, null, (county, _) =>
            county.Find(unit) is { } found ? (found, null) : (null, Refusal.Of(Codes.UnitNotFound, unit)), cancellation);

    private async Task<Answer<T>> AnswerAsync<T>(
        TimesAsked times, string? period, Func<County, Period?, (T? Value, Refusal? Refusal)> answer, CancellationToken cancellation)
        where T : class
    {
        Period? parsed = null;
        if (period is not null && !Period.TryParse(period, out parsed)) return Refused<T>(Refusal.Of(Codes.QueryInvalid, "period", period));
        var (scope, refusal) = await scopes.ResolveAsync(times, cancellation);
        if (refusal is not null) return Refused<T>(refusal);
        try
        {
            if (scope!.IsNow && (await readModels.StateAsync(cancellation)).Failure is { } stopped)
                return Withheld<T>(stopped.Shard, stopped.Sequence ?? 0, scope);
            var (value, no) = answer(await CountyAsync(scope, parsed, cancellation), parsed);
            return new Answer<T>(value, no, scope);
        }
        catch (UnreadableFactException e)
        {
            return Withheld<T>(e.Type, e.Sequence, scope!);
        }
    }

    private async Task<County> CountyAsync(Scope scope, Period? period, CancellationToken cancellation) =>
        (scope.IsNow ? await readModels.CountyAsync(scope.Position, period, scope.AsOf, cancellation) : null)
        ?? await memory.CountyAsync(scope.Position, scope.AsOf, cancellation);

    private async Task<IReadOnlyList<LedgerEntry>> UnitHistoryAsync(Subject unit, Scope scope, CancellationToken cancellation)
    {
        var lawsuits = (scope.IsNow ? await readModels.DocketAsync(unit.Key, scope.Position, cancellation) : null)
            ?? [
                .. (await memory.AtAsync(scope.Position, cancellation)).Of(StreamKind.Lawsuit)
                    .Where(l => Lawsuit.Fold(l.Key, l.Facts, DateOnly.MaxValue).WasDefendant(unit.Key))
                    .Select(l => Subject.Lawsuit(l.Key).ToString()),
            ];
        return await log.ReadAsync(lawsuits.Append(unit.ToString()), scope.Position, cancellation).ToListAsync(cancellation);
    }

    private async Task<IReadOnlyList<LedgerEntry>> HistoryAsync(Subject subject, Scope scope, CancellationToken cancellation) =>
        await log.ReadAsync([subject.ToString()], scope.Position, cancellation).ToListAsync(cancellation);

    private static CountingPolicy? PolicyOf(County county, Period period, string? id) =>
        id is null ? county.Policies.GoverningFrom(period.First) : county.Policies.Find(id);

    internal static bool TryParseList(string? text, out UnitList list)
    {
        var known = TryParse<UnitList>(text, out var parsed);
        list = parsed ?? UnitList.All;
        return known;
    }

    private static bool TryParse<TCode>(string? text, out TCode? code)
        where TCode : struct, Enum
    {
        code = null;
        if (text is null) return true;
        if (!Enum.GetNames<TCode>().Contains(text, StringComparer.Ordinal)) return false;
        code = Enum.Parse<TCode>(text);
        return true;
    }

    internal static Refusal NotFound(Subject subject) => subject.Kind switch
    {
        StreamKind.Unit => Refusal.Of(Codes.UnitNotFound, subject.Key),
        StreamKind.Lawsuit => Refusal.Of(Codes.LawsuitNotFound, subject.Key),
        _ => Refusal.Of(Codes.SubjectNotFound, subject),
    };

    private static Answer<T> Refused<T>(Refusal refusal)
        where T : class => new(null, refusal, null);

    private static Answer<T> Withheld<T>(string what, long sequence, Scope scope)
        where T : class => new(null, Refusal.Of(Codes.AnswerWithheld, what, sequence), scope);
}
