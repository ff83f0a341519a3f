using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Ledger.Domain;
using Ledger.Domain.Exports;
using Ledger.Domain.Facts;
using Ledger.Domain.Sealing;
using Ledger.Host.Answers;
using Ledger.Host.Attachments;
using Ledger.Host.Evidence.Bundle.Report;
using Ledger.Host.Evidence.TimeStamps;
using Ledger.Host.Intake;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Ledger.Host.Evidence.Bundle;

/// <summary>
/// Makes an evidence bundle (docs/evidence.md §6): the facts of a unit or a lawsuit, each proved, the heads that show that
/// none is missing, and the numbers that follow from them. Everything is sealed first, and the export itself is recorded and
/// sealed: who took what, for whom and what for.
/// </summary>
public sealed class EvidenceExport(
    Sealer sealer, SealedLog log, Scopes scopes, LedgerAnswers answers, AttachmentStore attachments, FactIntake intake, NpgsqlDataSource database,
    IOptions<EvidenceOptions> options, TimeStamper stamper, TimeProvider clock)
{
    // With witnesses and authorities, at the same time.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Writes the bundle to a stream that can be read again; answers what was made, or why nothing was.</summary>
    public async Task<(ExportMade? Made, Refusal? Refusal)> RunAsync(
        ExportRequest request, Stream to, IProgress<string>? progress, CancellationToken cancellation = default)
    {
        var (scope, refusal) = await scopes.ResolveAsync(request.Times, cancellation);
        if (scope is null) return (null, refusal);
        try
        {
            progress?.Report(Cli.CliTexts.Say("封存", "Sealing"));
            var (report, heads) = await sealer.SealHeadsAsync(cancellation);
            if (heads.Position < scope.Position) return (null, Refusal.Of(Codes.EvidenceNotSealed));
            var claims = new Claims(answers, request, scope);
            if (await claims.RefusalAsync(cancellation) is { } no) return (null, no);
            progress?.Report(Cli.CliTexts.Say("取证", "Collecting facts and proofs"));
            // Nobody has stamped it: it was made for this bundle.
            var stamping = stamper.StampByAllAsync(report.Size, Patience, problem => progress?.Report(problem), cancellation);
            await CosignedAsync(report.Size, cancellation);
            await stamping;
            var checkpoint = (await log.FindAsync(report.Size, cancellation))!;
            var content = new BundleContent(request, scope, log, heads, checkpoint, await LogSnapshot.ReadAsync(database, cancellation));
            if (await content.CollectAsync(cancellation) is [_, ..] missing) return (null, Refusal.Of(Codes.EvidenceFactMissing, string.Join(", ", missing.Take(10))));
            progress?.Report(Cli.CliTexts.Say("写入证据包", "Writing the bundle"));
            await WriteAsync(content, claims, to, cancellation);
            to.Position = 0;
            var sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(to, cancellation));
            var made = new ExportMade(
                request.Unit, scope.Position, checkpoint.Checkpoint.Size, content.Facts.Count, sha256,
                string.Create(CultureInfo.InvariantCulture, $"evidence-{request.Unit}-{scope.Position}.zip"));
            progress?.Report(Cli.CliTexts.Say("记入账本", "Recording the export"));
            if (await RecordAsync(request, made, cancellation) is { } unrecorded) return (null, unrecorded);
            // Where no host runs nobody else would seal it.
            await sealer.SealAsync(cancellation);
            return (made, null);
        }
        catch (EvidenceStoppedException e)
        {
            return (null, Refusal.Of(Codes.EvidenceStopped, e.Chinese, e.English));
        }
    }

    // A bundle is worth more with its cosignatures; it does not wait long for them.
    private async Task CosignedAsync(long size, CancellationToken cancellation)
    {
        if (options.Value.Policy is not { } file) return;
        var policy = WitnessPolicy.Parse(await File.ReadAllBytesAsync(file, cancellation));
        var started = clock.GetTimestamp();
        while (!policy.Evaluate((await log.FindAsync(size, cancellation))!.Note, Keys.NoteKeys.VerifierOf).QuorumMet && clock.GetElapsedTime(started) < Patience)
            await Task.Delay(TimeSpan.FromMilliseconds(200), clock, cancellation);
    }

    private async Task WriteAsync(BundleContent content, Claims claims, Stream to, CancellationToken cancellation)
    {
        using var bag = new BagWriter(to);
        var policy = await PolicyAsync(cancellation);
        await bag.AddAsync("data/facts.jsonl", Lines(content.Facts), cancellation);
        await bag.AddAsync("data/leaves.jsonl", Lines(content.Leaves), cancellation);
        await bag.AddAsync("data/heads.json", Text(content.Heads), cancellation);
        await bag.AddAsync("data/checkpoint", content.Checkpoint.Note.ToString(), cancellation);
        await bag.AddAsync("data/policy", policy, cancellation);
        await bag.AddAsync("data/consistency.jsonl", Lines(content.Consistency), cancellation);
        await bag.AddAsync("data/keys.jsonl", Lines(content.KeyChanges), cancellation);
        foreach (var (n, stamp) in content.Checkpoint.TimeStamps.Index())
            await bag.AddAsync(string.Create(CultureInfo.InvariantCulture, $"data/timestamps/{n + 1}.tst"), stamp.Token, cancellation);
        var numbers = await claims.JsonAsync(cancellation);
        await bag.AddAsync("data/claims.json", Text(numbers), cancellation);

        var documents = new JsonArray();
        foreach (var sha256 in content.Documents)
        {
            var stored = await attachments.FindAsync(sha256, cancellation);
            // A document cannot be masked: it leaves the house with the names or not at all.
            var present = stored is not null && content.Request.Full;
            if (present) await bag.AddAsync("data/attachments/" + sha256, (file, stop) => attachments.CopyToAsync(stored!, file, stop), cancellation);
            documents.Add(new JsonObject
            {
                ["sha256"] = sha256, ["size"] = Disclosure.Whole(stored?.Size ?? 0), ["mediaType"] = stored?.MediaType ?? "", ["present"] = present,
            });
        }

        var bundle = await content.BundleAsync(documents, clock.GetUtcNow(), cancellation);
        await bag.AddAsync("data/bundle.json", Text(bundle), cancellation);
        var report = ReportModel.Of(bundle, numbers, content.Checkpoint.Note.ToString(), policy, content.Facts, content.Leaves);
        await bag.AddAsync("data/report.html", ReportPage.Render(report), cancellation);
        await bag.AddAsync("verify.html", VerifyPage.Html, cancellation);
        await bag.AddAsync("README.md", BundleReadme.English(content), cancellation);
        await bag.AddAsync("README.zh-CN.md", BundleReadme.Chinese(content), cancellation);
        await bag.FinishAsync(content.Checkpoint.Checkpoint.Origin, $"Evidence of {content.Request.Unit} at position {content.Scope.Position}", clock.Today(), cancellation);
    }

    private async Task<string> PolicyAsync(CancellationToken cancellation) => options.Value.Policy is { } file
        ? await File.ReadAllTextAsync(file, cancellation)
        : $"log {await log.KeyAsync(cancellation)}\nquorum none\n";

    // Recorded before anybody has the bundle: an export that nobody knows of does not exist.
    private async Task<Refusal?> RecordAsync(ExportRequest request, ExportMade made, CancellationToken cancellation)
    {
        var key = made.Sha256[..32];
        var fact = new EvidenceExported(
            request.By, request.Recipient, request.Purpose, request.Unit, made.Position, Disclosure.Whole(made.Size),
            request.Full ? DisclosureKind.Full : DisclosureKind.Masked, made.Sha256, clock.Today(), request.Lawsuit, request.Period);
        return (await intake.RecordAsync(new RecordFact(new Subject(StreamKind.Export, key), fact, EvidenceExported.IdOf(key), request.By), cancellation)).Refusal;
    }

    private static string Lines(IEnumerable<JsonObject> items) => string.Concat(items.Select(i => i.ToJsonString(FactJson.Options) + "\n"));

    private static string Text(JsonNode json) => json.ToJsonString(FactJson.Options) + "\n";
}
