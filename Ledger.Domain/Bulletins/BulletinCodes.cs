namespace Ledger.Domain.Facts;

/// <content>The codes of bulletins and restatements.</content>
public static partial class Codes
{
#pragma warning disable CS1591 // Each code's meaning is its text.
    public const string BulletinNotClosed = "bulletin.not-closed";
    public const string BulletinDiffersFromClosing = "bulletin.differs-from-closing";
    public const string RestatementNothingChanged = "restatement.nothing-changed";
    public const string RestatementNotLater = "restatement.not-later";
    public const string RestatementNumber = "restatement.number";
#pragma warning restore CS1591
}
