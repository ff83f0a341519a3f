using System.Diagnostics;
using System.Text;
using Shouldly;

namespace Ledger.Tests.Evidence;

/// <summary>Programs that others wrote. A test that needs one fails without it and says which package brings it.</summary>
internal static class Tool
{
    public static async Task<(int Exit, string Output, string Errors)> RunAsync(
        string program, string package, string folder, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string? input = null)
    {
        var path = Path.IsPathRooted(program) ? program : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(f => Path.Combine(f, program)).FirstOrDefault(File.Exists)
            ?? throw new ShouldAssertException($"{program} is not installed: install the package {package}");
        var start = new ProcessStartInfo(path) { WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        // A program that refuses early closes its end.
        try
        {
            if (input is not null) await process.StandardInput.BaseStream.WriteAsync(Encoding.UTF8.GetBytes(input));
            process.StandardInput.Close();
        }
        catch (IOException)
        {
        }

        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode, await output, await errors);
    }

    /// <summary>Runs it and takes what it prints; a failure is the test's.</summary>
    public static async Task<string> OutputAsync(
        string program, string package, string folder, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string? input = null)
    {
        var (exit, output, errors) = await RunAsync(program, package, folder, arguments, environment, input);
        exit.ShouldBe(0, $"{program}: {errors}{output}");
        return output;
    }

    public static Task<string> OpenSslAsync(string folder, params string[] arguments) => OutputAsync("openssl", "openssl", folder, arguments);
}

/// <summary>A folder that goes with the test.</summary>
internal sealed class TestFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ledger-tests-");

    public string Path => _folder.FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => _folder.Delete(recursive: true);
}
