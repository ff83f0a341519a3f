using System.Text.Json;
using Ledger.Domain.Accountability;
using Ledger.Domain.Approvals;
using Ledger.Domain.Facts;
using Ledger.Domain.Plan;
using Ledger.Domain.Redactions;
using Ledger.Host.Answers;
using Ledger.Tests.Infrastructure;
using Shouldly;
using Xunit;
using static Ledger.Tests.Infrastructure.Samples;

namespace Ledger.Tests.Redactions;

/// <summary>Two persons decide that personal data are kept no longer; what is no personal data stays whatever they decide.</summary>
public sealed class RedactionRuleTests
{
    private const string Redacting = "redaction/x";

    private static readonly PersonalDataRedacted Decision = new(
        "lawsuit/a", Given.Id(1), ["plaintiffs"], "当事人申请", "个人信息保护法第四十七条", Day("2024-05-07"), "r");

    private static readonly RedactionCarriedOut Done = new("owner", 9, new string('c', 64), Day("2024-05-08"));

    private static Given Told => Given.Facts(Docketed() with { Plaintiffs = ["张三", "李四"] });

    private static Given Approved(PersonalDataRedacted decision) => Told
        .And("approval/r", Request(decision)).And("approval/r", new ApprovalGranted("leader", Day("2024-05-07")));

    private static ApprovalRequested Request(PersonalDataRedacted decision) => new(
        Redacting, "PersonalDataRedacted", JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(FactJson.Write(decision))!, "supervisor", Day("2024-05-06"), "删除");

    [Fact]
    public void It_needs_a_second_person()
    {
        Told.When(Redacting, Decision).ThenRefused(Codes.ApprovalMissing);
        Approved(Decision).When(Redacting, Decision).ThenAdmitted();
        Approved(Decision).When(Redacting, Decision with { Members = ["cause"] }).ThenRefused(Codes.RedactionNotPersonal);
        Approved(Decision).When(Redacting, Decision with { Reason = "其他" }).ThenRefused(Codes.ApprovalOtherContent);
    }

    [Fact]
    public void It_says_why()
    {
        foreach (var bad in (PersonalDataRedacted[])[Decision with { Members = [] }, Decision with { Reason = " " }, Decision with { LegalGround = "" }])
            Approved(bad).When(Redacting, bad).ThenRefused(Codes.RedactionUnfounded);
        var nowhere = Decision with { About = "nowhere" };
        Approved(nowhere).When(Redacting, nowhere).ThenRefused(Codes.InvalidValue);
    }

    [Fact]
    public void A_member_without_personal_data_stays()
    {
        foreach (var member in (string[])["caseNo", "cause", "court", "nonsense"])
        {
            var bad = Decision with { Members = ["plaintiffs", member] };
            Approved(bad).When(Redacting, bad).ThenRefused(Codes.RedactionNotPersonal);
        }
    }

    [Fact]
    public void A_fact_that_was_taken_back_is_redacted_as_well()
    {
        var told = Approved(Decision).And(Retracted(Given.Id(1)));
        told.When(Redacting, Decision).ThenAdmitted();
        var bad = Decision with { Members = ["caseNo"] };
        Approved(bad).And(Retracted(Given.Id(1))).When(Redacting, bad).ThenRefused(Codes.RedactionNotPersonal);
    }

    [Fact]
    public void It_is_carried_out_once_and_stays()
    {
        var decided = Approved(Decision).And(Redacting, Decision);
        Told.When(Redacting, Done).ThenRefused(Codes.SubjectNotFound);
        decided.When(Redacting, Done with { CarriedOutOn = Day("2024-05-06") }).ThenRefused(Codes.DateOutOfOrder);
        var done = decided.And(Redacting, Done);
        done.When(Redacting, Done).ThenNothing();
        done.When(Redacting, Done with { Sequence = 10 }).ThenRefused(Codes.RedactionAlreadyCarriedOut);
        done.When(Redacting, Retracted(Approval.IdOf("r"))).ThenRefused(Codes.FactNotCorrectable);
    }

    [Fact]
    public void What_was_decided_is_listed_with_what_became_of_it()
    {
        var ledger = Approved(Decision).And(Redacting, Decision).And(Redacting, Done).Ledger();
        var row = Rows(ledger.On()).ShouldHaveSingleItem();
        (row.Key, row.Status, row.About, row.Source, row.Id, row.Reason, row.LegalGround, row.Approval, row.CarriedOutOn, row.CarriedOutBy)
            .ShouldBe(("x", RedactionStatus.CarriedOut, "lawsuit/a", Given.Source, "1", "当事人申请", "个人信息保护法第四十七条", "r", Day("2024-05-08"), "owner"));
        row.Members.ShouldBe(["plaintiffs"]);
        row.Evidence.Select(e => e.Fact).ShouldBe(["PersonalDataRedacted", "RedactionCarriedOut"]);
        Rows(ledger.On(Day("2024-05-07"))).ShouldHaveSingleItem().Status.ShouldBe(RedactionStatus.Decided);
        Rows(ledger.On(), new Asked { Status = "Decided" }).ShouldBeEmpty();
        Rows(ledger.On(), new Asked { Key = "y" }).ShouldBeEmpty();
    }

