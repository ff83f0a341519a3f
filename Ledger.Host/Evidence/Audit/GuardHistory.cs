using Ledger.Domain.Sealing;
using Npgsql;

namespace Ledger.Host.Evidence.Audit;

/// <summary>
/// The guards' fingerprints as the manifests sealed them: a change that no change of the structure explains was made with the
/// log of changes off. The guards of today are compared with the last ones.
/// </summary>
/// <param name="findings">Where findings go.</param>
/// <param name="folder">Where the guards' descriptions are kept, a file for each fingerprint, so that a later audit can say what changed; null for nowhere.</param>
internal sealed class GuardHistory(AuditFindings findings, string? folder)
{
    private readonly Dictionary<long, (long Leaf, byte[] Entry)> _changes = [];
    private (long Leaf, string? Before, string? After)? _open;
    private string? _last;
    private bool _any;
    private bool _explained;

    /// <summary>Takes a sealed change of the structure.</summary>
    public void Changed(long leaf, long number, byte[] entry)
    {
        _explained = true;
        _changes[number] = (leaf, entry);
    }

    /// <summary>Takes a manifest's fingerprint, in Base 64.</summary>
    public void Sealed(long leaf, string? fingerprint)
    {
        // A change of the structure may be sealed one batch after the guards that it made were seen.
        if (_open is { } open && !_explained) Report(open);
        _open = null;
        if (_any && !string.Equals(fingerprint, _last, StringComparison.Ordinal) && !_explained) _open = (leaf, _last, fingerprint);
        (_last, _any, _explained) = (fingerprint, true, false);
    }

    /// <summary>The log has ended.</summary>
    public void End()
    {
        if (_open is { } open) Report(open);
        _open = null;
    }

    /// <summary>Compares with the guards of today, and the log of changes with what was sealed of it.</summary>
    public async Task CompareAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await ChangesAsync(connection, cancellation);
        if (!_any) return;
        await using (var exists = new NpgsqlCommand("select to_regprocedure('ledger.guard_fingerprint()') is not null", connection))
            if (!(bool)(await exists.ExecuteScalarAsync(cancellation))!)
            {
                if (_last is not null) findings.Add(AuditCodes.GuardsGone, subject: "ledger.guard_fingerprint()", was: _last);
                return;
            }

        var lines = new List<string>();
        await using (var command = new NpgsqlCommand("select line from ledger.guard_description()", connection))
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
            while (await reader.ReadAsync(cancellation)) lines.Add(reader.GetString(0));
        // Computed here: a function that answers what it is asked for is no guard.
        var found = Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', lines))));
        if (string.Equals(found, _last, StringComparison.Ordinal)) Keep(found, lines);
        else if (_last is not null) Lines(found, lines);
    }

    private void Lines(string found, List<string> lines)
    {
        findings.Add(AuditCodes.GuardsDiffer, subject: "ledger.guard_fingerprint()", was: _last, found: found);
        if (Kept(_last!) is { } before)
        {
            foreach (var line in before.Except(lines, StringComparer.Ordinal)) findings.Add(AuditCodes.GuardsDiffer, member: "-", was: line);
            foreach (var line in lines.Except(before, StringComparer.Ordinal)) findings.Add(AuditCodes.GuardsDiffer, member: "+", found: line);
            return;
        }

        // What they were is not known here; a trigger that does not always fire speaks for itself.
        foreach (var line in lines.Where(l => l.Contains("trigger", StringComparison.Ordinal) && l.Contains(" ledger_", StringComparison.Ordinal) && l.Contains(" enabled ", StringComparison.Ordinal) && !l.Contains(" enabled A", StringComparison.Ordinal)))
            findings.Add(AuditCodes.GuardsDiffer, member: "+", found: line);
    }

    private async Task ChangesAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select n, at, login, tag, object from ledger.schema_change order by n", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new HashSet<long>();
        while (await reader.ReadAsync(cancellation))
        {
            var number = reader.GetInt64(0);
            found.Add(number);
            if (!_changes.TryGetValue(number, out var change)) continue;
            var entry = LogEntry.SchemaChange(number, reader.GetFieldValue<DateTimeOffset>(1), reader.GetString(2), reader.GetString(3), reader.IsDBNull(4) ? null : reader.GetString(4));
            if (!entry.AsSpan().SequenceEqual(change.Entry)) Differs(change.Leaf, number, change.Entry, entry);
        }

        foreach (var (number, change) in _changes.Where(c => !found.Contains(c.Key))) Differs(change.Leaf, number, change.Entry, null);

        void Differs(long leaf, long number, byte[] was, byte[]? found) => findings.Add(
            AuditCodes.SchemaChangeDiffers, leaf: leaf, subject: "ledger.schema_change", member: $"{number}",
            was: System.Text.Encoding.UTF8.GetString(was), found: found is null ? null : System.Text.Encoding.UTF8.GetString(found));
    }

    private void Report((long Leaf, string? Before, string? After) change) =>
        findings.Add(AuditCodes.GuardsChanged, leaf: change.Leaf, subject: "ledger.guard_fingerprint()", was: change.Before, found: change.After);

    private void Keep(string fingerprint, List<string> lines)
    {
        if (folder is null || File.Exists(FileOf(fingerprint))) return;
        try
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(FileOf(fingerprint), string.Join('\n', lines));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // An auditor who may not write there goes without the lines, not without the audit.
        }
    }

    // Only what comes to the fingerprint is believed.
    private List<string>? Kept(string fingerprint)
    {
        if (folder is null || !File.Exists(FileOf(fingerprint))) return null;
        try
        {
            var lines = File.ReadAllText(FileOf(fingerprint)).Split('\n').ToList();
            var hash = System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', lines)));
            return string.Equals(Convert.ToBase64String(hash), fingerprint, StringComparison.Ordinal) ? lines : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private string FileOf(string fingerprint) => Path.Combine(folder!, Convert.ToHexStringLower(Convert.FromBase64String(fingerprint)) + ".txt");
}
