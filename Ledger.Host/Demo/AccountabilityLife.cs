using System.Text.Json;
using Ledger.Domain.Accountability;
using Ledger.Domain.Approvals;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;

namespace Ledger.Host.Demo;

/// <summary>A year of life: Accountability and tolerance (plan 3.4).</summary>
internal static class AccountabilityLife
{
    private static readonly AccountabilityForm[] Forms =
        [AccountabilityForm.CriticismEducation, AccountabilityForm.WrittenReview, AccountabilityForm.Talk, AccountabilityForm.OffPostTraining, AccountabilityForm.Admonition];

    private static readonly string[] Surnames = ["张", "王", "李", "赵", "陈", "杨", "刘"];

    /// <summary>The facts, those of one stream in the order in which they happened.</summary>
    public static IEnumerable<(Subject Subject, IFact Fact)> Tell(DemoLife life)
    {
        var random = life.Random(33);
        foreach (var (told, number) in RectificationsLife.Of(life).Where(t => t.Fault && t.DeterminedOn is not null).Select((t, i) => (t, i)))
        {
            // Of eight losses by fault one has no case yet: an orphan.
            if (number % 8 == 7) continue;
            foreach (var fact in Case(life, told, number, random)) yield return fact;
        }
    }

    private static IEnumerable<(Subject Subject, IFact Fact)> Case(DemoLife life, RectificationsLife.Told told, int number, DemoRandom random)
    {
        var subject = new Subject(StreamKind.Accountability, $"zhuize-{told.Key}");
        var day = life.Calendar.Plus(told.DeterminedOn!.Value, 2);
        yield return (subject, new FaultClueOpened(told.Unit, day, new LossOrigin(told.Lawsuit.Key, told.Document.CaseNo, told.Key)));
        yield return (subject, new FaultInvestigationStarted(
            number % 3 == 0 ? InvestigatingOrgan.OwnUnit : InvestigatingOrgan.SupervisingOffice, 2 + (number % 2), Later(3)));
        // One investigation of eight is still going on.
        if (number % 8 == 5) yield break;
        yield return (subject, new FaultInvestigationConcluded(true, random.NextSha256(), Later(12)));
        yield return (subject, new FaultDetermined(
            [TypeOf(told.Primary!.Value)], number % 8 == 3 ? FaultSeverity.Trivial : FaultSeverity.Ordinary,
            [new("chengban", random.Pick(Surnames) + "某某", LiabilityRole.Handler), new("pizhun", random.Pick(Surnames) + "某", LiabilityRole.Approver)],
            Later(3), "sifa-jiandu", null, number % 8 is 2 or 3 ? [FaultCircumstance.SelfCorrected] : null));
        foreach (var fact in (number % 8) switch
        {
            1 => Pursued(AppealOutcome.Upheld),
            2 => Tolerated(revoked: false),
            3 => [(subject, new AccountabilityNotPursued([NotPursuedReason.TrivialAndCorrected], random.NextSha256(), Later(5)))],
            4 => Pursued(AppealOutcome.Changed),
            6 => Tolerated(revoked: true),
            _ => Pursued(null),
        })
            yield return fact;

        DateOnly Later(int workingDays) => day = life.Calendar.Plus(day, workingDays);

        IEnumerable<(Subject, IFact)> Pursued(AppealOutcome? appeal)
        {
            yield return (subject, Decision(Forms[number % Forms.Length], Later(6)));
            if (appeal is { } result)
            {
                yield return (subject, new AccountabilityAppealed(AppealKind.Review, AccountabilitySubject.Person, Later(8)));
                yield return (subject, new AccountabilityAppealDecided(result, $"舞责复〔{life.Year}〕{number + 1}号", Later(15)));
                if (result == AppealOutcome.Changed) yield return (subject, Decision(AccountabilityForm.Talk, Later(4)));
            }

            yield return (subject, new AccountabilityExecuted(Later(10), random.NextSha256()));
        }

        IEnumerable<(Subject, IFact)> Tolerated(bool revoked)
        {
            yield return (subject, new ToleranceRequested([ToleranceCondition.UnclearLaw, ToleranceCondition.MinorAndCorrected], Later(2), told.Unit + "-jingban"));
            yield return (subject, new ToleranceConsulted(DisciplineOrgan.CountyCommission, $"舞纪函〔{life.Year}〕{number + 1}号", ConsultOpinion.NoObjection, Later(7)));
            var approval = new Subject(StreamKind.Approval, $"rongcuo-{told.Key}");
            var (requestedOn, approvedOn) = (Later(1), Later(2));
            var grant = new ToleranceGranted(approval.Key, Later(1), random.NextSha256(), told.Key);
            var data = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(FactJson.Write(grant))!;
            yield return (approval, new ApprovalRequested(subject.ToString(), EventCatalog.NameOf(grant), data, "sifa-jiandu", requestedOn, "符合容错情形，整改同步进行"));
            yield return (approval, new ApprovalGranted("sifa-lingdao", approvedOn));
            yield return (subject, grant);
            if (!revoked) yield break;
            yield return (subject, new ToleranceRevoked("整改措施未按期落实", Later(30)));
            foreach (var fact in Pursued(null)) yield return fact;
        }

        AccountabilityDecided Decision(AccountabilityForm form, DateOnly on) => new(
            [
                new(AccountabilitySubject.Organ, number % 2 == 0 ? AccountabilityForm.OrderCorrection : AccountabilityForm.Circular, DecidingAuthority.CountyGovernment),
                new(AccountabilitySubject.Person, form, DecidingAuthority.OwnOrgan, "chengban"),
            ],
            $"舞责决〔{on.Year}〕{number + 1}号", on);
    }

    private static FaultType TypeOf(LossCause cause) => cause switch
    {
        LossCause.InsufficientEvidence => FaultType.InsufficientEvidence,
        LossCause.MisappliedLaw => FaultType.WrongLegalBasis,
        LossCause.Nonfeasance => FaultType.NonPerformance,
        LossCause.ExceededAuthority => FaultType.ExceededAuthority,
        LossCause.ManifestlyImproper => FaultType.ManifestlyImproper,
        _ => FaultType.ProceduralViolation,
    };
}
