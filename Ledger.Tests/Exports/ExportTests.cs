using Ledger.Domain.Counting;
using Ledger.Domain.Exports;
using Ledger.Domain.Facts;
using Ledger.Domain.Plan;
using Ledger.Host.Attachments;
using Ledger.Tests.Infrastructure;
using Shouldly;
using Xunit;
using static Ledger.Tests.Infrastructure.Samples;

namespace Ledger.Tests.Exports;

/// <summary>What left the house is a fact: to whom, for what, and of what bytes.</summary>
public sealed class ExportTests
{
    private static readonly EvidenceExported Bundle = new(
        "auditor", "县人民检察院", "检察监督调卷", "wuquan", 12, "17", DisclosureKind.Masked, new string('a', 64), Day("2024-05-06"), "a", "2024Q1");

    [Fact]
    public void An_export_is_recorded_once_and_stays()
    {
        var told = Given.Facts().And("export/x", Bundle);
        told.When("export/x", Bundle).ThenNothing();
        told.When("export/x", Bundle with { Recipient = "他人" }).ThenRefused(Codes.SubjectAlreadyOpened);
        told.When("export/x", new FactRetracted(Given.Id(1), "误录", "leader")).ThenRefused(Codes.FactNotCorrectable);
        told.When("export/x", new FactCorrected(
            Given.Id(1), new Dictionary<string, System.Text.Json.JsonElement> { ["recipient"] = System.Text.Json.JsonSerializer.SerializeToElement("他人") }, "误录", "leader"))
            .ThenRefused(Codes.FactNotCorrectable);
    }

    [Fact]
    public void The_unit_must_be_known() => Given.Facts().When("export/x", Bundle with { Unit = "nowhere" }).ThenRefused(Codes.UnknownUnit);

    [Theory]
    [InlineData("", "县人民检察院", "调卷")]
    [InlineData("auditor", " ", "调卷")]
    [InlineData("auditor", "县人民检察院", "")]
    public void Nobody_exports_for_nobody_or_for_nothing(string by, string recipient, string purpose) =>
        Given.Facts().When("export/x", Bundle with { ExportedBy = by, Recipient = recipient, Purpose = purpose }).ThenRefused(Codes.ExportUnaccountable);

    [Theory]
    [InlineData("0", 1)]
    [InlineData("017", 1)]
    [InlineData("-17", 1)]
    [InlineData("seventeen", 1)]
    [InlineData("17", -1)]
    public void It_names_a_checkpoint_and_a_position(string checkpoint, long position) =>
        Given.Facts().When("export/x", Bundle with { Checkpoint = checkpoint, Position = position }).ThenRefused(Codes.ExportCheckpointInvalid);

    [Fact]
    public void Its_hash_names_no_document_that_somebody_would_have_to_hand_in()
    {
        NamedDocument.Of(Bundle).ShouldBeEmpty();
        NamedDocument.NamingFacts.ShouldNotContain("EvidenceExported");
        EventCatalog.EntryOf(Bundle).Schema.Find("sha256")!.Value.Kind.ShouldBe(MemberKind.Digest);
        using var bad = System.Text.Json.JsonDocument.Parse(FactJson.Write(Bundle with { Sha256 = "abc" }));
        FactJson.Read(EventCatalog.EntryOf(Bundle), bad.RootElement).Refusal!.Code.ShouldBe(Codes.InvalidValue);
    }

    [Fact]
    public void What_left_the_house_is_listed_by_unit_and_by_when()
    {
        var ledger = Given.Facts()
            .And("export/late", Bundle with { ExportedOn = Day("2024-06-01"), Unit = "beiwudu", Lawsuit = null, Period = null, Disclosure = DisclosureKind.Full })
            .And("export/x", Bundle).Ledger();
        Rows(ledger.On()).Select(r => r.Key).ShouldBe(["x", "late"]);
        Rows(ledger.On(Day("2024-05-31"))).Select(r => r.Key).ShouldBe(["x"]);
        Rows(ledger.On(), new Asked { Unit = "beiwudu" }).Select(r => r.Key).ShouldBe(["late"]);
        Rows(ledger.On(), new Asked { Period = Period.Parse("2024-05") }).Select(r => r.Key).ShouldBe(["x"]);
        Rows(ledger.On(), new Asked { Period = Period.Parse("2023") }).ShouldBeEmpty();
        var row = Rows(ledger.On())[0];
        (row.ExportedBy, row.Recipient, row.Purpose, row.Unit, row.Lawsuit, row.Period, row.Disclosure, row.Position, row.Checkpoint, row.Sha256)
            .ShouldBe(("auditor", "县人民检察院", "检察监督调卷", "wuquan", "a", "2024Q1", DisclosureKind.Masked, 12, "17", new string('a', 64)));
        row.Evidence.Subject.ShouldBe("export/x");
    }

    private static List<ExportRow> Rows(Situation situation, Asked? asked = null) =>
        [.. ((IEnumerable<ExportRow>)ExportArea.Area.Questions.Single().Answer(situation, asked ?? new Asked()).Value!)];
}

/// <summary>The area's specimen.</summary>
public sealed class ExportSpecimen : AreaSpecimen
{
    public override Area Area => ExportArea.Area;

    public override IReadOnlyDictionary<string, string> Recorders { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["EvidenceExported"] = "",
    };

    public override IReadOnlyDictionary<string, string> Askers { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["exports"] = "Supervisor Auditor Inspector Approver Admin",
    };

    public override (Subject Subject, IFact Fact)? Next(IRandomTeller teller)
    {
        var position = teller.Next(100);
        return (new Subject(StreamKind.Export, "e" + teller.Next(30)), new EvidenceExported(
            "auditor", "县人民检察院", "调卷", teller.Unit(), position, $"{position + 2}", teller.One<DisclosureKind>(), $"{position:x64}", teller.Day(),
            teller.Rarely(2) ? "l0" : null, teller.Rarely(2) ? "2023Q2" : null));
    }
}
