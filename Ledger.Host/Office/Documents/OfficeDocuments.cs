using System.Globalization;
using Ledger.Domain.Bulletins;
using Ledger.Domain.Facts;
using Ledger.Domain.LawsuitConduct;
using Ledger.Domain.Obligations;
using Ledger.Domain.Periods;
using Ledger.Domain.Rectifications;
using Ledger.Domain.Supervision;
using Ledger.Domain.WarningCases;
using Ledger.Host.Answers;
using Ledger.Host.Pages;
using Microsoft.AspNetCore.WebUtilities;

namespace Ledger.Host.Office.Documents;

/// <summary>Makes the office's documents of the answers that the signed-in person may have, at one moment.</summary>
public sealed class OfficeDocuments(PageAnswers answers)
{
    private static readonly PageTexts Chinese = new(IsEnglish: false);

    /// <summary>The documents of a kind that can be made, at a moment.</summary>
    public async Task<Answer<IReadOnlyList<DocumentChoice>>> ChoicesAsync(DocumentKind kind, TimesAsked times) => kind switch
    {
        DocumentKind.LossBulletin => await ListAsync<QuarterRow>("quarters", times, rows => rows.Where(r => r.ClosedOn is not null).OrderByDescending(r => r.Period, StringComparer.Ordinal)
            .Select(r => new DocumentChoice(r.Period, $"关于{BulletinDocuments.PeriodName(r.Period)}全县行政诉讼败诉情况的通报", r.Period, r.ClosedOn))),
        DocumentKind.AccountabilityBulletin => await ListAsync<BulletinListRow>("bulletins", times, rows => rows.Where(r => r.Kind == BulletinKind.Accountability)
            .OrderByDescending(r => r.Period, StringComparer.Ordinal)
            .Select(r => new DocumentChoice(r.Key, r.Title ?? $"关于{BulletinDocuments.PeriodName(r.Period)}行政执法过错责任追究情况的通报", r.Period, r.PublishedOn))),
        DocumentKind.OverdueNotice => await ListAsync<OverdueNoticeDraft>("overdue-notice-drafts", times, rows => rows.OrderByDescending(r => r.DueOn)
            .Select(r => new DocumentChoice(KeyOf(r), $"关于{r.Name}逾期未报备行政应诉案件的通报", r.CaseNo, r.DueOn))),
        DocumentKind.Supervision => await ListAsync<FindingRow>("findings", times, rows => rows.SelectMany(InstrumentsOf).DistinctBy(c => c.Key, StringComparer.Ordinal)),
        DocumentKind.Rectification => await ListAsync<RectificationRow>("rectifications", times, rows => rows.OrderByDescending(r => r.OpenedOn)
            .Select(r => new DocumentChoice(r.Key, $"关于{r.Name}败诉整改的通知", r.CaseNo, r.OpenedOn))),
        DocumentKind.TypicalCase => await ListAsync<CityReportRow>("city-reports", times, rows => rows.OrderByDescending(r => r.SelectedOn)
            .Select(r => new DocumentChoice(r.Key, $"关于报送{r.Name}行政诉讼典型案例的报告", r.CaseNo, r.SelectedOn))),
        _ => await ListAsync<Duty>("duties", times, rows => Unreported(rows).GroupBy(d => d.Year!.Value).OrderByDescending(y => y.Key)
            .Select(y => new DocumentChoice(y.Key.ToString(CultureInfo.InvariantCulture), $"关于报送{y.Key}年度未履职情况报告的提醒函", $"{y.Count()} 项", y.Max(d => d.DueOn)))),
    };

