using Ledger.Domain.Facts;

namespace Ledger.Host.Office;

/// <summary>Why a file is not made or not taken: reasons of the files, not of the ledger's rules.</summary>
public static class OfficeRefusals
{
    /// <summary>There is nothing to write.</summary>
    public static Refusal NoDocument { get; } = new("document.not-found", "此时没有这份公文可以生成", "there is no such document at this moment");

    /// <summary>No file came, or an empty one.</summary>
    public static Refusal Empty { get; } = new("sheet.empty", "没有收到文件，或者文件是空的", "no file came, or an empty one");

    /// <summary>The file is too long.</summary>
    public static Refusal TooLarge { get; } = new("sheet.too-large", "文件超过 10 MB", "the file is longer than 10 MB");

    /// <summary>The file is no sheet.</summary>
    public static Refusal WrongType { get; } = new(
        "sheet.wrong-type", "只接受 .xlsx 和 .csv；旧版 .xls 和加密的文件请另存为 .xlsx", "only .xlsx and .csv are taken; save an old .xls or an encrypted file as .xlsx");

    /// <summary>The file would be far longer than it looks.</summary>
    public static Refusal Bomb { get; } = new("sheet.bomb", "文件解压后过大，不予读取", "the file unpacks to too much and is not read");

    /// <summary>The file is damaged.</summary>
    public static Refusal Damaged { get; } = new("sheet.damaged", "文件已损坏，无法读取", "the file is damaged and cannot be read");

    /// <summary>Too many rows or columns.</summary>
    public static Refusal TooMany { get; } = new("sheet.too-many", "表格超过 5,000 行或者 200 列，请分开上传", "the sheet has more than 5,000 rows or 200 columns; send it in parts");

    /// <summary>No heading that is known.</summary>
    public static Refusal NoHeading { get; } = new("sheet.no-heading", "没有找到表头或者数据行", "there is no row of headings, or nothing under it");

    /// <summary>The case number has no column.</summary>
    public static Refusal NoCaseNumbers { get; } = new("sheet.no-case-numbers", "请指出哪一列是案号", "say which column holds the case numbers");

    /// <summary>The file is not held any more.</summary>
    public static Refusal Gone { get; } = new("sheet.gone", "上传的文件只保留两小时，请重新上传", "an uploaded file is held for two hours; send it again");

    /// <summary>A list of a court belongs to a quarter.</summary>
    public static Refusal NoQuarter { get; } = new("sheet.no-quarter", "请选择清单所属的季度和共享日期", "choose the quarter of the list and the day on which it was shared");

    /// <summary>The list does not fit one fact.</summary>
    public static Refusal ListTooLong { get; } = new("sheet.list-too-long", "清单过长，一份清单不能超过 64 KB（约 400 件）", "a list must not be longer than 64 KB (some 400 cases)");

    /// <summary>Only a first instance begins a lawsuit.</summary>
    public static Refusal NotFirstInstance { get; } = new(
        "sheet.not-first-instance", "账上没有此案；只有一审（行初）案号可以登记新案，其他审级请先登记一审", "the ledger does not know the case; only a first instance can begin a lawsuit");

    /// <summary>The refusals of an upload, by code.</summary>
    public static Refusal? OfUpload(string? code) => ((Refusal[])[Empty, TooLarge, WrongType, Bomb, Damaged, TooMany, NoHeading]).FirstOrDefault(r => r.Code == code);
}
