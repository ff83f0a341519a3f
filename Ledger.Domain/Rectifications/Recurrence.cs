using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Plan;

namespace Ledger.Domain.Rectifications;

/// <summary>
/// 同类问题反弹认定规则确定: how long after a verified rectification a loss of the same unit, act type and primary cause counts as
/// a recurrence (plan 3.1.1d). Versioned, as a counting policy is.
/// </summary>
/// <param name="EffectiveFrom">It governs the losses that close on or after this day.</param>
/// <param name="Months">How many months after the verification, the last day included.</param>
/// <param name="SameField">Whether the field of administration must be the same too; false when left out.</param>
public sealed record RecurrenceRuleAdopted(DateOnly EffectiveFrom, int Months, bool? SameField = null) : IFact
{
    /// <summary>None: it selects by the loss's closing day.</summary>
    public DateOnly? LegalDate => null;
}

/// <summary>The rules of recurrence rules in <c>policy/{id}</c>: an id is adopted once, for one thing.</summary>
public sealed class RecurrencePolicyState(string id) : IStreamState
{
    private bool _taken;

    /// <inheritdoc/>
    public Refusal? Check(IFact fact, AdmissionContext context) => fact switch
    {
        RecurrenceRuleAdopted when _taken => Refusal.Of(Codes.PolicyAlreadyAdopted, id),
        RecurrenceRuleAdopted { Months: < 1 or > 120 } f => Refusal.Of(Codes.InvalidValue, "months", f.Months),
        _ => null,
    };

    /// <inheritdoc/>
    public void Apply(VisibleFact fact) => _taken = true;
}

/// <summary>The rule by which a loss is a recurrence.</summary>
/// <param name="Id">Its id in <c>policy/</c>, or <see cref="BuiltIn"/>.</param>
/// <param name="Months">Months after the verification.</param>
/// <param name="SameField">Whether the field must be the same too.</param>
public sealed record RecurrenceRule(string Id, int Months, bool SameField)
{
    /// <summary>The rule before any is adopted: twelve months, whatever the field.</summary>
    public static RecurrenceRule BuiltIn { get; } = new("R-12", 12, false);

    /// <summary>The rule for a loss that closed on a day: the latest <c>effectiveFrom</c> by then, ties by ledger sequence.</summary>
    public static RecurrenceRule On(Situation situation, DateOnly closedOn) =>
        situation.Told<RecurrenceRuleAdopted>(StreamKind.Policy)
            .Where(r => r.Fact.EffectiveFrom <= closedOn)
            .OrderBy(r => r.Fact.EffectiveFrom).ThenBy(r => r.Visible.Sequence)
            .Select(r => new RecurrenceRule(r.Subject.Key, r.Fact.Months, r.Fact.SameField ?? false))
            .LastOrDefault() ?? BuiltIn;
}

/// <summary>A loss that came back after an earlier one was put right.</summary>
/// <param name="Earlier">The loss whose rectification was verified.</param>
/// <param name="Verified">That verification.</param>
/// <param name="Later">The loss that came back.</param>
/// <param name="Cause">The primary cause of both.</param>
/// <param name="Rule">The rule that says so.</param>
public sealed record Recurrence(Loss Earlier, VisibleFact Verified, Loss Later, LossCause Cause, RecurrenceRule Rule)
{
    /// <summary>Every recurrence, by the day on which the later loss closed.</summary>
    public static IEnumerable<Recurrence> Of(Situation situation, IReadOnlyList<Loss> losses) =>
        from later in losses.OrderBy(l => l.ClosedOn).ThenBy(l => l.Lawsuit.Key, StringComparer.Ordinal)
        where later.Cause is not null
        let rule = RecurrenceRule.On(situation, later.ClosedOn)
        from earlier in losses
        where earlier.Unit == later.Unit && earlier.Lawsuit.Key != later.Lawsuit.Key && earlier.OwnsRectification
        where earlier.Cause?.Primary == later.Cause!.Primary && earlier.Docketed.ActType == later.Docketed.ActType
        where !rule.SameField || earlier.Docketed.Field == later.Docketed.Field
        let verified = earlier.Rectification!.VerificationOn(later.ClosedOn)
        where verified is not null && verified.Fact.LegalDate < later.ClosedOn && later.ClosedOn <= verified.Fact.LegalDate!.Value.AddMonths(rule.Months)
        select new Recurrence(earlier, verified, later, later.Cause!.Primary, rule);
}
