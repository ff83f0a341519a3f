using Ledger.Host.Answers;

namespace Ledger.Host.Evidence.Bundle;

/// <summary>What is to be bundled, for whom and what for.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Lawsuit">Only this lawsuit of it; null for everything.</param>
/// <param name="Period">Only the numbers of this period; null for every year in which the unit has facts.</param>
/// <param name="Times">Which moment the numbers are of.</param>
/// <param name="Full">Whether personal data are shown.</param>
/// <param name="Recipient">Who gets it.</param>
/// <param name="Purpose">What for.</param>
/// <param name="By">Who makes it.</param>
/// <param name="Since">Checkpoints that the recipient holds, by their number of leaves: consistency with them is proved.</param>
public sealed record ExportRequest(
    string Unit, string? Lawsuit, string? Period, TimesAsked Times, bool Full, string Recipient, string Purpose, string By, IReadOnlyList<long> Since);

/// <summary>A bundle that was made.</summary>
/// <param name="Unit">Its unit.</param>
/// <param name="Position">What its numbers rest on.</param>
/// <param name="Size">Leaves of its checkpoint.</param>
/// <param name="Facts">How many facts it holds.</param>
/// <param name="Sha256">The file's hash.</param>
/// <param name="FileName">What to call it.</param>
public sealed record ExportMade(string Unit, long Position, long Size, int Facts, string Sha256, string FileName);
