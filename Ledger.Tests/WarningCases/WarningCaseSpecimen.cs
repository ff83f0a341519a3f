using System.Text.Json;
using Ledger.Domain.Facts;
using Ledger.Domain.Plan;
using Ledger.Domain.Rectifications;
using Ledger.Domain.WarningCases;
using Ledger.Tests.Infrastructure;
using Ledger.Tests.Rectifications;

namespace Ledger.Tests.WarningCases;

/// <summary>The area's specimen.</summary>
public sealed class WarningCaseSpecimen : AreaSpecimen
{
    private const string Reading = "Clerk Supervisor Auditor Inspector Approver Admin";

    public override Area Area => WarningCaseArea.Area;

    public override IReadOnlyDictionary<string, string> Recorders { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["WarningCaseSelected"] = "Supervisor", ["WarningCaseAnonymised"] = "Supervisor", ["WarningCasePublished"] = "Supervisor",
        ["WarningCaseStudied"] = "Clerk Supervisor", ["TypicalCaseReportedToCity"] = "Supervisor", ["CityBulletinReceived"] = "Supervisor",
    };

    public override IReadOnlyDictionary<string, string> Askers { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["warning-cases"] = Reading, ["study-coverage"] = Reading, ["city-reports"] = "Supervisor Auditor Inspector Approver Admin",
    };

    public override (Subject Subject, IFact Fact)? Next(IRandomTeller teller)
    {
        var subject = new Subject(StreamKind.WarningCase, "w" + teller.Next(2));
        var warning = WarningCase.Fold(subject.Key, teller.Ledger.Of(subject));
        return warning.Selected is { } selected ? (subject, Fact(teller, warning, selected)) : Selection(teller, subject);
    }

    // Of a loss whose cause is known; where there is none, one comes about.
    private static (Subject Subject, IFact Fact) Selection(IRandomTeller teller, Subject subject)
    {
        var known = teller.Ledger.Of(StreamKind.Rectification).Select(r => Rectification.Fold(r.Key, r.Facts)).Where(r => r is { Opened: not null, Cause: not null }).ToList();
        if (known.Count == 0) return RectificationSpecimen.One(teller, "r0");
        var rectification = teller.One(known);
        var opened = rectification.Opened!;
        return (subject, new WarningCaseSelected(
            opened.Lawsuit, opened.Unit, opened.CaseNo, WarningCase.WarnsOf(rectification.Cause!.Primary), rectification.Stream.Key, !teller.Rarely(3),
            teller.Day(rectification.Cause.DeterminedOn, 20)));
    }

    private static IFact Fact(IRandomTeller teller, WarningCase warning, WarningCaseSelected selected)
    {
        if (warning.AnonymisedBy is not { } anonymised || teller.Rarely(9)) return new WarningCaseAnonymised("脱敏人", teller.Day(selected.SelectedOn, 10), new string('c', 64));
        if (teller.Rarely(4))
            return warning.ReportedBy is { } reported
                ? new CityBulletinReceived("漯司通〔2023〕6号", teller.Day(reported.Fact.LegalDate, 40))
                : new TypicalCaseReportedToCity("舞司〔2023〕18号", teller.Day(selected.SelectedOn, 20));
        if (warning.Published is { } published) return new WarningCaseStudied(teller.One(published.Addressees), teller.Day(published.PublishedOn, 50), 1 + teller.Next(40));
        var on = teller.Day(anonymised.Fact.LegalDate, 20);
        return new WarningCasePublished(on, [.. new[] { teller.Unit(), teller.Unit() }.Distinct()], teller.Rarely(2) ? on.AddDays(30) : null);
    }

    public override IReadOnlyDictionary<string, JsonElement> Set(IFact fact, IRandomTeller teller) => fact switch
    {
        WarningCaseStudied => new Dictionary<string, JsonElement> { ["participants"] = Value(1 + teller.Next(40)) },
        WarningCaseSelected f => new Dictionary<string, JsonElement> { ["typical"] = Value(!f.Typical) },
        WarningCaseAnonymised => new Dictionary<string, JsonElement> { ["document"] = Value(new string('d', 64)) },
        _ => base.Set(fact, teller),
    };
}
