using Ledger.Domain.Facts;
using Ledger.Domain.Obligations;
using Ledger.Domain.Plan;

namespace Ledger.Domain.WarningCases;

/// <summary>A case of the library (警示案例库).</summary>
/// <param name="Key">Its key.</param>
/// <param name="Cause">Why it warns.</param>
/// <param name="SourceUnit">The unit that lost.</param>
/// <param name="SourceName">Its name.</param>
/// <param name="Lawsuit">The lawsuit.</param>
/// <param name="CaseNo">The document.</param>
/// <param name="Rectification">The rectification.</param>
/// <param name="SelectedOn">When it was selected.</param>
/// <param name="AnonymisedOn">When its text was anonymised.</param>
/// <param name="Document">The hash of that text.</param>
/// <param name="PublishedOn">When it was published.</param>
/// <param name="StudyBy">Until when it is to be studied.</param>
/// <param name="Studied">Addressees that studied it, over all addressees.</param>
/// <param name="Typical">Whether it is reported to the city as a typical case.</param>
/// <param name="Evidence">The facts of its life.</param>
public sealed record WarningCaseRow(
    string Key, WarningCause Cause, string SourceUnit, string SourceName, string Lawsuit, string CaseNo, string Rectification, DateOnly SelectedOn, DateOnly? AnonymisedOn,
    string? Document, DateOnly? PublishedOn, DateOnly? StudyBy, Ratio Studied, bool Typical, IReadOnlyList<Evidence> Evidence);

/// <summary>How a unit studied the cases that were addressed to it (学习覆盖).</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Name">Its name.</param>
/// <param name="Coverage">Cases that it studied, over all cases addressed to it.</param>
/// <param name="Late">Of the first, how many after the last day.</param>
/// <param name="Participants">People who took part, all studies together.</param>
/// <param name="Voluntary">Cases that it studied without being addressed.</param>
/// <param name="Outstanding">The keys of the cases that it has not studied.</param>
/// <param name="Evidence">Its studies.</param>
public sealed record StudyCoverageRow(
    string Unit, string Name, Ratio Coverage, int Late, int Participants, int Voluntary, IReadOnlyList<string> Outstanding, IReadOnlyList<Evidence> Evidence);

/// <summary>A typical case and the city (典型案例报市).</summary>
/// <param name="Key">Its key.</param>
/// <param name="Unit">The unit that lost.</param>
/// <param name="Name">Its name.</param>
/// <param name="CaseNo">The document.</param>
/// <param name="Cause">Why it warns.</param>
/// <param name="SelectedOn">When it was found to be typical.</param>
/// <param name="ReportedOn">When it was reported.</param>
/// <param name="DocumentNo">By which document.</param>
/// <param name="BulletinOn">When the city's bulletin came.</param>
/// <param name="BulletinNo">Its number.</param>
/// <param name="Status">Where the report stands.</param>
/// <param name="Evidence">The report and the bulletin.</param>
public sealed record CityReportRow(
    string Key, string Unit, string Name, string CaseNo, WarningCause Cause, DateOnly SelectedOn, DateOnly? ReportedOn, string? DocumentNo, DateOnly? BulletinOn,
    string? BulletinNo, DutyStatus Status, IReadOnlyList<Evidence> Evidence);

