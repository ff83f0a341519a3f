using Ledger.Domain.Calendar;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Units;
using Ledger.Tests.Infrastructure;
using Shouldly;
using Xunit;
using static Ledger.Tests.Infrastructure.Samples;

namespace Ledger.Tests.Domain;

/// <summary>How corrections and retractions change what is read, and when they are refused (counting-rules.md §1, facts.md §3).</summary>
public sealed class CorrectionTests
{
    private const string New1 = "（2023）豫1121行初501号";
    private const string New2 = "（2023）豫1121行初502号";

    private static Given Judged => Given.Facts(Docketed("wuquan"), Judgment(("wuquan", Outcome.RevokeAll)));

    [Fact]
    public void The_last_correction_of_each_member_wins()
    {
        var read = (LawsuitDocketed)Given.Facts(
            Docketed("wuquan"),
            Corrected(Given.Id(1), ("cause", "\"甲\""), ("field", "\"甲\"")),
            Corrected(Given.Id(1), ("cause", "\"乙\"")),
            Corrected(Given.Id(1), ("township", "\"舞泉镇\""))).Visible()[0];
        (read.Cause, read.Field, read.Township).ShouldBe(("乙", "甲", "舞泉镇"));
    }

    [Fact]
    public void Retracting_a_correction_restores_the_value_before_it()
    {
        var given = Given.Facts(
            Docketed("wuquan"), Corrected(Given.Id(1), ("cause", "\"甲\"")), Corrected(Given.Id(1), ("cause", "\"乙\"")), Retracted(Given.Id(3)));
        ((LawsuitDocketed)given.Visible()[0]).Cause.ShouldBe("甲");
        given.When(Corrected(Given.Id(1), ("cause", "\"乙\""))).ThenAdmitted();
        given.And(Retracted(Given.Id(2)));
        ((LawsuitDocketed)given.Visible()[0]).Cause.ShouldBe("行政处罚");
    }

    [Fact]
    public void A_correction_whose_value_no_longer_stands_may_be_said_again()
    {
        var given = Given.Facts(Docketed("wuquan"), Corrected(Given.Id(1), ("cause", "\"甲\"")), Corrected(Given.Id(1), ("cause", "\"乙\"")));
        given.When(Corrected(Given.Id(1), ("cause", "\"甲\""))).ThenAdmitted();
        given.When(Corrected(Given.Id(1), ("cause", "\"乙\""))).ThenNothing();
    }

    [Fact]
    public void Null_removes_an_optional_member_and_no_other()
    {
        var given = Given.Facts(Docketed("wuquan") with { Township = "舞泉镇" });
        ((LawsuitDocketed)given.And(Corrected(Given.Id(1), ("township", "null"))).Visible()[0]).Township.ShouldBeNull();
        given.When(Corrected(Given.Id(1), ("cause", "null"))).ThenRefused(Codes.MissingMember);
    }

    [Fact]
    public void A_corrected_date_is_the_legal_date()
    {
        var given = Judged.And(Corrected(Given.Id(2), ("closedOn", "\"2023-06-20\"")));
        given.Lawsuit(Day("2023-06-19")).Documents.ShouldBeEmpty();
        given.Lawsuit(Day("2023-06-20")).Documents.Count.ShouldBe(1);
    }

    [Fact]
    public void A_correction_must_fit_the_corrected_fact()
    {
        Judged.When(Corrected(Given.Id(9), ("closedOn", "\"2023-06-20\""))).ThenRefused(Codes.FactNotFound);
        Judged.When(Corrected(Given.Id(2), ("receivedOn", "\"2023-06-20\""))).ThenRefused(Codes.FactUnknownMember);
        Judged.When(Corrected(Given.Id(2), ("closedOn", "\"2023-02-30\""))).ThenRefused(Codes.InvalidValue);
        Judged.When(Corrected(Given.Id(2), ("dispositions", """[{"unit":"wuquan","outcome":"RevokeAll","more":1}]"""))).ThenRefused(Codes.UnknownMember);
        Judged.When(Corrected(Given.Id(2), ("closedOn", "\"2024-07-01\""))).ThenRefused(Codes.InFuture);
        Judged.And(Retracted(Given.Id(2))).When(Corrected(Given.Id(2), ("closedOn", "\"2023-06-20\""))).ThenRefused(Codes.FactNotFound);
    }

    [Fact]
    public void Corrections_are_retracted_but_not_corrected_and_retractions_neither()
    {
        var given = Judged.And(Corrected(Given.Id(2), ("kind", "\"Ruling\"")), Retracted(Given.Id(3)));
        given.When(Corrected(Given.Id(4), ("reason", "\"x\""))).ThenRefused(Codes.FactNotCorrectable);
        given.When(Retracted(Given.Id(4))).ThenRefused(Codes.FactNotCorrectable);
        given.When(Corrected(Given.Id(3), ("reason", "\"x\""))).ThenRefused(Codes.FactNotFound);
        given.When(Retracted(Given.Id(3)) with { Reason = "other" }).ThenRefused(Codes.FactNotFound);
        var standing = Judged.And(Corrected(Given.Id(2), ("kind", "\"Ruling\"")));
        standing.When(Corrected(Given.Id(3), ("reason", "\"x\""))).ThenRefused(Codes.FactNotCorrectable);
        standing.When(Corrected(Given.Id(3), ("foo", "\"x\""))).ThenRefused(Codes.FactUnknownMember);
        standing.When(Retracted(Given.Id(3))).ThenAdmitted();
    }

