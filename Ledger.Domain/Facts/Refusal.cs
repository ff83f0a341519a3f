using System.Collections.Frozen;
using System.Globalization;

namespace Ledger.Domain.Facts;

/// <summary>Why the ledger does not admit something: a value, not an exception.</summary>
/// <param name="Code">Stable code (facts.md §3); clients may rely on it.</param>
/// <param name="Chinese">The reason with the offending values, for people.</param>
/// <param name="English">The same in English.</param>
public sealed record Refusal(string Code, string Chinese, string English)
{
    /// <summary>Both languages in one line, Chinese first.</summary>
    public string Message => $"{Chinese} / {English}";

    /// <summary>The refusal of a code, its text filled with the offending values.</summary>
    /// <param name="code">One of <see cref="Codes"/>.</param>
    /// <param name="values">What the code's text names, in its order.</param>
    public static Refusal Of(string code, params object?[] values)
    {
        var (chinese, english) = RefusalTexts.All[code];
        return new Refusal(
            code,
            Storable(string.Format(CultureInfo.InvariantCulture, chinese, values)),
            Storable(string.Format(CultureInfo.InvariantCulture, english, values)));
    }

    /// <summary>A date before the earliest that it can have (<see cref="Codes.DateOutOfOrder"/>).</summary>
    /// <param name="date">The date.</param>
    /// <param name="earliest">The earliest.</param>
    /// <param name="of">What gives the earliest: the name of a fact, or words.</param>
    public static Refusal OutOfOrder(DateOnly date, DateOnly earliest, string of) => Of(Codes.DateOutOfOrder, date.ToString("O"), earliest.ToString("O"), of);

    // A sender's text may hold what PostgreSQL cannot keep; the reason is told all the same.
    private static string Storable(string text) => text.Replace('\0', '\uFFFD');
}

/// <summary>The stable refusal codes, in the order in which they apply (facts.md §3).</summary>
public static partial class Codes
{
#pragma warning disable CS1591 // Each code's meaning is its text in RefusalTexts and its row in facts.md §3.
    public const string Malformed = "import.malformed";
    public const string UnknownType = "import.unknown-type";
    public const string WrongStream = "import.wrong-stream";
    public const string UnknownMember = "import.unknown-member";
    public const string MissingMember = "import.missing-member";
    public const string InvalidValue = "import.invalid-value";
    public const string Conflict = "import.conflict";
    public const string DependsOnRefused = "import.depends-on-refused";
    public const string ImportInProgress = "import.in-progress";
    public const string InFuture = "date.in-future";
    public const string UnitNotFound = "unit.not-found";
    public const string UnitAlreadyRegistered = "unit.already-registered";
    public const string UnitAlreadyMerged = "unit.already-merged";
    public const string LawsuitNotFound = "lawsuit.not-found";
    public const string LawsuitAlreadyDocketed = "lawsuit.already-docketed";
    public const string UnknownUnit = "lawsuit.unknown-unit";
    public const string CaseNumberInvalid = "lawsuit.case-number-invalid";
    public const string CaseNumberTaken = "lawsuit.case-number-taken";
    public const string CaseNumberUnknown = "lawsuit.case-number-unknown";
    public const string DefendantAlreadyNamed = "defendant.already-named";
    public const string DefendantNotNamed = "defendant.not-named";
    public const string JudgmentAlreadyRendered = "judgment.already-rendered";
    public const string JudgmentLevelMismatch = "judgment.level-mismatch";
    public const string JudgmentBeforeOpened = "judgment.before-opened";
    public const string JudgmentMissingDisposition = "judgment.missing-disposition";
    public const string JudgmentNotADefendant = "judgment.not-a-defendant";
    public const string JudgmentDuplicateDisposition = "judgment.duplicate-disposition";
    public const string JudgmentOutcomeNotAtLevel = "judgment.outcome-not-at-level";
    public const string JudgmentNotRendered = "judgment.not-rendered";
    public const string JudgmentReceivedBeforeRendered = "judgment.received-before-rendered";
    public const string EffectiveBeforeRendered = "effective.before-rendered";
    public const string AppealBeforeRendered = "appeal.before-rendered";
    public const string ReceiptBeforeDocketed = "receipt.before-docketed";
    public const string ReceiptAlreadyRecorded = "receipt.already-recorded";
    public const string FilingBeforeReceipt = "filing.before-receipt";
    public const string FilingNotALoss = "filing.not-a-loss";
    public const string SeriesAlreadyLinked = "series.already-linked";
    public const string FactNotFound = "fact.not-found";
    public const string FactUnknownMember = "fact.unknown-member";
    public const string FactNotCorrectable = "fact.not-correctable";
    public const string FactInvalidHistory = "fact.invalid-history";
    public const string PolicyNotFound = "policy.not-found";
    public const string PolicyAlreadyAdopted = "policy.already-adopted";
    public const string CalendarInvalid = "calendar.invalid";
    public const string QueryInvalid = "query.invalid";
    public const string BenchmarkBasisDiffers = "benchmark.basis-differs";
    public const string BenchmarkNotFound = "benchmark.not-found";
    public const string StreamConflict = "stream.version-conflict";
    public const string SubjectNotFound = "subject.not-found";
    public const string UnitForbidden = "unit.forbidden";
    public const string AnswerWithheld = "answer.withheld";
    public const string SubjectAlreadyOpened = "subject.already-opened";
    public const string FactNotReproducible = "fact.not-reproducible";
    public const string ActorNotCaller = "actor.not-caller";
    public const string DateOutOfOrder = "date.out-of-order";
#pragma warning restore CS1591
}

