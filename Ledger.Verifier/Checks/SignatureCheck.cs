using System.Text;
using Ledger.Verifier.Bundle;
using Ledger.Verifier.Container;
using Ledger.Verifier.Formats;
using Ledger.Verifier.Log;
using Ledger.Verifier.Reports;

namespace Ledger.Verifier.Checks;

/// <summary>The keys that the inspector trusts, and those that they vouch for.</summary>
/// <param name="All">For checkpoints of any age.</param>
/// <param name="RetiredAfter">Up to which size of the log a key that was replaced may sign.</param>
internal sealed record TrustedKeys(IReadOnlyList<VerifierKey> All, IReadOnlyDictionary<VerifierKey, long> RetiredAfter);

/// <summary>Who signed the checkpoint, and whether the inspector trusts them (docs/evidence.md §4).</summary>
internal static class SignatureCheck
{
    public const string CheckpointFile = "data/checkpoint";
    private const string KeysFile = "data/keys.jsonl";

    /// <summary>Follows the key changes from the keys that the inspector trusts: the old key vouches for the new one.</summary>
    public static (Bilingual, TrustedKeys) FollowKeyChanges(Bag bag, Checkpoint checkpoint, TrustPolicy policy, CheckLog log)
    {
        var keys = policy.Logs.Where(key => key.Name == checkpoint.Origin).ToList();
        Dictionary<VerifierKey, long> retired = [];
        var lines = StrictJson.Lines(bag.Read(KeysFile), KeysFile);
        var followed = 0;
        for (var i = 0; i < lines.Count; i++)
        {
            var m = Members.Of(lines[i], StrictJson.LineOf(KeysFile, i), "leaf", "entry", "proof", "checkpoint");
            var entry = Entry.Parse(m.Text("entry"), "key-change", m.Where);
            entry.Members.Instant("at");
            var next = VerifierKey.Parse(entry.Members.Text("key"), m.Where);
            var old = Checkpoint.Parse(Encoding.UTF8.GetBytes(m.Text("checkpoint")), m.Where);
            if (old.Origin != checkpoint.Origin || next.Name != checkpoint.Origin || next.Kind == KeyKind.Cosigner)
                log.Tampered("key-change.origin", m.Where, "换钥记录属于另一个日志", "the key change is another log's");
            else if (keys.Append(next).Any(key => old.Note!.By(key) == Signed.Falsely))
                log.Tampered("key-change.signature", m.Where, "换钥检查点上旧钥或新钥的签名无效", "the old or the new key's signature on the key change's checkpoint does not verify");
            else if (!Merkle.Includes(m.Integer("leaf"), old.Size, entry.LeafHash, m.Hashes("proof"), old.Root))
                log.Tampered("key-change.proof", m.Where, "换钥条目不在其检查点之中", "the key change is not in its checkpoint");
            else if (keys.Where(key => old.Note!.By(key) == Signed.Yes).ToList() is { Count: > 0 } signers)
            {
                followed++;
                foreach (var signer in signers.Where(signer => signer.Kind == next.Kind && signer.Material != next.Material)) retired.TryAdd(signer, old.Size);
                if (!keys.Exists(key => key.Text == next.Text)) keys.Add(next);
            }
        }

        return (new($"换钥 {lines.Count} 次，其中 {followed} 次由受信公钥担保", $"{lines.Count} key changes, {followed} of them vouched for by a trusted key"), new(keys, retired));
    }

    /// <summary>At least one trusted key signed, and none of their lines is wrong.</summary>
    public static Bilingual CheckSignature(Checkpoint checkpoint, TrustedKeys keys, string where, CheckLog log)
    {
        foreach (var key in keys.All.Where(key => checkpoint.Note!.By(key) == Signed.Falsely))
            log.Tampered("signature.invalid", where, $"公钥 {key.Text} 的签名无效", $"the signature of the key {key.Text} does not verify");
        var signers = keys.All.Where(key => checkpoint.Note!.By(key) == Signed.Yes).ToList();
        if (signers.Count == 0 && log.Findings.Count == 0)
            log.Untrusted("signature.untrusted", where, $"没有受信公钥对日志 {checkpoint.Origin} 的签名", $"there is no signature for {checkpoint.Origin} by a key that is trusted");
        else if (signers.Count > 0 && signers.TrueForAll(key => keys.RetiredAfter.TryGetValue(key, out var last) && checkpoint.Size > last))
            log.Untrusted("signature.retired-key", where, "只有已更换的旧公钥的签名", "only keys that were replaced have signed");
        return new(
            $"{checkpoint.Origin}，{checkpoint.Size} 条，由 {Names(signers)} 签署",
            $"{checkpoint.Origin}, {checkpoint.Size} leaves, signed by {Names(signers)}");
    }

    /// <summary>The witnesses of the inspector's policy, whatever the bundle says about others.</summary>
    public static Bilingual CheckWitnesses(Checkpoint checkpoint, TrustPolicy policy, string where, CheckLog log)
    {
        var states = policy.Witnesses.ToDictionary(witness => witness.Key, witness => checkpoint.Note!.By(witness.Value), StringComparer.Ordinal);
        foreach (var (name, _) in states.Where(witness => witness.Value == Signed.Falsely))
            log.Tampered("cosignature.invalid", where, $"见证人 {name} 的副署无效", $"the cosignature of the witness {name} does not verify");
        var cosigned = states.Where(witness => witness.Value == Signed.Yes).Select(witness => witness.Key).ToHashSet(StringComparer.Ordinal);
        var names = string.Join(", ", cosigned.Order(StringComparer.Ordinal));
        if (!policy.IsMetBy(cosigned))
            log.Incomplete("quorum.missing", where, $"见证人副署不足（已副署：{names}）", $"the witnesses' quorum is not reached (cosigned: {names})");
        return policy.NeedsWitnesses ? new($"已副署：{names}", $"cosigned by: {names}") : new("策略不要求见证人", "the policy asks for no witness");
    }

    /// <summary>How the policy that the county publishes differs from the inspector's. It decides nothing.</summary>
    public static Bilingual ComparePolicies(Bag bag, TrustPolicy own, bool isWhole)
    {
        const string file = "data/policy";
        var published = TrustPolicy.Parse(bag.Read(file), file).Statements();
        if (!isWhole) return new("未用县方公布的策略", "the policy that the county publishes was not used");
        var mine = own.Statements();
        var differences = string.Join("; ", [.. mine.Except(published, StringComparer.Ordinal).Select(line => $"- {line}"), .. published.Except(mine, StringComparer.Ordinal).Select(line => $"+ {line}")]);
        return differences.Length == 0
            ? new("与县方公布的策略相同", "is the policy that the county publishes")
            : new($"与县方公布的策略不同（- 核验方，+ 县方）：{differences}", $"differs from the policy that the county publishes (- the inspector's, + the county's): {differences}");
    }

    private static string Names(IEnumerable<VerifierKey> keys) => string.Join(", ", keys.Select(key => $"{key.Name}+{key.Id:x8}"));
}
