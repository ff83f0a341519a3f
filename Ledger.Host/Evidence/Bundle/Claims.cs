using System.Globalization;
using System.Text.Json.Nodes;
using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Host.Answers;

namespace Ledger.Host.Evidence.Bundle;

/// <summary>The numbers that a bundle claims: the very answers of the ledger at that moment (docs/evidence.md §6, claims.json).</summary>
internal sealed class Claims(LedgerAnswers answers, ExportRequest request, Scope scope)
{
    // The same moment for every answer, whatever is recorded meanwhile.
    private TimesAsked At => new(scope.AsOf.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), null, scope.Position.ToString(CultureInfo.InvariantCulture));

    /// <summary>Why there is nothing to claim: no such unit, lawsuit or period.</summary>
    public async Task<Refusal?> RefusalAsync(CancellationToken cancellation)
    {
        if ((await answers.UnitAsync(request.Unit, At, cancellation)).Refusal is { } unit) return unit;
        if (request.Period is { } period && !Period.TryParse(period, out _)) return Refusal.Of(Codes.QueryInvalid, "period", period);
        if (request.Lawsuit is not { } lawsuit) return null;
        var found = await answers.LawsuitAsync(lawsuit, At, cancellation);
        return found.Refusal ?? (found.Value!.Lawsuit.WasDefendant(request.Unit) ? null : Refusal.Of(Codes.EvidenceNotOfUnit, lawsuit, request.Unit));
    }

    /// <summary>The claims.</summary>
    public async Task<JsonObject> JsonAsync(CancellationToken cancellation)
    {
        var rankings = new JsonArray();
        var scorecards = new JsonArray();
        foreach (var period in request.Lawsuit is null ? await PeriodsAsync(cancellation) : [])
        {
            var ranking = await answers.RankingAsync(period, null, null, At, cancellation);
            rankings.Add(AnswerJson.Of(Of(ranking), scope));
            var scorecard = await answers.ScorecardAsync(request.Unit, period, null, At, cancellation);
            scorecards.Add(AnswerJson.Of(Of(scorecard), Period.Parse(period), scope));
        }

        var obligations = Of(await answers.ObligationsAsync(request.Unit, null, null, At, cancellation));
        var claimed = request.Lawsuit is { } lawsuit ? [.. obligations.Where(o => o.Lawsuit == lawsuit)] : obligations;
        var governing = await answers.RankingAsync(scope.AsOf.Year.ToString(CultureInfo.InvariantCulture), null, null, At, cancellation);
        return new JsonObject
        {
            ["v"] = 1,
            ["position"] = Disclosure.Whole(scope.Position),
            ["asOf"] = scope.AsOf.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["policy"] = Of(governing).Policy.Id,
            ["unit"] = request.Unit,
            ["rankings"] = rankings,
            ["scorecards"] = scorecards,
            ["obligations"] = AnswerJson.Of(claimed),
        };
    }

    // Every year since the unit's first lawsuit, and the one that was asked for.
    private async Task<IReadOnlyList<string>> PeriodsAsync(CancellationToken cancellation)
    {
        if (request.Period is { } period) return [period];
        var history = await answers.HistoryAsync(Subject.Unit(request.Unit), At, cancellation);
        var first = history.Value?.Where(h => h.Entry.Subject.Kind == StreamKind.Lawsuit && h.LegalDate is not null).Select(h => h.LegalDate!.Value.Year).DefaultIfEmpty(scope.AsOf.Year).Min()
            ?? scope.AsOf.Year;
        return [.. Enumerable.Range(first, scope.AsOf.Year - first + 1).Select(year => year.ToString(CultureInfo.InvariantCulture))];
    }

    private static T Of<T>(Answer<T> answer)
        where T : class => answer.Value ?? throw new InvalidOperationException(answer.Refusal!.English);
}
