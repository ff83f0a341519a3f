using Ledger.Domain.Facts;

namespace Ledger.Domain.Supervision;

/// <summary>An issue of a patrol.</summary>
/// <param name="Found">Where it was found.</param>
/// <param name="Resolved">Where it was put right.</param>
public sealed record LicensingIssue(VisibleFact Found, VisibleFact? Resolved = null)
{
    /// <summary>What was found.</summary>
    public LicensingIssueFound Issue => (LicensingIssueFound)Found.Fact;
}

/// <summary>A patrol of online licensing and its issues.</summary>
public sealed class Licensing : IStreamState
{
    private readonly Dictionary<string, LicensingIssue> _issues = new(StringComparer.Ordinal);

    /// <summary>The issues by key.</summary>
    public IReadOnlyDictionary<string, LicensingIssue> Issues => _issues;

    /// <summary>Folds a file.</summary>
    public static Licensing Fold(IEnumerable<VisibleFact> facts)
    {
        var state = new Licensing();
        foreach (var fact in facts) state.Apply(fact);
        return state;
    }

    /// <inheritdoc/>
    public Refusal? Check(IFact fact, AdmissionContext context) => fact switch
    {
        LicensingPatrolConducted { Items: < 1 } f => Refusal.Of(Codes.InvalidValue, "items", f.Items),
        LicensingIssueFound f when _issues.ContainsKey(f.Issue) => Refusal.Of(Codes.SupervisionIssueFound, f.Issue),
        LicensingIssueResolved f => !_issues.TryGetValue(f.Issue, out var issue) ? Refusal.Of(Codes.SupervisionIssueUnknown, f.Issue)
            : issue.Resolved is not null ? Refusal.Of(Codes.SupervisionAlreadyDone, EventCatalog.EntryOf(f).Chinese)
            : Order.Check(f.ResolvedOn, issue.Issue.FoundOn, "许可问题发现"),
        _ => null,
    };

    /// <inheritdoc/>
    public void Apply(VisibleFact fact)
    {
        if (fact.Fact is LicensingIssueFound found) _issues.TryAdd(found.Issue, new LicensingIssue(fact));
        if (fact.Fact is LicensingIssueResolved resolved && _issues.TryGetValue(resolved.Issue, out var issue))
            _issues[resolved.Issue] = issue with { Resolved = issue.Resolved ?? fact };
    }
}
