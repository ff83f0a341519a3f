using System.Globalization;
using Ledger.Domain.Counting;
using Ledger.Host.Answers;
using Ledger.Host.Pages;

namespace Ledger.Host.Office.Sheets;

/// <summary>A ranking as a workbook: the numbers of the answer, and formulas that make the rates of them.</summary>
public static class RankingWorkbook
{
    private const int FirstRow = 4;

    private enum Kind { Text, Number, Rate }

    private sealed record Field(string Name, double Width, Kind Kind, Func<Figures, long>? Value = null, int Over = 0, int Under = 0);

    /// <summary>The bytes of the workbook.</summary>
    /// <param name="ranking">The ranking.</param>
    /// <param name="scope">What it rests on.</param>
    /// <param name="permalink">The address under which it is given for good.</param>
    /// <param name="notes">What stands beside a row.</param>
    /// <param name="texts">The language.</param>
    public static byte[] Write(Ranking ranking, Scope scope, string permalink, Func<RankingRow, string> notes, PageTexts texts) =>
        WorkbookWriter.Write(Table(ranking, scope, notes, texts), Notes(ranking, scope, permalink, texts));

    private static Field[] Fields(PageTexts t) =>
    [
        new(t.Rank, 7, Kind.Text),
        new(t.Unit, 28, Kind.Text),
        new(t.Say("败诉", "Losses"), 8, Kind.Number, f => f.LossRate.N),
        new(t.Say("计入审结", "Counted closings"), 10, Kind.Number, f => f.LossRate.D),
        new(t.LossRate, 10, Kind.Rate, Over: 2, Under: 3),
        new(t.NewCases, 8, Kind.Number, f => f.NewCases),
        new(t.Closed, 8, Kind.Number, f => f.Closed),
        new(t.Say("调解撤诉", "Mediated or withdrawn"), 10, Kind.Number, f => f.MediatedOrWithdrawn.N),
        new(t.Say("调撤率", "Share mediated or withdrawn"), 10, Kind.Rate, Over: 7, Under: 6),
        new(t.Say("负责人出庭", "Head present"), 11, Kind.Number, f => f.HeadAttendance.N),
        new(t.Say("公开开庭", "Open hearings"), 10, Kind.Number, f => f.HeadAttendance.D),
        new(t.Say("出庭率", "Share with head"), 10, Kind.Rate, Over: 9, Under: 10),
        new(t.Say("三日内报备", "Filed in 3 days"), 11, Kind.Number, f => f.TimelyCaseFiling.N),
        new(t.Say("应报备", "Case filings due"), 9, Kind.Number, f => f.TimelyCaseFiling.D),
        new(t.Say("三日报备率", "3-day filing"), 11, Kind.Rate, Over: 12, Under: 13),
        new(t.Say("五日内报备", "Filed in 5 days"), 11, Kind.Number, f => f.TimelyLossFiling.N),
        new(t.Say("败诉应报备", "Loss filings due"), 11, Kind.Number, f => f.TimelyLossFiling.D),
        new(t.Say("五日报备率", "5-day filing"), 11, Kind.Rate, Over: 15, Under: 16),
        new(t.Notes, 26, Kind.Text),
    ];

    private static Sheet Table(Ranking ranking, Scope scope, Func<RankingRow, string> notes, PageTexts t)
    {
        var fields = Fields(t);
        var last = FirstRow + ranking.Rows.Count - 1;
        var rows = new List<IReadOnlyList<Cell?>>
        {
            new Cell?[] { Cell.Of($"{t.Ranking} {ranking.Period}", CellStyle.Title) },
            new Cell?[] { Cell.Of(string.Join("　", [t.ListName(ranking.List), $"{t.Policy} {ranking.Policy.Id}", .. Basis(scope, t)]), CellStyle.Wrapped) },
            fields.Select(f => (Cell?)Cell.Of(f.Name, CellStyle.Head)).ToList(),
        };
        rows.AddRange(ranking.Rows.Select((row, i) => Line(
            fields, FirstRow + i, row.Figures, row.Rank?.ToString(CultureInfo.InvariantCulture) ?? "—", row.Name, notes(row), CellStyle.Plain, CellStyle.Percent)));
        // The sum of the rows is live; the county is the answer's, for a case with two defendants counts once in it.
        if (ranking.Rows.Count > 0) rows.Add(Sum(fields, ranking, last, t));
        rows.Add(Line(fields, rows.Count + 1, ranking.County, "", t.County, t.Say("共同被告的案件只计一次", "a case with co-defendants counts once"), CellStyle.Total, CellStyle.TotalPercent));
        var end = Sheet.Column(fields.Length - 1);
        return new Sheet(
            t.Say("排名", "Ranking"), [.. fields.Select(f => f.Width)], rows, FrozenRows: FirstRow - 1, FrozenColumns: 2, [$"A1:{end}1", $"A2:{end}2"],
            new Dictionary<int, double> { [1] = 30, [2] = 20, [3] = 36 });
    }

