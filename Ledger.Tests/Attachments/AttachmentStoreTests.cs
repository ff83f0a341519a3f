using Ledger.Domain.Facts;
using Ledger.Host.Attachments;
using Ledger.Host.Cli;
using Ledger.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Attachments;

/// <summary>Documents in PostgreSQL: whole and once, or not at all.</summary>
public sealed class AttachmentStoreTests : IAsyncLifetime
{
    private const int Mebi = 1024 * 1024;
    private const string Rows =
        "select (select count(*) from ledger.attachment) * 1000000 + (select count(*) from ledger.attachment_storer) * 1000 + (select count(*) from ledger.attachment_chunk)";

    private static readonly Storer Clerk = new("clerk", "wuquan", "tests");
    private static readonly Storer Other = new("other", "beiwudu", "tests");

    private LedgerDatabase _ledger = null!;

    private AttachmentStore Store => _ledger.Services.GetRequiredService<AttachmentStore>();

    public async ValueTask InitializeAsync() => _ledger = await LedgerDatabase.CreateAsync();

    public async ValueTask DisposeAsync() => await _ledger.DisposeAsync();

    [Fact]
    public async Task Two_uploads_at_once_store_one_document_and_both_are_remembered()
    {
        TaskCompletionSource one = new(), other = new();
        var hash = new PassingStream(Mebi).Hash();
        var first = new PassingStream(Mebi, watch: at => Meet(at, one, other));
        var second = new PassingStream(Mebi, watch: at => Meet(at, other, one));
        var stored = await Task.WhenAll(Store.StoreAsync(first, hash, Clerk), Store.StoreAsync(second, hash, Other)).WaitAsync(TimeSpan.FromSeconds(60));
        stored.Select(s => s.IsNew).ShouldBe([true, false], ignoreOrder: true);
        stored.ShouldAllBe(s => s.Attachment!.Sha256 == hash && s.Attachment.Size == Mebi && s.Attachment.MediaType == "application/pdf");
        (await _ledger.ScalarAsync<long>(Rows)).ShouldBe(1_002_004);
        (await Store.WasStoredByAsync("wuquan", hash)).ShouldBeTrue();
        (await Store.WasStoredByAsync("beiwudu", hash)).ShouldBeTrue();
        (await Store.WasStoredByAsync("jiaotong", hash)).ShouldBeFalse();

        // Neither goes on before the other is half-way too.
        static Task Meet(long at, TaskCompletionSource mine, TaskCompletionSource theirs)
        {
            if (at < Mebi / 2) return Task.CompletedTask;
            mine.TrySetResult();
            return theirs.Task;
        }
    }

    [Fact]
    public async Task Stored_again_it_stays_one_and_who_only_knows_the_hash_has_not_stored_it()
    {
        var hash = new PassingStream(Mebi).Hash();
        (await Store.StoreAsync(new PassingStream(Mebi), hash, Clerk)).IsNew.ShouldBeTrue();
        (await Store.StoreAsync(new PassingStream(Mebi), null, Clerk)).IsNew.ShouldBeFalse();
        (await _ledger.ScalarAsync<long>(Rows)).ShouldBe(1_001_004);
        (await Store.StoreAsync(new PassingStream(1000, seed: 2), hash, Other)).Refusal!.Code.ShouldBe(Codes.AttachmentHashDiffers);
        (await Store.WasStoredByAsync("beiwudu", hash)).ShouldBeFalse();
    }

    [Theory]
    [InlineData(1000, "%PDF-", "0000000000000000000000000000000000000000000000000000000000000000", Codes.AttachmentHashDiffers)]
    [InlineData(AttachmentStore.Largest + 1, "%PDF-", null, Codes.AttachmentTooLarge)]
    [InlineData(1000, "MZ", null, Codes.AttachmentTypeNotAccepted)]
    [InlineData(0, "", null, Codes.AttachmentTypeNotAccepted)]
    public async Task What_is_refused_leaves_nothing(int length, string head, string? hash, string code)
    {
        (await Store.StoreAsync(new PassingStream(length, head), hash, Clerk)).Refusal!.Code.ShouldBe(code);
        (await _ledger.ScalarAsync<long>(Rows)).ShouldBe(0);
    }

    [Fact]
    public async Task An_upload_that_is_cancelled_half_way_leaves_nothing_and_can_be_repeated()
    {
        using var stop = new CancellationTokenSource();
        var document = new PassingStream(5 * Mebi, watch: at => at >= 2 * Mebi ? stop.CancelAsync() : Task.CompletedTask);
        await Should.ThrowAsync<OperationCanceledException>(() => Store.StoreAsync(document, document.Hash(), Clerk, stop.Token));
        (await _ledger.ScalarAsync<long>(Rows)).ShouldBe(0);
        (await Store.StoreAsync(new PassingStream(5 * Mebi), document.Hash(), Clerk)).IsNew.ShouldBeTrue();
    }

