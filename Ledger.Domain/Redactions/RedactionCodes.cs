namespace Ledger.Domain.Facts;

/// <content>The codes of redactions.</content>
public static partial class Codes
{
#pragma warning disable CS1591 // Each code's meaning is its text.
    public const string RedactionUnfounded = "redaction.unfounded";
    public const string RedactionNotPersonal = "redaction.not-personal";
    public const string RedactionAlreadyCarriedOut = "redaction.already-carried-out";
    public const string RedactionNotDecided = "redaction.not-decided";
    public const string RedactionFactNotFound = "redaction.fact-not-found";
    public const string RedactionDiffers = "redaction.differs";
    public const string RedactionNotSealed = "redaction.not-sealed";
#pragma warning restore CS1591
}
