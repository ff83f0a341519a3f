using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Units;
using Ledger.Host.Intake;
using Ledger.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Intake;

/// <summary>What holds when several write at once: nothing is lost, nothing doubled, and a rule decides every collision.</summary>
public sealed class ConcurrencyTests : IAsyncLifetime
{
    private const string CaseNo = "（2023）豫1121行初12号";

    private static readonly DateOnly Day = new(2023, 4, 10);

    private LedgerDatabase _ledger = null!;

    public async ValueTask InitializeAsync()
    {
        _ledger = await LedgerDatabase.CreateAsync();
        (await _ledger.RecordAsync("unit/wuquan", new UnitRegistered("舞泉镇", UnitKind.Township, new DateOnly(2022, 1, 1)))).Refusal.ShouldBeNull();
    }

    public ValueTask DisposeAsync() => _ledger.DisposeAsync();

    [Fact]
    public async Task Two_clerks_docket_one_case_number_in_the_same_second_and_exactly_one_wins()
    {
        for (var round = 0; round < 10; round++)
        {
            var caseNo = $"（2023）豫1121行初{100 + round}号";
            var receipts = await TogetherAsync(4, i => _ledger.RecordAsync($"lawsuit/{round}-{i}", Docketed(caseNo)));
            receipts.Count(r => r.Refusal is null).ShouldBe(1);
            receipts.Where(r => r.Refusal is not null).ShouldAllBe(r => r.Refusal!.Code == Codes.CaseNumberTaken);
        }

        (await EventsAsync("LawsuitDocketed")).ShouldBe(10);
    }

    [Fact]
    public async Task Two_clerks_docket_one_lawsuit_and_exactly_one_wins()
    {
        var receipts = await TogetherAsync(6, i => _ledger.RecordAsync("lawsuit/a", Docketed($"（2023）豫1121行初{i + 1}号"), $"docket-{i}"));
        receipts.Count(r => r.Refusal is null).ShouldBe(1);
        receipts.Where(r => r.Refusal is not null).ShouldAllBe(r => r.Refusal!.Code == Codes.LawsuitAlreadyDocketed);
        (await EventsAsync("LawsuitDocketed")).ShouldBe(1);
        (await _ledger.ScalarAsync<long>("select count(*) from ledger.case_number")).ShouldBe(1);
    }

    [Fact]
    public async Task The_same_fact_sent_by_many_at_once_is_one_event()
    {
        var receipts = await TogetherAsync(8, _ => _ledger.RecordAsync("lawsuit/a", Docketed(CaseNo)));
        receipts.ShouldAllBe(r => r.Refusal == null);
        receipts.Count(r => !r.Duplicate).ShouldBe(1);
        (await EventsAsync("LawsuitDocketed")).ShouldBe(1);
    }

