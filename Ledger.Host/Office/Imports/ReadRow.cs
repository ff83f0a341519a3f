using System.Globalization;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Host.Cli;

namespace Ledger.Host.Office.Imports;

/// <summary>A row as it is understood; what cannot be is a problem.</summary>
/// <param name="Row">The row.</param>
/// <param name="Number">The case number; null where it is none.</param>
/// <param name="Units">The keys of the units that it names.</param>
/// <param name="Outcomes">The outcomes.</param>
/// <param name="Problems">What is wrong with it.</param>
public sealed record ReadRow(SheetRow Row, CaseNumber? Number, IReadOnlyList<string> Units, IReadOnlyList<Outcome> Outcomes, IReadOnlyList<Refusal> Problems)
{
    private static readonly string[] DayFormats =
        ["yyyy-M-d", "yyyy/M/d", "yyyy.M.d", "yyyy年M月d日", "yyyyMMdd", "yyyy-M-d H:m", "yyyy/M/d H:m", "yyyy-M-d H:m:s", "yyyy/M/d H:m:s", "yyyy年M月d日 H:m"];

    private static readonly Dictionary<string, Outcome> OutcomeNames = Enum.GetValues<Outcome>()
        .SelectMany(o => new[] { (o.ToString(), o), (MemberLabels.Chinese(o.ToString()), o) })
        .Concat([
            ("驳回原告诉讼请求", Outcome.DismissClaims), ("判决驳回诉讼请求", Outcome.DismissClaims), ("判决撤销", Outcome.RevokeAll), ("撤销并重作", Outcome.RevokeAndRedo),
            ("判决履行", Outcome.OrderPerform), ("判决确认违法", Outcome.ConfirmUnlawful), ("判决确认无效", Outcome.ConfirmInvalid), ("判决变更", Outcome.Modify),
            ("裁定不予立案", Outcome.NotDocketed), ("裁定驳回起诉", Outcome.DismissSuit), ("撤诉", Outcome.WithdrawVoluntary), ("准许撤诉", Outcome.WithdrawVoluntary),
            ("准予撤诉", Outcome.WithdrawVoluntary), ("调解结案", Outcome.Mediated), ("终结", Outcome.Terminated), ("移送", Outcome.Transferred),
        ])
        .DistinctBy(o => o.Item1, StringComparer.Ordinal).ToDictionary(o => o.Item1, o => o.Item2, StringComparer.Ordinal);

    private IReadOnlyDictionary<ImportField, int> Columns { get; init; } = new Dictionary<ImportField, int>();

    private Dictionary<ImportField, DateTimeOffset> Times { get; init; } = [];

    /// <summary>The names of every outcome.</summary>
    public static IEnumerable<string> EveryOutcome => Enum.GetNames<Outcome>().Select(MemberLabels.Chinese);

    /// <summary>The case number, normalised; as written where it is none.</summary>
    public string CaseNo => Number?.ToString() ?? Text(ImportField.CaseNo) ?? "";

    /// <summary>The text of a field; null where the row does not say.</summary>
    public string? Text(ImportField field) => Columns.TryGetValue(field, out var at) && at < Row.Cells.Count && Row.Cells[at].Trim() is { Length: > 0 } text ? text : null;

    /// <summary>The day of a field.</summary>
    public DateOnly? Day(ImportField field) => Times.TryGetValue(field, out var time) ? Domain.ShanghaiTime.DateOf(time) : null;

    /// <summary>The instant of a field; midnight where the row gives a day.</summary>
    public DateTimeOffset? Time(ImportField field) => Times.TryGetValue(field, out var time) ? time : null;

    /// <summary>Reads a row.</summary>
    /// <param name="kind">What the sheet is.</param>
    /// <param name="row">The row.</param>
    /// <param name="columns">Which column holds what.</param>
    /// <param name="units">The units by what they are called.</param>
    public static ReadRow Of(ImportKind kind, SheetRow row, IReadOnlyDictionary<ImportField, int> columns, UnitNames units)
    {
        var problems = new List<Refusal>();
        var times = new Dictionary<ImportField, DateTimeOffset>();
        var read = new ReadRow(row, null, [], [], problems) { Columns = columns, Times = times };
        foreach (var field in (ImportField[])[ImportField.DocketedOn, ImportField.ClosedOn, ImportField.ReceivedOn, ImportField.FiledOn])
            if (read.Text(field) is { } day)
                if (TimeOf(day) is { } time) times[field] = time;
                else problems.Add(Refusal.Of(Codes.InvalidValue, NameOf(field), day));
        CaseNumber? number = null;
        if (read.Text(ImportField.CaseNo) is not { } caseNo) problems.Add(Refusal.Of(Codes.MissingMember, "#" + row.Number.ToString(CultureInfo.InvariantCulture), NameOf(ImportField.CaseNo)));
        else if ((number = CaseNumber.Parse(string.Concat(caseNo.Where(c => !char.IsWhiteSpace(c))))) is null) problems.Add(Refusal.Of(Codes.CaseNumberInvalid, caseNo));
        return read with { Number = number, Units = UnitsOf(kind, read, units, problems), Outcomes = OutcomesOf(kind, read, problems) };
    }

