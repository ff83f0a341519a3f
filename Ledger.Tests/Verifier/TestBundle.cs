using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Ledger.Verifier;
using Ledger.Verifier.Reports;
using Shouldly;

namespace Ledger.Tests.Verifier;

/// <summary>The files of a bag, to be changed as a forger would: who changes a file also writes the manifests again.</summary>
public sealed class TestBundle(Dictionary<string, byte[]> files)
{
    public Dictionary<string, byte[]> Files { get; } = files;

    /// <summary>Who else wants to see what is verified, by which inspector, and what was found: other verifiers are held against it.</summary>
    public static AsyncLocal<Action<byte[], Inspection, Report>?> Observer { get; } = new();

    public static Inspection Trusting(string policy) => new(Encoding.UTF8.GetBytes(policy), IsPolicy: true);

    public string this[string file]
    {
        get => Encoding.UTF8.GetString(Files[file]);
        set => Files[file] = Encoding.UTF8.GetBytes(value);
    }

    /// <summary>Changes a JSON document.</summary>
    public TestBundle Edit(string file, Action<JsonObject> change)
    {
        var json = JsonNode.Parse(Files[file])!.AsObject();
        change(json);
        this[file] = json.ToJsonString();
        return Rebag();
    }

    /// <summary>Changes a line of JSON Lines; the first is 0.</summary>
    public TestBundle EditLine(string file, int line, Action<JsonObject> change)
    {
        var lines = Lines(file);
        var json = JsonNode.Parse(lines[line])!.AsObject();
        change(json);
        lines[line] = json.ToJsonString();
        return SetLines(file, lines);
    }

    public TestBundle DropLine(string file, int line)
    {
        var lines = Lines(file);
        lines.RemoveAt(line);
        return SetLines(file, lines);
    }

    public TestBundle Replace(string file, string old, string with)
    {
        this[file].ShouldContain(old);
        this[file] = this[file].Replace(old, with, StringComparison.Ordinal);
        return Rebag();
    }

    public TestBundle Remove(string file)
    {
        Files.Remove(file).ShouldBeTrue();
        return Rebag();
    }

    public List<string> Lines(string file) => [.. this[file].Split('\n')[..^1]];

    public TestBundle SetLines(string file, IEnumerable<string> lines)
    {
        this[file] = string.Concat(lines.Select(line => line + "\n"));
        return Rebag();
    }

    /// <summary>Writes what BagIt asks for, so that it fits the files as they are.</summary>
    public TestBundle Rebag()
    {
        var payload = Files.Where(file => IsPayload(file.Key)).ToList();
        this["bagit.txt"] = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
        this["bag-info.txt"] = $"Bagging-Date: 2023-12-31\nPayload-Oxum: {payload.Sum(file => file.Value.LongLength)}.{payload.Count}\n";
        this["manifest-sha256.txt"] = Manifest(IsPayload);
        Files.Remove("tagmanifest-sha256.txt");
        this["tagmanifest-sha256.txt"] = Manifest(name => !IsPayload(name));
        return this;

        static bool IsPayload(string name) => name.StartsWith("data/", StringComparison.Ordinal);
        string Manifest(Func<string, bool> belongs) => string.Concat(Files.Where(file => belongs(file.Key)).Select(file => $"{Convert.ToHexStringLower(SHA256.HashData(file.Value))}  {file.Key}\n"));
    }

    public byte[] Zip()
    {
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, content) in Files)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(content);
            }

        return zip.ToArray();
    }

    public Report Verify(Inspection? inspection = null) => Verify(Zip(), inspection);

    public static Report Verify(byte[] zip, Inspection? inspection = null)
    {
        using var stream = new MemoryStream(zip);
        var report = BundleVerifier.Verify(stream, inspection ??= Trusting(BundleBuilder.Policy));
        Observer.Value?.Invoke(zip, inspection, report);
        return report;
    }
}

public static class ReportAssertions
{
    public static void ShouldBeGood(this Report report) =>
        (report.Verdict, string.Join('\n', report.Checks.SelectMany(check => check.Findings))).ShouldBe((Outcome.Good, ""));

    /// <summary>The verdict, and the finding that it rests on; a finding of another outcome when something worse follows from it.</summary>
    public static void ShouldSay(this Report report, Outcome verdict, string code, Outcome? of = null)
    {
        var findings = report.Checks.SelectMany(check => check.Findings).ToList();
        var found = string.Join('\n', findings);
        findings.ShouldContain(finding => finding.Outcome == (of ?? verdict) && finding.Code == code, found);
        findings.ShouldNotContain(finding => finding.Code == "check.failed", found);
        report.Verdict.ShouldBe(verdict, found);
    }
}
