using System.Text.Json.Nodes;
using Ledger.Domain;
using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Host.Answers;

namespace Ledger.Host.Replay;

/// <summary>The JSON of replays and comparisons, the same over HTTP and from the CLI.</summary>
/// <param name="unmasked">Whether the reader needs people's names.</param>
/// <param name="ownOnly">The unit of a reader who reads only its own facts; null for the others.</param>
public sealed class ReplayJson(bool unmasked, string? ownOnly = null)
{
    /// <summary>A replay: a history whose facts also say what they did.</summary>
    public JsonArray Of(IReadOnlyList<ToldStep> steps) => new([.. steps.Select(s => (JsonNode)Of(s))]);

    /// <summary>A subject at two moments.</summary>
    public JsonObject Of(Subject subject, ToldDifference told)
    {
        var (json, difference) = (Head(told.Moments), told.Of);
        json.Insert(0, "subject", subject.ToString());
        json["facts"] = new JsonArray([.. difference.Facts.Select(f => (JsonNode)Fact(told.Facts[f.Fact.Sequence], f.IsElsewhere, f.Amended))]);
        json["before"] = difference.State.Before?.DeepClone();
        json["after"] = difference.State.After?.DeepClone();
        json["changes"] = Of(difference.State.Changes);
        if (subject.Kind != StreamKind.Unit) return json;
        json["lawsuits"] = new JsonArray([.. difference.Lawsuits.Select(l => (JsonNode)new JsonObject { ["subject"] = l.Subject.ToString(), ["changes"] = Of(l.Changes) })]);
        json["numbers"] = new JsonArray([.. difference.Numbers.Select(n =>
        {
            var number = Of(n.Number);
            number["by"] = new JsonArray([.. n.By.Select(b => (JsonNode)new JsonObject
            {
                ["sequence"] = b.Fact?.Sequence,
                ["subject"] = b.Subject is { } of && MayTell(of, told.Facts.ContainsKey(b.Fact!.Sequence) && !IsElsewhere(difference, b.Fact)) ? of.ToString() : null,
                ["type"] = b.Fact is { } fact ? EventCatalog.NameOf(fact.Fact) : null,
                ["on"] = b.On is { } day ? AnswerJson.Day(day) : null,
            })]);
            return (JsonNode)number;
        })]);
        return json;
    }

    /// <summary>A ranking at two positions.</summary>
    public JsonObject Of(ToldRanking told)
    {
        var (json, difference) = (Head(told.Moments), told.Of);
        json.Insert(0, "period", difference.After.Period.Text);
        json.Insert(1, "list", difference.After.List.ToString());
        json["from"]!["policy"] = difference.Before.Policy.Id;
        json["to"]!["policy"] = difference.After.Policy.Id;
        json["rows"] = new JsonArray([.. difference.Rows.Select(r => (JsonNode)new JsonObject
        {
            ["unit"] = r.Unit, ["name"] = r.Name, ["moved"] = r.Moved, ["before"] = Of(r.Before), ["after"] = Of(r.After),
        })]);
        json["county"] = new JsonObject { ["before"] = Of(difference.Before.County), ["after"] = Of(difference.After.County) };
        json["facts"] = new JsonArray([.. difference.Steps.Select(s =>
        {
            var fact = (ownOnly is null || MayTell(s.Subject, IsOwn(told, s.Subject))) ? Brief(told.Facts[s.Fact.Sequence], told.To.Everything.RecordedIn(s.Subject)) : Reserved(s.Fact);
            fact["units"] = new JsonArray([.. s.Units.Select(u => (JsonNode)new JsonObject
            {
                ["unit"] = u.Unit, ["rankBefore"] = u.RankBefore, ["rankAfter"] = u.RankAfter, ["numbers"] = Of(u.Figures),
            })]);
            fact["county"] = Of(s.County);
            return (JsonNode)fact;
        })]);
        return json;
    }

    private JsonObject Of(ToldStep told)
    {
        var (step, json) = (told.Step, Fact(told.Entry, told.Step.IsElsewhere, told.Step.Amended));
        json["states"] = new JsonArray([.. step.States.Select(s => (JsonNode)new JsonObject
        {
            ["subject"] = s.Subject.ToString(), ["before"] = s.Before?.DeepClone(), ["after"] = s.After?.DeepClone(), ["changes"] = Of(s.Changes),
        })]);
        json["numbers"] = new JsonArray([.. step.Numbers.Select(n => (JsonNode)Of(n))]);
        return json;
    }