    [Fact]
    public async Task An_upload_whose_connection_is_killed_half_way_leaves_nothing_and_can_be_repeated()
    {
        var document = new PassingStream(5 * Mebi, watch: async at =>
        {
            if (at >= 2 * Mebi)
                (await _ledger.ScalarAsync<long>("""
                    select count(pg_terminate_backend(pid)) from pg_stat_activity
                    where datname = current_database() and pid <> pg_backend_pid() and query like 'insert into ledger.attachment_chunk%'
                    """)).ShouldBeInRange(0, 1);
        });
        await Should.ThrowAsync<NpgsqlException>(() => Store.StoreAsync(document, document.Hash(), Clerk));
        (await _ledger.ScalarAsync<long>(Rows)).ShouldBe(0);
        (await Store.StoreAsync(new PassingStream(5 * Mebi), document.Hash(), Clerk)).IsNew.ShouldBeTrue();
        (await _ledger.ScalarAsync<long>(Rows)).ShouldBe(1_001_020);
    }

    [Theory]
    [InlineData("update ledger.attachment set media_type = 'text/html'")]
    [InlineData("delete from ledger.attachment")]
    [InlineData("truncate ledger.attachment cascade")]
    [InlineData("update ledger.attachment_chunk set data = 'x'")]
    [InlineData("delete from ledger.attachment_chunk")]
    [InlineData("truncate ledger.attachment_chunk")]
    [InlineData("update ledger.attachment_storer set unit = 'other'")]
    [InlineData("delete from ledger.attachment_storer")]
    [InlineData("truncate ledger.attachment_storer")]
    public async Task What_is_stored_is_not_changed(string attack)
    {
        await Store.StoreAsync(new PassingStream(1000), null, Clerk);
        foreach (var role in (string[])["origin", "replica"])
            (await Should.ThrowAsync<PostgresException>(() => _ledger.AsAdministratorAsync($"set session_replication_role = {role}; {attack}"))).SqlState.ShouldBe("LG001");
        (await Should.ThrowAsync<PostgresException>(() => _ledger.ScalarAsync<object>(attack))).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Fact]
    public async Task A_damaged_document_is_not_handed_out_as_a_whole_one()
    {
        _ledger.Audit.Skip("it damages a document, which an audit finds");
        var stored = (await Store.StoreAsync(new PassingStream(Mebi), null, Clerk)).Attachment!;
        await _ledger.AsAdministratorAsync(
            """
            alter table ledger.attachment_chunk disable trigger ledger_no_change;
            update ledger.attachment_chunk set data = set_byte(data, 5, 255 - get_byte(data, 5)) where n = 0
            """);
        await using var output = new HashingStream();
        await Should.ThrowAsync<InvalidDataException>(() => Store.CopyToAsync(stored, output));
        output.Taken.ShouldBeLessThan(Mebi);
    }

    [Fact]
    public async Task The_verbs_attach_and_fetch()
    {
        var folder = Directory.CreateTempSubdirectory("attachments").FullName;
        var (file, copy) = (Path.Combine(folder, "a.txt"), Path.Combine(folder, "b.txt"));
        await File.WriteAllTextAsync(file, "败诉原因分析报告");
        var output = new StringWriter();
        ((string[])["attach", "fetch-attachment"]).ShouldBeSubsetOf(OperationVerbs.All.Select(v => v.Name));
        (await AttachmentVerbs.AttachAsync(Store, file, "tester", output)).ShouldBe(0);
        var hash = output.ToString().Trim();
        (await AttachmentVerbs.FetchAsync(Store, hash, copy)).ShouldBe(0);
        (await File.ReadAllTextAsync(copy)).ShouldBe("败诉原因分析报告");
        (await AttachmentVerbs.FetchAsync(Store, new string('0', 64), copy)).ShouldBe(2);
        (await AttachmentVerbs.FetchAsync(Store, "x", copy)).ShouldBe(2);
        (await AttachmentVerbs.FetchAsync(Store, hash, Path.Combine(folder, "none", "b"))).ShouldBe(3);
        (await AttachmentVerbs.AttachAsync(Store, Path.Combine(folder, "none"), "tester", output)).ShouldBe(3);
        Directory.GetFiles(folder).Length.ShouldBe(2);
        Directory.Delete(folder, recursive: true);
    }
}

/// <summary>Measured while nothing else runs.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "alone";
}

/// <summary>The largest document passes through a small window.</summary>
[Collection(AloneCollection.Name)]
public sealed class AttachmentMemoryTests
{
    [Fact]
    public async Task The_largest_document_is_stored_and_read_with_bounded_memory()
    {
        await using var ledger = await LedgerDatabase.CreateAsync();
        var store = ledger.Services.GetRequiredService<AttachmentStore>();
        var hash = new PassingStream(AttachmentStore.Largest).Hash();
        // What is measured is a document, not the first use of a connection.
        await store.StoreAsync(new PassingStream(1_000_000, seed: 2), null, new Storer("clerk", null, "tests"));

        var before = GC.GetTotalAllocatedBytes(precise: true);
        var stored = (await store.StoreAsync(new PassingStream(AttachmentStore.Largest), hash, new Storer("clerk", null, "tests"))).Attachment!;
        (GC.GetTotalAllocatedBytes(precise: true) - before).ShouldBeLessThan(AttachmentStore.Largest / 4);

        before = GC.GetTotalAllocatedBytes(precise: true);
        await using var output = new HashingStream();
        await store.CopyToAsync(stored, output);
        (GC.GetTotalAllocatedBytes(precise: true) - before).ShouldBeLessThan(AttachmentStore.Largest / 4);
        (output.Taken, output.Hash).ShouldBe((AttachmentStore.Largest, hash));
    }
}
