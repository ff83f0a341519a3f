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
    public static IEnumerable<DecidedCase> Decided(Situation at) =>
        from file in AccountabilityCase.Of(at)
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