    private JsonObject Fact(HistoryEntry entry, bool isElsewhere, Amended? amended)
    {
        var json = MayTell(entry.Entry.Subject, !isElsewhere) ? AnswerJson.Of(entry, unmasked && !isElsewhere) : Reserved(entry.Entry.Recorded);
        if (isElsewhere) json["elsewhere"] = true;
        if (amended is not null && !isElsewhere)
            json["amends"] = new JsonObject
            {
                ["sequence"] = amended.Target.Sequence,
                ["type"] = EventCatalog.NameOf(amended.Target.Fact),
                ["fact"] = new JsonObject { ["sequence"] = amended.Fact.Sequence, ["type"] = EventCatalog.NameOf(amended.Fact.Fact) },
                ["changes"] = Of(amended.Changes),
            };
        return json;
    }

    // Policies and calendars are public; of the rest a clerk reads the own unit's history.
    private bool MayTell(Subject subject, bool isOwn) => ownOnly is null || isOwn || subject.Kind is StreamKind.Policy or StreamKind.Calendar;

    private bool IsOwn(ToldRanking told, Subject subject) => subject.Kind switch
    {
        StreamKind.Lawsuit => Lawsuit.Fold(subject.Key, told.To.Everything.Of(subject), DateOnly.MaxValue).WasDefendant(ownOnly!),
        _ => subject.Key == ownOnly,
    };

    private static bool IsElsewhere(Difference difference, Recorded fact) => difference.Facts.Any(f => f.IsElsewhere && f.Fact.Sequence == fact.Sequence);

    private static JsonObject Reserved(Recorded fact) => new()
    {
        ["sequence"] = fact.Sequence, ["subject"] = null, ["type"] = EventCatalog.NameOf(fact.Fact),
    };

    private static JsonObject Brief(HistoryEntry entry, IReadOnlyList<Recorded> stream)
    {
        var fact = entry.Entry.Recorded;
        var target = fact.Fact switch { FactCorrected f => f.Fact, FactRetracted f => f.Fact, _ => null };
        var amended = target is null ? null : stream.FirstOrDefault(r => r.Id == target);
        return new JsonObject
        {
            ["sequence"] = fact.Sequence,
            ["subject"] = entry.Entry.Subject.ToString(),
            ["type"] = EventCatalog.NameOf(fact.Fact),
            ["legalDate"] = entry.LegalDate is { } day ? AnswerJson.Day(day) : null,
            ["recordedAt"] = AnswerJson.Instant(entry.Entry.RecordedAt),
            ["actor"] = entry.Entry.Actor,
            ["amends"] = amended is null ? null : new JsonObject { ["sequence"] = amended.Sequence, ["type"] = EventCatalog.NameOf(amended.Fact) },
        };
    }

    private static JsonObject Head(Moments moments)
    {
        var json = new JsonObject { ["axis"] = moments.Axis == TimeAxis.Recorded ? "position" : "asOf" };
        foreach (var (name, scope) in ((string, Scope)[])[("from", moments.From), ("to", moments.To)])
        {
            var at = new JsonObject();
            AnswerJson.AddScope(at, scope with { ImportInProgress = false, IsSynthetic = false });
            json[name] = at;
        }

        if (moments.To.ImportInProgress) json["importInProgress"] = true;
        if (moments.To.IsSynthetic) json["synthetic"] = true;
        return json;
    }

    private static JsonArray Of(IReadOnlyList<MemberChange> changes) => new([.. changes.Select(c =>
    {
        // A value that was not there is left out; one that was null is null.
        var json = new JsonObject { ["member"] = c.Member };
        if (c.Kind != ChangeKind.Added) json["before"] = c.Before?.DeepClone();
        if (c.Kind != ChangeKind.Removed) json["after"] = c.After?.DeepClone();
        return (JsonNode)json;
    })]);

    private static JsonObject Of(NumberMove move)
    {
        var json = Of(move.Move);
        json.Insert(0, "period", move.Period.Text);
        json.Insert(1, "policy", move.Policy);
        return json;
    }

    private static JsonArray Of(IReadOnlyList<FigureMove> moves) => new([.. moves.Select(m => (JsonNode)Of(m))]);

    private static JsonObject Of(FigureMove move) => new()
    {
        ["number"] = NameOf(move.Figure), ["before"] = Value(move.Figure, move.Before), ["after"] = Value(move.Figure, move.After),
    };

    /// <summary>A number's name, as rankings and scorecards write it.</summary>
    public static string NameOf(FigureName figure) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(figure.ToString());

    private static JsonNode Value(FigureName figure, Ratio value) => figure == FigureName.NewCases ? value.N : AnswerJson.Rate(value);

    private static JsonObject? Of(RankingRow? row)
    {
        if (row is null) return null;
        var json = Of(row.Figures);
        json.Insert(0, "rank", row.Rank);
        if (row.Barred is { } barred) json["barred"] = barred;
        return json;
    }

    private static JsonObject Of(Figures figures)
    {
        var json = new JsonObject();
        AnswerJson.AddFigures(json, figures);
        return json;
    }
}
