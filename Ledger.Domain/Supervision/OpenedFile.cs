using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Domain.Obligations;
using Ledger.Domain.Plan;

namespace Ledger.Domain.Supervision;

/// <summary>A file of supervision as it stood on the day asked about.</summary>
/// <param name="Subject">Its stream.</param>
/// <param name="Facts">Its facts.</param>
/// <param name="File">What it is about.</param>
internal sealed record OpenedFile(Subject Subject, IReadOnlyList<VisibleFact> Facts, SupervisionFile File)
{
    /// <summary>The key.</summary>
    public string Key => Subject.Key;

    /// <summary>The files that were opened by the day.</summary>
    public static IEnumerable<OpenedFile> Of(Situation situation) =>
        from stream in situation.Streams(StreamKind.Supervision)
        let file = SupervisionFile.Fold(stream.Subject.Key, stream.Facts)
        where file.Opening is not null
        select new OpenedFile(stream.Subject, stream.Facts, file);

    /// <summary>The files that a kind of fact opened.</summary>
    public static IEnumerable<(OpenedFile File, TFact Opening)> Of<TFact>(Situation situation)
        where TFact : class, IOpensStream =>
        from file in Of(situation)
        let opening = file.File.Opening as TFact
        where opening is not null
        select (file, opening);

    /// <summary>The facts of a type.</summary>
    public IEnumerable<(TFact Fact, VisibleFact Visible)> Told<TFact>()
        where TFact : IFact => Facts.Where(f => f.Fact is TFact).Select(f => ((TFact)f.Fact, f));

    /// <summary>The fact that opened it.</summary>
    public VisibleFact Opening => Facts.First(f => f.Fact is IOpensStream);

    /// <summary>The evidence of some of its facts.</summary>
    public IReadOnlyList<Evidence> EvidenceOf(params IEnumerable<VisibleFact?> facts) => [.. facts.OfType<VisibleFact>().Select(f => Evidence.Of(Subject, f))];
}

/// <summary>How questions are narrowed.</summary>
internal static class Narrowing
{
    /// <summary>Whether a row about a unit on a day was asked for.</summary>
    public static bool Wants(this Asked asked, string unit, DateOnly? on) =>
        (asked.Unit is null || asked.Unit == unit) && (asked.Period is null || (on is { } day && asked.Period.Contains(day)));

    /// <summary>Whether a status was asked for.</summary>
    public static bool WantsStatus<TStatus>(this Asked asked, TStatus status)
        where TStatus : struct, Enum => asked.Status is null || asked.Status == status.ToString();

    /// <summary>The quarters that touch a period and have begun by a day.</summary>
    public static IEnumerable<Period> Quarters(Period? period, DateOnly asOf)
    {
        var asked = period ?? Period.Parse($"{asOf.Year:0000}");
        for (var quarter = 1; quarter <= 4; quarter++)
        {
            var of = Period.Parse($"{asked.First.Year:0000}Q{quarter}");
            if (of.First <= asked.Last && asked.First <= of.Last && of.First <= asOf) yield return of;
        }
    }
}
