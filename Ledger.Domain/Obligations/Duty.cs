using System.Text.Json.Serialization;
using Ledger.Domain.Calendar;
using Ledger.Domain.Facts;

namespace Ledger.Domain.Obligations;

/// <summary>Where a duty stands on a day.</summary>
public enum DutyStatus
{
    /// <summary>Not done; not due yet, due today, or without a date.</summary>
    Pending,

    /// <summary>Not done, and the due day is over.</summary>
    Overdue,

    /// <summary>Done on time.</summary>
    Met,

    /// <summary>Done after the due day.</summary>
    MetLate,

    /// <summary>Not done, and no longer possible: a hearing that is over, a case that is closed.</summary>
    Missed,

    /// <summary>Paused: the lawsuit is suspended.</summary>
    Suspended,

    /// <summary>收到情况不明: nothing was recorded where something must have been received, so no clock could start.</summary>
    ReceiptUnknown,
}

/// <summary>The traffic light of an open duty.</summary>
public enum DutyColour
{
    /// <summary>Two or more working days are left.</summary>
    Green,

    /// <summary>One working day is left.</summary>
    Yellow,

    /// <summary>Due today, overdue, missed, or its receipt is unknown.</summary>
    Red,

    /// <summary>Suspended.</summary>
    Grey,
}

/// <summary>A fact that shows that (or how) a duty was done.</summary>
/// <param name="Subject">Its stream.</param>
/// <param name="Fact">Its stable name.</param>
/// <param name="Sequence">Its ledger sequence.</param>
/// <param name="On">Its legal date.</param>
/// <param name="By">Who recorded it.</param>
public sealed record Evidence(string Subject, string Fact, long Sequence, DateOnly? On, string? By)
{
    /// <summary>The evidence that a fact gives.</summary>
    public static Evidence Of(Subject subject, VisibleFact fact) =>
        new(subject.ToString(), EventCatalog.NameOf(fact.Fact), fact.Sequence, fact.Fact.LegalDate, fact.Origin.Actor);
}

/// <summary>
/// One duty under the plan: what, who, due when, and whether it was done. An area of the plan opens it and says when it was
/// done; where it stands on a day is decided here, in one way for all (<see cref="On"/>).
/// </summary>
/// <param name="Kind">What must be done.</param>
/// <param name="OpenedOn">The day from which it exists; the duty is unknown before.</param>
public sealed record Duty(DutyKind Kind, DateOnly OpenedOn)
{
    /// <summary>The clause of the plan.</summary>
    public string Clause => DutyKinds.Of(Kind).Clause;

    /// <summary>Who must do it.</summary>
    public DutyHolder Holder => DutyKinds.Of(Kind).Holder;

    /// <summary>The unit that must do it, or that it is about when the office must; null when it is the whole county.</summary>
    public string? Unit { get; init; }

    /// <summary>The stream that it is about.</summary>
    public string? Subject { get; init; }

    /// <summary>The court instance or document.</summary>
    public string? CaseNo { get; init; }

    /// <summary>The duty, system, measure or item within the subject, by its key.</summary>
    public string? Item { get; init; }

    /// <summary>The year of a yearly duty.</summary>
    public int? Year { get; init; }

    /// <summary>The period of a periodic duty.</summary>
    public string? Period { get; init; }

    /// <summary>The last day, until 24:00 Asia/Shanghai; null where the plan says only "timely".</summary>
    public DateOnly? DueOn { get; init; }

    /// <summary>Whether the due day was computed without the calendar of a year that it needs.</summary>
    public bool Provisional { get; init; }

    /// <summary>The day on which it was done; null while it is not.</summary>
    public DateOnly? MetOn { get; init; }

    /// <summary>Where it stands; what an area sets (<see cref="DutyStatus.Missed"/>, Suspended, ReceiptUnknown) stands while it is not done.</summary>
    public DutyStatus Status { get; init; }

    /// <summary>Working days from the due day to the day on which it was done, or to the day asked about while overdue.</summary>
    public int DaysLate { get; init; }

    /// <summary>The traffic light; null once it is done, and for what has no date.</summary>
    public DutyColour? Colour { get; init; }

    /// <summary>The facts that show it.</summary>
    public IReadOnlyList<Evidence> Evidence { get; init; } = [];

    /// <summary>Whether something is still to be done.</summary>
    [JsonIgnore]
    public bool IsOpen => Status is DutyStatus.Pending or DutyStatus.Overdue or DutyStatus.Suspended or DutyStatus.ReceiptUnknown;

    /// <summary>The duty with a due day.</summary>
    public Duty Due(ComputedDay day) => this with { DueOn = day.Day, Provisional = day.Provisional };

    /// <summary>The duty, done by a fact.</summary>
    public Duty MetBy(Subject subject, VisibleFact fact) => this with
    {
        MetOn = fact.Fact.LegalDate, Evidence = [.. Evidence, Obligations.Evidence.Of(subject, fact)],
    };

    /// <summary>Where it stands on a day.</summary>
    public Duty On(WorkingCalendar calendar, DateOnly asOf)
    {
        if (MetOn is { } met)
            return DueOn < met
                ? this with { Status = DutyStatus.MetLate, DaysLate = calendar.WorkingDaysBetween(DueOn!.Value, met), Colour = null }
                : this with { Status = DutyStatus.Met, Colour = null };
        if (Status == DutyStatus.Suspended) return this with { Colour = DutyColour.Grey };
        if (Status is DutyStatus.ReceiptUnknown or DutyStatus.Missed) return this with { Colour = DutyColour.Red };
        if (DueOn is not { } due) return this with { Status = DutyStatus.Pending };
        if (due < asOf) return this with { Status = DutyStatus.Overdue, DaysLate = calendar.WorkingDaysBetween(due, asOf), Colour = DutyColour.Red };
        return this with
        {
            Status = DutyStatus.Pending,
            Colour = calendar.WorkingDaysBetween(asOf, due) switch { 0 => DutyColour.Red, 1 => DutyColour.Yellow, _ => DutyColour.Green },
        };
    }
}
