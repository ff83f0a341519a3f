using Ledger.Domain.Facts;
using Ledger.Domain.Plan;
using Ledger.Host.Answers;
using Ledger.Host.Security;

namespace Ledger.Host.Pages;

/// <content>What documents and reconciliation ask.</content>
public sealed partial class PageAnswers
{
    /// <summary>A question of the office or the court that is answered by one record.</summary>
    public Task<Answer<TRecord>> AskOneAsync<TRecord>(string name, Parameterised given, TimesAsked times)
        where TRecord : class
    {
        var question = Areas.Questions.Single(q => q.Name == name && q.Audience != Audience.Units);
        return AsAsync(LedgerPolicies.ToAsk(question.Audience), async _ =>
        {
            var found = await questions.FindAsync(question, given, times);
            return new Answer<TRecord>((TRecord?)found.Value, found.Refusal, found.Scope);
        });
    }

    /// <summary>The facts of a stream as they are read, for the office.</summary>
    public Task<Answer<IReadOnlyList<IFact>>> FactsAsync(Subject subject, TimesAsked times) => AsAsync(LedgerPolicies.ReadOffice, async _ =>
    {
        var history = await answers.HistoryAsync(subject, times);
        return new Answer<IReadOnlyList<IFact>>(
            history.Value is { } entries ? [.. VisibleFacts.Of([.. entries.Select(e => e.Entry.Recorded)]).Select(v => v.Fact)] : null, history.Refusal, history.Scope);
    });

    /// <summary>What only those who import may do.</summary>
    public Task<Answer<T>> AsImporterAsync<T>(Func<LedgerUser, Task<Answer<T>>> act)
        where T : class => AsAsync(LedgerPolicies.Import, act);
}
