using System.Collections.Concurrent;
using System.Globalization;
using System.Threading.Channels;
using Ledger.Domain;
using Ledger.Domain.Facts;
using Ledger.Domain.Units;
using Npgsql;
using NpgsqlTypes;

namespace Ledger.Host.Import;

/// <summary>What staging a file found.</summary>
/// <param name="Sha256">Of the file's content.</param>
/// <param name="Lines">Lines that are not blank.</param>
/// <param name="Units">Units that the file registers.</param>
internal sealed record StagedFile(byte[] Sha256, long Lines, IReadOnlyCollection<string> Units);

/// <summary>
/// Copies the file into <c>ledger.import_line</c>: one reader, several parsers, one writer, each a few blocks ahead at most.
/// A line that does not fit the schema is staged too, with its refusal and what could be read of it.
/// </summary>
internal sealed class ImportStage(NpgsqlConnection connection, TimeProvider clock, ImportOptions options)
{
    /// <summary>Partitions of a kind of stream. The later half holds the lawsuits, appended after the units that they name.</summary>
    public const int PartitionsPerKind = 4;

    private const string Copy = """
        copy ledger.import_line (line, partition, subject, type, event_id, source, id, time, data, code, chinese, english)
        from stdin (format binary)
        """;

    private readonly ConcurrentDictionary<string, byte> _units = new(StringComparer.Ordinal);

    public async Task<StagedFile> RunAsync(Stream file, ProgressMeter meter, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var parsers = Math.Clamp(Environment.ProcessorCount, 1, 4);
        var blocks = Channel.CreateBounded<LineBlock>(parsers * 2);
        var parsed = Channel.CreateBounded<StagedLine[]>(parsers * 2);
        using var reader = new LineReader(file);

        var reading = Guarded(async () =>
        {
            while (await reader.ReadAsync(stop.Token) is { } block)
            {
                meter.Add(block.Size);
                await blocks.Writer.WriteAsync(block, stop.Token);
            }
        }, blocks.Writer, stop);
        var parsing = Guarded(() => Task.WhenAll(Enumerable.Range(0, parsers).Select(_ => Task.Run(async () =>
        {
            await foreach (var block in blocks.Reader.ReadAllAsync(stop.Token))
                using (block)
                    await parsed.Writer.WriteAsync([.. block.Lines.Select(line => Parse(block, line))], stop.Token);
        }, stop.Token))), parsed.Writer, stop);
        var writing = Guarded(() => WriteAsync(parsed.Reader, stop.Token), (ChannelWriter<LineBlock>?)null, stop);

        await FirstFailure(reading, parsing, writing);
        meter.Finish();
        return new StagedFile(reader.Hash(), await writing, [.. _units.Keys]);
    }

    /// <summary>The partition of a subject: the same in every run and process.</summary>
    public static short PartitionOf(Subject? subject) => subject switch
    {
        { Kind: StreamKind.Unit } unit => Hash(unit.Key),
        { Kind: StreamKind.Lawsuit } lawsuit => (short)(PartitionsPerKind + Hash(lawsuit.Key)),
        { Kind: StreamKind.Policy or StreamKind.Calendar or StreamKind.Benchmark } or null => 0,
        { } other => Hash(other.Key),
    };

    // FNV-1a: string.GetHashCode differs from process to process.
    private static short Hash(string key)
    {
        var hash = 2166136261u;
        foreach (var c in key) hash = unchecked((hash ^ c) * 16777619u);
        return (short)(hash % PartitionsPerKind);
    }

    private StagedLine Parse(LineBlock block, LineSpan span)
    {
        if (span.TooLong) return StagedLine.Refused(span.Line, new(Refusal.Of(Codes.Malformed, $"> {Envelope.LongestLine} bytes")));
        var reading = Read(block[span]);
        if (reading.Envelope is not { } envelope) return StagedLine.Refused(span.Line, reading);
        if (options.Allow?.Invoke(envelope) is { } forbidden)
            return StagedLine.Refused(span.Line, reading with { Envelope = null, SubjectText = envelope.Subject.ToString(), Refusal = forbidden });
        if (envelope.Fact is UnitRegistered { RegisteredOn: var on } && on <= clock.Today()) _units.TryAdd(envelope.Subject.Key, 0);
        return StagedLine.Read(span.Line, envelope);
    }