    [Fact]
    public void A_fact_of_another_stream_is_not_found() =>
        Judged.And("lawsuit/b", Docketed("wuquan") with { CaseNo = New1 }).When("lawsuit/b", Retracted(Given.Id(2))).ThenRefused(Codes.FactNotFound);

    [Fact]
    public void Ledger_wide_rules_of_the_corrected_fact_keep_their_code()
    {
        var given = Judged.And("lawsuit/b", Docketed("wuquan") with { CaseNo = New1 });
        given.When(Corrected(Given.Id(1), ("caseNo", "\"x\""))).ThenRefused(Codes.CaseNumberInvalid);
        given.When(Corrected(Given.Id(1), ("caseNo", $"\"{New1}\""))).ThenRefused(Codes.CaseNumberTaken);
        given.When(Corrected(Given.Id(1), ("defendants", """[{"unit":"nobody","capacity":"Sole"}]"""))).ThenRefused(Codes.UnknownUnit);
        given.When(Corrected(Given.Id(2), ("caseNo", "\"x\""))).ThenRefused(Codes.CaseNumberInvalid);
        Given.Facts().And("unit/wuquan", new UnitMerged("beiwudu", Day("2023-01-01")))
            .When("unit/wuquan", Corrected(Given.Id(1), ("into", "\"nobody\""))).ThenRefused(Codes.UnitNotFound);
        var calendar = Given.Nothing().And("calendar/2023", new CalendarYearPublished(2023, [Day("2023-10-01")], [], "n"));
        calendar.When("calendar/2023", Corrected(Given.Id(1), ("holidays", "[\"2024-01-01\"]"))).ThenRefused(Codes.CalendarInvalid);
        calendar.When("calendar/2023", Corrected(Given.Id(1), ("year", "2024"))).ThenRefused(Codes.InvalidValue);
    }

    [Fact]
    public void What_breaks_a_rule_of_the_stream_is_an_invalid_history_that_names_the_rule()
    {
        Judged.When(Corrected(Given.Id(1), ("docketedOn", "\"2023-05-21\""))).ThenRefused(Codes.FactInvalidHistory, Codes.JudgmentBeforeOpened);
        Judged.When(Retracted(Given.Id(1))).ThenRefused(Codes.FactInvalidHistory, Codes.LawsuitNotFound);
        Judged.When(Corrected(Given.Id(2), ("caseNo", $"\"{New1}\""))).ThenRefused(Codes.FactInvalidHistory, Codes.CaseNumberUnknown);
        Judged.When(Corrected(Given.Id(2), ("level", "\"Second\""))).ThenRefused(Codes.FactInvalidHistory, Codes.JudgmentLevelMismatch);
        Judged.When(Corrected(Given.Id(1), ("defendants", """[{"unit":"jiaotong","capacity":"Sole"}]"""))).ThenRefused(Codes.FactInvalidHistory, Codes.JudgmentMissingDisposition);
        Judged.And(Received("wuquan")).When(Retracted(Given.Id(2))).ThenRefused(Codes.FactInvalidHistory, Codes.JudgmentNotRendered);
        Judged.And(Received("wuquan")).When(Corrected(Given.Id(2), ("closedOn", "\"2023-05-26\""))).ThenRefused(Codes.FactInvalidHistory, Codes.JudgmentReceivedBeforeRendered);
        Given.Facts(Docketed("wuquan"), Materials("wuquan"), new CaseFilingSubmitted("wuquan", First, At("2023-04-14T09:00:00")))
            .When(Corrected(Given.Id(2), ("receivedOn", "\"2023-04-15\""))).ThenRefused(Codes.FactInvalidHistory, Codes.FilingBeforeReceipt);
        Given.Facts(Docketed("wuquan"), Materials("wuquan")).When(Retracted(Given.Id(2))).ThenAdmitted();
    }

    [Fact]
    public void The_registration_of_a_unit_is_retracted_only_while_nothing_else_is_said_about_it()
    {
        Given.Facts().When("unit/wuquan", Retracted(new FactId("/units", "wuquan"))).ThenAdmitted();
        Given.Facts().And("unit/wuquan", new UnitRenamed("舞泉街道", Day("2023-01-01")))
            .When("unit/wuquan", Retracted(new FactId("/units", "wuquan"))).ThenRefused(Codes.FactInvalidHistory, Codes.UnitNotFound);
    }

    [Fact]
    public void Whether_a_loss_was_filed_for_is_never_asked_again()
    {
        var given = Judged.And(Submitted("wuquan", LossDocument.CauseAnalysis, "2023-06-01T09:00:00"));
        given.When(Corrected(Given.Id(2), ("dispositions", """[{"unit":"wuquan","outcome":"DismissClaims"}]"""))).ThenAdmitted();
        given.When(Retracted(Given.Id(2))).ThenAdmitted();
    }

