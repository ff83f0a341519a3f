using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Obligations;
using Ledger.Domain.Plan;

namespace Ledger.Domain.LawsuitConduct;

/// <summary>What is wrong with how a unit appeared at a hearing (法释〔2020〕3号; 行诉解释 §128).</summary>
public enum AttendanceFlag
{
    /// <summary>仅委托律师出庭: a breach, whatever the excuse.</summary>
    LawyerOnly,

    /// <summary>无人出庭</summary>
    NobodyCame,

    /// <summary>负责人未出庭且无正当理由</summary>
    Unjustified,

    /// <summary>说有正当理由但没有书面说明: the absence is not justified.</summary>
    ExcuseNotWritten,

    /// <summary>书面说明在开庭之后才提交</summary>
    ExcuseLate,

    /// <summary>书面说明未被法院认可</summary>
    ExcuseNotAccepted,

    /// <summary>身份证明不符，视为未出庭</summary>
    IdentityRejected,
}

/// <summary>How a unit appeared at one hearing in open court.</summary>
/// <param name="HeldOn">The day.</param>
/// <param name="By">Who came.</param>
/// <param name="HeadAttended">Whether the head came, of proven identity.</param>
/// <param name="Excused">Whether the head's absence was justified, in writing, and a member of the staff came instead.</param>
/// <param name="Ground">The ground of the written excuse.</param>
/// <param name="Flags">What is wrong.</param>
/// <param name="Evidence">The hearing, the excuse and the rejection.</param>
public sealed record HearingAttendance(
    DateOnly HeldOn, Attendee By, bool HeadAttended, bool Excused, AbsenceGround? Ground, IReadOnlyList<AttendanceFlag> Flags, IReadOnlyList<Evidence> Evidence);

/// <summary>How a unit appeared in one instance: one hearing suffices (法释〔2020〕3号 §7).</summary>
/// <param name="Lawsuit">The lawsuit.</param>
/// <param name="CaseNo">The instance.</param>
/// <param name="Level">Its level; each counts anew.</param>
/// <param name="HeadAttended">Whether the head came to one of the hearings.</param>
/// <param name="Excused">Whether the head's absence from all of them was justified in writing.</param>
/// <param name="Hearings">The hearings in open court.</param>
public sealed record InstanceAttendance(
    string Lawsuit, string CaseNo, InstanceLevel Level, bool HeadAttended, bool Excused, IReadOnlyList<HearingAttendance> Hearings);

/// <summary>A unit's attendance on three bases; the county's where there is no unit (the sum over its units).</summary>
/// <param name="Unit">The unit; null for the county.</param>
/// <param name="Name">Its name; null for the county.</param>
/// <param name="All">Instances to which the head came / all with a hearing in open court.</param>
/// <param name="ExcludingJustified">The same without the instances in which the absence was justified in writing.</param>
/// <param name="Principals">Instances to which the principal came / all.</param>
/// <param name="LawyerOnly">Hearings at which only a lawyer appeared.</param>
/// <param name="Instances">The instances; empty for the county.</param>
public sealed record HeadAttendanceRow(
    string? Unit, string? Name, Ratio All, Ratio ExcludingJustified, Ratio Principals, int LawyerOnly, IReadOnlyList<InstanceAttendance> Instances);

/// <summary>负责人出庭应诉 (plan 3.2.2; 法释〔2020〕3号)</summary>
internal static class HeadAttendance
{
    /// <summary>Whether who came counts as the head: 正职、副职或者参与分管的负责人 (§2).</summary>
    public static bool IsHead(this Attendee attendee) => attendee is Attendee.Principal or Attendee.Deputy or Attendee.HeadInCharge;

    public static IEnumerable<HeadAttendanceRow> Rows(Situation situation, Asked asked)
    {
        var instances = CaseView.All(situation).SelectMany(c => c.Told<HearingHeld>().SelectMany(h => h.Fact.NamedUnits).Distinct(StringComparer.Ordinal)
            .Where(c.IsCounted).SelectMany(u => InstancesOf(c, u, asked.Period).Select(i => (Unit: u, Instance: i)))).ToLookup(i => i.Unit, i => i.Instance, StringComparer.Ordinal);
        var rows = situation.County.CountedUnits.Select(u => u.Key).Where(u => asked.Unit is null || u == asked.Unit)
            .Select(u => Row(u, situation.NameOf(u), [.. instances[u]])).ToList();
        return asked.Unit is not null
            ? rows
            : rows.Append(new HeadAttendanceRow(
                null, null, Sum(r => r.All), Sum(r => r.ExcludingJustified), Sum(r => r.Principals), rows.Sum(r => r.LawyerOnly), []));

        Ratio Sum(Func<HeadAttendanceRow, Ratio> of) => rows.Select(of).Aggregate(new Ratio(0, 0), Ratio.Add);
    }

