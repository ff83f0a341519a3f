using Ledger.Host.Answers;
using Ledger.Host.Evidence;
using Ledger.Host.Security;
using Ledger.Projections.Reading;
using Npgsql;

namespace Ledger.Host.Pages.Integrity;

/// <summary>How far the ledger is sealed, witnessed and counted.</summary>
/// <param name="Checkpoints">The last checkpoints, newest first, with what others have said about each.</param>
/// <param name="Key">The log's public key, to be pinned by whoever verifies.</param>
/// <param name="ReadModels">Where the read models stand.</param>
/// <param name="Behind">How many positions they are behind the sealed log; 0 when they are not.</param>
public sealed record IntegrityView(IReadOnlyList<CheckpointStanding> Checkpoints, string? Key, ReadModelState ReadModels, long Behind);

/// <summary>The integrity of the ledger, for the pages.</summary>
public sealed class PageIntegrity(PageAnswers answers, CheckpointStandings standings, SealedLog log, NpgsqlDataSource database)
{
    private const int Shown = 10;

    /// <summary>Where everything stands.</summary>
    public Task<Answer<IntegrityView>> ReadAsync() => answers.AsAsync(LedgerPolicies.Query, async _ =>
    {
        var checkpoints = await standings.BeforeAsync(long.MaxValue, Shown);
        await using var connection = await database.OpenConnectionAsync();
        var models = await ReadModels.StateAsync(connection, CancellationToken.None);
        var behind = checkpoints is [var last, ..] ? Math.Max(0, last.Published.Position - models.Position) : 0;
        return new Answer<IntegrityView>(new(checkpoints, await log.KeyAsync(), models, behind), null, null);
    });
}
