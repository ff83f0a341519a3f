using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Domain.Plan;

namespace Ledger.Domain.Periods;

/// <summary>
/// The canonical text of a ranking and its hash: what a closing fixes. The text is a JSON array without white space: one object
/// for each row in the order of the ranking, then one for the county, with the members
/// <c>unit</c> (null for the county), <c>rank</c> (null without one), <c>lossRate</c>, <c>newCases</c>,
/// <c>mediatedOrWithdrawn</c>, <c>headAttendance</c>, <c>timelyCaseFiling</c>, <c>timelyLossFiling</c> and, for a year and a
/// unit, <c>barred</c>; each rate is <c>{"n":…,"d":…}</c>, not reduced. Names are no numbers and stand outside of it. All of
/// it can be taken from the answer of <c>GET /api/rankings/{period}</c>. The hash is the lower-case hexadecimal SHA-256 of the
/// text in UTF-8. The text never changes, for published hashes rest on it.
/// </summary>
public static class RankingText
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The ranking of a period that is over, over all units, by the policy that governs it; or why there is none.</summary>
    public static (Ranking? Ranking, Refusal? Refusal) Rank(Situation at, Period period, string policy)
    {
        if (!period.IsQuarter() && !period.IsYear) return (null, Refusal.Of(Codes.PeriodNotQuarterOrYear, period));
        if (at.AsOf < period.Last) return (null, Refusal.Of(Codes.PeriodNotOver, period, Iso(period.Last), Iso(at.AsOf)));
        if (at.County.Policies.Find(policy) is not { } found) return (null, Refusal.Of(Codes.PolicyNotFound, policy));
        var governing = at.County.Policies.GoverningFrom(period.First);
        return governing.Id == policy
            ? (at.County.Rank(period, UnitList.All, found), null)
            : (null, Refusal.Of(Codes.PeriodPolicyNotGoverning, period, governing.Id, policy));
    }

    /// <summary>The canonical text.</summary>
    public static string Of(Ranking ranking)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Relaxed))
        {
            writer.WriteStartArray();
            foreach (var row in ranking.Rows) Write(writer, row.Unit, row.Rank, row.Figures, row.Barred);
            Write(writer, null, null, ranking.County, null);
            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Its hash.</summary>
    public static string Sha256Of(Ranking ranking) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Of(ranking))));

    private static void Write(Utf8JsonWriter writer, string? unit, int? rank, Figures figures, bool? barred)
    {
        writer.WriteStartObject();
        writer.WriteString("unit", unit);
        if (rank is { } at) writer.WriteNumber("rank", at);
        else writer.WriteNull("rank");
        Rate("lossRate", figures.LossRate);
        writer.WriteNumber("newCases", figures.NewCases);
        Rate("mediatedOrWithdrawn", figures.MediatedOrWithdrawn);
        Rate("headAttendance", figures.HeadAttendance);
        Rate("timelyCaseFiling", figures.TimelyCaseFiling);
        Rate("timelyLossFiling", figures.TimelyLossFiling);
        if (barred is { } isBarred) writer.WriteBoolean("barred", isBarred);
        writer.WriteEndObject();

        void Rate(string name, Ratio ratio)
        {
            writer.WriteStartObject(name);
            writer.WriteNumber("n", ratio.N);
            writer.WriteNumber("d", ratio.D);
            writer.WriteEndObject();
        }
    }

    private static string Iso(DateOnly day) => day.ToString("O", System.Globalization.CultureInfo.InvariantCulture);
}
