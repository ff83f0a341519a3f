using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Ledger.Verifier.Reports;
using Shouldly;
using Xunit;
using static Ledger.Verifier.Reports.Outcome;

namespace Ledger.Tests.Verifier;

/// <summary>ZIP files and bags that are built to be read in two ways, to reach outside, or to exhaust.</summary>
public sealed class HostileContainerTests
{
    private const string Victim = "README.md";

    private static TestBundle Good => new BundleBuilder().Build();

    [Theory]
    [InlineData("../evil.md", "container.name")]
    [InlineData("data/../../evil", "container.name")]
    [InlineData("/etc/passwd", "container.name")]
    [InlineData("C:/evil.md", "container.name")]
    [InlineData("data\\facts.jsonl", "container.name")]
    [InlineData("./README.md", "container.name")]
    [InlineData("data//facts.jsonl", "container.name")]
    [InlineData("data/re\u0301sume\u0301", "container.name")]
    [InlineData("data/r\u00e9sum\u00e9", "container.name")]
    [InlineData("README.md\u0000.txt", "container.name")]
    [InlineData("readme.MD", "container.duplicate")]
    [InlineData("DATA/FACTS.JSONL", "container.duplicate")]
    [InlineData("data/extra.json", "bag.unknown-file")]
    [InlineData("fetch.txt", "bag.unknown-file")]
    [InlineData("data/timestamps/01.tst", "bag.unknown-file")]
    [InlineData("data/attachments/ABC", "bag.unknown-file")]
    [InlineData("evil/", "container.name")]
    public void A_name_that_is_not_of_the_format(string name, string code)
    {
        var bundle = Good;
        bundle[name] = "";
        bundle.Verify().ShouldSay(Malformed, code);
    }

    [Fact]
    public void A_name_that_is_there_twice() => Verify(ZipOf(Good, archive => Write(archive, Victim, "other"))).ShouldSay(Malformed, "container.duplicate");

    [Fact]
    public void Folder_entries_of_the_format_are_no_matter() => Verify(ZipOf(Good, archive =>
    {
        archive.CreateEntry("data/");
        archive.CreateEntry("data/attachments/");
    })).ShouldBeGood();

    [Fact]
    public void Stored_entries_are_read_as_deflated_ones() => Verify(ZipOf(Good, _ => { }, CompressionLevel.NoCompression)).ShouldBeGood();

