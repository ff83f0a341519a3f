using Ledger.Domain.Sealing;
using Ledger.Host.Evidence.Keys;

namespace Ledger.Host.Evidence;

/// <summary>Whether a witness has cosigned a checkpoint.</summary>
/// <param name="Name">What the policy calls it.</param>
/// <param name="Key">Its key's name, as in the signature line.</param>
/// <param name="CosignedAt">When it did, by its own clock; null when it has not.</param>
public sealed record WitnessStanding(string Name, string Key, DateTimeOffset? CosignedAt);

/// <summary>When an authority has time-stamped a checkpoint.</summary>
/// <param name="Authority">Its configured name.</param>
/// <param name="Time">The time that it states.</param>
public sealed record TimeStampStanding(string Authority, DateTimeOffset Time);

/// <summary>What others have said about a checkpoint.</summary>
/// <param name="Size">Its number of leaves, a decimal text.</param>
/// <param name="Root">Its root, Base 64.</param>
/// <param name="Note">The note with all signatures and cosignatures that verify.</param>
/// <param name="Witnesses">The witnesses of the policy, in its order.</param>
/// <param name="QuorumMet">Whether they are enough; null without a policy.</param>
/// <param name="TimeStamps">The time-stamps.</param>
public sealed record CheckpointStanding(
    string Size, string Root, string Note, IReadOnlyList<WitnessStanding> Witnesses, bool? QuorumMet, IReadOnlyList<TimeStampStanding> TimeStamps);

/// <summary>The published checkpoints together with what witnesses and authorities have said about them.</summary>
/// <param name="source">The checkpoints.</param>
/// <param name="policy">The county's policy; null where none is configured.</param>
public sealed class CheckpointStandings(ICheckpointSource source, WitnessPolicy? policy = null)
{
    /// <summary>The checkpoint of that size, or the last one, with all its cosignatures; null when there is none.</summary>
    public async Task<SignedNote?> NoteAsync(long? size = null, CancellationToken cancellation = default)
    {
        if (await (size is { } at ? source.AtAsync(at, cancellation) : source.LatestAsync(cancellation)) is not { } note) return null;
        var lines = await source.CosignaturesAsync(Checkpoint.Parse(note.Text).Size, cancellation);
        // One a key, the newest: asking a witness again does not make the note longer.
        return lines.GroupBy(l => (l.Name, l.KeyId)).Select(g => g.Last()).Aggregate(note, (signed, line) => signed.With(line));
    }

    /// <summary>The same, read for people and programs; null when there is none.</summary>
    public async Task<CheckpointStanding?> OfAsync(long? size = null, CancellationToken cancellation = default)
    {
        if (await NoteAsync(size, cancellation) is not { } note) return null;
        var checkpoint = Checkpoint.Parse(note.Text);
        var verdict = policy?.Evaluate(note, NoteKeys.VerifierOf);
        var stamps = await source.TimeStampsAsync(checkpoint.Size, cancellation);
        return new CheckpointStanding(
            checkpoint.Size.ToString(), Convert.ToBase64String(checkpoint.Root), note.ToString(),
            [.. (policy?.Witnesses ?? []).Select(w => new WitnessStanding(w.Name, w.Key.Name, CosignedAt(verdict!, w)))],
            verdict is null ? null : verdict.QuorumMet && verdict.Broken is null,
            [.. stamps.Select(s => new TimeStampStanding(s.Authority, s.Time))]);
    }

    private static DateTimeOffset? CosignedAt(PolicyVerdict verdict, PolicyWitness witness) =>
        verdict.Witnesses.FirstOrDefault(c => c.Witness == witness) is { } cosigned ? DateTimeOffset.FromUnixTimeSeconds(Math.Min(cosigned.Time, 253402300799)) : null;
}
