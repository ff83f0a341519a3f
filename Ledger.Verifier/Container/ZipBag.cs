using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Ledger.Verifier.Reports;

namespace Ledger.Verifier.Container;

/// <summary>
/// Reads a ZIP file so that no two programs can unpack it differently: every byte belongs to exactly one entry, to the
/// directory or to its end; both headers of an entry agree; names, methods, flags and kinds outside the plainest are refused.
/// </summary>
internal sealed class ZipBag
{
    private const int EndLength = 22;
    private const int MostDirectoryBytes = 8 << 20;
    private const long SmallFile = 1 << 20;
    private const int HighestRatio = 200;

    private readonly Stream _zip;
    private readonly Bag _bag = new();
    private readonly HashSet<string> _folders = new(StringComparer.Ordinal);

    private ZipBag(Stream zip) => _zip = zip;

    /// <summary>All files of a seekable stream.</summary>
    public static Bag Open(Stream zip)
    {
        var reader = new ZipBag(zip);
        reader.ReadAll();
        return reader._bag;
    }

    private sealed record Entry(string Name, ushort Flags, ushort Method, uint Crc, uint Packed, uint Size, uint Offset)
    {
        public bool HasDescriptor => (Flags & 0x08) != 0;
    }

    private void ReadAll()
    {
        var entries = Directory(out var directoryStart);
        if (entries.Sum(entry => (long)entry.Size) > Bag.MostBytes) throw Refuse("too-large", "", "解压后过大", "is too large when unpacked");
        var position = 0L;
        foreach (var entry in entries.OrderBy(entry => entry.Offset))
        {
            if (entry.Offset != position) throw Refuse("layout", entry.Name, "文件之间有多余或重叠的字节", "there are bytes between entries, or entries overlap");
            position = ReadEntry(entry);
        }

        if (position != directoryStart) throw Refuse("layout", "", "目录之前有多余的字节", "there are bytes before the directory");
    }

    private List<Entry> Directory(out long start)
    {
        if (_zip.Length is < EndLength or > Bag.MostBytes) throw Refuse("not-zip", "", "不是 ZIP 文件，或过大", "is not a ZIP file, or too large");
        var end = Read(_zip.Length - EndLength, EndLength);
        var (count, size, offset) = (U16(end, 10), U32(end, 12), U32(end, 16));
        if (U32(end, 0) != 0x06054b50 || U32(end, 4) != 0 || U16(end, 8) != count || U16(end, 20) != 0 || offset + (long)size != _zip.Length - EndLength)
            throw Refuse("not-zip", "", "不是 ZIP 文件，或末尾有多余的字节", "is not a ZIP file, or something follows it");
        if (size > MostDirectoryBytes || count > Bag.MostFiles) throw Refuse("too-large", "", "文件过多", "has too many files");

        start = offset;
        ReadOnlySpan<byte> directory = Read(start, (int)size);
        List<Entry> entries = [];
        while (!directory.IsEmpty)
        {
            var (entry, length) = DirectoryEntry(directory);
            entries.Add(entry);
            directory = directory[length..];
        }

        return entries.Count == count ? entries : throw Refuse("layout", "", "目录的条数不符", "the directory's count is not its entries'");
    }

    private static (Entry Entry, int Length) DirectoryEntry(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 46 || U32(bytes, 0) != 0x02014b50) throw Refuse("layout", "", "目录损坏", "the directory is damaged");
        var (nameLength, extraLength) = (U16(bytes, 28), U16(bytes, 30));
        var length = 46 + nameLength + extraLength;
        if (bytes.Length < length) throw Refuse("layout", "", "目录损坏", "the directory is damaged");
        var name = Encoding.Latin1.GetString(bytes.Slice(46, nameLength));
        var entry = new Entry(name, U16(bytes, 8), U16(bytes, 10), U32(bytes, 16), U32(bytes, 20), U32(bytes, 24), U32(bytes, 42));
        if ((entry.Flags & 0x01) != 0) throw Refuse("encrypted", name, "文件被加密", "is encrypted");

        // Known: deflate's level (bits 1 and 2), a descriptor behind the data (3), UTF-8 names (11). Versions after 2.0 bring what is not read here.
        if ((entry.Flags & ~0x080e) != 0 || entry.Method is not (0 or 8) || (U16(bytes, 6) & 0xff) > 20 || U16(bytes, 32) != 0 || U16(bytes, 34) != 0)
            throw Refuse("unknown", name, "含未知的 ZIP 特性", "uses a feature of ZIP that is not known");
        CheckExtra(bytes.Slice(46 + nameLength, extraLength), name);

