using System.Globalization;
using System.Runtime.CompilerServices;
using Ledger.Host.Evidence.Audit;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Evidence;

/// <summary>docs/operations.md lists what an audit can say, no more and no less.</summary>
public sealed class OperationsTests
{
    [Fact]
    public void The_document_lists_every_code_of_the_audit()
    {
        var listed = File.ReadAllLines(Document()).Where(l => l.StartsWith("| `", StringComparison.Ordinal) && l.Count(c => c == '|') == 4).ToList();
        listed.ShouldBe(AuditCodes.All.Select(c => string.Create(CultureInfo.InvariantCulture, $"| `{c.Code}` | {c.Kind} ({(int)c.Kind}) | {c.English} · {c.Chinese} |")));
    }

    private static string Document([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "docs", "operations.md"));
}
