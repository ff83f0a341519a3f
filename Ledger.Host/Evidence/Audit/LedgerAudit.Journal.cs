using Ledger.Domain.Sealing;

namespace Ledger.Host.Evidence.Audit;

public sealed partial class LedgerAudit
{
    private sealed partial class Run
    {
        private IReadOnlyList<JournalEntry>? ReadJournal()
        {
            if (!_journal.Exists) return null;
            try
            {
                return _journal.All();
            }
            catch (EvidenceStoppedException e)
            {
                _findings.Add(AuditCodes.JournalBroken, subject: _journal.Path, found: e.Message);
                return null;
            }
        }

        private void Expect(IReadOnlyList<PublishedRow> published, IReadOnlyList<JournalEntry>? journal)
        {
            foreach (var row in published) _tree.Expect(RootClaim.Published, row.Size, RootOf(row));
            foreach (var entry in journal ?? []) _tree.Expect(RootClaim.Journal, entry.Checkpoint.Size, entry.Checkpoint.Root);
            foreach (var held in _options.Held) _tree.Expect(RootClaim.Held, held.Size, held.Root);
        }

        // What the note says, not what its row says of it.
        private static byte[] RootOf(PublishedRow row)
        {
            try
            {
                return Checkpoint.Parse(SignedNote.Parse(row.Text).Text).Root;
            }
            catch (EvidenceFormatException)
            {
                return row.Root;
            }
        }

        private void Beyond()
        {
            foreach (var claims in _tree.Beyond().GroupBy(b => b.Claim))
                _findings.Add(
                    claims.Key switch
                    {
                        RootClaim.Published => AuditCodes.RootDiffers,
                        RootClaim.Journal => AuditCodes.JournalRollback,
                        RootClaim.Held => AuditCodes.HeldBeyond,
                        _ => AuditCodes.ResumeDiffers,
                    },
                    leaf: claims.Max(c => c.Size), subject: claims.Key == RootClaim.Journal ? _journal.Path : claims.Key.ToString(), member: "tree_size",
                    was: $"{claims.Max(c => c.Size)}", found: $"{_tree.Size}");
        }

        private void CompareJournal(List<PublishedRow> published, IReadOnlyList<JournalEntry>? journal)
        {
            if (journal is null)
            {
                if (published.Count > 0 && !_findings.Counts.ContainsKey(AuditCodes.JournalBroken.Code)) _findings.Add(AuditCodes.JournalNotFound, subject: _journal.Path);
                return;
            }

            foreach (var origin in journal.Select(j => j.Checkpoint.Origin).Distinct(StringComparer.Ordinal).Where(o => _leaves.Origin is { } own && o != own))
                _findings.Add(AuditCodes.JournalOrigin, subject: _journal.Path, was: _leaves.Origin, found: origin);
            var noted = journal.GroupBy(j => j.Checkpoint.Size).ToDictionary(g => g.Key, g => g.Last().Note);
            var last = journal.Count == 0 ? 0 : journal[^1].Checkpoint.Size;
            foreach (var size in noted.Keys.Except(published.Select(p => p.Size)).Where(size => size < last && size < _tree.Size).Order())
                _findings.Add(AuditCodes.JournalUnpublished, leaf: size, subject: _journal.Path);
            foreach (var row in published)
                if (!noted.TryGetValue(row.Size, out var note)) _findings.Add(AuditCodes.JournalBehind, leaf: row.Size, subject: _journal.Path);
                else if (!string.Equals(note, row.Text, StringComparison.Ordinal)) _findings.Add(AuditCodes.JournalNote, leaf: row.Size, subject: _journal.Path, was: note, found: row.Text);
        }
    }
}
