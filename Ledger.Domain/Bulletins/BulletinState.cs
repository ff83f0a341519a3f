using Ledger.Domain.Facts;
using Ledger.Domain.Periods;

namespace Ledger.Domain.Bulletins;

/// <summary>
/// One bulletin with its restatements. The key is the period (<c>2025Q1</c>), for an accountability bulletin
/// <c>accountability-2025Q1</c>: so there is one of each for a period.
/// </summary>
/// <param name="key">The key.</param>
public sealed class BulletinState(string key) : SubjectState(new Subject(StreamKind.Bulletin, key))
{
    private readonly List<VisibleFact> _facts = [];

    /// <summary>The stream of a period's ranking bulletin.</summary>
    public static Subject OfRanking(string period) => new(StreamKind.Bulletin, period);

    /// <summary>The stream of a quarter's accountability bulletin.</summary>
    public static Subject OfAccountability(string period) => new(StreamKind.Bulletin, "accountability-" + period);

    /// <summary>What stands of a ranking bulletin: as published, or the last restatement; null before it is published.</summary>
    public static IStatesRanking? Standing(IEnumerable<VisibleFact> facts) =>
        facts.Select(f => f.Fact).OfType<IStatesRanking>().MaxBy(f => f is BulletinRestated restated ? restated.Number : 0);

    /// <inheritdoc/>
    protected override Refusal? Decide(IFact fact, AdmissionContext context) => fact switch
    {
        RankingBulletinPublished f => OfKey(OfRanking(f.Period), f.Period) ?? CheckPublished(f, context),
        BulletinRestated f => OfKey(OfRanking(f.Period), f.Period) ?? CheckRestated(f),
        AccountabilityBulletinPublished f => OfKey(OfAccountability(f.Period), f.Period)
            ?? NotBefore(f.PublishedOn, f.AsOf, "asOf"),
        AccountabilityBulletinRestated f => OfKey(OfAccountability(f.Period), f.Period) ?? CheckRestated(f),
        _ => null,
    };

    /// <inheritdoc/>
    protected override void Fold(VisibleFact fact) => _facts.Add(fact);

    private Refusal? OfKey(Subject expected, string period) => expected == Subject ? null : Refusal.Of(Codes.InvalidValue, "period", period);

    private static Refusal? CheckPublished(RankingBulletinPublished fact, AdmissionContext context)
    {
        if (PeriodState.ClosingOf(context.FactsOf(new Subject(StreamKind.Period, fact.Period))) is not { } closing)
            return Refusal.Of(Codes.BulletinNotClosed, fact.Period);
        if (closing.Position != fact.Position || closing.Policy != fact.Policy || closing.AsOf != fact.AsOf
            || !string.Equals(closing.RowsSha256, fact.RowsSha256, StringComparison.OrdinalIgnoreCase))
            return Refusal.Of(Codes.BulletinDiffersFromClosing, fact.Period, closing.Position, closing.Policy, closing.RowsSha256);
        return NotBefore(fact.PublishedOn, closing.ClosedOn, nameof(QuarterClosed));
    }

    private Refusal? CheckRestated(BulletinRestated fact)
    {
        if (Standing(_facts) is not { } last) return Refusal.Of(Codes.SubjectNotFound, Subject);
        var number = last is BulletinRestated { Number: var before } ? before : 0;
        return CheckNumber(fact.Number, number, fact.Position, fact.AsOf, last.Position, last.AsOf) ?? NotBefore(fact.RestatedOn, last.LegalDate!.Value, EventCatalog.NameOf(last));
    }

    private Refusal? CheckRestated(AccountabilityBulletinRestated fact)
    {
        if (AccountabilityCount.Standing(_facts) is not var (number, position, asOf, _)) return Refusal.Of(Codes.SubjectNotFound, Subject);
        return CheckNumber(fact.Number, number, fact.Position, fact.AsOf, position, asOf) ?? NotBefore(fact.RestatedOn, _facts[^1].Fact.LegalDate!.Value, EventCatalog.NameOf(_facts[^1].Fact));
    }

    /// <summary>A restatement is the next one, and rests on a later position.</summary>
    internal static Refusal? CheckNumber(int number, int last, long position, DateOnly asOf, long lastPosition, DateOnly lastAsOf) =>
        number != last + 1 ? Refusal.Of(Codes.RestatementNumber, number, last + 1)
        : position <= lastPosition || asOf < lastAsOf ? Refusal.Of(Codes.RestatementNotLater, position, asOf.ToString("O"), lastPosition, lastAsOf.ToString("O"))
        : null;

    private static Refusal? NotBefore(DateOnly day, DateOnly earliest, string of) =>
        day < earliest ? Refusal.Of(Codes.DateOutOfOrder, day.ToString("O"), earliest.ToString("O"), of) : null;
}