    private static EnvelopeReading Read(ReadOnlyMemory<byte> line)
    {
        try
        {
            return Envelope.Read(line);
        }
        catch (InvalidOperationException)
        {
            // A member's name with a lone surrogate: System.Text.Json parses it and then cannot give it out.
            return new(Refusal.Of(Codes.Malformed, "Unicode"));
        }
    }

    private async Task<long> WriteAsync(ChannelReader<StagedLine[]> parsed, CancellationToken cancellation)
    {
        long lines = 0;
        await using var copy = await connection.BeginBinaryImportAsync(Copy, cancellation);
        copy.Timeout = TimeSpan.Zero;
        await foreach (var block in parsed.ReadAllAsync(cancellation))
        {
            // Blocking writes into the socket's buffer: several times cheaper than an awaited call per value.
            foreach (var line in block) line.WriteTo(copy);
            lines += block.Length;
            await options.ReachAsync("copying");
        }

        await copy.CompleteAsync(cancellation);
        return lines;
    }

    private static async Task<long> Guarded<T>(Func<Task<long>> work, ChannelWriter<T>? output, CancellationTokenSource stop)
    {
        try
        {
            await Task.Yield();
            var result = await work();
            output?.Complete();
            return result;
        }
        catch (Exception e)
        {
            output?.TryComplete(e);
            await stop.CancelAsync();
            throw;
        }
    }

    private static Task<long> Guarded<T>(Func<Task> work, ChannelWriter<T> output, CancellationTokenSource stop) =>
        Guarded(async () => { await work(); return 0L; }, output, stop);

    // The one that failed of itself, not those that were stopped because of it.
    private static async Task FirstFailure(params Task[] tasks)
    {
        await ((Task)Task.WhenAll(tasks)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var failures = tasks.Where(t => t.IsFaulted).SelectMany(t => t.Exception!.Flatten().InnerExceptions).ToList();
        var cause = failures.Find(e => e is not (OperationCanceledException or ChannelClosedException)) ?? failures.FirstOrDefault();
        if (cause is not null) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(cause);
        await Task.WhenAll(tasks);
    }
}

/// <summary>A row of <c>ledger.import_line</c>.</summary>
internal sealed record StagedLine(
    int Line, short Partition, string Subject, string? Type, Guid? EventId, FactId? Id, string? Time, string? Data, Refusal? Refusal)
{
    private const int LongestReported = 200; // a subject is at most 89 characters; a longer text only has to be recognised

    public static StagedLine Read(int line, Envelope envelope) => new(
        line, ImportStage.PartitionOf(envelope.Subject), envelope.Subject.ToString(), EventCatalog.NameOf(envelope.Fact),
        envelope.Id.ToEventId(), envelope.Id, envelope.Time is { } time ? time.ToString("O", CultureInfo.InvariantCulture) : null, FactJson.Write(envelope.Fact), null);

    public static StagedLine Refused(int line, EnvelopeReading reading)
    {
        var text = reading.SubjectText ?? "";
        var subject = Domain.Facts.Subject.TryParse(text, out var parsed) ? parsed : (Subject?)null;
        return new(
            line, ImportStage.PartitionOf(subject), Storable(text.Length <= LongestReported ? text : text[..LongestReported])!,
            reading.Type is { Length: <= LongestReported } type ? type : null, null, reading.Id, null, reading.Data?.GetRawText(), reading.Refusal);
    }

    /// <summary>Text that PostgreSQL can hold: a refusal may quote half a surrogate pair or U+0000 from the line.</summary>
    public static string? Storable(string? text)
    {
        if (text is null || !text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') && !text.Contains('\0', StringComparison.Ordinal)) return text;
        var clean = new System.Text.StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) clean.Append(rune.Value == 0 ? System.Text.Rune.ReplacementChar : rune);
        return clean.ToString();
    }

    public void WriteTo(NpgsqlBinaryImporter copy)
    {
        copy.StartRow();
        copy.Write(Line, NpgsqlDbType.Integer);
        copy.Write(Partition, NpgsqlDbType.Smallint);
        copy.Write(Subject, NpgsqlDbType.Text);
        Text(Type);
        if (EventId is { } id) copy.Write(id, NpgsqlDbType.Uuid);
        else copy.WriteNull();
        Text(Id?.Source);
        Text(Id?.Id);
        Text(Time);
        Text(Data);
        Text(Refusal?.Code);
        Text(Storable(Refusal?.Chinese));
        Text(Storable(Refusal?.English));

        void Text(string? value)
        {
            if (value is null) copy.WriteNull();
            else copy.Write(value, NpgsqlDbType.Text);
        }
    }
}
