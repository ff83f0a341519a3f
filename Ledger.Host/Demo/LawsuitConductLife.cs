using Ledger.Domain;
using Ledger.Domain.Facts;
using Ledger.Domain.LawsuitConduct;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Obligations;

namespace Ledger.Host.Demo;

/// <summary>A year of life: during the case (plan 3.2.2, 3.2.3c): conferences, attendance, corrections, prompt reporting.</summary>
internal static class LawsuitConductLife
{
    private const string Added = "budongchan";

    private static readonly string[] Reasons = ["法院送达回证记载的收件人有误，实际收到日期待核", "单位首次逾期且已当面说明情况，予以提醒"];

    /// <summary>The facts, those of one stream in the order in which they happened.</summary>
    public static IEnumerable<(Subject Subject, IFact Fact)> Tell(DemoLife life)
    {
        var (lawsuits, unserved) = (life.Lawsuits, Unserved(life));
        for (var i = 0; i < lawsuits.Count; i++)
        {
            var (lawsuit, random, number) = (lawsuits[i], life.Random(2_000 + i), i);
            var facts = Filings(life, lawsuit, random, number).Concat(Hearings(life, lawsuit, random)).Concat(StillRunning(life, lawsuit, random, number))
                .Concat(Suggestions(life, lawsuit, random, number));
            if (lawsuit == unserved) facts = facts.Append(new DefendantAdded(Added, DefendantCapacity.Joint, lawsuit.Docketed!.DocketedOn.AddDays(5)));
            foreach (var fact in facts.OrderBy(f => f.LegalDate)) yield return (Subject.Lawsuit(lawsuit.Key), fact);
        }
    }

    // A case of the year's autumn, still open: a defendant was added, and nobody recorded that anything reached it.
    private static Lawsuit? Unserved(DemoLife life) => life.Lawsuits.FirstOrDefault(l =>
        l.Documents.Count == 0 && l.Docketed!.DocketedOn.Year == life.Year && !l.WasDefendant(Added) && l.Docketed.DocketedOn.AddDays(30) < life.Options.LastDay);

    /// <summary>Filings are accepted within days, now and then returned first; of the overdue ones most are circulated.</summary>
    private static IEnumerable<IFact> Filings(DemoLife life, Lawsuit lawsuit, DemoRandom random, int number)
    {
        foreach (var receipt in lawsuit.MaterialsReceived)
        {
            var (unit, caseNo, due) = (receipt.Unit, receipt.CaseNo, life.Calendar.Plus(receipt.ReceivedOn, 3));
            var filedAt = lawsuit.FilingsOf(ObligationKind.CaseFiling, caseNo, unit).FiledAt(ObligationKind.CaseFiling);
            if (filedAt is { } at)
                foreach (var fact in Reviewed(life, unit, caseNo, ShanghaiTime.DateOf(at), random, number)) yield return fact;
            // Every fifth still waits for the decision whether it is circulated.
            if ((filedAt is { } filed && ShanghaiTime.DateOf(filed) <= due) || random.Chance(20)) continue;
            var circulated = random.Chance(70);
            yield return new OverdueFilingNoticeDecided(
                unit, caseNo, circulated ? NoticeDecision.Notify : NoticeDecision.NotNotified, life.Calendar.Plus(due, random.Between(8, 15)),
                circulated ? null : random.Pick(Reasons), circulated ? random.NextSha256() : null);
        }
    }

    private static IEnumerable<IFact> Reviewed(DemoLife life, string unit, string caseNo, DateOnly filedOn, DemoRandom random, int number)
    {
        var on = life.Calendar.Plus(filedOn, random.Between(1, 3));
        if (number % 7 == 3)
        {
            yield return new CaseFilingReturned(unit, caseNo, on, random.Pick(Enum.GetValues<FilingDefect>()));
            var again = life.Calendar.Plus(on, random.Between(1, 2));
            yield return new CaseFilingSubmitted(unit, caseNo, DemoCalendar.At(again, random.Between(9, 16), random.Next(60)));
            on = life.Calendar.Plus(again, 1);
        }

        if (number % 11 != 5) yield return new CaseFilingAccepted(unit, caseNo, on);
    }

