using Ledger.Domain.Sealing;

namespace Ledger.Host.Evidence.Keys;

/// <summary>
/// A ledger's private keys as files of its folder (<c>keys/&lt;id&gt;.key</c>): one that signs, those that signed before, and a
/// second kind beside it where the operator put an SM2 key there.
/// </summary>
public sealed class FileKeyRing(EvidenceFolder folder, TimeProvider clock) : IKeyRing
{
    /// <summary>The ending of a key file.</summary>
    public const string Extension = ".key";

    /// <inheritdoc/>
    /// <exception cref="EvidenceStoppedException">There is a file that cannot be used as it lies there.</exception>
    public INoteSigner? Find(Guid ledger, NoteKey key) => All(ledger).FirstOrDefault(k => k.Public == key)?.Signer(clock);

    /// <inheritdoc/>
    /// <exception cref="EvidenceStoppedException">There is a file that cannot be used as it lies there.</exception>
    public NoteKey? FindByName(Guid ledger, string name) => All(ledger).FirstOrDefault(k => k.Kind == KeyKind.Log && k.Public.Name == name)?.Public;

    /// <inheritdoc/>
    /// <exception cref="EvidenceStoppedException">It cannot be written.</exception>
    public NoteKey Create(Guid ledger, string name)
    {
        var keys = folder.Keys(ledger);
        try
        {
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(keys);
            else Directory.CreateDirectory(keys, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return KeyFile.CreateIn(keys, name, KeyKind.Log, Extension).Public;
        }
        catch (KeyFileException e)
        {
            throw Stopped(e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Stopped(new KeyFileException($"无法建立密钥目录“{keys}”：{e.Message}", $"The folder of the keys {keys} cannot be made: {e.Message}"));
        }
    }

    /// <inheritdoc/>
    /// <exception cref="EvidenceStoppedException">There is a file that cannot be used as it lies there.</exception>
    public IReadOnlyList<INoteSigner> Companions(Guid ledger) => [.. All(ledger).Where(k => k.Kind == KeyKind.Sm2).Select(k => k.Signer(clock))];

    // In the order of their names, so that the lines of a note are the same each time.
    private IEnumerable<KeyFile> All(Guid ledger)
    {
        var keys = folder.Keys(ledger);
        if (!Directory.Exists(keys)) return [];
        try
        {
            return [.. Directory.EnumerateFiles(keys, "*" + Extension).Order(StringComparer.Ordinal).Select(KeyFile.Read)];
        }
        catch (KeyFileException e)
        {
            throw Stopped(e);
        }
    }

    private static EvidenceStoppedException Stopped(KeyFileException e) => new(KeyFileException.Code, e.Chinese, e.English);
}
