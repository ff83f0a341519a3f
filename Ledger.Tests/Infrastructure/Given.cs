using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Shouldly;

namespace Ledger.Tests.Infrastructure;

/// <summary>
/// Given facts, when one more is told, then it is admitted, says nothing new or is refused. The facts of a test are about
/// <c>lawsuit/a</c> unless another subject is named; they bear the ids 1, 2, 3, … in the order in which they are given.
/// </summary>
public sealed class Given
{
    public const string Source = "/test";

    /// <summary>Today in every scenario.</summary>
    public static readonly DateOnly Today = new(2024, 6, 30);

    private readonly List<Told> _told = [];

    private Given(bool withUnits)
    {
        if (withUnits) _told.AddRange(Samples.Units);
    }

    /// <summary>Facts about <c>lawsuit/a</c>, with the sample units registered.</summary>
    public static Given Facts(params IFact[] facts) => new Given(withUnits: true).And(Samples.LawsuitA, facts);

    /// <summary>An empty ledger, not even a unit.</summary>
    public static Given Nothing() => new(withUnits: false);

    /// <summary>The id of the n-th given fact, from 1.</summary>
    public static FactId Id(int n) => new(Source, $"{n}");

    /// <summary>Further facts about <c>lawsuit/a</c>.</summary>
    public Given And(params IFact[] facts) => And(Samples.LawsuitA, facts);

    /// <summary>Further facts about another subject.</summary>
    public Given And(string subject, params IFact[] facts) => And(Samples.Subject(subject), facts);

    private Given And(Subject subject, params IFact[] facts)
    {
        foreach (var fact in facts) _told.Add(new Told(subject, IdOf(fact) ?? Id(Next), fact));
        return this;
    }

    // What was approved is recorded by its grant, under the grant's id.
    private static FactId? IdOf(IFact fact) => fact is INeedsApproval needs ? global::Ledger.Domain.Approvals.Approval.IdOf(needs.Approval) : null;

    private int Next => _told.Count(t => t.Id.Source == Source) + 1;

    public When When(IFact fact) => WhenTold(Samples.LawsuitA, IdOf(fact) ?? Id(Next), fact);

    public When When(string subject, IFact fact) => WhenTold(Samples.Subject(subject), IdOf(fact) ?? Id(Next), fact);

    /// <summary>A fact under an id of its own, perhaps one that was told before.</summary>
    public When WhenTold(FactId id, IFact fact) => WhenTold(Samples.LawsuitA, id, fact);

    public When WhenTold(string subject, FactId id, IFact fact) => WhenTold(Samples.Subject(subject), id, fact);

    /// <summary>The ledger once every given fact was admitted; a given fact that is not is a mistake of the test.</summary>
    public MemoryLedger Ledger()
    {
        var ledger = new MemoryLedger(Today);
        foreach (var told in _told)
        {
            var decision = ledger.Tell(told);
            decision.Fact.ShouldNotBeNull($"given {told.Id.Id} {told.Fact}: {decision.Refusal?.Code} {decision.Refusal?.English}");
        }

        return ledger;
    }

    /// <summary>The facts of a subject as read.</summary>
    public IReadOnlyList<IFact> Visible(string subject = "lawsuit/a") =>
        [.. Ledger().Stream(Samples.Subject(subject)).Visible.Select(v => v.Fact)];

    /// <summary>Lawsuit a as its facts tell it by a day.</summary>
    public Lawsuit Lawsuit(DateOnly? asOf = null) =>
        global::Ledger.Domain.Lawsuits.Lawsuit.Fold("a", Ledger().Stream(Samples.LawsuitA).Visible, asOf ?? Today);

    private When WhenTold(Subject subject, FactId id, IFact fact) => new(Ledger(), new Told(subject, id, fact));
}

/// <summary>What is told, and what comes of it.</summary>
public sealed class When(MemoryLedger ledger, Told told)
{
    private readonly Decision _decision = ledger.Decide(told);

    /// <summary>The fact is admitted as it was told.</summary>
    public When ThenAdmitted() => Then(told.Fact);

    /// <summary>Exactly this fact is appended.</summary>
    public When Then(IFact fact)
    {
        _decision.Refusal.ShouldBeNull();
        _decision.Fact.ShouldNotBeNull("nothing was appended");
        (EventCatalog.NameOf(_decision.Fact), FactJson.Content(_decision.Fact)).ShouldBe((EventCatalog.NameOf(fact), FactJson.Content(fact)));
        return this;
    }

    /// <summary>The ledger says so already: no event, no error.</summary>
    public void ThenNothing()
    {
        _decision.Refusal.ShouldBeNull();
        _decision.Fact.ShouldBeNull();
    }

    /// <summary>Refused with that code, and for an invalid history with the code of the broken rule in the text.</summary>
    public void ThenRefused(string code, string? because = null)
    {
        _decision.Fact.ShouldBeNull($"admitted: {_decision.Fact}");
        _decision.Refusal.ShouldNotBeNull("said to be a repeat");
        _decision.Refusal.Code.ShouldBe(code, _decision.Refusal.English);
        if (because is null) return;
        _decision.Refusal.English.ShouldContain(because);
        _decision.Refusal.Chinese.ShouldContain(because);
    }
}
