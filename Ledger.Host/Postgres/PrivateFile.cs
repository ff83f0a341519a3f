using System.Security.Cryptography;

namespace Ledger.Host.Postgres;

/// <summary>Files that nobody but their owner can read.</summary>
internal static class PrivateFile
{
    public static async Task WriteAsync(string path, string text, CancellationToken cancellation)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using var writer = new StreamWriter(path, options);
        await writer.WriteAsync(text.AsMemory(), cancellation);
    }

    /// <summary>Letters and digits only: it goes into connection strings and environment variables unquoted.</summary>
    public static string NewPassword() => RandomNumberGenerator.GetHexString(40, lowercase: true);
}
