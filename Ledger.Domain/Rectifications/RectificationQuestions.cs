using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Obligations;
using Ledger.Domain.Plan;

namespace Ledger.Domain.Rectifications;

/// <summary>The answers about losses and what was put right after them.</summary>
public static class RectificationQuestions
{
    /// <summary>The questions.</summary>
    public static IReadOnlyList<Question> All { get; } =
    [
        Question.Of("loss-register", "败诉台账：每件败诉及其原因和整改状态", "every loss, its cause and where its rectification stands", Audience.Units,
            Losses, Parameters.Unit | Parameters.Period | Parameters.Status),
        Question.Of("rectifications", "整改红黄绿：措施、责任岗位、期限和验收", "rectifications with their measures, owners, dates and verification", Audience.Units,
            Rectifications, Parameters.Unit | Parameters.Status | Parameters.Key),
        Question.Of("recurrences", "同类问题反弹：验收后再因同一原因败诉", "losses that came back after a verified rectification", Audience.Units,
            Recurrences, Parameters.Unit | Parameters.Period),
        Question.Of("causes", "败诉原因排列和共性问题", "why cases were lost, the most frequent cause first, with common problems", Audience.Units,
            Causes, Parameters.Unit | Parameters.Period),
        Question.Of("judgment-performance", "生效裁判履行情况", "what judgments order and whether it was done", Audience.Units,
            Performances, Parameters.Unit | Parameters.Status),
    ];

    private static IEnumerable<LossRow> Losses(Situation situation, Asked asked) =>
        from loss in LossRegister.Of(situation)
        where asked.Unit is null || loss.Unit == asked.Unit
        where asked.Period is null || asked.Period.Contains(loss.ClosedOn)
        let state = loss.Rectification?.State ?? RectificationState.NotOpened
        where asked.Status is null || state.ToString() == asked.Status
        select new LossRow(
            loss.Lawsuit.Key, loss.CaseNo, loss.Document.Rendered.Level, loss.Unit, situation.NameOf(loss.Unit), loss.Docketed.Cause, loss.Docketed.Field,
            loss.Docketed.ActType, loss.Docketed.Township, loss.ClosedOn, loss.ReceivedOn, loss.Lawsuit.OutcomesOf(loss.Document, loss.Unit), loss.IsReversed,
            loss.Rectification?.Stream.Key, loss.Duplicates, state, loss.Cause?.Primary, loss.Cause?.Causes ?? [], loss.Cause?.Fault,
            [
                .. situation.Of(Subject.Lawsuit(loss.Lawsuit.Key)).Where(f => f.Sequence == loss.Document.Sequence).Select(f => Evidence.Of(Subject.Lawsuit(loss.Lawsuit.Key), f)),
                .. EvidenceOf(loss.Rectification, loss.Rectification?.CauseBy),
            ]);

    private static IEnumerable<RectificationRow> Rectifications(Situation situation, Asked asked)
    {
        var all = LossRegister.Rectifications(situation);
        var keys = all.ToLookup(r => (r.Opened!.Lawsuit, r.Opened.CaseNo, r.Opened.Unit), r => r.Stream.Key);
        foreach (var rectification in all)
        {
            var opened = rectification.Opened!;
            if ((asked.Unit is not null && opened.Unit != asked.Unit) || (asked.Key is not null && rectification.Stream.Key != asked.Key)
                || (asked.Status is not null && rectification.State.ToString() != asked.Status)) continue;
            var measures = rectification.Measures.Select(m => MeasureOf(m, situation)).ToList();
            var steps = rectification.Steps.Facts;
            yield return new RectificationRow(
                rectification.Stream.Key, opened.Unit, situation.NameOf(opened.Unit), opened.Lawsuit, opened.CaseNo, Stands(opened, situation), opened.OpenedOn,
                rectification.State, measures.Min(m => m.Colour), rectification.Cause?.Primary, rectification.Cause?.Fault,
                [.. rectification.Analyses.Select(a => ((LossAnalysisHeld)a.Fact).CommonIssue).OfType<string>().Distinct(StringComparer.Ordinal)], measures,
                Last<RectificationCompleted>(steps)?.CompletedOn, Last<RectificationVerified>(steps)?.VerifiedOn, Last<RectificationReopened>(steps)?.ReopenedOn,
                Last<RectificationReopened>(steps)?.Reason,
                [.. keys[(opened.Lawsuit, opened.CaseNo, opened.Unit)].Where(k => k != rectification.Stream.Key)],
                [.. new[] { rectification.OpenedBy, rectification.CauseBy }.Concat(steps).SelectMany(f => EvidenceOf(rectification, f))]);
        }
    }

