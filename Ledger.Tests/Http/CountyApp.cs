using Ledger.Domain.Lawsuits;
using Ledger.Domain.Units;
using Ledger.Host.Security;
using Ledger.Tests.Infrastructure;
using Xunit;

namespace Ledger.Tests.Http;

/// <summary>One host for the classes that only ask, or that write to subjects of their own: two townships, each with a lawsuit.</summary>
public sealed class CountyApp : AppFixture
{
    public const string Mine = "wuquan";
    public const string Other = "beiwudu";

    /// <summary>The plaintiffs: no log and no masked answer may hold any of them.</summary>
    public static readonly string[] Names = ["张三丰", "欧阳修竹", "李四光明"];

    public static string Clerk { get; } = TestTokens.Of(LedgerRole.Clerk, Mine);
    public static string Supervisor { get; } = TestTokens.Of(LedgerRole.Supervisor);
    public static string Auditor { get; } = TestTokens.Of(LedgerRole.Auditor);
    public static string Inspector { get; } = TestTokens.Of(LedgerRole.Inspector);
    public static string Court { get; } = TestTokens.Of(LedgerRole.Court);
    public static string Admin { get; } = TestTokens.Of(LedgerRole.Admin);

    public static string CaseNo(int n) => $"（2024）豫1121行初{n}号";

    protected override async Task ArrangeAsync()
    {
        foreach (var unit in new[] { Mine, Other })
            await RecordAsync("unit/" + unit, new UnitRegistered(unit + "镇", UnitKind.Township, new DateOnly(2020, 1, 1)));
        await RecordAsync("lawsuit/mine", Docketed(1, Mine, Names[0], Names[1]), Received(1, Mine));
        await RecordAsync("lawsuit/other", Docketed(2, Other, Names[2]), Received(2, Other));
    }

    public static LawsuitDocketed Docketed(int n, string unit, params string[] plaintiffs) => new(
        CaseNo(n), "舞阳县人民法院", new DateOnly(2024, 4, 10), LawsuitCategory.Administrative, "行政处罚", "市场监管", "罚款",
        [new Defendant(unit, DefendantCapacity.Sole)], Plaintiffs: plaintiffs);

    private static ResponseMaterialsReceived Received(int n, string unit) => new(unit, CaseNo(n), new DateOnly(2024, 4, 15));
}

/// <summary>The classes that share the host.</summary>
[CollectionDefinition(Name)]
public sealed class CountyCollection : ICollectionFixture<CountyApp>
{
    public const string Name = "county over HTTP";
}
