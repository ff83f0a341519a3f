using System.CommandLine;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Ledger.Verifier.Reports;

namespace Ledger.Verifier.Cli;

/// <summary>
/// <c>ledger-verify BUNDLE (--key VKEY_OR_FILE | --policy FILE) [--checkpoint FILE] [--tsa PEM]… [--json] [--lang en]</c> and
/// <c>ledger-verify receipt FILE --entry FILE (--key … | --policy …)</c>.
/// </summary>
public static class VerifyCommand
{
    /// <summary>The exit code of a command line that is wrong, or of a file that cannot be read: none of a verdict's.</summary>
    public const int UsageError = 64;

    /// <summary>Runs a command line.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="output">Where the report goes.</param>
    /// <param name="errors">Where complaints about the command line go.</param>
    /// <returns>The exit code of docs/evidence.md §7, or <see cref="UsageError"/>.</returns>
    public static int Run(string[] args, TextWriter output, TextWriter errors)
    {
        var parsed = Create(output).Parse(args);
        try
        {
            var code = parsed.Invoke(new InvocationConfiguration { Output = output, Error = errors, EnableDefaultExceptionHandler = false });
            return parsed.Errors.Count > 0 ? UsageError : code;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            errors.WriteLine(e.Message);
            return UsageError;
        }
    }

    private static RootCommand Create(TextWriter output)
    {
        var bundle = new Argument<string>("BUNDLE") { Description = "卷宗（ZIP 或已解开的文件夹）/ the bundle: a ZIP file or an unpacked folder" };
        var trust = new TrustOptions();
        var checkpoint = new Option<string?>("--checkpoint") { Description = "手中更早的检查点 / a checkpoint that you have kept" };
        var authorities = new Option<string[]>("--tsa") { Description = "信任的时间戳机构证书（PEM，可多次）/ a trusted time-stamping authority's certificate (may be repeated)", DefaultValueFactory = _ => [] };
        var root = new RootCommand("核验账本证据卷宗，不联网、不依赖账本程序 / verifies an evidence bundle, without a network and without the ledger") { bundle, checkpoint, authorities, Receipt(output) };
        trust.AddTo(root);
        root.SetAction(parsed => trust.Print(parsed, output, BundleVerifier.Verify(
            parsed.GetValue(bundle)!,
            trust.Read(parsed) with
            {
                Checkpoint = parsed.GetValue(checkpoint) is { } held ? (ReadOnlyMemory<byte>?)File.ReadAllBytes(held) : null,
                Authorities = [.. parsed.GetValue(authorities)!.SelectMany(Certificates)],
            })));
        return root;
    }

    private static Command Receipt(TextWriter output)
    {
        var receipt = new Argument<string>("FILE") { Description = "回执（.tlog-proof）/ the receipt" };
        var entry = new Option<string>("--entry") { Required = true, Description = "条目原文 / the entry, as it was sealed" };
        var trust = new TrustOptions();
        var command = new Command("receipt", "核验一条事实的封存回执 / verifies a fact's receipt") { receipt, entry };
        trust.AddTo(command);
        command.SetAction(parsed => trust.Print(parsed, output, ReceiptVerifier.Verify(
            File.ReadAllBytes(parsed.GetValue(receipt)!), File.ReadAllBytes(parsed.GetValue(entry)!), trust.Read(parsed))));
        return command;
    }

    private static X509Certificate2Collection Certificates(string file)
    {
        X509Certificate2Collection certificates = [];
        certificates.ImportFromPemFile(file);
        return certificates.Count > 0 ? certificates : throw new CryptographicException($"{file}: 没有 PEM 证书 / no PEM certificate");
    }

    /// <summary>What both commands ask for.</summary>
    private sealed class TrustOptions
    {
        private readonly Option<string?> _key = new("--key") { Description = "信任的日志公钥（vkey 或文件，一行一个）/ the log's key that you trust: a vkey, or a file with one a line" };
        private readonly Option<string?> _policy = new("--policy") { Description = "信任策略文件（C2SP tlog-policy）/ a policy file" };
        private readonly Option<bool> _json = new("--json") { Description = "输出 JSON / print JSON" };
        private readonly Option<string> _language = new("--lang") { Description = "zh 或 en / zh or en", DefaultValueFactory = _ => "zh" };

        public void AddTo(Command command)
        {
            _language.AcceptOnlyFromAmong("zh", "en");
            foreach (var option in (Option[])[_key, _policy, _json, _language]) command.Add(option);
            command.Validators.Add(result =>
            {
                if (result.GetResult(_key) is null == result.GetResult(_policy) is null)
                    result.AddError("须给出 --key 或 --policy 之一：公钥不能取自卷宗 / give either --key or --policy: what you trust cannot come from the bundle");
            });
        }

        public Inspection Read(ParseResult parsed) =>
            parsed.GetValue(_policy) is { } policy ? new(File.ReadAllBytes(policy), IsPolicy: true)
            : parsed.GetValue(_key) is { } key ? new(File.Exists(key) ? File.ReadAllBytes(key) : Encoding.UTF8.GetBytes(key), IsPolicy: false)
            : throw new InvalidOperationException("The command line was not validated.");

        public int Print(ParseResult parsed, TextWriter output, Report report)
        {
            output.Write(parsed.GetValue(_json) ? JsonReport.Write(report) : TextReport.Write(report, parsed.GetValue(_language) == "en"));
            return (int)report.Verdict;
        }
    }
}
