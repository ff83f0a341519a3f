using System.Collections.Concurrent;
using Ledger.Projections.Store;
using Npgsql;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Store;

/// <summary>Writers of every kind, advancers and askers at once: what was reported once stays true.</summary>
public sealed class HammerTests : IAsyncLifetime
{
    private const string Prefix = "select count(*), coalesce(sum(seq_id), 0)::bigint from mt.mt_events where seq_id <= $1 and stream_id <> 'mt_tombstone'";

    private readonly ConcurrentBag<(LedgerPosition Position, long Count, long Sum)> _reports = [];
    private readonly ConcurrentBag<(DateTimeOffset Asked, LedgerPosition Answer)> _answers = [];
    private StoreDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await StoreDatabase.CreateAsync();

    public async ValueTask DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task A_position_never_passes_an_event_that_is_still_to_come()
    {
        using var stop = new CancellationTokenSource();
        var marker = new PositionMarker(_database.Positions);
        var watchers = Enumerable.Range(0, 3).Select(_ => AdvanceAsync(stop.Token))
            .Concat(Enumerable.Range(0, 2).Select(n => AskAsync(new Random(n), stop.Token))).ToList();
        var writers = Enumerable.Range(0, 6).Select(n => WriteRawAsync(n, new Random(n)))
            .Concat(Enumerable.Range(0, 4).Select(n => WriteWithMartenAsync(n, new Random(100 + n), marker))).ToList();
        await Task.WhenAll(writers);
        await stop.CancelAsync();
        await Task.WhenAll(watchers);

        // Nobody is open any more: everything that was committed is covered.
        var end = await _database.Positions.AdvanceAsync();
        end.Position.ShouldBeGreaterThanOrEqualTo(await _database.ScalarAsync<long>("select max(seq_id) from mt.mt_events where stream_id <> 'mt_tombstone'"));
        (await _database.ScalarAsync<bool>("select max(seq_id) > count(*) + 20 from mt.mt_events")).ShouldBeTrue("there were numbers that rolled back");

        _reports.Count.ShouldBeGreaterThan(50);
        foreach (var report in _reports.Distinct())
        {
            (report.Position, await PrefixAsync(report.Position.Position)).ShouldBe((report.Position, (report.Count, report.Sum)));
            (await _database.Positions.ResolveAsync(report.Position.KnownAt)).ShouldBe(report.Position);
        }

        _answers.Count.ShouldBeGreaterThan(50);
        foreach (var (asked, answer) in _answers)
        {
            (await _database.Positions.ResolveAsync(asked)).ShouldBe(answer);
        }

        (await _database.ScalarAsync<bool>(
            "select bool_and(reached_at > before and position > below) from (select *, lag(reached_at) over w as before, lag(position) over w as below from ledger.position window w as (order by position)) p where before is not null"))
            .ShouldBeTrue();
        (await _database.ScalarAsync<bool>("select (select count(*) from mt.mt_events) = (select count(*) from mt.mt_events join ledger.intake using (seq_id))"))
            .ShouldBeTrue();
    }

    // One or more events, slowly, and then perhaps not at all; sometimes a number is drawn and never used.
    private async Task WriteRawAsync(int writer, Random random)
    {
        for (var n = 0; n < 60; n++)
        {
            await using var connection = await _database.Source.OpenConnectionAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            var number = random.Next(4) == 0 ? await NextAsync(connection) : (long?)null;
            await Task.Delay(random.Next(6));
            for (var i = 0; i < random.Next(1, 4); i++)
            {
                await PositionTests.InsertAsync(connection, transaction, $"raw/{writer}-{n}-{i}", 1, number);
                number = null;
                await Task.Delay(random.Next(6));
            }

            if (random.Next(3) == 0)
            {
                await transaction.RollbackAsync();
            }
            else
            {
                await transaction.CommitAsync();
            }
        }
    }

    // Two writers share a stream, so that some lose a race.
    private async Task WriteWithMartenAsync(int writer, Random random, PositionMarker marker)
    {
        for (var n = 0; n < 60; n++)
        {
            var subject = $"matter/{writer / 2}-{n / 4}";
            try
            {
                await using var session = _database.Store.LightweightSession();
                switch (random.Next(3))
                {
                    case 0:
                        (await session.Events.FetchForWriting<Matter>(subject)).AppendOne(new Noted("w"));
                        break;
                    case 1:
                        (await session.Events.FetchForExclusiveWriting<Matter>(subject)).AppendOne(new Noted("x"));
                        break;
                    default:
                        session.Events.Append(subject, new Noted("a"), new Noted("b"));
                        break;
                }

                await session.SaveChangesAsync();
            }
            catch (Exception refused) when (refused is not ShouldAssertException)
            {
                continue;
            }

            var mine = await _database.ScalarAsync<long>("select max(seq_id) from mt.mt_events where stream_id = $1", subject);
            (await marker.ReachAsync(mine, TimeSpan.FromSeconds(30), TimeProvider.System)).Position.ShouldBeGreaterThanOrEqualTo(mine);
        }
    }

    private async Task AdvanceAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var position = await _database.Positions.AdvanceAsync(CancellationToken.None);
            var (count, sum) = await PrefixAsync(position.Position);
            _reports.Add((position, count, sum));
        }
    }

    private async Task AskAsync(Random random, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var asked = (await _database.InstantAsync("select clock_timestamp()")).AddMilliseconds(-random.Next(20));
            _answers.Add((asked, (await _database.Positions.ResolveAsync(asked, cancellation: CancellationToken.None))!));
            await Task.Delay(random.Next(10), CancellationToken.None);
        }
    }

    private async Task<(long Count, long Sum)> PrefixAsync(long position)
    {
        await using var command = _database.Source.CreateCommand(Prefix);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = position });
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return (reader.GetInt64(0), reader.GetInt64(1));
    }

    private static async Task<long> NextAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand("select nextval('mt.mt_events_sequence')", connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
