using Ledger.Domain.Lawsuits;

namespace Ledger.Host.Demo;

/// <content>Receipts, filings, and what happens after the first document.</content>
internal sealed partial class LawsuitStory
{
    private readonly List<string> _caseNumbers = [];

    private string Number(Court court, DateOnly openedOn, InstanceLevel level)
    {
        var number = _world.Numbers.Next(court, openedOn.Year, level, _topic.Category, _random);
        _caseNumbers.Add(number);
        return number;
    }

    private void Materials(string caseNo, DateOnly openedOn, bool isFirst, IEnumerable<string>? units = null)
    {
        foreach (var unit in units ?? [.. Obliged])
        {
            var planned = isFirst ? _plan.Materials : null;
            var received = planned?.Received ?? Calendar.OnOrAfter(openedOn.AddDays(_random.Between(1, 5)));
            _log.Add(new ResponseMaterialsReceived(unit, caseNo, received));
            var due = Calendar.Plus(received, 3);
            if (planned is { Filed: var filedAt }) _log.Add(new CaseFilingSubmitted(unit, caseNo, filedAt));
            else if (isFirst && _plan.FilingFoundAt is { } foundAt)
                _log.AddLate(new CaseFilingSubmitted(unit, caseNo, DemoCalendar.At(Calendar.Plus(received, 2), 16, 12)), foundAt);
            else if (FiledAt(received, due, 3, _world.Quotas.NextCaseFiling()) is { } at) _log.Add(new CaseFilingSubmitted(unit, caseNo, at));
        }
    }

    private DateTimeOffset? FiledAt(DateOnly received, DateOnly due, int days, Punctuality punctuality) => punctuality switch
    {
        // The last day ends at midnight.
        Punctuality.OnTime when _random.Chance(5) => DemoCalendar.At(due, 23, _random.Next(60)),
        Punctuality.OnTime => DemoCalendar.At(Calendar.Plus(received, _random.Between(1, days)), _random.Between(8, 17), _random.Next(60)),
        Punctuality.Late => DemoCalendar.At(Calendar.Plus(due, _random.Between(1, 6)), _random.Between(8, 17), _random.Next(60)),
        _ => null,
    };

    /// <summary>Every obliged unit receives the document and files what a loss asks of it; the day of the last receipt.</summary>
    private DateOnly Receive(string caseNo, Ending ending, (DateOnly Received, DateTimeOffset Filed)? planned = null)
    {
        var earliest = _plan.WrongClosing is { } wrong && wrong.Recorded > ending.ClosedOn ? wrong.Recorded : ending.ClosedOn;
        var last = ending.ClosedOn;
        foreach (var unit in Obliged)
        {
            var received = planned?.Received ?? Calendar.OnOrAfter(earliest.AddDays(_random.Between(1, 10)));
            _log.Add(new JudgmentReceived(unit, caseNo, received));
            if (received > last) last = received;
            if (ending.Outcomes.Any(o => o.Unit == unit && o.Outcome.ClassOf() == OutcomeClass.Loss))
                FileLoss(unit, caseNo, received, planned?.Filed);
        }

        return last;
    }

    private void FileLoss(string unit, string caseNo, DateOnly received, DateTimeOffset? plannedAt)
    {
        var punctuality = plannedAt is null ? _world.Quotas.NextLossFiling() : Punctuality.OnTime;
        if (punctuality == Punctuality.Missing) return;
        var due = Calendar.Plus(received, 5);
        var documents = Enum.GetValues<LossDocument>();
        // Incomplete when due: the measures come late, or never.
        var (late, never) = (punctuality == Punctuality.Late, punctuality == Punctuality.Late && _random.Chance(40));
        for (var i = 0; i < documents.Length; i++)
        {
            var isLast = i == documents.Length - 1;
            if (isLast && never) return;
            var at = isLast && plannedAt is { } planned
                ? planned
                : FiledAt(received, due, isLast ? 5 : 3, isLast && late ? Punctuality.Late : Punctuality.OnTime)!.Value;
            _log.Add(new LossFilingDocumentSubmitted(unit, caseNo, documents[i], at, _random.NextSha256()));
        }
    }

    private void TakeEffect(string caseNo, Ending ending, DateOnly received, bool isAppealable)
    {
        var (on, basis) = ending.Kind switch
        {
            DocumentKind.Mediation => (ending.ClosedOn, EffectiveBasis.MediationSigned),
            _ when !isAppealable => (received, EffectiveBasis.RulingServed),
            _ => (Calendar.AppealPeriodEnd(received, ending.Kind == DocumentKind.Judgment ? 15 : 10).AddDays(1), EffectiveBasis.AppealPeriodExpired),
        };
        if (_random.Chance(6) && basis == EffectiveBasis.AppealPeriodExpired) (on, basis) = (on.AddDays(5), EffectiveBasis.CourtNotice);
        _log.Add(new OutcomeBecameEffective(caseNo, on, basis));
    }

