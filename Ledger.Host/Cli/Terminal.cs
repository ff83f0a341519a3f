using Spectre.Console;

namespace Ledger.Host.Cli;

/// <summary>The terminal; wide where there is none, so that a table written to a file keeps its lines.</summary>
public static class Terminal
{
    private const int WidthOfAFile = 200;

    /// <summary>Standard output.</summary>
    public static IAnsiConsole Console { get; } = Create();

    private static IAnsiConsole Create()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(System.Console.Out) });
        if (System.Console.IsOutputRedirected) console.Profile.Width = WidthOfAFile;
        return console;
    }
}
