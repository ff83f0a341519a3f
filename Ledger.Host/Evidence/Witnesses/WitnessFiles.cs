using System.Globalization;
using System.Text;
using Ledger.Domain.Sealing;
using Ledger.Host.Evidence.Keys;

namespace Ledger.Host.Evidence.Witnesses;

/// <summary>
/// The same exchange with a witness by files, for networks that do not touch: the request is that of C2SP tlog-witness, the
/// answer the whole checkpoint with the witness's line, or, when the witness stands elsewhere, the size at which it stands.
/// </summary>
public static class WitnessFiles
{
    /// <summary>A request for the last published checkpoint.</summary>
    /// <param name="source">The checkpoints.</param>
    /// <param name="policy">The county's policy.</param>
    /// <param name="name">The witness, as the policy names it.</param>
    /// <param name="old">The size that it cosigned last; what the ledger knows when not given.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="WitnessException">There is no such witness, nothing to cosign, or nothing that continues that size.</exception>
    public static async Task<AddCheckpoint> RequestAsync(
        ICheckpointSource source, WitnessPolicy policy, string name, long? old = null, CancellationToken cancellation = default)
    {
        var witness = policy.Witnesses.FirstOrDefault(w => w.Name == name)
            ?? throw new WitnessException(WitnessException.Refused, $"规则中没有见证“{name}”", $"the policy has no witness '{name}'");
        var note = await source.LatestAsync(cancellation)
            ?? throw new WitnessException(WitnessException.Refused, "尚未公布检查点", "no checkpoint has been published yet");
        var size = Checkpoint.Parse(note.Text).Size;
        var from = old ?? await source.LargestCosignedAsync(witness.Key, cancellation);
        if (from < 0 || from > size)
            throw new WitnessException(
                WitnessException.Ahead, $"见证“{name}”已签至 {from} 项，而本账本只公布到 {size} 项",
                $"the witness '{name}' has cosigned {from} leaves and this ledger has published {size}");
        return new AddCheckpoint(from, from == 0 || from == size ? [] : await source.ConsistencyAsync(from, size, cancellation), note);
    }

    /// <summary>Takes in an answer; names the witnesses whose cosignatures were kept.</summary>
    /// <param name="source">The checkpoints.</param>
    /// <param name="policy">The county's policy; lines of others are ignored.</param>
    /// <param name="answer">The file's bytes.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="WitnessException">It holds no cosignature, one that does not verify, or one of a checkpoint that is not ours.</exception>
    /// <exception cref="EvidenceFormatException">It is no answer.</exception>
    public static async Task<IReadOnlyList<string>> AcceptAsync(
        ICheckpointSource source, WitnessPolicy policy, byte[] answer, CancellationToken cancellation = default)
    {
        if (SizeOf(answer) is { } stands)
            throw new WitnessException(
                WitnessException.Refused, $"该见证上次所签为 {stands} 项：请用 --old {stands} 重新写出请求", $"this witness cosigned {stands} leaves last: write the request again with --old {stands}");
        var note = SignedNote.Parse(answer);
        var checkpoint = Checkpoint.Parse(note.Text);
        var size = checkpoint.Size;
        var ours = await source.AtAsync(size, cancellation);
        if (ours is null || ours.Text != note.Text)
            throw new WitnessException(
                WitnessException.NotOurs, $"答复所签的检查点（{size} 项）不是本账本所公布的", $"the answer cosigns a checkpoint of {size} leaves that this ledger has not published");
        var lines = note.Signatures.Where(l => policy.Witnesses.Any(w => w.Key.Name == l.Name && w.Key.KeyId == l.KeyId)).ToList();
        if (lines.Count == 0)
            throw new WitnessException(WitnessException.AnswerInvalid, "答复中没有规则所列见证的签名", "the answer holds no signature of a witness of the policy");
        // All of them before any is kept: a file with a false line is not believed in parts.
        if (!note.Verify(policy.Witnesses.Select(w => NoteKeys.VerifierOf(w.Key)).OfType<INoteVerifier>()).IsTrusted)
            throw new WitnessException(WitnessException.AnswerInvalid, "答复中的见证签名无效", "a cosignature of the answer does not verify");
        foreach (var line in lines) await source.AddCosignatureAsync(checkpoint, line, cancellation);
        return [.. lines.Select(l => l.Name).Distinct(StringComparer.Ordinal)];
    }

    private static long? SizeOf(byte[] answer)
    {
        if (answer.Length is 0 or > 20 || answer[^1] != '\n') return null;
        return long.TryParse(Encoding.ASCII.GetString(answer, 0, answer.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : null;
    }
}