    private static List<Cell?> Line(
        Field[] fields, int row, Figures figures, string rank, string name, string notes, CellStyle plain, CellStyle percent) =>
    [
        .. fields.Select((f, i) => f.Kind switch
        {
            Kind.Number => Cell.Of(f.Value!(figures), plain),
            Kind.Rate => Rate(f, row, fields[f.Over].Value!(figures), fields[f.Under].Value!(figures), percent),
            _ when i == 0 && long.TryParse(rank, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => Cell.Of(number, plain),
            _ => Cell.Of(i switch { 0 => rank, 1 => name, _ => notes }, plain),
        }),
    ];

    private static List<Cell?> Sum(Field[] fields, Ranking ranking, int last, PageTexts t) =>
    [
        .. fields.Select((f, i) => f.Kind switch
        {
            Kind.Number => new FormulaCell($"SUM({Sheet.Column(i)}{FirstRow}:{Sheet.Column(i)}{last})", ranking.Rows.Sum(r => f.Value!(r.Figures)), CellStyle.Total),
            Kind.Rate => Rate(f, last + 1, ranking.Rows.Sum(r => fields[f.Over].Value!(r.Figures)), ranking.Rows.Sum(r => fields[f.Under].Value!(r.Figures)), CellStyle.TotalPercent),
            _ => (Cell?)Cell.Of(i switch { 1 => t.Say("各单位合计", "Sum of the units"), _ => "" }, CellStyle.Total),
        }),
    ];

    private static FormulaCell Rate(Field field, int row, long over, long under, CellStyle style)
    {
        var (n, d) = (Sheet.Column(field.Over) + row.ToString(CultureInfo.InvariantCulture), Sheet.Column(field.Under) + row.ToString(CultureInfo.InvariantCulture));
        return new FormulaCell($"IF({d}=0,\"—\",{n}/{d})", under == 0 ? null : (double)over / under, style);
    }

    private static Sheet Notes(Ranking ranking, Scope scope, string permalink, PageTexts t)
    {
        List<(string Name, string Text)> lines =
        [
            (t.Period, $"{ranking.Period}（{PageTexts.Day(ranking.Period.First)} — {PageTexts.Day(ranking.Period.Last)}）"),
            (t.List, t.ListName(ranking.List)),
            (t.Policy, $"{ranking.Policy.Id}：{t.Sentence(ranking.Policy)}"),
            (t.AsOf, PageTexts.Day(scope.AsOf)),
            (t.KnownAt, PageTexts.Instant(scope.KnownAt)),
            (t.Position, scope.Position.ToString(CultureInfo.InvariantCulture)),
            (t.Permalink, permalink),
            (t.LossRate, t.Say("败诉率 = 败诉件数 ÷ 按统计口径计入的审结件数。", "Loss rate = losses ÷ closings that the counting policy counts.")),
            (t.Rank, t.Say("败诉率由高到低；率相同的，败诉件数多的在前；仍相同的并列（1、1、3）。无结案的不参加排名。", "Highest loss rate first; of equal rates the one with more losses; else tied (1, 1, 3). Without a closing there is no rank.")),
            (t.Mediated, t.Say("调撤率 = 调解和撤诉件数 ÷ 一审审结件数。", "Mediated or withdrawn ÷ first-instance closings.")),
            (t.HeadAttendance, t.Say("出庭率 = 负责人出庭的案号数 ÷ 公开开庭的案号数。", "Case numbers with the head present ÷ case numbers heard in open court.")),
            (t.CaseFiling, t.Say("三日报备率 = 收到应诉材料后三个工作日内报备的 ÷ 本期到期应报备的。", "Filed within 3 working days of receipt ÷ due in the period.")),
            (t.LossFiling, t.Say("五日报备率 = 收到败诉文书后五个工作日内报齐三项材料的 ÷ 本期到期应报备的。", "All three documents within 5 working days ÷ due in the period.")),
            (t.County, t.CountyHint),
            (t.SmallSample, t.Say("计入审结不足五件。", "Fewer than five counted closings.")),
        ];
        if (scope.ImportInProgress) lines.Add((t.Notes, t.ImportRunning));
        if (scope.IsSynthetic) lines.Add((t.Notes, t.Synthetic));
        return new Sheet(t.Say("说明", "Notes"), [18, 110], [.. lines.Select(l => (IReadOnlyList<Cell?>)[Cell.Of(l.Name, CellStyle.Head), Cell.Of(l.Text, CellStyle.Wrapped)])],
            Heights: lines.Select((_, i) => i + 1).ToDictionary(i => i, _ => 34.0));
    }

    private static IEnumerable<string> Basis(Scope scope, PageTexts t) =>
        [$"{t.AsOf} {PageTexts.Day(scope.AsOf)}", $"{t.Position} {scope.Position}", .. scope.IsSynthetic ? (string[])[t.Synthetic] : []];
}
