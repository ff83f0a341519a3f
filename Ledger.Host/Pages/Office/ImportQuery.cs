using System.Globalization;
using Ledger.Host.Office.Imports;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Ledger.Host.Pages.Office;

/// <summary>What the page of imports shows, as its address says it.</summary>
/// <param name="Asked">The sheet and how it is read.</param>
/// <param name="Show">Only rows of this verdict.</param>
internal sealed record ImportQuery(SheetAsked Asked, RowVerdict? Show)
{
    /// <summary>The page.</summary>
    public const string Path = "/imports";

    private const string Column = "col-";

    /// <summary>The name of a field's column in an address.</summary>
    public static string NameOf(ImportField field) => Column + field;

    /// <summary>Reads the parameters of an address.</summary>
    public static ImportQuery Of(IReadOnlyDictionary<string, StringValues> query)
    {
        string? Text(string name) => query.TryGetValue(name, out var value) && value is [{ Length: > 0 } text, ..] ? text : null;

        var kind = Text("kind") == nameof(ImportKind.Register) ? ImportKind.Register : ImportKind.CourtList;
        var fields = ImportColumns.Of(kind).Select(c => c.Field).Where(f => query.ContainsKey(NameOf(f))).ToList();
        var columns = fields.Count == 0 ? null : fields
            .Select(f => (Field: f, At: int.TryParse(Text(NameOf(f)), NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? at : -1)).Where(c => c.At >= 0)
            .ToDictionary(c => c.Field, c => c.At);
        DateOnly? sharedOn = DateOnly.TryParseExact(Text("sharedOn"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
        return new ImportQuery(
            new SheetAsked(kind, Text("file") ?? "", Text("period"), sharedOn, columns, Text("new") != "no"),
            Enum.TryParse<RowVerdict>(Text("show"), out var show) && Enum.IsDefined(show) ? show : null);
    }

    /// <summary>The address.</summary>
    public string Address(string path = Path) => QueryHelpers.AddQueryString(path, Parts().Where(p => p.Value is not null).ToDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal));

    private IEnumerable<(string Name, string? Value)> Parts() =>
    [
        ("kind", Asked.Kind.ToString()), ("file", Asked.Sha256.Length > 0 ? Asked.Sha256 : null), ("period", Asked.Period),
        ("sharedOn", Asked.SharedOn is { } day ? PageTexts.Day(day) : null), ("new", Asked.WithNew ? null : "no"), ("show", Show?.ToString()),
        .. Asked.Columns?.Select(c => (NameOf(c.Key), (string?)c.Value.ToString(CultureInfo.InvariantCulture))) ?? [],
    ];
}
