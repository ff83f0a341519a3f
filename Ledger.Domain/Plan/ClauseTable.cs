using System.Text;
using Ledger.Domain.Facts;
using Ledger.Domain.Obligations;

namespace Ledger.Domain.Plan;

/// <summary>
/// The plan clause by clause: which facts record it, which question shows it, and whether it is an obligation with a clock, a
/// periodic check or a register. Printed as docs/clauses.md, so that the document cannot say anything else than the program.
/// </summary>
public static class ClauseTable
{
    /// <summary>Every clause of the plan with an obligation in it (domain.md §1A), in its order.</summary>
    public static IReadOnlyList<string> Ids { get; } =
    [
        "G1", "G2", "G3", "G4", "G5", "3.1.1a", "3.1.1b", "3.1.1c", "3.1.1d", "3.1.2a", "3.1.2b", "3.1.2c", "3.1.3", "3.2.1", "3.2.2a",
        "3.2.2b", "3.2.2c", "3.2.3a", "3.2.3b", "3.2.3c", "3.2.3d", "3.3.1a", "3.3.1b", "3.3.1c", "3.3.1d", "3.3.1e", "3.3.2a", "3.3.2b",
        "3.3.2c", "3.3.2d", "3.3.2e", "3.3.2f", "3.3.2g", "3.3.2h", "3.3.3a", "3.3.3b", "3.3.3c", "3.3.3d", "3.3.3e", "3.3.3f", "3.3.4a",
        "3.3.4b", "3.3.4c", "3.3.4d", "3.4.1a", "3.4.1b", "3.4.1c", "3.4.1d", "3.4.1e", "3.4.2", "3.5.1", "3.5.2", "4.1", "4.2", "4.3a",
        "4.3b", "4.3c", "4.3d", "4.3e", "4.4a", "4.4b", "4.4c", "4.4d", "4.4e",
    ];

    /// <summary>The entries of all areas, in the plan's order; an id that no area serves is left out.</summary>
    public static IReadOnlyList<Clause> All { get; } =
        [.. from id in Ids from clause in Areas.All.SelectMany(a => a.Clauses) where clause.Id == id select clause];

    /// <summary>What keeps the clause from being forgotten.</summary>
    public static string CheckOf(Clause clause) =>
        clause.Duties.Count == 0 ? "register"
        : clause.Duties.All(d => DutySchedule.BuiltIn.Any(b => b.Kind == d)) ? "periodic check"
        : "obligation";

    /// <summary>The table as Markdown.</summary>
    public static string ToMarkdown()
    {
        var text = new StringBuilder("""
            # The plan, clause by clause

            Printed by `./ledger clauses`; a test compares this file with the program. Ids are those of the research in domain.md §1A.
            A fact is recorded by `POST /api/{stream}/{key}/{fact-name}`, by import, or with the other facts of its file; a question is
            asked by `GET /api/{question}` or `./ledger ask {question}`. An *obligation* has a clock of its own on the duties board
            (`ask duties`), a *periodic check* returns every quarter or year, a *register* shows what was recorded and what was not.

            | Clause | 要求 | Facts | Question | Check |
            |---|---|---|---|---|

            """.ReplaceLineEndings("\n"));
        foreach (var clause in All)
            text.Append(string.Join(
                " | ",
                "| " + clause.Id,
                clause.Chinese,
                string.Join("<br>", clause.Facts.Select(f => $"`{f}` {EventCatalog.Find(f)?.Chinese}")),
                string.Join("<br>", clause.Questions.Select(q => $"`{q}`")),
                CheckOf(clause) + string.Concat(clause.Duties.Select(d => $"<br>`{d}`")) + " |\n"));
        return text.ToString();
    }
}
