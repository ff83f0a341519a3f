using Ledger.Domain.Facts;
using Ledger.Domain.Obligations;
using Ledger.Domain.Plan;
using Ledger.Domain.Rectifications;

namespace Ledger.Domain.Accountability;

/// <summary>The answers about accountability and tolerance; none of them names a person.</summary>
public static class AccountabilityQuestions
{
    /// <summary>The questions.</summary>
    public static IReadOnlyList<Question> All { get; } =
    [
        Question.Of("accountability-cases", "过错责任追究案件及其进展", "fault cases and how far they are", Audience.Office,
            Cases, Parameters.Unit | Parameters.Status | Parameters.Key | Parameters.Period),
        Question.Of("orphans", "未终结事项：过错败诉和查实问题尚无终结决定", "losses by fault and confirmed findings without a terminal decision", Audience.Office,
            Orphans, Parameters.Unit),
        Question.Of("accountability-by-form", "追责形式统计", "how often each form of accountability was decided", Audience.Office,
            Forms, Parameters.Unit | Parameters.Period),
        Question.Of("tolerances", "容错免责台账", "requests for tolerance and what came of them", Audience.Office, Tolerances, Parameters.Unit | Parameters.Status | Parameters.Period),
    ];

    private static IEnumerable<AccountabilityRow> Cases(Situation situation, Asked asked) =>
        from file in AccountabilityCase.Of(situation)
        let opened = file.Opened
        where asked.Unit is null || opened.Unit == asked.Unit
        where asked.Key is null || file.Stream.Key == asked.Key
        where asked.Status is null || file.Stage.ToString() == asked.Status
        where asked.Period is null || asked.Period.Contains(opened.OpenedOn)
        let terminal = file.TerminalBy?.Fact
        let decided = terminal as AccountabilityDecided
        let fault = file.Fault
        select new AccountabilityRow(
            file.Stream.Key, opened.Unit, situation.NameOf(opened.Unit), opened.Loss?.Lawsuit, opened.Loss?.CaseNo, opened.Loss?.Rectification,
            opened.Finding?.Supervision, opened.Finding?.Finding, opened.OpenedOn, file.Stage, fault?.Types ?? [], fault?.Severity,
            fault?.Persons.Select(p => p.Role).ToList() ?? [], fault?.ExcludedGrounds ?? [], terminal?.LegalDate, decided?.DocumentNo,
            decided?.Measures.Select(m => new MeasureDecidedRow(m.Subject, m.Form, m.Authority, RoleOf(file, decided, m))).ToList() ?? [],
            (terminal as AccountabilityNotPursued)?.Reasons ?? [], decided is null ? null : ExecutionOf(file, file.TerminalBy!)?.Fact.LegalDate,
            file.Standing.AppealPending, file.Last<AccountabilityAppealDecided>()?.Result, file.Last<CaseTransferredToSupervisoryCommission>()?.TransferredOn,
            [.. file.Facts.Select(f => Evidence.Of(file.Stream, f))]);

    private static IEnumerable<OrphanRow> Orphans(Situation situation, Asked asked) =>
        from must in MustDecide.Of(situation)
        where must.DecidedIn is null && (asked.Unit is null || must.Unit == asked.Unit)
        let file = must.Cases.Count == 0 ? null : must.Cases.MaxBy(c => c.Stage)
        select new OrphanRow(
            must.Unit, situation.NameOf(must.Unit), must.Subject.ToString(), must.Loss?.Lawsuit, must.Loss?.CaseNo, must.Finding, must.Since.Fact.LegalDate!.Value,
            file?.Stream.Key, file?.Stage, [Evidence.Of(must.Subject, must.Since)]);

    private static IEnumerable<FormRow> Forms(Situation situation, Asked asked) =>
        from file in AccountabilityCase.Of(situation)
        where asked.Unit is null || file.Opened!.Unit == asked.Unit
        from visible in file.Facts
        where visible.Fact is AccountabilityDecided decided && (asked.Period is null || asked.Period.Contains(decided.DecidedOn))
        from measure in ((AccountabilityDecided)visible.Fact).Measures
        group (File: file, Visible: visible, Measure: measure, Stands: !file.IsOverturned(visible)) by (measure.Subject, measure.Form) into same
        orderby same.Key.Subject, same.Key.Form
        let standing = same.Where(m => m.Stands).ToList()
        select new FormRow(
            same.Key.Subject, same.Key.Form, standing.Select(m => m.File).Distinct().Count(), standing.Count,
            standing.Where(m => ExecutionOf(m.File, m.Visible) is not null).Select(m => m.File).Distinct().Count(),
            same.Where(m => !m.Stands).Select(m => m.File).Distinct().Count(),
            [.. same.DistinctBy(m => m.Visible.Sequence).Select(m => Evidence.Of(m.File.Stream, m.Visible))]);

    private static IEnumerable<ToleranceRow> Tolerances(Situation situation, Asked asked)
    {
        foreach (var file in AccountabilityCase.Of(situation))
        {
            var told = file.Facts.Where(f => f.Fact is ToleranceRequested or ToleranceConsulted or ToleranceGranted or ToleranceRejected or ToleranceRevoked).ToList();
            var requested = file.Last<ToleranceRequested>();
            if (told.Count == 0 || (asked.Unit is not null && file.Opened!.Unit != asked.Unit)) continue;
            if (asked.Period is not null && !(requested is not null && asked.Period.Contains(requested.RequestedOn))) continue;
            var status = StatusOf(told[^1].Fact);
            if (asked.Status is not null && status.ToString() != asked.Status) continue;
            var (consulted, granted, rejected, revoked) =
                (file.Last<ToleranceConsulted>(), file.Last<ToleranceGranted>(), file.Last<ToleranceRejected>(), file.Last<ToleranceRevoked>());
            yield return new ToleranceRow(
                file.Stream.Key, file.Opened!.Unit, situation.NameOf(file.Opened.Unit), status, requested?.Conditions ?? [], requested?.RequestedOn,
                consulted?.ConsultedOn, consulted?.Organ, consulted?.Opinion, consulted?.DocumentNo, granted?.GrantedOn, granted?.Approval, granted?.Rectification,
                granted?.Rectification is { } key ? Rectification.Fold(key, situation.Of(new Subject(StreamKind.Rectification, key))).State : null,
                rejected?.RejectedOn, rejected?.Reasons ?? [], revoked?.RevokedOn, revoked?.Reason, [.. told.Select(f => Evidence.Of(file.Stream, f))]);
        }
    }

    private static ToleranceStatus StatusOf(IFact last) => last switch
    {
        ToleranceConsulted => ToleranceStatus.Consulted,
        ToleranceGranted => ToleranceStatus.Granted,
        ToleranceRejected => ToleranceStatus.Rejected,
        ToleranceRevoked => ToleranceStatus.Revoked,
        _ => ToleranceStatus.Requested,
    };

    // The role that the determination in force on the day of the decision gave the person.
    private static LiabilityRole? RoleOf(AccountabilityCase file, AccountabilityDecided decided, AccountabilityMeasure measure) =>
        file.Last<FaultDetermined>(decided.DecidedOn)?.Persons.FirstOrDefault(p => p.Person == measure.Person)?.Role;

    private static VisibleFact? ExecutionOf(AccountabilityCase file, VisibleFact decided) =>
        file.LastOf<AccountabilityExecuted>() is { } executed && Timeline.OrderOf(executed).CompareTo(Timeline.OrderOf(decided)) > 0 ? executed : null;
}
