using System.Text.Json.Serialization;
using Ledger.Domain.Sealing;

namespace Ledger.Host.Evidence.Audit;

/// <summary>What is audited, and how.</summary>
public sealed record AuditOptions
{
    /// <summary>Keys that the operator trusts: each has to have signed this log. None: the keys are those that the log itself names.</summary>
    public IReadOnlyList<NoteKey> Keys { get; init; } = [];

    /// <summary>Checkpoints that the operator holds, from paper or a witness: the tree has to continue each.</summary>
    public IReadOnlyList<Checkpoint> Held { get; init; } = [];

    /// <summary>The journal; null: that of the evidence folder.</summary>
    public string? Journal { get; init; }

    /// <summary>Rows from this leaf on are re-hashed; the leaves always are, all of them.</summary>
    public long Since { get; init; }

    /// <summary>Every sealed root of the heads is recomputed, however many there are.</summary>
    public bool Full { get; init; }

    /// <summary>Whether the read models are compared with what follows from the facts.</summary>
    public bool ReadModels { get; init; } = true;

    /// <summary>Whether the documents' bytes are hashed.</summary>
    public bool Attachments { get; init; } = true;

    /// <summary>Whether tables are read with and without their indexes and compared.</summary>
    public bool Indexes { get; init; }

    /// <summary>Whether personal data are shown in findings.</summary>
    public bool Unmasked { get; init; }

    /// <summary>How many findings are reported in full; all are counted.</summary>
    public int MostFindings { get; init; } = 1_000;

    /// <summary>How many leaves are read at once.</summary>
    public int Chunk { get; init; } = 4_096;

    /// <summary>After how many leaves the progress is noted.</summary>
    public int NoteEvery { get; init; } = 65_536;

    /// <summary>Where the run's progress is kept; null: nowhere.</summary>
    public string? ProgressFile { get; init; }

    /// <summary>Whether rows that an interrupted run has checked are left out.</summary>
    public bool Resume { get; init; }
}

/// <summary>The steps of an audit.</summary>
public enum AuditStep
{
    /// <summary>Leaves and rows.</summary>
    Facts,
    /// <summary>Streams, intake and what is not sealed yet.</summary>
    Bookkeeping,
    /// <summary>Read models.</summary>
    ReadModels,
    /// <summary>Documents.</summary>
    Attachments,
    /// <summary>Indexes.</summary>
    Indexes,
}

/// <summary>How far an audit is.</summary>
/// <param name="Step">The step.</param>
/// <param name="Done">How many leaves, facts or bytes are done.</param>
/// <param name="Total">Of how many.</param>
/// <param name="Elapsed">Since the step began.</param>
/// <param name="Findings">How many findings there are so far.</param>
public sealed record AuditProgress(AuditStep Step, long Done, long Total, TimeSpan Elapsed, long Findings)
{
    /// <summary>How many a second.</summary>
    public double Rate => Elapsed > TimeSpan.Zero ? Done / Elapsed.TotalSeconds : 0;

    /// <summary>How much longer at this rate; null where nothing is known.</summary>
    public TimeSpan? Remaining => Rate > 0 && Total >= Done ? TimeSpan.FromSeconds((Total - Done) / Rate) : null;
}

/// <summary>What an audit came to.</summary>
/// <param name="Ledger">The ledger's identity.</param>
/// <param name="Origin">The log's name; null before the first sealing.</param>
/// <param name="Size">Number of leaves.</param>
/// <param name="Root">The root that they come to, in Base 64.</param>
/// <param name="Position">All events up to here are leaves.</param>
/// <param name="Published">The size of the last published checkpoint.</param>
/// <param name="Keys">The keys that the log names, oldest first.</param>
/// <param name="Leaves">How many leaves were re-hashed.</param>
/// <param name="Rows">How many facts were re-hashed.</param>
/// <param name="Unsealed">How many facts above the sealed position were compared with the intake.</param>
/// <param name="Documents">How many documents of the read models were compared.</param>
/// <param name="Attachments">How many stored documents were hashed.</param>
/// <param name="At">When the audit's snapshot was taken, by the database's clock.</param>
/// <param name="Elapsed">How long it took.</param>
/// <param name="Counts">How many findings there are of each code.</param>
/// <param name="Findings">The findings, as many as were asked for.</param>
public sealed record AuditReport(
    Guid Ledger, string? Origin, long Size, string Root, long Position, long? Published, IReadOnlyList<string> Keys, long Leaves, long Rows, long Unsealed, long Documents, long Attachments,
    DateTimeOffset At, TimeSpan Elapsed, IReadOnlyDictionary<string, long> Counts, IReadOnlyList<AuditFinding> Findings)
{
    /// <summary>Nothing is wrong, and nothing was left unchecked.</summary>
    public bool IsClean => ExitCode == 0;

    /// <summary>0, or the number of the worst kind of finding (<see cref="AuditKind"/>): the lowest.</summary>
    public int ExitCode => (int)Worst;

    /// <summary>The worst kind of finding.</summary>
    [JsonIgnore]
    public AuditKind Worst => Counts.Keys.Select(code => AuditCodes.Of(code).Kind).Where(kind => kind != AuditKind.Information).DefaultIfEmpty(AuditKind.Information).Min();
}
