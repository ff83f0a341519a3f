namespace Ledger.Domain;

/// <summary>Legal dates are local dates in Asia/Shanghai, which has been UTC+8 without daylight saving since 1991.</summary>
public static class ShanghaiTime
{
    /// <summary>Asia/Shanghai's offset.</summary>
    public static TimeSpan Offset { get; } = TimeSpan.FromHours(8);

    /// <summary>The local date of an instant.</summary>
    public static DateOnly DateOf(DateTimeOffset instant) =>
        DateTime.MaxValue - instant.UtcDateTime < Offset ? DateOnly.MaxValue : DateOnly.FromDateTime(instant.UtcDateTime + Offset);

    /// <summary>The instant at which a local day begins.</summary>
    public static DateTimeOffset StartOf(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), Offset);

    /// <summary>The ledger's today.</summary>
    public static DateOnly Today(this TimeProvider time) => DateOf(time.GetUtcNow());
}
