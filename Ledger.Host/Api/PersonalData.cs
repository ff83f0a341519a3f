using Ledger.Domain.Facts;

namespace Ledger.Host.Api;

/// <summary>Who reads plaintiffs' names in full.</summary>
public static class PersonalData
{
    /// <summary>Whether the caller's role needs the names; a reading of unmasked data is logged.</summary>
    public static bool IsReadableBy(HttpContext http, Subject subject) => false;
}
