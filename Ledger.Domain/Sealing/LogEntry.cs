using System.Globalization;

namespace Ledger.Domain.Sealing;

/// <summary>What the row of an event says of itself, and what the database noted when it came in.</summary>
/// <param name="Sequence">Its position.</param>
/// <param name="Id">Its id.</param>
/// <param name="Stream">Its stream.</param>
/// <param name="Version">Its version in the stream.</param>
/// <param name="Type">Its name in the catalogue.</param>
/// <param name="DotNetType">Marten's name of its class.</param>
/// <param name="Tenant">Marten's tenant.</param>
/// <param name="Timestamp">The row's own timestamp: the application's to set, and so no evidence.</param>
/// <param name="RecordedAt">When the database took it in.</param>
/// <param name="User">Who recorded it, or null.</param>
/// <param name="Correlation">Marten's correlation id, or null.</param>
/// <param name="Causation">Marten's causation id, or null.</param>
/// <param name="Login">The database login that wrote it.</param>
/// <param name="Application">What the writer's connection called itself.</param>
/// <param name="IsArchived">Marten's archive mark.</param>
/// <param name="Units">The units that it names, sorted.</param>
/// <param name="Intake">Whether the row is what was taken in.</param>
public sealed record EventRow(
    long Sequence, Guid Id, string Stream, long Version, string Type, string? DotNetType, string? Tenant, DateTimeOffset Timestamp,
    DateTimeOffset RecordedAt, string? User, string? Correlation, string? Causation, string? Login, string? Application,
    bool IsArchived, IReadOnlyList<string> Units, IntakeState Intake);

/// <summary>What became of a row between its commit and its sealing.</summary>
public enum IntakeState
{
    /// <summary>It is what the database took in.</summary>
    Ok,
    /// <summary>It was taken in before rows were hashed.</summary>
    Unhashed,
    /// <summary>It is not what the database took in: somebody changed it before it was sealed.</summary>
    Differs,
    /// <summary>The database never took it in: it was inserted with the triggers off.</summary>
    None,
}

/// <summary>The entries of the sealed log, in their canonical bytes (docs/evidence.md §2).</summary>
public static class LogEntry
{
    /// <summary>The longest entry, in bytes: a bundle of entries gives each length in two bytes (C2SP tlog-tiles).</summary>
    public const int MostBytes = ushort.MaxValue;

    /// <summary>The first leaf of a log.</summary>
    public static byte[] Genesis(string origin, DateTimeOffset at, Guid ledger, string key, string? previous, string? reason) => Of("genesis",
        ("origin", Jcs.Text(origin)), ("at", Instant(at)), ("ledger", Jcs.Text(ledger.ToString())), ("key", Jcs.Text(key)),
        ("previous", Jcs.Text(previous)), ("reason", Jcs.Text(reason)));

    /// <summary>An event, by commitments to its headers and data.</summary>
    public static byte[] Event(EventRow row, byte[] headers, byte[] data, byte[]? binary) => Of("event",
        ("seq", Whole(row.Sequence)), ("id", Jcs.Text(row.Id.ToString())), ("stream", Jcs.Text(row.Stream)), ("ver", Whole(row.Version)),
        ("type", Jcs.Text(row.Type)), ("dotnet", Jcs.Text(row.DotNetType)), ("tenant", Jcs.Text(row.Tenant)), ("ts", Instant(row.Timestamp)),
        ("rec", Instant(row.RecordedAt)), ("user", Jcs.Text(row.User)), ("corr", Jcs.Text(row.Correlation)), ("caus", Jcs.Text(row.Causation)),
        ("by", Jcs.Text(row.Login)), ("app", Jcs.Text(row.Application)), ("archived", row.IsArchived ? "true" : "false"),
        ("units", Jcs.Array(row.Units.Select(unit => Jcs.Text(unit)))), ("hdr", Hash(headers)), ("data", Hash(data)),
        ("bdata", binary is null ? "null" : Hash(binary)), ("intake", Jcs.Text(Text(row.Intake))));