    [Fact]
    public void A_rule_that_was_broken_before_is_not_newly_broken()
    {
        // The unit's registration was retracted in its own stream; the lawsuit's facts name it all the same.
        var given = Given.Facts(Docketed("wuquan"), Materials("wuquan")).And("unit/wuquan", Retracted(new FactId("/units", "wuquan")));
        given.When(Corrected(Given.Id(2), ("receivedOn", "\"2023-04-15\""))).ThenAdmitted();
    }

    // ---- renamed instances

    [Fact]
    public void Facts_that_name_the_old_number_are_read_with_the_new_one()
    {
        var given = Judged.And(Received("wuquan"), Corrected(Given.Id(1), ("caseNo", $"\"{New1}\"")));
        given.Visible().OfType<INamesCase>().ShouldAllBe(f => f.CaseNo == New1);
        given.When(Hearing("2023-05-01") with { CaseNo = First }).ThenRefused(Codes.CaseNumberUnknown);
        given.When(Hearing("2023-05-01") with { CaseNo = New1 }).ThenAdmitted();
        given.When(Received("wuquan", New1)).ThenNothing();
        given.When("lawsuit/b", Docketed("wuquan")).ThenAdmitted();
        given.When("lawsuit/b", Docketed("wuquan") with { CaseNo = New1 }).ThenRefused(Codes.CaseNumberTaken);
    }

    [Fact]
    public void An_instance_renamed_twice_carries_its_facts_along()
    {
        var given = Judged.And(
            Corrected(Given.Id(1), ("caseNo", $"\"{New1}\"")),
            Received("wuquan", New1),
            Corrected(Given.Id(1), ("caseNo", $"\"{New2}\"")));
        given.Visible().OfType<INamesCase>().ShouldAllBe(f => f.CaseNo == New2);
        given.And(Retracted(Given.Id(5)));
        given.Visible().OfType<INamesCase>().ShouldAllBe(f => f.CaseNo == New1);
        given.And(Retracted(Given.Id(3)));
        given.Visible().OfType<INamesCase>().ShouldAllBe(f => f.CaseNo == First);
    }

    [Fact]
    public void A_freed_number_taken_by_another_instance_means_that_one_from_then_on()
    {
        var given = Judged.And(
            Corrected(Given.Id(1), ("caseNo", $"\"{New1}\"")),
            Opened(InstanceLevel.First, First, "2023-06-20"),
            Rendered(First, InstanceLevel.First, "2023-08-01", ("wuquan", Outcome.DismissClaims)),
            Received("wuquan", First, "2023-08-05"));
        given.Visible().OfType<INamesCase>().Select(f => f.CaseNo).ShouldBe([New1, New1, First, First, First]);
        given.When(Retracted(Given.Id(3))).ThenRefused(Codes.CaseNumberTaken);
    }

    [Fact]
    public void A_rename_back_is_refused_when_the_old_number_belongs_to_another_lawsuit_by_now()
    {
        var given = Judged.And(Corrected(Given.Id(1), ("caseNo", $"\"{New1}\""))).And("lawsuit/b", Docketed("wuquan"));
        given.When(Retracted(Given.Id(3))).ThenRefused(Codes.CaseNumberTaken);
        given.When(Corrected(Given.Id(1), ("caseNo", $"\"{First}\""))).ThenRefused(Codes.CaseNumberTaken);
    }

    [Fact]
    public void Two_instances_exchange_their_numbers_in_three_steps()
    {
        var given = Judged.And(
            Opened(InstanceLevel.First, New1, "2023-06-20"),
            Hearing("2023-06-21") with { CaseNo = New1 },
            Corrected(Given.Id(1), ("caseNo", $"\"{New2}\"")),
            Corrected(Given.Id(3), ("caseNo", $"\"{First}\"")),
            Corrected(Given.Id(1), ("caseNo", $"\"{New1}\"")));
        given.Visible().OfType<INamesCase>().Select(f => f.CaseNo).ShouldBe([New1, New1, First, First]);
    }

    [Fact]
    public void A_fact_moved_to_another_instance_means_the_one_that_bore_the_number_when_it_was_moved()
    {
        var given = Judged.And(
            Opened(InstanceLevel.First, New1, "2023-06-20"),
            Hearing("2023-05-01"),
            Corrected(Given.Id(4), ("caseNo", $"\"{New1}\"")),
            Corrected(Given.Id(3), ("caseNo", $"\"{New2}\"")));
        given.Visible().OfType<HearingHeld>().Single().CaseNo.ShouldBe(New2);
        given.And(Retracted(Given.Id(5)));
        given.Visible().OfType<HearingHeld>().Single().CaseNo.ShouldBe(First);
    }

    [Fact]
    public void A_number_corrected_with_half_width_brackets_is_normalised()
    {
        var given = Judged.And(Corrected(Given.Id(1), ("caseNo", "\"(2023)豫1121行初501号\"")));
        given.Visible().OfType<INamesCase>().ShouldAllBe(f => f.CaseNo == New1);
    }
}
