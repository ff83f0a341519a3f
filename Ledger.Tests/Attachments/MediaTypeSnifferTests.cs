using System.IO.Compression;
using System.Text;
using Ledger.Host.Attachments;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Attachments;

/// <summary>A document is what its bytes say.</summary>
public sealed class MediaTypeSnifferTests
{
    private static string? TypeOf(byte[] bytes, int step = AttachmentStore.ChunkLength)
    {
        var sniffer = new MediaTypeSniffer();
        for (var at = 0; at < bytes.Length; at += step) sniffer.Add(bytes.AsSpan(at, Math.Min(step, bytes.Length - at)));
        return sniffer.Result();
    }

    internal static byte[] Zip(params string[] names)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create))
            foreach (var name in names)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write("<x/>"u8);
            }

        return memory.ToArray();
    }

    [Theory]
    [InlineData("255044462D312E37", "application/pdf")]
    [InlineData("89504E470D0A1A0A0000", "image/png")]
    [InlineData("FFD8FFE000104A464946", "image/jpeg")]
    [InlineData("49492A0008000000", "image/tiff")]
    [InlineData("4D4D002A00000008", "image/tiff")]
    [InlineData("D0CF11E0A1B11AE10000", "application/x-ole-storage")]
    [InlineData("4D5A90000300", null)] // a program
    [InlineData("7F454C4602010100", null)]
    [InlineData("504B0304140000", null)] // a ZIP that was cut off
    [InlineData("C3", null)] // half a character
    [InlineData("61C328", null)] // not UTF-8
    [InlineData("610062", null)]
    [InlineData("", null)]
    public void The_beginning_tells(string hex, string? mediaType) => TypeOf(Convert.FromHexString(hex)).ShouldBe(mediaType);

    [Theory]
    [InlineData("WordDocument", "application/msword")]
    [InlineData("Workbook", "application/vnd.ms-excel")]
    public void Old_office_files_are_told_by_their_streams(string stream, string mediaType)
    {
        byte[] bytes = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[1016], .. Encoding.Unicode.GetBytes(stream), .. new byte[100]];
        TypeOf(bytes).ShouldBe(mediaType);
        TypeOf(bytes, 1024).ShouldBe(mediaType);
    }

    [Fact]
    public void A_zip_is_told_by_its_entries_in_whatever_order()
    {
        TypeOf(Zip("[Content_Types].xml", "_rels/.rels", "word/document.xml")).ShouldBe("application/vnd.openxmlformats-officedocument.wordprocessingml.document");
        TypeOf(Zip("xl/workbook.xml", "[Content_Types].xml")).ShouldBe("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
        TypeOf(Zip("Doc_0/Document.xml", "OFD.xml")).ShouldBe("application/ofd");
        TypeOf(Zip("word/document.xml", "notes.txt")).ShouldBe("application/zip");
        TypeOf(Zip()).ShouldBeNull("an empty ZIP holds no document");
    }

    [Fact]
    public void Text_is_UTF_8_wherever_a_character_is_cut()
    {
        var text = Encoding.UTF8.GetBytes("败诉原因分析报告😀\r\n\t整改措施");
        for (var step = 1; step < text.Length; step++) TypeOf(text, step).ShouldBe(MediaTypeSniffer.Text);
        TypeOf([0xEF, 0xBB, 0xBF, .. text]).ShouldBe(MediaTypeSniffer.Text);
        TypeOf(text[..^1]).ShouldBeNull();
    }
}
