using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Units;
using Ledger.Host.Api;
using Ledger.Host.Attachments;
using Ledger.Host.Security;
using Ledger.Tests.Http;
using Ledger.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Attachments;

/// <summary>Two units, each with a loss of its own.</summary>
public sealed class DocumentsApp : AppFixture
{
    public const string Mine = "wuquan";
    public const string Other = "beiwudu";

    protected override async Task ArrangeAsync()
    {
        foreach (var unit in new[] { Mine, Other })
            await RecordAsync("unit/" + unit, new UnitRegistered(unit + "镇", UnitKind.Township, new DateOnly(2020, 1, 1)));
        await LossAsync("mine", 1, Mine);
        await LossAsync("other", 2, Other);
    }

    /// <summary>A fact of a lawsuit that names a document.</summary>
    public Task NameAsync(string key, int n, string unit, LossDocument document, string hash) => RecordAsync(
        "lawsuit/" + key, new LossFilingDocumentSubmitted(unit, CountyApp.CaseNo(n), document, new DateTimeOffset(2024, 5, 25, 9, 0, 0, TimeSpan.FromHours(8)), hash));

    private Task LossAsync(string key, int n, string unit) => RecordAsync(
        "lawsuit/" + key,
        CountyApp.Docketed(n, unit, "张三丰"),
        new JudgmentRendered(CountyApp.CaseNo(n), InstanceLevel.First, DocumentKind.Judgment, new DateOnly(2024, 5, 20), [new Disposition(unit, Outcome.RevokeAll)]),
        new JudgmentReceived(unit, CountyApp.CaseNo(n), new DateOnly(2024, 5, 24)));

    /// <summary>Sends a request as somebody.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string hash, string? token, HttpContent? content = null, string? ifNoneMatch = null)
    {
        using var client = Host.Server.CreateClient();
        client.Timeout = TimeSpan.FromSeconds(60);
        using var request = new HttpRequestMessage(method, "/api/attachments/" + hash) { Content = content };
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (ifNoneMatch is not null) request.Headers.IfNoneMatch.Add(new EntityTagHeaderValue(ifNoneMatch));
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>Stores a text as somebody and gives its hash.</summary>
    public async Task<string> StoreAsync(string text, string token, HttpStatusCode status = HttpStatusCode.Created)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));
        using var answer = await SendAsync(HttpMethod.Put, hash, token, new ByteArrayContent(bytes));
        answer.StatusCode.ShouldBe(status, await answer.Content.ReadAsStringAsync());
        return hash;
    }
}

/// <summary>Documents over HTTP: who stores and who reads, and what an answer says.</summary>
public sealed class AttachmentEndpointTests(DocumentsApp app) : IClassFixture<DocumentsApp>
{
    private static readonly string Clerk = TestTokens.Of(LedgerRole.Clerk, DocumentsApp.Mine);
    private static readonly string OtherClerk = TestTokens.Of(LedgerRole.Clerk, DocumentsApp.Other);
    private static readonly string Supervisor = TestTokens.Of(LedgerRole.Supervisor);

