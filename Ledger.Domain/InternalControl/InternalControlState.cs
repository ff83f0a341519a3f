using System.Globalization;
using Ledger.Domain.Facts;
using Ledger.Domain.Units;

namespace Ledger.Domain.InternalControl;

/// <summary>The rules of internal control in <c>unit/{unit}</c>, beside those of the unit itself.</summary>
public sealed class InternalControlState : IStreamState
{
    private readonly List<ResponsibilitySystemAdopted> _systems = [];
    private readonly List<DiscretionBenchmarkAdopted> _benchmarks = [];
    private readonly List<MajorDecisionLegalReviewed> _reviews = [];
    private readonly List<CollectiveDiscussionHeld> _discussions = [];
    private readonly List<DutyRegistered> _duties = [];
    private readonly HashSet<(string Duty, int Year)> _performed = [];

    /// <inheritdoc/>
    public Refusal? Check(IFact fact, AdmissionContext context) => fact switch
    {
        ResponsibilitySystemAdopted f when _systems.Exists(s => s.DocumentNo == f.DocumentNo) =>
            Refusal.Of(Codes.ResponsibilitySystemAlreadyAdopted, f.DocumentNo),
        PostDutyListPublished f when f.Posts < 1 || f.Duties < 1 => Refusal.Of(Codes.DutyListEmpty, f.Posts, f.Duties),
        RiskPointListUpdated { Points: [] } => Refusal.Of(Codes.RiskPointsEmpty),
        RiskPointListUpdated f => CheckCodes(f),
        InternalSystemEvidenceFiled { Items: < 0 } f => Refusal.Of(Codes.InvalidValue, "items", f.Items),
        InternalSystemEvidenceFiled f when f.FiledOn.Year < f.Year => Refusal.OutOfOrder(f.FiledOn, FirstOf(f.Year), "year"),
        MajorDecisionLegalReviewed f => CheckReview(f),
        CollectiveDiscussionHeld f => CheckDiscussion(f),
        DiscretionBenchmarkAdopted f => CheckBenchmark(f),
        NilStatementSubmitted f => CheckNil(f),
        _ => null,
    };

    /// <inheritdoc/>
    public void Apply(VisibleFact fact)
    {
        switch (fact.Fact)
        {
            case ResponsibilitySystemAdopted f: _systems.Add(f); break;
            case MajorDecisionLegalReviewed f: _reviews.Add(f); break;
            case CollectiveDiscussionHeld f: _discussions.Add(f); break;
            case DiscretionBenchmarkAdopted f: _benchmarks.Add(f); break;
            case DutyRegistered f: _duties.Add(f); break;
            case EnforcementPerformed { Count: > 0 } f: _performed.Add((f.Duty, f.PerformedOn.Year)); break;
            default: break;
        }
    }

    private static Refusal? CheckCodes(RiskPointListUpdated list) =>
        list.Points.GroupBy(p => p.Code, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice
            ? Refusal.Of(Codes.RiskPointTwice, twice.Key)
            : null;

    // Whichever of review and discussion comes to the ledger later: neither may lie after the decision (HN16 §28, PEN21 §57).
    private Refusal? CheckReview(MajorDecisionLegalReviewed review) => review.DecidedOn is not { } decided ? null
        : review.ReviewedOn > decided ? Refusal.Of(Codes.ReviewAfterDecision, review.DecisionNo, Iso(review.ReviewedOn), Iso(decided))
        : _discussions.Find(d => d.DecisionNo == review.DecisionNo && d.HeldOn > decided) is { } late
            ? Refusal.Of(Codes.DiscussionAfterDecision, review.DecisionNo, Iso(late.HeldOn), Iso(decided))
        : null;

    private Refusal? CheckDiscussion(CollectiveDiscussionHeld discussion) =>
        discussion.Participants < 2 ? Refusal.Of(Codes.DiscussionTooFew, discussion.Participants)
        : discussion.Dissenting is { } dissenting && (dissenting < 0 || dissenting > discussion.Participants)
            ? Refusal.Of(Codes.InvalidValue, "dissenting", dissenting)
        : _reviews.Find(r => r.DecisionNo == discussion.DecisionNo && r.DecidedOn < discussion.HeldOn) is { } decided
            ? Refusal.Of(Codes.DiscussionAfterDecision, discussion.DecisionNo, Iso(discussion.HeldOn), Iso(decided.DecidedOn!.Value))
        : null;

    private Refusal? CheckBenchmark(DiscretionBenchmarkAdopted benchmark)
    {
        if (_benchmarks.Exists(b => b.Benchmark == benchmark.Benchmark)) return Refusal.Of(Codes.BenchmarkAlreadyAdopted, benchmark.Benchmark);
        if (benchmark.Replaces is null) return null;
        return _benchmarks.Find(b => b.Benchmark == benchmark.Replaces) is not { } replaced
            ? Refusal.Of(Codes.BenchmarkReplacesUnknown, benchmark.Replaces)
            : benchmark.AdoptedOn < replaced.AdoptedOn ? Refusal.OutOfOrder(benchmark.AdoptedOn, replaced.AdoptedOn, nameof(DiscretionBenchmarkAdopted)) : null;
    }

    private Refusal? CheckNil(NilStatementSubmitted nil)
    {
        if (nil.SubmittedOn.Year <= nil.Year) return Refusal.OutOfOrder(nil.SubmittedOn, FirstOf(nil.Year + 1), "year");
        var owed = _duties.Where(d => d.RegisteredOn.Year < nil.Year).ToList();
        if (owed.Count == 0) return Refusal.Of(Codes.NilWithoutDuties, nil.Year);
        return owed.Find(d => !_performed.Contains((d.Duty, nil.Year))) is { } undone ? Refusal.Of(Codes.NilNotPerformed, undone.Name, nil.Year) : null;
    }

    private static DateOnly FirstOf(int year) => new(Math.Clamp(year, 1, 9999), 1, 1);

    private static string Iso(DateOnly date) => date.ToString("O", CultureInfo.InvariantCulture);
}