    [Fact]
    public void A_ZIP_file_that_was_written_to_a_stream_is_read_as_well()
    {
        var bundle = Good;
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(new ForwardOnly(zip), ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, content) in bundle.Files) Write(archive, name, Encoding.UTF8.GetString(content));
        Verify(zip.ToArray()).ShouldBeGood();
        bundle.Verify().ShouldBeGood();
    }

    [Fact]
    public void A_symbolic_link()
    {
        var zip = Good.Zip();
        var entry = DirectoryEntry(zip, Victim);
        BinaryPrimitives.WriteUInt32LittleEndian(zip.AsSpan(entry + 38), 0xa1ff0000);
        Verify(zip).ShouldSay(Malformed, "container.link");
    }

    [Fact]
    public void An_encrypted_entry() => Verify(Patched(6, 1)).ShouldSay(Malformed, "container.encrypted");

    [Theory]
    [InlineData(8, 10)] // The method, bzip2 or one of tomorrow.
    [InlineData(6, 0x20)] // A flag: patched data.
    [InlineData(4, 45)] // A version: ZIP64.
    public void A_feature_that_is_not_known(int offset, ushort value) => Verify(Patched(offset, value)).ShouldSay(Malformed, "container.unknown");

    [Fact]
    public void Something_behind_the_ZIP_file() => Verify([.. Good.Zip(), 0]).ShouldSay(Malformed, "container.not-zip");

    [Fact]
    public void Something_before_the_ZIP_file() => Verify([0, .. Good.Zip()]).ShouldSay(Malformed, "container.not-zip");

    [Fact]
    public void Something_between_two_entries()
    {
        var zip = Good.Zip();
        var start = (int)BinaryPrimitives.ReadUInt32LittleEndian(zip.AsSpan(zip.Length - 6));
        byte[] stuffed = [.. zip[..start], 0, .. zip[start..]];
        BinaryPrimitives.WriteUInt32LittleEndian(stuffed.AsSpan(stuffed.Length - 6), (uint)start + 1);
        Verify(stuffed).ShouldSay(Malformed, "container.layout");
    }

    [Fact]
    public void A_comment() => Verify(ZipOf(Good, archive => archive.Comment = "hello")).ShouldSay(Malformed, "container.not-zip");

    [Fact]
    public void Two_headers_that_name_the_entry_differently()
    {
        var zip = Good.Zip();
        zip[LocalEntry(zip, Victim) + 30] = (byte)'Q';
        Verify(zip).ShouldSay(Malformed, "container.layout");
    }

    [Fact]
    public void A_checksum_that_does_not_fit()
    {
        var zip = Good.Zip();
        zip[LocalEntry(zip, Victim) + 14] ^= 1;
        zip[DirectoryEntry(zip, Victim) + 16] ^= 1;
        Verify(zip).ShouldSay(Malformed, "container.damaged");
    }

    [Fact]
    public void Bytes_hidden_behind_the_packed_data()
    {
        var zip = Good.Zip();
        var (local, directory) = (LocalEntry(zip, Victim), DirectoryEntry(zip, Victim));
        var packed = BinaryPrimitives.ReadUInt32LittleEndian(zip.AsSpan(local + 18));
        var end = local + 30 + Victim.Length + (int)packed;
        byte[] stuffed = [.. zip[..end], 7, .. zip[end..]];
        BinaryPrimitives.WriteUInt32LittleEndian(stuffed.AsSpan(local + 18), packed + 1);
        BinaryPrimitives.WriteUInt32LittleEndian(stuffed.AsSpan(directory + 1 + 20), packed + 1);
        ShiftOffsets(stuffed, local, 1);
        Verify(stuffed).ShouldSay(Malformed, "container.layout");
    }

    [Fact]
    public void A_file_that_unpacks_to_more_than_it_says()
    {
        var zip = Good.Zip();
        zip[LocalEntry(zip, Victim) + 22] -= 1;
        zip[DirectoryEntry(zip, Victim) + 24] -= 1;
        Verify(zip).ShouldSay(Malformed, "container.size");
    }

    [Fact]
    public void A_bomb()
    {
        var bundle = Good;
        bundle.Files["data/report.html"] = new byte[8 << 20];
        bundle.Verify().ShouldSay(Malformed, "container.bomb");
    }

    [Fact]
    public void A_directory_of_more_files_than_there_may_be()
    {
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
            for (var i = 0; i <= 20_000; i++) archive.CreateEntry($"data/timestamps/{i}.tst", CompressionLevel.NoCompression);
        Verify(zip.ToArray()).ShouldSay(Malformed, "container.too-large");
    }

    [Fact]
    public void What_is_no_ZIP_file()
    {
        Verify([]).ShouldSay(Malformed, "container.not-zip");
        Verify(new byte[100]).ShouldSay(Malformed, "container.not-zip");
        Verify(Good.Zip()[..^100]).ShouldSay(Malformed, "container.not-zip");
    }

    [Theory]
    [InlineData("data/facts.jsonl")]
    [InlineData("data/leaves.jsonl")]
    [InlineData("data/heads.json")]
    [InlineData("data/checkpoint")]
    [InlineData("data/policy")]
    [InlineData("data/keys.jsonl")]
    [InlineData("data/consistency.jsonl")]
    [InlineData("data/claims.json")]
    [InlineData("data/bundle.json")]
    [InlineData("data/report.html")]
    [InlineData("README.md")]
    [InlineData("README.zh-CN.md")]
    [InlineData("verify.html")]
    public void A_file_that_is_missing_also_in_the_manifest(string name) => Good.Remove(name).Verify().ShouldSay(Incomplete, "bag.missing-file");

    [Theory]
    [InlineData("data/report.html")]
    [InlineData("README.md")]
    [InlineData("bagit.txt")]
    [InlineData("bag-info.txt")]
    [InlineData("manifest-sha256.txt")]
    [InlineData("tagmanifest-sha256.txt")]
    public void A_file_that_the_manifest_names_and_is_missing(string name)
    {
        var bundle = Good;
        bundle.Files.Remove(name);
        bundle.Verify().ShouldSay(Incomplete, "bag.missing-file");
    }

    [Fact]
    public void A_document_that_is_missing() => Good.Remove($"data/attachments/{BundleBuilder.DocumentHash}").Verify().ShouldSay(Incomplete, "attachment.missing");

    [Fact]
    public void A_document_that_was_replaced()
    {
        var bundle = Good;
        bundle[$"data/attachments/{BundleBuilder.DocumentHash}"] = "整改报吿\n";
        bundle.Rebag().Verify().ShouldSay(Tampered, "attachment.differs");
    }

    [Fact]
    public void A_document_that_the_list_leaves_out() =>
        Good.Edit("data/bundle.json", json => json["attachments"]!.AsArray().Clear()).Remove($"data/attachments/{BundleBuilder.DocumentHash}").Verify().ShouldSay(Incomplete, "attachment.unlisted");

    [Fact]
    public void A_document_that_nothing_lists()
    {
        var bundle = Good;
        bundle[$"data/attachments/{new string('a', 64)}"] = "x";
        bundle.Rebag().Verify().ShouldSay(Malformed, "attachment.unexpected");
    }

    [Fact]
    public void A_document_that_no_fact_names() => Good.Edit("data/bundle.json", json => json["attachments"]!.AsArray().Add(
        new System.Text.Json.Nodes.JsonObject { ["sha256"] = new string('a', 64), ["size"] = "0", ["mediaType"] = "", ["present"] = false })).Verify().ShouldSay(Tampered, "attachment.unnamed");

    [Fact]
    public void A_document_listed_as_absent_that_is_there() => Good.Edit("data/bundle.json", json => json["attachments"]![0]!["present"] = false).Verify().ShouldSay(Malformed, "attachment.unexpected");

    [Fact]
    public void A_file_that_no_manifest_names()
    {
        var bundle = Good;
        bundle["data/timestamps/1.tst"] = "x";
        bundle.Verify().ShouldSay(Malformed, "bag.extra-file");
    }

    [Theory]
    [InlineData("data/report.html")]
    [InlineData("README.md")]
    public void A_file_that_its_manifest_does_not_fit(string name)
    {
        var bundle = Good;
        bundle[name] += "x";
        bundle.Verify().ShouldSay(Tampered, "bag.manifest-mismatch");
    }

    [Theory]
    [InlineData("\n", "\n\n")]
    [InlineData("  data/", " *data/")]
    [InlineData("  data/facts", "  ../facts")]
    [InlineData("  data/report.html", "  verify.html")]
    [InlineData("  data/report.html", "  data/policy")]
    public void A_manifest_that_is_malformed(string old, string with)
    {
        var bundle = Good;
        bundle["manifest-sha256.txt"] = bundle["manifest-sha256.txt"].Replace(old, with);
        bundle["manifest-sha256.txt"].ShouldContain(with);
        bundle.Verify().ShouldSay(Malformed, "bag.manifest");
    }

    [Theory]
    [InlineData("1.0", "0.97")]
    [InlineData("UTF-8", "UTF-16")]
    [InlineData("\n", "\r\n")]
    public void Another_declaration(string old, string with)
    {
        var bundle = Good;
        bundle["bagit.txt"] = bundle["bagit.txt"].Replace(old, with);
        bundle.Verify().ShouldSay(Malformed, "bag.declaration");
    }

    [Theory]
    [InlineData("Payload-Oxum: ", "Payload-Oxum: 1", Tampered)]
    [InlineData("Payload-Oxum", "Payload", Malformed)]
    [InlineData("Payload-Oxum", "Payload-Oxum: 1.1\nPayload-Oxum", Malformed)]
    public void A_payload_oxum_that_does_not_fit(string old, string with, Outcome outcome)
    {
        var bundle = Good;
        bundle["bag-info.txt"] = bundle["bag-info.txt"].Replace(old, with);
        bundle.Verify().ShouldSay(outcome, "bag.oxum");
    }

    private static Report Verify(byte[] zip) => TestBundle.Verify(zip);

    private static byte[] ZipOf(TestBundle bundle, Action<ZipArchive> more, CompressionLevel level = CompressionLevel.Optimal)
    {
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in bundle.Files)
            {
                using var entry = archive.CreateEntry(name, level).Open();
                entry.Write(content);
            }

            more(archive);
        }

        return zip.ToArray();
    }

    private static void Write(ZipArchive archive, string name, string content)
    {
        using var entry = archive.CreateEntry(name).Open();
        entry.Write(Encoding.UTF8.GetBytes(content));
    }

    /// <summary>The ZIP file with a field of both headers of an entry changed; the offset is that of the local header.</summary>
    private static byte[] Patched(int offset, ushort value)
    {
        var zip = Good.Zip();
        BinaryPrimitives.WriteUInt16LittleEndian(zip.AsSpan(LocalEntry(zip, Victim) + offset), value);
        BinaryPrimitives.WriteUInt16LittleEndian(zip.AsSpan(DirectoryEntry(zip, Victim) + offset + 2), value);
        return zip;
    }

    private static int LocalEntry(byte[] zip, string name) => zip.AsSpan().IndexOf(Encoding.ASCII.GetBytes(name)) - 30;

    private static int DirectoryEntry(byte[] zip, string name) => zip.AsSpan().LastIndexOf(Encoding.ASCII.GetBytes(name)) - 46;

    /// <summary>Moves what the directory says of the entries behind a place, and of itself.</summary>
    private static void ShiftOffsets(byte[] zip, int behind, uint by)
    {
        var end = zip.AsSpan(zip.Length - 22);
        var directory = BinaryPrimitives.ReadUInt32LittleEndian(end[16..]) + by;
        BinaryPrimitives.WriteUInt32LittleEndian(end[16..], directory);
        for (var at = (int)directory; at < zip.Length - 22; at += 46 + BinaryPrimitives.ReadUInt16LittleEndian(zip.AsSpan(at + 28)) + BinaryPrimitives.ReadUInt16LittleEndian(zip.AsSpan(at + 30)))
            if (BinaryPrimitives.ReadUInt32LittleEndian(zip.AsSpan(at + 42)) is var offset && offset > behind)
                BinaryPrimitives.WriteUInt32LittleEndian(zip.AsSpan(at + 42), offset + by);
    }

    /// <summary>A response that is written as it comes: sizes follow the data.</summary>
    private sealed class ForwardOnly(Stream inner) : Stream
    {
        private long _written;

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => _written;
            set => throw new NotSupportedException();
        }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count)
        {
            inner.Write(buffer, offset, count);
            _written += count;
        }
    }
}