    [Fact]
    public async Task The_largest_document_goes_in_and_out_as_it_is()
    {
        var hash = new PassingStream(AttachmentStore.Largest).Hash();
        using (var put = await app.SendAsync(HttpMethod.Put, hash.ToUpperInvariant(), Supervisor, Typed(new PassingStream(AttachmentStore.Largest), "text/html")))
        {
            put.StatusCode.ShouldBe(HttpStatusCode.Created);
            var body = JsonNode.Parse(await put.Content.ReadAsStringAsync())!;
            (body["sha256"]!.GetValue<string>(), body["size"]!.GetValue<long>(), body["mediaType"]!.GetValue<string>()).ShouldBe((hash, AttachmentStore.Largest, "application/pdf"));
            put.Headers.Location!.ToString().ShouldBe("/api/attachments/" + hash);
        }

        (await app.SendAsync(HttpMethod.Put, hash, Supervisor, new StreamContent(new PassingStream(AttachmentStore.Largest)))).StatusCode.ShouldBe(HttpStatusCode.OK);
        var auditor = TestTokens.Of([LedgerRole.Auditor], subject: "document-reader");
        using var get = await app.SendAsync(HttpMethod.Get, hash, auditor);
        get.StatusCode.ShouldBe(HttpStatusCode.OK);
        await using var output = new HashingStream();
        await (await get.Content.ReadAsStreamAsync()).CopyToAsync(output);
        (output.Taken, output.Hash).ShouldBe((AttachmentStore.Largest, hash));
        get.Content.Headers.ContentType!.ToString().ShouldBe("application/pdf");
        get.Content.Headers.ContentLength.ShouldBe(AttachmentStore.Largest);
        get.Content.Headers.ContentDisposition!.ToString().ShouldBe($"attachment; filename=\"{hash[..16]}.pdf\"");
        get.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        get.Headers.ETag!.Tag.ShouldBe($"\"{hash}\"");
        get.Headers.CacheControl!.ToString().ShouldContain("private");

        using var head = await app.SendAsync(HttpMethod.Head, hash, auditor);
        (head.StatusCode, head.Content.Headers.ContentLength, head.Headers.ETag!.Tag).ShouldBe((HttpStatusCode.OK, AttachmentStore.Largest, $"\"{hash}\""));
        (await head.Content.ReadAsByteArrayAsync()).ShouldBeEmpty();
        (await app.SendAsync(HttpMethod.Get, hash, auditor, ifNoneMatch: $"\"{hash}\"")).StatusCode.ShouldBe(HttpStatusCode.NotModified);

        // One reading, logged as one: neither a look whether it is there nor a copy that the reader has.
        var logged = app.Logs.Lines.Where(l => l.Category == PersonalData.Category && (string?)l.Values["Actor"] == "document-reader").ShouldHaveSingleItem();
        ((string?)logged.Values["Document"], (string?)logged.Values["Client"]).ShouldBe((hash, "tests"));
    }

    [Fact]
    public async Task What_is_refused_has_a_code_and_leaves_nothing()
    {
        var large = new PassingStream(AttachmentStore.Largest + 1);
        await RefusedAsync(large.Hash(), new StreamContent(large), 413, Codes.AttachmentTooLarge);
        var said = new StreamContent(new PassingStream(10)) { Headers = { ContentLength = AttachmentStore.Largest + 1 } };
        await RefusedAsync(large.Hash(), said, 413, Codes.AttachmentTooLarge);
        await RefusedAsync(new string('0', 64), new StreamContent(new PassingStream(1000, seed: 9)), 422, Codes.AttachmentHashDiffers);
        var program = new PassingStream(1000, "MZ");
        await RefusedAsync(program.Hash(), Typed(program, "application/pdf"), 415, Codes.AttachmentTypeNotAccepted);
        await RefusedAsync("abc", new StreamContent(new PassingStream(10)), 422, Codes.InvalidValue);
        using var none = await app.SendAsync(HttpMethod.Get, large.Hash(), Supervisor);
        (none.StatusCode, CodeOf(await none.Content.ReadAsStringAsync())).ShouldBe((HttpStatusCode.NotFound, Codes.AttachmentNotFound));

        async Task RefusedAsync(string hash, HttpContent content, int status, string code)
        {
            using var answer = await app.SendAsync(HttpMethod.Put, hash, Supervisor, content);
            ((int)answer.StatusCode, CodeOf(await answer.Content.ReadAsStringAsync())).ShouldBe((status, code));
        }
    }