    /// <summary>A unit's instances with a hearing in open court (in a period).</summary>
    public static IEnumerable<InstanceAttendance> InstancesOf(CaseView view, string unit, Period? period = null)
    {
        var held = view.Told<HearingHeld>().Where(h =>
            h.Fact.OpenCourt && period?.Contains(h.Fact.HeldOn) != false && h.Fact.NamedUnits.Contains(unit, StringComparer.Ordinal));
        foreach (var instance in held.GroupBy(h => h.Fact.CaseNo, StringComparer.Ordinal))
        {
            var hearings = instance.Select(h => Appeared(view, unit, h.Fact, h.Visible)).ToList();
            var attended = hearings.Exists(h => h.HeadAttended);
            yield return new InstanceAttendance(
                view.Lawsuit.Key, instance.Key, view.Lawsuit.Instance(instance.Key)!.Level, attended, !attended && hearings.TrueForAll(h => h.Excused), hearings);
        }
    }

    private static HearingAttendance Appeared(CaseView view, string unit, HearingHeld hearing, VisibleFact visible)
    {
        var came = hearing.Attendances.Where(a => a.Unit == unit).OrderBy(a => a.By).First();
        var rejected = view.Told<HeadIdentityRejected>().FirstOrDefault(r => r.Fact.Unit == unit && r.Fact.CaseNo == hearing.CaseNo && r.Fact.HeldOn == hearing.HeldOn);
        var excuse = view.Told<HeadAbsenceExplained>().FirstOrDefault(e =>
            view.Acts(e.Fact.Unit, unit, DutyKind.HeadAttendance, hearing.CaseNo) && e.Fact.CaseNo == hearing.CaseNo && e.Fact.HeldOn == hearing.HeldOn);
        var attended = came.By.IsHead() && rejected.Fact is null;
        var excused = !attended && came.By == Attendee.StaffOnly && excuse.Fact is not null && came.Absence != Absence.Unjustified;
        return new HearingAttendance(
            hearing.HeldOn, came.By, attended, excused, excuse.Fact?.Ground, attended ? [] : [.. Flags(came, rejected.Fact, excuse.Fact)],
            [.. new[] { visible, excuse.Visible, rejected.Visible }.Where(f => f is not null).Select(f => Evidence.Of(view.Subject, f))]);
    }

    private static IEnumerable<AttendanceFlag> Flags(Attendance came, HeadIdentityRejected? rejected, HeadAbsenceExplained? excuse)
    {
        if (rejected is not null) yield return AttendanceFlag.IdentityRejected;
        if (came.By == Attendee.LawyerOnly) yield return AttendanceFlag.LawyerOnly;
        if (came.By == Attendee.None) yield return AttendanceFlag.NobodyCame;
        if (excuse is not null && came.Absence == Absence.Unjustified) yield return AttendanceFlag.ExcuseNotAccepted;
        else if (excuse is not null && excuse.ExplainedOn > excuse.HeldOn) yield return AttendanceFlag.ExcuseLate;
        else if (excuse is null && came.Absence == Absence.Justified) yield return AttendanceFlag.ExcuseNotWritten;
        else if (excuse is null && rejected is null) yield return AttendanceFlag.Unjustified;
    }

    private static HeadAttendanceRow Row(string unit, string name, IReadOnlyList<InstanceAttendance> instances)
    {
        var (all, attended) = (instances.Count, instances.Count(i => i.HeadAttended));
        return new HeadAttendanceRow(
            unit, name, new Ratio(attended, all), new Ratio(attended, all - instances.Count(i => i.Excused)),
            new Ratio(instances.Count(i => i.Hearings.Any(h => h is { HeadAttended: true, By: Attendee.Principal })), all),
            instances.Sum(i => i.Hearings.Count(h => h.Flags.Contains(AttendanceFlag.LawyerOnly))), instances);
    }
}
