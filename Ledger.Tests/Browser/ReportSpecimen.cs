using System.Globalization;
using System.Text.Json.Nodes;
using Ledger.Host.Evidence.Bundle.Report;

namespace Ledger.Tests.Browser;

/// <summary>The files of a small bundle from which a report is made: a docketing, a receipt corrected twice, a retraction, a judgment.</summary>
internal sealed class ReportSpecimen
{
    public const string Root = "3GXdTe/G9jxfTHEGbWOTTgGG+IbcKZMkLi+n3jVqM2I=";
    public static readonly string Document = string.Concat(Enumerable.Repeat("0123456789abcdef", 4));

    private readonly List<JsonObject> _facts = [];
    private readonly List<JsonObject> _leaves = [];

    public string Recipient { get; init; } = "舞阳县人民检察院";

    /// <summary>How many more lawsuits there are, to fill pages.</summary>
    public int MoreLawsuits { get; init; }

    public ReportModel Model()
    {
        Add("calendar/2023", "CalendarYearPublished", """{"year":2023,"holidays":["2023-01-01"],"makeUpWorkdays":[],"notice":"国办发明电〔2022〕16号"}""");
        Add("policy/P-县", "CountingPolicyAdopted",
            """{"basis":"FirstInstanceClosed","series":"Each","excludeClosings":[],"notLosses":["ConfirmUnlawfulMinorProcedure"],"countCompensation":true,"barList":"All","fixedDateRollover":"None","effectiveFrom":"2023-01-01"}""");
        Add("unit/wuquan", "UnitRegistered", """{"name":"舞泉镇","kind":"Township","registeredOn":"2020-01-01"}""");
        Add("lawsuit/a", "LawsuitDocketed", Docketed(1), hidden: "plaintiffs");
        var receipt = Add("lawsuit/a", "ResponseMaterialsReceived", """{"unit":"wuquan","caseNo":"（2023）豫1121行初1号","receivedOn":"2023-04-12"}""");
        Correct(receipt, """{"receivedOn":"2023-04-13"}""", "收件戳为十三日");
        Correct(receipt, """{"receivedOn":"2023-04-14"}""", "再次核对收发登记簿");
        var undone = Correct(receipt, """{"receivedOn":"2023-04-20"}""", "误录");
        Add("lawsuit/a", "FactRetracted", $$$"""{"fact":{"source":"/county","id":"{{{undone}}}"},"reason":"更正本身有误","approvedBy":"陈某"}""");
        var conference = Add("lawsuit/a", "CaseConferenceHeld", """{"unit":"wuquan","heldOn":"2023-04-18","risk":"Orange"}""");
        Add("lawsuit/a", "FactRetracted", $$$"""{"fact":{"source":"/county","id":"{{{conference}}}"},"reason":"会议未举行","approvedBy":"陈某"}""");
        Add("lawsuit/a", "JudgmentRendered",
            """{"caseNo":"（2023）豫1121行初1号","level":"First","kind":"Judgment","closedOn":"2023-05-20","dispositions":[{"unit":"wuquan","outcome":"RevokeAll","causes":["ProceduralViolation"]}]}""");
        Add("lawsuit/a", "LossFilingDocumentSubmitted",
            $$"""{"unit":"wuquan","caseNo":"（2023）豫1121行初1号","document":"RectificationMeasures","submittedAt":"2023-06-01T09:00:00+08:00","sha256":"{{Document}}"}""");
        for (var i = 2; i < 2 + MoreLawsuits; i++) Add(string.Create(CultureInfo.InvariantCulture, $"lawsuit/{i}"), "LawsuitDocketed", Docketed(i), hidden: "plaintiffs");
        return ReportModel.Of(Bundle(), Claims(), $"ledger.example/wuyang\n901\n{Root}\n\n— ledger.example/wuyang hCRXpgAAAAA=\n— court.example lk9bpgAAAAA=\n", "log ledger.example/wuyang+8424…\nquorum none\n", _facts, _leaves);
    }

    private static string Docketed(int n) => string.Create(CultureInfo.InvariantCulture,
        $$"""{"caseNo":"（2023）豫1121行初{{n}}号","court":"舞阳县人民法院","docketedOn":"2023-04-10","category":"Administrative","cause":"不服行政处罚","field":"自然资源","actType":"罚款","defendants":[{"unit":"wuquan","capacity":"Sole"}],"plaintiffs":["张某"]}""");

    private string Correct(string fact, string set, string reason) =>
        Add("lawsuit/a", "FactCorrected", $$$"""{"fact":{"source":"/county","id":"{{{fact}}}"},"set":{{{set}}},"reason":"{{{reason}}}","approvedBy":"王某"}""");

