namespace Ledger.Domain.Lawsuits;

/// <summary>裁判结果: what a court document says for one defendant unit (counting-rules.md §2).</summary>
public enum Outcome
{
    /// <summary>判决驳回诉讼请求 (APL §69)</summary>
    DismissClaims,
    /// <summary>判决撤销 (§70)</summary>
    RevokeAll,
    /// <summary>判决撤销并责令重作 (§70)</summary>
    RevokeAndRedo,
    /// <summary>判决部分撤销 (§70)</summary>
    RevokePart,
    /// <summary>判决履行法定职责 (§72)</summary>
    OrderPerform,
    /// <summary>判决履行给付义务 (§73)</summary>
    OrderPay,
    /// <summary>确认违法 (§74)</summary>
    ConfirmUnlawful,
    /// <summary>确认违法：程序轻微违法 (§74.1(2))</summary>
    ConfirmUnlawfulMinorProcedure,
    /// <summary>确认违法：被告改变行政行为后 (§74.2(2))</summary>
    ConfirmUnlawfulAfterSelfCorrection,
    /// <summary>确认无效 (§75)</summary>
    ConfirmInvalid,
    /// <summary>变更判决 (§77)</summary>
    Modify,
    /// <summary>行政协议：判决承担责任 (§78.1)</summary>
    AgreementLiability,
    /// <summary>判决赔偿 (§76)</summary>
    OrderDamages,
    /// <summary>裁定不予立案 (§51)</summary>
    NotDocketed,
    /// <summary>裁定驳回起诉</summary>
    DismissSuit,
    /// <summary>准许撤诉：自愿 (§62)</summary>
    WithdrawVoluntary,
    /// <summary>准许撤诉：被告改变行政行为后 (§62)</summary>
    WithdrawAfterDefendantChanged,
    /// <summary>按撤诉处理 (§58)</summary>
    DeemedWithdrawn,
    /// <summary>调解书 (§60)</summary>
    Mediated,
    /// <summary>终结诉讼</summary>
    Terminated,
    /// <summary>移送管辖</summary>
    Transferred,
    /// <summary>并案</summary>
    Consolidated,
    /// <summary>行政协议：给予补偿 (§78.2)</summary>
    AgreementCompensation,
    /// <summary>维持原判决 (§89.1(1))</summary>
    AffirmJudgment,
    /// <summary>维持原裁定 (§89.1(1))</summary>
    AffirmRuling,
    /// <summary>准许撤回上诉</summary>
    AppealWithdrawn,
    /// <summary>撤销原判，发回重审 (§89)</summary>
    RevokeAndRemand,
    /// <summary>指令立案或者审理</summary>
    OrderDocket,
    /// <summary>驳回再审申请</summary>
    RetrialPetitionDismissed,
    /// <summary>裁定再审</summary>
    RetrialOrdered,
}

/// <summary>The class of an outcome (counting-rules.md §2).</summary>
public enum OutcomeClass
{
    /// <summary>胜诉</summary>
    Win,
    /// <summary>败诉</summary>
    Loss,
    /// <summary>程序性结案</summary>
    Procedural,
    /// <summary>撤诉</summary>
    Withdrawn,
    /// <summary>调解</summary>
    Mediated,
    /// <summary>其他结案</summary>
    Other,
    /// <summary>只见于二审、申请再审、再审</summary>
    AppealOnly,
}

/// <summary>The classification of outcomes.</summary>
public static class Outcomes
{
    /// <summary>The class of each outcome (counting-rules.md §2).</summary>
    public static OutcomeClass ClassOf(this Outcome outcome) => outcome switch
    {
        Outcome.DismissClaims => OutcomeClass.Win,
        >= Outcome.RevokeAll and <= Outcome.OrderDamages => OutcomeClass.Loss,
        Outcome.NotDocketed or Outcome.DismissSuit => OutcomeClass.Procedural,
        Outcome.WithdrawVoluntary or Outcome.WithdrawAfterDefendantChanged or Outcome.DeemedWithdrawn => OutcomeClass.Withdrawn,
        Outcome.Mediated => OutcomeClass.Mediated,
        Outcome.Terminated or Outcome.Transferred or Outcome.Consolidated or Outcome.AgreementCompensation => OutcomeClass.Other,
        _ => OutcomeClass.AppealOnly,
    };

    /// <summary>Whether the outcome is read as the one of the affirmed document.</summary>
    public static bool IsLookedThrough(this Outcome outcome) =>
        outcome is Outcome.AffirmJudgment or Outcome.AffirmRuling or Outcome.AppealWithdrawn;
}

/// <summary>败诉原因</summary>
public enum LossCause
{
    /// <summary>主要证据不足 (APL §70(1))</summary>
    InsufficientEvidence,
    /// <summary>适用法律、法规错误 (§70(2))</summary>
    MisappliedLaw,
    /// <summary>违反法定程序 (§70(3))</summary>
    ProceduralViolation,
    /// <summary>超越职权 (§70(4))</summary>
    ExceededAuthority,
    /// <summary>滥用职权 (§70(5))</summary>
    AbusedAuthority,
    /// <summary>明显不当 (§70(6))</summary>
    ManifestlyImproper,
    /// <summary>不作为 (§72)</summary>
    Nonfeasance,
    /// <summary>无主体资格</summary>
    NoStanding,
    /// <summary>逾期举证 (§34)</summary>
    LateEvidence,
    /// <summary>消极应诉</summary>
    PassiveResponse,
    /// <summary>其他</summary>
    Other,
}
