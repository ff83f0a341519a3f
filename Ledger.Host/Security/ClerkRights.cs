using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Units;
using Ledger.Host.Attachments;
using Ledger.Projections.Reading;

namespace Ledger.Host.Security;

/// <summary>Where a clerk's rights end: at the own unit, and at the lawsuits in which it is or was a defendant.</summary>
public sealed class ClerkRights(FactLog log)
{
    /// <summary>Whether a clerk of the unit may record the fact.</summary>
    public async Task<bool> MayRecordAsync(string? unit, Subject subject, IFact fact, CancellationToken cancellation)
    {
        if (unit is null) return false;
        if (subject.Kind == StreamKind.Unit) return subject.Key == unit;
        var named = fact is INamesUnits names ? names.NamedUnits.ToList() : [];
        // A matter of the plan: one that the fact says is the own unit's, or that names the own unit and nobody's fact else.
        if (subject.Kind != StreamKind.Lawsuit)
            return named.TrueForAll(n => n == unit)
                && (await FactsAsync(subject, cancellation) is { Count: > 0 } told ? named.Count > 0 ? Names(told, unit) : IsNow(told, unit) : named.Count > 0);
        // What happened in court concerns all defendants at once; everything else a unit says of itself only.
        var mayNameOthers = fact is LawsuitDocketed or HearingHeld or JudgmentRendered;
        if (named.Count > 0 && !(mayNameOthers ? named.Contains(unit, StringComparer.Ordinal) : named.TrueForAll(n => n == unit))) return false;
        if (fact is LawsuitDocketed or DefendantAdded) return named.Count > 0;
        // Of a lawsuit that does not exist the intake says so; that names nobody.
        return await LawsuitAsync(subject, cancellation) is not { } lawsuit || lawsuit.WasDefendant(unit)
            || await FilesForAnotherAsync(unit, lawsuit, cancellation);
    }

    /// <summary>Whether a clerk of the unit may read the subject.</summary>
    public async Task<bool> MayReadAsync(string? unit, Subject subject, CancellationToken cancellation) => subject.Kind switch
    {
        _ when unit is null => false,
        StreamKind.Unit => subject.Key == unit,
        StreamKind.Lawsuit => await LawsuitAsync(subject, cancellation) is { } lawsuit
            && (lawsuit.WasDefendant(unit) || await FilesForAnotherAsync(unit, lawsuit, cancellation)),
        // An inquiry into persons is not the unit's to read while it runs, nor is what two others decide on, nor who received
        // its evidence.
        StreamKind.Accountability or StreamKind.Approval or StreamKind.Export or StreamKind.Redaction => false,
        // A history shows every fact of the stream, so it is read by a unit that no other shares it with.
        _ => await FactsAsync(subject, cancellation) is var told && Names(told, unit) && told.All(v => NamesNobodyElse(v.Fact, unit)),
    };

    // The facts that name documents and that no clerk records: else whoever knows a hash could name it and then read it.
    private static readonly IReadOnlyList<string> ByOthers =
    [
        .. NamedDocument.NamingFacts.Where(name => EventCatalog.Find(name) is { Kind: { } kind } entry
            && !LedgerPolicies.Roles[LedgerPolicies.ToRecord(entry, kind)].Contains(LedgerRole.Clerk)),
    ];

    /// <summary>Whether a clerk of the unit may read a document because a fact that the clerk may read names it.</summary>
    public async Task<bool> MayReadDocumentAsync(string? unit, string sha256, CancellationToken cancellation)
    {
        foreach (var subject in await log.NamingAsync(sha256, ByOthers, cancellation))
            if (await MayReadAsync(unit, subject, cancellation))
                return true;
        return false;
    }

    // Whether a duty of a defendant was transferred to the unit (机构改革).
    private async Task<bool> FilesForAnotherAsync(string unit, Lawsuit lawsuit, CancellationToken cancellation)
    {
        foreach (var defendant in lawsuit.EverDefendants)
            if ((await FactsAsync(Subject.Unit(defendant), cancellation)).Any(v => v.Fact is ObligationTransferred { CaseNo: { } caseNo } transfer
                && transfer.To == unit && lawsuit.Instance(CaseNumber.Normalise(caseNo)) is not null))
                return true;
        return false;
    }

    private static bool Names(IEnumerable<VisibleFact> facts, string unit) =>
        facts.Any(v => v.Fact is INamesUnits named && named.NamedUnits.Contains(unit, StringComparer.Ordinal));

    private static bool NamesNobodyElse(IFact fact, string unit) => fact is not INamesUnits named || named.NamedUnits.All(n => n == unit);

    // Whose matter it is by now: a complaint that was assigned to another unit is no longer the first one's to close.
    private static bool IsNow(IEnumerable<VisibleFact> facts, string unit) =>
        facts.Select(v => v.Fact).OfType<INamesUnits>().LastOrDefault(f => f.NamedUnits.Any()) is { } last && NamesNobodyElse(last, unit);

    private async Task<IReadOnlyList<VisibleFact>> FactsAsync(Subject subject, CancellationToken cancellation) =>
        VisibleFacts.Of(await log.ReadAsync([subject.ToString()], long.MaxValue, cancellation).Select(e => e.Recorded).ToListAsync(cancellation));

    // As all of its recorded facts tell it: who became a defendant later reads what was before.
    private async Task<Lawsuit?> LawsuitAsync(Subject subject, CancellationToken cancellation)
    {
        var facts = await FactsAsync(subject, cancellation);
        return facts.Count == 0 ? null : Lawsuit.Fold(subject.Key, facts, DateOnly.MaxValue);
    }
}
