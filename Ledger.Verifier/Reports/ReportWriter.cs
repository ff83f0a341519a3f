namespace Ledger.Verifier.Reports;

/// <summary>Collects what is wrong in one check.</summary>
internal sealed class CheckLog
{
    private readonly List<Finding> _findings = [];

    public IReadOnlyList<Finding> Findings => _findings;

    public void Add(Finding finding) => _findings.Add(finding);

    public void Tampered(string code, string where, string chinese, string english) => Add(new(Outcome.Tampered, code, where, new(chinese, english)));

    public void Incomplete(string code, string where, string chinese, string english) => Add(new(Outcome.Incomplete, code, where, new(chinese, english)));

    public void Untrusted(string code, string where, string chinese, string english) => Add(new(Outcome.Untrusted, code, where, new(chinese, english)));

    public void Malformed(string code, string where, string chinese, string english) => Add(new(Outcome.Malformed, code, where, new(chinese, english)));
}

/// <summary>A finding after which its check cannot go on.</summary>
#pragma warning disable CA1032, CA1064 // Thrown and caught in this assembly, always with its finding.
internal sealed class StoppedException(Finding finding) : Exception(finding.Text.English)
#pragma warning restore CA1032, CA1064
{
    public Finding Finding { get; } = finding;

    public static StoppedException Malformed(string code, string where, string chinese, string english) =>
        new(new(Outcome.Malformed, code, where, new(chinese, english)));

    public static StoppedException Incomplete(string code, string where, string chinese, string english) =>
        new(new(Outcome.Incomplete, code, where, new(chinese, english)));
}

/// <summary>Runs the checks one after the other and writes down how each ended. Fails closed: a check that did not run is a finding.</summary>
internal sealed class ReportWriter
{
    private readonly List<Check> _checks = [];
    private readonly List<NotChecked> _notChecked = [];

    /// <summary>Runs a check; <see langword="null"/> when it could not be carried to its end.</summary>
    public T? Run<T>(string code, ArchiveProperty property, string chinese, string english, Func<CheckLog, (Bilingual Found, T Result)> check)
        where T : class
    {
        var log = new CheckLog();
        Bilingual found = default;
        T? result = null;
        try
        {
            (found, result) = check(log);
        }
        catch (StoppedException stopped)
        {
            log.Add(stopped.Finding);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // No input should lead here; if one does, it is not approved.
            log.Malformed("check.failed", code, $"核验程序出错：{e.GetType().Name} {e.Message}", $"the verifier failed: {e.GetType().Name} {e.Message}");
        }

        _checks.Add(new(code, property, new(chinese, english), found, log.Findings));
        return result;
    }

    /// <summary>Runs a check that gives nothing on; when an earlier one did not give what it needs, that is written down.</summary>
    /// <returns>Whether it was made and nothing is wrong.</returns>
    public bool Run(string code, ArchiveProperty property, string chinese, string english, bool isPossible, Func<CheckLog, Bilingual> check)
    {
        Run(code, property, chinese, english, log =>
        {
            if (isPossible) return (check(log), this);
            log.Incomplete("check.not-run", code, "因前面的核验未通过，此项无法进行", "could not be made, because an earlier check failed");
            return (default, this);
        });
        return _checks[^1].Passed;
    }

    public void NotChecked(string code, string chinese, string english) => _notChecked.Add(new(code, new(chinese, english)));

    /// <summary>Whether all of these checks were made and passed.</summary>
    public bool Passed(params IEnumerable<string> codes) => codes.All(code => _checks.Exists(check => check.Code == code && check.Passed));

    public Report Build(Bilingual subject) => new(subject, _checks, _notChecked);
}
