namespace Ledger.Host.Office;

/// <summary>A part of a document's text.</summary>
public abstract record Block;

/// <summary>正文: a paragraph.</summary>
/// <param name="Text">Its text.</param>
public sealed record TextBlock(string Text) : Block;

/// <summary>一级标题: <c>一、…</c></summary>
/// <param name="Text">Its text.</param>
public sealed record HeadingBlock(string Text) : Block;

/// <summary>A table.</summary>
/// <param name="Columns">The names of its columns.</param>
/// <param name="Widths">How wide they are beside each other.</param>
/// <param name="Rows">Its rows.</param>
public sealed record TableBlock(IReadOnlyList<string> Columns, IReadOnlyList<int> Widths, IReadOnlyList<IReadOnlyList<string>> Rows) : Block;

/// <summary>附件: what is annexed begins on a page of its own.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Table">Its table.</param>
/// <param name="Notes">What stands under it.</param>
/// <param name="IsWide">Whether it lies across the page.</param>
public sealed record Annex(string Title, TableBlock Table, IReadOnlyList<string> Notes, bool IsWide);

/// <summary>What the numbers of a document rest on.</summary>
/// <param name="Policy">The counting policy; null where nothing was counted by one.</param>
/// <param name="AsOf">The cut-off day.</param>
/// <param name="Position">The ledger position.</param>
/// <param name="Proof">The address under which the same answer is given for good.</param>
/// <param name="IsSynthetic">Whether people and cases are made up.</param>
public sealed record DocumentBasis(string? Policy, DateOnly AsOf, long Position, string Proof, bool IsSynthetic);

/// <summary>An official document (公文), before it has a form.</summary>
/// <param name="Organ">发文机关</param>
/// <param name="SerialNo">发文字号</param>
/// <param name="Title">标题</param>
/// <param name="Addressee">主送机关; null where there is none.</param>
/// <param name="Body">正文</param>
/// <param name="Annex">附件; null for none.</param>
/// <param name="On">成文日期</param>
/// <param name="Basis">What its numbers rest on.</param>
public sealed record OfficialDocument(
    string Organ, string SerialNo, string Title, string? Addressee, IReadOnlyList<Block> Body, Annex? Annex, DateOnly On, DocumentBasis Basis)
{
    /// <summary>A day as documents write it: <c>2024年7月5日</c>.</summary>
    public static string Day(DateOnly day) => $"{day.Year}年{day.Month}月{day.Day}日";

    /// <summary>What the numbers rest on, in a line.</summary>
    public string BasisLine =>
        (Basis.Policy is null ? "" : $"统计口径 {Basis.Policy}　") + $"数据截止 {Day(Basis.AsOf)}　账本位置 {Basis.Position}" + (Basis.IsSynthetic ? "　合成数据，仅供演示" : "");
}
