using System.Text.Json;
using Xunit;

namespace Ledger.Tests.Verifier;

/// <summary>The public vectors, where the environment variable LEDGER_VECTORS says they are. They are not part of the project.</summary>
public static class Vectors
{
    /// <summary>The vectors of a file; none, and a word about it, when they are not there.</summary>
    public static IReadOnlyList<JsonElement> Read(string file)
    {
        if (Environment.GetEnvironmentVariable("LEDGER_VECTORS") is { Length: > 0 } folder)
            return [.. JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, file))).RootElement.EnumerateArray()];
        TestContext.Current.TestOutputHelper?.WriteLine($"LEDGER_VECTORS is not set: the public vectors {file} were not run.");
        return [];
    }
}
