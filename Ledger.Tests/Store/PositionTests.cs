using Ledger.Projections.Store;
using Ledger.Tests.Infrastructure;
using Npgsql;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Store;

/// <summary>The position is gap-free and an answer for a past instant never changes, whatever writers do.</summary>
public sealed class PositionTests : IAsyncLifetime
{
    private StoreDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await StoreDatabase.CreateAsync();

    public async ValueTask DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task An_empty_ledger_is_at_position_zero()
    {
        var start = await _database.Positions.AdvanceAsync();
        start.Position.ShouldBe(0);
        (await _database.Positions.ResolveAsync()).ShouldBe(start);
        (await _database.Positions.ResolveAsync(start.KnownAt.AddDays(-1))).ShouldBe(start);
        (await _database.Positions.ResolveAsync(position: 0)).ShouldBe(start);
    }

    [Fact]
    public async Task A_past_answer_does_not_change_when_an_earlier_number_commits_later()
    {
        await _database.AppendAsync();
        await using var slow = await OpenAsync();
        await using var transaction = await slow.BeginTransactionAsync();
        await InsertAsync(slow, transaction, "matter/1", 2);
        (await _database.AppendAsync("matter/2")).ShouldBe(3);

        var before = await _database.Positions.AdvanceAsync();
        before.Position.ShouldBe(1);
        var between = await _database.InstantAsync("select clock_timestamp()");
        (await _database.Positions.ResolveAsync(between)).ShouldBe(before);

        await transaction.CommitAsync();
        var after = await _database.Positions.AdvanceAsync();
        after.Position.ShouldBe(3);
        after.KnownAt.ShouldBeGreaterThan(between);
        (await _database.Positions.ResolveAsync(between)).ShouldBe(before);
        (await _database.Positions.ResolveAsync(before.KnownAt)).ShouldBe(before);
        (await _database.Positions.ResolveAsync()).ShouldBe(after);
    }

    [Fact]
    public async Task A_number_that_rolled_back_is_passed()
    {
        await _database.AppendAsync();
        await RollBackAsync("matter/2");
        (await _database.AppendAsync("matter/3")).ShouldBe(3);
        (await _database.Positions.AdvanceAsync()).Position.ShouldBe(3);
    }

    [Fact]
    public async Task A_number_that_rolled_back_waits_only_for_the_writers_that_were_open_when_it_was_found()
    {
        await _database.AppendAsync();
        await RollBackAsync("matter/2");
        (await _database.AppendAsync("matter/3")).ShouldBe(3);
        await using var first = await OpenAsync();
        await using var open = await first.BeginTransactionAsync();
        await InsertAsync(first, open, "matter/4");
        (await _database.Positions.AdvanceAsync()).Position.ShouldBe(1);

        await using var second = await OpenAsync();
        await using var later = await second.BeginTransactionAsync();
        await InsertAsync(second, later, "matter/5");
        (await _database.Positions.AdvanceAsync()).Position.ShouldBe(1);
        await open.RollbackAsync();

        // The later writer is still open, and no gap-free prefix needs it.
        (await _database.Positions.AdvanceAsync()).Position.ShouldBe(3);
        (await _database.AppendAsync("matter/6")).ShouldBe(6);
        (await _database.Positions.AdvanceAsync()).Position.ShouldBe(3);
        await later.CommitAsync();
        (await _database.Positions.AdvanceAsync()).Position.ShouldBe(6);
    }

    [Fact]
    public async Task A_writer_that_has_drawn_a_number_and_written_nothing_yet_holds_the_position_back()
    {
        await _database.AppendAsync();
        await using var slow = await OpenAsync();
        await using var transaction = await slow.BeginTransactionAsync();
        var drawn = await ScalarAsync<long>(slow, "select nextval('mt.mt_events_sequence')");
        // Why the proof is not built on transaction ids: there is none yet.
        (await ScalarAsync<bool>(slow, "select pg_current_xact_id_if_assigned() is null")).ShouldBeTrue();
        (await _database.AppendAsync("matter/2")).ShouldBe(drawn + 1);
        (await _database.Positions.AdvanceAsync()).Position.ShouldBe(1);

        await InsertAsync(slow, transaction, "matter/1", 2, drawn);
        (await _database.Positions.AdvanceAsync()).Position.ShouldBe(1);
        await transaction.CommitAsync();
        (await _database.Positions.AdvanceAsync()).Position.ShouldBe(drawn + 1);
    }