    [Fact]
    public async Task Many_writers_of_one_lawsuit_all_get_through_and_leave_one_unbroken_stream()
    {
        await _ledger.RecordAsync("lawsuit/a", Docketed(CaseNo));
        var receipts = await TogetherAsync(
            8, async i =>
            {
                Receipt? last = null;
                for (var n = 0; n < 10; n++)
                {
                    last = await _ledger.RecordAsync("lawsuit/a", new CaseConferenceHeld("wuquan", Day.AddDays(i), LossRisk.Red), $"conference-{i}-{n}");
                    last.Refusal.ShouldBeNull();
                }

                return last!;
            });
        receipts.Max(r => r.Version).ShouldBe(81);
        (await _ledger.ScalarAsync<bool>(
            "select s.version = 81 and s.version = max(e.version) and s.version = count(*) from mt.mt_streams s join mt.mt_events e on e.stream_id = s.id where s.id = 'lawsuit/a' group by s.version")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_receipt_recorded_twice_at_once_with_two_dates_keeps_one_of_them()
    {
        await _ledger.RecordAsync("lawsuit/a", Docketed(CaseNo));
        var receipts = await TogetherAsync(
            4, i => _ledger.RecordAsync("lawsuit/a", new ResponseMaterialsReceived("wuquan", CaseNo, Day.AddDays(i)), $"receipt-{i}"));
        receipts.Count(r => r.Refusal is null).ShouldBe(1);
        receipts.Where(r => r.Refusal is not null).ShouldAllBe(r => r.Refusal!.Code == Codes.ReceiptAlreadyRecorded);
    }

    [Fact]
    public async Task A_unit_is_registered_for_whoever_names_it_at_the_same_time()
    {
        // Either the lawsuit sees the unit, or the retraction came first and the lawsuit is refused: never a lawsuit of a
        // unit that had gone before it.
        for (var round = 0; round < 5; round++)
        {
            var unit = $"unit-{round}";
            var registered = new FactId("/tests", $"unit/{unit}/UnitRegistered");
            await _ledger.RecordAsync($"unit/{unit}", new UnitRegistered(unit, UnitKind.Department, new DateOnly(2022, 1, 1)));
            var docketed = Docketed($"（2023）豫1121行初{200 + round}号") with { Defendants = [new Defendant(unit, DefendantCapacity.Sole)] };
            var receipts = await TogetherAsync(2, i => i == 0
                ? _ledger.RecordAsync($"lawsuit/u{round}", docketed)
                : _ledger.RecordAsync($"unit/{unit}", new FactRetracted(registered, "误登", "局长")));
            receipts[1].Refusal.ShouldBeNull();
            if (receipts[0].Refusal is { } refusal)
            {
                refusal.Code.ShouldBe(Codes.UnknownUnit);
                continue;
            }

            (await _ledger.ScalarAsync<bool>($"""
                select (select i.xid from ledger.intake i join mt.mt_events e using (seq_id) where e.stream_id = 'lawsuit/u{round}') is not null
                """)).ShouldBeTrue();
        }
    }

    [Fact]
    public async Task A_number_freed_by_a_correction_can_be_taken_by_another_lawsuit_and_not_given_back()
    {
        await _ledger.RecordAsync("lawsuit/a", Docketed(CaseNo), "a");
        var rename = new FactCorrected(
            new FactId("/tests", "a"), Set(("caseNo", "（2023）豫1121行初13号")), "笔误", "科长");
        (await _ledger.RecordAsync("lawsuit/a", rename, "rename")).Refusal.ShouldBeNull();
        (await _ledger.RecordAsync("lawsuit/b", Docketed(CaseNo))).Refusal.ShouldBeNull();
        (await _ledger.RecordAsync("lawsuit/c", Docketed("（2023）豫1121行初13号"))).Refusal!.Code.ShouldBe(Codes.CaseNumberTaken);
        (await _ledger.RecordAsync("lawsuit/a", new FactRetracted(new FactId("/tests", "rename"), "又改回", "科长"))).Refusal!.Code.ShouldBe(Codes.CaseNumberTaken);
    }

    [Fact]
    public async Task An_id_stands_for_one_content_in_the_whole_ledger()
    {
        await _ledger.RecordAsync("lawsuit/a", Docketed(CaseNo), "same");
        (await _ledger.RecordAsync("lawsuit/a", Docketed(CaseNo), "same")).Duplicate.ShouldBeTrue();
        (await _ledger.RecordAsync("lawsuit/a", new SeriesLinked("s", Day, "r"), "same")).Refusal!.Code.ShouldBe(Codes.Conflict);
        (await _ledger.RecordAsync("lawsuit/b", Docketed("（2023）豫1121行初13号"), "same")).Refusal!.Code.ShouldBe(Codes.Conflict);
    }

    [Fact]
    public async Task A_writer_who_insists_on_an_old_version_is_told_the_current_one()
    {
        await _ledger.RecordAsync("lawsuit/a", Docketed(CaseNo));
        var receipt = await _ledger.Intake.RecordAsync(new RecordFact(
            Subject.Lawsuit("a"), new SeriesLinked("s", Day, "r"), new FactId("/tests", "late"), "tester", ExpectedVersion: 0));
        receipt.Refusal!.Code.ShouldBe(Codes.StreamConflict);
        receipt.Version.ShouldBe(1);
    }

    private static LawsuitDocketed Docketed(string caseNo) => new(
        caseNo, "舞阳县人民法院", Day, LawsuitCategory.Administrative, "行政处罚", "公安", "罚款", [new Defendant("wuquan", DefendantCapacity.Sole)]);

    private static Dictionary<string, System.Text.Json.JsonElement> Set(params (string Member, string Value)[] members) =>
        members.ToDictionary(m => m.Member, m => System.Text.Json.JsonSerializer.SerializeToElement(m.Value), StringComparer.Ordinal);

    private Task<long> EventsAsync(string type) => _ledger.ScalarAsync<long>($"select count(*) from mt.mt_events where type = '{type}'");

    private static async Task<Receipt[]> TogetherAsync(int writers, Func<int, Task<Receipt>> write)
    {
        using var start = new ManualResetEventSlim();
        var tasks = Enumerable.Range(0, writers).Select(i => Task.Run(() =>
        {
            start.Wait();
            return write(i);
        })).ToArray();
        start.Set();
        return await Task.WhenAll(tasks);
    }
}
