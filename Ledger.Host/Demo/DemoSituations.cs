using Ledger.Domain.Lawsuits;

namespace Ledger.Host.Demo;

/// <summary>
/// The named situations: lawsuits whose course is fixed, so that every rule that is hard to get right has an example. They
/// are part of the yearly numbers and of the quotas.
/// </summary>
internal static class DemoSituations
{
    /// <summary>In a smaller county there is no room for them.</summary>
    public const int SmallestCounty = 100;

    public const string DemolitionSeries = "2022年舞泉镇沿街房屋拆除串案";
    public const string RequisitionSeries = "2024年集体土地征收补偿串案";

    /// <summary>All situations in order of docketing.</summary>
    public static IReadOnlyList<LawsuitPlan> Of(DemoOptions options) =>
        options.Dockets().Sum(d => d.Count) < SmallestCounty
            ? []
            : [.. Series().Concat(AppealsAndRetrials()).Concat(SeveralDefendants()).Concat(RankingOf2023()).Concat(Deadlines()).Concat(Amendments())
                .Where(p => p.DocketedOn.Year >= options.FirstYear && p.DocketedOn.Year <= options.LastYear)
                .OrderBy(p => p.DocketedOn)];

    private static IEnumerable<LawsuitPlan> Series()
    {
        for (var i = 0; i < 5; i++)
            yield return Plan(Day(2022, 3, 7 + i / 2), Day(2022, 6, 15), "wuquan", i < 3 ? Outcome.ConfirmUnlawful : Outcome.WithdrawAfterDefendantChanged)
                with { Series = DemolitionSeries };
        for (var i = 0; i < 4; i++)
            yield return Plan(Day(2024, 3, 11 + i / 2), Day(2024, 6, 20), "ziranziyuan", i < 2 ? Outcome.RevokePart : Outcome.DismissClaims)
                with { Series = RequisitionSeries, LinkedLater = i % 2 == 1, Appeal = AppealResult.None };
    }

    private static IEnumerable<LawsuitPlan> AppealsAndRetrials() =>
    [
        Plan(Day(2022, 2, 14), Day(2022, 5, 18), "beiwudu", Outcome.RevokeAndRedo) with { Appeal = AppealResult.Remand },
        Plan(Day(2023, 3, 13), Day(2023, 6, 19), "ziranziyuan", Outcome.DismissClaims) with { Appeal = AppealResult.Remand },
        Plan(Day(2022, 4, 11), Day(2022, 7, 12), "gongan", Outcome.RevokeAll) with { Appeal = AppealResult.Reverse },
        Plan(Day(2024, 1, 15), Day(2024, 4, 18), "renshe", Outcome.RevokeAndRedo) with { Appeal = AppealResult.Reverse },
        Plan(Day(2022, 5, 9), Day(2022, 8, 10), "ziranziyuan", Outcome.DismissClaims) with { Appeal = AppealResult.Reverse },
        Plan(Day(2024, 4, 15), Day(2024, 7, 17), "chengguan", Outcome.DismissClaims) with { Appeal = AppealResult.Reverse },
        Plan(Day(2022, 1, 17), Day(2022, 4, 20), "renshe", Outcome.DismissClaims) with { Appeal = AppealResult.Affirm, Retried = true },
    ];

    private static IEnumerable<LawsuitPlan> SeveralDefendants() =>
    [
        // The act stands, the reconsideration decision does not: the city government loses, the county does not (SPC18 §136).
        new(Day(2022, 6, 20), new Ending(Day(2022, 11, 3), [("xianzhengfu", Outcome.DismissClaims), (DemoUnits.City, Outcome.ConfirmUnlawful)]))
        {
            Defendants = [new("xianzhengfu", DefendantCapacity.Joint), new(DemoUnits.City, DefendantCapacity.ReconsiderationJoint)],
            Appeal = AppealResult.None,
        },
        new(Day(2023, 7, 10), new Ending(Day(2023, 10, 17), [("wuquan", Outcome.ConfirmUnlawful), ("chengguan", Outcome.ConfirmUnlawful)]))
        {
            Appeal = AppealResult.None,
        },
        new(Day(2024, 5, 13), new Ending(Day(2024, 9, 12), [("houji", Outcome.DismissClaims), ("zhengshou", Outcome.RevokePart)]))
        {
            Defendants = [new("houji", DefendantCapacity.Joint), new("lianhua", DefendantCapacity.Joint)],
            Replaced = ("lianhua", "zhengshou"),
            Appeal = AppealResult.None,
        },
    ];

