using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Domain;
using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Obligations;
using Ledger.Domain.Benchmarks;

namespace Ledger.Host.Answers;

/// <summary>The JSON of the answers (facts.md §4), the same over HTTP and from the CLI.</summary>
public static class AnswerJson
{
    /// <summary>An instant as answers print it: UTC, microseconds.</summary>
    public static string Instant(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    /// <summary>A ranking.</summary>
    public static JsonObject Of(Ranking ranking, Scope scope)
    {
        var json = new JsonObject { ["period"] = ranking.Period.Text, ["list"] = ranking.List.ToString(), ["policy"] = ranking.Policy.Id };
        AddScope(json, scope);
        json["rows"] = new JsonArray([.. ranking.Rows.Select(Row)]);
        var county = new JsonObject { ["unit"] = null, ["name"] = null };
        AddFigures(county, ranking.County);
        json["county"] = county;
        return json;
    }

    /// <summary>A unit's row with the lawsuits behind each number.</summary>
    public static JsonObject Of(Scorecard scorecard, Period period, Scope scope)
    {
        var json = new JsonObject { ["period"] = period.Text, ["list"] = nameof(UnitList.All), ["policy"] = scorecard.Policy.Id };
        AddScope(json, scope);
        foreach (var (name, value) in Row(scorecard.Row).AsObject().ToList()) json[name] = value?.DeepClone();
        var tally = scorecard.Tally;
        json["lawsuits"] = new JsonObject
        {
            ["lossRate"] = Closings(tally.LossRate),
            ["losses"] = Closings(tally.LossRate.Where(c => c.Counts)),
            ["newCases"] = new JsonArray([.. tally.NewCases.Select(c => (JsonNode)new JsonObject
            {
                ["lawsuit"] = c.Lawsuit, ["caseNo"] = c.Case.CaseNo, ["docketedOn"] = Day(c.Case.On),
            })]),
            ["closed"] = Closings(tally.Closed),
            ["mediatedOrWithdrawn"] = Closings(tally.Closed.Where(c => c.Counts)),
            ["headAttendance"] = new JsonArray([.. tally.Appearances.Select(a => (JsonNode)new JsonObject
            {
                ["lawsuit"] = a.Lawsuit, ["caseNo"] = a.Appearance.CaseNo, ["heldOn"] = Day(a.Appearance.On), ["counts"] = a.Appearance.HeadAttended,
            })]),
            ["timelyCaseFiling"] = Of([.. tally.Filings.Where(f => f.Kind == ObligationKind.CaseFiling)]),
            ["timelyLossFiling"] = Of([.. tally.Filings.Where(f => f.Kind == ObligationKind.LossFiling)]),
        };
        return json;
    }

    /// <summary>A list of obligations.</summary>
    public static JsonArray Of(IReadOnlyList<Obligation> obligations) => new([.. obligations.Select(o => (JsonNode)Of(o))]);

    /// <summary>The county beside the province.</summary>
    public static JsonObject Of(Comparison comparison, string period, Scope scope)
    {
        var json = new JsonObject { ["period"] = period, ["indicator"] = comparison.Indicator.ToString() };
        AddScope(json, scope);
        json["county"] = Rate(comparison.County);
        json["province"] = Rate(comparison.Province);
        json["isHigher"] = comparison.IsHigher;
        return json;
    }

    /// <summary>A history in recorded order; personal data masked unless the reader needs it.</summary>
    public static JsonArray Of(IReadOnlyList<HistoryEntry> history, bool unmasked) => new([.. history.Select(h => (JsonNode)Of(h, unmasked))]);

    /// <summary>A lawsuit's folded state.</summary>
    public static JsonObject Of(LawsuitState state, Scope scope, bool unmasked) =>
        With(new JsonObject { ["subject"] = Subject.Lawsuit(state.Lawsuit.Key).ToString() }, scope, StateOf(state, unmasked));

    /// <summary>A lawsuit's folded state alone, without what the answer rests on.</summary>
    public static JsonObject StateOf(LawsuitState state, bool unmasked)
    {
        var (lawsuit, json) = (state.Lawsuit, new JsonObject());
        foreach (var (name, value) in Masking.DataOf(StreamKind.Lawsuit, lawsuit.Docketed!, unmasked).ToList())
            if (name is not ("defendants" or "series"))
                json[name] = value?.DeepClone();
        json["series"] = lawsuit.Series;
        json["suspendedFor"] = lawsuit.SuspendedFor;
        json["defendants"] = Node(lawsuit.Defendants.ToList());
        json["formerDefendants"] = Node(lawsuit.EverDefendants.Where(u => !lawsuit.IsDefendant(u)).ToList());
        json["instances"] = new JsonArray([.. lawsuit.Instances.Select(i => (JsonNode)Instance(lawsuit, i))]);
        json["effective"] = lawsuit.LastEffective is { } effective ? FactJson.WriteNode(effective) : null;
        json["appealPeriods"] = Node(state.AppealPeriods);
        json["obligations"] = Of(state.Obligations);
        return json;
    }

    /// <summary>A unit's folded state.</summary>
    public static JsonObject Of(Domain.Units.Unit unit, Scope scope) =>
        With(new JsonObject { ["subject"] = Subject.Unit(unit.Key).ToString(), ["unit"] = unit.Key, ["name"] = unit.Name }, scope, StateOf(unit));

    /// <summary>A unit's folded state alone, without what the answer rests on.</summary>
    public static JsonObject StateOf(Domain.Units.Unit unit) => new()
    {
        ["name"] = unit.Name,
        ["kind"] = unit.Registered!.Kind.ToString(),
        ["registeredOn"] = Day(unit.Registered.RegisteredOn),
        ["merged"] = unit.Merged is { } merged ? FactJson.WriteNode(merged) : null,
        ["duties"] = new JsonArray([.. unit.Duties.Select(d => (JsonNode)FactJson.WriteNode(d))]),
        ["performed"] = new JsonArray([.. unit.Performances.Select(p => (JsonNode)new JsonObject { ["duty"] = p.Duty, ["year"] = p.Year })]),
        ["reports"] = new JsonArray([.. unit.Reports.Select(r => (JsonNode)FactJson.WriteNode(r))]),
        ["transferred"] = new JsonArray([.. unit.Transferred.Select(t => (JsonNode)FactJson.WriteNode(t))]),
    };

    /// <summary>The text of an answer.</summary>
    public static string Text(JsonNode json) => json.ToJsonString(FactJson.Options);

    private static JsonObject With(JsonObject json, Scope scope, JsonObject state)
    {
        AddScope(json, scope);
        foreach (var (name, value) in state) json[name] = value?.DeepClone();
        return json;
    }

    private static JsonObject Instance(Lawsuit lawsuit, Instance instance)
    {
        var document = lawsuit.Document(instance.CaseNo);
        return new JsonObject
        {
            ["caseNo"] = instance.CaseNo,
            ["level"] = instance.Level.ToString(),
            ["court"] = instance.Court,
            ["openedOn"] = Day(instance.OpenedOn),
            ["materialsReceived"] = new JsonArray([.. lawsuit.MaterialsReceived.Where(r => r.CaseNo == instance.CaseNo).Select(r => (JsonNode)FactJson.WriteNode(r))]),
            ["hearings"] = new JsonArray([.. lawsuit.Hearings.Where(h => h.CaseNo == instance.CaseNo).Select(h => (JsonNode)FactJson.WriteNode(h))]),
            ["document"] = document is null ? null : FactJson.WriteNode(document.Rendered),
            ["outcomes"] = document is null ? null : new JsonArray([.. lawsuit.EverDefendants.Select(u => (JsonNode)new JsonObject
            {
                ["unit"] = u, ["outcomes"] = Node(lawsuit.OutcomesOf(document, u)), ["lost"] = lawsuit.LostIn(document, u),
            })]),
            ["judgmentsReceived"] = new JsonArray([.. lawsuit.JudgmentsReceived.Where(r => r.CaseNo == instance.CaseNo).Select(r => (JsonNode)FactJson.WriteNode(r))]),
            ["appeals"] = new JsonArray([.. lawsuit.Appeals.Where(a => a.CaseNo == instance.CaseNo).Select(a => (JsonNode)FactJson.WriteNode(a))]),
        };
    }

    /// <summary>One fact of a history.</summary>
    public static JsonObject Of(HistoryEntry item, bool unmasked)
    {
        var (entry, recorded) = (item.Entry, item.Entry.Recorded);
        var json = new JsonObject
        {
            ["sequence"] = recorded.Sequence,
            ["subject"] = entry.Subject.ToString(),
            ["version"] = entry.Version,
            ["type"] = EventCatalog.NameOf(recorded.Fact),
            ["legalDate"] = item.LegalDate is { } day ? Day(day) : null,
            ["recordedAt"] = Instant(entry.RecordedAt),
            ["actor"] = entry.Actor,
            ["source"] = recorded.Id.Source,
            ["id"] = recorded.Id.Id,
            ["time"] = entry.SentAt?.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture),
            ["clause"] = entry.Clause,
            ["data"] = Masking.DataOf(item.Entry.Subject.Kind, recorded.Fact, unmasked),
            ["corrections"] = new JsonArray([.. item.Amendments.Select(a => (JsonNode)new JsonObject
            {
                ["sequence"] = a.Entry.Recorded.Sequence,
                ["type"] = EventCatalog.NameOf(a.Entry.Recorded.Fact),
                ["recordedAt"] = Instant(a.Entry.RecordedAt),
                ["actor"] = a.Entry.Actor,
                ["source"] = a.Entry.Recorded.Id.Source,
                ["id"] = a.Entry.Recorded.Id.Id,
                ["data"] = Masking.DataOf(a.Entry.Subject.Kind, a.Entry.Recorded.Fact, unmasked),
                ["retracted"] = a.Retracted,
            })]),
        };
        if (item.Documents.Count > 0)
            json["documents"] = new JsonArray([.. item.Documents.Select(d => (JsonNode)new JsonObject
            {
                ["member"] = d.Member, ["sha256"] = d.Sha256, ["present"] = d.Stored is not null, ["mediaType"] = d.Stored?.MediaType, ["size"] = d.Stored?.Size,
            })]);
        return json;
    }

