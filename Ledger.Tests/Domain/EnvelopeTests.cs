using System.Text;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Units;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Domain;

/// <summary>What a line must look like before any rule is asked (facts.md §1).</summary>
public sealed class EnvelopeTests
{
    private const string UnitData = """{"name":"舞泉镇","kind":"Township","registeredOn":"2020-01-01"}""";

    private const string LawsuitData =
        """{"caseNo":"（2023）豫1121行初1号","court":"法院","docketedOn":"2023-04-10","category":"Administrative","cause":"处罚","field":"土地","actType":"罚款","defendants":[{"unit":"wuquan","capacity":"Sole"}]}""";

    private const string JudgmentData =
        """{"caseNo":"（2023）豫1121行初1号","level":"First","kind":"Judgment","closedOn":"2023-05-20","dispositions":[{"unit":"wuquan","outcome":"OrderPay","causes":["Other"],"amount":"1200.00"}]}""";

    private const string FilingData = """{"unit":"wuquan","caseNo":"（2023）豫1121行初1号","submittedAt":"2023-04-12T09:00:00+08:00"}""";

    private static string Line(string type, string subject, string data, string more = "") =>
        $$"""{"specversion":"1.0","id":"1","source":"/s","type":"{{type}}","subject":"{{subject}}"{{more}},"data":{{data}}}""";

    private static EnvelopeReading Read(string line) => Envelope.Read(Encoding.UTF8.GetBytes(line));

