namespace Ledger.Domain.Facts;

/// <summary>What a rule needs and the stream does not hold.</summary>
/// <param name="Today">The ledger's today in Asia/Shanghai.</param>
/// <param name="IsRegistered">Whether a unit is registered, in the ledger or anywhere in the file that is being imported.</param>
/// <param name="OwnerOf">The stream that holds a case number, or null.</param>
public sealed record AdmissionContext(DateOnly Today, Func<string, bool> IsRegistered, Func<string, string?> OwnerOf)
{
    /// <summary>
    /// The visible facts of another stream that the rules read (<see cref="IStreamState.Needs"/>); in a file, those of the
    /// ledger and of the whole file, so that the order between subjects does not matter. Rules compare legal dates.
    /// </summary>
    public Func<Subject, IReadOnlyList<VisibleFact>> FactsOf { get; init; } = static _ => [];
}

/// <summary>The state that the rules of one kind of stream read, folded from its visible facts in ledger order.</summary>
public interface IStreamState
{
    /// <summary>Why the fact may not follow the facts folded so far; null when it may.</summary>
    Refusal? Check(IFact fact, AdmissionContext context);

    /// <summary>Folds one more visible fact.</summary>
    void Apply(VisibleFact fact);

    /// <summary>The other streams that <see cref="Check"/> reads to decide on a fact.</summary>
    IEnumerable<Subject> Needs(IFact fact) => fact is INamesSubjects named ? named.NamedSubjects : [];
}

/// <summary>
/// One stream while facts are being admitted to it: the history so far and the decision on the next fact. Used by the
/// commands (one fact) and the import (many), so that both decide by the same rules (facts.md §3).
/// </summary>
public sealed class StreamAdmission
{
    private readonly List<Recorded> _recorded = [];
    private readonly Dictionary<FactId, Recorded> _byId = [];
    private readonly Dictionary<Type, HashSet<string>> _said = [];
    private IReadOnlyList<VisibleFact>? _visible;
    private IStreamState _state;

    /// <summary>Starts with the facts that the stream holds, in ledger order.</summary>
    public StreamAdmission(Subject subject, IEnumerable<Recorded> history)
    {
        Subject = subject;
        _state = NewState(subject);
        foreach (var fact in history)
        {
            _recorded.Add(fact);
            _byId[fact.Id] = fact;
        }

        Rebuild();
    }

    /// <summary>The stream.</summary>
    public Subject Subject { get; }

    /// <summary>The facts so far, in ledger order.</summary>
    public IReadOnlyList<Recorded> History => _recorded;

    /// <summary>The facts as read, in ledger order.</summary>
    public IReadOnlyList<VisibleFact> Visible => _visible ??= VisibleFacts.Of(_recorded);

    /// <summary>The last ledger sequence in the stream; 0 when it is empty.</summary>
    public long LastSequence => _recorded.Count == 0 ? 0 : _recorded[^1].Sequence;

    /// <summary>The case numbers that the stream's instances bear.</summary>
    public IReadOnlySet<string> CaseNumbers =>
        Visible.Select(v => v.Fact).OfType<IOpensInstance>().Select(o => o.CaseNo).ToHashSet(StringComparer.Ordinal);

    /// <summary>
    /// The other streams that the decision on a fact reads; of an amendment, all that the stream's facts read, for they are
    /// admitted again.
    /// </summary>
    public IReadOnlyCollection<Subject> Needs(FactId id, IFact fact)
    {
        if (fact is not (FactCorrected or FactRetracted)) return [.. _state.Needs(fact).Distinct()];
        // Admitted again with the amendment and without it: a fact may need another stream in one case only.
        var needed = new HashSet<Subject>();
        if (Approvals.Approval.KeyOf(id) is { } approval) needed.Add(approval);
        foreach (var read in (IReadOnlyList<VisibleFact>[])[Visible, VisibleFacts.Of([.. _recorded, new Recorded(LastSequence + 1, id, fact)])])
        {
            var state = NewState(Subject);
            foreach (var visible in read)
            {
                needed.UnionWith(state.Needs(visible.Fact));
                state.Apply(visible);
            }
        }

        return needed;
    }

