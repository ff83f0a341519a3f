using Ledger.Domain.Facts;
using Ledger.Domain.Obligations;
using Ledger.Domain.Plan;

namespace Ledger.Domain.Redactions;

/// <summary>Where a redaction stands.</summary>
public enum RedactionStatus
{
    /// <summary>Decided; the data are still there, or are being taken away.</summary>
    Decided,

    /// <summary>Carried out.</summary>
    CarriedOut,
}

/// <summary>A redaction in a list.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="About">The stream of the fact.</param>
/// <param name="Source">Who had sent the fact.</param>
/// <param name="Id">Under which id.</param>
/// <param name="Members">The members of its data.</param>
/// <param name="Reason">Why.</param>
/// <param name="LegalGround">The rule of law.</param>
/// <param name="DecidedOn">When it was decided.</param>
/// <param name="Approval">The approval by the second person.</param>
/// <param name="CarriedOutOn">When it was carried out.</param>
/// <param name="CarriedOutBy">By whom.</param>
/// <param name="Evidence">The sealed facts.</param>
public sealed record RedactionRow(
    string Key, RedactionStatus Status, string About, string Source, string Id, IReadOnlyList<string> Members, string Reason, string LegalGround,
    DateOnly DecidedOn, string Approval, DateOnly? CarriedOutOn, string? CarriedOutBy, IReadOnlyList<Evidence> Evidence);

/// <summary>个人信息删除: personal data that are no longer kept.</summary>
public static class RedactionArea
{
    /// <summary>The area.</summary>
    public static Area Area { get; } = new("Redactions")
    {
        Facts =
        [
            CatalogEntry.Of<PersonalDataRedacted>("PersonalDataRedacted", "决定删除个人信息", StreamKind.Redaction, Recorder.Office),
            CatalogEntry.Of<RedactionCarriedOut>("RedactionCarriedOut", "删除个人信息", StreamKind.Redaction, Recorder.Ledger),
        ],
        States = [(StreamKind.Redaction, key => new Redaction(key))],
        Refusals = new Dictionary<string, (string, string)>(StringComparer.Ordinal)
        {
            [Codes.RedactionUnfounded] = ("删除个人信息须写明成员、理由和法律依据", "a redaction names the members, the reason and the legal ground"),
            [Codes.RedactionNotPersonal] = ("“{1}”的“{0}”不是个人信息，不能删除", "'{0}' of '{1}' holds no personal data and cannot be redacted"),
            [Codes.RedactionNotDecided] = ("没有经两人决定的“{0}”", "there is no '{0}' that two persons have decided"),
            [Codes.RedactionFactNotFound] = ("“{0}”中没有事实“{1}”", "there is no fact '{1}' in '{0}'"),
            [Codes.RedactionDiffers] = ("“{0}”与封存内容不符，不能删除：请先核查（ledger audit）", "'{0}' is not what was sealed and is not redacted: audit the ledger first"),
            [Codes.RedactionNotSealed] = ("删除尚未封存：请在封存后再次执行", "the redaction is not sealed yet: run this again when it is"),
            [Codes.RedactionAlreadyCarriedOut] = ("“{0}”已经执行", "'{0}' has been carried out already"),
        },
        Questions =
        [
            Question.Of("redactions", "决定删除的个人信息及其执行情况", "personal data that are no longer kept, and whether they are gone", Audience.Office, (s, asked) =>
                from stream in s.Streams(StreamKind.Redaction)
                let redaction = Redaction.Fold(stream.Subject.Key, stream.Facts)
                let f = redaction.Decided
                let status = redaction.CarriedOut is null ? RedactionStatus.Decided : RedactionStatus.CarriedOut
                where f is not null && (asked.Status is null || status.ToString() == asked.Status) && (asked.Key is null || stream.Subject.Key == asked.Key)
                select new RedactionRow(
                    stream.Subject.Key, status, f.About, f.Fact.Source, f.Fact.Id, f.Members, f.Reason, f.LegalGround, f.DecidedOn, f.Approval,
                    redaction.CarriedOut?.CarriedOutOn, redaction.CarriedOut?.CarriedOutBy, [.. stream.Facts.Select(v => Evidence.Of(stream.Subject, v))]),
                Parameters.Status | Parameters.Key),
        ],
        Labels = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["key"] = "编号", ["status"] = "状态", ["about"] = "对象", ["source"] = "来源", ["id"] = "来源编号", ["members"] = "成员", ["reason"] = "理由",
            ["legalGround"] = "法律依据", ["decidedOn"] = "决定日", ["approval"] = "审批", ["carriedOutOn"] = "执行日", ["carriedOutBy"] = "执行人",
            ["evidence"] = "凭据", ["Decided"] = "已决定", ["CarriedOut"] = "已执行",
        },
    };
}
