using System.Text.Json.Serialization;
using Ledger.Domain.Facts;

namespace Ledger.Host.Import;

/// <summary>What an import came to (facts.md §4). Where anything is refused nothing is imported.</summary>
/// <param name="Imported">Facts appended.</param>
/// <param name="Duplicates">Lines that the ledger, or an earlier line, says already.</param>
/// <param name="Refused">Every refused line, in file order.</param>
public sealed record ImportReport(long Imported, long Duplicates, IReadOnlyList<RefusedLine> Refused);

/// <summary>A refused line.</summary>
/// <param name="Line">Its number in the file, from 1.</param>
/// <param name="Subject">Its subject as written; null when that cannot be read.</param>
/// <param name="Code">The stable code (facts.md §3).</param>
/// <param name="Message">Chinese, then English.</param>
public sealed record RefusedLine(int Line, string? Subject, string Code, string Message);

/// <summary>What an import would come to.</summary>
/// <param name="Refused">Why lines would be refused, by their number.</param>
/// <param name="Duplicates">Lines that the ledger, or an earlier line, says already.</param>
public sealed record ImportTrial(IReadOnlyDictionary<int, Refusal> Refused, IReadOnlySet<int> Duplicates);

/// <summary>What an import is doing.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ImportPhase>))]
public enum ImportPhase
{
    /// <summary>读取: the file is read into the staging tables; counted in bytes.</summary>
    Staging,

    /// <summary>核对: the lines are checked; counted in lines.</summary>
    Checking,

    /// <summary>写入: the facts are appended; counted in facts.</summary>
    Appending,
}

/// <summary>How far an import is.</summary>
/// <param name="Phase">What it does.</param>
/// <param name="Done">How much of it is done.</param>
/// <param name="Total">How much there is; null when that is not known (a stream without a length).</param>
/// <param name="Rate">How much a second, since the phase began in this run.</param>
/// <param name="Remaining">How long the phase will take at this rate; null when that is not known.</param>
public sealed record ImportProgress(ImportPhase Phase, long Done, long? Total, double Rate, TimeSpan? Remaining);

/// <summary>The file cannot be read: not there, not ours to read, or its device failed (exit code 3).</summary>
public sealed class ImportUnreadableException(string message, Exception inner) : Exception(message, inner);

/// <summary>The import cannot run now (<see cref="Codes.ImportInProgress"/>): another one runs, or commands kept changing what it checked.</summary>
public sealed class ImportBusyException(Refusal refusal) : Exception(refusal.Message)
{
    /// <summary>Why.</summary>
    public Refusal Refusal { get; } = refusal;
}

/// <summary>Knobs of an import; the defaults are what the benchmark found best.</summary>
public sealed record ImportOptions
{
    /// <summary>Facts per transaction.</summary>
    public int BatchSize { get; init; } = 4_000;

    /// <summary>Connections that check and append at the same time.</summary>
    public int Writers { get; init; } = Math.Clamp(Environment.ProcessorCount, 2, 4);

    /// <summary>Lines of one look-up of histories while checking.</summary>
    public int CheckBlock { get; init; } = 2_000;

    /// <summary>How long to wait for another import to go away.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Why the importer may not record a fact at all, whatever the rules say of it; null when it may record any.</summary>
    public Func<Envelope, Refusal?>? Allow { get; init; }

    /// <summary>Called at every named step, so that a test can fail there; null in earnest.</summary>
    public Func<string, Task>? FaultPoint { get; init; }

    internal Task ReachAsync(string step) => FaultPoint?.Invoke(step) ?? Task.CompletedTask;
}
