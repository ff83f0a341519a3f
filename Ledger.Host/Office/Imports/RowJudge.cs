using Ledger.Domain;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Periods;
using Ledger.Domain.Plan;
using Ledger.Host.Cli;

namespace Ledger.Host.Office.Imports;

/// <summary>
/// Compares rows with the ledger and says what they would add. It decides nothing: whether what they would add is admitted, the
/// rules of the ledger say.
/// </summary>
/// <param name="situation">The ledger.</param>
public sealed class RowJudge(Situation situation)
{
    private readonly Dictionary<string, (Lawsuit Lawsuit, Instance Instance)> _known = situation.Lawsuits.Values
        .SelectMany(l => l.Instances.Select(i => (l, i))).DistinctBy(i => i.i.CaseNo, StringComparer.Ordinal)
        .ToDictionary(i => i.i.CaseNo, i => i, StringComparer.Ordinal);

    // What a court is called in the ledger, by its code in case numbers.
    private readonly Lazy<Dictionary<string, string>> _courts = new(() => situation.Lawsuits.Values.SelectMany(l => l.Instances)
        .Select(i => (Code: CaseNumber.Parse(i.CaseNo)?.Court, Name: i.Court)).Where(c => c.Code is not null)
        .GroupBy(c => c.Code!, c => c.Name, StringComparer.Ordinal)
        .ToDictionary(c => c.Key, c => c.CountBy(n => n, StringComparer.Ordinal).MaxBy(n => n.Value).Key, StringComparer.Ordinal));

    /// <summary>A row of the county's own register.</summary>
    public JudgedRow OfRegister(ReadRow row)
    {
        if (row.Problems.Count > 0) return new JudgedRow(row, RowVerdict.Refused, [], []);
        if (!_known.TryGetValue(row.CaseNo, out var known)) return Docketing(row, isWhole: true);
        var remarks = Differences(row, known.Lawsuit, known.Instance).ToList();
        if (remarks.Count > 0) return new JudgedRow(row, RowVerdict.Differs, remarks, []);
        var facts = Missing(row, known.Lawsuit, known.Instance).Select(f => new ProposedFact(Subject.Lawsuit(known.Lawsuit.Key), f)).ToList();
        return new JudgedRow(row, facts.Count > 0 ? RowVerdict.New : RowVerdict.Recorded, [], facts);
    }

    /// <summary>A row of a court's list, compared as the reconciliation compares it.</summary>
    /// <param name="row">The row.</param>
    /// <param name="differences">The reconciliation's differences, by case number.</param>
    public JudgedRow OfCourt(ReadRow row, ILookup<string, Difference> differences)
    {
        if (row.Problems.Count > 0) return new JudgedRow(row, RowVerdict.Refused, [], []);
        if (!_known.ContainsKey(row.CaseNo)) return Docketing(row, isWhole: false);
        var found = differences[row.CaseNo].Select(d => RemarkOf(d, situation.NameOf)).ToList();
        return new JudgedRow(row, found.Count > 0 ? RowVerdict.Differs : RowVerdict.Recorded, found, []);
    }

    /// <summary>A difference in words.</summary>
    public static Remark RemarkOf(Difference difference, Func<string, string> nameOf)
    {
        var unit = difference.Key.Unit is { } key ? nameOf(key) : "";
        var (court, ledger) = (Word(difference.Court), Word(difference.Ledger));
        return difference.Key.Kind switch
        {
            DifferenceKind.NeverFiled => new($"单位未报备：{unit}", $"never filed: {unit}"),
            DifferenceKind.CourtOnly => new("法院有、账上无", "in the list, not in the ledger"),
            DifferenceKind.LedgerOnly => new("账上有、法院无", "in the ledger, not in the list"),
            DifferenceKind.UnitDiffers => new($"被告单位：清单 {unit}，账上 {Names(difference.Ledger)}", $"defendant: list {unit}, ledger {Names(difference.Ledger)}"),
            _ => new($"{MemberLabels.Chinese(difference.Key.Kind.ToString())}：清单 {court}，账上 {ledger}", $"{difference.Key.Kind}: list {difference.Court ?? "—"}, ledger {difference.Ledger ?? "—"}"),
        };

        string Names(string? units) => units is null ? "—" : string.Join('、', units.Split('、').Select(nameOf));
    }

