using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Obligations;
using Ledger.Domain.Plan;

namespace Ledger.Domain.Disputes;

/// <summary>What must not be hidden by a good rate (诉前化解、撤诉后反复): it is shown, and nobody is accused by it.</summary>
public enum DisputeFlag
{
    /// <summary>化解后又起诉: a suit on or after the day of the settlement.</summary>
    SuedAfterSettlement,

    /// <summary>化解后又信访</summary>
    PetitionedAfterSettlement,

    /// <summary>撤诉后又起诉: another suit on or after the day on which one was withdrawn.</summary>
    SuedAfterWithdrawal,

    /// <summary>撤诉后又信访</summary>
    PetitionedAfterWithdrawal,

    /// <summary>协议逾期未履行: an agreement is not performed, and its last day is over.</summary>
    AgreementNotPerformed,

    /// <summary>诉讼中引导: guidance dated on or after the day of the suit, which became known later.</summary>
    GuidedDuringSuit,
}

/// <summary>A step of a dispute's path.</summary>
/// <param name="Fact">The fact's stable name.</param>
/// <param name="On">The day.</param>
/// <param name="Code">The channel, reason or decision, where the fact has one.</param>
/// <param name="Sha256">The hash of the document that shows it, where the fact has one.</param>
/// <param name="Evidence">The fact.</param>
public sealed record DisputeStep(string Fact, DateOnly? On, string? Code, string? Sha256, Evidence Evidence);

/// <summary>A dispute in a list.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Unit">The unit whose act is disputed.</param>
/// <param name="Name">The unit's name.</param>
/// <param name="Township">Where it arose, when known.</param>
/// <param name="Field">行政管理领域</param>
/// <param name="ActType">行政行为种类</param>
/// <param name="PartyKind">Whom it affects.</param>
/// <param name="Source">How it became known.</param>
/// <param name="RecordedOn">The day of registration.</param>
/// <param name="State">Where it stands.</param>
/// <param name="SettledOn">The day of the settlement, if any.</param>
/// <param name="Lawsuits">The lawsuits to which it led.</param>
/// <param name="Flags">What must not be hidden by a good rate.</param>
/// <param name="Path">What was done, in the order in which it happened.</param>
public sealed record DisputeRow(
    string Key, string Unit, string Name, string? Township, string Field, string ActType, PartyKind PartyKind, DisputeSource Source,
    DateOnly RecordedOn, DisputeState State, DateOnly? SettledOn, IReadOnlyList<string> Lawsuits, IReadOnlyList<DisputeFlag> Flags,
    IReadOnlyList<DisputeStep> Path);

/// <summary>The rates of a unit's disputes; the county's where there is no unit.</summary>
/// <param name="Unit">The unit; null for the county.</param>
/// <param name="Name">Its name; null for the county.</param>
/// <param name="Recorded">Disputes registered (in the period).</param>
/// <param name="Guided">Of those, how many were guided or went a way outside court by themselves.</param>
/// <param name="ResolvedBeforeCourt">诉前化解率: resolved without a suit / registered.</param>
/// <param name="EnteredLitigation">进入诉讼比例: led to a suit / registered.</param>
/// <param name="MediationSucceeded">调解成功率: mediations that succeeded / that ended (in the period).</param>
/// <param name="AgreementPerformed">协议履行率: agreements performed / reached (in the period).</param>
/// <param name="ReconsiderationCorrected">复议纠错率: correcting decisions / decisions after review (in the period).</param>
/// <param name="ReturnedAfterSettlement">化解后反复: settled disputes that were sued or petitioned about again / settled.</param>
/// <param name="ReturnedAfterWithdrawal">撤诉后反复: disputes of which a suit was withdrawn and that were sued or petitioned about again / withdrawn.</param>
public sealed record DisputeRateRow(
    string? Unit, string? Name, int Recorded, Ratio Guided, Ratio ResolvedBeforeCourt, Ratio EnteredLitigation, Ratio MediationSucceeded,
    Ratio AgreementPerformed, Ratio ReconsiderationCorrected, Ratio ReturnedAfterSettlement, Ratio ReturnedAfterWithdrawal);

/// <summary>The answers about disputes before court.</summary>
internal static class DisputeAnswers
{
    /// <summary>The disputes with their facts by the day.</summary>
    public static IEnumerable<(Subject Subject, Dispute Dispute)> All(Situation situation) =>
        from stream in situation.Streams(StreamKind.Dispute)
        let dispute = Dispute.Fold(stream.Subject.Key, stream.Facts)
        where dispute.Recorded is not null
        select (stream.Subject, dispute);

    public static IEnumerable<DisputeRow> Rows(Situation situation, Asked asked) =>
        from d in All(situation)
        let recorded = d.Dispute.Recorded
        let state = d.Dispute.StateOn(situation.AsOf, situation.Calendar)
        where (asked.Unit is null || recorded.Unit == asked.Unit) && (asked.Key is null || d.Dispute.Key == asked.Key)
            && (asked.Status is null || state.ToString() == asked.Status) && asked.Period?.Contains(recorded.RecordedOn) != false
        select new DisputeRow(
            d.Dispute.Key, recorded.Unit, situation.NameOf(recorded.Unit), recorded.Township, recorded.Field, recorded.ActType, recorded.PartyKind,
            recorded.Source, recorded.RecordedOn, state, d.Dispute.SettledOn, [.. d.Dispute.Suits.Select(s => s.Lawsuit)],
            [.. FlagsOf(d.Dispute, situation)], [.. d.Dispute.Path.Select(f => Step(d.Subject, f))]);

