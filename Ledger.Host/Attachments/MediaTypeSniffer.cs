using System.Buffers.Binary;
using System.Text;

namespace Ledger.Host.Attachments;

/// <summary>
/// What a document is, told from its bytes as they pass by; what the sender calls it is never asked. It keeps the beginning
/// of nothing and the end of a ZIP only, where its list of entries stands.
/// </summary>
public sealed class MediaTypeSniffer
{
    /// <summary>Plain text.</summary>
    public const string Text = "text/plain; charset=utf-8";

    private const string Zip = "application/zip";
    private const string Ole = "application/x-ole-storage";

    private static readonly (byte[] Magic, string MediaType)[] Magics =
    [
        ("%PDF-"u8.ToArray(), "application/pdf"),
        ([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A], "image/png"),
        ([0xFF, 0xD8, 0xFF], "image/jpeg"),
        ([(byte)'I', (byte)'I', 0x2A, 0x00], "image/tiff"),
        ([(byte)'M', (byte)'M', 0x00, 0x2A], "image/tiff"),
        ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], Ole),
        ([(byte)'P', (byte)'K', 0x03, 0x04], Zip),
    ];

    // The names of the streams of an OLE file; a directory entry never crosses a chunk, both being whole sectors.
    private static readonly byte[] WordStream = Encoding.Unicode.GetBytes("WordDocument");
    private static readonly byte[] ExcelStream = Encoding.Unicode.GetBytes("Workbook");

    private static readonly Dictionary<string, string> Extensions = new(StringComparer.Ordinal)
    {
        ["application/pdf"] = "pdf", ["image/png"] = "png", ["image/jpeg"] = "jpg", ["image/tiff"] = "tif", [Zip] = "zip", ["application/ofd"] = "ofd",
        ["application/msword"] = "doc", ["application/vnd.ms-excel"] = "xls", [Text] = "txt",
        ["application/vnd.openxmlformats-officedocument.wordprocessingml.document"] = "docx",
        ["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"] = "xlsx",
    };

    private readonly Decoder _text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetDecoder();
    private readonly char[] _chars = new char[4096];
    private string? _kind;
    private bool _isText = true;
    private bool _isEmpty = true;
    private byte[] _previous = [];
    private byte[] _last = [];

    /// <summary>Whether it can no longer be anything that is accepted.</summary>
    public bool IsHopeless => !_isEmpty && _kind is null && !_isText;

    /// <summary>The extension of a file of this type.</summary>
    public static string ExtensionOf(string mediaType) => Extensions.GetValueOrDefault(mediaType, "bin");

    /// <summary>Takes in the next bytes: the first ones at least as many as a file begins with.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return;
        if (_isEmpty)
        {
            foreach (var (magic, mediaType) in Magics)
                if (bytes.StartsWith(magic))
                    _kind = mediaType;
            _isEmpty = false;
        }

        if (_kind == Ole && bytes.IndexOf(WordStream) >= 0) _kind = "application/msword";
        else if (_kind == Ole && bytes.IndexOf(ExcelStream) >= 0) _kind = "application/vnd.ms-excel";
        if (_kind == Zip) (_previous, _last) = (_last, bytes.ToArray());
        if (_kind is null && _isText) _isText = IsText(bytes, flush: false);
    }

    /// <summary>The media type of all that was taken in; null when it is not accepted.</summary>
    public string? Result() => _kind switch
    {
        Zip => OfZip([.. _previous, .. _last]),
        null => !_isEmpty && _isText && IsText([], flush: true) ? Text : null,
        _ => _kind,
    };

    private bool IsText(ReadOnlySpan<byte> bytes, bool flush)
    {
        foreach (var b in bytes)
            if (b < 0x20 && b is not ((byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\f'))
                return false;
        try
        {
            bool completed;
            do
            {
                _text.Convert(bytes, _chars, flush, out var used, out _, out completed);
                bytes = bytes[used..];
            }
            while (!completed);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    // The end of central directory (PKWARE APPNOTE 4.3.16) and the entries before it; where the list is longer than what was
    // kept, the file is just a ZIP. A file that has no end is cut off.
    private static string? OfZip(ReadOnlySpan<byte> tail)
    {
        var end = tail.LastIndexOf("PK\u0005\u0006"u8);
        if (end < 0 || tail.Length - end < 22) return null;
        var size = BinaryPrimitives.ReadUInt32LittleEndian(tail[(end + 12)..]);
        if (size > end) return Zip;
        var names = Names(tail.Slice(end - (int)size, (int)size));
        bool Has(string name) => names.Contains(name, StringComparer.Ordinal);
        bool Under(string folder) => names.Exists(n => n.StartsWith(folder, StringComparison.Ordinal));
        return Has("OFD.xml") ? "application/ofd"
            : !Has("[Content_Types].xml") ? Zip
            : Under("word/") ? "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
            : Under("xl/") ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            : Zip;
    }

    private static List<string> Names(ReadOnlySpan<byte> directory)
    {
        const int fixedPart = 46;
        var names = new List<string>();
        while (directory.Length >= fixedPart && directory.StartsWith("PK\u0001\u0002"u8))
        {
            int name = BinaryPrimitives.ReadUInt16LittleEndian(directory[28..]);
            var entry = fixedPart + name + BinaryPrimitives.ReadUInt16LittleEndian(directory[30..]) + BinaryPrimitives.ReadUInt16LittleEndian(directory[32..]);
            if (entry > directory.Length) break;
            names.Add(Encoding.UTF8.GetString(directory.Slice(fixedPart, name)));
            directory = directory[entry..];
        }

        return names;
    }
}
