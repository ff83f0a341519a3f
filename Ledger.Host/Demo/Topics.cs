using Ledger.Domain.Lawsuits;

namespace Ledger.Host.Demo;

/// <summary>案由, 管理领域 and 行政行为种类 (法发〔2020〕44号).</summary>
internal sealed record Topic(string Cause, string Field, string ActType, LawsuitCategory Category = LawsuitCategory.Administrative)
{
    private static readonly string[] Families = ["贾", "甄", "吴", "郝", "毕", "全", "苟", "尹"];
    private static readonly string[] Given = ["示例", "样本", "虚构", "演示", "拟真", "设例", "测试", "假名", "此人", "试验", "模拟", "化名"];

    /// <summary>A topic that fits the unit and the way in which the matter ended.</summary>
    public static Topic Of(string unit, Outcome outcome, DemoRandom random)
    {
        var field = FieldOf(unit);
        return outcome switch
        {
            Outcome.OrderPerform or Outcome.OrderPay => new("不履行职责", field, "不履行法定职责"),
            Outcome.AgreementLiability or Outcome.AgreementCompensation => new("行政协议", "征收补偿", "行政协议"),
            Outcome.OrderDamages => new("行政赔偿", field, "强制拆除", LawsuitCategory.Compensation),
            Outcome.Mediated => new("行政补偿", "征收补偿", "补偿决定"),
            Outcome.ConfirmUnlawful => new("行政强制执行", field, DemoUnits.IsTownship(unit) ? "强制拆除" : "强制执行"),
            _ => random.Pick(Usual(unit, field)),
        };
    }

    /// <summary>Plaintiffs whose names show that nobody bears them.</summary>
    public static IReadOnlyList<string> Plaintiffs(DemoRandom random) =>
    [
        .. Enumerable.Range(0, random.Chance(80) ? 1 : random.Between(2, 4))
            .Select(_ => random.Pick(Families) + random.Pick(Given))
            .Distinct(StringComparer.Ordinal),
    ];

    private static string FieldOf(string unit) => unit switch
    {
        "gongan" => "公安",
        "ziranziyuan" or "budongchan" or "linye" => "自然资源",
        "renshe" or "yibao" => "劳动和社会保障",
        "shichang" or "yancao" => "市场监管",
        "zhujian" or "chengguan" => "城建",
        "zhengshou" or "kaifaqu" or "xianzhengfu" or DemoUnits.City => "征收补偿",
        "nongye" or DemoUnits.Merged or "shuili" => "农业农村",
        "huanjing" => "生态环境",
        "weijian" => "卫生健康",
        "jiaotong" => "交通运输",
        "jiaoyu" => "教育",
        "minzheng" => "民政",
        "shuiwu" => "税务",
        "yingji" or "xiaofang" => "应急消防",
        _ => DemoUnits.IsTownship(unit) ? "乡政府" : "其他",
    };

    private static Topic[] Usual(string unit, string field) => unit switch
    {
        "gongan" => [new("行政处罚", field, "行政拘留"), new("行政处罚", field, "罚款"), new("不履行职责", field, "不履行法定职责")],
        "renshe" => [new("行政确认", field, "工伤认定"), new("行政确认", field, "工伤认定"), new("行政给付", field, "养老待遇核定")],
        "ziranziyuan" or "budongchan" =>
            [new("行政登记", field, "不动产登记"), new("行政征收或者征用", "征收补偿", "集体土地征收"), new("行政处罚", field, "责令限期拆除")],
        "xianzhengfu" or "zhengshou" or "kaifaqu" or DemoUnits.City =>
            [new("行政征收或者征用", field, "房屋征收补偿决定"), new("行政复议", field, "复议决定"), new("政府信息公开", field, "信息公开答复")],
        _ when DemoUnits.IsTownship(unit) =>
        [
            new("行政强制执行", field, "强制拆除"), new("行政裁决", "自然资源", "土地权属争议处理"),
            new("政府信息公开", field, "信息公开答复"), new("不履行职责", field, "不履行法定职责"),
        ],
        _ => [new("行政处罚", field, "罚款"), new("政府信息公开", field, "信息公开答复"), new("行政许可", field, "许可决定")],
    };
}
