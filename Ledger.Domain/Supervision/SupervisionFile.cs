using Ledger.Domain.Facts;

namespace Ledger.Domain.Supervision;

/// <summary>What a file of supervision is about; the fact that opens it decides.</summary>
public enum SupervisionKind
{
    /// <summary>重点监督对象</summary>
    KeyTarget,

    /// <summary>年度专项监督</summary>
    AnnualSpecial,

    /// <summary>上门监督</summary>
    Visit,

    /// <summary>交叉监督</summary>
    Cross,

    /// <summary>推磨式监督</summary>
    Rotational,

    /// <summary>个案监督</summary>
    IndividualCase,

    /// <summary>重大行政处罚备案</summary>
    MajorPenalty,

    /// <summary>网上许可巡查</summary>
    LicensingPatrol,

    /// <summary>重点跟踪督办</summary>
    KeyTracking,

    /// <summary>专项督导</summary>
    SpecialSupervision,
}

/// <summary>
/// The frame of <c>supervision/{key}</c>: what opened the file, which facts have a place in it, which units it is about. The
/// states beside it decide on what happens inside.
/// </summary>
public sealed class SupervisionFile(string key) : SubjectState(new Subject(StreamKind.Supervision, key))
{
    /// <summary>The fact that opened it.</summary>
    public IFact? Opening { get; private set; }

    /// <summary>What it is about.</summary>
    public SupervisionKind? Kind => Opening is null ? null : KindOf(Opening);

    /// <summary>The units that are supervised in it.</summary>
    public IReadOnlyList<string> Units => Opening switch
    {
        null => [],
        IQuarterlySupervision f => [.. f.Visits.Select(v => v.Visited)],
        _ => [.. ((INamesUnits)Opening).NamedUnits],
    };

    /// <inheritdoc/>
    protected override Refusal? Decide(IFact fact, AdmissionContext context)
    {
        if (Opening is not { LegalDate: { } opened } || fact is IOpensStream) return null;
        if (!HasPlace(fact, Kind!.Value)) return Refusal.Of(Codes.SupervisionOtherKind, EventCatalog.EntryOf(fact).Chinese, Subject, EventCatalog.EntryOf(Opening).Chinese);
        // Who reports may be the successor of who was told to: the instrument decides.
        if (fact is INamesUnits named and not SupervisionCorrectionReported && named.NamedUnits.FirstOrDefault(u => !Units.Contains(u, StringComparer.Ordinal)) is { } other)
            return Refusal.Of(Codes.SupervisionOtherUnit, Subject, other);
        return fact.LegalDate is { } on ? Order.Check(on, opened, EventCatalog.EntryOf(Opening).Chinese) : null;
    }

    /// <inheritdoc/>
    protected override void Fold(VisibleFact fact)
    {
        if (fact.Fact is IOpensStream) Opening ??= fact.Fact;
    }

    /// <summary>Folds a file.</summary>
    public static SupervisionFile Fold(string key, IEnumerable<VisibleFact> facts)
    {
        var file = new SupervisionFile(key);
        foreach (var fact in facts) file.Apply(fact);
        return file;
    }

    /// <summary>What the file is about that a fact opens.</summary>
    public static SupervisionKind KindOf(IFact opening) => opening switch
    {
        KeySupervisionTargetDesignated => SupervisionKind.KeyTarget,
        AnnualSpecialSupervisionPlanned => SupervisionKind.AnnualSpecial,
        QuarterlyVisitConducted => SupervisionKind.Visit,
        CrossSupervisionConducted => SupervisionKind.Cross,
        RotationalSupervisionConducted => SupervisionKind.Rotational,
        IndividualCaseSupervisionOpened => SupervisionKind.IndividualCase,
        MajorPenaltyFiled => SupervisionKind.MajorPenalty,
        LicensingPatrolConducted => SupervisionKind.LicensingPatrol,
        KeyTrackingOrdered => SupervisionKind.KeyTracking,
        SpecialSupervisionOrdered => SupervisionKind.SpecialSupervision,
        _ => throw new ArgumentOutOfRangeException(nameof(opening)),
    };

    // Findings and instruments have a place in every file: whatever is looked at may be found unlawful.
    private static bool HasPlace(IFact fact, SupervisionKind kind) => fact switch
    {
        OnSiteSupervisionStarted or OnSiteSupervisionEnded => kind == SupervisionKind.KeyTarget,
        SiteInspectionConducted or EnforcementTrainingHeld or CaseFileReviewed or SupervisionItemChecked =>
            kind is not (SupervisionKind.IndividualCase or SupervisionKind.MajorPenalty or SupervisionKind.LicensingPatrol),
        AnnualSpecialSupervisionLaunched or AnnualSpecialSupervisionConcluded => kind == SupervisionKind.AnnualSpecial,
        CaseSupervisionElevated or IndividualCaseSupervisionClosed => kind == SupervisionKind.IndividualCase,
        MajorPenaltyReviewed => kind == SupervisionKind.MajorPenalty,
        LicensingIssueFound or LicensingIssueResolved => kind == SupervisionKind.LicensingPatrol,
        KeyTrackingLifted => kind == SupervisionKind.KeyTracking,
        SpecialSupervisionConcluded => kind == SupervisionKind.SpecialSupervision,
        _ => true,
    };
}

/// <summary>What must not come before what.</summary>
internal static class Order
{
    /// <summary>The refusal of a date that is earlier than it can be.</summary>
    public static Refusal? Check(DateOnly date, DateOnly earliest, string what) =>
        date < earliest ? Refusal.Of(Codes.DateOutOfOrder, date.ToString("O"), earliest.ToString("O"), what) : null;
}
