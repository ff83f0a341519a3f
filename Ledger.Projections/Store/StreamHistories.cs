using JasperFx.Events;
using JasperFx.Events.Projections;
using Ledger.Domain.Facts;
using Marten;
using Marten.Events.Aggregation;

namespace Ledger.Projections.Store;

/// <summary>
/// The write model: a stream's recorded facts. Rules decide on the facts as they are read (corrections applied), so the
/// write model is the history itself; each stream kind has its own type, which is the type of its streams in the store.
/// </summary>
public abstract class StreamHistory
{
    private readonly List<Recorded> _facts = [];

    /// <summary>The subject, <c>kind/key</c>.</summary>
    public string Id { get; set; } = "";

    /// <summary>The facts in ledger order.</summary>
    public IReadOnlyList<Recorded> Facts => _facts;

    internal void Add(Recorded fact) => _facts.Add(fact);
}

/// <summary>The write model of <c>unit/{unit}</c>.</summary>
public sealed class UnitHistory : StreamHistory;

/// <summary>The write model of <c>lawsuit/{key}</c>.</summary>
public sealed class LawsuitHistory : StreamHistory;

/// <summary>The write model of <c>policy/{id}</c>.</summary>
public sealed class PolicyHistory : StreamHistory;

/// <summary>The write model of <c>calendar/{year}</c>.</summary>
public sealed class CalendarHistory : StreamHistory;

/// <summary>The write model of <c>benchmark/{period}</c>.</summary>
public sealed class BenchmarkHistory : StreamHistory;

/// <summary>Folds a write model when a command asks for it; nothing of it is stored.</summary>
public sealed partial class HistoryFold<THistory> : SingleStreamProjection<THistory, string>
    where THistory : StreamHistory, new()
{
    /// <inheritdoc/>
    public override THistory? Evolve(THistory? snapshot, string id, IEvent e)
    {
        if (e.Data is not IFact) return snapshot;
        snapshot ??= new THistory { Id = id };
        snapshot.Add(FactEvents.ToRecorded(e));
        return snapshot;
    }
}

/// <summary>Registers the write models.</summary>
public static class StreamHistories
{
    /// <summary>The write model of a stream kind.</summary>
    public static Type TypeOf(StreamKind kind) => kind switch
    {
        StreamKind.Unit => typeof(UnitHistory),
        StreamKind.Lawsuit => typeof(LawsuitHistory),
        StreamKind.Policy => typeof(PolicyHistory),
        StreamKind.Calendar => typeof(CalendarHistory),
        StreamKind.Benchmark => typeof(BenchmarkHistory),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>Adds the live folds of all stream kinds.</summary>
    public static void Configure(StoreOptions options)
    {
        options.Projections.Add(new HistoryFold<UnitHistory>(), ProjectionLifecycle.Live);
        options.Projections.Add(new HistoryFold<LawsuitHistory>(), ProjectionLifecycle.Live);
        options.Projections.Add(new HistoryFold<PolicyHistory>(), ProjectionLifecycle.Live);
        options.Projections.Add(new HistoryFold<CalendarHistory>(), ProjectionLifecycle.Live);
        options.Projections.Add(new HistoryFold<BenchmarkHistory>(), ProjectionLifecycle.Live);
    }
}
