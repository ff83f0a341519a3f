using System.Text.Encodings.Web;
using System.Text.Json;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Units;

namespace Ledger.Host.Demo;

/// <summary>What a demo file holds.</summary>
/// <param name="Lines">How many facts.</param>
/// <param name="Units">How many units.</param>
/// <param name="Lawsuits">How many lawsuits.</param>
/// <param name="DocketedByYear">New lawsuits by year of docketing.</param>
public sealed record DemoSummary(long Lines, int Units, int Lawsuits, IReadOnlyDictionary<int, int> DocketedByYear)
{
    /// <summary>For people.</summary>
    public override string ToString() =>
        $"""
        合成数据：单位、案件、当事人姓名和案号均系虚构，仅供演示和测试，不反映任何真实情况。
        共 {Lines} 条事实，{Units} 个单位，{Lawsuits} 件案件（{Docketed}）。
        """;

    private string Docketed => string.Join("，", DocketedByYear.OrderBy(y => y.Key).Select(y => $"{y.Key}年立案 {y.Value} 件"));
}

/// <summary>Writes the synthetic county as an import file (facts.md §1).</summary>
public static class DemoFile
{
    private const int FlushAt = 1 << 20;

    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes JSON Lines, one fact at a time.</summary>
    public static async Task<DemoSummary> WriteAsync(Stream stream, DemoOptions options, CancellationToken cancellation = default)
    {
        var (lines, units, docketed) = (0L, 0, new Dictionary<int, int>());
        var buffer = new MemoryStream();
        await using var writer = new Utf8JsonWriter(buffer, Relaxed);
        foreach (var envelope in DemoCounty.Generate(options))
        {
            WriteLine(writer, buffer, envelope);
            lines++;
            if (envelope.Fact is UnitRegistered) units++;
            if (envelope.Fact is LawsuitDocketed { DocketedOn.Year: var year }) docketed[year] = docketed.GetValueOrDefault(year) + 1;
            if (buffer.Length < FlushAt) continue;
            await FlushAsync(buffer, stream, cancellation);
        }

        await FlushAsync(buffer, stream, cancellation);
        await stream.FlushAsync(cancellation);
        return new DemoSummary(lines, units, docketed.Values.Sum(), docketed);
    }

    private static void WriteLine(Utf8JsonWriter writer, MemoryStream buffer, Envelope envelope)
    {
        writer.WriteStartObject();
        writer.WriteString("specversion", "1.0");
        writer.WriteString("id", envelope.Id.Id);
        writer.WriteString("source", envelope.Id.Source);
        writer.WriteString("type", EventCatalog.NameOf(envelope.Fact));
        writer.WriteString("subject", envelope.Subject.ToString());
        if (envelope.Time is { } time) writer.WriteString("time", time.ToString("yyyy-MM-dd'T'HH:mm:sszzz"));
        writer.WritePropertyName("data");
        writer.WriteRawValue(FactJson.Write(envelope.Fact));
        writer.WriteEndObject();
        writer.Flush();
        writer.Reset();
        buffer.WriteByte((byte)'\n');
    }

    private static async Task FlushAsync(MemoryStream buffer, Stream stream, CancellationToken cancellation)
    {
        await stream.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), cancellation);
        buffer.SetLength(0);
    }
}
