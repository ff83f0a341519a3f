using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Obligations;
using Ledger.Domain.Plan;

namespace Ledger.Domain.Rectifications;

/// <summary>What follows from a loss: cause, measures, verification, performance, withdrawal of a published penalty.</summary>
public static class RectificationDuties
{
    /// <summary>The duties of a situation.</summary>
    public static IEnumerable<Duty> Of(Situation situation)
    {
        var losses = LossRegister.Of(situation);
        var rectifications = LossRegister.Rectifications(situation);
        var lost = losses.Select(l => (l.Lawsuit.Key, l.CaseNo, l.Unit)).ToHashSet();
        // One whose document is no loss any more, as corrected, obliges nobody.
        var standing = rectifications.Where(r => lost.Contains((r.Opened!.Lawsuit, r.Opened.CaseNo, r.Opened.Unit))).ToList();
        return
        [
            .. losses.SelectMany(l => OfLoss(l, situation)),
            .. standing.SelectMany(OfRectification),
            .. losses.GroupBy(l => (l.Lawsuit.Key, l.Unit)).SelectMany(g =>
            {
                var own = standing.Where(r => (r.Opened!.Lawsuit, r.Opened.Unit) == g.Key).ToList();
                return Unordered(g.First(), own).Concat(Withdrawal([.. g], own, situation));
            }),
        ];
    }

    private static IEnumerable<Duty> OfLoss(Loss loss, Situation situation)
    {
        // What was opened for another document of the same lawsuit covers this one too.
        if (loss.Rectification is not null && !loss.OwnsRectification) yield break;
        var about = Subject.Lawsuit(loss.Lawsuit.Key);
        var cause = new Duty(DutyKind.CauseDetermination, loss.ClosedOn) { Unit = loss.Unit, Subject = about.ToString(), CaseNo = loss.CaseNo };
        if (loss.Rectification?.FirstCause is { } determined) yield return cause.MetBy(loss.Rectification.Stream, determined);
        else if (!loss.IsReversed) yield return cause;
        if (loss.IsReversed || loss.Rectification is { Measures.Count: > 0 }) yield break;
        var adoption = new Duty(DutyKind.Rectification, loss.Since)
        {
            Unit = loss.Unit, Subject = (loss.Rectification?.Stream ?? about).ToString(), CaseNo = loss.CaseNo,
        };
        // Who adopts nothing must not fare better than who is late: the measures are the third document of the loss filing, due
        // with it. Without a receipt no clock has started; the filing's unknown receipt says so.
        yield return loss.ReceivedOn is { } received
            ? adoption.Due(situation.Calendar.AddWorkingDays(received, Obligation.TermOf(ObligationKind.LossFiling)))
            : adoption;
    }

    private static IEnumerable<Duty> OfRectification(Rectification rectification)
    {
        var opened = rectification.Opened!;
        foreach (var state in rectification.Measures)
        {
            var duty = About(DutyKind.Rectification, state.Measure.AdoptedOn) with { Item = state.Measure.Measure, DueOn = state.DueOn };
            yield return state.Done is { } done ? duty.MetBy(rectification.Stream, done) : duty;
        }

        var steps = rectification.Steps.Facts;
        for (var i = 0; i < steps.Count; i++)
            if (steps[i].Fact is RectificationCompleted completed)
            {
                // A return is a decision on the completion as much as its acceptance is.
                var duty = About(DutyKind.RectificationVerification, completed.CompletedOn);
                yield return i + 1 < steps.Count ? duty.MetBy(rectification.Stream, steps[i + 1]) : duty;
            }

        foreach (var performance in rectification.Performances)
        {
            var order = performance.Order;
            var duty = About(DutyKind.JudgmentPerformance, order.OrderedOn) with { Item = order.Kind.ToString(), DueOn = order.DueOn };
            yield return performance.Performed is { } performed ? duty.MetBy(rectification.Stream, performed) : duty;
        }

        Duty About(DutyKind kind, DateOnly openedOn) =>
            new(kind, openedOn) { Unit = opened.Unit, Subject = rectification.Stream.ToString(), CaseNo = opened.CaseNo };
    }

    // An effective judgment that orders something while nobody recorded what and by when.
    private static IEnumerable<Duty> Unordered(Loss loss, IReadOnlyList<Rectification> own)
    {
        if (loss.Lawsuit.LastEffective is { } effective && own.All(r => r.Performances.Count == 0) && loss.EffectiveOutcomes!.Any(OrdersSomething))
            yield return new Duty(DutyKind.JudgmentPerformance, effective.EffectiveOn)
            {
                Unit = loss.Unit, Subject = Subject.Lawsuit(loss.Lawsuit.Key).ToString(), CaseNo = effective.CaseNo,
            };
    }

    // A judgment strikes the penalty down when it takes effect, and binds the unit from when it knows of it.
    private static IEnumerable<Duty> Withdrawal(IReadOnlyList<Loss> losses, IReadOnlyList<Rectification> own, Situation situation)
    {
        var (lawsuit, unit) = (losses[0].Lawsuit, losses[0].Unit);
        if (!Rectification.IsAboutPenalty(lawsuit.Docketed)) yield break;
        Duty duty;
        if (losses[0].EffectiveOutcomes is { } outcomes)
        {
            if (!outcomes.Any(StrikesDown)) yield break;
            var effective = lawsuit.LastEffective!;
            var from = lawsuit.JudgmentOf(unit, effective.CaseNo)?.ReceivedOn is { } received && received > effective.EffectiveOn ? received : effective.EffectiveOn;
            duty = About(from, effective.CaseNo).Due(situation.Calendar.AddWorkingDays(from, 3));
        }
        else if (losses.FirstOrDefault(l => lawsuit.OutcomesOf(l.Document, unit).Any(StrikesDown)) is { } loss) duty = About(loss.Since, loss.CaseNo);
        else yield break;

        var answer = own.SelectMany(r => r.Penalties.Select(p => (r.Stream, Fact: p))).OrderBy(p => Timeline.OrderOf(p.Fact)).FirstOrDefault();
        yield return answer.Fact is null ? duty : duty.MetBy(answer.Stream, answer.Fact);

        Duty About(DateOnly openedOn, string caseNo) => new(DutyKind.PenaltyWithdrawal, openedOn)
        {
            Unit = unit, Subject = Subject.Lawsuit(lawsuit.Key).ToString(), CaseNo = caseNo,
        };
    }

    private static bool OrdersSomething(Outcome outcome) =>
        outcome is Outcome.RevokeAndRedo or Outcome.OrderPerform or Outcome.OrderPay or Outcome.AgreementLiability or Outcome.OrderDamages;

    private static bool StrikesDown(Outcome outcome) => outcome is Outcome.RevokeAll or Outcome.RevokeAndRedo or Outcome.RevokePart or Outcome.Modify
        or Outcome.ConfirmUnlawful or Outcome.ConfirmUnlawfulMinorProcedure or Outcome.ConfirmUnlawfulAfterSelfCorrection or Outcome.ConfirmInvalid;
}
