using Ledger.Domain.Facts;

namespace Ledger.Projections.Store;

#pragma warning disable CA1812, MA0036, CA1052 // Names for the store: no instance is ever made.
/// <summary>The type of the streams <c>unit/{unit}</c>.</summary>
public sealed class UnitHistory;

/// <summary>The type of the streams <c>lawsuit/{key}</c>.</summary>
public sealed class LawsuitHistory;

/// <summary>The type of the streams <c>policy/{id}</c>.</summary>
public sealed class PolicyHistory;

/// <summary>The type of the streams <c>calendar/{year}</c>.</summary>
public sealed class CalendarHistory;

/// <summary>The type of the streams <c>benchmark/{period}</c>.</summary>
public sealed class BenchmarkHistory;

/// <summary>The type of the streams <c>dispute/{key}</c>.</summary>
public sealed class DisputeHistory;

/// <summary>The type of the streams <c>rectification/{key}</c>.</summary>
public sealed class RectificationHistory;

/// <summary>The type of the streams <c>supervision/{key}</c>.</summary>
public sealed class SupervisionHistory;

/// <summary>The type of the streams <c>accountability/{key}</c>.</summary>
public sealed class AccountabilityHistory;

/// <summary>The type of the streams <c>complaint/{key}</c>.</summary>
public sealed class ComplaintHistory;

/// <summary>The type of the streams <c>hotspot/{key}</c>.</summary>
public sealed class HotspotHistory;

/// <summary>The type of the streams <c>warningcase/{key}</c>.</summary>
public sealed class WarningCaseHistory;

/// <summary>The type of the streams <c>procuratorial/{key}</c>.</summary>
public sealed class ProcuratorialHistory;

/// <summary>The type of the streams <c>training/{key}</c>.</summary>
public sealed class TrainingHistory;

/// <summary>The type of the streams <c>staffing/{unit}</c>.</summary>
public sealed class StaffingHistory;

/// <summary>The type of the streams <c>supervisor/{key}</c>.</summary>
public sealed class SupervisorHistory;

/// <summary>The type of the streams <c>period/{period}</c>.</summary>
public sealed class PeriodHistory;

/// <summary>The type of the streams <c>bulletin/{key}</c>.</summary>
public sealed class BulletinHistory;

/// <summary>The type of the streams <c>assessment/{unit}-{year}</c>.</summary>
public sealed class AssessmentHistory;

/// <summary>The type of the streams <c>approval/{key}</c>.</summary>
public sealed class ApprovalHistory;

/// <summary>The type of the streams <c>export/{key}</c>.</summary>
public sealed class ExportHistory;

/// <summary>The type of the streams <c>redaction/{key}</c>.</summary>
public sealed class RedactionHistory;
#pragma warning restore CA1812, MA0036, CA1052

/// <summary>
/// The type that the store declares for each kind of stream, so that no fact lands in a stream of no kind. Nothing is folded
/// into these: rules decide on the recorded facts themselves (<see cref="StreamAdmission"/>).
/// </summary>
public static class StreamHistories
{
    /// <summary>The type of a kind's streams.</summary>
    public static Type TypeOf(StreamKind kind) => kind switch
    {
        StreamKind.Unit => typeof(UnitHistory),
        StreamKind.Lawsuit => typeof(LawsuitHistory),
        StreamKind.Policy => typeof(PolicyHistory),
        StreamKind.Calendar => typeof(CalendarHistory),
        StreamKind.Benchmark => typeof(BenchmarkHistory),
        StreamKind.Dispute => typeof(DisputeHistory),
        StreamKind.Rectification => typeof(RectificationHistory),
        StreamKind.Supervision => typeof(SupervisionHistory),
        StreamKind.Accountability => typeof(AccountabilityHistory),
        StreamKind.Complaint => typeof(ComplaintHistory),
        StreamKind.Hotspot => typeof(HotspotHistory),
        StreamKind.WarningCase => typeof(WarningCaseHistory),
        StreamKind.Procuratorial => typeof(ProcuratorialHistory),
        StreamKind.Training => typeof(TrainingHistory),
        StreamKind.Staffing => typeof(StaffingHistory),
        StreamKind.Supervisor => typeof(SupervisorHistory),
        StreamKind.Period => typeof(PeriodHistory),
        StreamKind.Bulletin => typeof(BulletinHistory),
        StreamKind.Assessment => typeof(AssessmentHistory),
        StreamKind.Approval => typeof(ApprovalHistory),
        StreamKind.Export => typeof(ExportHistory),
        StreamKind.Redaction => typeof(RedactionHistory),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
