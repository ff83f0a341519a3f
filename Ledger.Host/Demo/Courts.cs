using Ledger.Domain.Lawsuits;

namespace Ledger.Host.Demo;

/// <summary>A court and its code in case numbers.</summary>
internal sealed record Court(string Code, string Name)
{
    public static readonly Court County = new("豫1121", "舞阳县人民法院");
    public static readonly Court Neighbour = new("豫1122", "临颍县人民法院");
    public static readonly Court District = new("豫1102", "漯河市源汇区人民法院");
    public static readonly Court City = new("豫11", "漯河市中级人民法院");
    public static readonly Court Province = new("豫", "河南省高级人民法院");

    /// <summary>Where a suit against a unit begins: the intermediate court for the county government (APL §15).</summary>
    public static Court FirstFor(string unit) => unit switch
    {
        "xianzhengfu" or DemoUnits.City => City,
        "huanjing" => District,
        _ => County,
    };

    /// <summary>The court of appeal.</summary>
    public Court Above => this == City || this == Province ? Province : City;
}

/// <summary>Hands out case numbers; the courts number other counties' cases in between.</summary>
internal sealed class CaseNumbers
{
    private readonly Dictionary<(int, string, string), int> _last = [];

    public string Next(Court court, int year, InstanceLevel level, LawsuitCategory category, DemoRandom random)
    {
        var stage = level switch
        {
            InstanceLevel.First => "初",
            InstanceLevel.Second => "终",
            InstanceLevel.Petition => "申",
            _ => "再",
        };
        var type = (category == LawsuitCategory.Compensation ? "行赔" : "行") + stage;
        var key = (year, court.Code, type);
        var number = _last[key] = _last.GetValueOrDefault(key) + (court == Court.County ? random.Between(1, 2) : random.Between(1, 7));
        return new CaseNumber(year.ToString(), court.Code, type, number.ToString()).ToString();
    }
}
