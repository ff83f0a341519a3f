using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Ledger.Verifier.Container;
using Ledger.Verifier.Formats;
using Ledger.Verifier.Log;
using Ledger.Verifier.Reports;

namespace Ledger.Verifier.Checks;

/// <summary>History was not rewritten: the log goes on from the checkpoint that the inspector holds, and existed when the authority says.</summary>
internal static class HistoryCheck
{
    private const string ProofsFile = "data/consistency.jsonl";

    private sealed record Proof(long From, IReadOnlyList<byte[]> Path, string Where);

    public static Bilingual CheckConsistency(Bag bag, Checkpoint checkpoint, Checkpoint? held, TrustedKeys keys, CheckLog log)
    {
        var proofs = StrictJson.Lines(bag.Read(ProofsFile), ProofsFile).Select((line, i) => Read(line, i, checkpoint)).ToList();
        if (held is null) return new("没有更早的检查点可比", "there is no earlier checkpoint to compare with");
        const string where = "--checkpoint";
        if (held.Note is not null) SignatureCheck.CheckSignature(held, keys with { RetiredAfter = new Dictionary<VerifierKey, long>() }, where, log);
        if (held.Origin != checkpoint.Origin)
            log.Tampered("consistency.other-log", where, $"手中的检查点属于 {held.Origin}，卷宗属于 {checkpoint.Origin}", $"the checkpoint held is of {held.Origin}, the bundle's of {checkpoint.Origin}");
        else if (held.Size > checkpoint.Size)
            log.Incomplete("consistency.bundle-older", where, $"手中的检查点（{held.Size} 条）比卷宗（{checkpoint.Size} 条）更新", $"the checkpoint held ({held.Size} leaves) is newer than the bundle's ({checkpoint.Size})");
        else if (held.Size == 0)
            return new("手中的检查点是空日志，无可比较", "the checkpoint held is of the empty log: there is nothing to compare");
        else if (held.Size == checkpoint.Size)
            Compare(new(held.Size, [], where));
        else if (proofs.Find(proof => proof.From == held.Size) is { } proof)
            Compare(proof);
        else
            log.Incomplete("consistency.missing", ProofsFile, $"没有从 {held.Size} 条到 {checkpoint.Size} 条的一致性证明", $"there is no proof from {held.Size} leaves to {checkpoint.Size}");
        return new($"{held.Size} 条以来没有改写", $"nothing was rewritten since {held.Size} leaves");

        void Compare(Proof proof)
        {
            if (!Merkle.IsConsistent(held.Size, held.Root, checkpoint.Size, checkpoint.Root, proof.Path))
                log.Tampered("consistency.rewritten", proof.Where, $"日志在 {held.Size} 条处与手中的检查点不一致：历史被改写", $"the log is not the one whose checkpoint of {held.Size} leaves is held: history was rewritten");
        }
    }

    private static Proof Read(System.Text.Json.JsonElement line, int index, Checkpoint checkpoint)
    {
        var m = Members.Of(line, StrictJson.LineOf(ProofsFile, index), "from", "to", "proof");
        return m.Integer("to") == checkpoint.Size
            ? new(m.Integer("from"), m.Hashes("proof"), m.Where)
            : throw StoppedException.Malformed("consistency.other-size", m.Where, "证明不是到卷宗检查点的", "the proof does not lead to the bundle's checkpoint");
    }

    /// <summary>Tokens over another text are always wrong; who issued them counts only against the inspector's anchors.</summary>
    public static Bilingual CheckTimestamps(Bag bag, Checkpoint checkpoint, IReadOnlyList<X509Certificate2> anchors, CheckLog log)
    {
        List<string> trusted = [];
        var tokens = bag.Files.Keys.Where(name => name.StartsWith("data/timestamps/", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
        foreach (var name in tokens)
        {
            var (state, time, authority) = TimestampToken.Check(bag.Read(name).ToArray(), checkpoint.Note!.Text, anchors);
            if (state == TimestampState.Malformed) log.Malformed("timestamp.malformed", name, "不是 RFC 3161 时间戳（SHA-256）", "is not an RFC 3161 time-stamp over a SHA-256");
            else if (state == TimestampState.Wrong) log.Tampered("timestamp.wrong", name, "时间戳不是这个检查点的，或签名无效", "the time-stamp is not over this checkpoint, or its signature does not verify");
            else if (state == TimestampState.Trusted) trusted.Add($"{time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)} {authority}");
        }

        if (anchors.Count > 0 && trusted.Count == 0 && log.Findings.Count == 0)
            log.Incomplete("timestamp.missing", "data/timestamps", "没有所信任机构的时间戳", "there is no time-stamp by an authority that is trusted");
        return trusted.Count > 0
            ? new($"可信时间戳：{string.Join("；", trusted)}", $"time-stamped: {string.Join("; ", trusted)}")
            : new($"{tokens.Count} 个时间戳，未核验签发机构", $"{tokens.Count} time-stamps, their authority not checked");
    }
}
