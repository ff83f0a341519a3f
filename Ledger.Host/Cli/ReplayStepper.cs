namespace Ledger.Host.Cli;

/// <summary>Steps through a list on a terminal: Enter goes on, b goes back, q ends; other keys do nothing.</summary>
public static class ReplayStepper
{
    /// <summary>Runs until the last step has been left or the reader has had enough.</summary>
    /// <param name="count">How many steps there are.</param>
    /// <param name="key">The next key pressed; null where there will be none.</param>
    /// <param name="show">Shows one step.</param>
    public static void Run(int count, Func<ConsoleKey?> key, Action<int> show)
    {
        var at = 0;
        if (count > 0) show(at);
        while (at < count)
            switch (key())
            {
                case ConsoleKey.Enter or ConsoleKey.Spacebar or ConsoleKey.RightArrow:
                    if (++at < count) show(at);
                    break;
                case ConsoleKey.B or ConsoleKey.LeftArrow:
                    if (at > 0) show(--at);
                    break;
                case ConsoleKey.Q or ConsoleKey.Escape or null: return;
                default: break;
            }
    }
}
