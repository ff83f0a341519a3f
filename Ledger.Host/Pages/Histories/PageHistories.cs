using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Host.Answers;
using Ledger.Host.Api;
using Ledger.Host.Replay;
using Ledger.Host.Security;
using Ledger.Projections.Reading;

namespace Ledger.Host.Pages.Histories;

/// <summary>A moment at which something became known or happened.</summary>
/// <param name="Sequence">The fact's ledger sequence.</param>
/// <param name="RecordedAt">When it was recorded.</param>
/// <param name="LegalDate">Its legal date as it is read now.</param>
/// <param name="Name">The fact's name.</param>
public sealed record Tick(long Sequence, DateTimeOffset RecordedAt, DateOnly? LegalDate, string Name);

/// <summary>A matter elsewhere that came of a case: a stream with its facts.</summary>
/// <param name="Subject">The stream.</param>
/// <param name="Facts">Its facts as read, by legal date.</param>
public sealed record Consequence(Subject Subject, IReadOnlyList<VisibleFact> Facts);

/// <summary>A history as the signed-in person may read it.</summary>
/// <param name="Steps">The facts and what each did, oldest first.</param>
/// <param name="Unmasked">Whether people's names are shown.</param>
public sealed record ToldHistory(IReadOnlyList<ToldStep> Steps, bool Unmasked);

/// <summary>Two moments compared, as the signed-in person may read it.</summary>
/// <param name="Told">The difference.</param>
public sealed record ToldComparison(ToldDifference Told);

/// <summary>Histories of cases and units for the pages: the API's answers under the API's policies, own units and masks.</summary>
public sealed class PageHistories(PageAnswers answers, LedgerAnswers ledger, ReplayAnswers replays, FactMemory memory, ClerkRights rights, PersonalData personal)
{
    // Streams of facts that come of a case. What everybody reads beside it (policies, calendars) is none.
    private static readonly StreamKind[] Consequences =
        [.. Enum.GetValues<StreamKind>().Except([StreamKind.Unit, StreamKind.Lawsuit, StreamKind.Policy, StreamKind.Calendar, StreamKind.Benchmark, StreamKind.Export, StreamKind.Redaction, StreamKind.Approval])];

    /// <summary>A case's state.</summary>
    public Task<Answer<LawsuitState>> CaseAsync(string key, TimesAsked times) =>
        ReadAsync(Subject.Lawsuit(key), _ => ledger.LawsuitAsync(key, times));

    /// <summary>The facts with what each did.</summary>
    public Task<Answer<ToldHistory>> StepsAsync(Subject subject, TimesAsked times) => ReadAsync(subject, async user =>
    {
        var found = await replays.ReplayAsync(subject, new RangeAsked(), times);
        if (found.Value is not { } untold) return new(null, found.Refusal, found.Scope);
        var unmasked = await personal.MayReadAsync(user, subject, untold.Facts, found.Scope!);
        return new Answer<ToldHistory>(new(await untold.TellAsync(unmasked), unmasked), null, found.Scope);
    });

    /// <summary>Every moment that the time machine can go to, as the ledger knows them now.</summary>
    public Task<Answer<IReadOnlyList<Tick>>> TicksAsync(Subject subject) => ReadAsync(subject, async _ =>
    {
        var found = await ledger.HistoryAsync(subject, new TimesAsked());
        return new Answer<IReadOnlyList<Tick>>(
            found.Value is { } history ? [.. history.Select(h => new Tick(h.Entry.Recorded.Sequence, h.Entry.RecordedAt, h.LegalDate, EventCatalog.NameOf(h.Entry.Recorded.Fact)))] : null,
            found.Refusal, found.Scope);
    });

    /// <summary>Two moments compared.</summary>
    public Task<Answer<ToldComparison>> CompareAsync(Subject subject, MomentsAsked moments) => ReadAsync(subject, async user =>
    {
        var found = await replays.DiffAsync(subject, moments);
        if (found.Value is not { } untold) return new(null, found.Refusal, found.Scope);
        var unmasked = await personal.MayReadAsync(user, subject, untold.Facts, found.Scope!);
        return new Answer<ToldComparison>(new(await untold.TellAsync(unmasked)), null, found.Scope);
    });

    /// <summary>
    /// What came of a case elsewhere: its rectification, accountability, supervision, warning case. A stream is one when a fact of it
    /// names the case, or a stream that is one.
    /// </summary>
    public Task<Answer<IReadOnlyList<Consequence>>> ConsequencesAsync(Lawsuit lawsuit, Scope scope) => answers.AsAsync(LedgerPolicies.ReadUnits, async user =>
    {
        var situation = await memory.SituationAsync(scope.Position, scope.AsOf);
        var numbers = lawsuit.Instances.Select(i => i.CaseNo).ToHashSet(StringComparer.Ordinal);
        var found = new Dictionary<Subject, IReadOnlyList<VisibleFact>>();
        var named = new HashSet<Subject> { Subject.Lawsuit(lawsuit.Key) };
        int before;
        do
        {
            before = found.Count;
            foreach (var (subject, facts) in Consequences.SelectMany(situation.Streams))
                if (!found.ContainsKey(subject) && facts.Any(f => Names(f.Fact)) && await MayReadAsync(user, subject))
                {
                    found[subject] = facts;
                    named.Add(subject);
                }
        }
        while (found.Count > before);

        return new Answer<IReadOnlyList<Consequence>>([.. found.Select(f => new Consequence(f.Key, f.Value)).OrderBy(c => c.Facts[0].Fact.LegalDate)], null, scope);

        bool Names(IFact fact) => (fact is INamesCase of && numbers.Contains(of.CaseNo)) || (fact is INamesSubjects subjects && subjects.NamedSubjects.Any(named.Contains));
    });

    private async Task<bool> MayReadAsync(LedgerUser user, Subject subject) =>
        !LedgerPolicies.BindsToUnit(LedgerPolicies.ReadUnits, user) || await rights.MayReadAsync(user.Unit, subject, CancellationToken.None);

    private Task<Answer<T>> ReadAsync<T>(Subject subject, Func<LedgerUser, Task<Answer<T>>> answer)
        where T : class
    {
        var policy = subject.Kind == StreamKind.Lawsuit ? LedgerPolicies.ReadLawsuits : LedgerPolicies.ReadUnits;
        return answers.AsAsync(policy, async user =>
            LedgerPolicies.BindsToUnit(policy, user) && !await rights.MayReadAsync(user.Unit, subject, CancellationToken.None)
                ? new(null, Refusal.Of(Codes.UnitForbidden, user.Unit), null)
                : await answer(user));
    }
}
