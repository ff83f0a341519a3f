using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Ledger.Domain.Facts;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Domain;

/// <summary>No refusal code goes untested, at whatever level it is given.</summary>
public sealed partial class CodesTests
{
    private static string Tests([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, ".."));

    [Fact]
    public void Each_refusal_code_is_asserted_by_at_least_one_test()
    {
        var separator = Path.DirectorySeparatorChar;
        var assertions = Directory.GetFiles(Tests(), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{separator}obj{separator}", StringComparison.Ordinal) && !f.EndsWith(nameof(CodesTests) + ".cs", StringComparison.Ordinal))
            .SelectMany(File.ReadLines)
            .Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal))
            .SelectMany(line => Named().Matches(line).Select(m => m.Value))
            .ToHashSet(StringComparer.Ordinal);
        var codes = typeof(Codes).GetFields().Select(f => (f.Name, Text: (string)f.GetRawConstantValue()!));
        codes.Where(c => !assertions.Contains("Codes." + c.Name) && !assertions.Contains($"\"{c.Text}\"")).Select(c => c.Text).ShouldBeEmpty();
    }

    [Fact]
    public void Each_code_has_one_constant() => typeof(Codes).GetFields().Select(f => (string)f.GetRawConstantValue()!).ShouldBeUnique();

    [GeneratedRegex("Codes\\.[A-Za-z]+|\"[a-z]+\\.[a-z-]+\"")]
    private static partial Regex Named();
}
