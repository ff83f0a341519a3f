using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Verifier.Numbers;

namespace Ledger.Tests.Verifier;

/// <summary>A bundle written by hand: one township, one case that it lost in 2023.</summary>
internal static class NumbersExample
{
    public const string First = "（2023）豫1121行初1号";

    private static readonly HashSet<string> NothingHidden = [];

    public static IReadOnlyList<BundleFact> Facts { get; } = Of(
        ("calendar/2023", "CalendarYearPublished", """{"year":2023,"holidays":["2023-09-29","2023-10-02","2023-10-03","2023-10-04","2023-10-05","2023-10-06","2023-05-01","2023-05-02","2023-05-03"],"makeUpWorkdays":["2023-05-06","2023-04-23","2023-10-07","2023-10-08"],"notice":"x"}"""),
        ("calendar/2024", "CalendarYearPublished", """{"year":2024,"holidays":["2024-02-12","2024-02-13","2024-02-14","2024-02-15","2024-02-16"],"makeUpWorkdays":["2024-02-18"],"notice":"x"}"""),
        ("unit/wuquan", "UnitRegistered", """{"name":"舞泉镇","kind":"Township","registeredOn":"2020-01-01"}"""),
        ("lawsuit/a", "LawsuitDocketed", $$"""{"caseNo":"{{First}}","court":"x","docketedOn":"2023-04-10","category":"Administrative","cause":"x","field":"x","actType":"x","defendants":[{"unit":"wuquan","capacity":"Sole"}]}"""),
        ("lawsuit/a", "ResponseMaterialsReceived", $$"""{"unit":"wuquan","caseNo":"{{First}}","receivedOn":"2023-09-27"}"""),
        ("lawsuit/a", "JudgmentRendered", $$"""{"caseNo":"{{First}}","level":"First","kind":"Judgment","closedOn":"2023-04-20","dispositions":[{"unit":"wuquan","outcome":"RevokeAll"}]}"""),
        ("lawsuit/a", "JudgmentReceived", $$"""{"unit":"wuquan","caseNo":"{{First}}","receivedOn":"2023-04-26"}"""));

    public static IReadOnlyList<BundleFact> Of(params (string Subject, string Type, string Data)[] facts) =>
        [.. facts.Select((f, i) => new BundleFact(i + 1, f.Subject, f.Type, "/hand", $"{i + 1}", DateTimeOffset.UnixEpoch, JsonSerializer.Deserialize<JsonElement>(f.Data), NothingHidden))];

    public static IReadOnlyList<NumberFinding> Check(IReadOnlyList<BundleFact> facts, JsonObject claims) => NumberCheck.Check(
        facts, JsonSerializer.SerializeToElement(claims),
        JsonSerializer.SerializeToElement(Bundle));

    public static JsonObject Bundle => JsonNode.Parse("""{"v":1,"position":"9","asOf":"2023-12-31","selection":{"unit":"wuquan","lawsuit":null,"period":null}}""")!.AsObject();

    /// <summary>What follows from the facts, by the rules of counting-rules.md §4 to §7 and a calendar on paper.</summary>
    public static JsonObject Claims() => JsonNode.Parse($$$"""
        {"v":1,"position":"9","asOf":"2023-12-31","policy":"P-A","unit":"wuquan","scorecards":[],
         "rankings":[{"period":"2023","list":"All","policy":"P-A","asOf":"2023-12-31","knownAt":"2024-01-01T00:00:00.000000Z","position":9,
           "rows":[
             {"rank":1,"unit":"wuquan","name":"舞泉镇","lossRate":{"n":1,"d":1},"losses":1,"newCases":1,"closed":1,"mediatedOrWithdrawn":{"n":0,"d":1},
              "headAttendance":{"n":0,"d":0},"timelyCaseFiling":{"n":0,"d":1},"timelyLossFiling":{"n":0,"d":1},"flags":["SmallSample"],"barred":true},
             {"rank":2,"unit":"beiwudu","name":"北舞渡镇","lossRate":{"n":2,"d":4},"losses":2},
             {"rank":3,"unit":"gongan","name":"县公安局","lossRate":{"n":1,"d":2},"losses":1},
             {"rank":3,"unit":"jiaotong","name":"县交通运输局","lossRate":{"n":1,"d":2},"losses":1},
             {"rank":5,"unit":"shuiwu","name":"县税务局","lossRate":{"n":0,"d":9},"losses":0},
             {"rank":null,"unit":"macun","name":"马村乡","lossRate":{"n":0,"d":0},"losses":0}],
           "county":{}}],
         "obligations":[
           {"kind":"LossFiling","unit":"wuquan","lawsuit":"a","caseNo":"{{{First}}}","openedOn":"2023-04-26","dueOn":"2023-05-06","provisional":false,"status":"Overdue","metAt":null,"daysLate":166},
           {"kind":"CaseFiling","unit":"wuquan","lawsuit":"a","caseNo":"{{{First}}}","openedOn":"2023-09-27","dueOn":"2023-10-08","provisional":false,"status":"Overdue","metAt":null,"daysLate":60}]}
        """)!.AsObject();
}
