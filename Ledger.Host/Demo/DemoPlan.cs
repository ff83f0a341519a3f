using Ledger.Domain.Approvals;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Obligations;
using Ledger.Domain.Units;

namespace Ledger.Host.Demo;

/// <summary>
/// How the plan is carried out in the demo county's last year: a year of life for each area of the plan, told after the
/// lawsuits that it is about.
/// </summary>
internal static class DemoPlan
{
    /// <summary>Beyond so many lawsuits a year a file is for measuring, and the plan is told of the first ones only.</summary>
    public const int MostLawsuits = 200;

    /// <summary>The areas, each with what it tells; the facts of one stream in the order in which they happened.</summary>
    private static readonly IReadOnlyList<Func<DemoLife, IEnumerable<(Subject Subject, IFact Fact)>>> Areas =
    [
        Reference,
        DisputesLife.Tell,
        LawsuitConductLife.Tell,
        RectificationsLife.Tell,
        WarningCasesLife.Tell,
        SupervisionLife.Tell,
        InternalControlLife.Tell,
        OutsideVoicesLife.Tell,
        ProcuratorateLife.Tell,
        AccountabilityLife.Tell,
        PeriodsLife.Tell,
        BulletinsLife.Tell,
        AssessmentsLife.Tell,
        CapacityLife.Tell,
    ];

    /// <summary>Everything told of the plan.</summary>
    public static IEnumerable<Envelope> Tell(DemoLife life)
    {
        var ordinals = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (subject, fact) in Areas.SelectMany(tell => tell(life)))
        {
            var on = fact.LegalDate ?? new DateOnly(life.Options.FirstYear, 3, 20);
            if (on > life.Options.LastDay) continue;
            var name = $"{subject}/{EventCatalog.NameOf(fact)}".Replace('/', '-');
            var ordinal = ordinals[name] = ordinals.GetValueOrDefault(name) + 1;
            // What two persons decided is recorded by the grant, under its id.
            var id = fact is INeedsApproval needs ? Approval.IdOf(needs.Approval) : new FactId(FactLog.Source, $"{name}/{ordinal}");
            yield return new Envelope(id, subject, fact, DemoCalendar.At(on, 17, ordinal % 60));
        }
    }

    private static IEnumerable<(Subject Subject, IFact Fact)> Reference(DemoLife life)
    {
        yield return (
            new Subject(StreamKind.Policy, "wufaban-2023-3"),
            new ActionPlanIssued("舞法办〔2023〕3号", "舞阳县加强行政执法监督推动行政诉讼发案量和败诉率“双下降”行动方案", new DateOnly(2023, 3, 20)));
    }
}

/// <summary>What the areas' stories are told from.</summary>
/// <param name="Options">The county's options.</param>
/// <param name="Calendar">Working days.</param>
/// <param name="Lawsuits">The lawsuits docketed in the last two years, in order of docketing, as all their facts tell them.</param>
internal sealed record DemoLife(DemoOptions Options, DemoCalendar Calendar, IReadOnlyList<Lawsuit> Lawsuits)
{
    /// <summary>The year of life.</summary>
    public int Year => Options.LastYear;

    /// <summary>The keys of the county's own units: townships, departments, stationed agencies.</summary>
    public IReadOnlyList<string> Units { get; } = [.. DemoUnits.All.Where(u => u.Kind is not UnitKind.External).Select(u => u.Unit)];

    /// <summary>Choices of a story, the same in every run.</summary>
    public DemoRandom Random(int story) => DemoRandom.For(Options.Seed, Year, -100_000 - story);

    /// <summary>Every loss of the last two years: the lawsuit, the unit that lost and the document.</summary>
    public IEnumerable<(Lawsuit Lawsuit, string Unit, CourtDocument Document)> Losses =>
        from lawsuit in Lawsuits
        from document in lawsuit.Documents
        from unit in document.Rendered.NamedUnits.Distinct(StringComparer.Ordinal)
        where lawsuit.LostIn(document, unit)
        select (lawsuit, unit, document);
}
