namespace Ledger.Domain.Facts;

/// <content>The codes of accountability and tolerance.</content>
public static partial class Codes
{
#pragma warning disable CS1591 // Each code's meaning is its text.
    public const string AccountabilityOrigin = "accountability.origin-not-one";
    public const string AccountabilityOtherLoss = "accountability.other-loss";
    public const string AccountabilityFindingNotConfirmed = "accountability.finding-not-confirmed";
    public const string AccountabilityNotInvestigated = "accountability.not-investigated";
    public const string AccountabilityNotConcluded = "accountability.not-concluded";
    public const string AccountabilityNoFault = "accountability.no-fault-determined";
    public const string AccountabilityPersonTwice = "accountability.person-twice";
    public const string AccountabilityPersonWithoutRole = "accountability.person-without-role";
    public const string AccountabilityUnknownPerson = "accountability.unknown-person";
    public const string AccountabilityFormNotForSubject = "accountability.form-not-for-subject";
    public const string AccountabilityWrongAuthority = "accountability.wrong-authority";
    public const string AccountabilityFormTwice = "accountability.form-twice";
    public const string AccountabilityAlreadyDecided = "accountability.already-decided";
    public const string AccountabilityNotPursuing = "accountability.no-standing-decision";
    public const string AccountabilityNoAppeal = "accountability.no-appeal-pending";
    public const string ToleranceNotRequested = "accountability.not-requested";
    public const string ToleranceNotConsulted = "accountability.not-consulted";
    public const string ToleranceExcluded = "accountability.excluded-ground";
    public const string ToleranceNoRectification = "accountability.no-rectification";
    public const string ToleranceOtherRectification = "accountability.other-rectification";
    public const string ToleranceNotStanding = "accountability.no-standing-tolerance";
#pragma warning restore CS1591
}
