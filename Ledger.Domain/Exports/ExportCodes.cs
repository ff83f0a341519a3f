namespace Ledger.Domain.Facts;

/// <content>The codes of exports.</content>
public static partial class Codes
{
#pragma warning disable CS1591 // Each code's meaning is its text.
    public const string RecordedByLedgerOnly = "export.ledger-only";
    public const string ExportUnaccountable = "export.unaccountable";
    public const string ExportCheckpointInvalid = "export.checkpoint-invalid";
#pragma warning restore CS1591
}