    private string Add(string subject, string type, string data, string? hidden = null)
    {
        var sequence = (_facts.Count + 2).ToString(CultureInfo.InvariantCulture);
        var shown = JsonNode.Parse(data)!.AsObject();
        if (hidden is not null) shown.Remove(hidden);
        _facts.Add(new JsonObject { ["source"] = "/county", ["id"] = "f" + sequence, ["type"] = type, ["subject"] = subject, ["data"] = shown });
        var entry = new JsonObject { ["seq"] = sequence, ["stream"] = subject, ["ver"] = "1", ["type"] = type, ["rec"] = "2023-04-10T01:12:00.000000Z", ["user"] = "clerk" };
        _leaves.Add(new JsonObject
        {
            ["leaf"] = sequence, ["entry"] = entry.ToJsonString(), ["hidden"] = hidden is null ? null : new JsonObject { ["data"] = new JsonObject { [hidden] = "" } },
        });
        return "f" + sequence;
    }

    private JsonObject Bundle()
    {
        var bundle = JsonNode.Parse(
            $$"""
            {"v":1,"origin":"ledger.example/wuyang","ledger":"6f1c0f6e-6a8e-4d0a-9a3e-5a1f0e2b7c11","size":"901","position":"880","selection":{"unit":"wuquan","lawsuit":null,"period":"2023"},
             "asOf":"2023-12-31","knownAt":null,"disclosure":"Masked","by":"李某（县司法局）","purpose":"行政检察监督","at":"2023-12-02T03:04:05.000000Z","streams":[],
             "attachments":[{"sha256":"{{Document}}","size":"1024","mediaType":"application/pdf","present":false}]}
            """)!.AsObject();
        bundle["recipient"] = Recipient;
        return bundle;
    }

    private static JsonObject Claims()
    {
        const string own = """
            "unit":"wuquan","name":"舞泉镇","lossRate":{"n":2,"d":8},"losses":2,"newCases":8,"closed":8,"mediatedOrWithdrawn":{"n":0,"d":8},"headAttendance":{"n":6,"d":8},"timelyCaseFiling":{"n":7,"d":8},"timelyLossFiling":{"n":0,"d":0}
            """;
        return JsonNode.Parse(
            $$$$"""
            {"v":1,"position":"880","asOf":"2023-12-31","policy":"P-县","unit":"wuquan",
             "rankings":[{"period":"2023","list":"All","policy":"P-县","rows":[
               {"rank":1,"unit":"beiwudu","name":"北舞渡镇","lossRate":{"n":2,"d":4},"losses":2,"newCases":5,"closed":4,"mediatedOrWithdrawn":{"n":1,"d":4},"headAttendance":{"n":4,"d":4},"timelyCaseFiling":{"n":5,"d":6},"timelyLossFiling":{"n":1,"d":3},"flags":["SmallSample"],"barred":true},
               {"rank":2,{{{{own}}}},"flags":[],"barred":false}],
               "county":{"unit":null,"name":null,"lossRate":{"n":4,"d":12},"losses":4,"newCases":13,"closed":12,"mediatedOrWithdrawn":{"n":1,"d":12},"headAttendance":{"n":10,"d":12},"timelyCaseFiling":{"n":12,"d":14},"timelyLossFiling":{"n":1,"d":3}}}],
             "scorecards":[{"period":"2023","list":"All","rank":2,{{{{own}}}},"flags":[],"lawsuits":{"lossRate":[
               {"lawsuit":"a","caseNo":"（2023）豫1121行初1号","on":"2023-05-20","outcomes":["RevokeAll"],"series":null,"counts":true},
               {"lawsuit":"b","caseNo":"（2023）豫1121行初2号","on":"2023-06-20","outcomes":["DismissClaims"],"series":null,"counts":false}]}}],
             "obligations":[
               {"kind":"CaseFiling","unit":"wuquan","lawsuit":"a","caseNo":"（2023）豫1121行初1号","openedOn":"2023-04-14","dueOn":"2023-04-19","provisional":false,"status":"MetLate","metAt":"2023-04-21T10:00:00+08:00","daysLate":2},
               {"kind":"NonPerformanceReport","unit":"wuquan","lawsuit":null,"caseNo":null,"duty":"d1","year":2022,"openedOn":"2023-01-01","dueOn":"2023-01-31","provisional":true,"status":"Overdue","metAt":null,"daysLate":200}]}
            """)!.AsObject();
    }
}
