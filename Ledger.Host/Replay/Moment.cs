using System.Globalization;
using Ledger.Domain.Facts;
using Ledger.Host.Answers;

namespace Ledger.Host.Replay;

/// <summary>The two time axes of the ledger.</summary>
public enum TimeAxis
{
    /// <summary>When it was recorded: a ledger position, or an instant that resolves to one.</summary>
    Recorded,

    /// <summary>When it happened in law: a day.</summary>
    Legal,
}

/// <summary>
/// A moment on one of the time axes, as it is written: <c>@1234</c> or <c>position:1234</c>, <c>known:2026-01-02T09:00:00+08:00</c>,
/// <c>asOf:2026-01-02</c> or the bare day.
/// </summary>
/// <param name="Text">As written.</param>
/// <param name="Axis">The axis that it lies on.</param>
/// <param name="Times">The time of a question that it means; the other axis is left open.</param>
public sealed record Moment(string Text, TimeAxis Axis, TimesAsked Times)
{
    /// <summary>The grammar, for help and API description.</summary>
    public const string Grammar = "@1234 | position:1234 | known:2026-01-02T09:00:00+08:00 | asOf:2026-01-02 | 2026-01-02";

    /// <summary>Reads a moment; null when it is none. Whether the ledger has reached it is asked later.</summary>
    public static Moment? Parse(string text)
    {
        if (text.StartsWith('@')) return OfPosition(text, text[1..]);
        if (After("position:") is { } position) return OfPosition(text, position);
        if (After("known:") is { } known) return FactSchema.IsInstant(known) ? new Moment(text, TimeAxis.Recorded, new TimesAsked(KnownAt: known)) : null;
        var day = After("asOf:") ?? text;
        return IsDay(day) ? new Moment(text, TimeAxis.Legal, new TimesAsked(AsOf: day)) : null;

        string? After(string prefix) => text.StartsWith(prefix, StringComparison.Ordinal) ? text[prefix.Length..] : null;
    }

    private static Moment? OfPosition(string text, string number) =>
        long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? new Moment(text, TimeAxis.Recorded, new TimesAsked(Position: number)) : null;

    private static bool IsDay(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}

/// <summary>Two moments of one axis, and where the other axis stands.</summary>
/// <param name="Axis">The axis.</param>
/// <param name="From">The earlier moment.</param>
/// <param name="To">The later moment.</param>
public sealed record Moments(TimeAxis Axis, Scope From, Scope To);

/// <summary>Two moments as they were asked for; without <paramref name="To"/> up to now.</summary>
/// <param name="From">The earlier moment (<see cref="Moment.Grammar"/>); required.</param>
/// <param name="To">The later moment, on the same axis.</param>
/// <param name="AsOf">For two recorded moments, the legal day of both: <c>YYYY-MM-DD</c>.</param>
/// <param name="KnownAt">For two legal days, what was known of both: RFC 3339 with an offset.</param>
/// <param name="Position">For two legal days, the ledger position of both.</param>
public sealed record MomentsAsked(string? From = null, string? To = null, string? AsOf = null, string? KnownAt = null, string? Position = null)
{
    /// <summary>Resolves both moments, or says which parameter is invalid.</summary>
    public async Task<(Moments? Moments, Refusal? Refusal)> ResolveAsync(Scopes scopes, CancellationToken cancellation)
    {
        if (From is null) return Invalid("from", "（缺少 / missing）");
        if (Moment.Parse(From) is not { } from) return Invalid("from", From);
        var to = To is null ? new Moment("", from.Axis, new TimesAsked()) : Moment.Parse(To);
        if (to is null || to.Axis != from.Axis) return Invalid("to", To!);
        // The axis that is compared cannot be fixed as well.
        if (from.Axis == TimeAxis.Recorded && (KnownAt ?? Position) is { } recorded) return Invalid(KnownAt is null ? "position" : "knownAt", recorded);
        if (from.Axis == TimeAxis.Legal && AsOf is not null) return Invalid("asOf", AsOf);

        var (end, refusal) = await scopes.ResolveAsync(Fixed(to.Times), cancellation);
        if (refusal is not null) return (null, Named(refusal, "to", To));
        // Of two days both are seen from the one position that the later one resolved to.
        var begun = from.Axis == TimeAxis.Legal ? new TimesAsked(from.Times.AsOf, null, end!.Position.ToString(CultureInfo.InvariantCulture)) : Fixed(from.Times);
        var (start, no) = await scopes.ResolveAsync(begun, cancellation);
        if (no is not null) return (null, Named(no, "from", From));
        if (from.Axis == TimeAxis.Legal) start = start! with { KnownAt = end!.KnownAt };
        return start!.Position > end!.Position || start.AsOf > end.AsOf ? Invalid(To is null ? "from" : "to", To ?? From) : (new Moments(from.Axis, start, end), null);

        TimesAsked Fixed(TimesAsked times) => from.Axis == TimeAxis.Recorded ? times with { AsOf = AsOf } : times with { KnownAt = KnownAt, Position = Position };

        // What is wrong with the other axis is told under its own name.
        Refusal Named(Refusal why, string moment, string? text) =>
            from.Axis == TimeAxis.Recorded && why == Refusal.Of(Codes.QueryInvalid, "asOf", AsOf) ? why
            : from.Axis == TimeAxis.Legal ? why
            : Refusal.Of(Codes.QueryInvalid, moment, text);
    }

    private static (Moments?, Refusal?) Invalid(string parameter, string value) => (null, Refusal.Of(Codes.QueryInvalid, parameter, value));
}
