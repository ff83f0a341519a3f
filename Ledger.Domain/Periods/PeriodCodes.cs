namespace Ledger.Domain.Facts;

/// <content>The codes of quarters and years.</content>
public static partial class Codes
{
#pragma warning disable CS1591 // Each code's meaning is its text.
    public const string PeriodNotAQuarter = "period.not-a-quarter";
    public const string PeriodNotQuarterOrYear = "period.not-quarter-or-year";
    public const string PeriodNotOver = "period.not-over";
    public const string PeriodAlreadyClosed = "period.already-closed";
    public const string PeriodPolicyNotGoverning = "period.policy-not-governing";
    public const string PeriodListNotNewer = "period.list-not-newer";
    public const string PeriodListOtherCourt = "period.list-other-court";
    public const string PeriodListDuplicateCase = "period.list-duplicate-case";
    public const string PeriodNoList = "period.no-list";
    public const string DifferenceUnknown = "difference.unknown";
    public const string DifferenceAlreadyResolved = "difference.already-resolved";
    public const string HotlistNotLater = "hotlist.not-later";
    public const string DraftUnknown = "draft.unknown";
    public const string DraftNothingToDo = "draft.nothing-to-do";
#pragma warning restore CS1591
}
