using Ledger.Domain.Facts;
using Ledger.Domain.Obligations;
using Ledger.Domain.Plan;

namespace Ledger.Domain.Bulletins;

/// <summary>An accountability bulletin with its corrigenda and the decisions behind its counts.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Period">The quarter.</param>
/// <param name="Title">Its title.</param>
/// <param name="AsOf">The cut-off day.</param>
/// <param name="Position">The ledger position that the counts rest on.</param>
/// <param name="PublishedOn">When it was published.</param>
/// <param name="PreparedBy">编制: who asked for the publication.</param>
/// <param name="ApprovedBy">审核: who approved it.</param>
/// <param name="Cases">Fault cases, as published.</param>
/// <param name="Persons">Persons held to account, as published.</param>
/// <param name="ByForm">The forms, as published.</param>
/// <param name="ZeroReport">Whether it reports nothing.</param>
/// <param name="Decisions">The fault cases behind the counts, as published.</param>
/// <param name="Restatements">Every corrigendum since.</param>
/// <param name="Evidence">The facts.</param>
public sealed record AccountabilityContents(
    string Key, string Period, string? Title, DateOnly AsOf, long Position, DateOnly PublishedOn, string? PreparedBy, string? ApprovedBy,
    int Cases, int Persons, IReadOnlyList<FormCount> ByForm, bool ZeroReport, IReadOnlyList<DecidedCaseRow> Decisions,
    IReadOnlyList<AccountabilityBulletinRestated> Restatements, IReadOnlyList<Evidence> Evidence)
{
    /// <summary>The contents of a published bulletin.</summary>
    public static AccountabilityContents Of(Situation now, Subject subject)
    {
        var facts = now.Of(subject);
        var published = facts.Select(f => f.Fact).OfType<AccountabilityBulletinPublished>().First();
        var at = now.Everything.Earlier(published.Position, published.AsOf);
        var quarter = Counting.Period.Parse(published.Period);
        var approval = Approvals.Approval.Fold(published.Approval, now.Everything.Of(new Subject(StreamKind.Approval, published.Approval)));
        return new AccountabilityContents(
            subject.Key, published.Period, published.Title, published.AsOf, published.Position, published.PublishedOn, approval.Requested?.RequestedBy, approval.Granted?.GrantedBy,
            published.Cases, published.Persons, published.ByForm, published.ZeroReport,
            [.. AccountabilityCount.Decided(at).Where(d => quarter.Contains(d.On)).OrderBy(d => d.On).ThenBy(d => d.Subject.Key, StringComparer.Ordinal)
                .Select(d => new DecidedCaseRow(d.Subject.ToString(), d.Unit, d.On, d.Persons, d.Forms))],
            [.. facts.Select(f => f.Fact).OfType<AccountabilityBulletinRestated>().OrderBy(r => r.Number)], [.. facts.Select(f => Obligations.Evidence.Of(subject, f))]);
    }
}

/// <summary>A fault case behind the counts.</summary>
/// <param name="Subject">The fault case.</param>
/// <param name="Unit">The unit.</param>
/// <param name="DecidedOn">The day of the decision.</param>
/// <param name="Persons">How many persons.</param>
/// <param name="Forms">The forms.</param>
public sealed record DecidedCaseRow(string Subject, string? Unit, DateOnly DecidedOn, int Persons, IReadOnlyList<string> Forms);
