using System.Text;
using System.Text.Json;
using Ledger.Domain.Sealing;

namespace Ledger.Host.Evidence;

/// <summary>A checkpoint that was signed, as the journal keeps it.</summary>
/// <param name="Checkpoint">What was signed.</param>
/// <param name="Note">The whole note.</param>
public sealed record JournalEntry(Checkpoint Checkpoint, string Note);

/// <summary>
/// The sealer's memory outside the database: one line of JSON for each checkpoint that was ever signed, forced to the disk
/// before anybody else sees it. A database that has less or something else has been rolled back or rewritten.
/// </summary>
public sealed class Journal(string path)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private (long Length, JournalEntry? Entry) _last = (-1, null);

    /// <summary>The file.</summary>
    public string Path { get; } = path;

    /// <summary>Whether the file is there.</summary>
    public bool Exists => File.Exists(Path);

    /// <summary>The last checkpoint that was signed; null when none was.</summary>
    /// <exception cref="EvidenceStoppedException">The file cannot be read.</exception>
    public JournalEntry? Last()
    {
        if (!Exists) return null;
        try
        {
            using var file = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            if (file.Length != _last.Length) _last = (file.Length, LastLine(file) is { Length: > 0 } line ? Read(line) : null);
            return _last.Entry;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or FormatException or DecoderFallbackException)
        {
            throw Broken(e);
        }
    }

    /// <summary>Every checkpoint, oldest first. A last line without its end was never finished and counts for nothing.</summary>
    /// <exception cref="EvidenceStoppedException">The file cannot be read, or is no journal.</exception>
    public IReadOnlyList<JournalEntry> All()
    {
        try
        {
            var bytes = File.ReadAllBytes(Path);
            var text = Utf8.GetString(bytes.AsSpan(0, bytes.AsSpan().LastIndexOf((byte)'\n') + 1));
            var entries = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Read).ToList();
            for (var i = 1; i < entries.Count; i++)
                if (entries[i].Checkpoint.Size <= entries[i - 1].Checkpoint.Size && entries[i].Checkpoint.Origin == entries[i - 1].Checkpoint.Origin)
                    throw new FormatException($"line {i + 1}: {entries[i].Checkpoint.Size} after {entries[i - 1].Checkpoint.Size}");
            return entries;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or FormatException or DecoderFallbackException)
        {
            throw Broken(e);
        }
    }

    /// <summary>Appends a checkpoint; when this returns it is on the disk.</summary>
    /// <exception cref="EvidenceStoppedException">The file cannot be written: nothing was published then.</exception>
    public void Append(SignedNote note)
    {
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
            using var file = new FileStream(Path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
            // A crash in the middle of a line leaves a piece without an end; it was never published.
            file.SetLength(EndOfLine(file, file.Length));
            file.Seek(0, SeekOrigin.End);
            file.Write(Utf8.GetBytes(JsonSerializer.Serialize(new Dictionary<string, string>(StringComparer.Ordinal) { ["note"] = note.ToString() }) + "\n"));
            file.Flush(flushToDisk: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Broken(e);
        }
    }

    // The last line that was finished, without its end.
    private static string LastLine(FileStream file)
    {
        var end = EndOfLine(file, file.Length);
        if (end == 0) return "";
        var begin = EndOfLine(file, end - 1);
        var line = new byte[end - 1 - begin];
        file.Seek(begin, SeekOrigin.Begin);
        file.ReadExactly(line);
        return Utf8.GetString(line);
    }

    // Just behind the last line feed before a place; 0 when there is none.
    private static long EndOfLine(FileStream file, long before)
    {
        var piece = new byte[4096];
        while (before > 0)
        {
            var size = (int)Math.Min(piece.Length, before);
            file.Seek(before - size, SeekOrigin.Begin);
            file.ReadExactly(piece, 0, size);
            if (piece.AsSpan(0, size).LastIndexOf((byte)'\n') is >= 0 and var at) return before - size + at + 1;
            before -= size;
        }

        return 0;
    }

    private static JournalEntry Read(string line)
    {
        using var json = JsonDocument.Parse(line);
        var note = SignedNote.Parse(json.RootElement.GetProperty("note").GetString() ?? throw new FormatException("no note"));
        return new JournalEntry(Checkpoint.Parse(note.Text), note.ToString());
    }

    private EvidenceStoppedException Broken(Exception e) => new(
        EvidenceStoppedException.JournalBroken, $"检查点日志“{Path}”不可读写：{e.Message}", $"the journal '{Path}' cannot be read or written: {e.Message}");
}
