using System.Text.Json;
using Ledger.Host.Evidence.Bundle;

namespace Ledger.Tests.Browser;

/// <summary>The bundle's verify.html opened from a folder, as an inspector would.</summary>
public sealed class VerifyPageFile : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("verify-").FullName;
    private readonly WatchedPage _watched;

    private VerifyPageFile(WatchedPage watched) => _watched = watched;

    public Microsoft.Playwright.IPage Page => _watched.Page;

    /// <summary>What it asked for beside itself.</summary>
    public IEnumerable<string> OtherRequests => _watched.Requests.Where(url => url != Address);

    public IEnumerable<string> Complaints => _watched.Complaints;

    private string Address => new Uri(Path.Combine(_folder, "verify.html")).AbsoluteUri;

    public static async Task<VerifyPageFile> OpenAsync(int width = 1440)
    {
        var file = new VerifyPageFile(await Chromium.NewPageAsync(width));
        await File.WriteAllTextAsync(Path.Combine(file._folder, "verify.html"), VerifyPage.Html);
        await file.Page.GotoAsync(file.Address);
        return file;
    }

    /// <summary>Puts a file beside the page, to be chosen in its form.</summary>
    public string Save(string name, byte[] content)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    /// <summary>What window.ledgerVerify says of a bundle.</summary>
    public async Task<Verdict> VerifyAsync(byte[] bundle, string key = "", string policy = "", string checkpoint = "")
    {
        var json = await Page.EvaluateAsync<string>(
            """
            async ([bundle, key, policy, checkpoint]) => {
              const bytes = Uint8Array.from(atob(bundle), c => c.charCodeAt(0));
              const { code, findings, notChecked, checks } = await window.ledgerVerify(bytes.buffer, { key, policy, checkpoint });
              return JSON.stringify({ code, findings, notChecked: notChecked.map(n => n.code), checks: checks.map(c => `${c.id}:${c.state}`) });
            }
            """,
            new[] { Convert.ToBase64String(bundle), key, policy, checkpoint });
        return JsonSerializer.Deserialize<Verdict>(json, JsonSerializerOptions.Web)!;
    }

    public async ValueTask DisposeAsync()
    {
        await _watched.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    public sealed record Verdict(int Code, IReadOnlyList<PageFinding> Findings, IReadOnlyList<string> NotChecked, IReadOnlyList<string> Checks)
    {
        public override string ToString() => $"{Code}: {string.Join(" | ", Findings)}";
    }

    public sealed record PageFinding(string Code, int Exit, string? File, int? Line, string? Sequence, string? Subject, string? Member, string English);
}