    [Fact]
    public void A_placeholder_of_the_same_shape_stands_where_names_stood()
    {
        var lawsuit = Docketed() with { Plaintiffs = ["张三", "李四"] };
        PersonalMembers.Of(StreamKind.Lawsuit, lawsuit).ShouldBe(["plaintiffs"]);
        PersonalMembers.Of(StreamKind.Lawsuit, Docketed()).ShouldBeEmpty();
        var redacted = Redacted.DataOf(StreamKind.Lawsuit, lawsuit, new HashSet<string> { "plaintiffs" });
        redacted.ToJsonString(FactJson.Options).ShouldBe(FactJson.Write(lawsuit with { Plaintiffs = [Redacted.Placeholder, Redacted.Placeholder] }));
        // It is no name of which the first character would be shown.
        var read = FactJson.ReadTrusted(EventCatalog.EntryOf(lawsuit), redacted.ToJsonString(FactJson.Options));
        Masking.DataOf(StreamKind.Lawsuit, read, unmasked: false)["plaintiffs"]!.AsArray().Select(n => (string?)n).ShouldBe(["已删除", "已删除"]);
    }

    [Fact]
    public void Names_go_and_what_stands_beside_them_stays()
    {
        var fault = new FaultDetermined(
            [FaultType.InsufficientEvidence], FaultSeverity.Ordinary, [new LiablePerson("p1", "王五", LiabilityRole.Handler)], Day("2024-05-06"), "supervisor");
        var data = Redacted.DataOf(StreamKind.Accountability, fault, new HashSet<string>(PersonalMembers.Of(StreamKind.Accountability, fault)));
        data.ToJsonString(FactJson.Options).ShouldBe(FactJson.Write(fault).Replace("王五", "已删除", StringComparison.Ordinal));
        var correction = Corrected(Given.Id(1), ("plaintiffs", "[\"赵六\"]"), ("cause", "\"行政许可\""));
        PersonalMembers.Of(StreamKind.Lawsuit, correction).ShouldBe(["set"]);
        Redacted.DataOf(StreamKind.Lawsuit, correction, new HashSet<string> { "set" }).ToJsonString(FactJson.Options)
            .ShouldBe(FactJson.Write(correction).Replace("赵六", "已删除", StringComparison.Ordinal));
    }

    private static List<RedactionRow> Rows(Situation situation, Asked? asked = null) =>
        [.. ((IEnumerable<RedactionRow>)RedactionArea.Area.Questions.Single().Answer(situation, asked ?? new Asked()).Value!)];
}

/// <summary>The area's specimen.</summary>
public sealed class RedactionSpecimen : AreaSpecimen
{
    public override Area Area => RedactionArea.Area;

    public override IReadOnlyDictionary<string, string> Recorders { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["PersonalDataRedacted"] = "Supervisor", ["RedactionCarriedOut"] = "",
    };

    public override IReadOnlyDictionary<string, string> Askers { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["redactions"] = "Supervisor Auditor Inspector Approver Admin",
    };

    public override (Subject Subject, IFact Fact)? Next(IRandomTeller teller)
    {
        var subject = new Subject(StreamKind.Redaction, "r" + teller.Next(2));
        var redaction = Redaction.Fold(subject.Key, teller.Ledger.Of(subject));
        if (redaction.Decided is { } decided) return (subject, new RedactionCarriedOut("owner", 1 + teller.Next(50), new string('c', 64), teller.Day(decided.DecidedOn, 20)));
        var stream = new Subject(StreamKind.Approval, $"redact-{subject.Key}");
        var approval = Approval.Fold(stream.Key, teller.Ledger.Of(stream));
        if (approval.Requested is { } requested)
            return approval.Granted is null
                ? (stream, new ApprovalGranted("leader", teller.Day(requested.RequestedOn, 10)))
                : (subject, requested.Read().Fact!);
        var day = teller.Day();
        var decision = new PersonalDataRedacted("lawsuit/l0", new FactId("/nowhere", "1"), ["plaintiffs"], "当事人申请", "个人信息保护法第四十七条", day, stream.Key);
        return (stream, new ApprovalRequested(
            subject.ToString(), "PersonalDataRedacted", JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(FactJson.Write(decision))!, "supervisor", day, "删除"));
    }
}
