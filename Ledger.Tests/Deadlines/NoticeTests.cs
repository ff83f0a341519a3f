using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Obligations;
using Ledger.Domain.Units;
using Ledger.Host.Deadlines;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Deadlines;

/// <summary>
/// Which notices are raised, and that each is raised once. 27 September 2023 was a Wednesday before the long holidays: three
/// working days later is Sunday, 8 October, a make-up workday, and so is the Saturday before it.
/// </summary>
public sealed class NoticeTests
{
    [Fact]
    public async Task A_filing_is_warned_of_when_one_working_day_is_left_and_is_overdue_after_its_due_day()
    {
        await using var host = await DeadlineHost.StartAsync("2023-09-27T10:00");
        await host.DocketAsync("one", 1);
        await host.MaterialsAsync("one", 1, "2023-09-27");

        (await host.NoticesAsync("one")).ShouldBeEmpty();
        (await host.ScheduledAsync()).ShouldBe(2);

        await host.WakeAsync(host.Reach("2023-10-07T08:00"), "one");
        var warning = (await host.ListAsync()).ShouldHaveSingleItem().Notice;
        warning.Text.ShouldBe("【应诉报备提醒】（2023）豫1121行初1号：应于2023年10月8日（星期日，调休上班日）24时前完成应诉报备，还剩1个工作日。");
        warning.RaisedAt.ShouldBe(DeadlineHost.At("2023-10-07T08:00"));

        await host.WakeAsync(host.Reach("2023-10-09T00:00"), "one");
        (await host.NoticesAsync("one")).ShouldBe(["Overdue 2023-10-08", "Warning 2023-10-08"]);
        (await host.ListAsync()).Single(n => n.Notice.Kind == NoticeKind.Overdue).Notice.Text
            .ShouldBe("【应诉报备逾期】（2023）豫1121行初1号：应于2023年10月8日（星期日，调休上班日）24时前完成应诉报备，现已逾期1个工作日。按工作方案，逾期未报备的，由县司法行政部门予以通报。");
    }

