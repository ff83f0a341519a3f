namespace Ledger.Verifier.Numbers;

/// <summary>The classes of outcomes (counting-rules.md §2).</summary>
internal static class Outcomes
{
    private static readonly Dictionary<string, string> Classes = new (string Class, string[] Outcomes)[]
    {
        ("Win", ["DismissClaims"]),
        ("Loss", [
            "RevokeAll", "RevokeAndRedo", "RevokePart", "OrderPerform", "OrderPay", "ConfirmUnlawful", "ConfirmUnlawfulMinorProcedure",
            "ConfirmUnlawfulAfterSelfCorrection", "ConfirmInvalid", "Modify", "AgreementLiability", "OrderDamages",
        ]),
        ("Procedural", ["NotDocketed", "DismissSuit"]),
        ("Withdrawn", ["WithdrawVoluntary", "WithdrawAfterDefendantChanged", "DeemedWithdrawn"]),
        ("Mediated", ["Mediated"]),
        ("Other", ["Terminated", "Transferred", "Consolidated", "AgreementCompensation"]),
        ("Affirming", ["AffirmJudgment", "AffirmRuling", "AppealWithdrawn"]),
        ("None", ["RevokeAndRemand", "OrderDocket", "RetrialPetitionDismissed", "RetrialOrdered"]),
    }.SelectMany(c => c.Outcomes, (c, outcome) => (c.Class, outcome)).ToDictionary(c => c.outcome, c => c.Class, StringComparer.Ordinal);

    public static bool IsWin(string outcome) => Class(outcome) == "Win";

    public static bool IsLoss(string outcome) => Class(outcome) == "Loss";

    public static bool IsWithdrawnOrMediated(string outcome) => Class(outcome) is "Withdrawn" or "Mediated";

    /// <summary>The outcome is that of the document that it affirms.</summary>
    public static bool Affirms(string outcome) => Class(outcome) == "Affirming";

    /// <summary>It ends nothing for the unit.</summary>
    public static bool GivesNone(string outcome) => Class(outcome) == "None";

    private static string Class(string outcome) => Classes.TryGetValue(outcome, out var known) ? known : throw new UnreadableFactException(outcome);
}