    private static MeasureRow MeasureOf(MeasureState state, Situation situation)
    {
        var measure = state.Measure;
        var duty = (new Duty(DutyKind.Rectification, measure.AdoptedOn) { DueOn = state.DueOn, MetOn = state.Done?.Fact.LegalDate }).On(situation.Calendar, situation.AsOf);
        return new MeasureRow(
            measure.Measure, measure.Type, measure.Content, measure.Owner, measure.AdoptedOn, state.DueOn, state.Percent, duty.MetOn, duty.Status, duty.DaysLate,
            duty.Colour, measure.Document);
    }

    private static bool Stands(RectificationOpened opened, Situation situation) =>
        situation.Lawsuits.TryGetValue(opened.Lawsuit, out var lawsuit) && lawsuit.Document(opened.CaseNo) is { } document && lawsuit.LostIn(document, opened.Unit);

    private static IEnumerable<RecurrenceRow> Recurrences(Situation situation, Asked asked) =>
        from found in Recurrence.Of(situation, LossRegister.Of(situation))
        let later = found.Later
        where asked.Unit is null || later.Unit == asked.Unit
        where asked.Period is null || asked.Period.Contains(later.ClosedOn)
        select new RecurrenceRow(
            later.Unit, situation.NameOf(later.Unit), later.Docketed.ActType, later.Docketed.Field, found.Cause, found.Earlier.Lawsuit.Key, found.Earlier.CaseNo,
            found.Earlier.Rectification!.Stream.Key, found.Verified.Fact.LegalDate!.Value, later.Lawsuit.Key, later.CaseNo, later.ClosedOn, found.Rule.Id,
            found.Rule.Months, found.Rule.SameField,
            [.. EvidenceOf(found.Earlier.Rectification, found.Verified), .. EvidenceOf(later.Rectification, later.Rectification!.CauseBy)]);

    private static IEnumerable<CauseRow> Causes(Situation situation, Asked asked)
    {
        // An affirmed loss is one failure of enforcement, not two.
        var losses = LossRegister.Of(situation).Where(l => (l.Rectification is null || l.OwnsRectification)
            && (asked.Unit is null || l.Unit == asked.Unit) && (asked.Period is null || asked.Period.Contains(l.ClosedOn))).ToList();
        var before = 0;
        var causes = losses.SelectMany(l => l.Cause?.Causes ?? []).Distinct().Select(c => (LossCause?)c);
        if (losses.Exists(l => l.Cause is null)) causes = causes.Append(null);
        foreach (var (cause, primary) in causes.Select(c => (c, losses.Where(l => l.Cause?.Primary == c).ToList()))
            .OrderBy(c => c.c is null).ThenByDescending(c => c.Item2.Count).ThenBy(c => c.c))
        {
            before += primary.Count;
            yield return new CauseRow(
                cause, primary.Count, cause is { } code ? losses.Count(l => l.Cause?.Causes.Contains(code) == true) : primary.Count,
                primary.Count(l => l.Cause?.Fault == true), primary.Select(l => l.Unit).Distinct(StringComparer.Ordinal).Count(),
                new Ratio(primary.Count, losses.Count), new Ratio(before, losses.Count),
                [
                    .. from loss in primary
                       from analysis in loss.Rectification?.Analyses ?? []
                       let held = (LossAnalysisHeld)analysis.Fact
                       where held.CommonIssue is not null
                       select new CommonIssueRow(loss.Rectification!.Stream.Key, loss.Unit, held.HeldOn, held.CommonIssue!),
                ]);
        }
    }

    private static IEnumerable<PerformanceRow> Performances(Situation situation, Asked asked) =>
        from duty in situation.Duties
        where duty.Kind == DutyKind.JudgmentPerformance
        where (asked.Unit is null || duty.Unit == asked.Unit) && (asked.Status is null || duty.Status.ToString() == asked.Status)
        select new PerformanceRow(
            duty.Unit!, situation.NameOf(duty.Unit!), duty.Subject!, duty.CaseNo!, Enum.TryParse<PerformanceKind>(duty.Item, out var kind) ? kind : null,
            duty.OpenedOn, duty.DueOn, duty.MetOn, duty.Status, duty.DaysLate, duty.Colour, duty.Evidence);

    private static T? Last<T>(IEnumerable<VisibleFact> facts)
        where T : class, IFact => facts.Select(f => f.Fact).OfType<T>().LastOrDefault();

    private static IEnumerable<Evidence> EvidenceOf(Rectification? rectification, VisibleFact? fact)
    {
        if (rectification is not null && fact is not null) yield return Evidence.Of(rectification.Stream, fact);
    }
}