/// <summary>警示案例、典型案例 (plan 3.1.3, 3.4.1e).</summary>
public static class WarningCaseArea
{
    /// <summary>The area.</summary>
    public static Area Area { get; } = new("WarningCases")
    {
        Facts =
        [
            CatalogEntry.Of<WarningCaseSelected>("WarningCaseSelected", "警示案例入选", StreamKind.WarningCase, Recorder.Office),
            CatalogEntry.Of<WarningCaseAnonymised>("WarningCaseAnonymised", "警示案例脱敏", StreamKind.WarningCase, Recorder.Office),
            CatalogEntry.Of<WarningCasePublished>("WarningCasePublished", "警示案例发布", StreamKind.WarningCase, Recorder.Office),
            CatalogEntry.Of<WarningCaseStudied>("WarningCaseStudied", "警示案例学习", StreamKind.WarningCase, Recorder.Unit),
            CatalogEntry.Of<TypicalCaseReportedToCity>("TypicalCaseReportedToCity", "典型案例报市", StreamKind.WarningCase, Recorder.Office),
            CatalogEntry.Of<CityBulletinReceived>("CityBulletinReceived", "收到全市通报", StreamKind.WarningCase, Recorder.Office),
        ],
        States = [(StreamKind.WarningCase, key => new WarningCase(key))],
        Refusals = new Dictionary<string, (string, string)>(StringComparer.Ordinal)
        {
            [Codes.WarningCaseOtherLoss] = ("整改“{0}”针对的是单位“{1}”在{2}中的败诉", "the rectification '{0}' is about the loss of '{1}' in {2}"),
            [Codes.WarningCaseCauseNotRecorded] = ("到{2}，整改“{1}”没有认定原因“{0}”", "by {2} the cause '{0}' was not determined in the rectification '{1}'"),
            [Codes.WarningCaseNotAnonymised] = ("到{0}案例尚未脱密脱敏，不能发布", "the case had not been anonymised by {0}, so it cannot be published"),
            [Codes.WarningCaseAlreadyPublished] = ("案例已于{0}发布", "the case was published on {0}"),
            [Codes.WarningCaseNotPublished] = ("案例“{0}”尚未发布", "the case '{0}' has not been published"),
            [Codes.TypicalCaseAlreadyReported] = ("案例已于{0}报市", "the case was reported to the city on {0}"),
            [Codes.TypicalCaseNotReported] = ("案例“{0}”尚未报市", "the case '{0}' has not been reported to the city"),
        },
        Questions =
        [
            Question.Of("warning-cases", "警示案例库", "the library of warning cases", Audience.Units, Library, Parameters.Unit | Parameters.Period | Parameters.Key),
            Question.Of("study-coverage", "警示案例学习覆盖：各单位应学、已学", "which units studied the warning cases addressed to them", Audience.Units,
                Coverage, Parameters.Unit | Parameters.Period),
            Question.Of("city-reports", "典型案例报市情况", "typical cases reported to the city and its bulletins", Audience.Office, Reports, Parameters.Status | Parameters.Period),
        ],
        Duties = Duties,
        Clauses =
        [
            new("3.1.3", "梳理发布行政执法警示案例，供各单位以案为鉴、以案促改",
                ["WarningCaseSelected", "WarningCaseAnonymised", "WarningCasePublished", "WarningCaseStudied"], ["warning-cases", "study-coverage"],
                [DutyKind.WarningCaseStudy]),
            new("3.4.1e", "典型案例及时报市司法行政部门全市通报", ["TypicalCaseReportedToCity", "CityBulletinReceived"], ["city-reports"], [DutyKind.CityReport]),
        ],
        Labels = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["key"] = "编号", ["cause"] = "原因", ["sourceUnit"] = "败诉单位", ["sourceName"] = "败诉单位名称", ["unit"] = "单位", ["name"] = "名称", ["lawsuit"] = "诉讼", ["caseNo"] = "案号", ["rectification"] = "整改编号",
            ["selectedOn"] = "入选日", ["anonymisedOn"] = "脱敏日", ["document"] = "文件哈希", ["publishedOn"] = "发布日", ["studyBy"] = "学习期限", ["studied"] = "已学/应学",
            ["typical"] = "典型案例", ["evidence"] = "凭据", ["coverage"] = "学习覆盖", ["late"] = "逾期数", ["participants"] = "参加人次", ["voluntary"] = "自行学习",
            ["outstanding"] = "未学案例", ["reportedOn"] = "报市日", ["documentNo"] = "文号", ["bulletinOn"] = "收到通报日", ["bulletinNo"] = "通报文号", ["status"] = "状态",
            ["PassiveResponse"] = "消极应诉", ["Nonfeasance"] = "不作为", ["ProceduralViolation"] = "违反法定程序", ["MisappliedLaw"] = "适用法律法规错误", ["Other"] = "其他",
            ["Pending"] = "待办", ["Met"] = "按期办结",
        },
    };

    private static IEnumerable<Duty> Duties(Situation situation)
    {
        foreach (var warning in WarningCase.Of(situation))
        {
            var selected = warning.Selected!;
            if (warning.Published is { } published)
                foreach (var unit in published.Addressees.Distinct(StringComparer.Ordinal))
                {
                    var study = new Duty(DutyKind.WarningCaseStudy, published.PublishedOn) { Unit = unit, Subject = warning.Stream.ToString(), DueOn = published.StudyBy };
                    yield return warning.StudyOf(unit) is { } studied ? study.MetBy(warning.Stream, studied) : study;
                }

            if (!selected.Typical) continue;
            var report = new Duty(DutyKind.CityReport, selected.SelectedOn) { Unit = selected.Unit, Subject = warning.Stream.ToString(), CaseNo = selected.CaseNo };
            yield return warning.ReportedBy is { } reported ? report.MetBy(warning.Stream, reported) : report;
        }
    }

    // A unit sees what was addressed to it, and what is about itself.
    private static IEnumerable<WarningCaseRow> Library(Situation situation, Asked asked) =>
        from warning in WarningCase.Of(situation)
        let selected = warning.Selected
        let addressees = warning.Published?.Addressees.Distinct(StringComparer.Ordinal).ToList() ?? []
        where asked.Key is null || warning.Stream.Key == asked.Key
        where asked.Unit is null || selected.Unit == asked.Unit || addressees.Contains(asked.Unit)
        where asked.Period is null || asked.Period.Contains(selected.SelectedOn)
        let anonymised = (WarningCaseAnonymised?)warning.AnonymisedBy?.Fact
        select new WarningCaseRow(
            warning.Stream.Key, selected.Cause, selected.Unit, situation.NameOf(selected.Unit), selected.Lawsuit, selected.CaseNo, selected.Rectification,
            selected.SelectedOn, anonymised?.AnonymisedOn, anonymised?.Document, warning.Published?.PublishedOn, warning.Published?.StudyBy,
            new Ratio(addressees.Count(u => warning.StudyOf(u) is not null), addressees.Count), selected.Typical,
            [.. EvidenceOf(warning, warning.SelectedBy, warning.AnonymisedBy, warning.PublishedBy)]);

    private static IEnumerable<StudyCoverageRow> Coverage(Situation situation, Asked asked)
    {
        var published = WarningCase.Of(situation)
            .Where(c => c.Published is not null && (asked.Period is null || asked.Period.Contains(c.Published.PublishedOn))).ToList();
        foreach (var unit in published.SelectMany(c => c.Published!.Addressees.Concat(c.Studies.Select(s => ((WarningCaseStudied)s.Fact).Unit)))
            .Distinct(StringComparer.Ordinal).Where(u => asked.Unit is null || u == asked.Unit).Order(StringComparer.Ordinal))
        {
            var addressed = published.Where(c => c.Published!.Addressees.Contains(unit, StringComparer.Ordinal)).ToList();
            var studies = published.SelectMany(c => c.Studies.Where(s => ((WarningCaseStudied)s.Fact).Unit == unit).Select(s => (Case: c, Study: s))).ToList();
            yield return new StudyCoverageRow(
                unit, situation.NameOf(unit), new Ratio(addressed.Count(c => c.StudyOf(unit) is not null), addressed.Count),
                addressed.Count(c => c.StudyOf(unit)?.Fact.LegalDate > c.Published!.StudyBy), studies.Sum(s => ((WarningCaseStudied)s.Study.Fact).Participants),
                published.Count(c => !addressed.Contains(c) && c.StudyOf(unit) is not null),
                [.. addressed.Where(c => c.StudyOf(unit) is null).Select(c => c.Stream.Key)], [.. studies.Select(s => Evidence.Of(s.Case.Stream, s.Study))]);
        }
    }

    private static IEnumerable<CityReportRow> Reports(Situation situation, Asked asked) =>
        from warning in WarningCase.Of(situation)
        let selected = warning.Selected
        where selected.Typical || warning.ReportedBy is not null
        where asked.Period is null || asked.Period.Contains(selected.SelectedOn)
        let reported = (TypicalCaseReportedToCity?)warning.ReportedBy?.Fact
        let bulletin = (CityBulletinReceived?)warning.BulletinBy?.Fact
        let status = reported is null ? DutyStatus.Pending : DutyStatus.Met
        where asked.Status is null || status.ToString() == asked.Status
        select new CityReportRow(
            warning.Stream.Key, selected.Unit, situation.NameOf(selected.Unit), selected.CaseNo, selected.Cause, selected.SelectedOn, reported?.ReportedOn,
            reported?.DocumentNo, bulletin?.ReceivedOn, bulletin?.DocumentNo, status, [.. EvidenceOf(warning, warning.ReportedBy, warning.BulletinBy)]);

    private static IEnumerable<Evidence> EvidenceOf(WarningCase warning, params VisibleFact?[] facts) =>
        facts.OfType<VisibleFact>().Select(f => Evidence.Of(warning.Stream, f));
}
