using System.Text.Json;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Units;

namespace Ledger.Tests.Infrastructure;

/// <summary>Named builders of facts: a test states only what it is about.</summary>
public static class Samples
{
    public const string First = "（2023）豫1121行初1号";
    public const string Second = "（2023）豫11行终1号";
    public const string Petition = "（2023）豫行申1号";
    public const string Retrial = "（2023）豫行再1号";
    public const string Remanded = "（2023）豫1121行初99号";

    public static Subject LawsuitA { get; } = Ledger.Domain.Facts.Subject.Lawsuit("a");

    /// <summary>Two townships, two departments, a stationed unit, the county government and an organ outside the county.</summary>
    public static IReadOnlyList<Told> Units { get; } =
    [
        Registered("wuquan", "舞泉镇", UnitKind.Township),
        Registered("beiwudu", "北舞渡镇", UnitKind.Township),
        Registered("jiaotong", "县交通运输局", UnitKind.Department),
        Registered("gongan", "县公安局", UnitKind.Department),
        Registered("shuiwu", "县税务局", UnitKind.Stationed),
        Registered("county", "县人民政府", UnitKind.CountyGovernment),
        Registered("city", "市人民政府", UnitKind.External),
    ];

    public static Subject Subject(string text) =>
        Ledger.Domain.Facts.Subject.TryParse(text, out var subject) ? subject : throw new FormatException(text);

    public static DateOnly Day(string iso) => DateOnly.ParseExact(iso, "yyyy-MM-dd");

    /// <summary>An instant in Asia/Shanghai.</summary>
    public static DateTimeOffset At(string isoLocal) => DateTimeOffset.Parse(isoLocal + "+08:00");

    public static Told Registered(string key, string name, UnitKind kind, string on = "2020-01-01") =>
        new(Ledger.Domain.Facts.Subject.Unit(key), new FactId("/units", key), new UnitRegistered(name, kind, Day(on)));

    public static LawsuitDocketed Docketed(params string[] units) => DocketedOn("2023-04-10", units);

    public static LawsuitDocketed DocketedOn(string on, params string[] units) => new(
        First, "舞阳县人民法院", Day(on), LawsuitCategory.Administrative, "行政处罚", "自然资源", "罚款",
        [.. (units.Length == 0 ? ["wuquan"] : units).Select(u => new Defendant(u, units.Length > 1 ? DefendantCapacity.Joint : DefendantCapacity.Sole))]);

    public static InstanceOpened Opened(InstanceLevel level, string caseNo, string on = "2023-06-20") => new(level, caseNo, "法院", Day(on));

    public static JudgmentRendered Judgment(params (string Unit, Outcome Outcome)[] dispositions) =>
        Rendered(First, InstanceLevel.First, "2023-05-20", dispositions);

    public static JudgmentRendered Rendered(string caseNo, InstanceLevel level, string on, params (string Unit, Outcome Outcome)[] dispositions) =>
        new(caseNo, level, DocumentKind.Judgment, Day(on), [.. dispositions.Select(d => new Disposition(d.Unit, d.Outcome))]);

    public static JudgmentReceived Received(string unit, string caseNo = First, string on = "2023-05-25") => new(unit, caseNo, Day(on));

    public static ResponseMaterialsReceived Materials(string unit, string on = "2023-04-14", string caseNo = First) => new(unit, caseNo, Day(on));

    public static LossFilingDocumentSubmitted Submitted(string unit, LossDocument document, string at, string caseNo = First) =>
        new(unit, caseNo, document, At(at), new string('a', 64));

    public static HearingHeld Hearing(string on, params (string Unit, Attendee By)[] came) =>
        new(First, Day(on), true, [.. came.Select(a => new Attendance(a.Unit, a.By))]);

    /// <summary>A correction; each value is JSON.</summary>
    public static FactCorrected Corrected(FactId fact, params (string Member, string Json)[] set) => new(
        fact, set.ToDictionary(s => s.Member, s => JsonSerializer.Deserialize<JsonElement>(s.Json), StringComparer.Ordinal), "笔误", "局长");

    public static FactRetracted Retracted(FactId fact) => new(fact, "误录", "局长");
}