    // Ranks of 2023: 马村乡 2/2, 开发区 1/1, then 教育局 and 太尉镇 tied at rank 3 with 1/2; in the
    // calibrated county no other unit loses half of its cases.
    private static IEnumerable<LawsuitPlan> RankingOf2023() =>
    [
        Plan(Day(2023, 2, 13), Day(2023, 5, 16), "macun", Outcome.ConfirmUnlawful) with { Appeal = AppealResult.None },
        Plan(Day(2023, 5, 22), Day(2023, 8, 24), "macun", Outcome.RevokeAll) with { Appeal = AppealResult.Affirm },
        Plan(Day(2023, 3, 20), Day(2023, 6, 28), "kaifaqu", Outcome.AgreementLiability) with { Appeal = AppealResult.None },
        Plan(Day(2023, 3, 6), Day(2023, 6, 8), "jiaoyu", Outcome.OrderPerform) with { Appeal = AppealResult.None },
        Plan(Day(2023, 6, 12), Day(2023, 9, 14), "jiaoyu", Outcome.DismissClaims) with { Appeal = AppealResult.None },
        Plan(Day(2023, 4, 10), Day(2023, 7, 13), "taiwei", Outcome.ConfirmUnlawful) with { Appeal = AppealResult.None },
        Plan(Day(2023, 8, 14), Day(2023, 11, 16), "taiwei", Outcome.DismissSuit) with { Appeal = AppealResult.None },
        Plan(Day(2023, 7, 24), Day(2023, 11, 9), DemoUnits.Merged, Outcome.DismissSuit) with { Appeal = AppealResult.None },
    ];

    // Deadlines across make-up workdays (调休), one a year; in brackets the due day.
    private static IEnumerable<LawsuitPlan> Deadlines() =>
    [
        Plan(Day(2022, 9, 26), Day(2022, 12, 6), "shichang", Outcome.DismissClaims)
            with { Materials = (Day(2022, 9, 29), At(2022, 10, 9, 21, 40)) }, // (Sunday 10-09)
        Plan(Day(2023, 9, 25), Day(2023, 12, 7), "shichang", Outcome.WithdrawVoluntary)
            with { Materials = (Day(2023, 9, 27), At(2023, 10, 8, 16, 5)) }, // (Sunday 10-08)
        Plan(Day(2023, 2, 6), Day(2023, 4, 24), "zhujian", Outcome.RevokeAll)
            with { Judgment = (Day(2023, 4, 26), At(2023, 5, 6, 15, 20)), Appeal = AppealResult.None }, // (Saturday 05-06)
        Plan(Day(2024, 2, 5), Day(2024, 5, 9), "gongan", Outcome.DismissClaims)
            with { Materials = (Day(2024, 2, 8), At(2024, 2, 19, 17, 30)) }, // (02-19: New Year's Eve was worked)
        Plan(Day(2025, 9, 26), Day(2025, 12, 4), "wucheng", Outcome.DismissClaims)
            with { Materials = (Day(2025, 9, 30), At(2025, 10, 13, 9, 10)) }, // (Saturday 10-11: one day late)
    ];

    private static IEnumerable<LawsuitPlan> Amendments() =>
    [
        Plan(Day(2023, 4, 17), Day(2023, 7, 20), "jiaotong", Outcome.DismissClaims) with { FilingFoundAt = At(2025, 11, 18, 10, 25) },
        Plan(Day(2023, 1, 9), Day(2023, 3, 30), "gongan", Outcome.DismissClaims)
            with { WrongClosing = (Day(2023, 4, 3), At(2025, 12, 8, 15, 10)), Appeal = AppealResult.None },
        Plan(Day(2023, 8, 7), Day(2023, 10, 26), "minzheng", Outcome.WithdrawVoluntary)
            with { MistakenHearing = (Day(2023, 9, 21), At(2025, 12, 10, 9, 45)) },
    ];

    private static LawsuitPlan Plan(DateOnly docketedOn, DateOnly closedOn, string unit, Outcome outcome) =>
        new(docketedOn, new Ending(closedOn, unit, outcome));

    private static DateOnly Day(int year, int month, int day) => new(year, month, day);

    private static DateTimeOffset At(int year, int month, int day, int hour, int minute) =>
        DemoCalendar.At(new DateOnly(year, month, day), hour, minute);
}