    /// <summary>An event that was taken in and whose row was gone when it was to be sealed.</summary>
    public static byte[] Missing(long sequence, DateTimeOffset recordedAt, string? login, string? application) => Of("missing",
        ("seq", Whole(sequence)), ("rec", Instant(recordedAt)), ("by", Jcs.Text(login)), ("app", Jcs.Text(application)));

    /// <summary>A change of the database's structure.</summary>
    public static byte[] SchemaChange(long number, DateTimeOffset at, string? login, string tag, string? subject) => Of("schema-change",
        ("n", Whole(number)), ("at", Instant(at)), ("by", Jcs.Text(login)), ("tag", Jcs.Text(tag)), ("object", Jcs.Text(subject)));

    /// <summary>The heads of all streams over all leaves before this one.</summary>
    public static byte[] Heads(DateTimeOffset at, long position, HeadsTree tree) => Of("heads",
        ("at", Instant(at)), ("position", Whole(position)), ("count", Whole(tree.Count)), ("root", Hash(tree.Root)));

    /// <summary>A new key of the log.</summary>
    public static byte[] KeyChange(DateTimeOffset at, string key, string by, string reason) => Of("key-change",
        ("at", Instant(at)), ("key", Jcs.Text(key)), ("by", Jcs.Text(by)), ("reason", Jcs.Text(reason)));

    /// <summary>Members of an event's data that are no longer kept.</summary>
    public static byte[] Redaction(DateTimeOffset at, long sequence, IEnumerable<string> members, string by, string approval, string reason) => Of("redaction",
        ("at", Instant(at)), ("seq", Whole(sequence)), ("members", Jcs.Array(members.Order(StringComparer.Ordinal).Select(m => Jcs.Text(m)))),
        ("by", Jcs.Text(by)), ("approval", Jcs.Text(approval)), ("reason", Jcs.Text(reason)));

    /// <summary>Something that an operator has to know for ever.</summary>
    public static byte[] Incident(DateTimeOffset at, string code, string detail, string by) => Of("incident",
        ("at", Instant(at)), ("code", Jcs.Text(code)), ("detail", Jcs.Text(detail)), ("by", Jcs.Text(by)));

    /// <summary>The last leaf of a batch: what it holds, which positions never were an event, what the guards looked like.</summary>
    public static byte[] Manifest(
        long batch, long first, long events, long position, IEnumerable<(long From, long To)> burned, DateTimeOffset at, byte[]? guards) => Of("manifest",
        ("batch", Whole(batch)), ("first", Whole(first)), ("events", Whole(events)), ("position", Whole(position)),
        ("burned", Jcs.Array(burned.Select(gap => Jcs.Array([Whole(gap.From), Whole(gap.To)])))), ("at", Instant(at)),
        ("guards", guards is null ? "null" : Hash(guards)));

    /// <summary>An integer as entries write it: a decimal text.</summary>
    public static string Whole(long value) => Jcs.Text(value.ToString(CultureInfo.InvariantCulture));

    /// <summary>An instant as entries write it: UTC with microseconds.</summary>
    public static string Instant(DateTimeOffset at) => Jcs.Text(InstantText(at));

    /// <summary>An instant's text.</summary>
    public static string InstantText(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    /// <summary>The word of an intake state.</summary>
    public static string Text(IntakeState state) => state switch
    {
        IntakeState.Ok => "ok",
        IntakeState.Unhashed => "unhashed",
        IntakeState.Differs => "differs",
        _ => "none",
    };

    private static string Hash(byte[] hash) => Jcs.Text(Convert.ToBase64String(hash));

    private static byte[] Of(string kind, params IEnumerable<(string Name, string Canonical)> members) =>
        Jcs.Bytes(Jcs.Object([("v", "1"), ("kind", Jcs.Text(kind)), .. members]));
}
