using Ledger.Verifier.Reports;

namespace Ledger.Verifier.Container;

/// <summary>A bag that somebody has unpacked into a folder.</summary>
internal static class FolderBag
{
    public static Bag Open(string folder)
    {
        var bag = new Bag();
        var all = new EnumerationOptions { RecurseSubdirectories = false, AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };
        Add(new DirectoryInfo(folder), "");
        return bag;

        void Add(DirectoryInfo directory, string prefix)
        {
            foreach (var item in directory.EnumerateFileSystemInfos("*", all).OrderBy(item => item.Name, StringComparer.Ordinal))
            {
                var name = prefix + item.Name;
                if (item.LinkTarget is not null || (item.Attributes & (FileAttributes.ReparsePoint | FileAttributes.Device)) != FileAttributes.None)
                    throw StoppedException.Malformed("container.link", name, "是链接或特殊文件", "is a link or a special file");
                if (item is DirectoryInfo inner) Add(inner, name + "/");
                else
                {
                    using var content = ((FileInfo)item).OpenRead();
                    bag.Add(name, content.Length, content);
                }
            }
        }
    }
}