    /// <summary>The name of a field, in Chinese.</summary>
    public static string NameOf(ImportField field) => ImportColumns.Of(ImportKind.Register).Single(c => c.Field == field).Chinese;

    private static List<string> UnitsOf(ImportKind kind, ReadRow read, UnitNames units, List<Refusal> problems)
    {
        if (read.Text(ImportField.Unit) is not { } text) return [];
        var found = new List<string>();
        foreach (var name in text.Split(['、', '，', ',', '；', ';', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            if (units.Find(name) is { } unit) found.Add(unit);
            else problems.Add(Refusal.Of(Codes.UnknownUnit, name));
        // A row of a court's list is about one unit; with several it names none of them.
        return kind == ImportKind.CourtList && found.Count > 1 ? [] : [.. found.Distinct(StringComparer.Ordinal)];
    }

    private static List<Outcome> OutcomesOf(ImportKind kind, ReadRow read, List<Refusal> problems)
    {
        if (read.Text(ImportField.Outcome) is not { } text) return [];
        if (OutcomeNames.TryGetValue(text, out var whole)) return [whole];
        var found = new List<Outcome>();
        foreach (var name in text.Split(['、', '；', ';', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            if (OutcomeNames.TryGetValue(name, out var outcome)) found.Add(outcome);
            else problems.Add(Refusal.Of(Codes.InvalidValue, NameOf(ImportField.Outcome), name));
        if (kind == ImportKind.CourtList && found.Count > 1) problems.Add(Refusal.Of(Codes.InvalidValue, NameOf(ImportField.Outcome), text));
        return found;
    }

    private static DateTimeOffset? TimeOf(string text)
    {
        if (DateTime.TryParseExact(text, DayFormats, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces, out var time)) return new DateTimeOffset(time, Domain.ShanghaiTime.Offset);
        // A day that a program wrote as its number: days since 1899-12-30, from 1982 to 2064.
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var serial) && serial is > 30_000 and < 60_000
            ? new DateTimeOffset(new DateTime(1899, 12, 30).AddDays(serial), Domain.ShanghaiTime.Offset)
            : null;
    }
}

/// <summary>Units by what they are called: by name, by key, with or without the county's name and 人民政府.</summary>
public sealed class UnitNames
{
    private const string Government = "人民政府";
    private readonly Dictionary<string, string?> _units = new(StringComparer.Ordinal);

    /// <summary>The units.</summary>
    /// <param name="names">Their names by key.</param>
    public UnitNames(IReadOnlyDictionary<string, string> names)
    {
        var county = names.Values.FirstOrDefault(n => n.EndsWith('县' + Government, StringComparison.Ordinal))?[..^Government.Length];
        foreach (var (key, name) in names) _units[key] = key;
        foreach (var (key, name) in names) _units[name] = key;
        foreach (var (key, name) in names)
            foreach (var other in OthersOf(name, county))
                // What could be two units is neither.
                if (!_units.TryAdd(other, key) && _units[other] != key && !names.Values.Contains(other, StringComparer.Ordinal))
                    _units[other] = null;
    }

    /// <summary>The key of the unit that is called so; null for none.</summary>
    public string? Find(string name) => _units.GetValueOrDefault(name);

    private static IEnumerable<string> OthersOf(string name, string? county)
    {
        var bare = name.StartsWith('县') ? name[1..] : name;
        if (county is not null)
        {
            yield return county + name;
            yield return county + bare;
        }

        yield return "县" + bare;
        if (!name.EndsWith('镇') && !name.EndsWith('乡')) yield break;
        yield return name + Government;
        if (county is not null) yield return county + name + Government;
    }
}
