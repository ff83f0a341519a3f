using System.CommandLine;
using Ledger.Domain.Sealing;
using Ledger.Host.Evidence;
using Ledger.Host.Evidence.Keys;
using Ledger.Host.Evidence.Witnesses;
using Ledger.Host.Security;
using Ledger.Projections.Store;
using Npgsql;
using static Ledger.Host.Cli.CliTexts;

namespace Ledger.Host.Cli;

/// <summary>
/// <c>witness serve|sign</c> for who cosigns the ledger's checkpoints (no database), <c>witness request|accept</c> for the ledger
/// whose network does not touch the witness's. Exit codes: 0 done, 2 refused, 3 a file that cannot be read.
/// </summary>
public static class WitnessVerbs
{
    private const int Refused = 2;
    private const int Unreadable = 3;

    private static readonly Option<string> Key = new("--key") { Required = true, Description = Say("见证私钥文件", "the witness's private key file") };
    private static readonly Option<string> State = new("--state") { Required = true, Description = Say("见证状态目录", "the folder of what the witness remembers") };
    private static readonly Option<string[]> Log = new("--log") { Required = true, Description = Say("所见证账本的公钥；可多个", "the public key of a ledger that is witnessed; may be repeated") };
    private static readonly Option<string> To = new("--to") { Required = true, Description = Say("写入的文件", "the file to write") };
    private static readonly Option<string> Policy = new("--policy")
    {
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("Ledger__Evidence__Policy") ?? "",
        Description = Say("见证规则文件（默认取 Ledger__Evidence__Policy）", "the policy file (Ledger__Evidence__Policy unless given)"),
    };

    /// <summary>The verb.</summary>
    public static Command Create() => new("witness", Say("见证：由外部机构会签检查点", "cosigning of checkpoints by others")) { Serve(), Sign(), Request(), Accept() };

    private static Command Serve()
    {
        var rest = new Argument<string[]>("ARGS") { Arity = ArgumentArity.ZeroOrMore, Description = Say("传给服务器的参数，如 --urls", "arguments of the server, such as --urls") };
        var command = new Command("serve", Say("启动见证服务（HTTP，不用数据库）", "run a witness over HTTP, without a database")) { Key, State, Log, rest };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction((parsed, cancellation) => GuardedAsync(async () =>
        {
            using var state = WitnessState.Open(parsed.GetValue(State)!);
            var (witness, key) = Open(parsed, state);
            await using var app = WitnessHost.Build([.. parsed.GetValue(rest) ?? [], .. parsed.UnmatchedTokens], witness);
            await Console.Error.WriteLineAsync(Say("见证公钥：", "The witness's public key: ") + key.Public);
            await app.StartAsync(cancellation);
            await Console.Error.WriteLineAsync(string.Join(' ', app.Urls));
            await app.WaitForShutdownAsync(cancellation);
            return 0;
        }));
        return command;
    }

    private static Command Sign()
    {
        var file = new Argument<string>("REQUEST") { Description = Say("账本一方给出的请求文件", "the ledger's request, a file") };
        var command = new Command("sign", Say("会签请求文件，写出答复文件", "cosign a request in a file, the answer to a file")) { file, Key, State, Log, To };
        command.SetAction((parsed, _) => GuardedAsync(async () =>
        {
            using var state = WitnessState.Open(parsed.GetValue(State)!);
            var (witness, _) = Open(parsed, state);
            var answer = witness.Add(await BytesAsync(parsed.GetValue(file)!, AddCheckpoint.MaxBytes));
            if (answer.Status == StatusCodes.Status409Conflict)
            {
                // The size goes back to the ledger, which asks again from there.
                await File.WriteAllTextAsync(parsed.GetValue(To)!, answer.Body, CancellationToken.None);
                await Console.Error.WriteLineAsync(Say(
                    $"本见证上次所签为 {answer.Body.Trim()} 项，请求须由此起证；已写入答复文件",
                    $"This witness cosigned {answer.Body.Trim()} leaves last; the request must start there. The answer file says so"));
                return Refused;
            }

            if (answer.Note is not { } note)
            {
                await Console.Error.WriteLineAsync(answer.Body.TrimEnd());
                return Refused;
            }

            await File.WriteAllTextAsync(parsed.GetValue(To)!, note.ToString(), CancellationToken.None);
            var checkpoint = Checkpoint.Parse(note.Text);
            await Console.Out.WriteLineAsync(Say($"已会签“{checkpoint.Origin}”，{checkpoint.Size} 项", $"Cosigned '{checkpoint.Origin}' at {checkpoint.Size} leaves"));
            return 0;
        }));
        return command;
    }

