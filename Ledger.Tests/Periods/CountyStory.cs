using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Domain.Approvals;
using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Periods;
using Ledger.Domain.Plan;
using Ledger.Tests.Infrastructure;
using Shouldly;
using static Ledger.Tests.Infrastructure.Samples;

namespace Ledger.Tests.Periods;

/// <summary>
/// A county in memory whose story goes on: facts that rest on a position are drafted by the ledger itself and recorded as
/// drafted, with what people add to them.
/// </summary>
internal sealed class CountyStory
{
    private int _ids;

    /// <summary>A county of which nothing is told but its units, or one that has a past.</summary>
    public CountyStory(MemoryLedger? past = null)
    {
        Ledger = past ?? new MemoryLedger(Given.Today);
        if (past is not null) return;
        foreach (var unit in Samples.Units) Ledger.Tell(unit).Fact.ShouldNotBeNull();
    }

    public MemoryLedger Ledger { get; }

    public long Position => Ledger.Log.Count;

    public static string CaseNo(int n) => $"（2023）豫1121行初{n}号";

    /// <summary>Records a fact that the rules admit.</summary>
    public FactId Tell(string subject, IFact fact)
    {
        var told = new Told(Samples.Subject(subject), IdOf(fact) ?? new FactId("/story", $"{++_ids}"), fact);
        var decision = Ledger.Tell(told);
        decision.Fact.ShouldNotBeNull($"{fact}: {decision.Refusal?.Code} {decision.Refusal?.English}");
        return told.Id;
    }

    /// <summary>The code with which the rules refuse a fact.</summary>
    public string? Refused(string subject, IFact fact) => Ledger.Decide(new Told(
        Samples.Subject(subject), IdOf(fact) is { } id && !Ledger.Holds(Samples.Subject(subject), id) ? id : new FactId("/story", "refused"), fact)).Refusal?.Code;

    // What was approved is recorded by its grant, under the grant's id.
    private static FactId? IdOf(IFact fact) => fact is INeedsApproval needs ? global::Ledger.Domain.Approvals.Approval.IdOf(needs.Approval) : null;

    /// <summary>A lawsuit with its first-instance document; the document's id.</summary>
    public FactId Judged(int n, string unit, string docketedOn, string closedOn, Outcome outcome, string field = "自然资源", LossCause? cause = null, string? township = null)
    {
        Tell($"lawsuit/c{n}", DocketedOn(docketedOn, unit) with { CaseNo = CaseNo(n), Field = field, Township = township });
        return Tell($"lawsuit/c{n}", new JudgmentRendered(
            CaseNo(n), InstanceLevel.First, DocumentKind.Judgment, Day(closedOn), [new Disposition(unit, outcome, cause is { } of ? [of] : null)]));
    }

    /// <summary>The first draft of a fact, or the code with which there is none.</summary>
    public (DraftRow? Row, string? Refused) Draft(string fact, string period, string? unit = null, string? asOf = null)
    {
        var found = Areas.Questions.Single(q => q.Name == "drafts")
            .Answer(Ledger.On(asOf is null ? null : Day(asOf)), new Asked { Key = fact, Period = Period.Parse(period), Unit = unit });
        return (((List<DraftRow>?)found.Value)?[0], found.Refusal?.Code);
    }

    /// <summary>A drafted fact with what people add.</summary>
    public IFact Drafted(string fact, string period, object added, string? unit = null, string? asOf = null)
    {
        var (row, refused) = Draft(fact, period, unit, asOf);
        row.ShouldNotBeNull(refused);
        foreach (var (name, value) in JsonSerializer.SerializeToNode(added, FactJson.Options)!.AsObject().ToList()) row.Data[name] = value?.DeepClone();
        var (read, refusal) = FactJson.Read(EventCatalog.Find(fact)!, JsonSerializer.SerializeToElement(row.Data));
        refusal.ShouldBeNull();
        return read!;
    }

    /// <summary>Records a drafted fact.</summary>
    public T Record<T>(string subject, string period, object added, string? unit = null, string? asOf = null)
        where T : IFact
    {
        var fact = (T)Drafted(typeof(T).Name, period, added, unit, asOf);
        if (fact is INeedsApproval) Approve(subject, fact);
        Tell(subject, fact);
        return fact;
    }

    /// <summary>Two persons stand for a fact.</summary>
    public void Approve(string subject, IFact fact, string on = "2023-01-01")
    {
        var key = ((INeedsApproval)fact).Approval;
        var data = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(FactJson.Write(fact))!;
        Tell("approval/" + key, new ApprovalRequested(subject, EventCatalog.NameOf(fact), data, "zhang", Day(on), "请审批"));
        Tell("approval/" + key, new ApprovalGranted("li", Day(on)));
    }

    public QuarterClosed Close(string period, string asOf = "2024-01-15") =>
        Record<QuarterClosed>("period/" + period, period, new { closedOn = Day(asOf), closedBy = "zhang" }, asOf: asOf);

    /// <summary>The rows that a question answers.</summary>
    public IReadOnlyList<T> Ask<T>(string question, Asked? asked = null, string? asOf = null)
    {
        var found = Areas.Questions.Single(q => q.Name == question).Answer(Ledger.On(asOf is null ? null : Day(asOf)), asked ?? new Asked());
        found.Refusal.ShouldBeNull();
        // As an answer is written.
        JsonSerializer.SerializeToNode(found.Value, found.Value!.GetType(), FactJson.Options).ShouldBeOfType<JsonArray>();
        return (List<T>)found.Value;
    }
}
