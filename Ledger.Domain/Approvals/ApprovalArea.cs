using Ledger.Domain.Facts;
using Ledger.Domain.Plan;

namespace Ledger.Domain.Approvals;

/// <summary>An approval in a list.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="About">The stream that the fact is about.</param>
/// <param name="Fact">The fact that is asked for.</param>
/// <param name="RequestedBy">Who asked.</param>
/// <param name="RequestedOn">When.</param>
/// <param name="Reason">Why.</param>
/// <param name="DecidedBy">Who decided.</param>
/// <param name="DecidedOn">When.</param>
/// <param name="Recorded">Whether the approved fact is in the ledger.</param>
public sealed record ApprovalRow(
    string Key, ApprovalStatus Status, string About, string Fact, string RequestedBy, DateOnly RequestedOn, string Reason,
    string? DecidedBy, DateOnly? DecidedOn, bool Recorded);

/// <summary>双人审批: commands that need a second person.</summary>
public static class ApprovalArea
{
    /// <summary>The area.</summary>
    public static Area Area { get; } = new("Approvals")
    {
        Facts =
        [
            CatalogEntry.Of<ApprovalRequested>("ApprovalRequested", "申请审批", StreamKind.Approval, Recorder.Office),
            CatalogEntry.Of<ApprovalGranted>("ApprovalGranted", "批准", StreamKind.Approval, Recorder.Approver),
            CatalogEntry.Of<ApprovalRefused>("ApprovalRefused", "不予批准", StreamKind.Approval, Recorder.Approver),
        ],
        States = [(StreamKind.Approval, key => new Approval(key))],
        Refusals = new Dictionary<string, (string, string)>(StringComparer.Ordinal)
        {
            [Codes.ApprovalMissing] = ("“{0}”须先经审批，审批“{1}”尚未批准", "'{0}' needs an approval, and the approval '{1}' has not been granted"),
            [Codes.ApprovalOtherContent] = ("审批“{0}”批准的不是这一内容", "the approval '{0}' was granted for something else"),
            [Codes.ApprovalOtherKey] = ("所申请的事实须写明审批“{0}”，而不是“{1}”", "the fact asked for must name the approval '{0}', not '{1}'"),
            [Codes.ApprovalNotNeeded] = ("“{0}”不需要审批", "'{0}' needs no approval"),
            [Codes.ApprovalAlreadyDecided] = ("审批“{0}”已有决定", "the approval '{0}' has been decided already"),
            [Codes.ApprovalSamePerson] = ("申请人“{0}”不能审批自己的申请", "the person who asked ('{0}') cannot decide"),
            [Codes.ApprovalNotImportable] = ("须两人办理的事项不能经文件导入，须本人登录申请和审批", "what needs two persons is asked for and decided in person, not imported"),
        },
        Questions =
        [
            Question.Of("approvals", "审批事项及其状态", "approvals and where they stand", Audience.Office, (s, asked) => Rows(s).Where(r =>
                (asked.Status is null || r.Status.ToString() == asked.Status) && (asked.Key is null || r.Key == asked.Key)), Parameters.Status | Parameters.Key),
        ],
        Labels = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["key"] = "编号", ["about"] = "对象", ["fact"] = "事实", ["requestedBy"] = "申请人", ["requestedOn"] = "申请日", ["reason"] = "理由",
            ["decidedBy"] = "审批人", ["decidedOn"] = "审批日", ["recorded"] = "已入账",
        },
    };

    private static IEnumerable<ApprovalRow> Rows(Situation situation) =>
        from stream in situation.Streams(StreamKind.Approval)
        let approval = Approval.Fold(stream.Subject.Key, stream.Facts)
        let requested = approval.Requested
        where requested is not null
        select new ApprovalRow(
            stream.Subject.Key, approval.Status, requested.About, requested.Fact, requested.RequestedBy, requested.RequestedOn, requested.Reason,
            approval.Granted?.GrantedBy ?? approval.Refused?.RefusedBy, approval.Granted?.GrantedOn ?? approval.Refused?.RefusedOn,
            Subject.TryParse(requested.About, out var about) && situation.Everything.Holds(about, Approval.IdOf(stream.Subject.Key)));
}
