using System.Text.Json;
using Ledger.Domain.Facts;
using Ledger.Domain.Units;

namespace Ledger.Host.Demo;

/// <summary>The county's 51 units, one that was merged away and one outside the county.</summary>
internal static class DemoUnits
{
    /// <summary>The city government: a co-defendant after reconsideration, never counted.</summary>
    public const string City = "luohe";

    /// <summary>Merged into the bureau of agriculture in 2024.</summary>
    public const string Merged = "xiangcun";

    private const string Renamed = "jinrong";

    // Busiest first. The units of the fixed ranking of 2023 (DemoSituations) stand in no share: they have no other cases.
    private static readonly string[] Busiest =
    [
        "wuquan", "ziranziyuan", "gongan", "beiwudu", "renshe", "chengguan", "wucheng", "zhujian", "xianzhengfu", "shichang",
        "lianhua", "houji", "zhengshou", "xinan", "jiaotong", "zhanghua", "nongye", "mengzhai", "huanjing", "jiujie",
        "yingji", "budongchan", "minzheng", "wenfeng", "shuiwu", "weijian", "linye", "baohe", "yancao", "jiangdian",
        "shuili", "yibao", "tuiyi", "sifa", "xiaofang", "fagai",
    ];

    private static readonly (string Unit, string Duty, string Name)[] Duties =
    [
        ("gongan", "paichu", "治安巡逻与治安处罚"), ("gongan", "jiaoguan", "道路交通安全检查"),
        ("gongan", "yanhua", "烟花爆竹运输许可检查"), ("ziranziyuan", "gengdi", "耕地保护动态巡查"),
        ("ziranziyuan", "kuangchan", "矿产资源开采检查"), ("ziranziyuan", "cehui", "测绘成果质量监督检查"),
        ("shichang", "shipin", "食品安全监督检查"), ("shichang", "teshebei", "特种设备安全检查"),
        ("shichang", "guanggao", "广告监督检查"), ("shichang", "jiliang", "计量器具监督检查"),
        ("chengguan", "weijian", "违法建设巡查"), ("chengguan", "zhatu", "建筑垃圾运输检查"),
        ("jiaotong", "chaoxian", "超限运输检查"), ("jiaotong", "keyun", "道路客运市场检查"),
        ("jiaotong", "weixiu", "机动车维修经营检查"), ("shuili", "hedao", "河道采砂巡查"),
        ("shuili", "qushui", "取水许可监督检查"), ("yingji", "weihua", "危险化学品企业检查"),
        ("yingji", "gongmao", "工贸企业安全检查"), ("huanjing", "paiwu", "排污单位现场检查"),
        ("huanjing", "fushe", "放射源安全检查"), ("nongye", "nongzi", "农资市场检查"),
        ("nongye", "tuzai", "生猪屠宰检查"), ("weijian", "yiliao", "医疗机构监督检查"),
        ("weijian", "xuezhan", "采供血机构检查"), ("wenlv", "wenhua", "文化市场检查"),
        ("wenlv", "wenwu", "文物安全巡查"),
    ];

    private static readonly string[] Reasons = ["本年度无此类管理相对人", "机构调整期间职责交接", "本年度未收到举报且无检查计划"];

    /// <summary>The 51 units of the county.</summary>
    public static IReadOnlyList<(string Unit, string Name, UnitKind Kind)> All { get; } = ReadAll();

    /// <summary>Shares of lost first-instance documents: towns about 45 %.</summary>
    public static (string Unit, int Weight)[] LossShares { get; } =
    [
        ("wuquan", 23), ("ziranziyuan", 18), ("beiwudu", 14), ("renshe", 10), ("chengguan", 8), ("gongan", 8), ("wucheng", 8),
        ("zhujian", 4), ("xianzhengfu", 4),
    ];

    /// <summary>Shares of the other cases: about 1/rank, so that the five busiest units have half of them.</summary>
    public static (string Unit, int Weight)[] CaseShares { get; } = [.. Busiest.Select((unit, i) => (unit, 10_000 / (10 * i + 18)))];

