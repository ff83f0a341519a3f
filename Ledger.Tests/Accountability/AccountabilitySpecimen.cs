using System.Text.Json;
using Ledger.Domain.Accountability;
using Ledger.Domain.Approvals;
using Ledger.Domain.Facts;
using Ledger.Domain.Plan;
using Ledger.Domain.Rectifications;
using Ledger.Domain.Supervision;
using Ledger.Tests.Infrastructure;
using Ledger.Tests.Rectifications;

namespace Ledger.Tests.Accountability;

/// <summary>The area's specimen.</summary>
public sealed class AccountabilitySpecimen : AreaSpecimen
{
    private const string Reading = "Supervisor Auditor Inspector Approver Admin";
    private const string Recording = "Clerk Supervisor";

    private static readonly string Sha = new('e', 64);

    public override Area Area => AccountabilityArea.Area;

    public override IReadOnlyDictionary<string, string> Recorders { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["FaultClueOpened"] = "Supervisor", ["FaultInvestigationStarted"] = "Supervisor", ["FaultInvestigationConcluded"] = "Supervisor", ["FaultDetermined"] = "Supervisor",
        ["AccountabilityDecided"] = "Supervisor", ["AccountabilityNotPursued"] = "Supervisor", ["AccountabilityExecuted"] = Recording,
        ["AccountabilityAppealed"] = Recording, ["AccountabilityAppealDecided"] = "Supervisor", ["CaseTransferredToSupervisoryCommission"] = "Supervisor",
        ["ToleranceRequested"] = Recording, ["ToleranceConsulted"] = "Supervisor", ["ToleranceGranted"] = "Supervisor", ["ToleranceRejected"] = "Supervisor",
        ["ToleranceRevoked"] = "Supervisor",
    };

    public override IReadOnlyDictionary<string, string> Askers { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["accountability-cases"] = Reading, ["orphans"] = Reading, ["tolerances"] = Reading, ["accountability-by-form"] = Reading,
    };

    // One case is told to its end before the next one begins, for its life is long.
    public override (Subject Subject, IFact Fact)? Next(IRandomTeller teller)
    {
        var file = Enumerable.Range(0, 6).Select(i => AccountabilityCase.Fold($"y{i}", teller.Ledger.Of(new Subject(StreamKind.Accountability, $"y{i}"))))
            .First(f => !IsOver(f) || f.Stream.Key == "y5");
        return file.Opened is { } opened ? Fact(teller, file, opened) : Opening(teller, file.Stream);
    }

    private static bool IsOver(AccountabilityCase file) =>
        file.Stage == AccountabilityStage.NotPursued || (file.Stage == AccountabilityStage.Pursued && file.Last<AccountabilityExecuted>() is not null);

    private static (Subject, IFact) Opening(IRandomTeller teller, Subject subject)
    {
        var findings = (from file in teller.Ledger.Of(StreamKind.Supervision)
                        from visible in file.Facts
                        where visible.Fact is IConfirmsFinding
                        select (file.Key, Fact: (IConfirmsFinding)visible.Fact)).ToList();
        if (findings.Count > 0 && teller.Rarely(3))
        {
            var (key, finding) = teller.One(findings);
            return (subject, new FaultClueOpened(finding.Unit, teller.Day(finding.LegalDate, 20), null, new FindingOrigin(key, finding.Finding)));
        }

        var losses = teller.Ledger.Of(StreamKind.Rectification).Select(r => Rectification.Fold(r.Key, r.Facts)).Where(r => r.Opened is not null).ToList();
        if (losses.Count == 0) return RectificationSpecimen.One(teller, "r0");
        var loss = teller.One(losses).Opened is { } opened ? opened : losses[0].Opened!;
        return (subject, new FaultClueOpened(loss.Unit, teller.Day(loss.OpenedOn, 20), new LossOrigin(loss.Lawsuit, loss.CaseNo, losses.First(l => l.Opened == loss).Stream.Key)));
    }

