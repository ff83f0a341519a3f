using Ledger.Domain.Facts;

namespace Ledger.Domain.Redactions;

/// <summary>One redaction as its facts tell it: decided by two persons, carried out once.</summary>
public sealed class Redaction(string key) : SubjectState(new Subject(StreamKind.Redaction, key))
{
    /// <summary>What was decided.</summary>
    public PersonalDataRedacted? Decided { get; private set; }

    /// <summary>That it was carried out, if it was.</summary>
    public RedactionCarriedOut? CarriedOut { get; private set; }

    /// <summary>Folds a redaction.</summary>
    public static Redaction Fold(string key, IEnumerable<VisibleFact> facts)
    {
        var redaction = new Redaction(key);
        foreach (var fact in facts) redaction.Apply(fact);
        return redaction;
    }

    /// <inheritdoc/>
    protected override Refusal? Decide(IFact fact, AdmissionContext context) => fact switch
    {
        PersonalDataRedacted f => CheckDecision(f, context),
        RedactionCarriedOut when CarriedOut is not null => Refusal.Of(Codes.RedactionAlreadyCarriedOut, Subject),
        RedactionCarriedOut f when f.CarriedOutOn < Decided!.DecidedOn =>
            Refusal.Of(Codes.DateOutOfOrder, f.CarriedOutOn.ToString("O"), Decided.DecidedOn.ToString("O"), nameof(PersonalDataRedacted)),
        _ => null,
    };

    /// <inheritdoc/>
    protected override void Fold(VisibleFact fact)
    {
        switch (fact.Fact)
        {
            case PersonalDataRedacted f: Decided ??= f; break;
            case RedactionCarriedOut f: CarriedOut ??= f; break;
            default: break;
        }
    }

    // A fact that was taken back, or a correction, is not among the visible ones: then what may be personal in such a stream
    // decides here, and the fact itself when the data are taken away.
    private static Refusal? CheckDecision(PersonalDataRedacted f, AdmissionContext context)
    {
        if (!Facts.Subject.TryParse(f.About, out var about)) return Refusal.Of(Codes.InvalidValue, "about", f.About);
        if (f.Members.Count == 0 || string.IsNullOrWhiteSpace(f.Reason) || string.IsNullOrWhiteSpace(f.LegalGround)) return Refusal.Of(Codes.RedactionUnfounded);
        IEnumerable<string> personal = context.FactsOf(about).FirstOrDefault(v => v.Origin.Id == f.Fact) is { } told
            ? PersonalMembers.Of(about.Kind, told.Origin.Fact)
            : PersonalMembers.OfKind(about.Kind);
        return f.Members.Except(personal, StringComparer.Ordinal).FirstOrDefault() is { } other ? Refusal.Of(Codes.RedactionNotPersonal, other, f.Fact) : null;
    }
}
