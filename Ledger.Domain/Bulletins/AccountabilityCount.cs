using Ledger.Domain.Accountability;
using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Domain.Periods;
using Ledger.Domain.Plan;

namespace Ledger.Domain.Bulletins;

/// <summary>A fault case in which accountability was decided.</summary>
/// <param name="Subject">The fault case.</param>
/// <param name="Unit">The unit that it is about.</param>
/// <param name="On">The day of the decision.</param>
/// <param name="Persons">How many persons.</param>
/// <param name="Forms">The forms, one for each that was decided.</param>
public sealed record DecidedCase(Subject Subject, string? Unit, DateOnly On, int Persons, IReadOnlyList<string> Forms);

/// <summary>What the accountability bulletin counts: the decisions to hold somebody to account.</summary>
/// <param name="Cases">Fault cases decided.</param>
/// <param name="Persons">Persons held to account.</param>
/// <param name="ByForm">The forms, by code.</param>
public sealed record AccountabilityCount(int Cases, int Persons, IReadOnlyList<FormCount> ByForm)
{
    /// <summary>Counts a quarter that is over.</summary>
    public static (AccountabilityCount? Count, Refusal? Refusal) Of(Situation at, Period quarter)
    {
        if (!quarter.IsQuarter()) return (null, Refusal.Of(Codes.PeriodNotAQuarter, quarter));
        if (at.AsOf < quarter.Last) return (null, Refusal.Of(Codes.PeriodNotOver, quarter, quarter.Last.ToString("O"), at.AsOf.ToString("O")));
        var decided = Decided(at).Where(d => quarter.Contains(d.On)).ToList();
        var forms = decided.SelectMany(d => d.Forms).CountBy(f => f, StringComparer.Ordinal).OrderBy(f => f.Key, StringComparer.Ordinal);
        return (new AccountabilityCount(
            decided.Select(d => d.Subject).Distinct().Count(), decided.Sum(d => d.Persons), [.. forms.Select(f => new FormCount(f.Key, f.Value))]), null);
    }

    /// <summary>The decisions that stand on the day: those set aside on appeal are none.</summary>
    public static IEnumerable<DecidedCase> Decided(Situation at) => AccountabilityCase.Of(at).SelectMany(Decided);

    /// <summary>The decisions of one fault case that stand.</summary>
    public static IEnumerable<DecidedCase> Decided(AccountabilityCase file) =>
        from visible in file.Facts
        where visible.Fact is AccountabilityDecided && !file.IsOverturned(visible)
        let decided = (AccountabilityDecided)visible.Fact
        select new DecidedCase(
            file.Stream, file.Opened!.Unit, decided.DecidedOn, decided.Measures.Select(m => m.Person).OfType<string>().Distinct(StringComparer.Ordinal).Count(),
            [.. decided.Measures.Select(m => m.Form.ToString())]);

    /// <summary>What stands: as published, or the last restatement.</summary>
    public static (int Number, long Position, DateOnly AsOf, AccountabilityCount Counted)? Standing(IEnumerable<VisibleFact> facts) => facts
        .Select(f => f.Fact switch
        {
            AccountabilityBulletinPublished p => (0, p.Position, p.AsOf, new AccountabilityCount(p.Cases, p.Persons, p.ByForm)),
            AccountabilityBulletinRestated r => (r.Number, r.Position, r.AsOf, new AccountabilityCount(r.Cases, r.Persons, r.ByForm)),
            _ => ((int, long, DateOnly, AccountabilityCount)?)null,
        }).OfType<(int Number, long, DateOnly, AccountabilityCount)>().OrderBy(s => s.Number)
        .Select(s => ((int, long, DateOnly, AccountabilityCount)?)s).LastOrDefault();

    /// <summary>Whether the counts are equal.</summary>
    public bool SaysTheSame(AccountabilityCount other) => Cases == other.Cases && Persons == other.Persons && ByForm.SequenceEqual(other.ByForm);
}

/// <summary>What a later count makes of a published accountability bulletin.</summary>
/// <param name="Number">The number of the restatement.</param>
/// <param name="Position">The position of what stands.</param>
/// <param name="Old">As published or last restated.</param>
/// <param name="New">As it is now.</param>
/// <param name="Facts">The facts that moved a number, in ledger order.</param>
public sealed record AccountabilityRestatement(int Number, long Position, AccountabilityCount Old, AccountabilityCount New, IReadOnlyList<MovingFact> Facts)
{
    /// <summary>Counts a published quarter again; refused when nothing changed, and when the new count is not later.</summary>
    /// <param name="now">The ledger at the new position, on the new day.</param>
    /// <param name="subject">The bulletin.</param>
    /// <param name="published">Its facts: what they say last is what stands.</param>
    /// <param name="quarter">The quarter.</param>
    public static (AccountabilityRestatement? Restatement, Refusal? Refusal) Of(Situation now, Subject subject, IEnumerable<VisibleFact> published, Period quarter)
    {
        if (AccountabilityCount.Standing(published) is not { } last) return (null, Refusal.Of(Codes.SubjectNotFound, subject));
        if (now.Position <= last.Position || now.AsOf < last.AsOf)
            return (null, Refusal.Of(Codes.RestatementNotLater, now.Position, now.AsOf.ToString("O"), last.Position, last.AsOf.ToString("O")));
        var (counted, refusal) = AccountabilityCount.Of(now, quarter);
        if (counted is null) return (null, refusal);
        return counted.SaysTheSame(last.Counted)
            ? (null, Refusal.Of(Codes.RestatementNothingChanged, quarter, now.Position))
            : (new AccountabilityRestatement(
                last.Number + 1, last.Position, last.Counted, counted, FactsBetween.OfAccountability(now.Everything.Earlier(last.Position, last.AsOf), now, quarter)), null);
    }
}
