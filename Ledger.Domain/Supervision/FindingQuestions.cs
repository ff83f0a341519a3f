using Ledger.Domain.Facts;
using Ledger.Domain.Obligations;
using Ledger.Domain.Plan;

namespace Ledger.Domain.Supervision;

/// <summary>Where a finding stands.</summary>
public enum FindingStatus
{
    /// <summary>已发现</summary>
    Recorded,

    /// <summary>已查实</summary>
    Confirmed,

    /// <summary>查否</summary>
    Dismissed,

    /// <summary>期限内</summary>
    TermRunning,

    /// <summary>逾期未报告</summary>
    CorrectionOverdue,

    /// <summary>报告被退回</summary>
    ReportRejected,

    /// <summary>按期报告</summary>
    Reported,

    /// <summary>逾期报告</summary>
    ReportedLate,

    /// <summary>已作监督决定</summary>
    Decided,
}

/// <summary>An act that was put right.</summary>
/// <param name="Result">How: the fact.</param>
/// <param name="ActNo">The act.</param>
/// <param name="On">When.</param>
public sealed record CorrectedAct(string Result, string ActNo, DateOnly On);

/// <summary>A finding in the correction ledger (纠正台账).</summary>
/// <param name="Key">The file.</param>
/// <param name="Finding">The finding.</param>
/// <param name="Unit">The unit.</param>
/// <param name="Name">Its name.</param>
/// <param name="Type">What is wrong.</param>
/// <param name="LegalBasis">The provision that is broken.</param>
/// <param name="FoundOn">When it was found.</param>
/// <param name="ConfirmedOn">When it was confirmed.</param>
/// <param name="Instrument">The last instrument about it.</param>
/// <param name="DocumentNo">Its number.</param>
/// <param name="DueOn">The last day of its term.</param>
/// <param name="ReportedOn">When the unit reported (a report that stands).</param>
/// <param name="DaysLate">Working days by which the report was, or is, late.</param>
/// <param name="DecisionNo">The decision that followed because it was not handled.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Acts">What became of the acts.</param>
/// <param name="Certificates">How many officers' certificates were suspended for it.</param>
/// <param name="Evidence">The facts.</param>
public sealed record FindingRow(
    string Key, string Finding, string Unit, string Name, FindingType Type, string LegalBasis, DateOnly FoundOn, DateOnly? ConfirmedOn, Instrument? Instrument,
    string? DocumentNo, DateOnly? DueOn, DateOnly? ReportedOn, int DaysLate, string? DecisionNo, FindingStatus Status, IReadOnlyList<CorrectedAct> Acts,
    int Certificates, IReadOnlyList<Evidence> Evidence);

/// <summary>The correction ledger.</summary>
internal static class FindingQuestions
{
    public static IReadOnlyList<Question> All { get; } =
    [
        Question.Of("findings", "监督发现问题纠正台账", "findings, what was ordered, and whether it was corrected in time", Audience.Units, Rows,
            Parameters.Unit | Parameters.Period | Parameters.Status | Parameters.Key),
    ];

    private static IEnumerable<FindingRow> Rows(Situation situation, Asked asked) =>
        from file in OpenedFile.Of(situation)
        where asked.Key is null || asked.Key == file.Key
        let state = Findings.Fold(file.Facts)
        from finding in state.All.Values
        where asked.Wants(finding.Found.Unit, finding.Found.FoundOn)
        let row = Row(situation, file, state, finding)
        where asked.WantsStatus(row.Status)
        orderby row.FoundOn
        select row;

    private static FindingRow Row(Situation situation, OpenedFile file, Findings state, Finding finding)
    {
        var found = finding.Found;
        var issued = state.Instruments.Values.Where(i => Findings.FindingsOf(i.Document).Contains(found.Finding, StringComparer.Ordinal)).ToList();
        var last = issued.OrderBy(i => i.Issued.Fact.LegalDate).ThenBy(i => i.Issued.Sequence).LastOrDefault();
        var standing = last?.Standing(situation.AsOf);
        var status = StatusOf(finding, last, standing, situation.AsOf);
        // A decision in the place of a report ends the waiting; until then each working day after the term counts.
        var lateUntil = standing?.Fact.LegalDate ?? last?.Decision?.Fact.LegalDate ?? situation.AsOf;
        var decisions = issued.Where(i => i.Decision is not null).Select(i => state.Instruments[((SupervisionDecisionIssued)i.Decision!.Fact).DocumentNo]).Distinct().ToList();
        var results = issued.Concat(decisions).SelectMany(i => i.Results).OrderBy(r => r.Sequence).ToList();
        var suspended = file.Told<LicenceCertificateSuspended>().Where(s => s.Fact.Finding == found.Finding).Select(s => s.Visible).ToList();
        return new FindingRow(
            file.Key, found.Finding, found.Unit, situation.NameOf(found.Unit), found.Type, found.LegalBasis, found.FoundOn,
            (finding.Decided?.Fact as SupervisionFindingConfirmed)?.ConfirmedOn,
            last is null ? null : InstrumentTypes.TypeOf(last.Document), last?.Document.DocumentNo, last?.Document.TermEndsOn, standing?.Fact.LegalDate,
            last?.Document.TermEndsOn is { } due && due < lateUntil ? situation.Calendar.WorkingDaysBetween(due, lateUntil) : 0,
            (last?.Decision?.Fact as SupervisionDecisionIssued)?.DocumentNo, status,
            [.. results.Select(r => new CorrectedAct(EventCatalog.NameOf(r.Fact), ActOf(r.Fact), r.Fact.LegalDate!.Value))], suspended.Count,
            file.EvidenceOf([finding.Recorded, finding.Decided, .. issued.Select(i => i.Issued), standing, last?.Decision, .. results, .. suspended]));
    }

    private static FindingStatus StatusOf(Finding finding, IssuedInstrument? last, VisibleFact? standing, DateOnly asOf) => (finding.Decided?.Fact, last) switch
    {
        (SupervisionFindingDismissed, _) => FindingStatus.Dismissed,
        (null, null) => FindingStatus.Recorded,
        (_, null) => FindingStatus.Confirmed,
        (_, { Decision: not null }) => FindingStatus.Decided,
        _ when standing is not null => standing.Fact.LegalDate <= last.Document.TermEndsOn ? FindingStatus.Reported : FindingStatus.ReportedLate,
        (_, { Reports.Count: > 0 }) => FindingStatus.ReportRejected,
        _ => last.Document.TermEndsOn < asOf ? FindingStatus.CorrectionOverdue : FindingStatus.TermRunning,
    };

    private static string ActOf(IFact result) => result switch
    {
        EnforcementActRevoked f => f.ActNo,
        EnforcementActModified f => f.ActNo,
        EnforcementActConfirmedUnlawful f => f.ActNo,
        _ => "",
    };
}
