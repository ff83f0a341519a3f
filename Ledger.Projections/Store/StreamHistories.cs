using Ledger.Domain.Facts;

namespace Ledger.Projections.Store;

#pragma warning disable CA1812, MA0036, CA1052 // Names for the store: no instance is ever made.
/// <summary>The type of the streams <c>unit/{unit}</c>.</summary>
public sealed class UnitHistory;

/// <summary>The type of the streams <c>lawsuit/{key}</c>.</summary>
public sealed class LawsuitHistory;

/// <summary>The type of the streams <c>policy/{id}</c>.</summary>
public sealed class PolicyHistory;

/// <summary>The type of the streams <c>calendar/{year}</c>.</summary>
public sealed class CalendarHistory;

/// <summary>The type of the streams <c>benchmark/{period}</c>.</summary>
public sealed class BenchmarkHistory;
#pragma warning restore CA1812, MA0036, CA1052

/// <summary>
/// The type that the store declares for each kind of stream, so that no fact lands in a stream of no kind. Nothing is folded
/// into these: rules decide on the recorded facts themselves (<see cref="StreamAdmission"/>).
/// </summary>
public static class StreamHistories
{
    /// <summary>The type of a kind's streams.</summary>
    public static Type TypeOf(StreamKind kind) => kind switch
    {
        StreamKind.Unit => typeof(UnitHistory),
        StreamKind.Lawsuit => typeof(LawsuitHistory),
        StreamKind.Policy => typeof(PolicyHistory),
        StreamKind.Calendar => typeof(CalendarHistory),
        StreamKind.Benchmark => typeof(BenchmarkHistory),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
