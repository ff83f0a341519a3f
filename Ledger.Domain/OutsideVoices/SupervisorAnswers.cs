using Ledger.Domain.Facts;
using Ledger.Domain.Obligations;
using Ledger.Domain.Plan;

namespace Ledger.Domain.OutsideVoices;

/// <summary>Duties and answers about lay supervisors and contact points.</summary>
internal static class SupervisorAnswers
{
    public static IEnumerable<Duty> Duties(Situation situation) => Told(situation).Select(f => f.Duty);

    public static IEnumerable<SupervisorRow> Supervisors(Situation situation, Asked asked)
    {
        foreach (var (subject, facts) in situation.Streams(StreamKind.Supervisor))
        {
            if (facts.FirstOrDefault(f => f.Fact is SupervisorAppointed or ContactPointEstablished) is not { Fact: IBeginsTerm term } opening) continue;
            if (asked.Key is not null && asked.Key != subject.Key) continue;
            var appointed = term as SupervisorAppointed;
            var end = facts.FirstOrDefault(f => f.Fact is SupervisorRemoved or ContactPointClosed);
            yield return new SupervisorRow(
                subject.Key, appointed is null ? VoiceRole.ContactPoint : VoiceRole.LaySupervisor, appointed?.Kind,
                appointed?.Organisation ?? ((ContactPointEstablished)term).Name, term.From, term.Until, end?.Fact.LegalDate,
                !(term.Until < situation.AsOf) && !(end?.Fact.LegalDate < situation.AsOf),
                facts.Count(f => f.Fact is SupervisorFeedbackReceived), facts.Count(f => f.Fact is SupervisorFeedbackHandled),
                [.. new[] { opening, end }.OfType<VisibleFact>().Select(f => Evidence.Of(subject, f))]);
        }
    }

    public static IEnumerable<FeedbackRow> Feedback(Situation situation, Asked asked) =>
        from told in Told(situation)
            .OrderBy(t => t.Received.ReceivedOn).ThenBy(t => t.Key, StringComparer.Ordinal).ThenBy(t => t.Received.Feedback, StringComparer.Ordinal)
        where (asked.Unit is null || asked.Unit == told.Received.Unit) && asked.Period?.Contains(told.Received.ReceivedOn) != false
        let duty = told.Duty.On(situation.Calendar, situation.AsOf)
        where asked.Status is null || duty.Status.ToString() == asked.Status
        select new FeedbackRow(
            told.Key, told.Received.Feedback, told.Received.Unit, situation.NameOf(told.Received.Unit), told.Received.Field, told.Received.ReceivedOn,
            told.Received.DueOn, duty.Status, duty.MetOn, told.Result, duty.DaysLate, [told.Evidence, .. duty.Evidence]);

    private static IEnumerable<(string Key, SupervisorFeedbackReceived Received, FeedbackResult? Result, Evidence Evidence, Duty Duty)> Told(Situation situation) =>
        from stream in situation.Streams(StreamKind.Supervisor)
        from visible in stream.Facts
        where visible.Fact is SupervisorFeedbackReceived
        let received = (SupervisorFeedbackReceived)visible.Fact
        let handled = stream.Facts.FirstOrDefault(f => f.Fact is SupervisorFeedbackHandled h && h.Feedback == received.Feedback)
        let duty = new Duty(DutyKind.SupervisorFeedback, received.ReceivedOn)
        {
            Unit = received.Unit, Subject = stream.Subject.ToString(), Item = received.Feedback, DueOn = received.DueOn,
        }
        select (
            stream.Subject.Key, received, (handled?.Fact as SupervisorFeedbackHandled)?.Result, Evidence.Of(stream.Subject, visible),
            handled is null ? duty : duty.MetBy(stream.Subject, handled));
}