    // A case that the ledger does not know. A register's row must be whole; a court's may say less, and then it is listed only.
    private JudgedRow Docketing(ReadRow row, bool isWhole)
    {
        var first = row.Number!.Type.EndsWith('初');
        if (!first) return isWhole ? Refused(OfficeRefusals.NotFirstInstance) : Listed("只列入清单：不是一审案件", "listed only: no first instance");
        var court = row.Text(ImportField.Court) ?? _courts.Value.GetValueOrDefault(row.Number.Court);
        List<ImportField> missing =
        [
            .. ((ImportField[])[ImportField.DocketedOn, ImportField.Cause, ImportField.Field, ImportField.ActType]).Where(f => row.Text(f) is null),
            .. row.Units.Count == 0 ? (ImportField[])[ImportField.Unit] : [], .. court is null ? (ImportField[])[ImportField.Court] : [],
        ];
        if (missing.Count > 0)
        {
            if (isWhole) return new JudgedRow(row, RowVerdict.Refused, [], []) { Refusals = [.. missing.Select(f => Refusal.Of(Codes.MissingMember, row.CaseNo, ReadRow.NameOf(f)))] };
            var names = string.Join('、', missing.Select(ReadRow.NameOf));
            return Listed($"账上没有；缺少{names}，只列入清单，不能登记新案", "not in the ledger; listed only, for too little is said to record the case");
        }

        var subject = Subject.Lawsuit(row.Number.Year + row.Number.Court + row.Number.Type + row.Number.Number);
        var docketed = new LawsuitDocketed(
            row.CaseNo, court!, row.Day(ImportField.DocketedOn)!.Value, CategoryOf(row), row.Text(ImportField.Cause)!, row.Text(ImportField.Field)!, row.Text(ImportField.ActType)!,
            [.. row.Units.Select(u => new Defendant(u, row.Units.Count == 1 ? DefendantCapacity.Sole : DefendantCapacity.Joint))],
            row.Text(ImportField.Township), row.Text(ImportField.Plaintiffs)?.Split(['、', '，', ',', '；', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        var lawsuit = new Lawsuit(subject.Key);
        var facts = new List<IFact> { docketed };
        if (isWhole || (row.Day(ImportField.ClosedOn) is not null && row.Outcomes.Count > 0)) facts.AddRange(Missing(row, lawsuit, new Instance(row.CaseNo, InstanceLevel.First, court!, docketed.DocketedOn)));
        return new JudgedRow(row, RowVerdict.New, [], [.. facts.Select(f => new ProposedFact(subject, f))]);

        JudgedRow Refused(Refusal refusal) => new(row, RowVerdict.Refused, [], []) { Refusals = [refusal] };
        JudgedRow Listed(string chinese, string english) => new(row, RowVerdict.New, [new Remark(chinese, english)], []);
    }

    // What the row says and the ledger does not.
    private static IEnumerable<IFact> Missing(ReadRow row, Lawsuit lawsuit, Instance instance)
    {
        foreach (var unit in row.Units)
        {
            if (row.Day(ImportField.ReceivedOn) is { } received && lawsuit.MaterialsOf(unit, instance.CaseNo) is null) yield return new ResponseMaterialsReceived(unit, instance.CaseNo, received);
            if (row.Time(ImportField.FiledOn) is { } filed && lawsuit.CaseFiledAt(unit, instance.CaseNo) is null) yield return new CaseFilingSubmitted(unit, instance.CaseNo, filed);
        }

        if (row.Day(ImportField.ClosedOn) is { } closed && row.Outcomes.Count > 0 && lawsuit.Document(instance.CaseNo) is null)
            yield return new JudgmentRendered(
                instance.CaseNo, instance.Level, KindOf(row.Outcomes), closed, [.. row.Units.SelectMany(u => row.Outcomes.Select(o => new Disposition(u, o)))]);
    }

    private IEnumerable<Remark> Differences(ReadRow row, Lawsuit lawsuit, Instance instance)
    {
        var docketed = lawsuit.Docketed!;
        if (row.Day(ImportField.DocketedOn) is { } opened && opened != instance.OpenedOn) yield return Differs(ImportField.DocketedOn, Iso(opened), Iso(instance.OpenedOn));
        if (row.Units.Count > 0 && row.Units.Where(u => !lawsuit.WasDefendant(u)).ToList() is { Count: > 0 } others)
            yield return Differs(ImportField.Unit, string.Join('、', others.Select(situation.NameOf)), string.Join('、', lawsuit.EverDefendants.Select(situation.NameOf)));
        if (instance.CaseNo == docketed.CaseNo)
            foreach (var (field, said) in new[] { (ImportField.Cause, docketed.Cause), (ImportField.Field, docketed.Field), (ImportField.ActType, docketed.ActType), (ImportField.Court, docketed.Court) })
                if (row.Text(field) is { } text && text != said)
                    yield return Differs(field, text, said);
        foreach (var unit in row.Units)
        {
            if (row.Day(ImportField.ReceivedOn) is { } received && lawsuit.MaterialsOf(unit, instance.CaseNo) is { } materials && materials.ReceivedOn != received)
                yield return Differs(ImportField.ReceivedOn, Iso(received), Iso(materials.ReceivedOn));
            if (row.Day(ImportField.FiledOn) is { } filed && lawsuit.CaseFiledAt(unit, instance.CaseNo) is { } at && ShanghaiTime.DateOf(at) != filed)
                yield return Differs(ImportField.FiledOn, Iso(filed), Iso(ShanghaiTime.DateOf(at)));
        }

        if (lawsuit.Document(instance.CaseNo) is not { } document) yield break;
        if (row.Day(ImportField.ClosedOn) is { } closed && closed != document.Rendered.ClosedOn) yield return Differs(ImportField.ClosedOn, Iso(closed), Iso(document.Rendered.ClosedOn));
        foreach (var unit in row.Units)
            if (row.Outcomes.Count > 0 && !document.StatedFor(unit).ToHashSet().SetEquals(row.Outcomes))
                yield return Differs(ImportField.Outcome, Words(row.Outcomes), Words(document.StatedFor(unit)));

        static string Words(IEnumerable<Outcome> outcomes) => string.Join('、', outcomes.Select(o => Word(o.ToString())));
    }

    private static Remark Differs(ImportField field, string sheet, string ledger)
    {
        var column = ImportColumns.Of(ImportKind.Register).Single(c => c.Field == field);
        return new Remark($"{column.Chinese}：表中 {sheet}，账上 {(ledger.Length > 0 ? ledger : "—")}", $"{column.English}: sheet {sheet}, ledger {(ledger.Length > 0 ? ledger : "—")}");
    }

    private static LawsuitCategory CategoryOf(ReadRow row) =>
        row.Number!.Type.StartsWith("行赔", StringComparison.Ordinal) ? LawsuitCategory.Compensation : LawsuitCategory.Administrative;

    private static DocumentKind KindOf(IReadOnlyList<Outcome> outcomes) =>
        outcomes.Contains(Outcome.Mediated) ? DocumentKind.Mediation
        : outcomes.Any(o => o.ClassOf() is OutcomeClass.Win or OutcomeClass.Loss || o == Outcome.AgreementCompensation) ? DocumentKind.Judgment
        : DocumentKind.Ruling;

    private static string Iso(DateOnly day) => day.ToString("O", System.Globalization.CultureInfo.InvariantCulture);

    private static string Word(string? code) => code is null ? "—" : MemberLabels.Chinese(code);
}
