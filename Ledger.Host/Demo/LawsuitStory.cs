using System.Text.Json;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;

namespace Ledger.Host.Demo;

/// <summary>Tells one lawsuit as facts: docketing and first instance here, the higher instances in the other part.</summary>
internal sealed partial class LawsuitStory
{
    private readonly DemoWorld _world;
    private readonly LawsuitPlan _plan;
    private readonly DemoRandom _random;
    private readonly FactLog _log;
    private readonly Topic _topic;
    private readonly Court _court;
    private readonly List<string> _defendants;

    private LawsuitStory(DemoWorld world, string key, LawsuitPlan plan, DemoRandom random)
    {
        (_world, _plan, _random, _log) = (world, plan, random, new FactLog(Subject.Lawsuit(key), random));
        var (unit, outcome) = plan.First.Outcomes[0];
        if (plan.First.IsLost) outcome = plan.First.Outcomes.First(o => o.Outcome.ClassOf() == OutcomeClass.Loss).Outcome;
        _topic = Topic.Of(unit, outcome, random);
        _court = plan.Defendants.Any(d => d.Unit == DemoUnits.City) ? Court.City : Court.FirstFor(plan.Defendants[0].Unit);
        _defendants = [.. plan.Defendants.Select(d => d.Unit)];
    }

    private DemoCalendar Calendar => _world.Calendar;

    /// <summary>The defendants that have duties towards the county: an organ outside it has none.</summary>
    private IEnumerable<string> Obliged => _defendants.Where(d => d != DemoUnits.City);

    public static FactLog Tell(DemoWorld world, string key, LawsuitPlan plan, DemoRandom random)
    {
        var story = new LawsuitStory(world, key, plan, random);
        story.Docket();
        return story._log;
    }

    private void Docket()
    {
        var (docketedOn, caseNo) = (_plan.DocketedOn, Number(_court, _plan.DocketedOn, InstanceLevel.First));
        var unit = _defendants[0];
        var township = DemoUnits.IsTownship(unit) ? DemoUnits.NameOf(unit) : _random.Chance(60) ? _random.Pick(DemoUnits.Townships) : null;
        _log.Add(new LawsuitDocketed(
            caseNo, _court.Name, docketedOn, _topic.Category, _topic.Cause, _topic.Field, _topic.ActType, _plan.Defendants, township,
            Topic.Plaintiffs(_random), _plan.LinkedLater ? null : _plan.Series));
        if (_plan is { LinkedLater: true, Series: { } series })
            _log.Add(new SeriesLinked(series, Calendar.Plus(docketedOn, 20), "同一批征收决定引发，被告和争议事实相同"));
        FirstInstance(caseNo, docketedOn, _plan.First, isFirst: true);
    }

    private void FirstInstance(string caseNo, DateOnly openedOn, Ending ending, bool isFirst)
    {
        if (ending.Main != Outcome.NotDocketed) BeforeClosing(caseNo, openedOn, ending, isFirst);
        var judgment = Judgment(caseNo, InstanceLevel.First, ending.Kind, ending.ClosedOn, ending.Outcomes, isFirst);
        var received = Receive(caseNo, ending, isFirst ? _plan.Judgment : null);
        if (isFirst) Amend(judgment, ending);
        if (ending.Main == Outcome.Transferred)
        {
            Reopen(Court.Neighbour, received);
            return;
        }

        var isAppealable = ending.Kind == DocumentKind.Judgment || ending.Main is Outcome.DismissSuit or Outcome.NotDocketed;
        var appeal = !isAppealable ? AppealResult.None : isFirst && _plan.Appeal is { } planned ? planned : _world.Quotas.NextAppeal(ending.Kind);
        // A suit goes back to the first instance once at most.
        if (!isFirst && appeal is AppealResult.Remand or AppealResult.OrderDocket) appeal = AppealResult.Affirm;
        if (appeal == AppealResult.None) TakeEffect(caseNo, ending, received, isAppealable);
        else AppealAgainst(caseNo, ending, received, appeal);
    }

    private void BeforeClosing(string caseNo, DateOnly openedOn, Ending ending, bool isFirst)
    {
        var days = ending.ClosedOn.DayNumber - openedOn.DayNumber;
        Materials(caseNo, openedOn, isFirst);
        if (isFirst && _plan.Replaced is var (wrong, right))
        {
            _log.Add(new DefendantRemoved(wrong, openedOn.AddDays(23), "经审查不是作出行政行为的机关，原告申请变更被告"));
            _log.Add(new DefendantAdded(right, DefendantCapacity.Joint, openedOn.AddDays(21)));
            _defendants.Remove(wrong);
            _defendants.Add(right);
            Materials(caseNo, openedOn.AddDays(23), isFirst: false, [right]);
        }

        foreach (var unit in Obliged)
        {
            if (days < 30) continue;
            var since = isFirst && unit == _plan.Replaced?.Right ? openedOn.AddDays(23) : openedOn;
            if (_random.Chance(92)) _log.Add(new AnswerSubmitted(unit, caseNo, Calendar.OnOrAfter(since.AddDays(_random.Between(9, 18)))));
            if (_random.Chance(70)) _log.Add(new CaseConferenceHeld(unit, Calendar.OnOrAfter(since.AddDays(_random.Between(10, 20))), Risk(ending), Advice(ending)));
        }

        if (days >= 100 && _random.Chance(8))
        {
            _log.Add(new LawsuitSuspended(openedOn.AddDays(28), "本案须以另一案的审理结果为依据"));
            _log.Add(new LawsuitResumed(openedOn.AddDays(28 + days / 3), "中止诉讼的原因消除"));
        }

        if (IsHeard(ending))
            Hearing(caseNo, Calendar.OnOrAfter(openedOn.AddDays(days * 2 / 3)), ending.Kind != DocumentKind.Ruling || _random.Chance(80));
        if (ending.Main is Outcome.WithdrawAfterDefendantChanged or Outcome.ConfirmUnlawfulAfterSelfCorrection
            || (ending.Main == Outcome.Mediated && _random.Chance(50)))
            CorrectOneself(ending, days);
    }

