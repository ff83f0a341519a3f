using System.CommandLine;
using System.Text.Json;
using Ledger.Domain.Approvals;
using Ledger.Domain.Facts;
using Ledger.Host.Api;
using Ledger.Host.Intake;
using Ledger.Host.Security;
using Ledger.Projections.Reading;
using static Ledger.Host.Cli.CliTexts;

namespace Ledger.Host.Cli;

/// <summary>
/// <c>record SUBJECT FACT</c>: one fact, by the same rules as over HTTP. Who may open the database is the administrator; the
/// person who acts is said, and kept with the fact.
/// </summary>
public static class RecordVerb
{
    private const string Source = "/cli";

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var subject = new Argument<string>("SUBJECT") { Description = "lawsuit/2023-0012, rectification/2023-0012-wuquan" };
        var fact = new Argument<string>("FACT") { Description = Say("事实类型，如 RectificationOpened", "the fact's name, such as RectificationOpened") };
        var data = new Option<string?>("--data") { Description = Say("事实内容 JSON（默认读标准输入）", "its data as JSON (default: standard input)") };
        var id = new Option<string>("--id") { Required = true, Description = Say("编号：同一编号重复记录不会产生第二条", "its id: the same id again records nothing") };
        var actor = new Option<string>("--actor") { DefaultValueFactory = _ => Environment.UserName, Description = Say("记载人", "who records it") };
        var command = new Command("record", Say("记录一条事实", "record one fact")) { subject, fact, data, id, actor };
        command.SetAction(async (parsed, cancellation) =>
        {
            var text = parsed.GetValue(data) ?? await Console.In.ReadToEndAsync(cancellation);
            var (about, entry) = (Subject.TryParse(parsed.GetValue(subject)!, out var read) ? read : (Subject?)null, EventCatalog.Find(parsed.GetValue(fact)!));
            if (about is null) return QueryVerbs.Refuse(Refusal.Of(Codes.InvalidValue, "SUBJECT", parsed.GetValue(subject)));
            if (entry is null) return QueryVerbs.Refuse(Refusal.Of(Codes.UnknownType, parsed.GetValue(fact)));
            if (!entry.BelongsTo(about.Value.Kind)) return QueryVerbs.Refuse(Refusal.Of(Codes.WrongStream, entry.Name, about));
            var by = new LedgerUser(parsed.GetValue(actor)!, "cli", new HashSet<LedgerRole> { LedgerRole.Admin }, null);
            if (Read(about.Value, entry, text, by) is var (told, refusal) && told is null) return QueryVerbs.Refuse(refusal!);
            await using var ledger = await CliLedger.OpenAsync(cancellation);
            return await RecordAsync(ledger, new RecordFact(about.Value, told, new FactId(Source, parsed.GetValue(id)!), by.Actor), by, cancellation);
        });
        return command;
    }

    private static (IFact? Fact, Refusal? Refusal) Read(Subject about, CatalogEntry entry, string text, LedgerUser by)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Strict);
            var (data, notCaller) = ActingPerson.FillIn(entry, document.RootElement, by);
            if (notCaller is not null) return (null, notCaller);
            var (fact, refusal) = FactJson.Read(entry, data);
            refusal ??= Envelope.KeyMismatch(about, fact!);
            return (refusal is null ? fact : null, refusal);
        }
        catch (JsonException e)
        {
            return (null, Refusal.Of(Codes.Malformed, $"JSON, {e.BytePositionInLine}"));
        }
    }

    private static async Task<int> RecordAsync(CliLedger ledger, RecordFact command, LedgerUser by, CancellationToken cancellation)
    {
        var intake = ledger.Services.GetRequiredService<FactIntake>();
        var approved = new ApprovedFacts(intake, ledger.Services.GetRequiredService<FactLog>());
        if (command.Fact is ApprovalGranted
            && (await intake.WhyNotAsync(command, cancellation) ?? await approved.WhyNotAsync(command.Subject.Key, by, cancellation)) is { } never)
            return QueryVerbs.Refuse(never);
        var receipt = await intake.RecordAsync(command, cancellation);
        if (receipt.Refusal is { } refusal) return QueryVerbs.Refuse(refusal);
        if (command.Fact is ApprovalGranted && (await approved.RecordAsync(command.Subject.Key, by, cancellation)).Receipt?.Refusal is { } no)
            return QueryVerbs.Refuse(no);
        Console.Out.WriteLine(JsonSerializer.Serialize(
            new FactRecorded(receipt.Subject, receipt.Version, receipt.EventId, receipt.Duplicate, receipt.Position, command.Id.Source, command.Id.Id), FactJson.Options));
        return 0;
    }
}
