using System.Text.Json.Nodes;
using Ledger.Domain.Facts;
using Ledger.Tests.Import;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Http;

/// <summary>A file over HTTP: the same report as the verb's, and what a court may not record it cannot import.</summary>
[Collection(CountyCollection.Name)]
public sealed class ImportEndpointTests(CountyApp app)
{
    [Fact]
    public async Task A_file_is_imported_and_a_second_time_changes_nothing()
    {
        string[] lines = [FactLines.Unit("http-a"), FactLines.Docketed("http-1", "（2023）豫1121行初901号", "http-1", "http-a")];
        var report = await ImportAsync(lines, CountyApp.Admin, 200);
        report["imported"]!.GetValue<int>().ShouldBe(2);
        report = await ImportAsync(lines, CountyApp.Admin, 200);
        (report["imported"]!.GetValue<int>(), report["duplicates"]!.GetValue<int>()).ShouldBe((0, 2));
        var history = await app.JsonAsync("/api/lawsuits/http-1/history", CountyApp.Auditor);
        history[0]!["actor"]!.GetValue<string>().ShouldBe("admin");
    }

    [Fact]
    public async Task A_refused_line_refuses_the_file_and_is_named()
    {
        var report = await ImportAsync([FactLines.Unit("http-b"), FactLines.Unit("http-b", "again"), "{"], CountyApp.Supervisor, 422);
        report["code"]!.GetValue<string>().ShouldBe("import.refused");
        report["imported"]!.GetValue<int>().ShouldBe(0);
        report["refused"]!.AsArray().Select(r => (r!["line"]!.GetValue<int>(), r["code"]!.GetValue<string>())).ShouldContain((3, Codes.Malformed));
        await app.GetAsync("/api/units/http-b", CountyApp.Admin, 404);
    }

    [Fact]
    public async Task A_court_imports_what_happened_in_court_and_nothing_else()
    {
        await ImportAsync([FactLines.Docketed("http-2", "（2023）豫1121行初902号", "http-2", CountyApp.Mine)], CountyApp.Court, 200);
        var report = await ImportAsync(
            [FactLines.Judged("http-2", "（2023）豫1121行初902号", "http-2-j", CountyApp.Mine), FactLines.Unit("http-c")], CountyApp.Court, 422);
        var refused = report["refused"]!.AsArray().Single()!;
        (refused["line"]!.GetValue<int>(), refused["subject"]!.GetValue<string>(), refused["code"]!.GetValue<string>()).ShouldBe((2, "unit/http-c", "auth.forbidden"));
    }

    private async Task<JsonNode> ImportAsync(IEnumerable<string> lines, string token, int status)
    {
        var answer = await app.PostAsync("/api/import", string.Join('\n', lines), token, status, s => s.WithRequestHeader("Content-Type", "application/x-ndjson"));
        return JsonNode.Parse(await answer.ReadAsTextAsync())!;
    }
}
