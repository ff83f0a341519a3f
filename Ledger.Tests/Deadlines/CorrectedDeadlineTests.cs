using Ledger.Domain.Calendar;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Host.Deadlines;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Deadlines;

/// <summary>What is recorded later moves, closes or opens a deadline; the wake-ups of the old one are still on their way.</summary>
public sealed class CorrectedDeadlineTests
{
    [Fact]
    public async Task A_receipt_corrected_before_the_warning_is_warned_of_by_its_new_due_day_alone()
    {
        await using var host = await DeadlineHost.StartAsync("2023-10-13T10:00");
        await host.DocketAsync("before", 1);
        await host.MaterialsAsync("before", 1, "2023-10-12"); // due on the 17th
        await host.SettledAsync();
        await host.CorrectAsync("before", "materials", "receivedOn", "2023-10-13"); // due on the 18th
        await host.SettledAsync();

        await host.WakeAsync(host.Reach("2023-10-16T08:00"), "before"); // of the old due day
        (await host.NoticesAsync("before")).ShouldBeEmpty();
        await host.WakeAsync(host.Reach("2023-10-17T08:00"), "before");
        await host.WakeAsync(host.Reach("2023-10-18T00:00"), "before"); // of the old due day
        (await host.NoticesAsync("before")).ShouldBe(["Warning 2023-10-18"]);
    }

    [Fact]
    public async Task A_receipt_corrected_after_the_warning_keeps_it_and_is_overdue_by_its_new_due_day_alone()
    {
        await using var host = await DeadlineHost.StartAsync("2023-10-12T10:00");
        await host.DocketAsync("after", 1);
        await host.MaterialsAsync("after", 1, "2023-10-12");
        await host.SettledAsync();
        await host.WakeAsync(host.Reach("2023-10-16T08:00"), "after");
        await host.CorrectAsync("after", "materials", "receivedOn", "2023-10-13"); // due on the 18th
        (await host.NoticesAsync("after")).ShouldBe(["Warning 2023-10-17"]);

        await host.WakeAsync(host.Reach("2023-10-18T00:00"), "after"); // of the old due day
        (await host.NoticesAsync("after")).ShouldBe(["Warning 2023-10-17", "Warning 2023-10-18"]);
        await host.WakeAsync(host.Reach("2023-10-19T00:00"), "after");
        (await host.NoticesAsync("after")).ShouldBe(["Overdue 2023-10-18", "Warning 2023-10-17", "Warning 2023-10-18"]);
    }

    [Fact]
    public async Task A_receipt_corrected_there_and_back_is_not_warned_of_again()
    {
        await using var host = await DeadlineHost.StartAsync("2023-10-16T10:00");
        await host.DocketAsync("back", 1);
        await host.MaterialsAsync("back", 1, "2023-10-12");
        (await host.NoticesAsync("back")).ShouldBe(["Warning 2023-10-17"]);
        await host.CorrectAsync("back", "materials", "receivedOn", "2023-10-16");
        await host.CorrectAsync("back", "materials", "receivedOn", "2023-10-12", "2");

        (await host.NoticesAsync("back")).ShouldBe(["Warning 2023-10-17"]);
    }

    [Fact]
    public async Task A_retracted_receipt_raises_nothing_and_recorded_again_it_is_the_same_notice()
    {
        await using var host = await DeadlineHost.StartAsync("2023-10-12T10:00");
        await host.DocketAsync("retracted", 1);
        await host.MaterialsAsync("retracted", 1, "2023-10-12");
        await host.SettledAsync();
        await host.WakeAsync(host.Reach("2023-10-16T08:00"), "retracted");
        await host.RetractAsync("retracted", "materials");

        await host.WakeAsync(host.Reach("2023-10-18T00:00"), "retracted");
        (await host.NoticesAsync("retracted")).ShouldBe(["Warning 2023-10-17"]);

        await host.MaterialsAsync("retracted", 1, "2023-10-12", id: "again");
        (await host.NoticesAsync("retracted")).ShouldBe(["Overdue 2023-10-17", "Warning 2023-10-17"]);
    }

    [Fact]
    public async Task A_receipt_corrected_to_another_unit_tells_that_unit()
    {
        await using var host = await DeadlineHost.StartAsync("2023-10-20T10:00");
        await host.DocketAsync("moved", 1);
        await host.RecordAsync("moved", new DefendantAdded(DeadlineHost.Township, DefendantCapacity.Joint, new DateOnly(2023, 9, 5)), "joined");
        await host.MaterialsAsync("moved", 1, "2023-10-12");
        await host.SettledAsync();
        await host.CorrectAsync("moved", "materials", "unit", DeadlineHost.Township);

        (await host.ListAsync()).Select(n => n.Notice.Unit).ShouldBe([DeadlineHost.Township, DeadlineHost.Unit]);
    }