    /// <summary>Whether a unit is a township.</summary>
    public static bool IsTownship(string unit) => All.Any(u => u.Unit == unit && u.Kind == UnitKind.Township);

    /// <summary>Names of the townships, where disputes arise.</summary>
    public static IReadOnlyList<string> Townships { get; } = [.. All.Where(u => u.Kind == UnitKind.Township).Select(u => u.Name)];

    /// <summary>A unit's name.</summary>
    public static string NameOf(string unit) => All.FirstOrDefault(u => u.Unit == unit).Name ?? "";

    /// <summary>The facts of every unit's stream.</summary>
    public static IEnumerable<FactLog> Tell(DemoOptions options, DemoCalendar calendar)
    {
        var registeredOn = new DateOnly(Math.Min(options.FirstYear - 2, 2020), 12, 1);
        var number = 0;
        foreach (var (unit, name, kind) in All)
        {
            var random = DemoRandom.For(options.Seed, -1, number++);
            var log = new FactLog(Subject.Unit(unit), random);
            log.Add(new UnitRegistered(unit == Renamed ? "漯河银保监分局舞阳监管组" : name, kind, registeredOn));
            if (unit == Renamed) log.Add(new UnitRenamed(name, new DateOnly(2023, 8, 18)));
            for (var i = 0; i < Duties.Length; i++)
                if (Duties[i].Unit == unit)
                    TellDuty(log, i, options, calendar, random);
            yield return log;
        }

        var merged = new FactLog(Subject.Unit(Merged), DemoRandom.For(options.Seed, -1, number++));
        merged.Add(new UnitRegistered("县乡村振兴局", UnitKind.Department, registeredOn));
        merged.Add(new UnitMerged("nongye", new DateOnly(2024, 3, 29)));
        yield return merged;
        var city = new FactLog(Subject.Unit(City), DemoRandom.For(options.Seed, -1, number));
        city.Add(new UnitRegistered("漯河市人民政府", UnitKind.External, registeredOn));
        yield return city;
    }

    private static void TellDuty(FactLog log, int index, DemoOptions options, DemoCalendar calendar, DemoRandom random)
    {
        var (_, duty, name) = Duties[index];
        log.Add(new DutyRegistered(duty, name, new DateOnly(options.FirstYear - 1, 12, 1)));
        for (var year = options.FirstYear; year <= options.LastYear; year++)
        {
            // Every ninth duty of a year is not performed; of those the reports come in time, late, or not at all.
            var cycle = index + (year - options.FirstYear) * 7;
            if (cycle % 9 != 4)
            {
                foreach (var month in (int[])[3, 6, 9, 12])
                    log.Add(new EnforcementPerformed(
                        duty, calendar.WithinYear(new DateOnly(year, month, random.Between(1, 25))), random.Between(1, 24)));
                continue;
            }

            if (cycle % 2 == 0) log.Add(new EnforcementPerformed(duty, new DateOnly(year, 6, 30), 0));
            if (cycle / 9 % 3 == 2) continue;
            var day = cycle / 9 % 3 == 0
                ? calendar.Minus(new DateOnly(year + 1, 1, 31), random.Between(1, 8))
                : calendar.Plus(new DateOnly(year + 1, 1, 31), random.Between(1, 12));
            log.Add(new NonPerformanceReportSubmitted(
                year, duty, DemoCalendar.At(day, random.Between(8, 17), random.Next(60)), random.Pick(Reasons)));
        }
    }

    private static IReadOnlyList<(string, string, UnitKind)> ReadAll()
    {
        using var stream = typeof(DemoUnits).Assembly.GetManifestResourceStream("units-wuyang.json")!;
        using var document = JsonDocument.Parse(stream);
        return
        [
            .. document.RootElement.EnumerateArray().Select(unit => (
                unit.GetProperty("unit").GetString()!,
                unit.GetProperty("name").GetString()!,
                Enum.Parse<UnitKind>(unit.GetProperty("kind").GetString()!))),
        ];
    }
}