    /// <summary>A document; refused where nothing of that key is there at the moment.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="key">What it is about.</param>
    /// <param name="issuing">Who issues it.</param>
    /// <param name="times">The moment.</param>
    public async Task<Answer<OfficialDocument>> MakeAsync(DocumentKind kind, string key, Issuing issuing, TimesAsked times)
    {
        // One moment for all questions, also if somebody records something between them.
        var policies = await answers.PoliciesAsync(times);
        if (policies.Scope is not { } scope || policies.Refusal is not null) return new(null, policies.Refusal, null);
        var at = new TimesAsked(PageTexts.Day(scope.AsOf), null, scope.Position.ToString(CultureInfo.InvariantCulture));
        var proof = issuing.Address + AddressOf(kind, key, at);
        switch (kind)
        {
            case DocumentKind.LossBulletin:
                var found = await BulletinAsync(key, at);
                return found.Value is { } loss
                    ? Made(BulletinDocuments.Loss(loss, policies.Value!.FirstOrDefault(p => p.Id == loss.Policy) is { } policy ? Chinese.Sentence(policy) : "", issuing, scope), scope)
                    : Refused(found.Refusal, scope);
            case DocumentKind.AccountabilityBulletin:
                var accountability = key.StartsWith("accountability-", StringComparison.Ordinal)
                    ? await answers.AskOneAsync<AccountabilityContents>("bulletin", new Parameterised(Key: key), at)
                    : new(null, null, scope);
                return accountability.Value is { } contents ? Made(BulletinDocuments.Accountability(contents, await NamesAsync(at), issuing, proof, scope), scope) : Refused(accountability.Refusal, scope);
            case DocumentKind.OverdueNotice:
                return await OfRowAsync<OverdueNoticeDraft>("overdue-notice-drafts", at, r => KeyOf(r) == key, r => CaseDocuments.Overdue(r, issuing, proof, scope));
            case DocumentKind.Supervision:
                return await InstrumentAsync(key, issuing, proof, at, scope);
            case DocumentKind.Rectification:
                return await OfRowAsync<RectificationRow>("rectifications", at, r => r.Key == key, r => CaseDocuments.Rectify(r, issuing, proof, scope));
            case DocumentKind.TypicalCase:
                var library = (await answers.AskAsync<WarningCaseRow>("warning-cases", new Parameterised(), at)).Value;
                var losses = (await answers.AskAsync<LossRow>("loss-register", new Parameterised(), at)).Value;
                return await OfRowAsync<CityReportRow>("city-reports", at, r => r.Key == key, r => CaseDocuments.Typical(
                    r, library?.FirstOrDefault(w => w.Key == key), losses?.FirstOrDefault(l => l.CaseNo == r.CaseNo && l.Unit == r.Unit), issuing, proof, scope));
            default:
                var duties = await answers.AskAsync<Duty>("duties", new Parameterised(), at);
                var open = duties.Value is null ? [] : Unreported(duties.Value).Where(d => d.Year!.Value.ToString(CultureInfo.InvariantCulture) == key).ToList();
                if (open.Count == 0) return Refused(duties.Refusal, scope);
                var performed = (await answers.AskAsync<Domain.InternalControl.PerformanceRow>("non-performance", new Parameterised(), at)).Value ?? [];
                return Made(CaseDocuments.January(
                    open[0].Year!.Value, open, await NamesAsync(at), d => performed.FirstOrDefault(p => p.Unit == d.Unit && p.Duty == d.Item)?.DutyName ?? d.Item ?? "—", issuing, proof, scope), scope);
        }
    }

