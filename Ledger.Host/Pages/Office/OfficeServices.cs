using Ledger.Host.Office;
using Ledger.Host.Office.Documents;
using Ledger.Host.Office.Imports;

namespace Ledger.Host.Pages.Office;

/// <summary>Registers and maps what the pages make for Word and Excel, and take from Excel.</summary>
internal static class OfficeServices
{
    /// <summary>Registers it.</summary>
    public static void Register(WebApplicationBuilder builder)
    {
        builder.Services.Configure<OfficeOptions>(builder.Configuration.GetSection(OfficeOptions.Section));
        builder.Services.AddScoped<OfficeDocuments>();
        builder.Services.AddSingleton<UploadedSheets>();
        builder.Services.AddSingleton<RememberedColumns>();
        builder.Services.AddScoped<SheetImport>();
    }

    /// <summary>Maps the downloads and uploads.</summary>
    public static void Map(WebApplication app)
    {
        OfficeDownloads.Map(app);
        ImportFiles.Map(app);
    }
}
