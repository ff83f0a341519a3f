namespace Ledger.Host.Security;

/// <summary>The configuration would leave the ledger unprotected, so the host does not start.</summary>
public sealed class StartupRefusedException(string chinese, string english) : Exception($"{chinese}\n{english}");
