using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ledger.Domain.Facts;

namespace Ledger.Host.Evidence.Bundle;

/// <summary>
/// <c>verify.html</c> of a bundle (docs/evidence.md §6): one self-contained page that verifies the bundle in a browser without
/// a network. Its content security policy allows exactly its own script and style, by their hashes, and no request of any kind.
/// </summary>
public static class VerifyPage
{
    // In the order in which each uses the ones before.
    private static readonly string[] Scripts =
    [
        "bytes.js", "jcs.js", "merkle.js", "zip.js", "note.js", "findings.js", "bag.js", "entries.js", "leaves.js", "heads.js", "counting.js", "numbers.js",
        "verify.js", "view.js", "numbersview.js", "ui.js",
    ];

    private static readonly Lazy<string> Page = new(Build);

    /// <summary>The whole page, in UTF-8 without a byte order mark when written; the same text in every bundle of this version.</summary>
    public static string Html => Page.Value;

    /// <summary>The value of a CSP hash source for an inline element's text.</summary>
    internal static string HashSource(string text) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'";

    private static string Build()
    {
        var style = Resource("verify.css");
        // One scope: nothing but window.ledgerVerify is visible outside.
        var script = $"\"use strict\";\n(() => {{\n{Words()}{string.Concat(Scripts.Select(Resource))}}})();\n";
        if (script.Contains("</script", StringComparison.OrdinalIgnoreCase) || style.Contains("</style", StringComparison.OrdinalIgnoreCase))
            throw new InvalidOperationException("The text of an inline element would end it.");
        var policy = $"default-src 'none'; script-src {HashSource(script)}; style-src {HashSource(style)}; img-src data:; base-uri 'none'; form-action 'none'";
        return Resource("verify.template.html")
            .Replace("{{policy}}", policy, StringComparison.Ordinal)
            .Replace("{{style}}", style, StringComparison.Ordinal)
            .Replace("{{script}}", script, StringComparison.Ordinal);
    }

    // The Chinese names of facts, members and codes: labels for people, on which no check depends.
    private static string Words()
    {
        var words = EventCatalog.All.Select(e => KeyValuePair.Create(e.Name, e.Chinese)).Concat(FactWords.All).DistinctBy(w => w.Key, StringComparer.Ordinal)
            .OrderBy(w => w.Key, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        return $"const factWords = Object.assign(Object.create(null), {JsonSerializer.Serialize(words, FactJson.Options)});\n";
    }

    internal static string Resource(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"bundle/{name}")
            ?? throw new InvalidOperationException($"{name} is not embedded.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
