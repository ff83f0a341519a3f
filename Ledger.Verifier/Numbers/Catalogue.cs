namespace Ledger.Verifier.Numbers;

/// <summary>What the numbers read of the facts (facts.md §2): the member that dates a fact in law, and the others.</summary>
internal static class Catalogue
{
    public const string Corrected = "FactCorrected";
    public const string Retracted = "FactRetracted";

    // A policy and a calendar have no legal date: they count from the moment they were recorded.
    private static readonly Dictionary<string, (string? DatedBy, string[] Members)> Types = new(StringComparer.Ordinal)
    {
        ["UnitRegistered"] = ("registeredOn", ["name", "kind"]),
        ["UnitRenamed"] = ("renamedOn", ["name"]),
        ["UnitMerged"] = ("mergedOn", []),
        ["DutyRegistered"] = ("registeredOn", ["duty"]),
        ["EnforcementPerformed"] = ("performedOn", ["duty", "count"]),
        ["NonPerformanceReportSubmitted"] = ("submittedAt", ["year", "duty"]),
        ["ObligationTransferred"] = ("transferredOn", ["kind", "to", "caseNo", "duty", "year"]),
        ["LawsuitDocketed"] = ("docketedOn", ["caseNo", "category", "defendants", "series"]),
        ["DefendantAdded"] = ("addedOn", ["unit"]),
        ["DefendantRemoved"] = ("removedOn", ["unit"]),
        ["SeriesLinked"] = ("linkedOn", ["series"]),
        ["ResponseMaterialsReceived"] = ("receivedOn", ["unit", "caseNo"]),
        ["CaseFilingSubmitted"] = ("submittedAt", ["unit", "caseNo"]),
        ["HearingHeld"] = ("heldOn", ["caseNo", "openCourt", "attendances"]),
        ["InstanceOpened"] = ("openedOn", ["caseNo", "level"]),
        ["JudgmentRendered"] = ("closedOn", ["caseNo", "level", "dispositions"]),
        ["JudgmentReceived"] = ("receivedOn", ["unit", "caseNo"]),
        ["LossFilingDocumentSubmitted"] = ("submittedAt", ["unit", "caseNo", "document"]),
        ["OutcomeBecameEffective"] = ("effectiveOn", ["caseNo"]),
        ["CountingPolicyAdopted"] = (null, ["effectiveFrom", "basis", "series", "excludeClosings", "notLosses", "countCompensation", "barList", "fixedDateRollover"]),
        ["CalendarYearPublished"] = (null, ["year", "holidays", "makeUpWorkdays"]),
        [Corrected] = (null, ["fact", "set"]),
        [Retracted] = (null, ["fact"]),
    };

    /// <summary>Whether a number can depend on a fact of this type.</summary>
    public static bool Reads(string type) => Types.ContainsKey(type);

    /// <summary>The member whose date is the fact's legal date, or null.</summary>
    public static string? DatedBy(string type) => Types[type].DatedBy;

    /// <summary>The members of a fact that are not shown and without which the numbers cannot be derived.</summary>
    public static IEnumerable<string> NeededButHidden(BundleFact fact) =>
        Types.TryGetValue(fact.Type, out var type) ? type.Members.Append(type.DatedBy).OfType<string>().Where(fact.HiddenMembers.Contains) : [];
}
