namespace Ledger.Host.Security;

/// <summary>What a person or a system may do here. One token may carry several; each right is one role's.</summary>
public enum LedgerRole
{
    /// <summary>经办人: records and reads for the own unit only.</summary>
    Clerk,

    /// <summary>监督员: the supervising office; records and corrects facts of all units and lawsuits.</summary>
    Supervisor,

    /// <summary>审计员: reads everything, also plaintiffs' names.</summary>
    Auditor,

    /// <summary>督察员: reads everything, names masked.</summary>
    Inspector,

    /// <summary>法院: records what the court itself did.</summary>
    Court,

    /// <summary>审批人: reads what the supervising office reads, and decides on approvals; never the one who asked.</summary>
    Approver,

    /// <summary>管理员: units, counting policies, calendars, benchmarks.</summary>
    Admin,
}
