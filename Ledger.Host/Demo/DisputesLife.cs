using Ledger.Domain.Disputes;
using Ledger.Domain.Facts;

namespace Ledger.Host.Demo;

/// <summary>A year of life: 诉前化解 (plan 3.2.1): disputes before court.</summary>
internal static class DisputesLife
{
    private static readonly (string Field, string ActType)[] Matters =
    [
        ("自然资源", "责令限期拆除"), ("征收补偿", "补偿决定"), ("公安", "罚款"), ("市场监管", "罚款"), ("乡政府", "土地权属争议处理"), ("劳动和社会保障", "工伤认定"),
    ];

    private static readonly ReconsiderationDecision[] Decisions =
    [
        ReconsiderationDecision.Affirm, ReconsiderationDecision.Mediated, ReconsiderationDecision.Affirm, ReconsiderationDecision.Revoke, ReconsiderationDecision.Terminated,
        ReconsiderationDecision.ConfirmUnlawful, ReconsiderationDecision.Dismiss, ReconsiderationDecision.OrderPerform, ReconsiderationDecision.NotAccepted,
    ];

    /// <summary>The facts, those of one stream in the order in which they happened.</summary>
    public static IEnumerable<(Subject Subject, IFact Fact)> Tell(DemoLife life)
    {
        for (var i = 0; i < 36; i++)
            foreach (var fact in Settled(life, i))
                yield return (SubjectOf(life, i), fact);
        // A third of the year's lawsuits were known to the unit before they came to court.
        var number = 100;
        foreach (var lawsuit in life.Lawsuits.Where(l => l.Docketed!.DocketedOn.Year == life.Year && l.Docketed.Defendants[0].Unit != DemoUnits.City).Where((_, i) => i % 3 == 0))
        {
            var subject = SubjectOf(life, number++);
            foreach (var fact in Sued(life, number, lawsuit.Docketed!.Defendants[0].Unit, lawsuit.Key, lawsuit.Docketed.DocketedOn, lawsuit.Docketed.Field, lawsuit.Docketed.ActType))
                yield return (subject, fact);
        }
    }

    private static Subject SubjectOf(DemoLife life, int number) => new(StreamKind.Dispute, $"{life.Year}-{number + 1:D3}");

    /// <summary>A dispute that never came to court; every ninth is left without guidance.</summary>
    private static IEnumerable<IFact> Settled(DemoLife life, int number)
    {
        var random = life.Random(1_000 + number);
        var (unit, (field, actType)) = (life.Units[number * 7 % life.Units.Count], Matters[number % Matters.Length]);
        var recordedOn = life.Calendar.WithinYear(new DateOnly(life.Year, 1, 4).AddDays(number * 10));
        yield return new DisputeRecorded(
            unit, random.Pick(Enum.GetValues<PartyKind>()), random.Pick(Enum.GetValues<DisputeSource>()), field, actType, recordedOn,
            DemoUnits.IsTownship(unit) ? DemoUnits.NameOf(unit) : random.Pick(DemoUnits.Townships), Topic.Plaintiffs(random)[0]);
        if (number % 9 == 8) yield break;
        var guidedOn = life.Calendar.Plus(recordedOn, random.Between(1, 4));
        var toReconsideration = number % 3 == 1;
        yield return new NonLitigationGuidanceGiven(
            toReconsideration ? NonLitigationChannel.Reconsideration : random.Pick([NonLitigationChannel.DisputeMediationCentre, NonLitigationChannel.PeopleMediation, NonLitigationChannel.AdministrativeMediation]),
            guidedOn, true, random.NextSha256());
        foreach (var fact in toReconsideration ? Reconsidered(life, number, guidedOn, random) : Mediated(life, number, guidedOn, random)) yield return fact;
    }

    private static IEnumerable<IFact> Mediated(DemoLife life, int number, DateOnly guidedOn, DemoRandom random)
    {
        var (no, startedOn) = ($"舞调{life.Year}-{number + 1}", life.Calendar.Plus(guidedOn, random.Between(1, 5)));
        yield return new PreLitigationMediationStarted(no, random.Pick(Enum.GetValues<MediationBody>()), startedOn);
        var endedOn = life.Calendar.Plus(startedOn, random.Between(8, 25));
        if (number % 5 == 3)
        {
            yield return new PreLitigationMediationFailed(no, endedOn, random.Pick(Enum.GetValues<MediationFailure>()));
            yield break;
        }

        var atOnce = number % 4 == 0;
        yield return new PreLitigationMediationSucceeded(no, endedOn, random.NextSha256(), atOnce, atOnce ? null : endedOn.AddDays(30));
        // One agreement in six is not kept, and the party petitions.
        if (number % 6 == 5) yield return new DisputePetitionReceived($"舞信〔{life.Year}〕{number + 1}号", endedOn.AddDays(45));
        else if (!atOnce) yield return new MediationAgreementPerformed(no, endedOn.AddDays(random.Between(5, 28)), random.NextSha256());
    }

    private static IEnumerable<IFact> Reconsidered(DemoLife life, int number, DateOnly guidedOn, DemoRandom random)
    {
        var (no, filedOn) = ($"舞政复〔{life.Year}〕{number + 1}号", life.Calendar.Plus(guidedOn, random.Between(2, 10)));
        yield return new ReconsiderationFiled(no, number % 4 == 2 ? "漯河市人民政府" : "舞阳县人民政府", filedOn);
        yield return new ReconsiderationDecided(no, Decisions[number / 3 % Decisions.Length], life.Calendar.Plus(filedOn, random.Between(25, 40)), random.NextSha256());
    }

    /// <summary>A dispute that came to court: guided in vain, affirmed on reconsideration, or never guided at all.</summary>
    private static IEnumerable<IFact> Sued(DemoLife life, int number, string unit, string lawsuit, DateOnly docketedOn, string field, string actType)
    {
        var random = life.Random(1_000 + number);
        var recordedOn = docketedOn.AddDays(-random.Between(70, 90));
        yield return new DisputeRecorded(unit, PartyKind.Citizen, random.Pick(Enum.GetValues<DisputeSource>()), field, actType, recordedOn);
        if (number % 4 != 0)
        {
            yield return new NonLitigationGuidanceGiven(
                number % 4 == 1 ? NonLitigationChannel.Reconsideration : NonLitigationChannel.DisputeMediationCentre, recordedOn.AddDays(3), true, random.NextSha256());
            if (number % 4 == 1)
            {
                var no = $"舞政复〔{recordedOn.Year}〕{number}号";
                yield return new ReconsiderationFiled(no, "舞阳县人民政府", recordedOn.AddDays(8));
                yield return new ReconsiderationDecided(no, ReconsiderationDecision.Affirm, recordedOn.AddDays(58), random.NextSha256());
            }
            else
            {
                var no = $"舞调{recordedOn.Year}-{number}";
                yield return new PreLitigationMediationStarted(no, MediationBody.DisputeMediationCentre, recordedOn.AddDays(9));
                yield return new PreLitigationMediationFailed(no, recordedOn.AddDays(40), MediationFailure.NoAgreement);
            }
        }

        yield return new DisputeEnteredLitigation(lawsuit, docketedOn);
    }
}
