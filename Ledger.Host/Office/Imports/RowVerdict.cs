using Ledger.Domain.Facts;

namespace Ledger.Host.Office.Imports;

/// <summary>What a row is to the ledger.</summary>
public enum RowVerdict
{
    /// <summary>新: nobody has recorded it.</summary>
    New,

    /// <summary>已记载: the ledger says so already.</summary>
    Recorded,

    /// <summary>不一致: the ledger says something else.</summary>
    Differs,

    /// <summary>拒绝: it cannot be recorded.</summary>
    Refused,
}

/// <summary>A remark in both languages.</summary>
/// <param name="Chinese">Chinese.</param>
/// <param name="English">English.</param>
public sealed record Remark(string Chinese, string English);

/// <summary>A fact that a row proposes.</summary>
/// <param name="Subject">Its stream.</param>
/// <param name="Fact">The fact.</param>
public sealed record ProposedFact(Subject Subject, IFact Fact);

/// <summary>A row with its verdict.</summary>
/// <param name="Read">The row as it is understood.</param>
/// <param name="Verdict">What it is to the ledger.</param>
/// <param name="Remarks">What differs, or what else is to be said.</param>
/// <param name="Facts">The facts that it proposes.</param>
public sealed record JudgedRow(ReadRow Read, RowVerdict Verdict, IReadOnlyList<Remark> Remarks, IReadOnlyList<ProposedFact> Facts)
{
    /// <summary>Why it is refused.</summary>
    public IReadOnlyList<Refusal> Refusals { get; init; } = Read.Problems;
}
