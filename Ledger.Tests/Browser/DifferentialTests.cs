using System.Globalization;
using System.Reflection;
using System.Text;
using Ledger.Tests.Verifier;
using Ledger.Verifier;
using Ledger.Verifier.Reports;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Browser;

/// <summary>
/// Whatever bundle the tests of ledger-verify make, good or forged, is given to the page as well: two verifiers that share
/// nothing must come to the same verdict. What is forged is therefore written down once, in Ledger.Tests/Verifier.
/// </summary>
public sealed class DifferentialTests(DifferentialTests.OpenPage page) : IClassFixture<DifferentialTests.OpenPage>
{
    public static TheoryData<string, string, int> Cases() => [.. Methods().SelectMany(Rows).Select(r => new TheoryDataRow<string, string, int>(r.Type, r.Method, r.Row))];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Both_verifiers_come_to_the_same_verdict(string type, string method, int row)
    {
        List<(byte[] Zip, Inspection Inspection, Report Report)> verified = [];
        TestBundle.Observer.Value = (zip, inspection, report) => verified.Add((zip, inspection, report));
        await InvokeAsync(type, method, row);
        TestBundle.Observer.Value = null;

        foreach (var (zip, inspection, report) in verified)
        {
            var trust = Encoding.UTF8.GetString(inspection.Trust.Span);
            var verdict = await page.File.VerifyAsync(
                zip, inspection.IsPolicy ? "" : trust, inspection.IsPolicy ? trust : "", inspection.Checkpoint is { } held ? Encoding.UTF8.GetString(held.ToArray()) : "");
            var said = $"page {verdict}\nledger-verify {report.Verdict}: {string.Join(" | ", report.Checks.SelectMany(c => c.Findings))}";
            var findings = WhatAPageCanFind(report).ToList();
            var expected = TrustsSm2Only(trust) ? Outcome.Untrusted : WorstOf(findings);
            verdict.Code.ShouldBe((int)expected, said);
            // Malformed input is refused at the first thing that is wrong, and readers meet it in different orders.
            if (expected is Outcome.Tampered or Outcome.Incomplete)
                verdict.Findings.Where(f => f.Exit == (int)expected).Select(f => f.Code).Intersect(findings.Where(f => f.Outcome == expected).Select(f => f.Code)).ShouldNotBeEmpty(said);
            if (report.Verdict != expected) verdict.NotChecked.ShouldContain(code => code == "sm2" || code == "timestamps" || inspection.Authorities != null, said);
        }
    }

    [Fact]
    public void The_tests_of_the_other_verifier_are_found() => Cases().Count.ShouldBeGreaterThan(20);

    // The page says that it cannot check time-stamps and SM2 signatures; what ledger-verify finds of them is its own.
    private static IEnumerable<Finding> WhatAPageCanFind(Report report) => report.Checks.SelectMany(c => c.Findings)
        .Where(f => !f.Code.StartsWith("timestamp.", StringComparison.Ordinal) && f.Code != "check.not-run" && !f.Text.English.Contains(BundleBuilder.Sm2.Key, StringComparison.Ordinal));

    private static Outcome WorstOf(IEnumerable<Finding> findings) =>
        findings.Select(f => f.Outcome).OrderBy(o => Array.IndexOf([Outcome.Malformed, Outcome.Untrusted, Outcome.Tampered, Outcome.Incomplete], o)).FirstOrDefault(Outcome.Good);

    // A signature that was not checked is trusted for nothing.
    private static bool TrustsSm2Only(string trust) =>
        trust.Contains(BundleBuilder.Sm2.Key, StringComparison.Ordinal) && !trust.Contains(BundleBuilder.Log.Key, StringComparison.Ordinal);

    private static IEnumerable<MethodInfo> Methods() => typeof(TestBundle).Assembly.GetTypes()
        .Where(t => t.Namespace == typeof(TestBundle).Namespace && (t.Name.StartsWith("Forged", StringComparison.Ordinal) || t.Name.StartsWith("Hostile", StringComparison.Ordinal) || t == typeof(GoodBundleTests)))
        .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
        // How long ledger-verify takes is measured where it is alone.
        .Where(m => m.GetCustomAttribute<FactAttribute>() is not null && !m.Name.EndsWith("_second", StringComparison.Ordinal));

    private static IEnumerable<(string Type, string Method, int Row)> Rows(MethodInfo method) =>
        Enumerable.Range(0, Math.Max(1, method.GetCustomAttributes<InlineDataAttribute>().Count())).Select(row => (method.DeclaringType!.Name, method.Name, row));

    private static async Task InvokeAsync(string type, string method, int row)
    {
        var found = Methods().Single(m => m.DeclaringType!.Name == type && m.Name == method);
        var data = found.GetCustomAttributes<InlineDataAttribute>().ElementAtOrDefault(row)?.Data ?? [];
        var arguments = found.GetParameters().Zip(data, (parameter, value) => value is int && parameter.ParameterType == typeof(ushort) ? Convert.ToUInt16(value, CultureInfo.InvariantCulture) : value);
        if (found.Invoke(Activator.CreateInstance(found.DeclaringType!), [.. arguments]) is Task running) await running;
    }

    /// <summary>The page, opened once.</summary>
    public sealed class OpenPage : IAsyncLifetime
    {
        public VerifyPageFile File { get; private set; } = null!;

        public async ValueTask InitializeAsync() => File = await VerifyPageFile.OpenAsync();

        public ValueTask DisposeAsync() => File.DisposeAsync();
    }
}
