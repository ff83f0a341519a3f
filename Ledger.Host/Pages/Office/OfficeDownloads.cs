using System.Net.Mime;
using Ledger.Domain.Facts;
using Ledger.Host.Answers;
using Ledger.Host.Api;
using Ledger.Host.Office;
using Ledger.Host.Office.Documents;
using Ledger.Host.Office.Sheets;
using Ledger.Host.Security;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Ledger.Host.Pages.Office;

/// <summary>Files to take away, for the session's person: what they hold is what the pages show.</summary>
internal static class OfficeDownloads
{
    /// <summary>Where documents are downloaded.</summary>
    public const string DocumentPath = "/documents/file";

    /// <summary>Where a ranking is downloaded as a workbook.</summary>
    public const string RankingPath = "/ranking/workbook";

    private const int LongestSerialNo = 60;
    private const int LongestName = 80;

    /// <summary>Maps them.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(DocumentPath, DocumentAsync).RequireAuthorization(LedgerPolicies.ReadOffice).ExcludeFromDescription();
        routes.MapGet(RankingPath, RankingAsync).RequireAuthorization(LedgerPolicies.Query).ExcludeFromDescription();
    }

    /// <summary>Who issues documents, as it is configured, for somebody at an address.</summary>
    public static Issuing IssuingOf(OfficeOptions options, string address, string? serialNo) => new(
        options.Organ, options.SerialWord, options.Superior, (options.PublicAddress ?? address).TrimEnd('/'),
        string.IsNullOrWhiteSpace(serialNo) ? null : serialNo.Trim()[..Math.Min(serialNo.Trim().Length, LongestSerialNo)]);

    /// <summary>The services of a request answer for its person, as those of a circuit do.</summary>
    public static void ActFor(HttpContext http) =>
        ((IHostEnvironmentAuthenticationStateProvider)http.RequestServices.GetRequiredService<AuthenticationStateProvider>())
            .SetAuthenticationState(Task.FromResult(new AuthenticationState(http.User)));

    /// <summary>A file that is saved, never shown within the pages.</summary>
    public static IResult File(HttpContext http, byte[] content, string mediaType, string name)
    {
        var disposition = new ContentDispositionHeaderValue(DispositionTypeNames.Attachment);
        disposition.SetHttpFileName(name);
        http.Response.Headers.ContentDisposition = disposition.ToString();
        return Results.Bytes(content, mediaType);
    }

    private static async Task<IResult> DocumentAsync(
        [FromQuery] string? kind, [FromQuery] string? key, [FromQuery] string? no, [AsParameters] TimesAsked times, HttpContext http, OfficeDocuments documents, IOptions<OfficeOptions> options)
    {
        if (!Enum.TryParse<DocumentKind>(kind, out var of) || !Enum.IsDefined(of)) return Problems.Of(Refusal.Of(Codes.QueryInvalid, "kind", kind));
        if (string.IsNullOrEmpty(key)) return Problems.Of(Refusal.Of(Codes.QueryInvalid, "key", key));
        ActFor(http);
        var issuing = IssuingOf(options.Value, $"{http.Request.Scheme}://{http.Request.Host}", no);
        var made = await documents.MakeAsync(of, key, issuing, times);
        return made.Value is { } document
            ? File(http, WordWriter.Write(document), WordWriter.MediaType, NameOf(document.Title) + ".docx")
            : made.Refusal!.Code == OfficeRefusals.NoDocument.Code ? Problems.Of(made.Refusal, StatusCodes.Status404NotFound) : Problems.Of(made.Refusal);
    }

    private static async Task<IResult> RankingAsync(
        [FromQuery] string? period, [FromQuery] string? list, [FromQuery] string? policy, [AsParameters] TimesAsked times, HttpContext http, PageAnswers answers, IOptions<OfficeOptions> options)
    {
        ActFor(http);
        var texts = new PageTexts(PagePreferences.Of(http).IsEnglish);
        var answer = await answers.RankingAsync(period ?? "", list, policy, times);
        if (answer.Value is not { } ranking) return Problems.Of(answer.Refusal!);
        var fixedly = new RankingQuery(ranking.Period.Text, list, policy, times, null).Fixed(answer.Scope!, ranking.Policy.Id);
        var address = (options.Value.PublicAddress ?? $"{http.Request.Scheme}://{http.Request.Host}").TrimEnd('/');
        var tied = ranking.Rows.Where(r => r.Rank is not null).CountBy(r => r.Rank!.Value).Where(t => t.Value > 1).Select(t => t.Key).ToHashSet();
        var content = RankingWorkbook.Write(ranking, answer.Scope!, address + fixedly.Ranking, Notes, texts);
        return File(http, content, WorkbookWriter.MediaType, NameOf($"{texts.Ranking}-{ranking.Period}-{texts.ListName(ranking.List)}") + ".xlsx");

        string Notes(Domain.Counting.RankingRow row) => string.Join(texts.Say("；", "; "), new[]
        {
            row.Rank is { } rank && tied.Contains(rank) ? texts.Tied : null, row.Figures.IsSmallSample ? texts.SmallSample : null,
            row.Rank is null ? texts.Unranked : null, row.Barred == true ? texts.Barred : null,
        }.OfType<string>());
    }

    // What no file system takes is left out.
    private static string NameOf(string title)
    {
        var name = string.Concat(title.Where(c => !char.IsControl(c) && !"/\\:*?\"<>|".Contains(c, StringComparison.Ordinal)));
        return name.Length > LongestName ? name[..LongestName] : name;
    }
}
