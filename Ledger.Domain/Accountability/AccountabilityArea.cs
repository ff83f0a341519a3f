using Ledger.Domain.Facts;
using Ledger.Domain.Obligations;
using Ledger.Domain.Plan;

namespace Ledger.Domain.Accountability;

/// <summary>Accountability and tolerance (plan 3.4).</summary>
public static class AccountabilityArea
{
    /// <summary>The area.</summary>
    public static Area Area { get; } = new("Accountability")
    {
        Facts =
        [
            Of<FaultClueOpened>("FaultClueOpened", "过错线索登记"),
            Of<FaultInvestigationStarted>("FaultInvestigationStarted", "过错调查启动"),
            Of<FaultInvestigationConcluded>("FaultInvestigationConcluded", "过错调查终结"),
            Of<FaultDetermined>("FaultDetermined", "过错认定"),
            Of<AccountabilityDecided>("AccountabilityDecided", "追责决定"),
            Of<AccountabilityNotPursued>("AccountabilityNotPursued", "不予追究"),
            Of<AccountabilityExecuted>("AccountabilityExecuted", "追责执行", Recorder.Unit),
            Of<AccountabilityAppealed>("AccountabilityAppealed", "对追责申请复核申诉", Recorder.Unit),
            Of<AccountabilityAppealDecided>("AccountabilityAppealDecided", "复核申诉决定"),
            Of<CaseTransferredToSupervisoryCommission>("CaseTransferredToSupervisoryCommission", "移送监察委员会"),
            Of<ToleranceRequested>("ToleranceRequested", "申请容错", Recorder.Unit),
            Of<ToleranceConsulted>("ToleranceConsulted", "征求纪检监察意见"),
            Of<ToleranceGranted>("ToleranceGranted", "认定容错"),
            Of<ToleranceRejected>("ToleranceRejected", "不予认定容错"),
            Of<ToleranceRevoked>("ToleranceRevoked", "撤销容错"),
        ],
        States = [(StreamKind.Accountability, key => new AccountabilityCase(key))],
        Refusals = new Dictionary<string, (string, string)>(StringComparer.Ordinal)
        {
            [Codes.AccountabilityOrigin] = ("线索须写明来自一件败诉或者一项监督问题，二者取其一", "a clue comes from a loss or from a finding: exactly one of them"),
            [Codes.AccountabilityOtherLoss] = ("整改“{0}”针对的是单位“{1}”在{2}中的败诉", "the rectification '{0}' is about the loss of '{1}' in {2}"),
            [Codes.AccountabilityFindingNotConfirmed] = ("监督“{1}”没有查实单位“{2}”的问题“{0}”", "the supervision '{1}' holds no confirmed finding '{0}' of the unit '{2}'"),
            [Codes.AccountabilityNotInvestigated] = ("到{0}尚未启动调查", "no investigation had been started by {0}"),
            [Codes.AccountabilityNotConcluded] = ("到{0}没有相应的调查终结结论", "no investigation had come to that conclusion by {0}"),
            [Codes.AccountabilityNoFault] = ("到{0}尚未认定过错", "no fault had been determined by {0}"),
            [Codes.AccountabilityPersonTwice] = ("责任人“{0}”重复", "the person '{0}' is named twice"),
            [Codes.AccountabilityPersonWithoutRole] = ("对人员的“{0}”须指明责任人及其责任类型", "'{0}' against a person must name one whose role was determined"),
            [Codes.AccountabilityUnknownPerson] = ("过错认定中没有责任人“{0}”", "the determination of the fault names no person '{0}'"),
            [Codes.AccountabilityFormNotForSubject] = ("追责形式“{0}”不适用于{1}", "the form '{0}' is not for the subject {1}"),
            [Codes.AccountabilityWrongAuthority] = ("“{0}”（{1}）不能由“{2}”决定，应由：{3}", "'{0}' ({1}) cannot be decided by {2}, but by: {3}"),
            [Codes.AccountabilityFormTwice] = ("同一事实不能对“{1}”重复适用“{0}”", "the same fact cannot be met with '{0}' twice against '{1}'"),
            [Codes.AccountabilityAlreadyDecided] = ("{0}时已有有效的终结决定", "on {0} a terminal decision stands already"),
            [Codes.AccountabilityNotPursuing] = ("{0}时没有可供执行或申诉的追责决定", "on {0} no decision stands that could be executed or appealed against"),
            [Codes.AccountabilityNoAppeal] = ("{0}时没有待决的复核或申诉", "on {0} no appeal is pending"),
            [Codes.ToleranceNotRequested] = ("到{0}尚未申请容错", "tolerance had not been requested by {0}"),
            [Codes.ToleranceNotConsulted] = ("到{0}尚未征求纪检监察机关意见", "the discipline organ had not been consulted by {0}"),
            [Codes.ToleranceExcluded] = ("存在“{0}”情形，不得容错", "'{0}' excludes tolerance"),
            [Codes.ToleranceNoRectification] = ("容纠并举：到{0}没有正在进行的整改（{1}）", "tolerance goes with correction: no rectification was in progress on {0} ({1})"),
            [Codes.ToleranceOtherRectification] = ("整改“{0}”与本案无关", "the rectification '{0}' is not about this case"),
            [Codes.ToleranceNotStanding] = ("{0}时没有有效的容错认定", "on {0} no tolerance stands"),
        },
        Questions = AccountabilityQuestions.All,
        Duties = situation => MustDecide.Of(situation).Select(m => m.ToDuty()),
        Clauses =
        [
            new("3.4.1a", "对因过错败诉的案件和监督发现的违法不当行为追究责任",
                ["FaultClueOpened", "FaultDetermined", "AccountabilityDecided", "AccountabilityExecuted", "AccountabilityAppealed", "AccountabilityAppealDecided"],
                ["accountability-cases", "accountability-by-form"], [DutyKind.AccountabilityDecision]),
            new("3.4.1b", "发现一起追究一起，一经查实一追到底", ["AccountabilityDecided", "AccountabilityNotPursued", "ToleranceGranted"], ["orphans"], [DutyKind.AccountabilityDecision]),
            new("3.4.1c", "加强个案监督和责任追究",
                ["FaultInvestigationStarted", "FaultInvestigationConcluded", "CaseTransferredToSupervisoryCommission"], ["accountability-cases"], []),
            new("3.4.2", "容错免责：容纠并举，与纪检监察机关沟通",
                ["ToleranceRequested", "ToleranceConsulted", "ToleranceGranted", "ToleranceRejected", "ToleranceRevoked"], ["tolerances"], []),
        ],
        Labels = AccountabilityLabels.All,
    };

    private static CatalogEntry Of<T>(string name, string chinese, Recorder recorder = Recorder.Office)
        where T : IFact => CatalogEntry.Of<T>(name, chinese, StreamKind.Accountability, recorder);
}
