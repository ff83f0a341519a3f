using Npgsql;

namespace Ledger.Host.Import;

/// <summary>
/// Finds case numbers that two subjects want (facts.md §3: a number taken twice refuses the later line). Subjects are
/// checked one by one, so what they take and give up is played here in file order, number by number.
/// </summary>
internal sealed class CaseNumberConflicts(NpgsqlDataSource database)
{
    private readonly record struct Claim(int Line, string Subject, bool Taken);

    private readonly record struct Conflict(string Number, int Line, string Subject, string Holder, IReadOnlyList<Claim> Before);

    /// <summary>
    /// Settles the conflicts that are certain, and answers the subjects to check again with them. A refused line changes
    /// what its subject does afterwards; so a conflict is certain when no subject that played a part in it has an earlier
    /// conflict. The earliest of all always is.
    /// </summary>
    public async Task<List<string>> FindAsync(CaseNumberVerdicts verdicts, CancellationToken cancellation)
    {
        var conflicts = await PlayAsync(cancellation);
        var first = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var conflict in conflicts)
            if (!first.TryGetValue(conflict.Subject, out var line) || conflict.Line < line)
                first[conflict.Subject] = conflict.Line;

        var subjects = new HashSet<string>(StringComparer.Ordinal);
        foreach (var conflict in conflicts)
            if (IsStable(conflict.Subject, conflict.Line) && conflict.Before.All(c => IsStable(c.Subject, c.Line))
                && verdicts.Add(conflict.Subject, conflict.Line, conflict.Number, conflict.Holder))
                subjects.Add(conflict.Subject);
        // A settled conflict is refused by the rules of the stream. If it were not, two subjects would get one number.
        if (conflicts.Count > 0 && subjects.Count == 0)
            throw new InvalidOperationException($"The case number {conflicts[0].Number} is wanted twice and nobody was refused.");
        return [.. subjects];

        bool IsStable(string subject, int line) => !first.TryGetValue(subject, out var conflict) || line <= conflict;
    }

    private async Task<List<Conflict>> PlayAsync(CancellationToken cancellation)
    {
        var conflicts = new List<Conflict>();
        await using var command = database.CreateCommand("select case_no, line, subject, taken from ledger.import_contested()");
        command.CommandTimeout = 0;
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        string? number = null;
        string? holder = null;
        var before = new List<Claim>();
        while (await reader.ReadAsync(cancellation))
        {
            if (reader.GetString(0) is var next && next != number) (number, holder, before) = (next, null, []);
            var claim = new Claim(reader.GetInt32(1), reader.GetString(2), reader.GetBoolean(3));
            if (!claim.Taken)
            {
                if (holder == claim.Subject) holder = null;
            }
            else if (holder is null)
            {
                holder = claim.Subject;
            }
            else if (holder != claim.Subject)
            {
                conflicts.Add(new Conflict(number!, claim.Line, claim.Subject, holder, [.. before]));
                continue; // refused: it takes nothing
            }

            before.Add(claim);
        }

        return conflicts;
    }
}
