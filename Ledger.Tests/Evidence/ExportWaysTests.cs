using System.Text.Json.Nodes;
using Ledger.Domain.Facts;
using Ledger.Domain.Units;
using Ledger.Host.Security;
using Ledger.Tests.Infrastructure;
using Ledger.Verifier.Cli;
using Ledger.Verifier.Reports;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Evidence;

/// <summary>Exports over HTTP and on the command line: a bundle that verifies, and the sealed fact that somebody took it.</summary>
public sealed class ExportWaysTests(WitnessedApp app) : IClassFixture<WitnessedApp>
{
    private const string Asked = """{"unit":"wuquan","recipient":"舞阳县人民法院","purpose":"核查"}""";

    [Fact]
    public async Task Over_http_a_bundle_comes_that_verifies_and_is_recorded()
    {
        await app.PostAsync("/api/evidence/exports", Asked, TestTokens.Of(LedgerRole.Clerk, "wuquan"), 403);
        await app.PostAsync("/api/evidence/exports", Asked, null, 401);
        await app.PostAsync("/api/evidence/exports", Asked.Replace("wuquan", "nobody", StringComparison.Ordinal), TestTokens.Of(LedgerRole.Supervisor), 404);
        await app.PostAsync("/api/evidence/exports", Asked.Replace("核查", "", StringComparison.Ordinal), TestTokens.Of(LedgerRole.Supervisor), 400);
        // An inspector may take the proof, not the names.
        await app.PostAsync("/api/evidence/exports", Asked.Replace("}", ",\"disclosure\":\"Full\"}", StringComparison.Ordinal), TestTokens.Of(LedgerRole.Inspector), 403);

        var answer = await app.PostAsync("/api/evidence/exports", Asked, TestTokens.Of(LedgerRole.Inspector), 200);
        answer.Context.Response.ContentType.ShouldBe("application/zip");
        answer.Context.Response.Headers.ContentDisposition.ToString().ShouldContain("evidence-wuquan-");
        var sha256 = answer.Context.Response.Headers["Ledger-Sha256"].ToString();
        var zip = app.File("http.zip");
        await File.WriteAllBytesAsync(zip, await LogHttpTests.BodyAsync(answer));
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(await File.ReadAllBytesAsync(zip))).ShouldBe(sha256);
        // With the witness's cosignature and the time-stamp, as the county's policy asks.
        Verify(zip, "--policy", app.File("policy"), "--tsa", app.Tsa.Root).ShouldBe(Outcome.Good);
        await RecordedAsync(sha256, "inspector");
    }

    [Fact]
    public async Task On_the_command_line_too_and_the_export_is_sealed_when_the_verb_ends()
    {
        var zip = app.File("cli.zip");
        var (code, output, errors) = await app.RunAsync(
            "evidence", "export", "--unit", "wuquan", "--recipient", "舞阳县人民法院", "--purpose", "核查", "--period", "2024Q2", "--as-of", "2024-06-30", "--to", zip, "--lang", "en");
        code.ShouldBe(0, errors);
        var sha256 = output.Trim()[^64..];
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(await File.ReadAllBytesAsync(zip))).ShouldBe(sha256);
        Verify(zip, "--policy", app.File("policy"), "--tsa", app.Tsa.Root).ShouldBe(Outcome.Good);
        var bundle = Json(zip, "data/bundle.json");
        ((string)bundle["selection"]!["period"]!).ShouldBe("2024Q2");
        ((string)bundle["asOf"]!).ShouldBe("2024-06-30");
        Json(zip, "data/claims.json")["rankings"]!.AsArray().Count.ShouldBe(1);
        File.Exists(zip + ".part").ShouldBeFalse();
        await RecordedAsync(sha256, Environment.UserName);

        (code, _, errors) = await app.RunAsync("evidence", "export", "--unit", "nobody", "--to", app.File("none.zip"));
        code.ShouldBe(2);
        errors.ShouldContain(Codes.UnitNotFound);
        File.Exists(app.File("none.zip")).ShouldBeFalse();
        (await app.RunAsync("evidence", "export", "--unit", "wuquan", "--period", "2024Q9", "--to", app.File("none.zip"))).Code.ShouldBe(2);
        (await app.RunAsync("evidence", "export", "--unit", "wuquan", "--to", app.File("no/such/folder.zip"))).Code.ShouldBe(3);
    }

    [Fact]
    public async Task What_was_recorded_later_does_not_count_in_a_bundle_of_then()
    {
        var then = (DateTime)(await app.SqlAsync("select clock_timestamp()"))!;
        await app.RecordAsync("unit/wuquan", new UnitRenamed("新舞泉镇", new DateOnly(2024, 1, 1)));
        var zip = app.File("then.zip");
        var (code, _, errors) = await app.RunAsync("evidence", "export", "--unit", "wuquan", "--known-at", then.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ"), "--to", zip);
        code.ShouldBe(0, errors);
        Verify(zip, "--key", app.Log.ToString()).ShouldBe(Outcome.Good);
        var bundle = Json(zip, "data/bundle.json");
        ((string)bundle["knownAt"]!).ShouldBe(then.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ"));
        // The renaming is there, beyond the position that the numbers rest on.
        Entry(zip, "data/facts.jsonl").ShouldContain("新舞泉镇");
        var last = Entry(zip, "data/leaves.jsonl").Split('\n', StringSplitOptions.RemoveEmptyEntries).Max(l => long.Parse((string)JsonNode.Parse((string)JsonNode.Parse(l)!["entry"]!)!["seq"]!));
        long.Parse((string)bundle["position"]!).ShouldBeLessThan(last);
        Entry(zip, "data/claims.json").ShouldNotContain("新舞泉镇");
    }

    private static Outcome Verify(string zip, params string[] brought)
    {
        using var said = new StringWriter();
        var code = VerifyCommand.Run([zip, .. brought, "--lang", "en"], said, said);
        if (code != 0) TestContext.Current.SendDiagnosticMessage("{0}", said);
        return (Outcome)code;
    }

    private async Task RecordedAsync(string sha256, string by)
    {
        var entry = JsonNode.Parse((string)(await app.SqlAsync(
            $"select convert_from(l.entry, 'UTF8') from ledger.leaf l where l.kind = 'event' and convert_from(l.entry, 'UTF8')::jsonb ->> 'stream' = 'export/{sha256[..32]}' "
            + "and l.leaf_index < (select max(tree_size) from ledger.checkpoint)"))!)!;
        ((string)entry["type"]!).ShouldBe("EvidenceExported");
        var data = JsonNode.Parse((string)(await app.SqlAsync($"select data::text from mt.mt_events where stream_id = 'export/{sha256[..32]}'"))!)!;
        ((string)data["sha256"]!).ShouldBe(sha256);
        ((string)data["exportedBy"]!).ShouldBe(by);
        ((string)data["recipient"]!).ShouldBe("舞阳县人民法院");
        ((string)data["purpose"]!).ShouldBe("核查");
    }

    private static JsonNode Json(string zip, string name) => JsonNode.Parse(Entry(zip, name))!;

    private static string Entry(string zip, string name) => BundledLedger.Text(File.ReadAllBytes(zip), name);
}