    private static JsonNode Row(RankingRow row)
    {
        var json = new JsonObject { ["rank"] = row.Rank, ["unit"] = row.Unit, ["name"] = row.Name };
        AddFigures(json, row.Figures);
        json["flags"] = row.Figures.IsSmallSample ? new JsonArray("SmallSample") : new JsonArray();
        if (row.Barred is { } barred) json["barred"] = barred;
        return json;
    }

    /// <summary>What an answer rests on.</summary>
    internal static void AddScope(JsonObject json, Scope scope)
    {
        json["asOf"] = Day(scope.AsOf);
        json["knownAt"] = Instant(scope.KnownAt);
        json["position"] = scope.Position;
        if (scope.ImportInProgress) json["importInProgress"] = true;
        if (scope.IsSynthetic) json["synthetic"] = true;
    }

    internal static void AddFigures(JsonObject json, Figures figures)
    {
        json["lossRate"] = Rate(figures.LossRate);
        json["losses"] = figures.Losses;
        json["newCases"] = figures.NewCases;
        json["closed"] = figures.Closed;
        json["mediatedOrWithdrawn"] = Rate(figures.MediatedOrWithdrawn);
        json["headAttendance"] = Rate(figures.HeadAttendance);
        json["timelyCaseFiling"] = Rate(figures.TimelyCaseFiling);
        json["timelyLossFiling"] = Rate(figures.TimelyLossFiling);
    }

