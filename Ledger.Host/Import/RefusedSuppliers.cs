using System.Text.Json;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;

namespace Ledger.Host.Import;

/// <summary>
/// The refused lines of one subject, and what later lines may have needed of them: then those are refused as depending on
/// them (<see cref="Codes.DependsOnRefused"/>) and not for what is missing because of it. Reads the data as it was written, for
/// the line may have been refused because it does not fit the schema.
/// </summary>
internal sealed class RefusedSuppliers
{
    private readonly List<(int Line, string Type, FactId? Id, JsonElement? Data)> _refused = [];

    public void Add(int line, string? type, FactId? id, string? data)
    {
        if (type is null && id is null) return;
        JsonElement? read = null;
        if (data is not null)
        {
            using var document = JsonDocument.Parse(data);
            read = document.RootElement.Clone();
        }

        _refused.Add((line, type ?? "", id, read));
    }

    /// <summary>The refusal to report instead, naming the first line that could have supplied what is missing; or null.</summary>
    public Refusal? Instead(Refusal refusal, IFact fact, StreamAdmission stream)
    {
        foreach (var (line, type, id, data) in _refused)
            if (Supplies(refusal.Code, fact, stream, type, id, data))
                return Refusal.Of(Codes.DependsOnRefused, line);
        return null;
    }

    private static bool Supplies(string code, IFact fact, StreamAdmission stream, string type, FactId? id, JsonElement? data) => code switch
    {
        Codes.LawsuitNotFound => type == nameof(LawsuitDocketed),
        Codes.UnitNotFound => type == "UnitRegistered" && stream.Subject.Kind == StreamKind.Unit,
        Codes.CaseNumberUnknown => Opens(type, data, CaseNoOf(fact)),
        Codes.DefendantNotNamed or Codes.JudgmentNotADefendant => MissingDefendants(fact, stream).Any(unit => Names(type, data, unit)),
        Codes.JudgmentNotRendered or Codes.FilingNotALoss => type == nameof(JudgmentRendered) && SameCase(data, CaseNoOf(fact)),
        Codes.FactNotFound => id is not null && id == fact switch { FactCorrected f => f.Fact, FactRetracted f => f.Fact, _ => null },
        _ => false,
    };

    private static string? CaseNoOf(IFact fact) => (fact as INamesCase)?.CaseNo;

    // A renaming that was refused would have supplied the number too.
    private static bool Opens(string type, JsonElement? data, string? caseNo) => type switch
    {
        nameof(LawsuitDocketed) or nameof(InstanceOpened) => SameCase(data, caseNo),
        nameof(FactCorrected) => Member(data, "set") is { } set && SameCase(set, caseNo),
        _ => false,
    };

    private static bool SameCase(JsonElement? data, string? caseNo) =>
        caseNo is not null && Text(Member(data, "caseNo")) is { } written && CaseNumber.Normalise(written) == caseNo;

    private static IEnumerable<string> MissingDefendants(IFact fact, StreamAdmission stream)
    {
        var named = stream.Visible.SelectMany(v => v.Fact switch
        {
            LawsuitDocketed f => f.NamedUnits,
            DefendantAdded f => f.NamedUnits,
            _ => [],
        }).ToHashSet(StringComparer.Ordinal);
        return fact is INamesUnits names ? names.NamedUnits.Where(unit => !named.Contains(unit)) : [];
    }

    private static bool Names(string type, JsonElement? data, string unit) => type switch
    {
        nameof(DefendantAdded) => Text(Member(data, "unit")) == unit,
        nameof(LawsuitDocketed) => Member(data, "defendants") is { ValueKind: JsonValueKind.Array } defendants
            && defendants.EnumerateArray().Any(d => Text(Member(d, "unit")) == unit),
        _ => false,
    };

    private static JsonElement? Member(JsonElement? data, string name) =>
        data is { ValueKind: JsonValueKind.Object } members && members.TryGetProperty(name, out var value) ? value : null;

    private static string? Text(JsonElement? value) =>
        value is { ValueKind: JsonValueKind.String } text ? FactSchema.TextOf(text) : null;
}