    [Fact]
    public async Task A_retracted_filing_leaves_the_case_overdue_at_once()
    {
        await using var recorder = await DeadlineHost.CreateAsync("2023-10-20T10:00");
        await recorder.DocketAsync("unfiled", 1);
        await recorder.MaterialsAsync("unfiled", 1, "2023-10-12");
        await recorder.FileAsync("unfiled", 1, "2023-10-13T09:00");
        await using var host = await recorder.StartAnotherAsync();
        (await host.NoticesAsync("unfiled")).ShouldBeEmpty();
        await host.RetractAsync("unfiled", "filed");

        (await host.NoticesAsync("unfiled")).ShouldBe(["Overdue 2023-10-17"]);
    }

    [Fact]
    public async Task A_renamed_case_number_is_the_same_notice()
    {
        await using var host = await DeadlineHost.StartAsync("2023-10-16T10:00");
        await host.DocketAsync("renamed", 1);
        await host.MaterialsAsync("renamed", 1, "2023-10-12");
        (await host.NoticesAsync("renamed")).ShouldBe(["Warning 2023-10-17"]);
        await host.CorrectAsync("renamed", "docketed", "caseNo", DeadlineHost.CaseNo(77));
        (await host.NoticesAsync("renamed")).ShouldBe(["Warning 2023-10-17"]);

        await host.WakeAsync(host.Reach("2023-10-18T00:00"), "renamed");
        (await host.NoticesAsync("renamed")).ShouldBe(["Overdue 2023-10-17", "Warning 2023-10-17"]);
        (await host.ListAsync()).Single(n => n.Notice.Kind == global::Ledger.Domain.Obligations.NoticeKind.Overdue).Notice.CaseNo.ShouldBe(DeadlineHost.CaseNo(77));
    }

    [Fact]
    public async Task A_published_calendar_moves_the_wake_ups_of_open_filings()
    {
        await using var host = await DeadlineHost.StartAsync("2027-01-04T10:00"); // no calendar of 2027 is known
        await host.DocketAsync("moves", 1);
        await host.MaterialsAsync("moves", 1, "2027-01-04"); // due on Thursday the 7th, provisionally
        await host.SettledAsync();
        await host.RecordAsync(
            new Subject(StreamKind.Calendar, "2027"),
            new CalendarYearPublished(2027, [new DateOnly(2027, 1, 5), new DateOnly(2027, 1, 6)], [new DateOnly(2027, 1, 9)], "通知"),
            "published"); // due on Saturday the 9th, a make-up workday
        await host.SettledAsync();
        (await host.ScheduledAsync()).ShouldBe(4, "two of the old due day, two of the new one");

        await host.WakeAsync(host.Reach("2027-01-06T08:00"), "moves");
        await host.WakeAsync(host.Reach("2027-01-08T00:00"), "moves");
        (await host.NoticesAsync("moves")).ShouldBeEmpty();
        await host.WakeAsync(host.Reach("2027-01-08T08:00"), "moves");
        (await host.NoticesAsync("moves")).ShouldBe(["Warning 2027-01-09"]);
        (await host.ListAsync()).Single().Notice.Text.ShouldContain("（星期六，调休上班日）");
    }

    [Fact]
    public async Task A_due_day_without_a_calendar_says_that_it_may_move()
    {
        await using var host = await DeadlineHost.StartAsync("2027-01-06T10:00");
        await host.DocketAsync("provisional", 1);
        await host.MaterialsAsync("provisional", 1, "2027-01-04");

        (await host.ListAsync()).Single().Notice.Text.ShouldEndWith("该年节假日安排尚未公布，截止日按周末推算，公布后可能变动。");
    }

    [Fact]
    public async Task An_organ_outside_the_county_owes_nothing_until_a_correction_takes_it_in()
    {
        await using var host = await DeadlineHost.StartAsync("2023-10-20T10:00");
        await host.RecordAsync(
            Subject.Unit("city"), new global::Ledger.Domain.Units.UnitRegistered("市政府", global::Ledger.Domain.Units.UnitKind.External, new DateOnly(2020, 1, 1)), "registered");
        await host.DocketAsync("outside", 1, "city");
        await host.MaterialsAsync("outside", 1, "2023-10-12", "city");
        (await host.NoticesAsync("outside")).ShouldBeEmpty();

        await host.RecordAsync(
            Subject.Unit("city"),
            new FactCorrected(
                new FactId("/test", "city/registered"),
                new Dictionary<string, System.Text.Json.JsonElement>(StringComparer.Ordinal)
                {
                    ["kind"] = System.Text.Json.JsonSerializer.SerializeToElement("Department"),
                },
                "录入有误",
                "张三"),
            "taken-in");

        var notices = await Infrastructure.Eventually.HasAsync(async () => await host.ListAsync(), n => n.Count > 0, "the notice");
        notices.Single().Recipients.ShouldBe(["city", RecordNoticeHandler.Bureau]);
    }
}