    private static void Refused(string line, string code)
    {
        var reading = Read(line);
        reading.Envelope.ShouldBeNull();
        reading.Refusal!.Code.ShouldBe(code, reading.Refusal.English);
        reading.Refusal.Chinese.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public void A_line_is_read_with_its_id_subject_fact_and_time()
    {
        var envelope = Read(Line("UnitRegistered", "unit/wuquan", UnitData, ""","time":"2023-04-10T09:12:00+08:00","datacontenttype":"application/json" """)).Envelope!;
        envelope.Id.ShouldBe(new FactId("/s", "1"));
        envelope.Subject.ShouldBe(Subject.Unit("wuquan"));
        envelope.Fact.ShouldBe(new UnitRegistered("舞泉镇", UnitKind.Township, new DateOnly(2020, 1, 1)));
        envelope.Time.ShouldBe(new DateTimeOffset(2023, 4, 10, 9, 12, 0, TimeSpan.FromHours(8)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{} {}")]
    [InlineData("{\"specversion\":\"1.0\",}")]
    [InlineData("""{"specversion":"0.3","id":"1","source":"/s","type":"UnitRegistered","subject":"unit/a","data":{}}""")]
    [InlineData("""{"specversion":1.0,"id":"1","source":"/s","type":"UnitRegistered","subject":"unit/a","data":{}}""")]
    [InlineData("""{"specversion":"1.0","id":"","source":"/s","type":"UnitRegistered","subject":"unit/a","data":{}}""")]
    [InlineData("""{"specversion":"1.0","id":7,"source":"/s","type":"UnitRegistered","subject":"unit/a","data":{}}""")]
    [InlineData("""{"specversion":"1.0","id":"1","type":"UnitRegistered","subject":"unit/a","data":{}}""")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"/s","subject":"unit/a","data":{}}""")]
    [InlineData("""{"specversion":"1.0","id":"1","id":"2","source":"/s","type":"UnitRegistered","subject":"unit/a","data":{}}""")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"/s","type":"UnitRegistered","subject":"unit/a","data":{"name":"a","name":"b"}}""")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"/s","type":"UnitRegistered","subject":"unit/a","time":"yesterday","data":{}}""")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"/s","type":"UnitRegistered","subject":"unit/a","time":"2023-04-10T09:12:00","data":{}}""")]
    [InlineData("""{"specversion":"1.0","id":"\ud800","source":"/s","type":"UnitRegistered","subject":"unit/a","data":{}}""")]
    [InlineData("""{"specversion":"1.0","id":"a\u0000","source":"/s","type":"UnitRegistered","subject":"unit/a","data":{}}""")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"/s","type":"UnitRegistered","subject":"unit/a","datacontenttype":"text/xml","data":{}}""")]
    public void What_is_no_CloudEvents_event_is_malformed(string line) => Refused(line, Codes.Malformed);

    [Theory]
    [InlineData("""{"specversion":"1.0","id":"1","source":"/s","type":"UnitRegistered","subject":"unit/a","\ud800":1,"data":{}}""")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"/s","type":"UnitRegistered","subject":"unit/a","data":{"\udc00x":1}}""")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"/s","type":"FactCorrected","subject":"unit/a","data":{"fact":{"source":"/s","id":"0"},"set":{"\ud800":1},"reason":"r","approvedBy":"a"}}""")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"/s","type":"FactCorrected","subject":"unit/a","data":{"fact":{"source":"/s","id":"0"},"set":{"plan":{"\ud800":1}},"reason":"r","approvedBy":"a"}}""")]
    public void A_lone_surrogate_in_a_member_name_is_refused(string line)
    {
        var reading = Read(line);
        reading.Envelope.ShouldBeNull();
        reading.Refusal!.Code.ShouldStartWith("import.");
    }

    [Fact]
    public void Bytes_that_are_no_UTF8_are_malformed()
    {
        var bytes = Encoding.UTF8.GetBytes(Line("UnitRegistered", "unit/wuquan", UnitData));
        bytes[^10] = 0xFF;
        Envelope.Read(bytes).Refusal!.Code.ShouldBe(Codes.Malformed);
    }

    [Fact]
    public void A_line_of_64_KiB_is_read_and_one_byte_more_is_malformed()
    {
        var line = Line("UnitRegistered", "unit/wuquan", UnitData);
        Read(line.PadRight(line.Length + Envelope.LongestLine - Encoding.UTF8.GetByteCount(line))).Envelope.ShouldNotBeNull();
        Refused(line.PadRight(line.Length + Envelope.LongestLine - Encoding.UTF8.GetByteCount(line) + 1), Codes.Malformed);
    }

    [Fact]
    public void An_id_or_source_of_more_than_4000_characters_is_malformed()
    {
        var line = Line("UnitRegistered", "unit/wuquan", UnitData);
        Read(line.Replace("\"id\":\"1\"", $"\"id\":\"{new string('1', 4000)}\"", StringComparison.Ordinal)).Envelope.ShouldNotBeNull();
        Refused(line.Replace("\"id\":\"1\"", $"\"id\":\"{new string('1', 4001)}\"", StringComparison.Ordinal), Codes.Malformed);
        Refused(line.Replace("\"/s\"", $"\"{new string('1', 4001)}\"", StringComparison.Ordinal), Codes.Malformed);
    }

    [Theory]
    [InlineData("UnitAbolished", "unit/wuquan", Codes.UnknownType)]
    [InlineData("unitregistered", "unit/wuquan", Codes.UnknownType)]
    [InlineData("UnitRegistered", "lawsuit/wuquan", Codes.WrongStream)]
    [InlineData("LawsuitDocketed", "unit/wuquan", Codes.WrongStream)]
    [InlineData("FactRetracted", "person/wuquan", Codes.WrongStream)]
    [InlineData("UnitRegistered", "Unit/wuquan", Codes.WrongStream)]
    public void An_unknown_fact_or_one_of_another_stream_is_refused(string type, string subject, string code) => Refused(Line(type, subject, "{}"), code);

    [Theory]
    [InlineData(""","dataschema":"x" """)]
    [InlineData(""","traceparent":"00-0" """)]
    [InlineData(""","data_base64":"AA==" """)]
    public void An_extension_attribute_is_an_unknown_member_so_that_nothing_is_silently_lost(string more) =>
        Refused(Line("UnitRegistered", "unit/wuquan", UnitData, more), Codes.UnknownMember);

    [Fact]
    public void Subject_and_data_must_be_there()
    {
        Refused("""{"specversion":"1.0","id":"1","source":"/s","type":"UnitRegistered","data":{}}""", Codes.MissingMember);
        Refused("""{"specversion":"1.0","id":"1","source":"/s","type":"UnitRegistered","subject":"unit/a"}""", Codes.MissingMember);
    }

    [Theory]
    [InlineData("wuquan", true)]
    [InlineData("舞泉镇", true)]
    [InlineData("A.b_c-9", true)]
    [InlineData("鿿", true)]
    [InlineData("", false)]
    [InlineData("a b", false)]
    [InlineData("a/b", false)]
    [InlineData("ａ", false)]
    [InlineData("é", false)]
    [InlineData("カ", false)]
    [InlineData("㐀", false)]
    [InlineData("𠮷", false)]
    [InlineData("a\\n", false)]
    public void A_key_is_of_its_alphabet(string key, bool valid)
    {
        if (valid) Read(Line("UnitRegistered", $"unit/{key}", UnitData)).Envelope.ShouldNotBeNull();
        else Refused(Line("UnitRegistered", $"unit/{key}", UnitData), Codes.InvalidValue);
        var named = Line("DefendantAdded", "lawsuit/a", $$"""{"unit":"{{key}}","capacity":"Sole","addedOn":"2023-01-01"}""");
        if (valid) Read(named).Envelope.ShouldNotBeNull();
        else Refused(named, Codes.InvalidValue);
    }

    [Fact]
    public void A_key_has_at_most_80_characters()
    {
        Read(Line("UnitRegistered", "unit/" + new string('a', 80), UnitData)).Envelope.ShouldNotBeNull();
        Refused(Line("UnitRegistered", "unit/" + new string('a', 81), UnitData), Codes.InvalidValue);
    }

    [Theory]
    [InlineData("UnitRegistered", UnitData, "\"name\":\"舞泉镇\"", "\"name\":\"舞泉镇\",\"note\":1", Codes.UnknownMember)]
    [InlineData("UnitRegistered", UnitData, "\"name\"", "\"Name\"", Codes.UnknownMember)]
    [InlineData("UnitRegistered", UnitData, "\"name\":\"舞泉镇\",", "", Codes.MissingMember)]
    [InlineData("UnitRegistered", UnitData, "\"舞泉镇\"", "null", Codes.MissingMember)]
    [InlineData("UnitRegistered", UnitData, "\"舞泉镇\"", "5", Codes.InvalidValue)]
    [InlineData("UnitRegistered", UnitData, "\"舞泉镇\"", "\"\\ud83d\"", Codes.InvalidValue)]
    [InlineData("UnitRegistered", UnitData, "\"舞泉镇\"", "\"\\u0000\"", Codes.InvalidValue)]
    [InlineData("UnitRegistered", UnitData, "Township", "township", Codes.InvalidValue)]
    [InlineData("UnitRegistered", UnitData, "\"Township\"", "1", Codes.InvalidValue)]
    [InlineData("UnitRegistered", UnitData, "Township", "1", Codes.InvalidValue)]
    [InlineData("UnitRegistered", UnitData, "Township", "Township, Department", Codes.InvalidValue)]
    [InlineData("UnitRegistered", UnitData, "2020-01-01", "2023-02-29", Codes.InvalidValue)]
    [InlineData("UnitRegistered", UnitData, "2020-01-01", "2020-1-1", Codes.InvalidValue)]
    [InlineData("UnitRegistered", UnitData, "2020-01-01", "20200101", Codes.InvalidValue)]
    [InlineData("UnitRegistered", UnitData, "2020-01-01", "2020-01-01T00:00:00Z", Codes.InvalidValue)]
    [InlineData("UnitRegistered", UnitData, "2020-01-01", " 2020-01-01", Codes.InvalidValue)]
    [InlineData("UnitRegistered", UnitData, "2020-01-01", "0000-01-01", Codes.InvalidValue)]
    [InlineData("UnitRegistered", UnitData, "2020-01-01", "２０２０-01-01", Codes.InvalidValue)]
    [InlineData("LawsuitDocketed", LawsuitData, "\"unit\":\"wuquan\"", "\"unit\":\"wuquan\",\"role\":1", Codes.UnknownMember)]
    [InlineData("LawsuitDocketed", LawsuitData, ",\"capacity\":\"Sole\"", "", Codes.MissingMember)]
    [InlineData("LawsuitDocketed", LawsuitData, "\"Sole\"", "null", Codes.MissingMember)]
    [InlineData("LawsuitDocketed", LawsuitData, "\"Sole\"", "\"Solo\"", Codes.InvalidValue)]
    [InlineData("LawsuitDocketed", LawsuitData, "[{\"unit\":\"wuquan\",\"capacity\":\"Sole\"}]", "{}", Codes.InvalidValue)]
    [InlineData("LawsuitDocketed", LawsuitData, "[{\"unit\":\"wuquan\",\"capacity\":\"Sole\"}]", "[null]", Codes.InvalidValue)]
    [InlineData("LawsuitDocketed", LawsuitData, "[{\"unit\":\"wuquan\",\"capacity\":\"Sole\"}]", "[[]]", Codes.InvalidValue)]
    [InlineData("LawsuitDocketed", LawsuitData, "]}", "],\"plaintiffs\":[\"a\",null]}", Codes.InvalidValue)]
    [InlineData("LawsuitDocketed", LawsuitData, "]}", "],\"plaintiffs\":[\"\\udfff\"]}", Codes.InvalidValue)]
    [InlineData("LawsuitDocketed", LawsuitData, "]}", "],\"plaintiffs\":\"a\"}", Codes.InvalidValue)]
    [InlineData("JudgmentRendered", JudgmentData, "\"1200.00\"", "1200.00", Codes.InvalidValue)]
    [InlineData("JudgmentRendered", JudgmentData, "1200.00", "1,200.00", Codes.InvalidValue)]
    [InlineData("JudgmentRendered", JudgmentData, "1200.00", "1e3", Codes.InvalidValue)]
    [InlineData("JudgmentRendered", JudgmentData, "1200.00", "1200.", Codes.InvalidValue)]
    [InlineData("JudgmentRendered", JudgmentData, "1200.00", "", Codes.InvalidValue)]
    [InlineData("JudgmentRendered", JudgmentData, "\"Other\"", "\"Nothing\"", Codes.InvalidValue)]
    [InlineData("JudgmentRendered", JudgmentData, "\"OrderPay\"", "\"OrderPayment\"", Codes.InvalidValue)]
    [InlineData("JudgmentRendered", JudgmentData, "\"amount\"", "\"sum\"", Codes.UnknownMember)]
    [InlineData("CaseFilingSubmitted", FilingData, "+08:00", "", Codes.InvalidValue)]
    [InlineData("CaseFilingSubmitted", FilingData, "T09", " 09", Codes.InvalidValue)]
    [InlineData("CaseFilingSubmitted", FilingData, "T09:00:00+08:00", "", Codes.InvalidValue)]
    [InlineData("CaseFilingSubmitted", FilingData, "04-12", "04-31", Codes.InvalidValue)]
    [InlineData("CaseFilingSubmitted", FilingData, "T09", "T24", Codes.InvalidValue)]
    [InlineData("CaseFilingSubmitted", FilingData, "+08:00", "+08", Codes.InvalidValue)]
    [InlineData("EnforcementPerformed", """{"duty":"d","performedOn":"2023-01-01","count":1}""", "\"count\":1", "\"count\":1.0", Codes.InvalidValue)]
    [InlineData("EnforcementPerformed", """{"duty":"d","performedOn":"2023-01-01","count":1}""", "\"count\":1", "\"count\":1e0", Codes.InvalidValue)]
    [InlineData("EnforcementPerformed", """{"duty":"d","performedOn":"2023-01-01","count":1}""", "\"count\":1", "\"count\":\"1\"", Codes.InvalidValue)]
    [InlineData("EnforcementPerformed", """{"duty":"d","performedOn":"2023-01-01","count":1}""", "\"count\":1", "\"count\":4294967296", Codes.InvalidValue)]
    [InlineData("HearingHeld", """{"caseNo":"x","heldOn":"2023-01-01","openCourt":true,"attendances":[]}""", "true", "\"true\"", Codes.InvalidValue)]
    [InlineData("HearingHeld", """{"caseNo":"x","heldOn":"2023-01-01","openCourt":true,"attendances":[]}""", "true", "1", Codes.InvalidValue)]
    [InlineData("LossFilingDocumentSubmitted", """{"unit":"u","caseNo":"x","document":"CauseAnalysis","submittedAt":"2023-01-01T00:00:00Z","sha256":"00"}""", "x", "x", Codes.InvalidValue)]
    [InlineData("CalendarYearPublished", """{"year":2023,"holidays":["2023-01-01"],"makeUpWorkdays":[],"notice":"n"}""", "2023-01-01", "2023-13-01", Codes.InvalidValue)]
    [InlineData("CalendarYearPublished", """{"year":2024,"holidays":[],"makeUpWorkdays":[],"notice":"n"}""", "2024", "2024", Codes.InvalidValue)]
    [InlineData("ProvincialBenchmarkRecorded", """{"period":"2023Q5","indicator":"LossRate","value":{"n":1,"d":2},"basis":"Effective","document":"d"}""", "Q5", "Q5", Codes.InvalidValue)]
    [InlineData("ProvincialBenchmarkRecorded", """{"period":"2023","indicator":"LossRate","value":{"n":1,"d":2},"basis":"Effective","document":"d"}""", "\"d\":2", "\"d\":2.5", Codes.InvalidValue)]
    [InlineData("ProvincialBenchmarkRecorded", """{"period":"2023","indicator":"LossRate","value":{"n":1,"d":2},"basis":"Effective","document":"d"}""", ",\"d\":2}", "}", Codes.MissingMember)]
    [InlineData("ProvincialBenchmarkRecorded", """{"period":"2023","indicator":"LossRate","value":{"n":1,"d":2},"basis":"Effective","document":"d"}""", ",\"d\":2}", ",\"d\":2,\"exists\":true}", Codes.UnknownMember)]
    [InlineData("FactRetracted", """{"fact":{"source":"/s","id":"1"},"reason":"r","approvedBy":"a"}""", ",\"id\":\"1\"", "", Codes.MissingMember)]
    [InlineData("FactRetracted", """{"fact":{"source":"/s","id":"1"},"reason":"r","approvedBy":"a"}""", "{\"source\":\"/s\",\"id\":\"1\"}", "\"1\"", Codes.InvalidValue)]
    [InlineData("FactCorrected", """{"fact":{"source":"/s","id":"1"},"set":{},"reason":"r","approvedBy":"a"}""", "{}", "[]", Codes.InvalidValue)]
    [InlineData("FactCorrected", """{"fact":{"source":"/s","id":"1"},"set":{},"reason":"r","approvedBy":"a"}""", "{}", "{\"plan\":\"\\ud800\"}", Codes.InvalidValue)]
    [InlineData("UnitRegistered", "{\"name\":1,\"kind\":\"Township\",\"registeredOn\":\"x\",\"more\":1}", "more", "more", Codes.UnknownMember)]
    [InlineData("LawsuitDocketed", "{\"defendants\":[{\"unit\":\"a\",\"capacity\":\"Sole\",\"more\":1}]}", "more", "more", Codes.UnknownMember)]
    [InlineData("JudgmentRendered", JudgmentData, "\"closedOn\":\"2023-05-20\",\"dispositions\":[{\"unit\":\"wuquan\",", "\"closedOn\":\"x\",\"dispositions\":[{", Codes.MissingMember)]
    public void Data_that_does_not_fit_is_refused_at_every_level_the_first_code_of_the_table_first(string type, string data, string old, string replacement, string code)
    {
        data.ShouldContain(old);
        var subject = EventCatalog.Find(type)!.Kind switch
        {
            StreamKind.Unit => "unit/wuquan",
            StreamKind.Calendar => "calendar/2023",
            StreamKind.Benchmark => "benchmark/2023",
            _ => "lawsuit/a",
        };
        Refused(Line(type, subject, data.Replace(old, replacement, StringComparison.Ordinal)), code);
    }

    [Fact]
    public void An_unknown_member_is_named_before_a_bad_key()
        => Refused(Line("UnitRegistered", "unit/a b", UnitData.Replace("\"name\"", "\"more\":1,\"name\"", StringComparison.Ordinal)), Codes.UnknownMember);

    [Theory]
    [InlineData("2023-04-12T09:00:00Z")]
    [InlineData("2023-04-12T09:00:00.1234567-05:30")]
    [InlineData("2023-04-12T09:00:00.123456789+08:00")]
    public void An_RFC_3339_instant_is_read(string instant)
    {
        var data = FilingData.Replace("2023-04-12T09:00:00+08:00", instant, StringComparison.Ordinal);
        var reading = Read(Line("CaseFilingSubmitted", "lawsuit/a", data, $",\"time\":\"{instant}\""));
        reading.Refusal.ShouldBeNull();
        reading.Envelope!.Time.ShouldNotBeNull();
        ((CaseFilingSubmitted)reading.Envelope.Fact).SubmittedAt.ShouldBe(reading.Envelope.Time.Value, TimeSpan.FromMicroseconds(1));
    }

    [Theory]
    [InlineData("9999-12-31T23:59:59Z")]
    [InlineData("0001-01-01T00:00:00Z")]
    public void The_legal_date_of_the_most_distant_instants_is_a_date(string instant)
    {
        var data = FilingData.Replace("2023-04-12T09:00:00+08:00", instant, StringComparison.Ordinal);
        Read(Line("CaseFilingSubmitted", "lawsuit/a", data)).Envelope!.Fact.LegalDate.ShouldNotBeNull();
    }

    [Fact]
    public void A_text_of_4000_characters_is_read_and_one_more_is_refused()
    {
        foreach (var character in new[] { "a", "舞", "𠮷", "\\u821e" })
        {
            var longest = string.Concat(Enumerable.Repeat(character, 4000));
            Read(Line("UnitRegistered", "unit/wuquan", UnitData.Replace("舞泉镇", longest, StringComparison.Ordinal))).Refusal.ShouldBeNull();
            Refused(Line("UnitRegistered", "unit/wuquan", UnitData.Replace("舞泉镇", longest + "b", StringComparison.Ordinal)), Codes.InvalidValue);
        }
    }

    [Fact]
    public void Null_stands_for_an_absent_optional_member()
    {
        var with = Read(Line("LawsuitDocketed", "lawsuit/a", LawsuitData.Replace("]}", "],\"township\":null,\"plaintiffs\":null}", StringComparison.Ordinal))).Envelope!;
        StreamAdmission.SaysTheSame(with.Fact, Read(Line("LawsuitDocketed", "lawsuit/a", LawsuitData)).Envelope!.Fact).ShouldBeTrue();
    }

    [Fact]
    public void Content_is_the_same_in_any_order_of_members_with_either_brackets_and_escapes()
    {
        var one = Read(Line("CaseFilingSubmitted", "lawsuit/a", FilingData)).Envelope!.Fact;
        var other = Read(Line("CaseFilingSubmitted", "lawsuit/a",
            """{"submittedAt":"2023-04-12T09:00:00.0+08:00","caseNo":"(2023)\u8c6b1121行初1号","unit":"wuquan"}""")).Envelope!.Fact;
        StreamAdmission.SaysTheSame(one, other).ShouldBeTrue();
        ((CaseFilingSubmitted)other).CaseNo.ShouldBe("（2023）豫1121行初1号");
    }

    [Fact]
    public void The_content_of_a_correction_is_the_same_in_any_order_and_with_escapes()
    {
        static IFact Correction(string set) => Read(Line("FactCorrected", "lawsuit/a", $$"""{"fact":{"source":"/s","id":"0"},"set":{{set}},"reason":"r","approvedBy":"a"}""")).Envelope!.Fact;
        var one = Correction("""{"caseNo":"（2023）豫1121行初1号","cause":"舞/","defendants":[{"unit":"a","capacity":"Sole"}]}""");
        StreamAdmission.SaysTheSame(one, Correction("""{ "defendants":[{"capacity":"Sole","unit":"a"}],"cause":"\u821e\/","caseNo":"(2023)豫1121行初1号"}""")).ShouldBeTrue();
        StreamAdmission.SaysTheSame(one, Correction("""{"caseNo":"（2023）豫1121行初1号","cause":"舞","defendants":[{"unit":"a","capacity":"Sole"}]}""")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("（2023）豫1121行初12号", "（2023）豫1121行初12号")]
    [InlineData("(2023)豫1121行初12号", "（2023）豫1121行初12号")]
    [InlineData("(2023）豫1121行初12号", "（2023）豫1121行初12号")]
    [InlineData("（2018）最高法行申2971号", "（2018）最高法行申2971号")]
    [InlineData("（2020）豫行终103号", "（2020）豫行终103号")]
    [InlineData("（2020）青02行赔初91号", "（2020）青02行赔初91号")]
    [InlineData("（2020）黔01行初9号", "（2020）黔01行初9号")]
    [InlineData("（2020）内01行初9号", "（2020）内01行初9号")]
    [InlineData("（2020）兵01行他9号", "（2020）兵01行他9号")]
    [InlineData("（2020）豫11行辖9号", "（2020）豫11行辖9号")]
    public void A_case_number_is_read_and_normalised(string text, string normalised) => CaseNumber.Normalise(text).ShouldBe(normalised);

    [Theory]
    [InlineData("2023豫1121行初12号")]
    [InlineData("（23）豫1121行初12号")]
    [InlineData("（2023）豫11211行初12号")]
    [InlineData("（2023）豫1121民初12号")]
    [InlineData("（2023）豫1121行赔12号")]
    [InlineData("（2023）豫1121行初号")]
    [InlineData("（2023）豫1121行初12")]
    [InlineData("（2023）豫1121行初12号之一")]
    [InlineData("（2023）最高法01行申1号")]
    [InlineData("（2023）1121行初12号")]
    [InlineData("（2023）天1121行初12号")]
    [InlineData("（2023）豫1121行诉前调12号")]
    [InlineData(" （2023）豫1121行初12号")]
    [InlineData("（2023）豫1121行初12号\n")]
    [InlineData("（２０２３）豫1121行初12号")]
    public void What_is_no_case_number_is_none(string text) => CaseNumber.Parse(text).ShouldBeNull();

    [Fact]
    public void The_serial_of_a_case_number_is_short_enough_to_be_indexed() => CaseNumber.Parse($"（2023）豫1121行初{new string('1', 3000)}号").ShouldBeNull();

    [Fact]
    public void A_reason_holds_nothing_that_the_database_cannot_keep()
    {
        Read(Line("UnitRegistered", "unit/a", """{"a\u0000b":1}""")).Refusal!.Message.ShouldNotContain("\0");
        var name = new string('x', 79) + "𠮷" + new string('y', 4000);
        var text = Read(Line("UnitRegistered", "unit/a", UnitData.Replace("舞泉镇", name, StringComparison.Ordinal))).Refusal!.English;
        Should.NotThrow(() => new UTF8Encoding(false, throwOnInvalidBytes: true).GetBytes(text));
    }

    [Fact]
    public void Every_province_with_courts_has_its_character()
    {
        foreach (var province in "京津冀晋内辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川黔云藏陕甘青宁新兵")
            CaseNumber.Parse($"（2023）{province}01行初1号").ShouldNotBeNull($"{province}");
    }

    [Fact]
    public void The_event_id_is_the_UUIDv5_of_source_and_id_in_the_URL_namespace() =>
        new FactId("https://example.org/court", "1").ToEventId().ShouldBe(Guid.Parse(Uuid5OfExample));

    // python3 -c 'import uuid; print(uuid.uuid5(uuid.NAMESPACE_URL, "https://example.org/court#1"))'
    private const string Uuid5OfExample = "8c483cdb-57e2-5cd3-b02f-c5acd6885f3c";
}
