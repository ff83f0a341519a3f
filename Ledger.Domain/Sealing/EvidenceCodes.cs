using System.Collections.Frozen;
using Ledger.Domain.Facts;

namespace Ledger.Domain.Sealing
{
    /// <summary>The texts of the refusals of evidence.</summary>
    internal static class EvidenceTexts
    {
        public static FrozenDictionary<string, (string Chinese, string English)> All { get; } = new Dictionary<string, (string, string)>(StringComparer.Ordinal)
        {
            [Codes.EvidenceNotSealed] = ("尚未封存：请稍后再取", "not sealed yet: ask again later"),
            [Codes.EvidenceNotOfUnit] = ("案件“{0}”中没有被告“{1}”", "'{1}' is no defendant of the lawsuit '{0}'"),
            [Codes.EvidenceStopped] = ("封存已停止，不签发证据：{0}", "sealing has stopped, no evidence is signed: {1}"),
            [Codes.EvidenceEntryTooLong] = ("第 {0} 项过长，无法成批提供：请单独取该项", "entry {0} is too long for a bundle of entries: ask for it by itself"),
            [Codes.EvidenceFactMissing] = ("已封存的事实缺失，不出具证据包：{0}", "a fact that was sealed is missing, no bundle is made: {0}"),
        }.ToFrozenDictionary(StringComparer.Ordinal);
    }
}

namespace Ledger.Domain.Facts
{
    /// <content>The codes of evidence.</content>
    public static partial class Codes
    {
#pragma warning disable CS1591 // Each code's meaning is its text.
        public const string EvidenceNotSealed = "evidence.not-sealed";
        public const string EvidenceNotOfUnit = "evidence.not-of-unit";
        public const string EvidenceEntryTooLong = "evidence.entry-too-long";
        public const string EvidenceFactMissing = "evidence.fact-missing";
        public const string EvidenceStopped = "evidence.stopped";
#pragma warning restore CS1591
    }
}