    /// <summary>Takes in a fact that has been admitted.</summary>
    public void Append(Recorded fact)
    {
        _recorded.Add(fact);
        _byId[fact.Id] = fact;
        _visible = null;
        if (fact.Fact is FactCorrected or FactRetracted)
        {
            Rebuild();
            return;
        }

        _state.Apply(new VisibleFact(fact, fact.Fact));
        if (_said.TryGetValue(fact.Fact.GetType(), out var said)) said.Add(FactJson.Content(fact.Fact));
    }

    /// <summary>Decides on the next fact.</summary>
    public Decision Admit(FactId id, IFact fact, AdmissionContext context)
    {
        if (_byId.TryGetValue(id, out var known))
            return SaysTheSame(known.Fact, fact) ? Decision.Nothing : Decision.Refuse(Refusal.Of(Codes.Conflict, id));
        if (IsRepeat(fact)) return Decision.Nothing;
        if (fact.LegalDate is { } date && date > context.Today) return Decision.Refuse(Refusal.Of(Codes.InFuture, Iso(date), Iso(context.Today)));
        var refusal = fact switch
        {
            FactCorrected correction => CheckCorrection(id, correction, context),
            FactRetracted retraction => CheckRetraction(id, retraction, context),
            _ => _state.Check(fact, context),
        };
        // An approval is for one fact, once: the one that its grant records.
        if (refusal is null && fact is INeedsApproval needs && id != Approvals.Approval.IdOf(needs.Approval))
            refusal = Refusal.Of(Codes.ApprovalMissing, EventCatalog.NameOf(fact), needs.Approval);
        return refusal is null ? Decision.Admit(fact) : Decision.Refuse(refusal);
    }

    /// <summary>Whether two facts have the same type and content.</summary>
    public static bool SaysTheSame(IFact one, IFact other) =>
        one.GetType() == other.GetType() && FactJson.Content(one) == FactJson.Content(other);

    // A correction repeats only while its values still stand; a later one may have replaced them.
    private bool IsRepeat(IFact fact) => fact switch
    {
        IRepeatable => false,
        FactCorrected correction => Find(correction.Fact) is { } target
            && VisibleFacts.CorrectionsInForce(_recorded).Any(c => SaysTheSame(c.Fact, fact))
            && VisibleFacts.Of(_recorded).FirstOrDefault(v => v.Origin.Id == target.Id) is { } read
            && Correction.Apply(read.Fact, correction.Set).Fact is { } corrected
            && SaysTheSame(corrected, read.Fact),
        FactRetracted => _recorded.Exists(r => r.Fact is FactRetracted && SaysTheSame(r.Fact, fact)),
        _ => SaidOf(fact.GetType()).Contains(FactJson.Content(fact)),
    };

    // What the visible facts of a type say; most commands ask for one type only.
    private HashSet<string> SaidOf(Type type)
    {
        if (_said.TryGetValue(type, out var said)) return said;
        return _said[type] = Visible.Where(v => v.Fact.GetType() == type).Select(v => FactJson.Content(v.Fact)).ToHashSet(StringComparer.Ordinal);
    }

    private Recorded? Find(FactId id) =>
        _byId.TryGetValue(id, out var fact) && !_recorded.Exists(r => r.Fact is FactRetracted x && x.Fact == id) ? fact : null;

