using Ledger.Projections.Lawsuits;
using Ledger.Projections.Reading;
using Marten;

namespace Ledger.Projections;

/// <summary>
/// The read models, one composite: they read each event once and commit together with their position, so that an answer
/// read from them rests on exactly one ledger position.
/// </summary>
public static class CountyProjection
{
    /// <summary>The composite's name.</summary>
    public const string Name = "County";

    /// <summary>The row of the composite in Marten's progress table.</summary>
    public const string Shard = Name + ":All";

    /// <summary>What it builds.</summary>
    public static IReadOnlyList<Type> Documents { get; } = [typeof(LawsuitRecord), typeof(SubjectRecord), typeof(UnitMonth), typeof(UnitDocket)];

    /// <summary>Adds the composite to the store.</summary>
    public static void Configure(StoreOptions options)
    {
        options.Projections.CompositeProjectionFor(Name, composite =>
        {
            // Marten's single-pass replay, which a composite otherwise uses when it starts from nothing, reads up to the last
            // number drawn: an event committed later than its successors would be lost (LateCommitTests). One member that
            // does not take part (UnitMonthProjection) keeps the whole composite to the high-water mark, which waits.
            composite.Options.BatchSize = 5_000;
            composite.Options.MaximumHopperSize = 20_000;
            composite.Add<LawsuitRecordProjection>();
            composite.Add<SubjectRecordProjection>();
            composite.Add<UnitMonthProjection>(2);
            composite.Add<UnitDocketProjection>(2);
        });
        options.Schema.For<LawsuitRecord>();
        options.Schema.For<SubjectRecord>();
        options.Schema.For<UnitMonth>();
        options.Schema.For<UnitDocket>();
    }

    /// <summary>The tables of its documents.</summary>
    public static IReadOnlyList<string> Tables(IDocumentStore store) =>
        [.. Documents.Select(d => store.Options.FindOrResolveDocumentType(d).TableName.QualifiedName)];

    /// <summary>Its rows in Marten's progress table: its own, and one for each member, which Marten keeps as well.</summary>
    public static IReadOnlyList<string> ProgressRows { get; } = [Shard, .. Documents.Select(d => d.Name + ":All")];
}
