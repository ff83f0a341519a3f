namespace Ledger.Domain.Facts;

/// <content>The codes of work with the procuratorate.</content>
public static partial class Codes
{
#pragma warning disable CS1591 // Each code's meaning is its text.
    public const string ProcuratorialOtherKind = "procuratorial.other-kind";
    public const string ProcuratorialOtherUnit = "procuratorial.other-unit";
    public const string ProcuratorialOtherDocument = "procuratorial.other-document";
    public const string ProcuratorialAlreadyClosed = "procuratorial.already-closed";
    public const string ProcuratorialNotCorrected = "procuratorial.not-corrected";
    public const string ProcuratorialMoreCompleteThanSampled = "procuratorial.more-complete-than-sampled";
    public const string ProcuratorialDefectRepeated = "procuratorial.defect-repeated";
    public const string ProcuratorialRefusalWithoutReasons = "procuratorial.refusal-without-reasons";
    public const string ProcuratorialResultRecorded = "procuratorial.result-recorded";
#pragma warning restore CS1591
}
