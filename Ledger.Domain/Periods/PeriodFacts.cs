using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Plan;

namespace Ledger.Domain.Periods;

/// <summary>A case in the court's list.</summary>
/// <param name="CaseNo">Its case number.</param>
/// <param name="Unit">The defendant unit, where the list names one.</param>
/// <param name="DocketedOn">The day of docketing, where the list gives it.</param>
/// <param name="ClosedOn">The closing day, where the list gives it.</param>
/// <param name="Outcome">The outcome, where the list gives it.</param>
public sealed record CourtListRow(
    string CaseNo, [property: StreamKey] string? Unit = null, DateOnly? DocketedOn = null, DateOnly? ClosedOn = null, Outcome? Outcome = null);

/// <summary>法院季度信息共享 (plan 3.2.3b): the court shares its list of a quarter. A replacement is a list with a higher number.</summary>
/// <param name="Period">The quarter, the same as the stream's key.</param>
/// <param name="ListNo">1 for the first list of the quarter; each further one is higher.</param>
/// <param name="Courts">The courts that the list covers, by their code in case numbers (法院代字), such as 豫1121.</param>
/// <param name="Rows">The cases; no case number twice.</param>
/// <param name="Sha256">The SHA-256 of the file as it was shared.</param>
/// <param name="SharedOn">When; a list of a quarter is shared when the quarter is over.</param>
public sealed record CourtQuarterlyListShared(
    [property: Period] string Period,
    int ListNo,
    IReadOnlyList<string> Courts,
    IReadOnlyList<CourtListRow> Rows,
    [property: Sha256] string Sha256,
    DateOnly SharedOn) : IFact, INamesUnits
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => SharedOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => Rows.Select(r => r.Unit).OfType<string>();
}

/// <summary>季度诉讼信息互通 (plan 3.5.1): the members of the coordination mechanism exchange what they know of lawsuits.</summary>
/// <param name="Period">The quarter, the same as the stream's key.</param>
/// <param name="Participants">The organs and units that took part, by name.</param>
/// <param name="ExchangedOn">When.</param>
public sealed record InformationExchanged([property: Period] string Period, IReadOnlyList<string> Participants, DateOnly ExchangedOn) : IFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => ExchangedOn;
}

/// <summary>台账核对 (plan 3.2.3b): the court's list was compared with the ledger; these differences were found.</summary>
/// <param name="Period">The quarter, the same as the stream's key.</param>
/// <param name="ListNo">The last list at the position.</param>
/// <param name="Position">The ledger position at which they were compared.</param>
/// <param name="AsOf">The day.</param>
/// <param name="Matched">Cases of the list that agree with the ledger.</param>
/// <param name="Differences">What differs.</param>
/// <param name="ReconciledOn">When somebody stood for it.</param>
/// <param name="ReconciledBy">Who.</param>
public sealed record CourtListReconciled(
    [property: Period] string Period,
    int ListNo,
    long Position,
    DateOnly AsOf,
    int Matched,
    IReadOnlyList<ListDifference> Differences,
    DateOnly ReconciledOn,
    [property: ActingPerson] string ReconciledBy) : IReproducible
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => ReconciledOn;

    /// <inheritdoc/>
    public (IFact? Fact, Refusal? Refusal) Reproduce(Situation at, Subject subject)
    {
        var quarter = Counting.Period.Parse(Period);
        var lists = CourtLists.Of(at.Everything.Of(subject));
        if (lists.Last is not { } last) return (null, Refusal.Of(Codes.PeriodNoList, Period));
        var found = new Reconciliation(at).Of(quarter, lists);
        return (this with { ListNo = last.ListNo, Matched = found.Matched, Differences = [.. found.Differences.Select(d => d.Key)] }, null);
    }
}

/// <summary>How a difference was settled.</summary>
public enum DifferenceSettlement
{
    /// <summary>已解决: the list or the ledger was put right.</summary>
    Resolved,

    /// <summary>已说明: both are right, for a reason.</summary>
    Explained,
}

/// <summary>核对差异处理 (plan 3.2.3b): one difference is settled. A difference that the ledger no longer shows needs none.</summary>
/// <param name="Period">The quarter, the same as the stream's key.</param>
/// <param name="CaseNo">The case number, as in the difference's key.</param>
/// <param name="Kind">What differs, as in the difference's key.</param>
/// <param name="Settlement">How it was settled.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="ResolvedOn">When.</param>
/// <param name="ResolvedBy">Who.</param>
/// <param name="Unit">The unit, as in the difference's key.</param>
public sealed record DifferenceResolved(
    [property: Period] string Period,
    string CaseNo,
    DifferenceKind Kind,
    DifferenceSettlement Settlement,
    string Reason,
    DateOnly ResolvedOn,
    [property: ActingPerson] string ResolvedBy,
    [property: StreamKey] string? Unit = null) : IFact, INamesUnits
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => ResolvedOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => Unit is null ? [] : [Unit];

    /// <summary>The difference that it settles.</summary>
    public ListDifference Key => new(CaseNumber.Normalise(CaseNo), Kind, Unit);
}

