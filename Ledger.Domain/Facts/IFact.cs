namespace Ledger.Domain.Facts;

/// <summary>One fact of the catalogue (facts.md §2): the payload of one immutable event.</summary>
public interface IFact
{
    /// <summary>
    /// When it happened in law, as a local date in Asia/Shanghai (counting-rules.md §1); null for facts that have no legal
    /// date of their own (policies, calendars, benchmarks, corrections), which count from the moment they are recorded.
    /// </summary>
    DateOnly? LegalDate { get; }
}

/// <summary>A fact of the stream <c>unit/{unit}</c>.</summary>
public interface IUnitFact : IFact;

/// <summary>A fact of the stream <c>lawsuit/{key}</c>.</summary>
public interface ILawsuitFact : IFact;

/// <summary>A fact that names units; all of them must be registered (<c>lawsuit.unknown-unit</c>).</summary>
public interface INamesUnits : IFact
{
    /// <summary>The unit keys that the fact names, in the order of its members.</summary>
    IEnumerable<string> NamedUnits { get; }
}

/// <summary>A fact that names a court instance by its case number (案号).</summary>
public interface INamesCase : IFact
{
    /// <summary>The case number, normalised where it is well formed.</summary>
    string CaseNo { get; }

    /// <summary>The same fact with another case number: how a renamed instance is read.</summary>
    INamesCase WithCaseNo(string caseNo);
}

/// <summary>A fact that opens an instance, and thereby takes its case number for the whole ledger.</summary>
public interface IOpensInstance : INamesCase;

/// <summary>
/// A fact of which two of a day are two: it is never taken for a repeat of an equal one (facts.md §3).
/// </summary>
public interface IRepeatable : IFact;
