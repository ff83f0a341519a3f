using System.Security.Cryptography;

namespace Ledger.Host.Office.Imports;

/// <summary>A file that somebody has sent and not yet committed.</summary>
/// <param name="Sha256">Its hash.</param>
/// <param name="Name">What the sender calls it.</param>
/// <param name="Content">Its bytes.</param>
/// <param name="At">When it came.</param>
public sealed record UploadedSheet(string Sha256, string Name, byte[] Content, DateTimeOffset At);

/// <summary>
/// Holds what people have sent until they commit it, for two hours, in this process: each person reads the own files only, and a
/// file is named by its hash, so that an address can name it.
/// </summary>
public sealed class UploadedSheets(TimeProvider clock)
{
    private const int Most = 24;
    private const int LongestName = 120;
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(2);
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Person, string Sha256), UploadedSheet> _sheets = [];

    /// <summary>Holds a file.</summary>
    public UploadedSheet Hold(string person, string name, byte[] content)
    {
        var clean = string.Concat(Path.GetFileName(name).Where(c => !char.IsControl(c)));
        var sheet = new UploadedSheet(Convert.ToHexStringLower(SHA256.HashData(content)), clean.Length > LongestName ? clean[..LongestName] : clean, content, clock.GetUtcNow());
        lock (_lock)
        {
            Forget();
            while (_sheets.Count >= Most) _sheets.Remove(_sheets.MinBy(s => s.Value.At).Key);
            _sheets[(person, sheet.Sha256)] = sheet;
        }

        return sheet;
    }

    /// <summary>A person's file; null where it is not held.</summary>
    public UploadedSheet? Find(string person, string sha256)
    {
        lock (_lock)
        {
            Forget();
            return _sheets.GetValueOrDefault((person, sha256));
        }
    }

    private void Forget()
    {
        var before = clock.GetUtcNow() - Lifetime;
        foreach (var old in _sheets.Where(s => s.Value.At < before).Select(s => s.Key).ToList()) _sheets.Remove(old);
    }
}
