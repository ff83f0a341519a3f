using System.Collections.Frozen;

namespace Ledger.Domain.Facts;

/// <content>The codes of attachments.</content>
public static partial class Codes
{
#pragma warning disable CS1591 // Each code's meaning is its text.
    public const string AttachmentTooLarge = "attachment.too-large";
    public const string AttachmentTypeNotAccepted = "attachment.type-not-accepted";
    public const string AttachmentHashDiffers = "attachment.hash-differs";
    public const string AttachmentNotFound = "attachment.not-found";
#pragma warning restore CS1591
}

/// <summary>The texts of the refusals of documents.</summary>
internal static class AttachmentTexts
{
    public static FrozenDictionary<string, (string Chinese, string English)> All { get; } = new Dictionary<string, (string, string)>(StringComparer.Ordinal)
    {
        [Codes.AttachmentTooLarge] = ("文书超过上限 {0} 字节", "the document is larger than {0} bytes"),
        [Codes.AttachmentTypeNotAccepted] = (
            "文书须为 PDF、Word、Excel、ZIP、OFD、PNG、JPEG、TIFF 或 UTF-8 文本（按内容识别）",
            "a document is a PDF, Word, Excel, ZIP, OFD, PNG, JPEG, TIFF or UTF-8 text, by its content"),
        [Codes.AttachmentHashDiffers] = ("所传内容的 SHA-256 是 {1}，与地址中的 {0} 不符", "the content's SHA-256 is {1}, not {0} as the address says"),
        [Codes.AttachmentNotFound] = ("没有 SHA-256 为 {0} 的文书", "no document with the SHA-256 {0} is stored"),
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
