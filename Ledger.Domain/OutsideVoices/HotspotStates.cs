using System.Globalization;
using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Domain.Obligations;
using Ledger.Domain.Policies;

namespace Ledger.Domain.OutsideVoices;

/// <summary>The rules of <c>hotspot/{key}</c>: a hotspot or the review of a period, with the warnings that follow from it.</summary>
public sealed class HotspotState(string key) : SubjectState(new Subject(StreamKind.Hotspot, key))
{
    private readonly List<EarlyWarningIssued> _warnings = [];
    private readonly HashSet<(string DocumentNo, string Unit)> _rectified = [];
    private DateOnly _openedOn;
    private bool _noneFound;

    /// <inheritdoc/>
    protected override Refusal? Decide(IFact fact, AdmissionContext context) => fact switch
    {
        // A stream whose key is a period is kept for the review of that period.
        HotspotIdentified when Period.TryParse(key, out _) => Refusal.Of(Codes.InvalidValue, "subject", Subject),
        HotspotIdentified f => NotBefore(f.IdentifiedOn, f.AsOf, "asOf"),
        HotspotReviewHeld f when f.Period != key => Refusal.Of(Codes.InvalidValue, "period", f.Period),
        HotspotReviewHeld f => NotBefore(f.HeldOn, Period.Parse(f.Period).First, "period"),
        EarlyWarningIssued when _noneFound => Refusal.Of(Codes.HotspotNoneFound, key),
        EarlyWarningIssued f when f.Units.Count == 0 || f.Units.Distinct(StringComparer.Ordinal).Count() < f.Units.Count =>
            Refusal.Of(Codes.InvalidValue, "units", string.Join('、', f.Units)),
        EarlyWarningIssued f when _warnings.Exists(w => w.DocumentNo == f.DocumentNo) => Refusal.Of(Codes.WarningAlreadyIssued, f.DocumentNo),
        EarlyWarningIssued f => NotBefore(f.IssuedOn, _openedOn, Subject.ToString()) ?? NotBefore(f.DueOn, f.IssuedOn, nameof(EarlyWarningIssued)),
        WarningRectified f when _warnings.Find(w => w.DocumentNo == f.DocumentNo && w.Units.Contains(f.Unit, StringComparer.Ordinal)) is not { } warning =>
            Refusal.Of(Codes.WarningNotIssued, f.DocumentNo, f.Unit),
        WarningRectified f when _rectified.Contains((f.DocumentNo, f.Unit)) => Refusal.Of(Codes.WarningAlreadyRectified, f.DocumentNo, f.Unit),
        WarningRectified f => NotBefore(f.RectifiedOn, _warnings.Find(w => w.DocumentNo == f.DocumentNo)!.IssuedOn, nameof(EarlyWarningIssued)),
        _ => null,
    };

    /// <inheritdoc/>
    protected override void Fold(VisibleFact fact)
    {
        switch (fact.Fact)
        {
            case HotspotIdentified f: _openedOn = f.IdentifiedOn; break;
            case HotspotReviewHeld f: (_openedOn, _noneFound) = (f.HeldOn, f.None); break;
            case EarlyWarningIssued f: _warnings.Add(f); break;
            case WarningRectified f: _rectified.Add((f.DocumentNo, f.Unit)); break;
            default: break;
        }
    }

    private static Refusal? NotBefore(DateOnly date, DateOnly earliest, string of) => date >= earliest ? null
        : Refusal.Of(Codes.DateOutOfOrder, date.ToString("O", CultureInfo.InvariantCulture), earliest.ToString("O", CultureInfo.InvariantCulture), of);
}

/// <summary>The rules of hotspot rules in <c>policy/{id}</c>: each id is adopted once, whatever it is about.</summary>
public sealed class HotspotRuleState(string id) : IStreamState
{
    private bool _adopted;

    /// <inheritdoc/>
    public Refusal? Check(IFact fact, AdmissionContext context) => fact switch
    {
        HotspotRuleAdopted when _adopted => Refusal.Of(Codes.PolicyAlreadyAdopted, id),
        HotspotRuleAdopted { AtLeast: < 1 } f => Refusal.Of(Codes.InvalidValue, "atLeast", f.AtLeast),
        _ => null,
    };

    /// <inheritdoc/>
    public void Apply(VisibleFact fact) =>
        _adopted |= fact.Fact is HotspotRuleAdopted or CountingPolicyAdopted or ActionPlanIssued or DutyScheduleAdopted;
}
