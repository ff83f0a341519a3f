using Ledger.Domain.Sealing;
using Ledger.Host.Evidence.Keys;

namespace Ledger.Host.Evidence.Witnesses;

/// <summary>A witness's answer, in the terms of HTTP, whether it goes over HTTP or into a file.</summary>
/// <param name="Status">200, 400, 403, 404, 409 or 422.</param>
/// <param name="Body">200: the cosignature line; 409: the size that was cosigned last; otherwise the reason, for people.</param>
/// <param name="Note">200: the checkpoint with the log's and the witness's signatures.</param>
public sealed record WitnessAnswer(int Status, string Body, SignedNote? Note = null)
{
    /// <summary>The type of the body: a size has one of its own.</summary>
    public string ContentType => Status == StatusCodes.Status409Conflict ? "text/x.tlog.size" : "text/plain; charset=utf-8";
}

/// <summary>
/// A witness (C2SP tlog-witness): it cosigns a checkpoint of a log that it knows when the checkpoint continues the last one it
/// cosigned, and remembers it before it answers. Whoever holds two cosignatures of one witness holds one history.
/// </summary>
public sealed class Witness
{
    private readonly WitnessState _state;
    private readonly INoteSigner _signer;
    private readonly INoteVerifier _own;
    private readonly ILookup<string, INoteVerifier> _logs;

    // Checking and remembering are one step: between them no other request may be answered.
    private readonly Lock _turn = new();

    /// <summary>A witness of some logs.</summary>
    /// <param name="state">What it remembers.</param>
    /// <param name="signer">Its key, of a cosignature's type.</param>
    /// <param name="own">The public half of it.</param>
    /// <param name="logs">The logs' keys, each named after its log's origin; a log may have several.</param>
    /// <exception cref="EvidenceFormatException">A key cannot be verified with, or the witness's own is not of its kind.</exception>
    public Witness(WitnessState state, INoteSigner signer, NoteKey own, IEnumerable<NoteKey> logs)
    {
        if (own.Type != NoteKey.Cosignature)
            throw new EvidenceFormatException($"密钥“{own.Name}”不是见证密钥（--kind Witness）", $"the key '{own.Name}' is not a witness's (--kind Witness)");
        (_state, _signer, _own) = (state, signer, NoteKeys.Require(own));
        _logs = logs.Select(NoteKeys.Require).ToLookup(v => v.Name, StringComparer.Ordinal);
    }

    /// <summary>Answers a request.</summary>
    /// <param name="request">The request's bytes.</param>
    /// <exception cref="WitnessStateException">The state cannot be read or written; nothing was cosigned.</exception>
    public WitnessAnswer Add(ReadOnlySpan<byte> request)
    {
        try
        {
            return Add(AddCheckpoint.Parse(request));
        }
        catch (EvidenceFormatException e)
        {
            return Refused(StatusCodes.Status400BadRequest, e.Message);
        }
    }

    /// <summary>The last checkpoint that was cosigned for a log, by the hash of its origin; null when none was.</summary>
    public SignedNote? Latest(string originHash)
    {
        if (_logs.Select(l => l.Key).FirstOrDefault(origin => WitnessState.HashOf(origin) == originHash) is not { } known) return null;
        lock (_turn) return Remembered(known);
    }

    private WitnessAnswer Add(AddCheckpoint request)
    {
        var checkpoint = request.Checkpoint;
        var known = _logs[checkpoint.Origin].ToList();
        if (known.Count == 0) return Refused(StatusCodes.Status404NotFound, $"不认识账本“{checkpoint.Origin}” / the log '{checkpoint.Origin}' is not known");
        var verdict = request.Note.Verify(known);
        if (!verdict.IsTrusted) return Refused(StatusCodes.Status403Forbidden, "检查点没有账本的有效签名 / the checkpoint bears no valid signature of the log");
        if (request.OldSize > checkpoint.Size) return Refused(StatusCodes.Status400BadRequest, "原大小大于检查点 / the old size exceeds the checkpoint's");
        lock (_turn)
        {
            var latest = Remembered(checkpoint.Origin) is { } note ? Checkpoint.Parse(note.Text) : new Checkpoint(checkpoint.Origin, 0, Merkle.EmptyRoot);
            if (request.OldSize != latest.Size) return new WitnessAnswer(StatusCodes.Status409Conflict, $"{latest.Size}\n");
            if (!Continues(latest, checkpoint, request.Proof))
                return Refused(StatusCodes.Status422UnprocessableEntity, "检查点不是上次所签检查点的延续 / the checkpoint does not continue the one that was cosigned last");
            var cosigned = Cosign(request.Note, verdict.Verified);
            _state.Remember(checkpoint.Origin, cosigned);
            return new WitnessAnswer(StatusCodes.Status200OK, $"{cosigned.Signatures[^1]}\n", cosigned);
        }
    }

    // A state that was changed behind our back bears neither our signature nor the log's.
    private SignedNote? Remembered(string origin) =>
        _state.Latest(origin) is not { } note ? null : note.Verify([_own, .. _logs[origin]]).IsTrusted ? note : throw _state.Damaged(origin);

    private static bool Continues(Checkpoint latest, Checkpoint next, IReadOnlyList<byte[]> proof) =>
        (next.Size > 0 || next.Root.AsSpan().SequenceEqual(Merkle.EmptyRoot)) && Merkle.VerifyConsistency(latest.Size, latest.Root, next.Size, next.Root, proof);

    // Only signatures that were verified: what others wrote into the request is not for a witness to repeat.
    private SignedNote Cosign(SignedNote note, IReadOnlyList<NoteSignature> verified) => SignedNote.Parse(
        $"{note.Text}\n{string.Concat(verified.Distinct().Select(s => $"{s}\n"))}{NoteSignature.Of(_signer.Name, _signer.KeyId, _signer.Sign(note.TextBytes))}\n");

    private static WitnessAnswer Refused(int status, string reason) => new(status, reason + "\n");
}
