using System.Runtime.CompilerServices;
using System.Xml.Linq;
using Ledger.Verifier;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Verifier;

/// <summary>What the verifier finds must not rest on the code that it checks.</summary>
public sealed class VerifierArchitectureTests
{
    [Fact]
    public void The_verifier_references_no_project_and_no_store()
    {
        var project = XDocument.Load(Path.Combine(Root(), "Ledger.Verifier", "Ledger.Verifier.csproj"));
        project.Descendants("ProjectReference").ShouldBeEmpty();
        project.Descendants("Compile").ShouldBeEmpty();
        project.Descendants("PackageReference").Select(reference => (string)reference.Attribute("Include")!).Order()
            .ShouldBe(["BouncyCastle.Cryptography", "System.CommandLine", "System.Security.Cryptography.Pkcs"]);
        typeof(BundleVerifier).Assembly.GetReferencedAssemblies().ShouldAllBe(assembly =>
            assembly.Name!.StartsWith("System", StringComparison.Ordinal) || assembly.Name == "BouncyCastle.Cryptography");
    }

    [Fact]
    public void It_can_be_read_in_an_afternoon() =>
        Directory.EnumerateFiles(Path.Combine(Root(), "Ledger.Verifier"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .ShouldAllBe(file => File.ReadLines(file).Count() < 200);

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