    private Refusal? CheckCorrection(FactId id, FactCorrected correction, AdmissionContext context)
    {
        if (Find(correction.Fact) is not { } target) return Refusal.Of(Codes.FactNotFound, correction.Fact);
        var entry = EventCatalog.EntryOf(target.Fact);
        var unknown = correction.Set.Keys.FirstOrDefault(member => entry.Schema.Find(member) is null);
        if (target.Fact is FactCorrected or FactRetracted or IReproducible or IFinal || unknown is not null)
            return unknown is not null
                ? Refusal.Of(Codes.FactUnknownMember, entry.Name, unknown)
                : Refusal.Of(Codes.FactNotCorrectable, correction.Fact);
        var read = Visible.First(v => v.Origin.Id == target.Id).Fact;
        var (corrected, refusal) = Correction.Apply(read, correction.Set);
        if (refusal is not null) return refusal;
        if (Envelope.KeyMismatch(Subject, corrected!) is { } mismatch) return mismatch;
        if (corrected!.LegalDate is { } date && date > context.Today) return Refusal.Of(Codes.InFuture, Iso(date), Iso(context.Today));
        return CheckHistory(id, correction, target, context) ?? CheckApproved(id, correction, target, context);
    }

    private Refusal? CheckRetraction(FactId id, FactRetracted retraction, AdmissionContext context)
    {
        if (Find(retraction.Fact) is not { } target) return Refusal.Of(Codes.FactNotFound, retraction.Fact);
        if (target.Fact is FactRetracted or IFinal) return Refusal.Of(Codes.FactNotCorrectable, retraction.Fact);
        return CheckHistory(id, retraction, target, context) ?? CheckApproved(id, retraction, target, context);
    }

    // What two persons published, or what the ledger itself counted, one person alone does not take back.
    private Refusal? CheckApproved(FactId id, IFact amendment, Recorded target, AdmissionContext context) =>
        target.Fact is INeedsApproval or IReproducible ? Approvals.Approval.CheckGranted(id, amendment, Subject, context) : null;

    /// <summary>
    /// Re-admits the visible facts in ledger order with the amendment: it may break no rule that they did not break before.
    /// What the corrected fact itself names in the wider ledger (a unit, a case number) is refused under its own code.
    /// </summary>
    private Refusal? CheckHistory(FactId id, IFact amendment, Recorded target, AdmissionContext context)
    {
        var before = Violations(Visible, context);
        var after = VisibleFacts.Of([.. _recorded, new Recorded(LastSequence + 1, id, amendment)]);
        foreach (var (fact, refusal) in Violations(after, context))
        {
            if (before.TryGetValue(fact, out var old) && old.Code == refusal.Code) continue;
            // What was approved was the fact as it was; its amendment has an approval of its own.
            if (fact == target.Id && refusal.Code == Codes.ApprovalOtherContent) continue;
            if (refusal.Code is Codes.CaseNumberTaken
                || (fact == target.Id && refusal.Code is Codes.UnknownUnit or Codes.UnitNotFound or Codes.CaseNumberInvalid or Codes.CalendarInvalid))
                return refusal;
            return Refusal.Of(Codes.FactInvalidHistory, fact, refusal.Code, refusal.Chinese, refusal.English);
        }

        return null;
    }

    private Dictionary<FactId, Refusal> Violations(IReadOnlyList<VisibleFact> visible, AdmissionContext context)
    {
        var violations = new Dictionary<FactId, Refusal>();
        var state = NewState(Subject);
        if (Subject.Kind == StreamKind.Unit)
        {
            // Whether this unit itself is registered is what its own facts say, not what the ledger says without the amendment.
            var registered = visible.Any(v => v.Fact is Units.UnitRegistered);
            var ledger = context.IsRegistered;
            context = context with { IsRegistered = unit => unit == Subject.Key ? registered : ledger(unit) };
        }

        foreach (var fact in visible)
        {
            // Whether a document was a loss may change with every judgment, whether a filing was late with every receipt; a loss
            // filing once made, and a notice once decided, stay.
            if (state.Check(fact.Fact, context) is { Code: not (Codes.FilingNotALoss or Codes.ConductFilingNotOverdue) } refusal) violations[fact.Origin.Id] = refusal;
            state.Apply(fact);
        }

        return violations;
    }

    private void Rebuild()
    {
        _state = NewState(Subject);
        _said.Clear();
        foreach (var fact in Visible) _state.Apply(fact);
    }

    private static string Iso(DateOnly date) => date.ToString("O", System.Globalization.CultureInfo.InvariantCulture);

    private static IStreamState NewState(Subject subject) => StreamStates.New(subject);
}
