using System.Text.Json;
using Ledger.Domain.Disputes;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Plan;
using Ledger.Tests.Infrastructure;

namespace Ledger.Tests.Disputes;

/// <summary>The area's specimen.</summary>
public sealed class DisputeSpecimen : AreaSpecimen
{
    private const string Units = "Clerk Supervisor";
    private const string Readers = "Clerk Supervisor Auditor Inspector Approver Admin";

    public override Area Area => DisputeArea.Area;

    public override IReadOnlyDictionary<string, string> Recorders { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["DisputeRecorded"] = Units, ["NonLitigationGuidanceGiven"] = Units, ["PreLitigationMediationStarted"] = Units,
        ["PreLitigationMediationSucceeded"] = Units, ["PreLitigationMediationFailed"] = Units, ["MediationAgreementPerformed"] = Units,
        ["ReconsiderationFiled"] = Units, ["ReconsiderationDecided"] = Units, ["DisputeEnteredLitigation"] = Units, ["DisputePetitionReceived"] = Units,
    };

    public override IReadOnlyDictionary<string, string> Askers { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["disputes"] = Readers, ["dispute-rates"] = Readers, ["correction-rate"] = Readers,
    };

    // What has begun goes on first: a history tells few facts of one area, and every kind should be among them.
    public override (Subject Subject, IFact Fact)? Next(IRandomTeller teller)
    {
        var subject = new Subject(StreamKind.Dispute, "d" + teller.Next(2));
        var facts = teller.Ledger.Of(subject);
        var dispute = Dispute.Fold(subject.Key, facts);
        if (dispute.Recorded is not { } recorded) return (subject, Record(teller));
        if (dispute.Agreements.FirstOrDefault(a => !dispute.IsPerformed(a)) is { } agreement)
            return (subject, new MediationAgreementPerformed(agreement.MediationNo, teller.Day(agreement.AgreedOn), Hash(teller)));
        var told = facts.Select(f => f.Fact).ToList();
        if (told.OfType<PreLitigationMediationStarted>().FirstOrDefault(m => !Ended(told, m.MediationNo)) is { } mediation)
            return (subject, teller.Rarely(3)
                ? new PreLitigationMediationFailed(mediation.MediationNo, teller.Day(mediation.StartedOn), teller.One<MediationFailure>())
                : new PreLitigationMediationSucceeded(mediation.MediationNo, teller.Day(mediation.StartedOn), Hash(teller), teller.Rarely(4), teller.Rarely(2) ? teller.Day(mediation.StartedOn, 90) : null));
        if (told.OfType<ReconsiderationFiled>().FirstOrDefault(r => dispute.Decisions.All(d => d.ReconsiderationNo != r.ReconsiderationNo)) is { } filed)
            return (subject, new ReconsiderationDecided(filed.ReconsiderationNo, teller.One<ReconsiderationDecision>(), teller.Day(filed.FiledOn), Hash(teller)));
        return (subject, Step(teller, recorded, told.Count, dispute.Suits.Any()));
    }

    public override IReadOnlyDictionary<string, JsonElement> Set(IFact fact, IRandomTeller teller) => fact switch
    {
        DisputeRecorded f => Put("recordedOn", f.RecordedOn.AddDays(-teller.Next(20))),
        NonLitigationGuidanceGiven => Put("channel", teller.One<NonLitigationChannel>()),
        PreLitigationMediationSucceeded f => Put("performed", !f.Performed),
        ReconsiderationDecided => Put("decision", teller.One<ReconsiderationDecision>()),
        DisputePetitionReceived f => Put("receivedOn", f.ReceivedOn.AddDays(-teller.Next(20))),
        _ => base.Set(fact, teller),
    };

    private static DisputeRecorded Record(IRandomTeller teller)
    {
        var sued = Suable(teller).Select(l => l.Unit).ToList();
        var unit = sued.Count > 0 && !teller.Rarely(4) ? teller.One(sued) : teller.Unit();
        return new DisputeRecorded(
            unit, teller.One<PartyKind>(), teller.One<DisputeSource>(), "自然资源", "责令限期拆除", teller.Day(within: 30), teller.Rarely(2) ? "舞泉镇" : null, teller.Rarely(2) ? "张某" : null);
    }

    private static IFact Step(IRandomTeller teller, DisputeRecorded recorded, int number, bool isSued)
    {
        var day = teller.Day(recorded.RecordedOn);
        var lawsuits = Suable(teller).Where(l => l.Unit == recorded.Unit).ToList();
        return teller.Next(isSued ? 2 : 9) switch
        {
            0 => new DisputePetitionReceived("p" + number, day),
            1 or 2 or 3 when lawsuits.Count > 0 => Suit(teller, teller.One(lawsuits), recorded.RecordedOn),
            4 or 5 => new PreLitigationMediationStarted("m" + number, teller.One<MediationBody>(), day),
            6 => new ReconsiderationFiled("r" + number, "舞阳县人民政府", day),
            _ => new NonLitigationGuidanceGiven(teller.One<NonLitigationChannel>(), day, true, Hash(teller)),
        };
    }

    private static DisputeEnteredLitigation Suit(IRandomTeller teller, (string Unit, string Key, DateOnly On) lawsuit, DateOnly recordedOn) =>
        new(lawsuit.Key, teller.Day(lawsuit.On > recordedOn ? lawsuit.On : recordedOn, 20));

    // Lawsuits of which so much is told that their docketing stands: a link must not be left hanging by a retraction.
    private static IEnumerable<(string Unit, string Key, DateOnly On)> Suable(IRandomTeller teller) =>
        from stream in teller.Ledger.Of(StreamKind.Lawsuit)
        where stream.Facts.Count >= 5
        from docketed in stream.Facts.Select(f => f.Fact).OfType<LawsuitDocketed>()
        from defendant in docketed.Defendants
        select (defendant.Unit, stream.Key, docketed.DocketedOn);

    private static bool Ended(IEnumerable<IFact> told, string mediationNo) => told.Any(f =>
        f is PreLitigationMediationSucceeded s ? s.MediationNo == mediationNo : f is PreLitigationMediationFailed x && x.MediationNo == mediationNo);

    private static string Hash(IRandomTeller teller) => new((char)('a' + teller.Next(6)), 64);

    private static Dictionary<string, JsonElement> Put(string member, object value) => new(StringComparer.Ordinal) { [member] = Value(value) };
}
