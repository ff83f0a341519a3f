namespace Ledger.Host.Evidence.Bundle.Report;

/// <summary>A table of the report: its cells are HTML already.</summary>
internal static class ReportTable
{
    /// <summary>A table with a caption for those who cannot see it; nothing but a note when there are no rows.</summary>
    public static string Of(string caption, IReadOnlyList<string> columns, IEnumerable<Row> rows, string kind = "")
    {
        var body = string.Concat(rows.Select(r => $"<tr{(r.Kind.Length > 0 ? $" class=\"{r.Kind}\"" : "")}>{string.Concat(r.Cells.Select(c => $"<td>{c}</td>"))}</tr>"));
        return body.Length == 0
            ? "<p class=\"none\">无。</p>"
            : $"<table class=\"{kind}\"><caption>{ReportText.Escape(caption)}</caption><thead><tr>{string.Concat(columns.Select(c => $"<th scope=\"col\">{ReportText.Escape(c)}</th>"))}</tr></thead><tbody>{body}</tbody></table>\n";
    }

    /// <summary>Pairs of a name and a value.</summary>
    public static string Pairs(params IEnumerable<(string Name, string? Value)> pairs) =>
        $"<table class=\"pairs\"><tbody>{string.Concat(pairs.Where(p => p.Value is not null).Select(p => $"<tr><th scope=\"row\">{ReportText.Escape(p.Name)}</th><td>{p.Value}</td></tr>"))}</tbody></table>\n";

    /// <summary>A row.</summary>
    /// <param name="Cells">Its cells.</param>
    /// <param name="Kind">Its class in the style sheet, or nothing.</param>
    internal sealed record Row(IReadOnlyList<string> Cells, string Kind = "");
}
