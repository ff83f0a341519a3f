using Ledger.Domain.Facts;

namespace Ledger.Host.Office;

/// <summary>Why a file is not made or not taken: reasons of the files, not of the ledger's rules.</summary>
public static class OfficeRefusals
{
    /// <summary>There is nothing to write.</summary>
    public static Refusal NoDocument { get; } = new("document.not-found", "此时没有这份公文可以生成", "there is no such document at this moment");
}
