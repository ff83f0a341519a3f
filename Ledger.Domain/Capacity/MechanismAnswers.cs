using Ledger.Domain.Facts;
using Ledger.Domain.Obligations;
using Ledger.Domain.OutsideVoices;
using Ledger.Domain.Plan;

namespace Ledger.Domain.Capacity;

/// <summary>Answers about external supervisors, responsibilities and mechanisms.</summary>
internal static class MechanismAnswers
{
    public static IEnumerable<ExternalSupervisorRow> Externals(Situation situation, Asked asked)
    {
        foreach (var (subject, facts) in situation.Streams(StreamKind.Supervisor))
        {
            if (facts.Select(f => f.Fact).OfType<ExternalSupervisorEnlisted>().FirstOrDefault() is not { } enlisted) continue;
            if (asked.Key is not null && asked.Key != subject.Key) continue;
            var ended = facts.FirstOrDefault(f => f.Fact is SupervisorRemoved)?.Fact.LegalDate;
            var conflicts = enlisted.Conflicts.Concat(facts.Select(f => f.Fact).OfType<ExternalConflictDeclared>().Select(d => d.Lawsuit))
                .Distinct(StringComparer.Ordinal).ToList();
            var assigned = facts.Select(f => f.Fact).OfType<ExternalSupervisorAssigned>().Select(a => a.Lawsuit).Distinct(StringComparer.Ordinal).ToList();
            yield return new ExternalSupervisorRow(
                subject.Key, enlisted.Background, enlisted.From, enlisted.To, ended, enlisted.To >= situation.AsOf && !(ended < situation.AsOf), conflicts, assigned,
                [.. assigned.Intersect(conflicts, StringComparer.Ordinal)], [.. facts.Select(f => Evidence.Of(subject, f))]);
        }
    }

    public static IEnumerable<ResponsibilityRow> Responsibilities(Situation situation, Asked asked)
    {
        var assigned = situation.Told<ResponsibilityAssigned>(StreamKind.Unit).ToLookup(r => (r.Subject.Key, r.Fact.Field));
        foreach (var unit in situation.County.CountedUnits.Where(u => asked.Unit is null || u.Key == asked.Unit))
            foreach (var field in Enum.GetValues<ResponsibilityField>())
            {
                var rows = assigned[(unit.Key, field)].OrderBy(r => r.Fact.From).ThenBy(r => r.Visible.Sequence).ToList();
                if (rows.Count == 0) yield return new ResponsibilityRow(unit.Key, situation.NameOf(unit.Key), field, null, null, null, false, []);
                for (var i = 0; i < rows.Count; i++)
                {
                    // A later assignment replaces the one before, also one that names no end or a later one.
                    var next = i + 1 < rows.Count ? rows[i + 1].Fact.From.AddDays(-1) : (DateOnly?)null;
                    var until = next is null || rows[i].Fact.To < next ? rows[i].Fact.To : next;
                    yield return new ResponsibilityRow(
                        unit.Key, situation.NameOf(unit.Key), field, rows[i].Fact.Post, rows[i].Fact.From, until, !(until < situation.AsOf),
                        [Evidence.Of(rows[i].Subject, rows[i].Visible)]);
                }
            }
    }

    public static IEnumerable<MechanismRow> Mechanisms(Situation situation, Asked asked)
    {
        var issued = situation.Told<MechanismDocumentIssued>(StreamKind.Policy).ToLookup(m => m.Fact.Mechanism);
        return
            from mechanism in Enum.GetValues<Mechanism>()
            where asked.Clause is null || asked.Clause == ClauseOf(mechanism)
            from told in issued[mechanism].OrderBy(m => m.Fact.IssuedOn).ThenBy(m => m.Visible.Sequence).DefaultIfEmpty()
            select new MechanismRow(
                mechanism, ClauseOf(mechanism), told.Fact?.DocumentNo, told.Fact?.Issuers ?? [], told.Fact?.IssuedOn,
                told.Fact is null ? [] : [Evidence.Of(told.Subject, told.Visible)]);
    }

    public static IEnumerable<JointSupervisionRow> JointSupervisions(Situation situation, Asked asked) =>
        from told in situation.Told<JointSupervisionHeld>(StreamKind.Unit).OrderBy(j => j.Fact.HeldOn)
        where (asked.Unit is null || asked.Unit == told.Subject.Key || told.Fact.With.Contains(asked.Unit, StringComparer.Ordinal))
            && asked.Period?.Contains(told.Fact.HeldOn) != false
        select new JointSupervisionRow(
            told.Subject.Key, situation.NameOf(told.Subject.Key), told.Fact.Topic, [.. told.Fact.With.Select(situation.NameOf)], told.Fact.HeldOn,
            told.Fact.Supervisors, told.Fact.Findings, [Evidence.Of(told.Subject, told.Visible)]);

    private static string ClauseOf(Mechanism mechanism) => mechanism switch
    {
        Mechanism.LitigationBulletin => "3.2.3a", Mechanism.Coordination => "4.1", Mechanism.TieredSupervision => "4.3c", _ => "4.3a",
    };
}
