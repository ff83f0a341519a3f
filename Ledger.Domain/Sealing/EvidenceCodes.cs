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
        public const string EvidenceStopped = "evidence.stopped";
#pragma warning restore CS1591
    }
}
