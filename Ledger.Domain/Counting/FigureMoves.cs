namespace Ledger.Domain.Counting;

/// <summary>One of the numbers of a unit or of the county (<see cref="Figures"/>).</summary>
public enum FigureName
{
    /// <summary>败诉率</summary>
    LossRate,

    /// <summary>发案量: a count, over one.</summary>
    NewCases,

    /// <summary>调撤率; its denominator is 审结.</summary>
    MediatedOrWithdrawn,

    /// <summary>负责人出庭应诉率</summary>
    HeadAttendance,

    /// <summary>三日报备率</summary>
    TimelyCaseFiling,

    /// <summary>五日败诉报备率</summary>
    TimelyLossFiling,
}

/// <summary>A number that is not what it was.</summary>
/// <param name="Figure">Which one.</param>
/// <param name="Before">What it was.</param>
/// <param name="After">What it is.</param>
public sealed record FigureMove(FigureName Figure, Ratio Before, Ratio After)
{
    /// <summary>The numbers that differ; absent ones are 0/0, and no new case.</summary>
    public static IReadOnlyList<FigureMove> Between(Figures? before, Figures? after) =>
        Equals(before, after) ? [] : [.. Parts(before).Zip(Parts(after), (b, a) => new FigureMove(b.Name, b.Value, a.Value)).Where(m => m.Before != m.After)];

    /// <summary>Each number by its name.</summary>
    public static IReadOnlyList<(FigureName Name, Ratio Value)> Parts(Figures? figures) =>
    [
        (FigureName.LossRate, figures?.LossRate ?? default),
        (FigureName.NewCases, new Ratio(figures?.NewCases ?? 0, 1)),
        (FigureName.MediatedOrWithdrawn, figures?.MediatedOrWithdrawn ?? default),
        (FigureName.HeadAttendance, figures?.HeadAttendance ?? default),
        (FigureName.TimelyCaseFiling, figures?.TimelyCaseFiling ?? default),
        (FigureName.TimelyLossFiling, figures?.TimelyLossFiling ?? default),
    ];
}
