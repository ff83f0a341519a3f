using Ledger.Domain.Facts;
using Ledger.Host.Api;
using Ledger.Host.Office;
using Ledger.Host.Office.Imports;
using Ledger.Host.Office.Sheets;
using Ledger.Host.Security;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Host.Pages.Office;

/// <summary>Files of imports: sent, given back with reasons, and empty ones to fill in.</summary>
internal static class ImportFiles
{
    /// <summary>Where files are sent.</summary>
    public const string UploadPath = "/imports/file";

    /// <summary>Where a file is given back with the reasons in its rows.</summary>
    public const string JudgedPath = "/imports/judged";

    /// <summary>Where empty sheets are.</summary>
    public const string TemplatePath = "/imports/template";

    // What is somewhat too long is told so; what is far too long is cut off by the server.
    private const int LongestRequest = 3 * SheetReader.LongestFile;

    /// <summary>Maps them.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(UploadPath, UploadAsync).WithMetadata(new RequestSizeLimitAttribute(LongestRequest))
            .RequireAuthorization(LedgerPolicies.Import).ExcludeFromDescription();
        routes.MapGet(JudgedPath, JudgedAsync).RequireAuthorization(LedgerPolicies.Import).ExcludeFromDescription();
        routes.MapGet(TemplatePath, Template).RequireAuthorization(LedgerPolicies.Import).ExcludeFromDescription();
    }

    private static async Task<IResult> UploadAsync(
        IFormFile? file, [FromForm] string? kind, [FromForm] string? period, [FromForm] string? sharedOn, HttpContext http, UploadedSheets sheets)
    {
        var query = ImportQuery.Of(new Dictionary<string, Microsoft.Extensions.Primitives.StringValues>(StringComparer.Ordinal) { ["kind"] = kind, ["period"] = period, ["sharedOn"] = sharedOn });
        if (query.Asked.Kind == ImportKind.Register) query = query with { Asked = query.Asked with { Period = null, SharedOn = null } };
        if (file is null) return Refused(OfficeRefusals.Empty);
        if (file.Length > SheetReader.LongestFile) return Refused(OfficeRefusals.TooLarge);
        using var content = new MemoryStream();
        await file.CopyToAsync(content, http.RequestAborted);
        // Looked at before it is held: what is no sheet is not kept.
        var (_, refusal) = SheetReader.Read(content.ToArray(), ImportColumns.IsHeading);
        if (refusal is not null) return Refused(refusal);
        var held = sheets.Hold(LedgerUser.Of(http).Actor, file.FileName, content.ToArray());
        return Results.LocalRedirect((query with { Asked = query.Asked with { Sha256 = held.Sha256 } }).Address());

        IResult Refused(Refusal why) => Results.LocalRedirect(query.Address() + "&problem=" + why.Code);
    }

    private static async Task<IResult> JudgedAsync(HttpContext http, SheetImport import)
    {
        OfficeDownloads.ActFor(http);
        var query = ImportQuery.Of(http.Request.Query.ToDictionary(StringComparer.Ordinal));
        var answer = await import.PreviewAsync(query.Asked);
        return answer.Value is { } preview
            ? OfficeDownloads.File(http, ImportWorkbooks.Judged(preview, Texts(http)), WorkbookWriter.MediaType, Path.GetFileNameWithoutExtension(preview.Name) + Texts(http).Say("-核对结果", "-checked") + ".xlsx")
            : Problems.Of(answer.Refusal!);
    }

    private static IResult Template([FromQuery] string? kind, [FromQuery] string? format, HttpContext http)
    {
        if (!Enum.TryParse<ImportKind>(kind, out var of) || !Enum.IsDefined(of)) return Problems.Of(Refusal.Of(Codes.QueryInvalid, "kind", kind));
        if (format is not ("xlsx" or "csv")) return Problems.Of(Refusal.Of(Codes.QueryInvalid, "format", format));
        var texts = Texts(http);
        return format == "csv"
            ? OfficeDownloads.File(http, ImportWorkbooks.TemplateText(of, texts), "text/csv; charset=utf-8", texts.ImportName(of) + ".csv")
            : OfficeDownloads.File(http, ImportWorkbooks.Template(of, texts), WorkbookWriter.MediaType, texts.ImportName(of) + ".xlsx");
    }

    private static PageTexts Texts(HttpContext http) => new(PagePreferences.Of(http).IsEnglish);
}
