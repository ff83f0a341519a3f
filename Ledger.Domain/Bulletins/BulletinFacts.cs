using Ledger.Domain.Facts;
using Ledger.Domain.Periods;
using Ledger.Domain.Plan;

namespace Ledger.Domain.Bulletins;

/// <summary>
/// 季度败诉通报 (plan 4.4b): the ranking of a closed quarter (or year) is published. It is the closing, number by number; two
/// persons stand for it.
/// </summary>
/// <param name="Period">The quarter or year, the same as the stream's key.</param>
/// <param name="Position">The position of the closing.</param>
/// <param name="Policy">The policy of the closing.</param>
/// <param name="AsOf">The cut-off day of the closing.</param>
/// <param name="RowsSha256">The hash of the closing.</param>
/// <param name="County">The county's numbers.</param>
/// <param name="PublishedOn">When it was published.</param>
/// <param name="Approval">The approval's key.</param>
/// <param name="Title">The bulletin's title.</param>
public sealed record RankingBulletinPublished(
    [property: Period] string Period,
    long Position,
    string Policy,
    DateOnly AsOf,
    [property: Sha256] string RowsSha256,
    RankingNumbers County,
    DateOnly PublishedOn,
    [property: StreamKey] string Approval,
    string? Title = null) : IFinal, IOpensStream, INeedsApproval, IStatesRanking, IPublishesRanking
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => PublishedOn;

    /// <inheritdoc/>
    public IEnumerable<Subject> FurtherSubjects => [new Subject(StreamKind.Period, Period)];

    /// <inheritdoc/>
    public (IFact? Fact, Refusal? Refusal) Reproduce(Situation at, Subject subject)
    {
        var (ranking, refusal) = RankingText.Rank(at, Counting.Period.Parse(Period), Policy);
        return refusal is null ? (this with { RowsSha256 = RankingText.Sha256Of(ranking!), County = RankingNumbers.Of(ranking!.County) }, null) : (null, refusal);
    }
}

/// <summary>
/// 通报更正: later facts have changed the numbers of a published bulletin. What was published stays as it was; this shows old, new
/// and the facts between.
/// </summary>
/// <param name="Period">The period, the same as the stream's key.</param>
/// <param name="Number">1, 2, …</param>
/// <param name="Position">The ledger position of the new numbers, later than those that they replace.</param>
/// <param name="Policy">The policy, the same as published.</param>
/// <param name="AsOf">The cut-off day of the new numbers.</param>
/// <param name="OldRowsSha256">The hash as published or last restated.</param>
/// <param name="RowsSha256">The new hash.</param>
/// <param name="Changes">The rows that differ, old and new.</param>
/// <param name="Facts">The facts that moved a number.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="RestatedOn">When.</param>
/// <param name="Approval">The approval's key.</param>
public sealed record BulletinRestated(
    [property: Period] string Period,
    int Number,
    long Position,
    string Policy,
    DateOnly AsOf,
    [property: Sha256] string OldRowsSha256,
    [property: Sha256] string RowsSha256,
    IReadOnlyList<RankingChange> Changes,
    IReadOnlyList<MovingFact> Facts,
    string Reason,
    DateOnly RestatedOn,
    [property: StreamKey] string Approval) : IFinal, INeedsApproval, IStatesRanking
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => RestatedOn;

    /// <inheritdoc/>
    public (IFact? Fact, Refusal? Refusal) Reproduce(Situation at, Subject subject)
    {
        if (BulletinState.Standing(at.Everything.Of(subject)) is not { } last) return (null, Refusal.Of(Codes.SubjectNotFound, subject));
        var (restated, refusal) = Restatement.Of(at, last);
        return refusal is not null
            ? (null, refusal)
            : (this with
            {
                Number = last is BulletinRestated { Number: var before } ? before + 1 : 1,
                Policy = last.Policy,
                OldRowsSha256 = restated!.OldSha256,
                RowsSha256 = restated.NewSha256,
                Changes = restated.Changes,
                Facts = restated.Facts,
            }, null);
    }
}