    private static Command Request()
    {
        var name = new Option<string>("--name") { Required = true, Description = Say("见证在规则中的名称", "the witness, as the policy names it") };
        var old = new Option<long?>("--old") { Description = Say("见证上次所签的项数（默认取账本所知）", "the size that the witness cosigned last (what the ledger knows unless given)") };
        var command = new Command("request", Say("为不联网的见证写出请求文件", "write a request for a witness on another network")) { name, old, Policy, To };
        command.SetAction((parsed, cancellation) => GuardedAsync(async () =>
        {
            var policy = OutsideParties.ReadPolicy(parsed.GetValue(Policy)!);
            await using var ledger = await CliLedger.OpenAsync(cancellation);
            var request = await WitnessFiles.RequestAsync(
                new PostgresCheckpoints(new SealerDatabase(ledger.Services.GetRequiredService<NpgsqlDataSource>())), policy, parsed.GetValue(name)!, parsed.GetValue(old), cancellation);
            await File.WriteAllTextAsync(parsed.GetValue(To)!, request.ToString(), CancellationToken.None);
            await Console.Out.WriteLineAsync(Say($"{request.OldSize} 至 {request.Checkpoint.Size} 项", $"from {request.OldSize} to {request.Checkpoint.Size} leaves"));
            return 0;
        }));
        return command;
    }

    private static Command Accept()
    {
        var file = new Argument<string>("RESPONSE") { Description = Say("见证一方的答复文件", "the witness's answer, a file") };
        var command = new Command("accept", Say("收下见证的答复文件", "take in a witness's answer from a file")) { file, Policy };
        command.SetAction((parsed, cancellation) => GuardedAsync(async () =>
        {
            var policy = OutsideParties.ReadPolicy(parsed.GetValue(Policy)!);
            var answer = await BytesAsync(parsed.GetValue(file)!, SignedNote.MaxBytes);
            await using var ledger = await CliLedger.OpenAsync(cancellation);
            // What others say about a checkpoint is part of the sealed log, which the sealer's login writes.
            await using var sealer = NpgsqlDataSource.Create(LedgerStore.ConnectionString(ledger.Logins.RequiredSealer));
            var accepted = await WitnessFiles.AcceptAsync(new PostgresCheckpoints(new SealerDatabase(sealer)), policy, answer, cancellation);
            await Console.Out.WriteLineAsync(Say($"已收下：{string.Join('、', accepted)}", $"Accepted: {string.Join(", ", accepted)}"));
            return 0;
        }));
        return command;
    }

    private static (Witness Witness, KeyFile Key) Open(ParseResult parsed, WitnessState state)
    {
        var key = KeyFile.Read(parsed.GetValue(Key)!);
        return (new Witness(state, key.Signer(TimeProvider.System), key.Public, parsed.GetValue(Log)!.Select(NoteKey.Parse)), key);
    }

    // One byte more than a parser takes: it is the parser that says that it is too long.
    private static async Task<byte[]> BytesAsync(string path, int limit)
    {
        await using var file = File.OpenRead(path);
        var bytes = new byte[limit + 1];
        var length = await file.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false);
        return bytes[..length];
    }

    private static async Task<int> GuardedAsync(Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (Exception e) when (e is KeyFileException or WitnessStateException or EvidenceFormatException or WitnessException or StartupRefusedException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return Refused;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(Say("文件不可读写：", "A file cannot be read or written: ") + e.Message);
            return Unreadable;
        }
    }
}
