using Ledger.Domain.Facts;
using Ledger.Domain.Obligations;

namespace Ledger.Domain.Plan;

/// <summary>
/// One area of the plan: the facts that can be recorded, the rules that refuse them, the questions that can be asked, the
/// duties that follow and the clauses of the plan that are served. An area is added here and nowhere else.
/// </summary>
/// <param name="Name">What it is about; the name of its folder.</param>
public sealed record Area(string Name)
{
    /// <summary>Its facts, in an order that is never changed, for it is that of the catalogue.</summary>
    public IReadOnlyList<CatalogEntry> Facts { get; init; } = [];

    /// <summary>
    /// The states that decide on its facts, by stream kind. Several areas may share a kind: each decides on its own facts.
    /// </summary>
    public IReadOnlyList<(StreamKind Kind, Func<string, IStreamState> State)> States { get; init; } = [];

    /// <summary>The texts of its refusal codes, Chinese and English.</summary>
    public IReadOnlyDictionary<string, (string Chinese, string English)> Refusals { get; init; } = new Dictionary<string, (string, string)>(StringComparer.Ordinal);

    /// <summary>Its questions.</summary>
    public IReadOnlyList<Question> Questions { get; init; } = [];

    /// <summary>The duties that follow from its facts, and those that return every period.</summary>
    public Func<Situation, IEnumerable<Duty>> Duties { get; init; } = static _ => [];

    /// <summary>The clauses of the plan that it serves (docs/clauses.md).</summary>
    public IReadOnlyList<Clause> Clauses { get; init; } = [];

    /// <summary>The Chinese headings of the members of its answers, and of the codes in them.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}

/// <summary>How a clause of the plan is served: by which facts, and by which question one sees whether it was done.</summary>
/// <param name="Id">The clause's id (domain.md §1A), such as <c>3.2.3d</c>.</param>
/// <param name="Chinese">What the plan asks for, in few words of its own.</param>
/// <param name="Facts">The stable names of the facts that record it.</param>
/// <param name="Questions">The names of the questions that show it.</param>
/// <param name="Duties">The duties on the board that it opens; empty for a register or a decision at discretion.</param>
public sealed record Clause(
    string Id, string Chinese, IReadOnlyList<string> Facts, IReadOnlyList<string> Questions, IReadOnlyList<DutyKind> Duties);

/// <summary>The areas of the plan.</summary>
public static class Areas
{
    /// <summary>All areas; a new one is added at the end, for the catalogue's order is kept.</summary>
    public static IReadOnlyList<Area> All { get; } =
    [
        Approvals.ApprovalArea.Area,
        DutyArea.Area,
        Disputes.DisputeArea.Area,
        LawsuitConduct.ConductArea.Area,
        Rectifications.RectificationArea.Area,
        WarningCases.WarningCaseArea.Area,
        Supervision.SupervisionArea.Area,
        InternalControl.InternalControlArea.Area,
        OutsideVoices.OutsideVoicesArea.Area,
        Procuratorate.ProcuratorateArea.Area,
        Accountability.AccountabilityArea.Area,
        Periods.PeriodArea.Area,
        Bulletins.BulletinArea.Area,
        Assessments.AssessmentArea.Area,
        Capacity.CapacityArea.Area,
        Exports.ExportArea.Area,
        Redactions.RedactionArea.Area,
    ];

    private static readonly ILookup<StreamKind, Func<string, IStreamState>> States =
        All.SelectMany(area => area.States).ToLookup(s => s.Kind, s => s.State);

    /// <summary>The states of a kind of stream.</summary>
    public static IReadOnlyList<Func<string, IStreamState>> StatesOf(StreamKind kind) => [.. States[kind]];

    /// <summary>Every question, by name.</summary>
    public static IReadOnlyList<Question> Questions { get; } = [.. All.SelectMany(area => area.Questions)];
}
