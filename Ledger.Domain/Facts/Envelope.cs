using System.Text.Json;

namespace Ledger.Domain.Facts;

/// <summary>One fact as a sender hands it over: a CloudEvents 1.0 event (facts.md §1).</summary>
/// <param name="Id">Its idempotency key.</param>
/// <param name="Subject">The stream that it is about.</param>
/// <param name="Fact">The fact.</param>
/// <param name="Time">When the sender recorded it; kept, and never confused with the ledger's own recorded time.</param>
public sealed record Envelope(FactId Id, Subject Subject, IFact Fact, DateTimeOffset? Time)
{
    /// <summary>Longest line, in bytes (facts.md §1).</summary>
    public const int LongestLine = 64 * 1024;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    /// <summary>Reads one line; whatever is wrong with it comes back as one refusal, with what could be read of it.</summary>
    public static EnvelopeReading Read(ReadOnlyMemory<byte> line)
    {
        if (line.Length > LongestLine) return new(Refusal.Of(Codes.Malformed, $"{line.Length} > {LongestLine} bytes"));
        if (!System.Text.Unicode.Utf8.IsValid(line.Span)) return new(Refusal.Of(Codes.Malformed, "UTF-8"));
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(line, Strict);
        }
        catch (JsonException e)
        {
            return new(Refusal.Of(Codes.Malformed, $"JSON, {e.BytePositionInLine}"));
        }
        catch (InvalidOperationException)
        {
            // A member name with a lone surrogate.
            return new(Refusal.Of(Codes.Malformed, "JSON"));
        }

        using (document) return Read(document.RootElement);
    }

    private static EnvelopeReading Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object) return new(Refusal.Of(Codes.Malformed, "object"));
        if (Text(root, "specversion") != "1.0") return new(Refusal.Of(Codes.Malformed, "specversion"));
        if (Text(root, "id") is not { Length: > 0 } id) return new(Refusal.Of(Codes.Malformed, "id"));
        if (Text(root, "source") is not { Length: > 0 } source) return new(Refusal.Of(Codes.Malformed, "source"));
        if (Text(root, "type") is not { Length: > 0 } type) return new(Refusal.Of(Codes.Malformed, "type"));
        if (root.TryGetProperty("datacontenttype", out _) && Text(root, "datacontenttype") != "application/json")
            return new(Refusal.Of(Codes.Malformed, "datacontenttype"));
        DateTimeOffset? time = null;
        if (root.TryGetProperty("time", out _))
        {
            if (Text(root, "time") is not { } instant || !FactSchema.IsInstant(instant)) return new(Refusal.Of(Codes.Malformed, "time"));
            time = DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture);
        }

        var read = new EnvelopeReading(null) { Id = new FactId(source, id), Type = type, SubjectText = Text(root, "subject") };
        if (EventCatalog.Find(type) is not { } entry) return read with { Refusal = Refusal.Of(Codes.UnknownType, type) };
        if (read.SubjectText is { } named && Subject.KindOf(named.Split('/')[0]) is var kind
            && (kind is null || !entry.BelongsTo(kind.Value)))
            return read with { Refusal = Refusal.Of(Codes.WrongStream, type, named) };
        Refusal? first = null;
        foreach (var member in root.EnumerateObject())
            if (member.Name is not ("specversion" or "id" or "source" or "type" or "subject" or "time" or "data" or "datacontenttype"))
                FactSchema.Keep(ref first, Refusal.Of(Codes.UnknownMember, "CloudEvents", member.Name));
        if (!root.TryGetProperty("subject", out _)) FactSchema.Keep(ref first, Refusal.Of(Codes.MissingMember, "CloudEvents", "subject"));
        if (!root.TryGetProperty("data", out var data)) FactSchema.Keep(ref first, Refusal.Of(Codes.MissingMember, "CloudEvents", "data"));
        else if (entry.Schema.Check(data) is { } misfit) FactSchema.Keep(ref first, misfit);
        if (data.ValueKind == JsonValueKind.Object) read = read with { Data = data.Clone() };
        var subject = default(Subject);
        if (read.SubjectText is null || !Subject.TryParse(read.SubjectText, out subject))
            FactSchema.Keep(ref first, Refusal.Of(Codes.InvalidValue, "subject", read.SubjectText));
        if (first is not null) return read with { Refusal = first };
        var fact = FactJson.ReadTrusted(entry, data);
        return KeyMismatch(subject, fact) is { } mismatch
            ? read with { Refusal = mismatch }
            : read with { Envelope = new Envelope(read.Id!, subject, fact, time) };
    }

    /// <summary>A calendar's year and a benchmark's period are also the key of their stream.</summary>
    public static Refusal? KeyMismatch(Subject subject, IFact fact) => fact switch
    {
        Calendar.CalendarYearPublished f when f.Year.ToString(System.Globalization.CultureInfo.InvariantCulture) != subject.Key =>
            Refusal.Of(Codes.InvalidValue, "year", f.Year),
        Benchmarks.ProvincialBenchmarkRecorded f when f.Period != subject.Key => Refusal.Of(Codes.InvalidValue, "period", f.Period),
        _ => null,
    };

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
        && FactSchema.TextOf(value) is { } text && !FactSchema.IsTooLong(text) ? text : null;
}

/// <summary>What could be read of a line.</summary>
/// <param name="Refusal">Why the line is refused; null when <see cref="Envelope"/> is there.</param>
public sealed record EnvelopeReading(Refusal? Refusal)
{
    /// <summary>The fact handed over, when nothing is wrong with the line itself.</summary>
    public Envelope? Envelope { get; init; }

    /// <summary>Its idempotency key, when that could be read.</summary>
    public FactId? Id { get; init; }

    /// <summary>Its type as written.</summary>
    public string? Type { get; init; }

    /// <summary>Its subject as written.</summary>
    public string? SubjectText { get; init; }

    /// <summary>Its data as written, to tell what later lines may have needed of it.</summary>
    public JsonElement? Data { get; init; }
}