    private static (Subject, IFact) Fact(IRandomTeller teller, AccountabilityCase file, FaultClueOpened opened)
    {
        var day = teller.Day(file.Facts[^1].Fact.LegalDate, 12);
        if (teller.Rarely(18)) return (file.Stream, new CaseTransferredToSupervisoryCommission("舞司移〔2023〕1号", day));
        if (file.Last<FaultInvestigationStarted>() is null) return (file.Stream, new FaultInvestigationStarted(teller.One<InvestigatingOrgan>(), 2 + teller.Next(2), day));
        if (file.Last<FaultInvestigationConcluded>() is null) return (file.Stream, new FaultInvestigationConcluded(!teller.Rarely(12), Sha, day));
        if (file.Fault is null && file.Last<FaultInvestigationConcluded>()!.FaultFound)
            return (file.Stream, new FaultDetermined(
                [teller.One<FaultType>()], teller.One<FaultSeverity>(), [new("p1", "张某", teller.One<LiabilityRole>())], day, "认定人", teller.Rarely(10) ? [teller.One<ExcludedGround>()] : null));
        return file.Standing switch
        {
            { Decision: null } => Undecided(teller, file, opened, day),
            { Decision: TerminalDecision.Pursued, AppealPending: true } => (file.Stream, new AccountabilityAppealDecided(teller.One<AppealOutcome>(), "舞责复〔2023〕1号", day)),
            { Decision: TerminalDecision.Pursued } => (file.Stream, teller.Rarely(2)
                ? new AccountabilityExecuted(day, Sha)
                : new AccountabilityAppealed(teller.One<AppealKind>(), teller.One<AccountabilitySubject>(), day)),
            { Decision: TerminalDecision.Tolerated } => (file.Stream, new ToleranceRevoked("整改不实", day)),
            _ => (file.Stream, new ToleranceRequested([teller.One<ToleranceCondition>()], day, "申请人")),
        };
    }

    private static (Subject, IFact) Undecided(IRandomTeller teller, AccountabilityCase file, FaultClueOpened opened, DateOnly day)
    {
        if (file.Fault is not null && file.Last<ToleranceGranted>() is null && teller.Ledger.Of(ApprovalOf(file)).Count > 0) return Granting(teller, file, opened, day);
        if (file.Fault is null || teller.Rarely(16)) return (file.Stream, new AccountabilityNotPursued([teller.One<NotPursuedReason>()], Sha, day));
        if (file.Fault.ExcludedGrounds is { Count: > 0 } || file.Last<ToleranceRevoked>() is not null || teller.Rarely(15))
        {
            var rule = teller.One(AccountabilityTable.Rows);
            var person = rule.Subject == AccountabilitySubject.Person ? file.Fault.Persons[0].Person : null;
            return (file.Stream, new AccountabilityDecided([new(rule.Subject, rule.Form, teller.One(rule.Authorities), person)], "舞责决〔2023〕3号", day));
        }

        // What is put right must be on its way before it is tolerated.
        if (opened.Loss is { } loss && new Subject(StreamKind.Rectification, loss.Rectification) is var rectified
            && Rectification.Fold(rectified.Key, teller.Ledger.Of(rectified)) is { Opened: { } begun, Measures.Count: 0 })
            return (rectified, new RectificationMeasureAdopted("m0", MeasureType.Training, "培训", "科长", begun.OpenedOn.AddDays(30), begun.OpenedOn));
        if (file.Last<ToleranceRequested>() is null) return (file.Stream, new ToleranceRequested([teller.One<ToleranceCondition>()], day, "申请人"));
        if (file.Last<ToleranceConsulted>() is null) return (file.Stream, new ToleranceConsulted(teller.One<DisciplineOrgan>(), "舞纪函〔2023〕9号", teller.One<ConsultOpinion>(), day));
        if (teller.Rarely(3)) return (file.Stream, new ToleranceRejected([teller.One<ToleranceRejection>()], day));
        return Granting(teller, file, opened, day);
    }

    private static Subject ApprovalOf(AccountabilityCase file) => new(StreamKind.Approval, $"tolerance-{file.Stream.Key}");

    // Asked for, granted by a second person, then recorded as it was asked for.
    private static (Subject, IFact) Granting(IRandomTeller teller, AccountabilityCase file, FaultClueOpened opened, DateOnly day)
    {
        var subject = ApprovalOf(file);
        var approval = Approval.Fold(subject.Key, teller.Ledger.Of(subject));
        if (approval.Requested is not { } requested)
        {
            var grant = new ToleranceGranted(subject.Key, day, Sha, opened.Loss?.Rectification);
            return (subject, new ApprovalRequested(
                file.Stream.ToString(), "ToleranceGranted", JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(FactJson.Write(grant))!, "supervisor", day, "符合容错情形"));
        }

        return approval.Granted is null
            ? (subject, new ApprovalGranted("leader", teller.Day(requested.RequestedOn, 10)))
            : (file.Stream, requested.Read().Fact!);
    }

    public override IReadOnlyDictionary<string, JsonElement> Set(IFact fact, IRandomTeller teller) => fact switch
    {
        FaultDetermined => new Dictionary<string, JsonElement> { ["severity"] = Value(teller.One<FaultSeverity>()) },
        FaultClueOpened f => new Dictionary<string, JsonElement> { ["openedOn"] = Value(f.OpenedOn.AddDays(-teller.Next(3))) },
        AccountabilityNotPursued => new Dictionary<string, JsonElement> { ["reasons"] = Value(new[] { teller.One<NotPursuedReason>() }) },
        ToleranceConsulted => new Dictionary<string, JsonElement> { ["opinion"] = Value(teller.One<ConsultOpinion>()) },
        _ => base.Set(fact, teller),
    };
}