    private static JsonObject Of(Obligation o)
    {
        var json = new JsonObject { ["kind"] = o.Kind.ToString(), ["unit"] = o.Unit, ["lawsuit"] = o.Lawsuit, ["caseNo"] = o.CaseNo };
        if (o.Duty is not null) json["duty"] = o.Duty;
        if (o.Year is not null) json["year"] = o.Year;
        json["openedOn"] = Day(o.OpenedOn);
        json["dueOn"] = Day(o.DueOn);
        json["provisional"] = o.Provisional;
        json["status"] = o.Status.ToString();
        json["metAt"] = o.MetAt is { } metAt ? JsonSerializer.SerializeToNode(metAt) : null;
        json["daysLate"] = o.DaysLate;
        return json;
    }

    private static JsonArray Closings(IEnumerable<CountedClosing> closings) => new([.. closings.Select(c => (JsonNode)new JsonObject
    {
        ["lawsuit"] = c.Lawsuit, ["caseNo"] = c.Closing.CaseNo, ["on"] = Day(c.Closing.On), ["outcomes"] = Node(c.Closing.Outcomes),
        ["series"] = c.Closing.Series, ["counts"] = c.Counts,
    })]);

    internal static JsonObject Rate(Ratio ratio) => new() { ["n"] = ratio.N, ["d"] = ratio.D };

    internal static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static JsonNode? Node<T>(T value) => JsonSerializer.SerializeToNode(value, FactJson.Options);
}