    /// <summary>The page's address of a document at a moment.</summary>
    public static string AddressOf(DocumentKind kind, string? key, TimesAsked times, string? serialNo = null, string path = "/documents") => QueryHelpers.AddQueryString(path, new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["kind"] = kind.ToString(), ["key"] = key, ["asOf"] = times.AsOf, ["knownAt"] = times.KnownAt, ["position"] = times.Position, ["no"] = serialNo,
    }.Where(p => p.Value is not null));

    private async Task<Answer<BulletinContents>> BulletinAsync(string period, TimesAsked at)
    {
        var published = await answers.AskAsync<BulletinListRow>("bulletins", new Parameterised(Period: period), at);
        if (published.Value is not { } rows) return new(null, published.Refusal, null);
        return rows.FirstOrDefault(b => b.Kind == BulletinKind.Ranking) is { } bulletin
            ? await answers.AskOneAsync<BulletinContents>("bulletin", new Parameterised(Key: bulletin.Key), at)
            : await answers.AskOneAsync<BulletinContents>("bulletin-preview", new Parameterised(Period: period), at);
    }

    private async Task<Answer<OfficialDocument>> InstrumentAsync(string key, Issuing issuing, string proof, TimesAsked at, Scope scope)
    {
        if (key.Split('|') is not [var file, var number] || !Subject.TryParse("supervision/" + file, out var subject)) return Refused(null, scope);
        var facts = await answers.FactsAsync(subject, at);
        if (facts.Value is not { } all || all.OfType<ISupervisionInstrument>().FirstOrDefault(i => i.DocumentNo == number) is not { } instrument) return Refused(facts.Refusal, scope);
        var named = instrument switch
        {
            SupervisionNoticeIssued n => n.Findings,
            SupervisionOpinionIssued o => o.Findings,
            SupervisionDecisionIssued { Prior: { } prior } => all.OfType<SupervisionOpinionIssued>().FirstOrDefault(o => o.DocumentNo == prior)?.Findings ?? [],
            _ => [],
        };
        var findings = all.OfType<SupervisionFindingRecorded>().Where(f => named.Contains(f.Finding, StringComparer.Ordinal)).ToList();
        return Made(CaseDocuments.Supervision(instrument, findings, (await NamesAsync(at))(instrument.Unit), issuing, proof, scope), scope);
    }

    private static IEnumerable<DocumentChoice> InstrumentsOf(FindingRow row)
    {
        if (row.DocumentNo is { } number)
            yield return new($"{row.Key}|{number}", row.Instrument == Instrument.Notice ? "行政执法监督通知书" : row.Instrument == Instrument.Opinion ? "行政执法监督意见书" : "行政执法监督决定书", $"{row.Name} {number}", row.DueOn);
        if (row.DecisionNo is { } decision) yield return new($"{row.Key}|{decision}", "行政执法监督决定书", $"{row.Name} {decision}", null);
    }

    private static IEnumerable<Duty> Unreported(IEnumerable<Duty> duties) =>
        duties.Where(d => d is { Kind: DutyKind.NonPerformanceReport, IsOpen: true, Year: not null, Unit: not null });

    private static string KeyOf(OverdueNoticeDraft row) => $"{row.Unit}|{row.CaseNo}";

    private async Task<Func<string, string>> NamesAsync(TimesAsked at)
    {
        var names = (await answers.NamesAsync(at)).Value;
        return unit => names?.GetValueOrDefault(unit) ?? unit;
    }

    private async Task<Answer<IReadOnlyList<DocumentChoice>>> ListAsync<TRow>(string question, TimesAsked times, Func<IReadOnlyList<TRow>, IEnumerable<DocumentChoice>> choose)
    {
        var rows = await answers.AskAsync<TRow>(question, new Parameterised(), times);
        return new(rows.Value is { } value ? [.. choose(value)] : null, rows.Refusal, rows.Scope);
    }

    private async Task<Answer<OfficialDocument>> OfRowAsync<TRow>(string question, TimesAsked at, Func<TRow, bool> isIt, Func<TRow, OfficialDocument> make)
        where TRow : class
    {
        var rows = await answers.AskAsync<TRow>(question, new Parameterised(), at);
        return rows.Value?.FirstOrDefault(isIt) is { } row ? Made(make(row), rows.Scope!) : Refused(rows.Refusal, rows.Scope);
    }

    private static Answer<OfficialDocument> Made(OfficialDocument document, Scope scope) => new(document, null, scope);

    private static Answer<OfficialDocument> Refused(Refusal? refusal, Scope? scope) =>
        new(null, refusal ?? OfficeRefusals.NoDocument, scope);
}