    /// <summary>The court calls the heads; who cannot come says so in writing, mostly.</summary>
    private static IEnumerable<IFact> Hearings(DemoLife life, Lawsuit lawsuit, DemoRandom random)
    {
        foreach (var hearing in lawsuit.Hearings.Where(h => h.OpenCourt))
            foreach (var came in hearing.Attendances.Where(a => a.Unit != DemoUnits.City))
            {
                var opened = lawsuit.Instance(hearing.CaseNo)!.OpenedOn;
                if (random.Chance(50) && life.Calendar.Minus(hearing.HeldOn, 6) is var called && called >= opened)
                    yield return new HeadAttendanceNotified(came.Unit, hearing.CaseNo, hearing.HeldOn, called);
                if (came.Absence == Absence.Justified && random.Chance(80) && life.Calendar.Minus(hearing.HeldOn, random.Between(1, 3)) is var told && told >= opened)
                    yield return new HeadAbsenceExplained(
                        came.Unit, hearing.CaseNo, hearing.HeldOn, random.Chance(80) ? AbsenceGround.IrreplaceableDuty : AbsenceGround.OtherJustified, random.NextSha256(), told);
                if (came.By == Attendee.HeadInCharge && random.Chance(15))
                    yield return new HeadIdentityRejected(came.Unit, hearing.CaseNo, hearing.HeldOn, hearing.HeldOn);
            }
    }

    /// <summary>Cases that are open when the year ends: the act is put right, and the head is called to a hearing of the new year.</summary>
    private static IEnumerable<IFact> StillRunning(DemoLife life, Lawsuit lawsuit, DemoRandom random, int number)
    {
        var (docketed, unit) = (lawsuit.Docketed!, lawsuit.Docketed!.Defendants[0].Unit);
        if (lawsuit.Document(docketed.CaseNo) is not null || unit == DemoUnits.City) yield break;
        var madeOn = life.Calendar.Plus(docketed.DocketedOn, random.Between(15, 25));
        if (number % 3 == 0)
        {
            yield return new SelfCorrectionMade(unit, madeOn, random.Pick(Enum.GetValues<SelfCorrectionKind>()));
            if (number % 2 == 0) yield return new CourtInformedOfChange(unit, madeOn, life.Calendar.Plus(madeOn, random.Between(1, 4)), random.NextSha256());
        }

        if (number % 3 == 1 && life.Calendar.Minus(life.Options.LastDay, 2) is var called && called >= docketed.DocketedOn)
            yield return new HeadAttendanceNotified(unit, docketed.CaseNo, life.Calendar.Plus(life.Options.LastDay, random.Between(1, 8)), called);
    }

    /// <summary>Suggestions of the court after losses and after hearings to which only a lawyer came; replied to in time, late, or not yet.</summary>
    private static IEnumerable<IFact> Suggestions(DemoLife life, Lawsuit lawsuit, DemoRandom random, int number)
    {
        var lonely = lawsuit.Hearings.SelectMany(h => h.Attendances.Where(a => a.By == Attendee.LawyerOnly).Select(a => (a.Unit, On: h.HeldOn, Matter: SuggestionMatter.HeadAbsence)));
        var lost = lawsuit.Documents.SelectMany(d => d.Rendered.NamedUnits.Distinct(StringComparer.Ordinal).Where(u => lawsuit.LostIn(d, u))
            .Select(u => (Unit: u, On: d.Rendered.ClosedOn, Matter: number % 2 == 0 ? SuggestionMatter.NormativeDocument : SuggestionMatter.EnforcementConduct)));
        var ordinal = 0;
        foreach (var (unit, on, matter) in lonely.Concat(lost).Where(s => s.Unit != DemoUnits.City).Take(2))
        {
            var (no, receivedOn) = ($"（{on.Year}）豫1121司建{number + 1}-{++ordinal}号", life.Calendar.Plus(on, random.Between(5, 12)));
            yield return new JudicialSuggestionReceived(unit, no, receivedOn, matter, matter == SuggestionMatter.NormativeDocument ? null : life.Calendar.Plus(receivedOn, 30));
            if (number % 4 != 3)
                yield return new JudicialSuggestionReplied(
                    unit, no, receivedOn.AddDays(number % 5 == 0 ? 75 : 35), random.Pick(Enum.GetValues<SuggestionResult>()), random.NextSha256());
        }
    }
}