/// <summary>The text of each refusal; the placeholders are the offending values.</summary>
public static class RefusalTexts
{
    /// <summary>Chinese and English text by code.</summary>
    public static IReadOnlyDictionary<string, (string Chinese, string English)> All => Merged.Value;

    private static readonly Dictionary<string, (string Chinese, string English)> Spine =
        new Dictionary<string, (string, string)>(StringComparer.Ordinal)
        {
            [Codes.Malformed] = ("本行不是合格的 CloudEvents 1.0 事件：{0}", "the line is not a CloudEvents 1.0 event: {0}"),
            [Codes.UnknownType] = ("没有名为“{0}”的事实类型", "there is no fact named '{0}'"),
            [Codes.WrongStream] = ("事实“{0}”不属于“{1}”", "the fact '{0}' does not belong to '{1}'"),
            [Codes.UnknownMember] = ("“{0}”没有成员“{1}”", "'{0}' has no member '{1}'"),
            [Codes.MissingMember] = ("“{0}”缺少成员“{1}”", "'{0}' lacks the member '{1}'"),
            [Codes.InvalidValue] = ("成员“{0}”的值不合格：{1}", "the member '{0}' has an invalid value: {1}"),
            [Codes.Conflict] = ("同一来源和编号（{0}）已有内容不同的事实", "the same source and id ({0}) already stand for other content"),
            [Codes.DependsOnRefused] = ("本行依赖被拒绝的第 {0} 行", "the line needs line {0}, which is refused"),
            [Codes.ImportInProgress] = ("“{0}”正由一次导入写入，请稍后再试", "an import is writing '{0}'; try again when it has finished"),
            [Codes.InFuture] = ("日期 {0} 晚于今天（{1}）", "the date {0} is later than today ({1})"),
            [Codes.UnitNotFound] = ("单位“{0}”未登记", "the unit '{0}' is not registered"),
            [Codes.UnitAlreadyRegistered] = ("单位“{0}”已经登记", "the unit '{0}' is registered already"),
            [Codes.UnitAlreadyMerged] = ("单位“{0}”已经并入“{1}”", "the unit '{0}' has been merged into '{1}' already"),
            [Codes.LawsuitNotFound] = ("案件“{0}”尚未立案", "the lawsuit '{0}' has not been docketed"),
            [Codes.LawsuitAlreadyDocketed] = ("案件“{0}”已经立案", "the lawsuit '{0}' has been docketed already"),
            [Codes.UnknownUnit] = ("单位“{0}”未登记", "the unit '{0}' is not registered"),
            [Codes.CaseNumberInvalid] = ("案号“{0}”格式不对，应如（2023）豫1121行初12号", "the case number '{0}' is not of the form （2023）豫1121行初12号"),
            [Codes.CaseNumberTaken] = ("案号“{0}”已属于“{1}”", "the case number '{0}' belongs to '{1}' already"),
            [Codes.CaseNumberUnknown] = ("案号“{0}”不是案件“{1}”的审级", "the case number '{0}' is not an instance of the lawsuit '{1}'"),
            [Codes.DefendantAlreadyNamed] = ("单位“{0}”已是被告", "the unit '{0}' is a defendant already"),
            [Codes.DefendantNotNamed] = ("单位“{0}”不是本案被告", "the unit '{0}' has never been a defendant of this lawsuit"),
            [Codes.JudgmentAlreadyRendered] = ("案号“{0}”已有裁判文书", "the case number '{0}' has its document already"),
            [Codes.JudgmentLevelMismatch] = ("案号“{0}”的审级是 {1}，不是 {2}", "the instance '{0}' is at level {1}, not {2}"),
            [Codes.JudgmentBeforeOpened] = ("结案日 {0} 早于立案日 {1}", "closed on {0}, before the instance was opened on {1}"),
            [Codes.JudgmentMissingDisposition] = ("被告“{0}”没有裁判结果", "the defendant '{0}' has no disposition"),
            [Codes.JudgmentNotADefendant] = ("单位“{0}”不是被告，不能有裁判结果", "the unit '{0}' has never been a defendant and can have no disposition"),
            [Codes.JudgmentDuplicateDisposition] = ("单位“{0}”的裁判结果 {1} 重复", "the disposition {1} of the unit '{0}' is given twice"),
            [Codes.JudgmentOutcomeNotAtLevel] = ("裁判结果 {0} 不能出现在一审", "the outcome {0} cannot stand in a first-instance document"),
            [Codes.JudgmentNotRendered] = ("案号“{0}”尚无裁判文书", "there is no document with the case number '{0}' yet"),
            [Codes.JudgmentReceivedBeforeRendered] = ("收到日 {0} 早于结案日 {1}", "received on {0}, before it was rendered on {1}"),
            [Codes.EffectiveBeforeRendered] = ("生效日 {0} 早于结案日 {1}", "effective on {0}, before it was rendered on {1}"),
            [Codes.AppealBeforeRendered] = ("上诉日 {0} 早于结案日 {1}", "appealed on {0}, before it was rendered on {1}"),
            [Codes.ReceiptBeforeDocketed] = ("收到日 {0} 早于立案日 {1}", "received on {0}, before the lawsuit was docketed on {1}"),
            [Codes.ReceiptAlreadyRecorded] = ("单位“{0}”对案号“{1}”的收到日已记为 {2}", "the unit '{0}' has recorded its receipt for '{1}' already, on {2}"),
            [Codes.FilingBeforeReceipt] = ("报备日 {0} 早于收到日 {1}", "filed on {0}, before the receipt on {1}"),
            [Codes.FilingNotALoss] = ("案号“{1}”的文书没有使单位“{0}”败诉，无须败诉报备", "the document '{1}' opens no loss filing for the unit '{0}'"),
            [Codes.SeriesAlreadyLinked] = ("案件已在串案“{0}”中", "the lawsuit is in the series '{0}' already"),
            [Codes.FactNotFound] = ("本流没有事实“{0}”，或已撤回", "this stream holds no fact '{0}', or it is retracted"),
            [Codes.FactUnknownMember] = ("“{0}”没有成员“{1}”", "'{0}' has no member '{1}'"),
            [Codes.FactNotCorrectable] = ("“{0}”不能更正或撤回", "'{0}' can not be corrected or retracted"),
            [Codes.FactInvalidHistory] = ("更正后，事实“{0}”将违反规则 {1}：{2}", "with this, the fact '{0}' would break the rule {1}: {3}"),
            [Codes.PolicyNotFound] = ("没有统计口径“{0}”", "there is no counting policy '{0}'"),
            [Codes.PolicyAlreadyAdopted] = ("统计口径“{0}”已经确定", "the counting policy '{0}' has been adopted already"),
            [Codes.CalendarInvalid] = ("节假日安排不合格：{0} {1}", "the calendar is invalid: {0} {2}"),
            [Codes.QueryInvalid] = ("查询参数“{0}”不合格：{1}", "the query parameter '{0}' is invalid: {1}"),
            [Codes.BenchmarkBasisDiffers] = ("全省平均值的口径（{0}）与本县口径（{1}）不同，不能比较", "the province's figure has the basis {0}, ours {1}: they cannot be compared"),
            [Codes.BenchmarkNotFound] = ("{0} 没有 {1} 的全省平均值", "no provincial figure of {1} is recorded for {0}"),
            [Codes.StreamConflict] = ("“{0}”同时被他人写入，现为第 {1} 版，请重读后再试", "'{0}' was written by someone else meanwhile and is at version {1}; read it again and retry"),
            [Codes.SubjectNotFound] = ("没有“{0}”", "there is no '{0}'"),
            [Codes.UnitForbidden] = ("只能为本单位（{0}）办理", "you may only act for your own unit ({0})"),
            [Codes.SubjectAlreadyOpened] = ("“{0}”已经登记", "'{0}' has been opened already"),
            [Codes.FactNotReproducible] = ("所报内容与账本在位置 {0} 的计算结果不一致：{1}", "what is stated is not what the ledger counts at position {0}: {1}"),
            [Codes.ActorNotCaller] = ("“{0}”须为登录人本人（{1}）", "'{0}' must be the authenticated person ({1})"),
            [Codes.DateOutOfOrder] = ("日期 {0} 不能早于 {1}（{2}）", "the date {0} may not be earlier than {1} ({2})"),
            [Codes.AnswerWithheld] = ("投影“{0}”已停止（事件 {1}），在排除故障前不提供可能有误的数字", "the projection '{0}' has stopped at event {1}; no number is given until it is repaired"),
        };

    // After the spine: the areas are read when the first text is asked for.
    private static readonly Lazy<FrozenDictionary<string, (string Chinese, string English)>> Merged = new(() =>
        Spine.Concat(AttachmentTexts.All).Concat(Sealing.EvidenceTexts.All).Concat(Plan.Areas.All.SelectMany(a => a.Refusals)).ToFrozenDictionary(StringComparer.Ordinal));
}