    [Fact]
    public async Task A_number_drawn_in_a_savepoint_that_rolled_back_is_passed_when_its_transaction_has_ended()
    {
        await _database.AppendAsync();
        await using var slow = await OpenAsync();
        await using var transaction = await slow.BeginTransactionAsync();
        await transaction.SaveAsync("here");
        await InsertAsync(slow, transaction, "matter/2");
        await transaction.RollbackAsync("here");
        await _database.AppendAsync("matter/3");
        (await _database.Positions.AdvanceAsync()).Position.ShouldBe(1);
        await transaction.CommitAsync();
        (await _database.Positions.AdvanceAsync()).Position.ShouldBe(3);
    }

    [Fact]
    public async Task A_transaction_that_writes_no_event_delays_nothing()
    {
        await using var other = await OpenAsync();
        await using var transaction = await other.BeginTransactionAsync();
        await ScalarAsync<long>(other, "select pg_current_xact_id()::text::bigint");
        await RollBackAsync("matter/1");
        await _database.AppendAsync("matter/2");
        (await _database.Positions.AdvanceAsync()).Position.ShouldBe(2);
    }

    [Fact]
    public async Task A_connection_lost_after_the_append_delays_the_position_and_loses_nothing()
    {
        await _database.AppendAsync();
        await using var lost = await OpenAsync();
        await using var transaction = await lost.BeginTransactionAsync();
        (await ScalarAsync<long>(lost, "select position from ledger.advance()")).ShouldBe(1);
        var waiting = _database.Positions.AdvanceAsync();
        await Eventually.IsAsync(
            () => _database.ScalarAsync<bool>("select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')"), "the second advance waits");
        waiting.IsCompleted.ShouldBeFalse();

        await _database.ScalarAsync<bool>("select pg_terminate_backend($1)", lost.ProcessID);
        (await waiting).Position.ShouldBe(1);
        (await _database.ScalarAsync<long>("select count(*) from ledger.position where position > 0")).ShouldBe(1);
    }

    [Fact]
    public async Task Instants_only_grow_when_the_clock_is_set_back()
    {
        await _database.AppendAsync();
        // What an advance an hour ahead of today's clock would have left.
        await _database.AsAdministratorAsync("insert into ledger.position values (1, clock_timestamp() + interval '1 hour')");
        var ahead = await _database.Positions.AdvanceAsync();
        ahead.Position.ShouldBe(1);
        (await _database.Positions.ResolveAsync()).ShouldBe(ahead);

        await _database.AppendAsync("matter/2");
        var next = await _database.Positions.AdvanceAsync();
        next.Position.ShouldBe(2);
        next.KnownAt.ShouldBeGreaterThan(ahead.KnownAt);
        (await _database.Positions.ResolveAsync(ahead.KnownAt)).ShouldBe(ahead);
        (await _database.Positions.ResolveAsync()).ShouldBe(next);
    }

    [Fact]
    public async Task An_answer_stands_when_the_clock_is_set_back_after_it()
    {
        var start = await _database.Positions.AdvanceAsync();
        var asked = await _database.InstantAsync("select clock_timestamp()");
        (await _database.Positions.ResolveAsync(asked)).ShouldBe(start);
        (await _database.InstantAsync("select answered_until from ledger.frontier")).ShouldBe(asked);

        // What an answer given an hour ahead of today's clock would have left.
        await _database.AsAdministratorAsync("update ledger.frontier set answered_until = clock_timestamp() + interval '1 hour'");
        var answered = await _database.InstantAsync("select answered_until from ledger.frontier");
        await _database.AppendAsync();
        (await _database.Positions.AdvanceAsync()).KnownAt.ShouldBeGreaterThan(answered);
    }

