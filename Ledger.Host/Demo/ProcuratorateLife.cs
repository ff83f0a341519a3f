using Ledger.Domain.Facts;
using Ledger.Domain.Procuratorate;

namespace Ledger.Host.Demo;

/// <summary>A year of life: The procuratorate and criminal referral (plan 3.3.4).</summary>
internal static class ProcuratorateLife
{
    private const int Story = 450;

    /// <summary>The facts, those of one stream in the order in which they happened.</summary>
    public static IEnumerable<(Subject Subject, IFact Fact)> Tell(DemoLife life) => Suggestions(life).Concat(Clues(life)).Concat(Checks(life)).Concat(Referrals(life));

    private static Subject Matter(DemoLife life, string what, int number) => new(StreamKind.Procuratorial, $"{what}-{life.Year}-{number}");

    private static DateOnly On(DemoLife life, int month, int day) => life.Calendar.WithinYear(new DateOnly(life.Year, month, day));

    // Replied in time and corrected; replied late; not replied at all; withdrawn; still running.
    private static IEnumerable<(Subject Subject, IFact Fact)> Suggestions(DemoLife life)
    {
        var random = life.Random(Story);
        var number = 0;
        foreach (var (unit, month) in ((string, int)[])[("ziranziyuan", 2), ("huanjing", 3), ("chengguan", 5), ("minzheng", 8), ("shuili", 11)])
        {
            var (matter, document, received) = (Matter(life, "jianyi", ++number), $"舞检建〔{life.Year}〕{number * 3}号", On(life, month, 12));
            var due = received.AddMonths(2);
            yield return (matter, new ProcuratorialSuggestionReceived(unit, document, received, due));
            switch (number)
            {
                case 1:
                    yield return (matter, new ProcuratorialFindingCorrected(unit, "责令恢复耕地原状并补办手续", life.Calendar.Minus(due, 9), random.NextSha256()));
                    yield return (matter, new ProcuratorialReplySubmitted(unit, document, life.Calendar.Minus(due, 4), random.NextSha256()));
                    yield return (matter, new ProcuratorialFollowUpClosed(FollowUpResult.Corrected, life.Calendar.Plus(due, 10)));
                    break;
                case 2:
                    yield return (matter, new ProcuratorialReplySubmitted(unit, document, life.Calendar.Plus(due, 6), random.NextSha256()));
                    yield return (matter, new ProcuratorialFollowUpClosed(FollowUpResult.NotAdopted, life.Calendar.Plus(due, 20)));
                    break;
                case 4:
                    yield return (matter, new ProcuratorialFollowUpClosed(FollowUpResult.Withdrawn, life.Calendar.Plus(received, 15)));
                    break;
                default: break;
            }
        }
    }

    private static IEnumerable<(Subject Subject, IFact Fact)> Clues(DemoLife life)
    {
        var random = life.Random(Story + 1);
        var (received, sent, open) = (Matter(life, "xiansuo", 1), Matter(life, "xiansuo", 2), Matter(life, "xiansuo", 3));
        yield return (received, new ProcuratorialClueTransferred(ClueDirection.FromProcuratorate, "gongan", $"舞检行线〔{life.Year}〕2号", On(life, 3, 18)));
        yield return (received, new ProcuratorialFindingCorrected("gongan", "撤销原处罚决定，重新调查处理", On(life, 4, 22), random.NextSha256()));
        yield return (received, new ProcuratorialFollowUpClosed(FollowUpResult.Corrected, On(life, 5, 12)));
        yield return (sent, new ProcuratorialClueTransferred(ClueDirection.ToProcuratorate, "jiaotong", $"舞司线〔{life.Year}〕1号", On(life, 6, 9)));
        yield return (sent, new ProcuratorialFollowUpClosed(FollowUpResult.NothingToCorrect, On(life, 7, 15)));
        yield return (open, new ProcuratorialClueTransferred(ClueDirection.FromProcuratorate, "chengguan", $"舞检行线〔{life.Year}〕7号", On(life, 10, 27)));
    }

    private static IEnumerable<(Subject Subject, IFact Fact)> Checks(DemoLife life)
    {
        var random = life.Random(Story + 2);
        var number = 0;
        foreach (var unit in (string[])["gongan", "shichang", "jiaotong", "huanjing", "wuquan", "beiwudu"])
            foreach (var month in (int[])[4, 10])
            {
                var sampled = random.Between(15, 40);
                var missing = random.Next(month == 4 ? 8 : 4);
                yield return (Matter(life, "luru", ++number), new CaseInfoEntryChecked(
                    unit, sampled, sampled - missing, missing == 0 ? [] : [new(random.Pick(Enum.GetValues<EntryDefect>()), missing)], On(life, month, random.Between(8, 26))));
            }
    }

    // Accepted; refused; refused and then accepted after review; no answer yet.
    private static IEnumerable<(Subject Subject, IFact Fact)> Referrals(DemoLife life)
    {
        var number = 0;
        foreach (var (unit, month) in ((string, int)[])[("shichang", 3), ("yancao", 5), ("huanjing", 7), ("nongye", 11)])
        {
            var (matter, on) = (Matter(life, "yisong", ++number), On(life, month, 10));
            yield return (matter, new CriminalReferralMade(unit, $"{DemoUnits.NameOf(unit)}立案〔{life.Year}〕{number * 7}号", "县公安局", on));
            if (number == 1) yield return (matter, new CriminalReferralResultRecorded(true, life.Calendar.Plus(on, 5)));
            if (number is 2 or 3) yield return (matter, new CriminalReferralResultRecorded(false, life.Calendar.Plus(on, 6), "现有证据不足以证明有犯罪事实"));
            if (number == 3) yield return (matter, new CriminalReferralResultRecorded(true, life.Calendar.Plus(on, 21)));
        }
    }
}