    [Fact]
    public async Task Each_role_stores_and_reads_what_it_may_and_nothing_else()
    {
        var document = await app.StoreAsync("谁都可以问", Supervisor);
        // The own unit's clerk has it too: somebody of the unit stored it.
        await app.StoreAsync("谁都可以问", Clerk, HttpStatusCode.OK);
        foreach (var role in Enum.GetValues<LedgerRole>())
        {
            var token = role == LedgerRole.Clerk ? Clerk : TestTokens.Of(role);
            await app.StoreAsync("由" + role, token, role is LedgerRole.Clerk or LedgerRole.Supervisor or LedgerRole.Court ? HttpStatusCode.Created : HttpStatusCode.Forbidden);
            foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head })
                (await app.SendAsync(method, document, token)).StatusCode.ShouldBe(role == LedgerRole.Court ? HttpStatusCode.Forbidden : HttpStatusCode.OK, $"{role} {method}");
        }

        (await app.SendAsync(HttpMethod.Get, document, null)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_clerk_reads_what_the_own_unit_stored_and_naming_a_hash_opens_nothing()
    {
        var own = await app.StoreAsync("本单位存放", Clerk);
        await ReadsAsync(own, Clerk, HttpStatusCode.OK);
        await ReadsAsync(own, TestTokens.Of([LedgerRole.Clerk], DocumentsApp.Mine, subject: "colleague"), HttpStatusCode.OK);
        await ReadsAsync(own, OtherClerk, HttpStatusCode.Forbidden);
        await ReadsAsync(own, TestTokens.Of(LedgerRole.Clerk), HttpStatusCode.Forbidden);

        // Stored by the other unit as well: then it is both units' own.
        await app.StoreAsync("本单位存放", OtherClerk, HttpStatusCode.OK);
        await ReadsAsync(own, OtherClerk, HttpStatusCode.OK);

        var offices = await app.StoreAsync("办公室存放", Supervisor);
        await ReadsAsync(offices, Clerk, HttpStatusCode.Forbidden);
        await app.NameAsync("mine", 1, DocumentsApp.Mine, LossDocument.CauseAnalysis, offices);
        // A clerk may record such a fact of any hash: to name a document is not to have it.
        await ReadsAsync(offices, Clerk, HttpStatusCode.Forbidden);
        await ReadsAsync(offices, OtherClerk, HttpStatusCode.Forbidden);

        // Whether something is there at all is none of a stranger's business either.
        await ReadsAsync(new string('1', 64), Clerk, HttpStatusCode.Forbidden);
        await app.StoreAsync("无单位", TestTokens.Of(LedgerRole.Clerk), HttpStatusCode.Forbidden);

        async Task ReadsAsync(string hash, string token, HttpStatusCode status)
        {
            using var answer = await app.SendAsync(HttpMethod.Get, hash, token);
            answer.StatusCode.ShouldBe(status);
            if (status == HttpStatusCode.Forbidden) CodeOf(await answer.Content.ReadAsStringAsync()).ShouldBe(Codes.UnitForbidden);
        }
    }

    [Fact]
    public async Task A_history_shows_whether_the_document_is_present()
    {
        const string text = "整改措施";
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        await app.NameAsync("other", 2, DocumentsApp.Other, LossDocument.RectificationMeasures, hash);
        Shown(await HistoryAsync()).ShouldBe([$$"""[{"member":"sha256","sha256":"{{hash}}","present":false,"mediaType":null,"size":null}]"""]);
        await app.StoreAsync(text, OtherClerk);
        var present = $$"""[{"member":"sha256","sha256":"{{hash}}","present":true,"mediaType":"text/plain; charset=utf-8","size":12}]""";
        Shown(await HistoryAsync()).ShouldBe([present]);

        // A correction shows the document that it puts in the place of the first.
        var wrong = (await HistoryAsync()).Single(e => e!["documents"] is not null)!;
        await app.PostAsync("/api/lawsuits/other/fact-corrected", $$"""
            {"fact":{"source":"{{wrong["source"]}}","id":"{{wrong["id"]}}"},"set":{"sha256":"{{new string('2', 64)}}"},"reason":"错传","approvedBy":"局长"}
            """, Supervisor);
        Shown(await HistoryAsync()).ShouldBe([present, $$"""[{"member":"set.sha256","sha256":"{{new string('2', 64)}}","present":false,"mediaType":null,"size":null}]"""]);

        async Task<JsonArray> HistoryAsync() => (await app.JsonAsync("/api/lawsuits/other/history", Supervisor)).AsArray();
        static IEnumerable<string> Shown(JsonArray history) =>
            history.Where(e => e!.AsObject().ContainsKey("documents")).Select(e => e!["documents"]!.ToJsonString(FactJson.Options));
    }

    private static StreamContent Typed(Stream body, string mediaType) => new(body) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } };

    private static string CodeOf(string problem) => JsonNode.Parse(problem)!["code"]!.GetValue<string>();
}