    private void CorrectOneself(Ending ending, int days)
    {
        var madeOn = ending.ClosedOn.AddDays(-_random.Between(3, Math.Min(20, days / 4)));
        var kind = ending.Main == Outcome.Mediated ? SelfCorrectionKind.Settled : _random.Pick(Enum.GetValues<SelfCorrectionKind>());
        _log.Add(new SelfCorrectionMade(Obliged.First(), madeOn, kind, _random.Chance(85) ? madeOn.AddDays(_random.Next(3)) : null));
    }

    private bool IsHeard(Ending ending) => ending.Kind switch
    {
        DocumentKind.Judgment => true,
        DocumentKind.Mediation => _random.Chance(40),
        _ when ending.Main == Outcome.Transferred || _plan.MistakenHearing is not null => false,
        _ => _random.Chance(ending.Main == Outcome.DismissSuit ? 60 : 25),
    };

    private void Hearing(string caseNo, DateOnly heldOn, bool openCourt) =>
        _log.Add(new HearingHeld(caseNo, heldOn, openCourt, [.. _defendants.Select(unit => Attendance(unit, heldOn.Year))]));

    private Attendance Attendance(string unit, int year)
    {
        if (_world.Quotas.NextHeadAttends(year))
            return new(unit, _random.Next(20) switch { < 5 => Attendee.Principal, < 16 => Attendee.Deputy, _ => Attendee.HeadInCharge });
        var by = _random.Next(10) switch { < 8 => Attendee.StaffOnly, 8 => Attendee.LawyerOnly, _ => Attendee.None };
        return by == Attendee.StaffOnly && _random.Chance(60)
            ? new(unit, by, Absence.Justified, "参加上级机关召开的会议，已提交书面说明")
            : new(unit, by, Absence.Unjustified);
    }

    private LossRisk Risk(Ending ending) => ending.IsLost
        ? _random.Next(4) switch { 0 => LossRisk.Yellow, 1 => LossRisk.Orange, _ => LossRisk.Red }
        : _random.Next(6) switch { 0 => LossRisk.Orange, 1 or 2 => LossRisk.Yellow, _ => LossRisk.Green };

    private string? Advice(Ending ending) =>
        ending.Main is Outcome.WithdrawAfterDefendantChanged or Outcome.Mediated ? "建议自行纠正并与原告协调化解"
        : _random.Chance(50) ? "补强证据，负责人出庭"
        : null;

    private FactId Judgment(
        string caseNo,
        InstanceLevel level,
        DocumentKind kind,
        DateOnly closedOn,
        IEnumerable<(string Unit, Outcome Outcome)> outcomes,
        bool isFirst = false) =>
        _log.Add(new JudgmentRendered(
            caseNo, level, kind, isFirst && _plan.WrongClosing is { } wrong ? wrong.Recorded : closedOn,
            [.. outcomes.Select(o => new Disposition(o.Unit, o.Outcome, Causes(o.Outcome), Amount(o.Outcome)))]));

    private List<LossCause>? Causes(Outcome outcome) => outcome.ClassOf() != OutcomeClass.Loss ? null : outcome switch
    {
        Outcome.OrderPerform or Outcome.OrderPay => [LossCause.Nonfeasance],
        Outcome.ConfirmUnlawfulMinorProcedure => [LossCause.ProceduralViolation],
        _ => _world.Quotas.NextCause() is var cause && cause != LossCause.InsufficientEvidence && _random.Chance(12)
            ? [cause, LossCause.InsufficientEvidence]
            : [cause],
    };

    private decimal? Amount(Outcome outcome) => outcome is Outcome.OrderDamages or Outcome.OrderPay or Outcome.AgreementCompensation
        ? new decimal(_random.Between(300_000, 28_000_000), 0, 0, false, 2)
        : null;

    /// <summary>The two amendments that concern the first document; both are recorded years later.</summary>
    private void Amend(FactId judgment, Ending ending)
    {
        if (_plan.WrongClosing is { } wrong)
        {
            var set = new Dictionary<string, JsonElement>(StringComparer.Ordinal)
            {
                ["closedOn"] = JsonSerializer.SerializeToElement(ending.ClosedOn, FactJson.Options),
            };
            _log.AddLate(new FactCorrected(judgment, set, "核对裁判文书原件，结案日期录入有误", "县司法局行政应诉科（合成）"), wrong.CorrectedAt);
        }

        if (_plan.MistakenHearing is { } mistaken)
        {
            var caseNo = _caseNumbers[0];
            var hearing = _log.Add(new HearingHeld(caseNo, mistaken.HeldOn, true, [new(_defendants[0], Attendee.StaffOnly, Absence.Unjustified)]));
            _log.AddLate(new FactRetracted(hearing, "该次开庭属于另一案件，串录", "县司法局行政应诉科（合成）"), mistaken.RetractedAt);
        }
    }
}
