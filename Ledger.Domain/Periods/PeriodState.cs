using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;

namespace Ledger.Domain.Periods;

/// <summary>What the county did for a period, as its facts tell it: the court's lists, their reconciliation, the closing.</summary>
/// <param name="key">The period.</param>
public sealed class PeriodState(string key) : SubjectState(new Subject(StreamKind.Period, key))
{
    private readonly List<CourtQuarterlyListShared> _lists = [];
    private readonly List<DifferenceResolved> _resolved = [];
    private readonly List<LossHotlistConfirmed> _hotlists = [];
    private QuarterClosed? _closed;

    /// <inheritdoc/>
    protected override bool MustBeOpened => false;

    /// <summary>The subject of a period.</summary>
    public static Subject Of(Period period) => new(StreamKind.Period, period.Text);

    /// <summary>The closing among a stream's facts.</summary>
    public static QuarterClosed? ClosingOf(IEnumerable<VisibleFact> facts) => facts.Select(f => f.Fact).OfType<QuarterClosed>().FirstOrDefault();

    /// <inheritdoc/>
    protected override Refusal? Decide(IFact fact, AdmissionContext context) => fact switch
    {
        CourtQuarterlyListShared f => OfQuarter(f.Period) ?? CheckList(f),
        InformationExchanged f => OfQuarter(f.Period) ?? NotBefore(f.ExchangedOn, Counting.Period.Parse(f.Period).First, f.Period),
        CourtListReconciled f => OfQuarter(f.Period) ?? CheckReconciled(f),
        DifferenceResolved f => OfQuarter(f.Period) ?? CheckResolved(f),
        LossHotlistConfirmed f => OfStream(f.Period) ?? CheckHotlist(f),
        QuarterClosed f => OfStream(f.Period) ?? CheckClosed(f),
        _ => null,
    };

    /// <inheritdoc/>
    protected override void Fold(VisibleFact fact)
    {
        switch (fact.Fact)
        {
            case CourtQuarterlyListShared f: _lists.Add(f); break;
            case DifferenceResolved f: _resolved.Add(f); break;
            case LossHotlistConfirmed f: _hotlists.Add(f); break;
            case QuarterClosed f: _closed ??= f; break;
            default: break;
        }
    }

    private Refusal? OfStream(string period) => period == Subject.Key ? null : Refusal.Of(Codes.InvalidValue, "period", period);

    private Refusal? OfQuarter(string period) =>
        OfStream(period) ?? (Counting.Period.Parse(period).IsQuarter() ? null : Refusal.Of(Codes.PeriodNotAQuarter, period));

    private Refusal? CheckList(CourtQuarterlyListShared list)
    {
        if (list.ListNo < 1) return Refusal.Of(Codes.InvalidValue, "listNo", list.ListNo);
        if (list.Courts.Count == 0) return Refusal.Of(Codes.InvalidValue, "courts", "");
        if (_lists.Count > 0 && list.ListNo <= _lists.Max(l => l.ListNo)) return Refusal.Of(Codes.PeriodListNotNewer, list.ListNo, _lists.Max(l => l.ListNo));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in list.Rows)
        {
            if (CaseNumber.Parse(row.CaseNo) is not { } number) return Refusal.Of(Codes.CaseNumberInvalid, row.CaseNo);
            if (!list.Courts.Contains(number.Court, StringComparer.Ordinal)) return Refusal.Of(Codes.PeriodListOtherCourt, row.CaseNo, number.Court);
            if (!seen.Add(number.ToString())) return Refusal.Of(Codes.PeriodListDuplicateCase, row.CaseNo);
            if (row is { DocketedOn: { } docketed, ClosedOn: { } closed } && closed < docketed) return NotBefore(closed, docketed, row.CaseNo);
        }

        return NotBefore(list.SharedOn, Counting.Period.Parse(list.Period).Last, list.Period);
    }

    private Refusal? CheckReconciled(CourtListReconciled fact) => _lists.Find(l => l.ListNo == fact.ListNo) is { } list
        ? NotBefore(fact.ReconciledOn, list.SharedOn, nameof(CourtQuarterlyListShared))
        : Refusal.Of(Codes.PeriodNoList, fact.Period);

    private Refusal? CheckResolved(DifferenceResolved fact)
    {
        var difference = fact.Key;
        if (CaseNumber.Parse(fact.CaseNo) is null) return Refusal.Of(Codes.CaseNumberInvalid, fact.CaseNo);
        if (CourtLists.Of(_lists.Where(l => l.SharedOn <= fact.ResolvedOn)) is not { Last: not null } lists) return Refusal.Of(Codes.PeriodNoList, fact.Period);
        // What a list says is known here; whether the ledger differs from it is the ledger's to show.
        var rows = lists.Shared.SelectMany(l => l.Rows).Where(r => CaseNumber.Normalise(r.CaseNo) == difference.CaseNo).ToList();
        var stands = lists.Rows.Any(r => r.CaseNo == difference.CaseNo);
        var known = difference.Kind switch
        {
            DifferenceKind.LedgerOnly => difference.Unit is null && !stands,
            DifferenceKind.NeverFiled => rows.Exists(r => r.Unit is null || r.Unit == difference.Unit),
            _ => rows.Exists(r => r.Unit == difference.Unit),
        };
        if (!known) return Refusal.Of(Codes.DifferenceUnknown, difference.CaseNo, difference.Kind);
        return _resolved.Exists(r => r.Key == difference) ? Refusal.Of(Codes.DifferenceAlreadyResolved, difference.CaseNo, difference.Kind) : null;
    }

    private Refusal? CheckHotlist(LossHotlistConfirmed fact)
    {
        if (fact.Threshold < 1) return Refusal.Of(Codes.InvalidValue, "threshold", fact.Threshold);
        var before = _hotlists.Where(h => h.Dimension == fact.Dimension).Select(h => h.Position).DefaultIfEmpty(-1).Max();
        return fact.Position <= before
            ? Refusal.Of(Codes.HotlistNotLater, fact.Position, before)
            : NotBefore(fact.ConfirmedOn, Counting.Period.Parse(fact.Period).First, fact.Period);
    }

    private Refusal? CheckClosed(QuarterClosed fact) => _closed is null
        ? NotBefore(fact.ClosedOn, fact.AsOf, "asOf")
        : Refusal.Of(Codes.PeriodAlreadyClosed, fact.Period, _closed.Position);

    private static Refusal? NotBefore(DateOnly day, DateOnly earliest, string of) =>
        day < earliest ? Refusal.Of(Codes.DateOutOfOrder, day.ToString("O"), earliest.ToString("O"), of) : null;
}
