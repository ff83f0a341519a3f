using System.Security.Cryptography;
using System.Text;
using Ledger.Domain.Sealing;
using Ledger.Host.Postgres;

namespace Ledger.Host.Evidence.Witnesses;

/// <summary>The state of a witness cannot be used: another program uses it, or it was damaged.</summary>
public sealed class WitnessStateException(string chinese, string english) : Exception($"{chinese}\n{english}")
{
    /// <summary>The stable code of this refusal.</summary>
    public const string Code = "witness.state";
}

/// <summary>
/// What a witness remembers: for each log the last checkpoint that it cosigned, whole, with its cosignature. One file a log,
/// replaced as a whole and on disk before anybody sees the cosignature. One program at a time uses the folder.
/// </summary>
public sealed class WitnessState : IDisposable
{
    private readonly string _folder;
    private readonly FileLock _lock;

    private WitnessState(string folder, FileLock held) => (_folder, _lock) = (folder, held);

    /// <summary>Opens the folder, and makes it where there is none.</summary>
    /// <exception cref="WitnessStateException">Another program uses it, or it cannot be written.</exception>
    public static WitnessState Open(string folder)
    {
        try
        {
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
            else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unusable(folder, e);
        }

        return new WitnessState(folder, FileLock.TryExclusive(Path.Combine(folder, "lock")) ?? throw new WitnessStateException(
            $"见证状态目录“{folder}”不可写，或正被另一个程序使用", $"The witness's folder {folder} cannot be written, or another program uses it"));
    }

    /// <summary>The last checkpoint of a log that was cosigned; null when none ever was.</summary>
    /// <exception cref="WitnessStateException">There was one, and it cannot be read: whoever took it for none would sign anything.</exception>
    public SignedNote? Latest(string origin)
    {
        var file = FileOf(HashOf(origin));
        if (!File.Exists(file)) return null;
        try
        {
            var note = SignedNote.Parse(File.ReadAllBytes(file));
            return Checkpoint.Parse(note.Text).Origin == origin ? note : throw DamagedFile(file);
        }
        catch (EvidenceFormatException)
        {
            throw DamagedFile(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unusable(file, e);
        }
    }

    /// <summary>Remembers a checkpoint; when this returns it is on disk.</summary>
    /// <exception cref="WitnessStateException">It cannot be written; then nothing may be said to be cosigned.</exception>
    public void Remember(string origin, SignedNote note)
    {
        try
        {
            DurableFile.Replace(FileOf(HashOf(origin)), Encoding.UTF8.GetBytes(note.ToString()));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unusable(FileOf(HashOf(origin)), e);
        }
    }

    /// <summary>The name under which the monitoring of C2SP tlog-witness knows a log: SHA-256 of its origin, lower-case hex.</summary>
    public static string HashOf(string origin) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(origin)));

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    private string FileOf(string hash) => Path.Combine(_folder, hash + ".checkpoint");

    /// <summary>What is thrown when the state of a log cannot be believed.</summary>
    public WitnessStateException Damaged(string origin) => DamagedFile(FileOf(HashOf(origin)));

    private static WitnessStateException DamagedFile(string file) => new(
        $"见证状态文件“{file}”已损坏；在查明上次所签检查点之前不再签名", $"The witness's file {file} is damaged; nothing is signed until it is known what was signed last");

    private static WitnessStateException Unusable(string path, Exception e) => new($"无法使用“{path}”：{e.Message}", $"{path} cannot be used: {e.Message}");
}
