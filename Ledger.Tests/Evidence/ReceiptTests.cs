using System.Text;
using System.Text.Json.Nodes;
using Ledger.Domain.Facts;
using Ledger.Domain.Sealing;
using Ledger.Domain.Units;
using Ledger.Host.Intake;
using Ledger.Host.Security;
using Ledger.Tests.Infrastructure;
using Ledger.Verifier.Cli;
using Ledger.Verifier.Reports;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Evidence;

/// <summary>Receipts over HTTP and on the command line: whoever filed a fact keeps the proof, and a verifier that knows only the policy accepts it.</summary>
public sealed class ReceiptTests(ReceiptTests.CaseApp app) : IClassFixture<ReceiptTests.CaseApp>
{
    private static readonly FactId Case = new("/tests/filed", "case");

    private static string Of(FactId id, string more = "") => $"/api/evidence/receipts?source={Uri.EscapeDataString(id.Source)}&id={id.Id}{more}";

    [Fact]
    public async Task A_units_clerk_gets_a_receipt_that_verifies()
    {
        await app.SealedAsync();
        var answer = await app.GetAsync(Of(Case), TestTokens.Of(LedgerRole.Clerk, "wuquan"));
        answer.Context.Response.ContentType.ShouldBe("text/plain; charset=utf-8");
        answer.Context.Response.Headers.CacheControl.ToString().ShouldBe("private, no-cache");
        answer.Context.Response.Headers.ContentDisposition.ToString().ShouldEndWith(".tlog-proof\"");
        await VerifiedAsync(await answer.ReadAsTextAsync());
        await app.GetAsync(Of(Case with { Id = "nothing" }), TestTokens.Of(LedgerRole.Clerk, "wuquan"), 404);
    }

    [Fact]
    public async Task A_clerk_of_another_unit_gets_none()
    {
        await app.SealedAsync();
        var refused = await app.GetAsync(Of(Case), TestTokens.Of(LedgerRole.Clerk, "macun"), 403);
        (await refused.ReadAsTextAsync()).ShouldContain(Codes.UnitForbidden);
        await app.GetAsync(Of(Case), TestTokens.Of(LedgerRole.Court), 403);
        await app.GetAsync(Of(Case), null, 401);
    }

    [Fact]
    public async Task Who_may_not_read_names_gets_hashes_of_them_and_the_proof_is_as_good()
    {
        await app.SealedAsync();
        var masked = await (await app.GetAsync(Of(Case), TestTokens.Of(LedgerRole.Inspector))).ReadAsTextAsync();
        var opening = await VerifiedAsync(masked);
        opening["fact"]!["data"]!["plaintiffs"].ShouldBeNull();
        opening["hidden"]!["data"]!["plaintiffs"].ShouldNotBeNull();
        opening["salt"].ShouldBeNull();
        Encoding.UTF8.GetString(TlogProof.Parse(Encoding.UTF8.GetBytes(masked)).Extra!).ShouldNotContain("张三");
        var whole = await VerifiedAsync(await (await app.GetAsync(Of(Case), TestTokens.Of(LedgerRole.Auditor))).ReadAsTextAsync());
        ((string)whole["fact"]!["data"]!["plaintiffs"]![0]!).ShouldBe("张三");
        whole["salt"].ShouldNotBeNull();
    }

    [Fact]
    public async Task A_receipt_can_be_waited_for()
    {
        await app.SealedAsync();
        await using var connection = new NpgsqlConnection(app.AdministratorConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        // Nobody seals while the head is held.
        var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var hold = new NpgsqlCommand("select from ledger.head for update", connection)) await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        var filed = new FactId("/tests/filed", "later");
        await app.FileAsync("unit/later", new UnitRegistered("后来乡", UnitKind.Township, new DateOnly(2020, 1, 1)), filed);
        var auditor = TestTokens.Of(LedgerRole.Auditor);
        (await (await app.GetAsync(Of(filed), auditor, 404)).ReadAsTextAsync()).ShouldContain(Codes.EvidenceNotSealed);
        var waiting = app.GetAsync(Of(filed, "&wait=true"), auditor);
        (await app.GetAsync(Of(filed, "&wait=false"), auditor, 404)).ShouldNotBeNull();
        waiting.IsCompleted.ShouldBeFalse();
        await transaction.RollbackAsync(TestContext.Current.CancellationToken);
        await VerifiedAsync(await (await waiting).ReadAsTextAsync());
    }

    [Fact]
    public async Task The_command_line_seals_first_and_writes_the_same_proof()
    {
        var filed = new FactId("/tests/filed", "by-cli");
        await app.FileAsync("unit/bycli", new UnitRegistered("命令乡", UnitKind.Township, new DateOnly(2020, 1, 1)), filed);
        var (code, output, errors) = await app.RunAsync("evidence", "receipt", "--source", filed.Source, "--id", filed.Id, "--to", app.File("receipt"));
        (code, output).ShouldBe((0, ""), errors);
        ((string)(await VerifiedAsync(await File.ReadAllTextAsync(app.File("receipt"))))["fact"]!["subject"]!).ShouldBe("unit/bycli");
        await VerifiedAsync((await app.RunAsync("evidence", "receipt", "--source", filed.Source, "--id", filed.Id)).Output);
        (code, output, errors) = await app.RunAsync("evidence", "receipt", "--source", filed.Source, "--id", "nothing");
        (code, output).ShouldBe((2, ""));
        errors.ShouldContain(Codes.EvidenceNotSealed);
    }

    // With the verifier's own command line and nothing but the log's key; answers what opens the entry.
    private async Task<JsonNode> VerifiedAsync(string receipt)
    {
        var folder = Directory.CreateTempSubdirectory("ledger-receipt-");
        try
        {
            var opening = JsonNode.Parse(TlogProof.Parse(Encoding.UTF8.GetBytes(receipt)).Extra!)!;
            var (proof, entry) = (Path.Combine(folder.FullName, "proof"), Path.Combine(folder.FullName, "entry"));
            await File.WriteAllTextAsync(proof, receipt);
            await File.WriteAllTextAsync(entry, (string)opening["entry"]!);
            string[] verify = ["receipt", proof, "--entry", entry, "--key", app.Log.ToString()];
            VerifyCommand.Run(verify, TextWriter.Null, TextWriter.Null).ShouldBe((int)Outcome.Good);
            await File.WriteAllTextAsync(entry, ((string)opening["entry"]!).Replace("\"type\":\"", "\"type\":\"X", StringComparison.Ordinal));
            VerifyCommand.Run(verify, TextWriter.Null, TextWriter.Null).ShouldBe((int)Outcome.Tampered);
            return opening;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>With a lawsuit whose plaintiff has a name.</summary>
    public sealed class CaseApp : WitnessedApp
    {
        protected override async Task ArrangeAsync()
        {
            await base.ArrangeAsync();
            await RecordAsync("unit/macun", new UnitRegistered("马村乡", UnitKind.Township, new DateOnly(2020, 1, 1)));
            await FileAsync("lawsuit/a", Samples.Docketed("wuquan") with { Plaintiffs = ["张三"] }, Case);
        }

        public async Task FileAsync(string subject, IFact fact, FactId id) =>
            (await Services.GetRequiredService<FactIntake>().RecordAsync(new RecordFact(Samples.Subject(subject), fact, id, "tests"))).Refusal.ShouldBeNull();
    }
}
