using Ledger.Domain.Lawsuits;

namespace Ledger.Host.Demo;

/// <summary>Whether a filing comes in time.</summary>
internal enum Punctuality
{
    OnTime,
    Late,
    Missing,
}

/// <summary>What becomes of an appeal.</summary>
internal enum AppealResult
{
    None,
    Affirm,
    Withdraw,
    Reverse,
    Remand,
    OrderDocket,
}

/// <summary>The proportions of the county (domain.md §4, synthetic data).</summary>
internal sealed class CountyQuotas(int seed)
{
    private readonly Dictionary<int, Quota<bool>> _lost = [];
    private readonly Dictionary<(int Year, bool Lost), Quota<string>> _units = [];
    private readonly Dictionary<int, Quota<bool>> _heads = [];

    private readonly Quota<Outcome> _notLost = new(
        (Outcome.DismissClaims, 30), (Outcome.DismissSuit, 11), (Outcome.NotDocketed, 3), (Outcome.Transferred, 2),
        (Outcome.WithdrawAfterDefendantChanged, 9), (Outcome.WithdrawVoluntary, 7), (Outcome.DeemedWithdrawn, 3),
        (Outcome.Mediated, 3), (Outcome.Terminated, 4), (Outcome.Consolidated, 2), (Outcome.AgreementCompensation, 2));

    private readonly Quota<Outcome> _losses = new(
        (Outcome.ConfirmUnlawful, 22), (Outcome.ConfirmUnlawfulMinorProcedure, 6), (Outcome.ConfirmUnlawfulAfterSelfCorrection, 2),
        (Outcome.RevokeAndRedo, 18), (Outcome.RevokeAll, 16), (Outcome.RevokePart, 6), (Outcome.OrderPerform, 12),
        (Outcome.OrderPay, 3), (Outcome.OrderDamages, 6), (Outcome.AgreementLiability, 3), (Outcome.Modify, 3), (Outcome.ConfirmInvalid, 3));

    private readonly Quota<LossCause> _causes = new(
        (LossCause.ProceduralViolation, 30), (LossCause.InsufficientEvidence, 28), (LossCause.MisappliedLaw, 15),
        (LossCause.ExceededAuthority, 6), (LossCause.NoStanding, 4), (LossCause.ManifestlyImproper, 5));

    private readonly Quota<bool> _appealed = new((true, 50), (false, 50));

    private readonly Quota<AppealResult> _judgmentAppeals = new(
        (AppealResult.Affirm, 78), (AppealResult.Withdraw, 8), (AppealResult.Reverse, 8), (AppealResult.Remand, 6));

    private readonly Quota<AppealResult> _rulingAppeals = new((AppealResult.Affirm, 90), (AppealResult.OrderDocket, 10));

    private readonly Quota<Punctuality> _caseFilings = new((Punctuality.OnTime, 85), (Punctuality.Late, 10), (Punctuality.Missing, 5));
    private readonly Quota<Punctuality> _lossFilings = new((Punctuality.OnTime, 75), (Punctuality.Late, 15), (Punctuality.Missing, 10));

    /// <summary>Whether the next first-instance document closed in that year is lost, and with what outcome.</summary>
    public Outcome NextEnding(int year) => Lost(year).Next() ? NextLoss() : _notLost.Next();

    /// <summary>
    /// The same for a suit that has been before a court already: it is heard on the merits or withdrawn. Only a unit that
    /// has a share in the losses loses it.
    /// </summary>
    public Outcome NextEndingAgain(int year, string unit)
    {
        if (!DemoUnits.LossShares.Any(s => s.Unit == unit)) Lost(year).Take(false);
        else if (Lost(year).Next()) return NextLoss();
        Outcome outcome;
        do outcome = _notLost.Next();
        while (outcome is Outcome.NotDocketed or Outcome.Transferred or Outcome.Consolidated);
        return outcome;
    }

    public Outcome NextLoss() => _losses.Next();

    public LossCause NextCause() => _causes.Next();

    public string NextUnit(int year, bool lost) => Units(year, lost).Next();

    public bool NextHeadAttends(int year)
    {
        if (!_heads.TryGetValue(year, out var heads))
        {
            var percent = Math.Clamp(70 + (year - 2022) * 9, 60, 97);
            _heads[year] = heads = new Quota<bool>((true, percent), (false, 100 - percent));
        }

        return heads.Next();
    }

    public AppealResult NextAppeal(DocumentKind kind) => !_appealed.Next()
        ? AppealResult.None
        : (kind == DocumentKind.Judgment ? _judgmentAppeals : _rulingAppeals).Next();

    public Punctuality NextCaseFiling() => _caseFilings.Next();

    public Punctuality NextLossFiling() => _lossFilings.Next();

    /// <summary>Counts a closing that a named situation fixes, so that the others make up for it.</summary>
    public void Take(Ending ending)
    {
        var counted = ending.Outcomes.Where(o => o.Unit != DemoUnits.City).ToList();
        Lost(ending.ClosedOn.Year).Take(counted.Exists(o => o.Outcome.ClassOf() == OutcomeClass.Loss));
        foreach (var (unit, outcome) in counted)
            Units(ending.ClosedOn.Year, outcome.ClassOf() == OutcomeClass.Loss).Take(unit);
    }

    private Quota<bool> Lost(int year)
    {
        if (!_lost.TryGetValue(year, out var quota))
        {
            var percent = DemoOptions.LossRate(year);
            _lost[year] = quota = new Quota<bool>((false, 100 - percent), (true, percent));
        }

        return quota;
    }

    private Quota<string> Units(int year, bool lost)
    {
        if (!_units.TryGetValue((year, lost), out var quota))
            _units[(year, lost)] = quota = new Quota<string>(lost ? DemoUnits.LossShares : DemoUnits.CaseShares)
                .Shuffled(DemoRandom.For(seed, year, lost ? 1 : 2));
        return quota;
    }
}
