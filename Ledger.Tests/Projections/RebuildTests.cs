using Ledger.Host;
using Ledger.Host.Answers;
using Ledger.Host.Cli;
using Ledger.Host.Rebuild;
using Ledger.Projections;
using Ledger.Tests.Infrastructure;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Projections;

/// <summary>The verb <c>rebuild</c>: the same documents again, and never a half-built number on the way.</summary>
public sealed class RebuildTests : IAsyncLifetime
{
    private ReadSide _ledger = null!;
    private WebApplication _program = null!;

    public async ValueTask InitializeAsync()
    {
        _ledger = await ReadSide.CreateAsync(batchSize: 7);
        await _ledger.RecordAsync(RandomHistory.From([.. Enumerable.Range(1, 700).Select(i => i * 7919 % 99_991)]).Told);
        _program = LedgerHost.BuildWithoutServer(_ledger.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        await _program.DisposeAsync();
        await _ledger.DisposeAsync();
    }

    [Fact]
    public async Task It_builds_the_same_documents_and_says_so()
    {
        await _ledger.CatchUpAsync();
        var before = await _ledger.DocumentsAsync();
        var (report, refused) = await Rebuild.RunAsync(cancellation: TestContext.Current.CancellationToken);
        refused.ShouldBeNull();
        (await _ledger.DocumentsAsync()).ShouldBe(before);
        report!.Before.SameDocuments(report.After).ShouldBeTrue();
        report.After.Documents.Values.ShouldAllBe(d => d.Count > 0);
        RebuildVerb.Text(report).ShouldContain(CliTexts.Say("与重建前逐字节一致", "Byte for byte"));
        (await _ledger.ScalarAsync<string[]>("select array_agg(name::text order by name) from mt.mt_event_progression where name not like 'HighWater%'"))
            .ShouldBe(CountyProjection.ProgressRows.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task It_finds_a_document_that_somebody_changed()
    {
        await _ledger.CatchUpAsync();
        var before = await _ledger.DocumentsAsync();
        await _ledger.RunAsync("update mt.mt_doc_unitmonth set data = jsonb_set(data, '{contributions}', '{}') where id = (select min(id) from mt.mt_doc_unitmonth)");
        var (report, _) = await Rebuild.RunAsync(cancellation: TestContext.Current.CancellationToken);
        report!.Before.SameDocuments(report.After).ShouldBeFalse();
        (await _ledger.DocumentsAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Killed_in_the_middle_the_answers_come_from_the_facts_and_a_second_run_finishes()
    {
        await _ledger.CatchUpAsync();
        var (before, answer) = (await _ledger.DocumentsAsync(), await AskAsync());
        await using var gate = new NpgsqlConnection(_ledger.ConnectionString);
        await gate.OpenAsync(TestContext.Current.CancellationToken);
        await using (var close = new NpgsqlCommand("select pg_advisory_lock(4712)", gate))
            await close.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await _ledger.AsAdministratorAsync(
            """
            create function public.wait_at_the_gate() returns trigger language plpgsql as $$ begin perform pg_advisory_xact_lock_shared(4712); return new; end $$;
            create trigger wait_at_the_gate before insert on mt.mt_doc_unitmonth for each row execute function public.wait_at_the_gate();
            """);
        using (var killed = new HostProcess(_ledger.ConnectionString, "rebuild"))
            await Eventually.IsAsync(() => _ledger.ScalarAsync<bool>("select exists (select from pg_locks where locktype = 'advisory' and objid = 4712 and not granted)"), "the page at the gate", TimeSpan.FromSeconds(60));

        (await _ledger.DocumentsAsync()).ShouldBeEmpty("the old ones are gone, the new ones are not committed");
        (await AskAsync()).ShouldBe(answer);
        await using (var open = new NpgsqlCommand("select pg_advisory_unlock(4712)", gate))
            await open.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        (await Rebuild.RunAsync(cancellation: TestContext.Current.CancellationToken)).Refused.ShouldBeNull();
        (await _ledger.DocumentsAsync()).ShouldBe(before);
        (await AskAsync()).ShouldBe(answer);
    }

    [Fact]
    public async Task A_second_one_at_the_same_time_is_refused()
    {
        await using var other = LedgerHost.BuildWithoutServer(_ledger.ConnectionString);
        var inside = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        var first = Task.Run(() => Rebuild.RunAsync(new Halt(inside, go), TestContext.Current.CancellationToken));
        await inside.Task;
        (await ActivatorUtilities.CreateInstance<ReadModelRebuild>(other.Services).RunAsync(cancellation: TestContext.Current.CancellationToken)).Refused.ShouldNotBeNull();
        go.SetResult();
        (await first).Refused.ShouldBeNull();
    }

    private ReadModelRebuild Rebuild => ActivatorUtilities.CreateInstance<ReadModelRebuild>(_program.Services);

    private async Task<string> AskAsync()
    {
        var texts = new List<string>();
        foreach (var policy in (string[])["P-A", "P-B"])
        {
            var answer = await _ledger.Answers.RankingAsync("2023", null, policy, new TimesAsked(), TestContext.Current.CancellationToken);
            texts.Add(AnswerJson.Text(AnswerJson.Of(answer.Value!, answer.Scope!)));
        }

        return string.Join('\n', texts);
    }

    private sealed class Halt(TaskCompletionSource inside, TaskCompletionSource go) : IProgress<RebuildProgress>
    {
        public void Report(RebuildProgress value)
        {
            inside.TrySetResult();
            go.Task.Wait(TimeSpan.FromSeconds(20));
        }
    }
}