    public static IEnumerable<DisputeRateRow> Rates(Situation situation, Asked asked)
    {
        var disputes = All(situation).Select(d => d.Dispute).ToLookup(d => d.Recorded!.Unit, StringComparer.Ordinal);
        var units = situation.County.CountedUnits.Select(u => u.Key).Where(u => asked.Unit is null || u == asked.Unit).ToList();
        foreach (var unit in units) yield return Rate(unit, disputes[unit], situation, asked.Period);
        if (asked.Unit is null) yield return Rate(null, units.SelectMany(u => disputes[u]), situation, asked.Period);
    }

    /// <summary>The first thing by which the party was guided, or went a way outside court without it.</summary>
    public static VisibleFact? GuidanceOf(Dispute dispute) => dispute.Path.FirstOrDefault(f =>
        f.Fact is NonLitigationGuidanceGiven or PreLitigationMediationStarted or ReconsiderationFiled);

    private static DisputeRateRow Rate(string? unit, IEnumerable<Dispute> disputes, Situation situation, Period? period)
    {
        var all = disputes.ToList();
        var recorded = all.Where(d => In(d.Recorded!.RecordedOn)).ToList();
        var settled = recorded.Where(d => d.SettledOn is not null).ToList();
        var withdrawn = recorded.Where(d => WithdrawnOn(d, situation) is not null).ToList();
        var agreements = all.SelectMany(d => d.Agreements.Where(a => In(a.AgreedOn)).Select(a => d.IsPerformed(a))).ToList();
        var failed = all.SelectMany(d => d.Path).Count(f => f.Fact is PreLitigationMediationFailed m && In(m.FailedOn));
        var decided = all.SelectMany(d => d.Decisions).Where(d => d.Decision.IsReviewed() && In(d.DecidedOn)).ToList();
        return new DisputeRateRow(
            unit, unit is null ? null : situation.NameOf(unit), recorded.Count,
            Of(recorded, d => GuidanceOf(d) is not null),
            Of(recorded, d => d.StateOn(situation.AsOf, situation.Calendar) == DisputeState.Resolved),
            Of(recorded, d => d.Suits.Any()),
            new Ratio(agreements.Count, agreements.Count + failed),
            new Ratio(agreements.Count(performed => performed), agreements.Count),
            new Ratio(decided.Count(d => d.Decision.IsCorrection()), decided.Count),
            Of(settled, d => FlagsOf(d, situation).Any(f => f is DisputeFlag.SuedAfterSettlement or DisputeFlag.PetitionedAfterSettlement)),
            Of(withdrawn, d => FlagsOf(d, situation).Any(f => f is DisputeFlag.SuedAfterWithdrawal or DisputeFlag.PetitionedAfterWithdrawal)));

        bool In(DateOnly day) => period?.Contains(day) != false;
    }

    private static Ratio Of(List<Dispute> disputes, Func<Dispute, bool> counts) => new(disputes.Count(counts), disputes.Count);

    private static IEnumerable<DisputeFlag> FlagsOf(Dispute dispute, Situation situation)
    {
        if (dispute.SettledOn is { } settled)
        {
            if (dispute.Suits.Any(s => s.EnteredOn >= settled)) yield return DisputeFlag.SuedAfterSettlement;
            if (dispute.Petitions.Any(p => p.ReceivedOn >= settled)) yield return DisputeFlag.PetitionedAfterSettlement;
        }

        if (WithdrawnOn(dispute, situation) is var (lawsuit, withdrawn))
        {
            if (dispute.Suits.Any(s => s.Lawsuit != lawsuit && s.EnteredOn >= withdrawn)) yield return DisputeFlag.SuedAfterWithdrawal;
            if (dispute.Petitions.Any(p => p.ReceivedOn >= withdrawn)) yield return DisputeFlag.PetitionedAfterWithdrawal;
        }

        if (dispute.Agreements.Any(a => a.PerformBy < situation.AsOf && !dispute.IsPerformed(a))) yield return DisputeFlag.AgreementNotPerformed;
        if (dispute.Suits.FirstOrDefault() is { } suit && dispute.Path.Any(f => f.Fact is NonLitigationGuidanceGiven g && g.GuidedOn >= suit.EnteredOn))
            yield return DisputeFlag.GuidedDuringSuit;
    }

    // The first suit that ended with a withdrawal, whatever its kind.
    private static (string Lawsuit, DateOnly On)? WithdrawnOn(Dispute dispute, Situation situation)
    {
        (string Lawsuit, DateOnly On)? first = null;
        foreach (var suit in dispute.Suits)
            if (situation.Lawsuits.GetValueOrDefault(suit.Lawsuit)?.Documents.FirstOrDefault(d =>
                d.StatedFor(dispute.Recorded!.Unit).Any(o => o.ClassOf() == OutcomeClass.Withdrawn)) is { Rendered.ClosedOn: var on }
                && (first is null || on < first.Value.On))
                first = (suit.Lawsuit, on);
        return first;
    }

    private static DisputeStep Step(Subject subject, VisibleFact fact)
    {
        var (code, sha256) = fact.Fact switch
        {
            NonLitigationGuidanceGiven f => (f.Channel.ToString(), f.NoticeSha256),
            PreLitigationMediationStarted f => (f.Body.ToString(), null),
            PreLitigationMediationSucceeded f => (null, f.AgreementSha256),
            PreLitigationMediationFailed f => (f.Reason.ToString(), null),
            MediationAgreementPerformed f => (null, f.ProofSha256),
            ReconsiderationDecided f => (f.Decision.ToString(), f.DecisionSha256),
            _ => ((string?)null, (string?)null),
        };
        return new DisputeStep(EventCatalog.NameOf(fact.Fact), fact.Fact.LegalDate, code, sha256, Evidence.Of(subject, fact));
    }
}