/// <summary>How often a form of accountability was decided.</summary>
/// <param name="Form">The form's code.</param>
/// <param name="Count">How often.</param>
public sealed record FormCount(string Form, int Count);

/// <summary>季度追责通报 (plan 3.4.1d): what accountability was decided in a quarter; nothing is published as nothing (零报告).</summary>
/// <param name="Period">The quarter; the stream's key is <c>accountability-{quarter}</c>.</param>
/// <param name="Position">The ledger position that the counts rest on.</param>
/// <param name="AsOf">The cut-off day, not before the quarter's last.</param>
/// <param name="Cases">Fault cases in which accountability was decided in the quarter.</param>
/// <param name="Persons">Persons held to account in them.</param>
/// <param name="ByForm">The forms, by code.</param>
/// <param name="ZeroReport">Whether there was none.</param>
/// <param name="PublishedOn">When it was published.</param>
/// <param name="Approval">The approval's key.</param>
/// <param name="Title">The bulletin's title.</param>
public sealed record AccountabilityBulletinPublished(
    [property: Period] string Period,
    long Position,
    DateOnly AsOf,
    int Cases,
    int Persons,
    IReadOnlyList<FormCount> ByForm,
    bool ZeroReport,
    DateOnly PublishedOn,
    [property: StreamKey] string Approval,
    string? Title = null) : IFinal, IOpensStream, INeedsApproval, IReproducible
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => PublishedOn;

    /// <inheritdoc/>
    public (IFact? Fact, Refusal? Refusal) Reproduce(Situation at, Subject subject)
    {
        var (counted, refusal) = AccountabilityCount.Of(at, Counting.Period.Parse(Period));
        return counted is null
            ? (null, refusal)
            : (this with { Cases = counted.Cases, Persons = counted.Persons, ByForm = counted.ByForm, ZeroReport = counted.Cases == 0 }, null);
    }
}

/// <summary>追责通报更正: the counts of a published accountability bulletin have changed: old, new and the facts between.</summary>
/// <param name="Period">The quarter; the stream's key is <c>accountability-{quarter}</c>.</param>
/// <param name="Number">1, 2, …</param>
/// <param name="Position">The ledger position of the new counts, later than those that they replace.</param>
/// <param name="AsOf">The cut-off day of the new counts.</param>
/// <param name="OldCases">Fault cases, as published or last restated.</param>
/// <param name="OldPersons">Persons, as published or last restated.</param>
/// <param name="OldByForm">The forms, as published or last restated.</param>
/// <param name="Cases">Fault cases, as they are now.</param>
/// <param name="Persons">Persons, as they are now.</param>
/// <param name="ByForm">The forms, as they are now.</param>
/// <param name="Facts">The facts that moved a number.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="RestatedOn">When.</param>
/// <param name="Approval">The approval's key.</param>
public sealed record AccountabilityBulletinRestated(
    [property: Period] string Period,
    int Number,
    long Position,
    DateOnly AsOf,
    int OldCases,
    int OldPersons,
    IReadOnlyList<FormCount> OldByForm,
    int Cases,
    int Persons,
    IReadOnlyList<FormCount> ByForm,
    IReadOnlyList<MovingFact> Facts,
    string Reason,
    DateOnly RestatedOn,
    [property: StreamKey] string Approval) : IFinal, INeedsApproval, IReproducible
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => RestatedOn;

    /// <inheritdoc/>
    public (IFact? Fact, Refusal? Refusal) Reproduce(Situation at, Subject subject)
    {
        var (restated, refusal) = AccountabilityRestatement.Of(at, subject, at.Everything.Of(subject), Counting.Period.Parse(Period));
        return restated is null
            ? (null, refusal)
            : (this with
            {
                Number = restated.Number,
                OldCases = restated.Old.Cases,
                OldPersons = restated.Old.Persons,
                OldByForm = restated.Old.ByForm,
                Cases = restated.New.Cases,
                Persons = restated.New.Persons,
                ByForm = restated.New.ByForm,
                Facts = restated.Facts,
            }, null);
    }
}
