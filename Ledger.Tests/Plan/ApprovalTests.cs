using System.Text.Json;
using Ledger.Domain.Approvals;
using Ledger.Domain.Facts;
using Ledger.Domain.Plan;
using Ledger.Tests.Infrastructure;
using Xunit;
using static Ledger.Tests.Infrastructure.Samples;

namespace Ledger.Tests.Plan;

/// <summary>The maker is not the checker, and what is recorded is what was approved.</summary>
public sealed class ApprovalTests
{
    private const string Subject = "approval/x";

    private static ApprovalRequested Request(string fact = "FactRetracted", string about = "lawsuit/a", string data = """{"fact":{"source":"/test","id":"1"},"reason":"误录","approvedBy":"leader"}""") =>
        new(about, fact, JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(data)!, "supervisor", Day("2024-05-06"), "重复录入");

    private static Given Requested => Given.Facts().And(Subject, Request());

    [Fact]
    public void A_request_is_granted_by_somebody_else() => Requested.When(Subject, new ApprovalGranted("leader", Day("2024-05-07"))).ThenAdmitted();

    [Fact]
    public void The_person_who_asked_cannot_grant() => Requested.When(Subject, new ApprovalGranted("supervisor", Day("2024-05-07"))).ThenRefused(Codes.ApprovalSamePerson);

    [Fact]
    public void The_person_who_asked_cannot_refuse() => Requested.When(Subject, new ApprovalRefused("supervisor", Day("2024-05-07"), "不妥")).ThenRefused(Codes.ApprovalSamePerson);

    [Fact]
    public void Nothing_is_decided_before_it_is_asked() => Requested.When(Subject, new ApprovalGranted("leader", Day("2024-05-05"))).ThenRefused(Codes.DateOutOfOrder);

    [Fact]
    public void A_decision_is_final() => Requested.And(Subject, new ApprovalRefused("leader", Day("2024-05-07"), "不妥"))
        .When(Subject, new ApprovalGranted("other", Day("2024-05-08"))).ThenRefused(Codes.ApprovalAlreadyDecided);

    [Fact]
    public void What_was_never_asked_for_is_not_found() => Given.Facts().When(Subject, new ApprovalGranted("leader", Day("2024-05-07"))).ThenRefused(Codes.SubjectNotFound);

    [Fact]
    public void An_approval_is_asked_for_once() => Requested.When(Subject, Request() with { Reason = "另一理由" }).ThenRefused(Codes.SubjectAlreadyOpened);

    [Theory]
    [InlineData("FactRetracted", "lawsuit/a", "{}", Codes.MissingMember)]
    [InlineData("NoSuchFact", "lawsuit/a", "{}", Codes.UnknownType)]
    [InlineData("FactRetracted", "nowhere", "{}", Codes.InvalidValue)]
    [InlineData("UnitRenamed", "lawsuit/a", "{}", Codes.WrongStream)]
    [InlineData("UnitRenamed", "unit/wuquan", """{"name":"新名","renamedOn":"2024-01-01"}""", Codes.ApprovalNotNeeded)]
    public void A_request_holds_a_whole_fact_that_needs_approval(string fact, string about, string data, string code) =>
        Given.Facts().When(Subject, Request(fact, about, data)).ThenRefused(code);
}

/// <summary>The area's specimen.</summary>
public sealed class ApprovalSpecimen : AreaSpecimen
{
    public override Area Area => ApprovalArea.Area;

    public override IReadOnlyDictionary<string, string> Recorders { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ApprovalRequested"] = "Supervisor", ["ApprovalGranted"] = "Approver", ["ApprovalRefused"] = "Approver",
    };

    public override IReadOnlyDictionary<string, string> Askers { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["approvals"] = "Supervisor Auditor Inspector Approver Admin",
    };

    public override (Subject Subject, IFact Fact)? Next(IRandomTeller teller)
    {
        var subject = new Subject(StreamKind.Approval, "a" + teller.Next(4));
        var approval = Approval.Fold(subject.Key, teller.Ledger.Of(subject));
        if (approval.Requested is not { } requested)
            return (subject, new ApprovalRequested(
                "lawsuit/l0", "FactRetracted",
                new Dictionary<string, JsonElement> { ["fact"] = Value(new FactId("/x", "1")), ["reason"] = Value("误录"), ["approvedBy"] = Value("leader") },
                "supervisor", teller.Day(), "重复录入"));
        return teller.Rarely(2)
            ? (subject, new ApprovalGranted("leader", teller.Day(requested.RequestedOn, 20)))
            : (subject, new ApprovalRefused("leader", teller.Day(requested.RequestedOn, 20), "依据不足"));
    }

}