/// <summary>A value of a hot list with its losses.</summary>
/// <param name="Value">The township, field, type of act or cause.</param>
/// <param name="Losses">Lost documents behind it.</param>
public sealed record HotlistItem(string Value, int Losses);

/// <summary>高败诉对象锁定 (plan 3.1.1b): what had many losses in a period, by a named rule, as the ledger counts it.</summary>
/// <param name="Period">The period, the same as the stream's key.</param>
/// <param name="Dimension">What is listed.</param>
/// <param name="Rule">The rule that says what "many" is.</param>
/// <param name="Threshold">The rule's number, 1 or more.</param>
/// <param name="Position">The ledger position that the counts rest on.</param>
/// <param name="AsOf">The day.</param>
/// <param name="Items">What the rule gives: most losses first, then by value.</param>
/// <param name="ConfirmedOn">When the list was confirmed.</param>
/// <param name="ConfirmedBy">Who confirmed it.</param>
public sealed record LossHotlistConfirmed(
    [property: Period] string Period,
    HotlistDimension Dimension,
    HotlistRule Rule,
    int Threshold,
    long Position,
    DateOnly AsOf,
    IReadOnlyList<HotlistItem> Items,
    DateOnly ConfirmedOn,
    [property: ActingPerson] string ConfirmedBy) : IReproducible
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => ConfirmedOn;

    /// <inheritdoc/>
    public (IFact? Fact, Refusal? Refusal) Reproduce(Situation at, Subject subject)
    {
        // The counts come before the stream's own rules, so that what they cannot be made by is refused here.
        if (Threshold < 1) return (null, Refusal.Of(Codes.InvalidValue, "threshold", Threshold));
        var period = Counting.Period.Parse(Period);
        return (this with { Items = Hotlist.Items(Hotlist.Losses(at, period, at.County.Policies.GoverningFrom(period.First)), Dimension, Rule, Threshold) }, null);
    }
}

/// <summary>A fact that fixes the numbers of a ranking by their hash: position, policy and day make them again.</summary>
public interface IStatesRanking : IReproducible
{
    /// <summary>The period that is ranked.</summary>
    string Period { get; }

    /// <summary>The counting policy (口径).</summary>
    string Policy { get; }

    /// <summary>The SHA-256 of the rows' canonical text (<see cref="RankingText"/>).</summary>
    string RowsSha256 { get; }
}

/// <summary>
/// 季度封账、年度封账 (plan 4.4c): the numbers of a quarter or a year are fixed, once: by position, policy and the hash of the
/// rows. What comes later never changes them; it is published as a restatement.
/// </summary>
/// <param name="Period">The quarter or year, the same as the stream's key.</param>
/// <param name="Position">The ledger position that the numbers rest on.</param>
/// <param name="Policy">The counting policy that governs the period.</param>
/// <param name="AsOf">The cut-off day, not before the period's last.</param>
/// <param name="List">The list of all units: the other lists are parts of it.</param>
/// <param name="RowsSha256">The SHA-256 of the rows' canonical text.</param>
/// <param name="Rows">How many units are listed.</param>
/// <param name="ClosedOn">When it was closed.</param>
/// <param name="ClosedBy">Who closed it.</param>
public sealed record QuarterClosed(
    [property: Period] string Period,
    long Position,
    string Policy,
    DateOnly AsOf,
    UnitList List,
    [property: Sha256] string RowsSha256,
    int Rows,
    DateOnly ClosedOn,
    [property: ActingPerson] string ClosedBy) : IFinal, IStatesRanking
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => ClosedOn;

    /// <inheritdoc/>
    public (IFact? Fact, Refusal? Refusal) Reproduce(Situation at, Subject subject)
    {
        var (ranking, refusal) = RankingText.Rank(at, Counting.Period.Parse(Period), Policy);
        return refusal is null
            ? (this with { List = UnitList.All, RowsSha256 = RankingText.Sha256Of(ranking!), Rows = ranking!.Rows.Count }, null)
            : (null, refusal);
    }
}
