namespace Ledger.Host.Cli;

/// <summary>The language of what people read: Chinese, or English on request (<c>--lang en</c> or LEDGER_LANG=en).</summary>
public static class CliTexts
{
    /// <summary>Whether English is asked for.</summary>
    public static bool IsEnglish => string.Equals(Environment.GetEnvironmentVariable("LEDGER_LANG"), "en", StringComparison.OrdinalIgnoreCase);

    /// <summary>The text in the language asked for.</summary>
    public static string Say(string chinese, string english) => IsEnglish ? english : chinese;

    /// <summary>What every output of the demo county says.</summary>
    public static string Synthetic => Say("合成数据：演示县的人、案、数均为虚构", "Synthetic data: people, cases and numbers are made up");
}