    [Fact]
    public async Task A_filing_met_in_time_raises_nothing()
    {
        await using var host = await DeadlineHost.StartAsync("2023-09-27T10:00");
        await host.DocketAsync("met", 1);
        await host.MaterialsAsync("met", 1, "2023-09-27");
        await host.SettledAsync();
        host.Reach("2023-09-28T15:00");
        await host.FileAsync("met", 1, "2023-09-28T14:00");

        await host.WakeAsync(host.Reach("2023-10-07T08:00"), "met");
        await host.WakeAsync(host.Reach("2023-10-09T00:00"), "met");

        (await host.NoticesAsync("met")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_transferred_filing_is_the_successors_to_be_warned_of()
    {
        await using var host = await DeadlineHost.StartAsync("2023-09-27T10:00");
        await host.DocketAsync("moved", 1);
        await host.MaterialsAsync("moved", 1, "2023-09-27");
        await host.RecordAsync(
            Subject.Unit(DeadlineHost.Unit),
            new ObligationTransferred(DutyKind.CaseFiling, DeadlineHost.Township, new DateOnly(2023, 9, 27), DeadlineHost.CaseNo(1)), "transferred");
        await host.SettledAsync();

        await host.WakeAsync(host.Reach("2023-10-07T08:00"), "moved");
        (await host.ListAsync()).Select(n => (n.Notice.Kind, n.Notice.Unit)).ShouldBe([(NoticeKind.Warning, DeadlineHost.Township)]);

        // What the successor files meets it.
        await host.FileAsync("moved", 1, "2023-10-07T07:00", DeadlineHost.Township);
        await host.WakeAsync(host.Reach("2023-10-09T00:00"), "moved");
        (await host.NoticesAsync("moved")).ShouldBe(["Warning 2023-10-08"]);
    }

    [Fact]
    public async Task A_loss_filing_names_what_is_missing_and_threatens_no_bulletin()
    {
        await using var host = await DeadlineHost.StartAsync("2024-02-08T10:00");
        await host.DocketAsync("loss", 1);
        await host.RecordAsync("loss", Judgment(1, Outcome.RevokeAll), "rendered");
        await host.RecordAsync("loss", new JudgmentReceived(DeadlineHost.Unit, DeadlineHost.CaseNo(1), new DateOnly(2024, 2, 8)), "received");
        await host.RecordAsync(
            "loss",
            new LossFilingDocumentSubmitted(
                DeadlineHost.Unit, DeadlineHost.CaseNo(1), LossDocument.JudicialDocument, DeadlineHost.At("2024-02-08T09:00"), new string('a', 64)),
            "document");

        await host.WakeAsync(host.Reach("2024-02-20T08:00"), "loss");
        await host.WakeAsync(host.Reach("2024-02-22T00:00"), "loss");

        var notices = await host.ListAsync();
        notices.Select(n => (n.Notice.Kind, n.Notice.Obligation, n.Notice.DueOn)).ShouldBe(
            [(NoticeKind.Warning, ObligationKind.LossFiling, new DateOnly(2024, 2, 21)), (NoticeKind.Overdue, ObligationKind.LossFiling, new DateOnly(2024, 2, 21))]);
        foreach (var notice in notices)
        {
            notice.Notice.Text.ShouldContain("尚缺：败诉原因分析报告、下一步整改措施。");
            notice.Notice.Text.ShouldNotContain("通报");
            notice.Notice.TextEn.ShouldNotContain("bulletin");
        }
    }

    [Fact]
    public async Task A_judgment_that_was_won_opens_nothing_until_a_correction_makes_it_a_loss()
    {
        await using var host = await DeadlineHost.StartAsync("2023-10-20T10:00");
        await host.DocketAsync("won", 1);
        await host.RecordAsync("won", Judgment(1, Outcome.DismissClaims), "rendered");
        await host.RecordAsync("won", new JudgmentReceived(DeadlineHost.Unit, DeadlineHost.CaseNo(1), new DateOnly(2023, 10, 10)), "received");
        (await host.NoticesAsync("won")).ShouldBeEmpty();

        await host.CorrectAsync("won", "rendered", "dispositions", Judgment(1, Outcome.RevokeAll).Dispositions);

        (await host.NoticesAsync("won")).ShouldBe(["Overdue 2023-10-17"]);
    }

    [Fact]
    public async Task A_wake_up_delivered_twice_raises_one_notice()
    {
        await using var host = await DeadlineHost.StartAsync("2023-09-27T10:00");
        await host.DocketAsync("twice", 1);
        await host.MaterialsAsync("twice", 1, "2023-09-27");
        var at = host.Reach("2023-10-07T08:00");

        await host.WakeAsync(at, "twice");
        await host.WakeAsync(at, "twice");
        await host.WakeAsync(at, "twice", "twice");

        (await host.NoticesAsync("twice")).ShouldBe(["Warning 2023-10-08"]);
        (await host.ScalarAsync<long>("select count(*) from mt.mt_doc_noticeentry")).ShouldBe(2);
    }

    [Fact]
    public async Task A_wake_up_delivered_to_two_hosts_at_once_raises_one_notice()
    {
        await using var host = await DeadlineHost.StartAsync("2023-09-27T10:00");
        await using var other = await host.StartAnotherAsync();
        string[] lawsuits = [.. Enumerable.Range(1, 10).Select(n => "both" + n)];
        for (var n = 1; n <= lawsuits.Length; n++)
        {
            await host.DocketAsync(lawsuits[n - 1], n);
            await host.MaterialsAsync(lawsuits[n - 1], n, "2023-09-27");
        }

        await host.SettledAsync();
        var at = host.Reach("2023-10-09T00:00");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(n => (n % 2 == 0 ? host : other).WakeAsync(at, lawsuits)));

        (await host.ListAsync()).Select(n => n.Notice.Lawsuit).ShouldBe(lawsuits, ignoreOrder: true);
        (await host.ScalarAsync<long>("select count(*) from mt.mt_doc_noticeentry")).ShouldBe(20);
        (await host.ScalarAsync<long>("select count(*) from wolverine.wolverine_dead_letters")).ShouldBe(0);
    }

    [Fact]
    public async Task A_wake_up_that_comes_too_early_is_put_off_and_not_lost()
    {
        await using var host = await DeadlineHost.StartAsync("2023-09-27T10:00");
        await host.DocketAsync("early", 1);
        await host.MaterialsAsync("early", 1, "2023-09-27");
        await host.SettledAsync();
        host.Reach("2023-10-07T07:59:58");

        await host.WakeAsync(DeadlineHost.At("2023-10-07T08:00"), "early");
        (await host.NoticesAsync("early")).ShouldBeEmpty();

        host.Reach("2023-10-07T08:00");
        (await Infrastructure.Eventually.HasAsync(async () => await host.NoticesAsync("early"), n => n.Count > 0, "the warning")).ShouldBe(["Warning 2023-10-08"]);
    }

    [Fact]
    public async Task The_list_can_be_narrowed_and_refuses_what_it_does_not_know()
    {
        await using var host = await DeadlineHost.StartAsync("2023-10-07T09:00");
        await host.DocketAsync("a", 1);
        await host.DocketAsync("b", 2, DeadlineHost.Township);
        await host.MaterialsAsync("a", 1, "2023-09-27");
        await host.MaterialsAsync("b", 2, "2023-09-20", DeadlineHost.Township);
        await host.ListAsync();
        var answers = host.Services.GetRequiredService<NoticeAnswers>();

        (await answers.ListAsync(DeadlineHost.Township, null)).Notices!.Select(n => n.Notice.Lawsuit).ShouldBe(["b"]);
        (await answers.ListAsync(null, "Warning")).Notices!.Select(n => n.Notice.Lawsuit).ShouldBe(["a"]);
        (await answers.ListAsync("nobody", null)).Refusal!.Code.ShouldBe(Codes.UnitNotFound);
        (await answers.ListAsync(null, "warning")).Refusal!.Code.ShouldBe(Codes.QueryInvalid);
        var json = NoticeAnswers.Json((await answers.ListAsync(DeadlineHost.Township, "Overdue")).Notices!)[0]!.AsObject();
        json.Select(m => m.Key).ShouldBe(["id", "kind", "obligation", "unit", "lawsuit", "caseNo", "dueOn", "raisedAt", "recipients", "text", "textEn"]);
        json["dueOn"]!.GetValue<string>().ShouldBe("2023-09-25");
    }

    internal static JudgmentRendered Judgment(int number, Outcome outcome) => new(
        DeadlineHost.CaseNo(number), InstanceLevel.First, DocumentKind.Judgment, new DateOnly(2023, 10, 9), [new Disposition(DeadlineHost.Unit, outcome)]);
}