    private void AppealAgainst(string caseNo, Ending first, DateOnly received, AppealResult result)
    {
        var by = first.IsLost
            ? _random.Next(10) switch { < 6 => Appellant.Defendant, < 9 => Appellant.Plaintiff, _ => Appellant.Both }
            : Appellant.Plaintiff;
        var filedOn = received.AddDays(_random.Between(3, first.Kind == DocumentKind.Judgment ? 14 : 9));
        _log.Add(new AppealFiled(caseNo, by, filedOn));
        var court = CourtOf(caseNo).Above;
        var openedOn = Calendar.OnOrAfter(filedOn.AddDays(_random.Between(15, 35)));
        var second = Open(InstanceLevel.Second, court, openedOn);
        Materials(second, openedOn, isFirst: false);
        var days = _random.Between(35, 85);
        if (result != AppealResult.Withdraw && _random.Chance(40))
            Hearing(second, Calendar.OnOrAfter(openedOn.AddDays(days * 2 / 3)), openCourt: true);
        var closedOn = Calendar.OnOrAfter(openedOn.AddDays(days));
        var isJudgment = result == AppealResult.Reverse || (result == AppealResult.Affirm && first.Kind == DocumentKind.Judgment);
        var kind = isJudgment ? DocumentKind.Judgment : DocumentKind.Ruling;
        // What the unit is left with: an affirmed loss is a loss again (counting-rules.md §7).
        var left = result switch
        {
            AppealResult.Affirm => first with { ClosedOn = closedOn },
            AppealResult.Reverse => new Ending(closedOn, [.. first.Outcomes.Select(o => (o.Unit, Reversed(o.Outcome)))]),
            _ => new Ending(closedOn, []),
        };
        Judgment(second, InstanceLevel.Second, kind, closedOn, [.. _defendants.Select(unit => (unit, Stated(unit, result, kind, left)))]);
        var receivedOn = Receive(second, left);
        if (result is AppealResult.Remand or AppealResult.OrderDocket)
        {
            Reopen(CourtOf(caseNo), receivedOn);
            return;
        }

        _log.Add(new OutcomeBecameEffective(second, receivedOn, EffectiveBasis.SecondInstance));
        if (_plan.Retried || (result == AppealResult.Affirm && _random.Chance(5))) Petition(receivedOn);
    }

    private static Outcome Stated(string unit, AppealResult result, DocumentKind kind, Ending left) => result switch
    {
        AppealResult.Affirm => kind == DocumentKind.Judgment ? Outcome.AffirmJudgment : Outcome.AffirmRuling,
        AppealResult.Withdraw => Outcome.AppealWithdrawn,
        AppealResult.Reverse => left.Outcomes.First(o => o.Unit == unit).Outcome,
        AppealResult.Remand => Outcome.RevokeAndRemand,
        _ => Outcome.OrderDocket,
    };

    private Outcome Reversed(Outcome outcome)
    {
        if (outcome.ClassOf() == OutcomeClass.Loss) return Outcome.DismissClaims;
        Outcome reversed;
        do reversed = _world.Quotas.NextLoss();
        while (reversed is Outcome.OrderDamages or Outcome.AgreementLiability or Outcome.ConfirmUnlawfulAfterSelfCorrection);
        return reversed;
    }

    /// <summary>A new first instance: after a remand, an order to docket, or a transfer to another court.</summary>
    private void Reopen(Court court, DateOnly after)
    {
        var openedOn = Calendar.OnOrAfter(after.AddDays(_random.Between(12, 25)));
        var caseNo = Open(InstanceLevel.First, court, openedOn);
        var closedOn = Calendar.OnOrAfter(openedOn.AddDays(_random.Between(45, 100)));
        var outcome = _world.Quotas.NextEndingAgain(closedOn.Year, _defendants[0]);
        FirstInstance(caseNo, openedOn, new Ending(closedOn, [.. _defendants.Select(unit => (unit, outcome))]), isFirst: false);
    }

    private void Petition(DateOnly effectiveOn)
    {
        var openedOn = Calendar.OnOrAfter(effectiveOn.AddDays(_random.Between(90, 170)));
        var petition = Open(InstanceLevel.Petition, Court.Province, openedOn);
        var decidedOn = Calendar.OnOrAfter(openedOn.AddDays(_random.Between(50, 85)));
        var outcome = _plan.Retried ? Outcome.RetrialOrdered : Outcome.RetrialPetitionDismissed;
        Judgment(petition, InstanceLevel.Petition, DocumentKind.Ruling, decidedOn, [.. _defendants.Select(unit => (unit, outcome))]);
        if (!_plan.Retried) return;
        var reopenedOn = Calendar.OnOrAfter(decidedOn.AddDays(15));
        var retrial = Open(InstanceLevel.Retrial, Court.Province, reopenedOn);
        var left = new Ending(Calendar.OnOrAfter(reopenedOn.AddDays(70)), _defendants[0], Outcome.RevokeAndRedo);
        Hearing(retrial, Calendar.OnOrAfter(reopenedOn.AddDays(40)), openCourt: true);
        Judgment(retrial, InstanceLevel.Retrial, DocumentKind.Judgment, left.ClosedOn, left.Outcomes);
        _log.Add(new OutcomeBecameEffective(retrial, Receive(retrial, left), EffectiveBasis.CourtNotice));
    }

    private string Open(InstanceLevel level, Court court, DateOnly openedOn)
    {
        var caseNo = Number(court, openedOn, level);
        _log.Add(new InstanceOpened(level, caseNo, court.Name, openedOn));
        return caseNo;
    }

    private Court CourtOf(string caseNo) =>
        CaseNumber.Parse(caseNo)!.Court is var code && code == Court.Neighbour.Code ? Court.Neighbour : _court;
}
