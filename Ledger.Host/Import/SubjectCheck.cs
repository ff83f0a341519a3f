using Ledger.Domain.Facts;
using Ledger.Domain.Units;

namespace Ledger.Host.Import;

/// <summary>A staged line as the check reads it.</summary>
internal sealed record CheckedLine(int Line, string Subject, string? Type, FactId? Id, string? Data, Refusal? Refusal);

/// <summary>What the check found about a line: a row of <c>ledger.import_outcome</c>.</summary>
internal readonly record struct Outcome(int Line, char Kind, string Subject, string? Name = null, Refusal? Refusal = null)
{
    public const char Duplicate = 'd';
    public const char Refused = 'r';
    public const char Takes = '+';
    public const char GivesUp = '-';
    public const char Registers = 'u';
    public const char Withdraws = 'w';
}

/// <summary>
/// Checks the lines of one subject, in file order, against the ledger and the earlier lines: by the same
/// <see cref="StreamAdmission"/> as the commands. What a line takes or gives up in the whole ledger (case numbers, the unit's
/// registration) is noted, for the conflicts between subjects and for the registers.
/// </summary>
internal sealed class SubjectCheck(
    Subject subject, IEnumerable<Recorded> history, DateOnly today, Func<string, bool> isRegistered, CaseNumberVerdicts verdicts, OtherStreams others)
{
    private readonly StreamAdmission _stream = new(subject, history);
    private readonly string _name = subject.ToString();
    private readonly RefusedSuppliers _refused = new();
    private int _line;
    private AdmissionContext? _context;

    // Numbers held by other subjects are found in the conflict pass; here only what that pass has settled is known.
    private AdmissionContext Context => _context ??= new(today, isRegistered, number => verdicts.HolderOf(_name, _line, number)) { FactsOf = others.Of };

    /// <summary>A line that was refused before any rule was asked.</summary>
    public Outcome Refuse(CheckedLine line)
    {
        _refused.Add(line.Line, line.Type, line.Id, line.Data);
        return new Outcome(line.Line, Outcome.Refused, line.Subject, null, line.Refusal);
    }

    /// <summary>Decides on a line.</summary>
    public void Check(CheckedLine line, List<Outcome> outcomes)
    {
        if (line.Refusal is not null)
        {
            outcomes.Add(Refuse(line));
            return;
        }

        _line = line.Line;
        var fact = FactJson.ReadTrusted(EventCatalog.Find(line.Type!)!, line.Data!);
        var decision = _stream.Admit(line.Id!, fact, Context);
        if (decision.Refusal is { } refusal)
        {
            if (refusal.Code != Codes.Conflict) refusal = _refused.Instead(refusal, fact, _stream) ?? refusal;
            outcomes.Add(Refuse(line with { Refusal = refusal }));
        }
        else if (decision.Fact is null)
        {
            outcomes.Add(new Outcome(line.Line, Outcome.Duplicate, _name));
        }
        else
        {
            Admit(line, decision.Fact, outcomes);
        }
    }

    private void Admit(CheckedLine line, IFact fact, List<Outcome> outcomes)
    {
        var recorded = new Recorded(_stream.LastSequence + 1, line.Id!, fact);
        if (fact is FactCorrected or FactRetracted)
        {
            var (numbers, registered) = (_stream.CaseNumbers, IsRegistered());
            _stream.Append(recorded);
            var now = _stream.CaseNumbers;
            foreach (var number in numbers)
                if (!now.Contains(number))
                    outcomes.Add(new Outcome(line.Line, Outcome.GivesUp, _name, number));
            foreach (var number in now)
                if (!numbers.Contains(number))
                    outcomes.Add(new Outcome(line.Line, Outcome.Takes, _name, number));
            if (registered != IsRegistered())
                outcomes.Add(new Outcome(line.Line, registered ? Outcome.Withdraws : Outcome.Registers, _name, _stream.Subject.Key));
            return;
        }

        _stream.Append(recorded);
        if (fact is IOpensInstance opening) outcomes.Add(new Outcome(line.Line, Outcome.Takes, _name, opening.CaseNo));
        if (fact is UnitRegistered) outcomes.Add(new Outcome(line.Line, Outcome.Registers, _name, _stream.Subject.Key));
    }

    private bool IsRegistered() =>
        _stream.Subject.Kind == StreamKind.Unit && _stream.Visible.Any(v => v.Fact is UnitRegistered);
}

/// <summary>Case numbers that are certain to be taken by another subject when a line asks for them.</summary>
internal sealed class CaseNumberVerdicts
{
    private readonly Dictionary<(string Subject, int Line), Dictionary<string, string>> _holders = [];

    public bool Add(string subject, int line, string number, string holder)
    {
        if (!_holders.TryGetValue((subject, line), out var numbers)) _holders[(subject, line)] = numbers = new(StringComparer.Ordinal);
        return numbers.TryAdd(number, holder);
    }

    public string? HolderOf(string subject, int line, string number) =>
        _holders.TryGetValue((subject, line), out var numbers) ? numbers.GetValueOrDefault(number) : null;
}
