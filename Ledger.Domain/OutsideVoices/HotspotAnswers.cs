using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Domain.Obligations;
using Ledger.Domain.Plan;

namespace Ledger.Domain.OutsideVoices;

/// <summary>Duties and answers about hotspots, their reviews and the early warnings.</summary>
internal static class HotspotAnswers
{
    public static IEnumerable<Duty> Duties(Situation situation) => ReviewDuties(situation).Concat(Warnings(situation).Select(w => w.Duty));

    public static IEnumerable<HotspotRow> Hotspots(Situation situation, Asked asked)
    {
        var identified = situation.Told<HotspotIdentified>(StreamKind.Hotspot).ToList();
        var warnings = situation.Told<EarlyWarningIssued>(StreamKind.Hotspot).CountBy(w => w.Subject).ToDictionary();
        var counts = CountsOf(situation);
        var periods = asked.Period is { } one
            ? (IEnumerable<string>)[one.Text]
            : identified.Select(h => h.Fact.Period).Append(QuarterOf(situation.AsOf)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        return
            from text in periods
            let period = Period.Parse(text)
            let rule = HotspotRule.Governing(situation, period)
            let found = identified.Where(h => h.Fact.Period == text).ToList()
            from field in Reached(counts, period, rule).Union(found.Select(h => h.Fact.Field), StringComparer.Ordinal).Order(StringComparer.Ordinal)
            let count = CountIn(counts, period, field)
            from hotspot in found.Where(h => h.Fact.Field == field).DefaultIfEmpty()
            select new HotspotRow(
                text, field, count, rule.AtLeast, rule.Id, count >= rule.AtLeast, hotspot.Fact is null ? null : hotspot.Subject.Key, hotspot.Fact?.Count,
                hotspot.Fact?.Position, hotspot.Fact?.IdentifiedOn, hotspot.Fact is null ? 0 : warnings.GetValueOrDefault(hotspot.Subject),
                hotspot.Fact is null ? [] : [Evidence.Of(hotspot.Subject, hotspot.Visible)]);
    }

    public static IEnumerable<HotspotReviewRow> Reviews(Situation situation, Asked asked)
    {
        var duties = ReviewDuties(situation).ToDictionary(d => d.Period!, d => d.On(situation.Calendar, situation.AsOf), StringComparer.Ordinal);
        var held = situation.Told<HotspotReviewHeld>(StreamKind.Hotspot).ToDictionary(r => r.Fact.Period, StringComparer.Ordinal);
        var identified = situation.Told<HotspotIdentified>(StreamKind.Hotspot).CountBy(h => h.Fact.Period).ToDictionary(StringComparer.Ordinal);
        var counts = CountsOf(situation);
        return
            from text in duties.Keys.Union(held.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
            let period = Period.Parse(text)
            where asked.Period is null || asked.Period.Contains(period.First)
            let duty = duties.GetValueOrDefault(text)
            let review = held.GetValueOrDefault(text)
            let reached = Reached(counts, period, HotspotRule.Governing(situation, period)).Count()
            select new HotspotReviewRow(
                text, duty?.Status ?? DutyStatus.Met, duty?.DueOn, review.Fact?.HeldOn, duty?.DaysLate ?? 0, review.Fact?.None, reached,
                identified.GetValueOrDefault(text), review.Fact is { None: true } && reached > 0,
                review.Fact is null ? [] : [Evidence.Of(review.Subject, review.Visible)]);
    }

    public static IEnumerable<EarlyWarningRow> EarlyWarnings(Situation situation, Asked asked) =>
        from warning in Warnings(situation)
            .OrderBy(w => w.Issued.IssuedOn).ThenBy(w => w.Issued.DocumentNo, StringComparer.Ordinal).ThenBy(w => w.Duty.Unit, StringComparer.Ordinal)
        where (asked.Unit is null || asked.Unit == warning.Duty.Unit) && asked.Period?.Contains(warning.Issued.IssuedOn) != false
        let duty = warning.Duty.On(situation.Calendar, situation.AsOf)
        where asked.Status is null || duty.Status.ToString() == asked.Status
        select new EarlyWarningRow(
            warning.Key, warning.Field, warning.Issued.DocumentNo, duty.Unit!, situation.NameOf(duty.Unit!), warning.Issued.IssuedOn, warning.Issued.DueOn,
            duty.Status, duty.MetOn, duty.DaysLate, [warning.Evidence, .. duty.Evidence]);

    private static IEnumerable<Duty> ReviewDuties(Situation situation)
    {
        var held = situation.Told<HotspotReviewHeld>(StreamKind.Hotspot).ToDictionary(r => r.Fact.Period, StringComparer.Ordinal);
        return DutySchedule.Returning(situation, DutyKind.HotspotReview)
            .Select(duty => held.TryGetValue(duty.Period!, out var review) ? duty.MetBy(review.Subject, review.Visible) : duty);
    }

    private static IEnumerable<(string Key, string? Field, EarlyWarningIssued Issued, Evidence Evidence, Duty Duty)> Warnings(Situation situation) =>
        from stream in situation.Streams(StreamKind.Hotspot)
        let field = stream.Facts.Select(f => f.Fact).OfType<HotspotIdentified>().FirstOrDefault()?.Field
        from visible in stream.Facts
        where visible.Fact is EarlyWarningIssued
        let issued = (EarlyWarningIssued)visible.Fact
        from unit in issued.Units
        let rectified = stream.Facts.FirstOrDefault(f => f.Fact is WarningRectified r && r.DocumentNo == issued.DocumentNo && r.Unit == unit)
        let duty = new Duty(DutyKind.WarningRectification, issued.IssuedOn)
        {
            Unit = unit, Subject = stream.Subject.ToString(), Item = issued.DocumentNo, DueOn = issued.DueOn,
        }
        select (stream.Subject.Key, field, issued, Evidence.Of(stream.Subject, visible), rectified is null ? duty : duty.MetBy(stream.Subject, rectified));

    private static IReadOnlyList<ComplaintReceived> CountsOf(Situation situation) => [.. ComplaintFile.All(situation).Select(c => c.Received!)];

    private static int CountIn(IReadOnlyList<ComplaintReceived> complaints, Period period, string field) =>
        complaints.Count(c => c.Field == field && period.Contains(c.ReceivedOn));

    private static IEnumerable<string> Reached(IReadOnlyList<ComplaintReceived> complaints, Period period, HotspotRule rule) =>
        complaints.Where(c => period.Contains(c.ReceivedOn)).CountBy(c => c.Field, StringComparer.Ordinal).Where(f => f.Value >= rule.AtLeast).Select(f => f.Key);

    private static string QuarterOf(DateOnly day) => $"{day.Year:0000}Q{(day.Month + 2) / 3}";
}
