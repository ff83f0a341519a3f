using Ledger.Domain.Facts;
using Ledger.Domain.WarningCases;

namespace Ledger.Host.Demo;

/// <summary>A year of life: 警示案例、典型案例 (plan 3.1.3, 3.4.1e).</summary>
internal static class WarningCasesLife
{
    /// <summary>The facts, those of one stream in the order in which they happened.</summary>
    public static IEnumerable<(Subject Subject, IFact Fact)> Tell(DemoLife life)
    {
        var random = life.Random(32);
        var calendar = life.Calendar;
        var number = 0;
        // Every second loss whose cause is known warns.
        foreach (var (told, index) in RectificationsLife.Of(life).Where(t => t.Primary is not null).Select((t, i) => (t, i)))
        {
            if (index % 2 == 1) continue;
            var selected = calendar.Plus(told.DeterminedOn!.Value, 15);
            if (selected > life.Options.LastDay) continue;
            number++;
            var subject = new Subject(StreamKind.WarningCase, $"{selected.Year}-{number:D2}");
            var typical = number % 3 == 1;
            yield return (subject, new WarningCaseSelected(
                told.Lawsuit.Key, told.Unit, told.Document.CaseNo, WarningCase.WarnsOf(told.Primary!.Value), told.Key, typical, selected));
            // The last one selected is still being anonymised, now and then.
            if (number % 6 == 5) continue;
            var (anonymised, published) = (calendar.Plus(selected, 5), calendar.Plus(selected, 8));
            if (published > life.Options.LastDay) continue;
            yield return (subject, new WarningCaseAnonymised("sifa-jiandu", anonymised, random.NextSha256()));
            List<string> addressees = [.. life.Units.Where((u, i) => u != told.Unit && (i + number) % 4 == 0)];
            var studyBy = calendar.Plus(published, 20);
            yield return (subject, new WarningCasePublished(published, addressees, studyBy));
            for (var i = 0; i < addressees.Count; i++)
                if ((i + number) % 7 is var turn && turn != 3)
                    yield return (subject, new WarningCaseStudied(addressees[i], calendar.Plus(published, turn == 5 ? 24 : 3 + turn), random.Between(8, 60)));
            if (!typical || number % 4 == 3) continue;
            var reported = calendar.Plus(published, 2);
            if (reported > life.Options.LastDay) continue;
            yield return (subject, new TypicalCaseReportedToCity($"舞司〔{reported.Year}〕{20 + number}号", reported));
            yield return (subject, new CityBulletinReceived($"漯司通〔{reported.Year}〕{number}号", calendar.Plus(reported, 25)));
        }
    }
}
