using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Ledger.Host.Evidence.Keys;

/// <summary>
/// Whose a file is. On Linux the kernel is asked, because root can open everybody's files; elsewhere a file that only its owner
/// can read and that was opened is the opener's.
/// </summary>
internal static class FileOwner
{
    private const int EmptyPath = 0x1000; // AT_EMPTY_PATH: the open file itself
    private const uint Uid = 0x8; // STATX_UID

    // struct statx: u32 mask, u32 blksize, u64 attributes, u32 nlink, u32 uid, …; the same on every architecture.
    private const int UidAt = 20;

    /// <summary>Whether the file belongs to the account of this process.</summary>
    public static bool IsOurs(SafeFileHandle file)
    {
        if (!OperatingSystem.IsLinux()) return true;
        var status = new byte[256];
        if (Native.statx(file, [0], EmptyPath, Uid, status) != 0) return false;
        var uid = BitConverter.IsLittleEndian
            ? BinaryPrimitives.ReadUInt32LittleEndian(status.AsSpan(UidAt))
            : BinaryPrimitives.ReadUInt32BigEndian(status.AsSpan(UidAt));
        return uid == Native.geteuid();
    }

#pragma warning disable IDE1006, SA1300 // The names are those of the C library.
    private static class Native
    {
        [DllImport("libc", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int statx(SafeFileHandle folder, byte[] path, int flags, uint mask, byte[] status);

        [DllImport("libc")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern uint geteuid();
    }
#pragma warning restore IDE1006, SA1300
}
