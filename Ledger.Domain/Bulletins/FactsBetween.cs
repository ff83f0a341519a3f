using System.Globalization;
using Ledger.Domain.Accountability;
using Ledger.Domain.Calendar;
using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Obligations;
using Ledger.Domain.Plan;
using Ledger.Domain.Policies;
using Ledger.Domain.Units;

namespace Ledger.Domain.Bulletins;

/// <summary>
/// Which facts moved the numbers of a period between two states of the ledger. Each stream is told again fact by fact; a fact
/// is named when what the stream contributes to the period is not the same with it as without it. Facts come between because
/// they were recorded later (corrections and retractions too), or because their legal date was later than the earlier day.
/// </summary>
public static class FactsBetween
{
    /// <summary>The facts, in ledger order.</summary>
    public static IReadOnlyList<MovingFact> Between(Situation before, Situation after, Period period, CountingPolicy policy)
    {
        var found = new List<MovingFact>();
        foreach (var kind in (StreamKind[])[StreamKind.Lawsuit, StreamKind.Unit, StreamKind.Policy, StreamKind.Calendar])
            foreach (var (key, _) in after.Everything.Of(kind))
            {
                var subject = new Subject(kind, key);
                if (kind == StreamKind.Policy && key != policy.Id) continue;
                found.AddRange(Of(subject, before, after, Print(subject, after, period, policy)).Select(r => new MovingFact(subject.ToString(), EventCatalog.NameOf(r.Fact), r.Sequence)));
            }

        return [.. found.OrderBy(f => f.Sequence)];
    }

    /// <summary>The facts that moved the counts of accountability of a quarter, in ledger order.</summary>
    public static IReadOnlyList<MovingFact> OfAccountability(Situation before, Situation after, Period quarter)
    {
        var found = from stream in after.Everything.Of(StreamKind.Accountability)
                    let subject = new Subject(StreamKind.Accountability, stream.Key)
                    from fact in Of(subject, before, after, facts => Decided(AccountabilityCase.Fold(subject.Key, facts)))
                    orderby fact.Sequence
                    select new MovingFact(subject.ToString(), EventCatalog.NameOf(fact.Fact), fact.Sequence);
        return [.. found];

        string Decided(AccountabilityCase file) => file.Opened is null ? "" : string.Join('\n', AccountabilityCount.Decided(file)
            .Where(d => quarter.Contains(d.On)).Select(d => $"{d.Persons} {string.Join(' ', d.Forms.Order(StringComparer.Ordinal))}"));
    }

    private static IEnumerable<Recorded> Of(Subject subject, Situation before, Situation after, Func<IEnumerable<VisibleFact>, string> print)
    {
        var recorded = after.Everything.RecordedIn(subject);
        var known = recorded.TakeWhile(r => r.Sequence <= before.Position).Count();
        var visible = VisibleFacts.Of([.. recorded.Take(known)]);
        var late = visible.Where(v => !v.HappenedBy(before.AsOf) && v.HappenedBy(after.AsOf)).OrderBy(v => v.Fact.LegalDate).ThenBy(v => v.Sequence).ToList();
        if (known == recorded.Count && late.Count == 0) yield break;
        var seen = visible.Where(v => v.HappenedBy(before.AsOf)).ToList();
        var text = print(seen);
        foreach (var fact in late)
        {
            seen = [.. seen.Append(fact).OrderBy(v => v.Sequence)];
            var with = print(seen);
            if (with != text) yield return fact.Origin;
            text = with;
        }

        for (var count = known + 1; count <= recorded.Count; count++)
        {
            var with = print(VisibleFacts.Of([.. recorded.Take(count)]).Where(v => v.HappenedBy(after.AsOf)));
            if (with != text) yield return recorded[count - 1];
            text = with;
        }
    }

    /// <summary>All that a stream says for the numbers of the period, as text.</summary>
    private static Func<IEnumerable<VisibleFact>, string> Print(Subject subject, Situation after, Period period, CountingPolicy policy) => subject.Kind switch
    {
        StreamKind.Lawsuit => facts => OfLawsuit(Lawsuit.Fold(subject.Key, facts, DateOnly.MaxValue), after, period, policy),
        StreamKind.Unit => facts => OfUnit(subject.Key, [.. facts], after, period),
        StreamKind.Calendar => IsNeeded(subject.Key, after.Calendar, period) ? Said : static _ => "",
        _ => Said,
    };

    private static string OfLawsuit(Lawsuit lawsuit, Situation after, Period period, CountingPolicy policy)
    {
        var lines = from part in Contribution.Of(lawsuit).OrderBy(c => c.Unit, StringComparer.Ordinal)
                    where after.County.Find(part.Unit)?.IsCounted == true
                    let tally = Tally.Of(part.Unit, [part.Contribution], period, policy, after.Calendar, after.AsOf)
                    select string.Join('|', tally.NewCases.Select(c => c.Case.CaseNo)
                        .Concat(tally.LossRate.Select(c => $"{c.Closing.CaseNo} {c.Counts} {(policy.Series == SeriesCounting.OncePerSeries ? c.Closing.Series : null)}"))
                        .Concat(tally.Closed.Select(c => $"{c.Closing.CaseNo} {c.Counts}"))
                        .Concat(tally.Appearances.Select(a => $"{a.Appearance.CaseNo} {a.Appearance.HeadAttended}"))
                        .Concat(tally.Filings.Select(f => $"{f.Kind} {f.CaseNo} {f.Status == ObligationStatus.Met}"))
                        .Prepend(part.Unit));
        return string.Join('\n', lines.Where(l => l.Contains('|', StringComparison.Ordinal)));
    }

    private static string OfUnit(string key, IReadOnlyList<VisibleFact> facts, Situation after, Period period)
    {
        var unit = Unit.Fold(key, facts, DateOnly.MaxValue);
        var listed = unit.IsCounted && unit.Registered!.RegisteredOn <= period.Last && !(unit.Merged?.MergedOn < period.First);
        // A transferred filing counts for its successor; of a period only those that fall due in it.
        var moved = from duty in after.County.Obligations()
                    where duty.CaseNo is not null && period.Contains(duty.DueOn)
                    let to = unit.SuccessorFor(duty.Kind == ObligationKind.CaseFiling ? DutyKind.CaseFiling : DutyKind.LossFiling, duty.CaseNo, null, null)
                    where to is not null
                    select $"{duty.Kind} {duty.CaseNo} {to}";
        var transfers = facts.Any(f => f.Fact is ObligationTransferred) ? string.Join('|', moved.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)) : "";
        return $"{transfers} {unit.Registered?.Kind == UnitKind.External} {(listed ? unit.Registered!.Kind.ToString() : "")}";
    }

    private static bool IsNeeded(string year, WorkingCalendar calendar, Period period) =>
        int.TryParse(year, NumberStyles.None, CultureInfo.InvariantCulture, out var of) && Tally.EarliestOpening(period, calendar).Year <= of && of <= period.Last.Year;

    private static string Said(IEnumerable<VisibleFact> facts) => string.Join('\n', facts.Select(f => FactJson.Content(f.Fact)));
}
