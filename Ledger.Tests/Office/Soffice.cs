using System.Runtime.CompilerServices;
using Shouldly;

namespace Ledger.Tests.Office;

/// <summary>Other people's program that opens the files: LibreOffice, one run after the other.</summary>
internal static class Soffice
{
    private static readonly SemaphoreSlim Turn = new(1);

    /// <summary>Where the files and their pictures go.</summary>
    public static string Folder([CallerFilePath] string here = "") =>
        Directory.CreateDirectory(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "artifacts", "office"))).FullName;

    /// <summary>Keeps a file in the folder.</summary>
    public static string Keep(string name, byte[] content)
    {
        var path = Path.Combine(Folder(), name);
        File.WriteAllBytes(path, content);
        return path;
    }

    /// <summary>Opens a file and saves it in another format; the path of what was saved.</summary>
    public static async Task<string> ConvertAsync(string path, string format, string? into = null)
    {
        await Turn.WaitAsync();
        var profile = Directory.CreateTempSubdirectory("ledger-soffice-");
        try
        {
            var folder = into ?? Path.GetDirectoryName(path)!;
            await RunAsync("soffice", $"-env:UserInstallation=file://{profile.FullName}", "--headless", "--convert-to", format, "--outdir", folder, path);
            var made = Path.Combine(folder, Path.GetFileNameWithoutExtension(path) + "." + format.Split(':')[0]);
            File.Exists(made).ShouldBeTrue(made);
            return made;
        }
        finally
        {
            profile.Delete(recursive: true);
            Turn.Release();
        }
    }

    /// <summary>The pages of a document as pictures beside it, and its text as it is read on paper.</summary>
    public static async Task<(IReadOnlyList<string> Pictures, string Text)> PicturesAsync(string path)
    {
        var pdf = await ConvertAsync(path, "pdf");
        var stem = Path.Combine(Path.GetDirectoryName(pdf)!, Path.GetFileNameWithoutExtension(pdf));
        foreach (var old in Directory.GetFiles(Path.GetDirectoryName(pdf)!, Path.GetFileName(stem) + "-*.png")) File.Delete(old);
        await RunAsync("pdftoppm", "-r", "70", "-png", pdf, stem);
        var text = await RunAsync("pdftotext", "-layout", pdf, "-");
        return ([.. Directory.GetFiles(Path.GetDirectoryName(pdf)!, Path.GetFileName(stem) + "-*.png").Order(StringComparer.Ordinal)], text);
    }

    private static string Here([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = new System.Diagnostics.ProcessStartInfo(program) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        start.Environment["FONTCONFIG_FILE"] = Path.Combine(Here(), "fonts.conf");
        using var process = System.Diagnostics.Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, $"{program}: {await errors}");
        return output;
    }
}
