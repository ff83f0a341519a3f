using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Verifier.Reports;

namespace Ledger.Verifier.Cli;

/// <summary>The report for programs.</summary>
internal static class JsonReport
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(Report report) => new JsonObject
    {
        ["v"] = 1,
        ["exitCode"] = (int)report.Verdict,
        ["verdict"] = NameOf(report.Verdict),
        ["subject"] = Text(report.Subject),
        ["properties"] = new JsonObject(Enum.GetValues<ArchiveProperty>().Select(property => KeyValuePair.Create(NameOf(property), (JsonNode?)StateOf(report, property)))),
        ["checks"] = new JsonArray([.. report.Checks.Select(Check)]),
        ["notChecked"] = new JsonArray([.. report.NotChecked.Select(item => new JsonObject { ["code"] = item.Code, ["text"] = Text(item.Text) })]),
    }.ToJsonString(Options) + "\n";

    private static JsonObject Check(Check check) => new()
    {
        ["code"] = check.Code,
        ["property"] = NameOf(check.Property),
        ["passed"] = check.Passed,
        ["title"] = Text(check.Title),
        ["found"] = check.Passed ? Text(check.Found) : null,
        ["findings"] = new JsonArray([.. check.Findings.Select(finding => new JsonObject
        {
            ["outcome"] = NameOf(finding.Outcome),
            ["code"] = finding.Code,
            ["where"] = finding.Where,
            ["text"] = Text(finding.Text),
        })]),
    };

    private static string StateOf(Report report, ArchiveProperty property) =>
        report.Checks.Where(check => check.Property == property).ToList() is { Count: > 0 } checks
            ? checks.TrueForAll(check => check.Passed) ? "passed" : "failed"
            : "not-checked";

    private static JsonObject Text(Bilingual text) => new() { ["zh"] = text.Chinese, ["en"] = text.English };

    private static string NameOf<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
