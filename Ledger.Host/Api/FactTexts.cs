using System.Xml.Linq;
using Ledger.Domain.Facts;

namespace Ledger.Host.Api;

/// <summary>What the XML documentation of the facts says of them and of their members.</summary>
public sealed class FactTexts
{
    private readonly Dictionary<string, string> _texts = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads the file beside the assembly; without it the description has no prose, and nothing else is missing.</summary>
    public static FactTexts Load()
    {
        var texts = new FactTexts();
        var file = Path.ChangeExtension(typeof(CatalogEntry).Assembly.Location, ".xml");
        if (!File.Exists(file)) return texts;
        foreach (var member in XDocument.Load(file).Descendants("member"))
            if (member.Attribute("name")?.Value is { } name && name.StartsWith("T:", StringComparison.Ordinal))
            {
                var type = name[(name.LastIndexOf('.') + 1)..];
                texts._texts[type] = Words(member.Element("summary"));
                foreach (var parameter in member.Elements("param"))
                    texts._texts[type + "." + parameter.Attribute("name")?.Value] = Words(parameter);
            }

        return texts;
    }

    /// <summary>The text of a fact, or of a member of it; null when there is none.</summary>
    public string? Of(string type, string? member = null) => _texts.GetValueOrDefault(member is null ? type : type + "." + member);

    private static string Words(XElement? element) =>
        string.Join(' ', (element?.Value ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
