using System.Security.Cryptography;
using System.Text;
using Ledger.Domain.Sealing;

namespace Ledger.Host.Evidence.Keys;

/// <summary>A private key cannot be used as it lies there, or cannot be put there.</summary>
public sealed class KeyFileException(string chinese, string english) : Exception($"{chinese}\n{english}")
{
    /// <summary>The stable code of this refusal.</summary>
    public const string Code = "evidence.key-file";

    /// <summary>Why, in Chinese.</summary>
    public string Chinese { get; } = chinese;

    /// <summary>Why, in English.</summary>
    public string English { get; } = english;
}

/// <summary>What a key is for.</summary>
public enum KeyKind
{
    /// <summary>账本: signs the ledger's checkpoints (Ed25519).</summary>
    Log,

    /// <summary>见证: cosigns the checkpoints of others.</summary>
    Witness,

    /// <summary>国密: signs the ledger's checkpoints beside the first (SM2 with SM3).</summary>
    Sm2,
}

/// <summary>
/// A private key in a file, in one line as Go's sumdb/note writes it: <c>PRIVATE+KEY+name+id+base64(type ‖ secret)</c>. Only its
/// owner may have any right to the file; one that others can read is refused. A key in a key management service or a
/// hardware module needs no file: it is an <see cref="INoteSigner"/> of its own.
/// </summary>
public sealed class KeyFile
{
    private const string Start = "PRIVATE+KEY+";
    private const int Longest = 4096;
    private readonly byte[] _secret;

    private KeyFile(string name, KeyKind kind, byte[] secret)
    {
        (Kind, _secret) = (kind, secret);
        Public = kind switch
        {
            KeyKind.Log => NoteKey.Of(name, NoteKey.Ed25519, Ed25519Curve.PublicKey(secret)),
            KeyKind.Witness => NoteKey.Of(name, NoteKey.Cosignature, Ed25519Curve.PublicKey(secret)),
            _ => NoteKey.Of(name, NoteKey.Other, [.. NoteKey.Sm2Identifier, .. Sm2Curve.PublicKey(secret)]),
        };
    }

    /// <summary>The public key.</summary>
    public NoteKey Public { get; }

    /// <summary>What it is for.</summary>
    public KeyKind Kind { get; }

    /// <summary>Makes a new key and writes it to a new file that nobody but the caller can read.</summary>
    /// <param name="path">The file; it may not exist.</param>
    /// <param name="name">The key's name: for a log its origin.</param>
    /// <param name="kind">What it is for.</param>
    /// <exception cref="KeyFileException">There is a file already, or it cannot be written.</exception>
    /// <exception cref="EvidenceFormatException">The name is not one.</exception>
    public static KeyFile Create(string path, string name, KeyKind kind) => Create(_ => path, name, kind);

    /// <summary>As <see cref="Create(string, string, KeyKind)"/>, in a folder, in a file named after the key's id.</summary>
    public static KeyFile CreateIn(string folder, string name, KeyKind kind, string extension) =>
        Create(key => Path.Combine(folder, NoteKey.Hex(key.KeyId) + extension), name, kind);

    private static KeyFile Create(Func<NoteKey, string> pathOf, string name, KeyKind kind)
    {
        var secret = RandomNumberGenerator.GetBytes(32);
        while (kind == KeyKind.Sm2 && !Sm2Curve.IsSecret(secret)) secret = RandomNumberGenerator.GetBytes(32);
        var key = new KeyFile(name, kind, secret);
        var path = pathOf(key.Public);
        byte[] material = [.. TypeOf(kind), .. secret];
        try
        {
            DurableFile.Create(path, Encoding.UTF8.GetBytes($"{Start}{name}+{NoteKey.Hex(key.Public.KeyId)}+{Convert.ToBase64String(material)}\n"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw File.Exists(path)
                ? new KeyFileException($"文件“{path}”已存在，不会覆盖", $"The file {path} exists already and is not overwritten")
                : new KeyFileException($"无法写入密钥文件“{path}”：{e.Message}", $"The key file {path} cannot be written: {e.Message}");
        }

        return key;
    }

    /// <summary>Reads a key that nobody but this process's account can read.</summary>
    /// <exception cref="KeyFileException">It is not there, not ours, readable for others, or no key.</exception>
    public static KeyFile Read(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            if (!OperatingSystem.IsWindows())
            {
                if ((File.GetUnixFileMode(file.SafeFileHandle) & ~(DurableFile.Private | UnixFileMode.UserExecute)) != UnixFileMode.None)
                    throw new KeyFileException($"密钥文件“{path}”的权限过宽，其他账户可以读取；请执行 chmod 600", $"The key file {path} is open to other accounts; run chmod 600 on it");
                if (!FileOwner.IsOurs(file.SafeFileHandle))
                    throw new KeyFileException($"密钥文件“{path}”不属于运行本程序的账户", $"The key file {path} does not belong to the account that runs this program");
            }

            var content = new byte[Longest + 1];
            var length = file.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
            return Parse(Encoding.UTF8.GetString(content, 0, Math.Min(length, Longest)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KeyFileException($"无法读取密钥文件“{path}”：{e.Message}", $"The key file {path} cannot be read: {e.Message}");
        }
        catch (EvidenceFormatException e)
        {
            throw new KeyFileException($"“{path}”不是密钥文件：{e.Chinese}", $"{path} is no key file: {e.English}");
        }
    }

    /// <summary>The signer of the key.</summary>
    /// <param name="clock">Whose time a witness's signatures bear; the others bear none.</param>
    public INoteSigner Signer(TimeProvider clock) => Kind switch
    {
        KeyKind.Log => new Ed25519Signer(Public.Name, _secret),
        KeyKind.Witness => new CosignatureSigner(Public.Name, _secret, clock),
        _ => new Sm2Signer(Public.Name, _secret),
    };

    /// <summary>The public key; the private one is never shown.</summary>
    public override string ToString() => Public.ToString();

    // Messages say nothing of what stands in the file.
    private static KeyFile Parse(string text)
    {
        var parts = text.Split('+', 5);
        if (parts is not ["PRIVATE", "KEY", var name, var id, var encoded] || !NoteKey.IsName(name) || !encoded.EndsWith('\n')) throw Malformed();
        var bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64String(encoded[..^1], bytes, out var length)) throw Malformed();
        var material = bytes.AsSpan(0, length);
        foreach (var kind in Enum.GetValues<KeyKind>())
        {
            var type = TypeOf(kind);
            if (!material.StartsWith(type) || length != type.Length + 32) continue;
            var secret = material[type.Length..].ToArray();
            if (kind == KeyKind.Sm2 && !Sm2Curve.IsSecret(secret)) throw Malformed();
            var key = new KeyFile(name, kind, secret);
            return string.Equals(NoteKey.Hex(key.Public.KeyId), id, StringComparison.Ordinal)
                ? key
                : throw new EvidenceFormatException("密钥编号与密钥不符", "the key's id does not belong to it");
        }

        throw Malformed();
    }

    private static byte[] TypeOf(KeyKind kind) => kind switch
    {
        KeyKind.Log => [NoteKey.Ed25519],
        KeyKind.Witness => [NoteKey.Cosignature],
        _ => [NoteKey.Other, .. NoteKey.Sm2Identifier],
    };

    private static EvidenceFormatException Malformed() => new("应为一行“PRIVATE+KEY+名称+编号+密钥”", "it should be one line: PRIVATE+KEY+name+id+key");
}
