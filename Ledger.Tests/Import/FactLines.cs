using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Ledger.Tests.Import;

/// <summary>Writes lines of an import file.</summary>
public static class FactLines
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Line(string subject, string type, object data, string id, string source = "/test") =>
        JsonSerializer.Serialize(
            new { specversion = "1.0", id, source, type, subject, time = "2023-04-10T09:12:00+08:00", data }, Json);

    public static string Unit(string key, string? id = null) => Line(
        $"unit/{key}", "UnitRegistered", new { name = key + "镇", kind = "Township", registeredOn = "2020-01-01" }, id ?? $"u-{key}");

    public static string Docketed(string key, string caseNo, string id, string unit = "a", string on = "2023-04-03") => Line(
        $"lawsuit/{key}", "LawsuitDocketed",
        new
        {
            caseNo, court = "舞阳县人民法院", docketedOn = on, category = "Administrative", cause = "行政处罚", field = "市场监管",
            actType = "行政处罚", defendants = new[] { new { unit, capacity = "Sole" } }, plaintiffs = new[] { "张三" },
        },
        id);

    public static string Opened(string key, string caseNo, string id, string level = "Second") => Line(
        $"lawsuit/{key}", "InstanceOpened", new { level, caseNo, court = "漯河市中级人民法院", openedOn = "2023-07-03" }, id);

    public static string Judged(string key, string caseNo, string id, string unit = "a", string outcome = "RevokeAll") => Line(
        $"lawsuit/{key}", "JudgmentRendered",
        new { caseNo, level = "First", kind = "Judgment", closedOn = "2023-06-01", dispositions = new[] { new { unit, outcome } } }, id);

    public static string Received(string key, string caseNo, string id, string unit = "a") => Line(
        $"lawsuit/{key}", "JudgmentReceived", new { unit, caseNo, receivedOn = "2023-06-05" }, id);

    public static string Renamed(string key, string target, string caseNo, string id) => Line(
        $"lawsuit/{key}", "FactCorrected",
        new { fact = new { source = "/test", id = target }, set = new { caseNo }, reason = "笔误", approvedBy = "复核人" }, id);

    public static string Retracted(string subject, string target, string id) => Line(
        subject, "FactRetracted", new { fact = new { source = "/test", id = target }, reason = "误录", approvedBy = "复核人" }, id);

    public static string Number(int n) => string.Create(CultureInfo.InvariantCulture, $"（2023）豫1121行初{n}号");

    /// <summary>A file as a court's share looks: some units, then ten facts for each lawsuit, interleaved as they happened.</summary>
    public static IEnumerable<string> Many(int lawsuits, int units = 20, int interleave = 50)
    {
        for (var u = 0; u < units; u++) yield return Unit($"u{u}");
        for (var from = 0; from < lawsuits; from += interleave)
            for (var step = 0; step < 10; step++)
                for (var n = from; n < Math.Min(lawsuits, from + interleave); n++)
                    yield return Step(n, step, $"u{n % units}");
    }

    private static string Step(int n, int step, string unit)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"2023-{n:D6}");
        var (subject, id, caseNo) = ($"lawsuit/{key}", $"{n}-{step}", Number(n + 1));
        return step switch
        {
            0 => Docketed(key, caseNo, id, unit),
            1 => Line(subject, "ResponseMaterialsReceived", new { unit, caseNo, receivedOn = "2023-04-06" }, id),
            2 => Line(subject, "CaseFilingSubmitted", new { unit, caseNo, submittedAt = "2023-04-08T10:00:00+08:00" }, id),
            3 => Line(subject, "AnswerSubmitted", new { unit, caseNo, submittedOn = "2023-04-18" }, id),
            4 => Line(subject, "CaseConferenceHeld", new { unit, heldOn = "2023-04-20", risk = "Yellow", plan = "负责人出庭" }, id),
            5 => Line(subject, "HearingHeld", new { caseNo, heldOn = "2023-05-10", openCourt = true, attendances = new[] { new { unit, by = "Deputy" } } }, id),
            6 => Judged(key, caseNo, id, unit),
            7 => Received(key, caseNo, id, unit),
            8 => Line(subject, "LossFilingDocumentSubmitted", new { unit, caseNo, document = "JudicialDocument", submittedAt = "2023-06-07T10:00:00+08:00", sha256 = new string('a', 64) }, id),
            _ => Line(subject, "OutcomeBecameEffective", new { caseNo, effectiveOn = "2023-06-21", basis = "AppealPeriodExpired" }, id),
        };
    }
}
