using Ledger.Domain.Facts;

namespace Ledger.Domain.Supervision;

/// <summary>A fact by which a finding of supervision is confirmed (查实): it must end in an accountability decision (plan 3.4.1b).</summary>
public interface IConfirmsFinding : IFact
{
    /// <summary>The finding's key within its supervision file.</summary>
    string Finding { get; }

    /// <summary>The unit that it is about.</summary>
    string Unit { get; }
}
