using Ledger.Domain.Facts;
using Ledger.Domain.Obligations;
using Ledger.Domain.Plan;

namespace Ledger.Domain.Exports;

/// <summary>A bundle that left the house.</summary>
/// <param name="Key">The export's key.</param>
/// <param name="ExportedOn">When.</param>
/// <param name="ExportedBy">Who made it.</param>
/// <param name="Recipient">For whom.</param>
/// <param name="Purpose">For what.</param>
/// <param name="Unit">The unit whose evidence it is.</param>
/// <param name="Name">The unit's name.</param>
/// <param name="Lawsuit">The one lawsuit that it is about, if any.</param>
/// <param name="Period">The period of its numbers, if any.</param>
/// <param name="Disclosure">How much of the persons it shows.</param>
/// <param name="Position">The ledger position that its numbers rest on.</param>
/// <param name="Checkpoint">The number of leaves of its checkpoint.</param>
/// <param name="Sha256">The SHA-256 of the bundle.</param>
/// <param name="Evidence">The sealed fact.</param>
public sealed record ExportRow(
    string Key, DateOnly ExportedOn, string ExportedBy, string Recipient, string Purpose, string Unit, string? Name, string? Lawsuit, string? Period,
    DisclosureKind Disclosure, long Position, string Checkpoint, string Sha256, Evidence Evidence);

/// <summary>证据导出: what left the house, to whom and for what.</summary>
public static class ExportArea
{
    /// <summary>The area.</summary>
    public static Area Area { get; } = new("Exports")
    {
        Facts = [CatalogEntry.Of<EvidenceExported>("EvidenceExported", "证据包导出", StreamKind.Export, Recorder.Ledger)],
        States = [(StreamKind.Export, key => new Export(key))],
        Refusals = new Dictionary<string, (string, string)>(StringComparer.Ordinal)
        {
            [Codes.RecordedByLedgerOnly] = ("“{0}”由账本自行记录，不能录入或导入", "'{0}' is recorded by the ledger itself, neither by hand nor by import"),
            [Codes.ExportUnaccountable] = ("导出证据须写明导出人、接收人和用途", "an export names who makes it, for whom and for what"),
            [Codes.ExportCheckpointInvalid] = ("检查点“{0}”或账本位置“{1}”无效", "the checkpoint '{0}' or the position '{1}' is none"),
        },
        Questions =
        [
            Question.Of("exports", "导出的证据包：何人、何时、给谁、作何用", "evidence that left the house: who, when, for whom, for what", Audience.Office, (s, asked) =>
                from told in s.Told<EvidenceExported>(StreamKind.Export)
                let f = told.Fact
                where (asked.Unit is null || asked.Unit == f.Unit) && asked.Period?.Contains(f.ExportedOn) != false
                orderby f.ExportedOn, told.Visible.Origin.Sequence
                select new ExportRow(
                    told.Subject.Key, f.ExportedOn, f.ExportedBy, f.Recipient, f.Purpose, f.Unit, s.NameOf(f.Unit), f.Lawsuit, f.Period,
                    f.Disclosure, f.Position, f.Checkpoint, f.Sha256, Evidence.Of(told.Subject, told.Visible)),
                Parameters.Unit | Parameters.Period),
        ],
        Labels = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["key"] = "编号", ["exportedOn"] = "导出日", ["exportedBy"] = "导出人", ["recipient"] = "接收人", ["purpose"] = "用途", ["unit"] = "单位",
            ["name"] = "单位名称", ["lawsuit"] = "案件", ["period"] = "期间", ["disclosure"] = "个人信息", ["position"] = "账本位置",
            ["checkpoint"] = "检查点", ["sha256"] = "散列值", ["evidence"] = "凭据", ["Full"] = "不隐去", ["Masked"] = "隐去",
        },
    };
}
