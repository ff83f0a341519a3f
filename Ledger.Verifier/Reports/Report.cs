namespace Ledger.Verifier.Reports;

/// <summary>What a finding means; the number is the exit code (docs/evidence.md §7).</summary>
public enum Outcome
{
    /// <summary>Nothing to object to.</summary>
    Good = 0,

    /// <summary>Something that was signed or committed does not fit.</summary>
    Tampered = 1,

    /// <summary>A fact, stream, proof, document or quorum is missing.</summary>
    Incomplete = 2,

    /// <summary>No signature by a key that the inspector trusts.</summary>
    Untrusted = 3,

    /// <summary>The input is not what the format says, or holds something unknown.</summary>
    Malformed = 4,
}

/// <summary>The four properties that an electronic archive has to show (DA/T 70).</summary>
public enum ArchiveProperty
{
    /// <summary>真实性: it comes from whom it says, and says what was recorded.</summary>
    Authenticity,

    /// <summary>完整性: nothing was left out or changed.</summary>
    Integrity,

    /// <summary>可用性: it can be read, and what it says can be derived again.</summary>
    Usability,

    /// <summary>安全性: it is safe to open, and history was not rewritten behind it.</summary>
    Security,
}

/// <summary>The same in both languages.</summary>
/// <param name="Chinese">For most readers.</param>
/// <param name="English">On request.</param>
public readonly record struct Bilingual(string Chinese, string English)
{
    /// <summary>The text in the language asked for.</summary>
    public string In(bool english) => english ? English : Chinese;
}

/// <summary>One thing that is wrong.</summary>
/// <param name="Outcome">What it means; never <see cref="Outcome.Good"/>.</param>
/// <param name="Code">Stable, for programs and tests.</param>
/// <param name="Where">File, line, sequence, stream, member: as far down as it is known.</param>
/// <param name="Text">For people.</param>
public sealed record Finding(Outcome Outcome, string Code, string Where, Bilingual Text);

/// <summary>One check that was made.</summary>
/// <param name="Code">Stable name of the check.</param>
/// <param name="Property">The archive property that it serves.</param>
/// <param name="Title">What is checked.</param>
/// <param name="Found">What was found when it passed; empty when it did not run to its end.</param>
/// <param name="Findings">What is wrong; empty when it passed.</param>
public sealed record Check(string Code, ArchiveProperty Property, Bilingual Title, Bilingual Found, IReadOnlyList<Finding> Findings)
{
    /// <summary>Whether nothing is wrong.</summary>
    public bool Passed => Findings.Count == 0;
}

/// <summary>Something that this run could not or did not look at: said plainly, so that nobody takes silence for an approval.</summary>
/// <param name="Code">Stable, for programs.</param>
/// <param name="Text">What, and why.</param>
public sealed record NotChecked(string Code, Bilingual Text);

/// <summary>What a run of the verifier found.</summary>
/// <param name="Subject">What was verified, as a sentence about it.</param>
/// <param name="Checks">In the order in which they were made.</param>
/// <param name="NotChecked">What was not looked at.</param>
public sealed record Report(Bilingual Subject, IReadOnlyList<Check> Checks, IReadOnlyList<NotChecked> NotChecked)
{
    // docs/evidence.md §7: the worst of several, in this order.
    private static readonly Outcome[] WorstFirst = [Outcome.Malformed, Outcome.Untrusted, Outcome.Tampered, Outcome.Incomplete];

    /// <summary>The worst of all findings. A report without a check is no approval.</summary>
    public Outcome Verdict =>
        Checks.Count == 0
            ? Outcome.Malformed
            : WorstFirst.FirstOrDefault(outcome => Checks.Any(check => check.Findings.Any(finding => finding.Outcome == outcome)), Outcome.Good);
}
