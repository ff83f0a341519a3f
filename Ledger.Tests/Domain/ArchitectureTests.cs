using System.Reflection;
using System.Runtime.CompilerServices;
using System.Xml.Linq;
using Ledger.Domain.Facts;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Domain;

/// <summary>What may know what, and what nothing may use.</summary>
public sealed class ArchitectureTests
{
    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));

    private static string[] References(string project, string kind) =>
    [
        .. XDocument.Load(Path.Combine(Root(), project, project + ".csproj")).Descendants(kind)
            .Select(r => Path.GetFileNameWithoutExtension((string)r.Attribute("Include")!.Value.Replace('\\', '/'))),
    ];

    [Fact]
    public void The_domain_references_no_package_and_no_project()
    {
        References("Ledger.Domain", "PackageReference").ShouldBeEmpty();
        References("Ledger.Domain", "ProjectReference").ShouldBeEmpty();
        References("Ledger.Domain", "FrameworkReference").ShouldBeEmpty();
        typeof(IFact).Assembly.GetReferencedAssemblies().ShouldAllBe(a => a.Name!.StartsWith("System.", StringComparison.Ordinal));
    }

    [Fact]
    public void References_go_in_one_direction()
    {
        References("Ledger.Projections", "ProjectReference").ShouldBe(["Ledger.Domain"]);
        References("Ledger.Host", "ProjectReference").ShouldBeSubsetOf(["Ledger.Projections", "Ledger.Domain"]);
        Assembly.Load("Ledger.Projections").GetReferencedAssemblies().Select(a => a.Name).ShouldNotContain("Ledger.Host");
        Assembly.Load("Ledger.Host").GetReferencedAssemblies().Select(a => a.Name).ShouldNotContain("Ledger.Tests");
    }

    [Fact]
    public void The_clock_random_numbers_and_new_ids_are_banned_everywhere()
    {
        var banned = File.ReadAllLines(Path.Combine(Root(), "BannedSymbols.txt")).Select(l => l.Split(';')[0]).ToList();
        string[] symbols =
        [
            "P:System.DateTime.Now", "P:System.DateTime.UtcNow", "P:System.DateTime.Today", "P:System.DateTimeOffset.Now", "P:System.DateTimeOffset.UtcNow",
            "M:System.Guid.NewGuid", "M:System.Random.#ctor", "P:System.Random.Shared",
        ];
        symbols.ShouldBeSubsetOf(banned);
        var build = XDocument.Load(Path.Combine(Root(), "Directory.Build.props"));
        build.Descendants("PackageReference").Select(p => (string?)p.Attribute("Include")).ShouldContain("Microsoft.CodeAnalysis.BannedApiAnalyzers");
        build.Descendants("AdditionalFiles").Select(p => (string?)p.Attribute("Include")).ShouldContain("$(MSBuildThisFileDirectory)BannedSymbols.txt");
        build.Descendants("TreatWarningsAsErrors").Single().Value.ShouldBe("true");
    }

    [Fact]
    public void The_domain_holds_no_floating_point_number()
    {
        const BindingFlags all = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        Type[] floating = [typeof(double), typeof(float), typeof(Half)];
        foreach (var type in typeof(IFact).Assembly.GetTypes().Where(t => t.Namespace?.StartsWith("Ledger", StringComparison.Ordinal) == true)
            // RFC 8785 defines the form of a JSON number by doubles; nothing is counted with it.
            .Where(t => t != typeof(Ledger.Domain.Sealing.Jcs)))
        {
            type.GetFields(all).ShouldAllBe(f => !floating.Contains(f.FieldType), type.Name);
            foreach (var method in type.GetMethods(all))
                method.GetParameters().Select(p => p.ParameterType).Append(method.ReturnType).ShouldAllBe(t => !floating.Contains(t), $"{type.Name}.{method.Name}");
        }
    }
}
