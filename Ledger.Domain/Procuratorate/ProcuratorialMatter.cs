using Ledger.Domain.Facts;
using Ledger.Domain.Obligations;
using Ledger.Domain.Units;

namespace Ledger.Domain.Procuratorate;

/// <summary>One matter shared with the procuratorate, as its facts tell it: a clue, a suggestion, a check of entries or a criminal referral.</summary>
public sealed class ProcuratorialMatter(string key) : SubjectState(new Subject(StreamKind.Procuratorial, key))
{
    private readonly List<VisibleFact> _replies = [];
    private readonly List<VisibleFact> _corrections = [];
    private readonly List<VisibleFact> _results = [];

    /// <summary>The fact that opened it.</summary>
    public VisibleFact? Opening { get; private set; }

    /// <summary>The replies.</summary>
    public IReadOnlyList<VisibleFact> Replies => _replies;

    /// <summary>The first reply by date.</summary>
    public VisibleFact? Reply => _replies.OrderBy(r => r.Fact.LegalDate).ThenBy(r => r.Sequence).FirstOrDefault();

    /// <summary>The corrections.</summary>
    public IReadOnlyList<VisibleFact> Corrections => _corrections;

    /// <summary>Where the follow-up was closed.</summary>
    public VisibleFact? Closed { get; private set; }

    /// <summary>The results of a referral.</summary>
    public IReadOnlyList<VisibleFact> Results => _results;

    /// <summary>The result that stands: the last by date.</summary>
    public CriminalReferralResultRecorded? Result => _results.OrderBy(r => r.Fact.LegalDate).ThenBy(r => r.Sequence).LastOrDefault()?.Fact as CriminalReferralResultRecorded;

    /// <summary>The unit that it is about.</summary>
    public string Unit => Opening is null ? "" : ((INamesUnits)Opening.Fact).NamedUnits.First();

    /// <summary>Folds a matter.</summary>
    public static ProcuratorialMatter Fold(string key, IEnumerable<VisibleFact> facts)
    {
        var matter = new ProcuratorialMatter(key);
        foreach (var fact in facts) matter.Apply(fact);
        return matter;
    }

    /// <inheritdoc/>
    public override IEnumerable<Subject> Needs(IFact fact) => fact is ProcuratorialReplySubmitted f && Opening is not null && f.Unit != Unit ? [Subject.Unit(Unit)] : [];

    /// <inheritdoc/>
    protected override Refusal? Decide(IFact fact, AdmissionContext context)
    {
        if (Opening is null || fact is IOpensStream) return CheckOpening(fact);
        if (!HasPlace(fact)) return Refusal.Of(Codes.ProcuratorialOtherKind, EventCatalog.EntryOf(fact).Chinese, Subject, EventCatalog.EntryOf(Opening.Fact).Chinese);
        if (fact is INamesUnits named && named.NamedUnits.FirstOrDefault(u => u != Unit) is { } other && !TookOver(fact, context))
            return Refusal.Of(Codes.ProcuratorialOtherUnit, Subject, other);
        return NotBefore(fact.LegalDate!.Value, Opening) ?? fact switch
        {
            ProcuratorialReplySubmitted f when Opening.Fact is ProcuratorialSuggestionReceived { DocumentNo: var no } && f.DocumentNo != no =>
                Refusal.Of(Codes.ProcuratorialOtherDocument, no, f.DocumentNo),
            ProcuratorialFollowUpClosed when Closed is not null => Refusal.Of(Codes.ProcuratorialAlreadyClosed, Subject),
            ProcuratorialFollowUpClosed { Result: FollowUpResult.Corrected } f when !_corrections.Exists(c => c.Fact.LegalDate <= f.ClosedOn) =>
                Refusal.Of(Codes.ProcuratorialNotCorrected, Subject),
            CriminalReferralResultRecorded { Accepted: false } f when string.IsNullOrWhiteSpace(f.Reasons) => Refusal.Of(Codes.ProcuratorialRefusalWithoutReasons),
            CriminalReferralResultRecorded f => CheckResult(f),
            _ => null,
        };
    }

    /// <inheritdoc/>
    protected override void Fold(VisibleFact fact)
    {
        switch (fact.Fact)
        {
            case IOpensStream: Opening ??= fact; break;
            case ProcuratorialReplySubmitted: _replies.Add(fact); break;
            case ProcuratorialFindingCorrected: _corrections.Add(fact); break;
            case ProcuratorialFollowUpClosed: Closed ??= fact; break;
            case CriminalReferralResultRecorded: _results.Add(fact); break;
            default: break;
        }
    }

    private static Refusal? CheckOpening(IFact fact) => fact switch
    {
        ProcuratorialSuggestionReceived f when f.DueOn < f.ReceivedOn => Refusal.OutOfOrder(f.DueOn, f.ReceivedOn, "收到检察建议"),
        CaseInfoEntryChecked { Sampled: < 1 } f => Refusal.Of(Codes.InvalidValue, "sampled", f.Sampled),
        CaseInfoEntryChecked { Complete: < 0 } f => Refusal.Of(Codes.InvalidValue, "complete", f.Complete),
        CaseInfoEntryChecked f when f.Complete > f.Sampled => Refusal.Of(Codes.ProcuratorialMoreCompleteThanSampled, f.Complete, f.Sampled),
        CaseInfoEntryChecked f when f.Defects.GroupBy(d => d.Code).FirstOrDefault(g => g.Count() > 1) is { } twice => Refusal.Of(Codes.ProcuratorialDefectRepeated, twice.Key),
        CaseInfoEntryChecked f when f.Defects.FirstOrDefault(d => d.Count < 1) is { } none => Refusal.Of(Codes.InvalidValue, "count", none.Count),
        _ => null,
    };

    private bool HasPlace(IFact fact) => fact switch
    {
        ProcuratorialReplySubmitted => Opening!.Fact is ProcuratorialSuggestionReceived,
        ProcuratorialFindingCorrected or ProcuratorialFollowUpClosed => Opening!.Fact is ProcuratorialClueTransferred or ProcuratorialSuggestionReceived,
        CriminalReferralResultRecorded => Opening!.Fact is CriminalReferralMade,
        _ => true,
    };

    // What a merged unit owed is its successor's to answer.
    private bool TookOver(IFact fact, AdmissionContext context) => fact is ProcuratorialReplySubmitted reply && context.FactsOf(Subject.Unit(Unit))
        .Any(v => v.Fact is ObligationTransferred t && t.To == reply.Unit && t.IsAbout(DutyKind.ProcuratorialReply, null, reply.DocumentNo, null));

    // Whatever order they are recorded in: one acceptance and one refusal, and nothing is refused once it was accepted.
    private Refusal? CheckResult(CriminalReferralResultRecorded result)
    {
        var before = _results.Select(r => (CriminalReferralResultRecorded)r.Fact).ToList();
        return before.Exists(r => r.Accepted == result.Accepted) || before.Exists(r => r.Accepted ? r.DecidedOn < result.DecidedOn : result.DecidedOn < r.DecidedOn)
            ? Refusal.Of(Codes.ProcuratorialResultRecorded, Subject)
            : null;
    }

    private static Refusal? NotBefore(DateOnly date, VisibleFact earliest) =>
        date < earliest.Fact.LegalDate ? Refusal.OutOfOrder(date, earliest.Fact.LegalDate!.Value, EventCatalog.EntryOf(earliest.Fact).Chinese) : null;
}
