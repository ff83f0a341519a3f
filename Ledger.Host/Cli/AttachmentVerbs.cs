using System.CommandLine;
using Ledger.Domain.Facts;
using Ledger.Host.Attachments;
using static Ledger.Host.Cli.CliTexts;

namespace Ledger.Host.Cli;

/// <summary>
/// <c>attach FILE</c> stores a document and prints its hash, <c>fetch-attachment SHA256 OUT</c> writes it to a file. Exit codes:
/// 0 done, 2 refused, 3 a file that cannot be read or written.
/// </summary>
public static class AttachmentVerbs
{
    private const int Unusable = 3;

    /// <summary>Stores a document.</summary>
    public static Command Attach()
    {
        var file = new Argument<string>("FILE") { Description = Say("文书文件", "the document") };
        var actor = new Option<string>("--actor") { DefaultValueFactory = _ => Environment.UserName, Description = Say("存放人", "who stores it") };
        var command = new Command("attach", Say("存放文书，输出其 SHA-256", "store a document and print its SHA-256")) { file, actor };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var ledger = await CliLedger.OpenAsync(cancellation);
            return await AttachAsync(ledger.Services.GetRequiredService<AttachmentStore>(), parsed.GetValue(file)!, parsed.GetValue(actor)!, Console.Out, cancellation);
        });
        return command;
    }

    /// <summary>Writes a document to a file.</summary>
    public static Command Fetch()
    {
        var sha256 = new Argument<string>("SHA256") { Description = Say("文书的 SHA-256", "the document's SHA-256") };
        var output = new Argument<string>("OUT") { Description = Say("写入的文件", "the file to write") };
        var command = new Command("fetch-attachment", Say("取出文书", "write a stored document to a file")) { sha256, output };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var ledger = await CliLedger.OpenAsync(cancellation);
            return await FetchAsync(ledger.Services.GetRequiredService<AttachmentStore>(), parsed.GetValue(sha256)!, parsed.GetValue(output)!, cancellation);
        });
        return command;
    }

    /// <summary>Stores a file and prints its hash.</summary>
    public static async Task<int> AttachAsync(AttachmentStore store, string file, string actor, TextWriter output, CancellationToken cancellation = default)
    {
        try
        {
            await using var body = File.OpenRead(file);
            var (attachment, _, refusal) = await store.StoreAsync(body, null, new Storer(actor, null, "cli"), cancellation);
            if (attachment is null) return QueryVerbs.Refuse(refusal!);
            await output.WriteLineAsync(attachment.Sha256);
            return 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(Say($"无法读取文件“{file}”：", $"The file {file} cannot be read: ") + e.Message);
            return Unusable;
        }
    }

    /// <summary>Writes a document to a file: whole, or not at all.</summary>
    public static async Task<int> FetchAsync(AttachmentStore store, string sha256, string output, CancellationToken cancellation = default)
    {
        if (!AttachmentStore.IsHash(sha256)) return QueryVerbs.Refuse(Refusal.Of(Codes.InvalidValue, "SHA256", sha256));
        if (await store.FindAsync(sha256, cancellation) is not { } attachment) return QueryVerbs.Refuse(Refusal.Of(Codes.AttachmentNotFound, sha256));
        var part = output + ".part";
        try
        {
            await using (var file = File.Create(part)) await store.CopyToAsync(attachment, file, cancellation);
            File.Move(part, output, overwrite: true);
            return 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(Say($"无法写入文件“{output}”：", $"The file {output} cannot be written: ") + e.Message);
            return Unusable;
        }
        finally
        {
            if (File.Exists(part)) File.Delete(part);
        }
    }
}
