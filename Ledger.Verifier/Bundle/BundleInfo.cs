using System.Globalization;
using System.Text.Json;
using Ledger.Verifier.Container;
using Ledger.Verifier.Formats;
using Ledger.Verifier.Reports;

namespace Ledger.Verifier.Bundle;

/// <summary>A document that the facts name.</summary>
internal sealed record AttachmentInfo(string Sha256, long Size, bool IsPresent);

/// <summary>What the bundle says to be (<c>data/bundle.json</c>). Nobody signed it: only what the checks confirm counts.</summary>
internal sealed record BundleInfo(
    JsonElement Json, string Origin, string Ledger, long Size, long Position, string Unit, string? Lawsuit, string? Period, DateOnly AsOf, bool IsMasked,
    IReadOnlyList<string> Streams, IReadOnlyList<AttachmentInfo> Attachments)
{
    public const string File = "data/bundle.json";

    public static BundleInfo Parse(Bag bag)
    {
        var json = StrictJson.Parse(bag.Read(File), File);
        var m = Members.Of(json, File,
            "v", "origin", "ledger", "size", "position", "selection", "asOf", "knownAt", "disclosure", "by", "recipient", "purpose", "at", "streams", "attachments");
        m.Version();
        var selection = Members.Of(m["selection"], $"{File} selection", "unit", "lawsuit", "period");
        foreach (var name in (string[])["by", "recipient", "purpose"]) m.Text(name);
        m.Instant("at");
        if (!m.IsNull("knownAt") && !DateTimeOffset.TryParse(m.Text("knownAt"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _))
            throw Refuse("knownAt 不是时刻", "knownAt is not an instant");
        var streams = m.Texts("streams");
        if (!IsSortedSet(streams)) throw Refuse("streams 没有排序或有重复", "streams are not sorted or not distinct");
        var attachments = m.Items("attachments").Select((item, i) => Attachment(item, $"{File} attachments[{i}]")).ToList();
        if (attachments.DistinctBy(item => item.Sha256, StringComparer.Ordinal).Count() != attachments.Count) throw Refuse("attachments 有重复", "attachments are not distinct");
        var isMasked = m.Text("disclosure") switch
        {
            "Masked" => true,
            "Full" => false,
            _ => throw Refuse("未知的 disclosure", "the disclosure is unknown"),
        };
        return new(
            json, m.Text("origin"), m.Text("ledger"), m.Integer("size"), m.Integer("position"),
            selection.Text("unit"), selection.TextOrNull("lawsuit"), selection.TextOrNull("period"), m.Date("asOf"), isMasked, streams, attachments);
    }

    private static AttachmentInfo Attachment(JsonElement item, string where)
    {
        var m = Members.Of(item, where, "sha256", "size", "mediaType", "present");
        var isPresent = m.Flag("present");
        var hash = m.Text("sha256");
        if (!Hex.IsHash(hash))
            throw Refuse($"{where}：sha256 不合格式", $"{where}: sha256 is malformed");

        m.Text("mediaType");
        return new(hash, m.Integer("size"), isPresent);
    }

    private static bool IsSortedSet(IReadOnlyList<string> texts) => texts.Zip(texts.Skip(1)).All(pair => string.CompareOrdinal(pair.First, pair.Second) < 0);

    private static StoppedException Refuse(string chinese, string english) => StoppedException.Malformed("bundle.malformed", File, chinese, english);
}