        // Made on Unix, the upper half holds the kind of file: regular, folder or not said.
        var kind = U16(bytes, 40) & 0xf000;
        if (bytes[5] == 3 && kind is not (0 or 0x8000) && !(kind == 0x4000 && name.EndsWith('/')))
            throw Refuse("link", name, "是链接或特殊文件", "is a link or a special file");
        return entry.Size > SmallFile && entry.Size / HighestRatio > entry.Packed
            ? throw Refuse("bomb", name, "压缩比异常（疑似压缩炸弹）", "is packed so tightly that it may be a bomb")
            : (entry, length);
    }

    /// <summary>Reads an entry where it lies and gives back where it ends.</summary>
    private long ReadEntry(Entry entry)
    {
        var header = Read(entry.Offset, 30);
        var (nameLength, extraLength) = (U16(header, 26), U16(header, 28));
        var rest = Read(entry.Offset + 30, nameLength + extraLength);
        var isSaidLater = entry.HasDescriptor && U32(header, 14) == 0 && U32(header, 18) == 0 && U32(header, 22) == 0;
        if (U32(header, 0) != 0x04034b50 || U16(header, 6) != entry.Flags || U16(header, 8) != entry.Method || (U16(header, 4) & 0xff) > 20
            || Encoding.Latin1.GetString(rest.AsSpan(0, nameLength)) != entry.Name
            || !(isSaidLater || (U32(header, 14) == entry.Crc && U32(header, 18) == entry.Packed && U32(header, 22) == entry.Size)))
            throw Refuse("layout", entry.Name, "两处文件头不一致", "its two headers do not agree");
        CheckExtra(rest.AsSpan(nameLength), entry.Name);

        var start = entry.Offset + 30 + nameLength + extraLength;
        if (entry.Name.EndsWith('/')) Folder(entry);
        else Unpack(entry, start);
        return start + entry.Packed + (entry.HasDescriptor ? DescriptorLength(entry, start + entry.Packed) : 0);
    }

    private void Folder(Entry entry)
    {
        if (entry.Size != 0 || entry.Packed != 0 || entry.Crc != 0 || entry.Name is not ("data/" or "data/attachments/" or "data/timestamps/") || !_folders.Add(entry.Name))
            throw Refuse("name", entry.Name, "格式中没有这个文件夹", "the format has no such folder");
    }

    private void Unpack(Entry entry, long start)
    {
        if (entry.Method == 0 && entry.Packed != entry.Size) throw Refuse("layout", entry.Name, "大小不符", "its sizes do not agree");
        using var packed = new Section(_zip, start, entry.Packed);
        using var content = new Crc32Stream(entry.Method == 0 ? packed : new DeflateStream(packed, CompressionMode.Decompress));
        try
        {
            _bag.Add(entry.Name, entry.Size, content);
        }
        catch (InvalidDataException)
        {
            throw Refuse("damaged", entry.Name, "压缩数据损坏", "its packed data are damaged");
        }

        if (!packed.IsAtEnd) throw Refuse("layout", entry.Name, "压缩数据之后有多余的字节", "something follows its packed data");
        if (content.Value != entry.Crc) throw Refuse("damaged", entry.Name, "CRC 不符", "its CRC does not fit");
    }

    private int DescriptorLength(Entry entry, long position)
    {
        var bytes = Read(position, 16);
        return (U32(bytes, 0), U32(bytes, 4), U32(bytes, 8), U32(bytes, 12)) == (0x08074b50, entry.Crc, entry.Packed, entry.Size)
            ? 16
            : throw Refuse("layout", entry.Name, "数据描述符不符", "its data descriptor does not fit");
    }

    /// <summary>Only times and owners (NTFS, extended time-stamp, Unix ids): anything else could give the entry another name or size.</summary>
    private static void CheckExtra(ReadOnlySpan<byte> extra, string name)
    {
        while (!extra.IsEmpty)
        {
            if (extra.Length < 4 || U16(extra, 0) is not (0x000a or 0x5455 or 0x7875) || extra.Length < 4 + U16(extra, 2))
                throw Refuse("unknown", name, "含未知的附加字段", "has an extra field that is not known");
            extra = extra[(4 + U16(extra, 2))..];
        }
    }

    private byte[] Read(long position, int count)
    {
        if (position < 0 || position + count > _zip.Length) throw Refuse("layout", "", "文件不完整", "is cut off");
        var bytes = new byte[count];
        _zip.Position = position;
        _zip.ReadExactly(bytes);
        return bytes;
    }

    private static ushort U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint U32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static StoppedException Refuse(string code, string name, string chinese, string english) =>
        StoppedException.Malformed($"container.{code}", name, $"ZIP {chinese}", $"the ZIP file or its entry {english}");
}
