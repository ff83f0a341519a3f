using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Ledger.Host.Evidence;

/// <summary>Small files that are there whole or not at all, and that a power cut does not take back once the call has returned.</summary>
internal static class DurableFile
{
    /// <summary>Readable and writable for its owner, for nobody else.</summary>
    public const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes a new file.</summary>
    /// <exception cref="IOException">There is one already, or it cannot be written.</exception>
    public static void Create(string path, ReadOnlySpan<byte> content) => Write(path, content, overwrite: false);

    /// <summary>Writes a file in the place of the one that may be there.</summary>
    public static void Replace(string path, ReadOnlySpan<byte> content) => Write(path, content, overwrite: true);

    /// <summary>Makes the names in a folder durable: a file that was moved into it may be gone after a power cut otherwise.</summary>
    public static void SyncFolder(string folder)
    {
        // Windows keeps its directory entries in a journal and has no such call.
        if (OperatingSystem.IsWindows()) return;
        var handle = Native.open(Encoding.UTF8.GetBytes(folder + '\0'), 0);
        if (handle < 0) throw new IOException($"{folder}: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");
        try
        {
            if (Native.fsync(handle) != 0) throw new IOException($"{folder}: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");
        }
        finally
        {
            _ = Native.close(handle);
        }
    }

    private static void Write(string path, ReadOnlySpan<byte> content, bool overwrite)
    {
        var whole = Path.GetFullPath(path);
        var written = $"{whole}.{RandomNumberGenerator.GetHexString(8, lowercase: true)}.new";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = Private;
        try
        {
            using (var file = new FileStream(written, options))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }

            File.Move(written, whole, overwrite);
        }
        catch
        {
            File.Delete(written);
            throw;
        }

        SyncFolder(Path.GetDirectoryName(whole)!);
    }

#pragma warning disable IDE1006, SA1300 // The names are those of POSIX.
    private static class Native
    {
        [DllImport("libc", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int open(byte[] path, int flags);

        [DllImport("libc", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int fsync(int handle);

        [DllImport("libc", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int close(int handle);
    }
#pragma warning restore IDE1006, SA1300
}
