using System.IO.Compression;
using System.Text;
using Ledger.Host.Answers;
using Ledger.Host.Attachments;
using Ledger.Host.Evidence;
using Ledger.Host.Evidence.Bundle;
using Ledger.Host.Evidence.TimeStamps;
using Ledger.Verifier;
using Ledger.Verifier.Reports;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace Ledger.Tests.Evidence;

/// <summary>Bundles of a sealed ledger, and what the verifier says of them.</summary>
internal static class BundledLedger
{
    private static readonly HttpClient Http = TimeStampClient.NewHttp();

    /// <summary>Everything known now of a unit or a lawsuit.</summary>
    public static ExportRequest Request(string unit, string? lawsuit = null, bool full = false) =>
        new(unit, lawsuit, null, new TimesAsked(null, null, null), full, "舞阳县人民法院", "核查", "inspector", []);

    public static EvidenceExport NewExport(this SealedLedger ledger, Sealer? sealer = null) => new(
        sealer ?? ledger.Sealer, new SealedLog(ledger.Ledger.Source), ledger.Ledger.Services.GetRequiredService<Scopes>(), ledger.Ledger.Answers,
        ledger.Ledger.Services.GetRequiredService<AttachmentStore>(), ledger.Ledger.Intake, ledger.Ledger.Source, ledger.Options,
        new TimeStamper(ledger.Checkpoints, new TimeStampClient(Http), ledger.Options, ledger.Ledger.Clock), ledger.Ledger.Clock);

    public static async Task<(byte[] Zip, ExportMade Made)> ExportAsync(this SealedLedger ledger, ExportRequest request)
    {
        using var to = new MemoryStream();
        var (made, refusal) = await ledger.NewExport().RunAsync(request, to, null);
        refusal.ShouldBeNull(refusal?.English);
        return (to.ToArray(), made!);
    }

    /// <summary>What the verifier says that is told nothing but the ledger's key, and what an inspector may hold.</summary>
    public static async Task<Report> VerifyAsync(this SealedLedger ledger, byte[] zip, Func<Inspection, Inspection>? more = null)
    {
        var inspection = new Inspection(Encoding.UTF8.GetBytes(await ledger.ScalarAsync<string>("select key from ledger.head")), IsPolicy: false);
        return BundleVerifier.Verify(new MemoryStream(zip), more?.Invoke(inspection) ?? inspection);
    }

    /// <summary>What the verifier found, a line each.</summary>
    public static IEnumerable<string> Findings(this Report report) => report.Checks.SelectMany(c => c.Findings).Select(f => $"{f.Code} {f.Where} {f.Text.English}");

    /// <summary>The text of a file of a bundle.</summary>
    public static string Text(byte[] zip, string name)
    {
        using var archive = new ZipArchive(new MemoryStream(zip));
        using var reader = new StreamReader(archive.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }
}
