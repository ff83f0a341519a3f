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

/// <summary>A fact whose rules read other streams than its own.</summary>
public interface INamesSubjects : IFact
{
    /// <summary>The streams that the rules read.</summary>
    IEnumerable<Subject> NamedSubjects { get; }
}

/// <summary>A fact that starts a stream: the first of it, and there once (<c>subject.already-opened</c>).</summary>
public interface IOpensStream : IFact;

/// <summary>
/// A fact that needs a second person: it is recorded only with the key of an approval that was requested for exactly this
/// fact and granted by somebody else (<c>approval.missing</c>).
/// </summary>
public interface INeedsApproval : INamesSubjects
{
    /// <summary>The key of the approval.</summary>
    string Approval { get; }

    /// <summary>The streams that the rules read besides the approval.</summary>
    IEnumerable<Subject> FurtherSubjects => [];

    /// <inheritdoc/>
    IEnumerable<Subject> INamesSubjects.NamedSubjects => FurtherSubjects.Prepend(new Subject(StreamKind.Approval, Approval));
}

/// <summary>
/// A fact that is never corrected or taken back, not by two persons either: a number that was closed or published stays what
/// it was, and a restatement says what became of it; what was asked for and approved stays what it was.
/// </summary>
public interface IFinal : IFact;

/// <summary>
/// A fact that states what the ledger itself counted at a position. It is recorded only if the ledger, asked again at that
/// position, counts the same (<c>fact.not-reproducible</c>); so nobody can publish a number that was not counted.
/// </summary>
public interface IReproducible : IFact
{
    /// <summary>The ledger position that the numbers rest on.</summary>
    long Position { get; }

    /// <summary>The valid time of the numbers.</summary>
    DateOnly AsOf { get; }

    /// <summary>The same fact with what is counted now, or why that cannot be counted.</summary>
    /// <param name="at">The ledger at the position, on the day.</param>
    /// <param name="subject">The stream that the fact is about.</param>
    (IFact? Fact, Refusal? Refusal) Reproduce(Plan.Situation at, Subject subject);
}
