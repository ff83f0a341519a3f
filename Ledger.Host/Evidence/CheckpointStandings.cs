using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Ledger.Domain.Sealing;
using Ledger.Host.Answers;
using Ledger.Host.Evidence.Keys;
using Ledger.Host.Evidence.TimeStamps;

namespace Ledger.Host.Evidence;

/// <summary>Whether a witness has cosigned a checkpoint: its signature was verified.</summary>
/// <param name="Name">What the policy calls it.</param>
/// <param name="Key">Its key's name, as in the signature line.</param>
/// <param name="CosignedAt">When it did, by its own clock; null when it has not.</param>
public sealed record WitnessStanding(string Name, string Key, DateTimeOffset? CosignedAt);

/// <summary>When an authority has time-stamped a checkpoint.</summary>
/// <param name="Authority">Its configured name.</param>
/// <param name="Time">The time that it states; null when what is kept does not verify.</param>
public sealed record TimeStampStanding(string Authority, DateTimeOffset? Time);

/// <summary>What others have said about a checkpoint.</summary>
/// <param name="Published">The checkpoint, with a line of each key that has signed.</param>
/// <param name="Witnesses">The witnesses of the policy, in its order.</param>
/// <param name="QuorumMet">Whether they are enough; null without a policy.</param>
/// <param name="TimeStamps">The time-stamps.</param>
public sealed record CheckpointStanding(
    PublishedCheckpoint Published, IReadOnlyList<WitnessStanding> Witnesses, bool? QuorumMet, IReadOnlyList<TimeStampStanding> TimeStamps)
{
    /// <summary>For programs, over HTTP as on the command line.</summary>
    public JsonObject ToJson() => new()
    {
        ["origin"] = Published.Checkpoint.Origin,
        ["size"] = Disclosure.Whole(Published.Checkpoint.Size),
        ["root"] = Convert.ToBase64String(Published.Checkpoint.Root),
        ["position"] = Published.Position,
        ["publishedAt"] = AnswerJson.Instant(Published.PublishedAt),
        ["witnesses"] = new JsonArray([.. Witnesses.Select(w => (JsonNode)new JsonObject { ["name"] = w.Name, ["key"] = w.Key, ["cosignedAt"] = Instant(w.CosignedAt) })]),
        ["quorumMet"] = QuorumMet,
        ["timeStamps"] = new JsonArray([.. TimeStamps.Select(t => (JsonNode)new JsonObject { ["authority"] = t.Authority, ["time"] = Instant(t.Time) })]),
        ["note"] = Published.Note.ToString(),
    };

    private static string? Instant(DateTimeOffset? instant) => instant is { } at ? AnswerJson.Instant(at) : null;
}

/// <summary>The published checkpoints together with what witnesses and authorities have said about them, each word verified.</summary>
/// <param name="log">The checkpoints.</param>
/// <param name="policy">The county's policy; null where none is configured.</param>
/// <param name="authorities">The configured time-stamp authorities: the certificates that their tokens are held against.</param>
public sealed class CheckpointStandings(SealedLog log, WitnessPolicy? policy = null, IEnumerable<TimeStampAuthority>? authorities = null)
{
    private readonly IReadOnlyList<TimeStampAuthority> _authorities = [.. authorities ?? []];

    /// <summary>The checkpoint of that size, or the last one; null when there is none.</summary>
    public async Task<CheckpointStanding?> OfAsync(long? size = null, CancellationToken cancellation = default) =>
        await (size is { } at ? log.FindAsync(at, cancellation) : log.LatestAsync(cancellation)) is { } published ? Of(published) : null;

    /// <summary>The checkpoints below a size, newest first.</summary>
    public async Task<IReadOnlyList<CheckpointStanding>> BeforeAsync(long size, int most, CancellationToken cancellation = default) =>
        [.. (await log.BeforeAsync(size, most, cancellation)).Select(Of)];

    private CheckpointStanding Of(PublishedCheckpoint published)
    {
        var verdict = policy?.Evaluate(published.Note, NoteKeys.VerifierOf);
        return new CheckpointStanding(
            published,
            [.. (policy?.Witnesses ?? []).Select(w => new WitnessStanding(w.Name, w.Key.Name, CosignedAt(verdict!, w)))],
            verdict is null ? null : verdict.QuorumMet && verdict.Broken is null,
            [.. published.TimeStamps.Select(s => new TimeStampStanding(s.Authority, TimeOf(published, s.Authority, s.Token)))]);
    }

    private static DateTimeOffset? CosignedAt(PolicyVerdict verdict, PolicyWitness witness) =>
        verdict.Witnesses.FirstOrDefault(c => c.Witness == witness) is { } cosigned ? DateTimeOffset.FromUnixTimeSeconds(Math.Min(cosigned.Time, 253402300799)) : null;

    private DateTimeOffset? TimeOf(PublishedCheckpoint published, string authority, byte[] token)
    {
        try
        {
            return TimeStampToken.Check(token, published.Note.TextBytes, _authorities.FirstOrDefault(a => a.Name == authority)?.Roots());
        }
        catch (Exception e) when (e is TimeStampException or CryptographicException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
