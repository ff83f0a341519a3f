using Ledger.Domain.Facts;
using Ledger.Domain.Units;
using Marten;
using Npgsql;

namespace Ledger.Host.Intake;

/// <summary>
/// What a rule needs of the wider ledger, read in the writer's transaction: which of the named units are registered (kept so
/// until the end of the transaction) and who holds the case numbers. The tables are written by the same transactions that
/// append the facts, and their keys are what makes a case number unique in the whole ledger.
/// </summary>
internal sealed record Registers(string? Importing, FactId? Elsewhere, IReadOnlySet<string> Units, IReadOnlyDictionary<string, string> Owners)
{
    /// <summary>The other streams that the rules read, as they stand under their locks.</summary>
    public IReadOnlyDictionary<Subject, IReadOnlyList<VisibleFact>> Others { get; init; } = new Dictionary<Subject, IReadOnlyList<VisibleFact>>();

    public AdmissionContext Context(DateOnly today) => new(today, Units.Contains, Owners.GetValueOrDefault)
    {
        FactsOf = subject => Others.GetValueOrDefault(subject) ?? [],
    };

    /// <summary>The questions that the fact's own names raise; what an amendment raises is known only with the history.</summary>
    public static IEnumerable<NpgsqlBatchCommand> Questions(RecordFact command, StreamAdmission? admission = null)
    {
        List<IFact> facts = [command.Fact];
        if (admission is not null)
            facts = [.. admission.Visible.Select(v => v.Fact), .. admission.History.Select(r => r.Fact), command.Fact, .. Corrected(command.Fact, admission)];
        var numbers = facts.OfType<IOpensInstance>().Select(o => o.CaseNo).ToList();
        var units = facts.OfType<INamesUnits>().SelectMany(f => f.NamedUnits);
        if (command.Subject.Kind == StreamKind.Unit) units = units.Append(command.Subject.Key);
        return
        [
            Enter(command, numbers),
            Command("select unit from ledger.registered_unit where unit = any($1) order by unit for key share", units),
            Command("select case_no, subject from ledger.case_number where case_no = any($1)", numbers),
            Command("select e.stream_id from mt.mt_events e where e.id = any($1::uuid[])", [command.Id.ToEventId().ToString()]),
        ];
    }

    /// <summary>Reads the answers, in the order of the questions.</summary>
    public static async Task<Registers> ReadAsync(NpgsqlDataReader reader, RecordFact command, CancellationToken cancellation)
    {
        await reader.ReadAsync(cancellation);
        var importing = reader.IsDBNull(0) ? null : reader.GetString(0);
        await reader.NextResultAsync(cancellation);
        var registered = new HashSet<string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellation)) registered.Add(reader.GetString(0));
        await reader.NextResultAsync(cancellation);
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellation)) owners[reader.GetString(0)] = reader.GetString(1);
        await reader.NextResultAsync(cancellation);
        FactId? elsewhere = null;
        while (await reader.ReadAsync(cancellation))
            if (reader.GetString(0) != command.Subject.ToString())
                elsewhere = command.Id; // the key stands for a fact about another subject: other content
        return new Registers(importing, elsewhere, registered, owners);
    }

    /// <summary>Queues what the admitted fact changes in the registers, into the session that appends it.</summary>
    public static void Queue(IDocumentSession session, Subject subject, IFact fact, IReadOnlySet<string> numbersBefore, StreamAdmission after)
    {
        var numbers = after.CaseNumbers;
        foreach (var freed in numbersBefore.Except(numbers, StringComparer.Ordinal))
            session.QueueSqlCommand("delete from ledger.case_number where case_no = ? and subject = ?", freed, subject.ToString());
        foreach (var taken in numbers.Except(numbersBefore, StringComparer.Ordinal))
            session.QueueSqlCommand("insert into ledger.case_number (case_no, subject) values (?, ?)", taken, subject.ToString());
        if (subject.Kind != StreamKind.Unit) return;
        if (fact is UnitRegistered)
            session.QueueSqlCommand("insert into ledger.registered_unit (unit) values (?)", subject.Key);
        else if (fact is FactRetracted && !after.Visible.Any(v => v.Fact is UnitRegistered))
            session.QueueSqlCommand("delete from ledger.registered_unit where unit = ?", subject.Key);
    }

    // A correction names units and numbers of its own: the values that it sets.
    private static IEnumerable<IFact> Corrected(IFact fact, StreamAdmission admission) =>
        fact is FactCorrected correction
        && admission.Visible.FirstOrDefault(v => v.Origin.Id == correction.Fact) is { } target
        && Correction.Apply(target.Fact, correction.Set).Fact is { } corrected
            ? [corrected]
            : [];

    // Passes the gate that an import closes for a moment while it reserves its subjects and case numbers.
    private static NpgsqlBatchCommand Enter(RecordFact command, IEnumerable<string> numbers) =>
        new("select ledger.enter_command($1, $2, $3)")
        {
            Parameters =
            {
                new NpgsqlParameter<string> { TypedValue = command.Subject.ToString() },
                new NpgsqlParameter<string[]> { TypedValue = [.. numbers.Distinct(StringComparer.Ordinal)] },
                new NpgsqlParameter<Guid> { TypedValue = command.Id.ToEventId() },
            },
        };

    private static NpgsqlBatchCommand Command(string sql, IEnumerable<string> values) =>
        new(sql) { Parameters = { new NpgsqlParameter<string[]> { TypedValue = [.. values.Distinct(StringComparer.Ordinal)] } } };
}