    [Fact]
    public async Task An_instant_in_the_future_is_now_and_promises_nothing()
    {
        await _database.AppendAsync();
        var now = await _database.Positions.AdvanceAsync();
        var future = now.KnownAt.AddYears(1);
        (await _database.Positions.ResolveAsync(future)).ShouldBe(now);
        await _database.AppendAsync("matter/2");
        var next = await _database.Positions.AdvanceAsync();
        next.KnownAt.ShouldBeLessThan(future);
        (await _database.Positions.ResolveAsync(future)).ShouldBe(next);
    }

    [Fact]
    public async Task A_position_can_be_named_up_to_the_last_one()
    {
        foreach (var n in Enumerable.Range(1, 3))
        {
            await _database.AppendAsync($"matter/{n}");
        }

        var end = await _database.Positions.AdvanceAsync();
        (await _database.Positions.ResolveAsync(position: 3)).ShouldBe(end);
        (await _database.Positions.ResolveAsync(position: 2)).ShouldBe(new LedgerPosition(2, end.KnownAt));
        (await _database.Positions.ResolveAsync(position: 4)).ShouldBeNull();
        (await _database.Positions.ResolveAsync(position: -1)).ShouldBeNull();
        await Should.ThrowAsync<ArgumentException>(() => _database.Positions.ResolveAsync(end.KnownAt, 3));
    }

    [Theory]
    [InlineData("select ledger.advance()")]
    [InlineData("select ledger.resolve(now())")]
    public async Task One_old_snapshot_is_refused(string sql)
    {
        await using var connection = await OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead);
        (await Should.ThrowAsync<PostgresException>(() => RunAsync(connection, sql))).SqlState.ShouldBe("LG004");
    }

    [Fact]
    public async Task An_event_whose_position_was_passed_is_refused_and_a_tombstone_is_not()
    {
        await _database.AppendAsync();
        await RollBackAsync("matter/2");
        await _database.AppendAsync("matter/3");
        (await _database.Positions.AdvanceAsync()).Position.ShouldBe(3);
        await using var late = await OpenAsync();
        (await Should.ThrowAsync<PostgresException>(() => InsertAsync(late, null, "matter/4", 1, 2))).SqlState.ShouldBe("LG002");
        await InsertAsync(late, null, "mt_tombstone", 1, 2);
    }

    [Fact]
    public async Task Nothing_is_logged_when_nothing_has_changed()
    {
        await _database.AppendAsync();
        var first = await _database.Positions.AdvanceAsync();
        (await _database.Positions.AdvanceAsync()).ShouldBe(first);
        (await _database.ScalarAsync<long>("select count(*) from ledger.position")).ShouldBe(2);
    }

    private Task<NpgsqlConnection> OpenAsync() => _database.Source.OpenConnectionAsync().AsTask();

    private async Task RollBackAsync(string subject)
    {
        await using var connection = await OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await InsertAsync(connection, transaction, subject);
        await transaction.RollbackAsync();
    }

    internal static async Task InsertAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, string subject, long version = 1, long? number = null)
    {
        await using var command = new NpgsqlCommand(
            """
            with stream as (insert into mt.mt_streams (id, version) values ($1, $2) on conflict (id) do update set version = $2 returning id)
            insert into mt.mt_events (seq_id, id, stream_id, version, data, type, timestamp)
            select coalesce($3, nextval('mt.mt_events_sequence')), gen_random_uuid(), id, $2, '{"text":"raw"}', 'MatterNoted', now() from stream
            """,
            connection,
            transaction);
        command.Parameters.Add(new NpgsqlParameter { Value = subject });
        command.Parameters.Add(new NpgsqlParameter { Value = version });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)number ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bigint });
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<T> ScalarAsync<T>(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
