using System.CommandLine;
using Ledger.Domain.Sealing;
using Ledger.Host.Evidence.Keys;
using static Ledger.Host.Cli.CliTexts;

namespace Ledger.Host.Cli;

/// <summary><c>evidence …</c>: what proves the ledger to others.</summary>
public static partial class EvidenceVerbs
{
    /// <summary>
    /// <c>evidence key create NAME --to FILE</c> and <c>evidence key show FILE</c>: both print the public key, which is what others
    /// have to know. Exit codes: 0 done, 2 refused.
    /// </summary>
    public static Command Key() => new("key", Say("签名密钥", "signing keys")) { CreateKey(), ShowKey(), RotateKey() };

    private static Command CreateKey()
    {
        var name = new Argument<string>("NAME") { Description = Say("密钥名称；账本的密钥即其来源，如 wuyang.example/ledger", "the key's name; a ledger's is its origin, such as wuyang.example/ledger") };
        var to = new Option<string>("--to") { Required = true, Description = Say("新建的私钥文件（仅本账户可读）", "the private key's new file, readable for this account only") };
        var kind = new Option<KeyKind>("--kind") { DefaultValueFactory = _ => KeyKind.Log, Description = Say("用途：Log 账本，Witness 见证，Sm2 国密", "what it is for: Log, Witness, Sm2") };
        var command = new Command("create", Say("生成私钥，显示公钥", "make a private key and print the public one")) { name, to, kind };
        command.SetAction(parsed => Printed(() => KeyFile.Create(parsed.GetValue(to)!, parsed.GetValue(name)!, parsed.GetValue(kind))));
        return command;
    }

    private static Command ShowKey()
    {
        var file = new Argument<string>("FILE") { Description = Say("私钥文件", "the private key's file") };
        var command = new Command("show", Say("显示公钥", "print the public key")) { file };
        command.SetAction(parsed => Printed(() => KeyFile.Read(parsed.GetValue(file)!)));
        return command;
    }

    private static int Printed(Func<KeyFile> key)
    {
        try
        {
            Console.Out.WriteLine(key().Public);
            return 0;
        }
        catch (Exception e) when (e is KeyFileException or EvidenceFormatException)
        {
            Console.Error.WriteLine(e.Message);
            return 2;
        }
    }
}
