using Ledger.Projections.Store;
using Npgsql;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Store;

/// <summary>The schema can be applied at every start, and what is stored stays as it is.</summary>
public sealed class SchemaTests : IAsyncLifetime
{
    private StoreDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await StoreDatabase.CreateAsync();

    public async ValueTask DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task Applying_it_again_changes_nothing_and_waits_for_no_writer()
    {
        await _database.AppendAsync();
        await _database.Positions.AdvanceAsync();
        var before = await FingerprintAsync();
        before.ShouldContain(line => line.StartsWith("ledger_take_in A", StringComparison.Ordinal));

        await using var writer = await _database.Source.OpenConnectionAsync();
        await using var open = await writer.BeginTransactionAsync();
        await PositionTests.InsertAsync(writer, open, "matter/2");
        // A store that has been in use knows more documents than it was told of (the aggregates it fetched), so a new one.
        await using var again = _database.AsOwner();
        await LedgerSchema.ApplyAsync(again.Store).WaitAsync(TimeSpan.FromSeconds(20));
        await LedgerSchema.ApplyAsync(again.Store).WaitAsync(TimeSpan.FromSeconds(20));

        var after = await FingerprintAsync();
        after.Except(before, StringComparer.Ordinal).ShouldBeEmpty();
        before.Except(after, StringComparer.Ordinal).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_guard_that_was_weakened_is_restored()
    {
        var before = await FingerprintAsync();
        await using var owner = _database.AsOwner();
        await owner.RunAsync("alter table mt.mt_events disable trigger ledger_no_change; drop trigger ledger_no_trunc on mt.mt_events");
        (await FingerprintAsync()).SequenceEqual(before, StringComparer.Ordinal).ShouldBeFalse();
        await LedgerSchema.ApplyAsync(owner.Store);
        (await FingerprintAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Programs_that_start_together_wait_for_each_other()
    {
        await using var first = await StoreDatabase.CreateEmptyAsync();
        await using var second = first.OpenAgain();
        await Task.WhenAll(LedgerSchema.ApplyAsync(first.Store), LedgerSchema.ApplyAsync(second.Store));
        (await second.Positions.ResolveAsync())!.Position.ShouldBe(0);
    }

    [Fact]
    public async Task Events_stored_before_the_guards_are_not_taken_over()
    {
        await using var bare = await StoreDatabase.CreateEmptyAsync();
        await bare.Store.Storage.ApplyAllConfiguredChangesToDatabaseAsync(JasperFx.AutoCreate.CreateOrUpdate);
        await using var connection = await bare.Source.OpenConnectionAsync();
        await PositionTests.InsertAsync(connection, null, "matter/1");
        (await Should.ThrowAsync<PostgresException>(() => LedgerSchema.ApplyAsync(bare.Store))).SqlState.ShouldBe("LG003");
        (await bare.ScalarAsync<bool>("select to_regnamespace('ledger') is null")).ShouldBeTrue();
    }

    [Theory]
    [InlineData("update mt.mt_events set data = '{}'")]
    [InlineData("delete from mt.mt_events")]
    [InlineData("truncate mt.mt_events")]
    [InlineData("delete from mt.mt_streams")]
    [InlineData("truncate mt.mt_streams cascade")]
    [InlineData("update mt.mt_streams set is_archived = true")]
    [InlineData("update mt.mt_streams set compacted_version = 1")]
    [InlineData("update mt.mt_streams set id = 'matter/other'")]
    [InlineData("update mt.mt_streams set version = version - 1")]
    [InlineData("update mt.mt_streams set created = now()")]
    [InlineData("update ledger.intake set recorded_at = now()")]
    [InlineData("delete from ledger.intake")]
    [InlineData("truncate ledger.intake")]
    [InlineData("update ledger.position set reached_at = now()")]
    [InlineData("delete from ledger.position")]
    [InlineData("truncate ledger.position")]
    public async Task What_is_stored_is_not_changed(string attack)
    {
        await _database.AppendAsync();
        foreach (var role in (string[])["origin", "replica"])
        {
            await using var connection = await _database.Owner.OpenConnectionAsync();
            await using var batch = new NpgsqlCommand($"set session_replication_role = {role}; {attack}", connection);
            (await Should.ThrowAsync<PostgresException>(() => batch.ExecuteNonQueryAsync())).SqlState.ShouldBe("LG001");
        }

        (await Should.ThrowAsync<PostgresException>(() => _database.RunAsync(attack))).SqlState.ShouldBeOneOf("LG001", PostgresErrorCodes.InsufficientPrivilege);
        (await _database.ScalarAsync<long>("select count(*) from mt.mt_events join ledger.intake using (seq_id)")).ShouldBe(1);
    }

    [Fact]
    public async Task The_recorded_time_is_the_ledgers_own()
    {
        var before = await _database.InstantAsync("select clock_timestamp()");
        await using (var session = _database.Store.LightweightSession())
        {
            var wrapped = session.Events.BuildEvent(new Noted("backdated"));
            wrapped.Timestamp = new DateTimeOffset(2001, 1, 1, 0, 0, 0, TimeSpan.Zero);
            session.Events.StartStream<Matter>("matter/1", wrapped);
            await session.SaveChangesAsync();
        }

        var after = await _database.InstantAsync("select clock_timestamp()");
        (await _database.InstantAsync("select timestamp from mt.mt_events")).Year.ShouldBe(2001);
        (await _database.InstantAsync("select recorded_at from ledger.intake")).ShouldBeInRange(before, after);
    }

    [Fact]
    public async Task The_tables_have_the_columns_that_others_rely_on()
    {
        const string columns = "select string_agg(column_name || ' ' || data_type, ', ' order by ordinal_position) from information_schema.columns where table_schema = 'mt' and table_name = $1";
        (await _database.TextAsync(columns, "mt_events")).ShouldBe(
            "seq_id bigint, id uuid, stream_id character varying, version bigint, data jsonb, bdata bytea, type character varying, "
            + "timestamp timestamp with time zone, tenant_id character varying, mt_dotnet_type character varying, correlation_id character varying, "
            + "causation_id character varying, headers jsonb, user_name character varying, is_archived boolean");
        (await _database.TextAsync(columns, "mt_streams")).ShouldBe(
            "id character varying, type character varying, version bigint, timestamp timestamp with time zone, created timestamp with time zone, "
            + "tenant_id character varying, compacted_version bigint, is_archived boolean");
        // The number is drawn by Marten's SQL, not by a default of the column.
        (await _database.ScalarAsync<bool>("select column_default is null from information_schema.columns where table_schema = 'mt' and table_name = 'mt_events' and column_name = 'seq_id'")).ShouldBeTrue();
    }

    private async Task<IReadOnlyList<string>> FingerprintAsync() => await _database.ScalarAsync<string[]>(
        """
        select array_agg(line order by line) from (
          select tgname || ' ' || tgenabled::text || ' ' || pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
          union all select pg_get_functiondef(p.oid) from pg_proc p where pronamespace in ('ledger'::regnamespace, 'mt'::regnamespace)
          union all select concat_ws(' ', attrelid::regclass, attname, atttypid::regtype, attnotnull) from pg_attribute
            where attrelid in (select oid from pg_class where relnamespace in ('ledger'::regnamespace, 'mt'::regnamespace)) and attnum > 0
          union all select position::text || reached_at from ledger.position
        ) as lines (line)
        """);
}
