using System.Text.Json;
using System.Text.Json.Serialization;
using JasperFx;
using JasperFx.Events;
using Marten;
using Npgsql;
using Weasel.Core;

namespace Ledger.Projections.Store;

/// <summary>How the ledger uses Marten: every option that differs from Marten's default, and why.</summary>
public static class LedgerStore
{
    /// <summary>The PostgreSQL schema of Marten's tables; <c>schema.sql</c> names it too. The ledger's own is <c>ledger</c>.</summary>
    public const string Schema = "mt";

    /// <summary>
    /// The connection string with the settings that the store relies on.
    /// Auto-prepare: also keeps Npgsql from sending DISCARD ALL before each reuse, which throws away the plans of
    /// Marten's append function (1.2 to 1.8 times the throughput). UTC: Marten writes some instants without a zone.
    /// Keepalive: a connection that died behind a firewall is noticed before a command waits for it.
    /// </summary>
    public static string ConnectionString(string connectionString) =>
        new NpgsqlConnectionStringBuilder(connectionString) { MaxAutoPrepare = 40, Timezone = "UTC", KeepAlive = 30 }
            .ConnectionString;

    /// <summary>
    /// Sets the store up. Names of events come from the catalogue, so that a class can be renamed and an event never is;
    /// <paramref name="json"/> is the canonical form of facts, so that a stored event is what was imported or commanded.
    /// </summary>
    public static void Configure(
        StoreOptions options,
        string connectionString,
        IEnumerable<(Type Type, string Name)> events,
        JsonSerializerOptions json,
        TimeProvider? clock = null)
    {
        options.Connection(ConnectionString(connectionString));
        options.DatabaseSchemaName = Schema;

        // The schema is changed by LedgerSchema.ApplyAsync and by nothing else: not by the first query of a type.
        options.AutoCreateSchemaObjects = AutoCreate.None;

        options.UseSystemTextJsonForSerialization(json, EnumStorage.AsString, Casing.CamelCase, own => Restore(own, json));

        // A stream is a subject: "lawsuit/2023-0012".
        options.Events.StreamIdentity = StreamIdentity.AsString;
        // The default, pinned: the proof in schema.sql needs the number to be drawn in the transaction that uses it,
        // which the quick modes do in the database and the rich mode does not.
        options.Events.AppendMode = EventAppendMode.QuickWithServerTimestamps;
        // Appending to a subject that does not exist is an error, not a new stream of no type.
        options.Events.UseMandatoryStreamTypeDeclaration = true;
        // The loser of a version race waits and is refused before it draws a number, so it leaves no gap.
        options.Events.UseExclusiveLockOnConcurrentAppends = true;
        // The id is derived from the sender's key: the database itself refuses a second one.
        options.Events.EnableUniqueIndexOnEventId = true;
        // Who and why, from the first event on: added later, old rows stay blank.
        options.Events.MetadataConfig.HeadersEnabled = true;
        options.Events.MetadataConfig.CausationIdEnabled = true;
        options.Events.MetadataConfig.CorrelationIdEnabled = true;
        options.Events.MetadataConfig.UserNameEnabled = true;
        // Why a projection stopped is kept with its progress, so that the health check can say it.
        options.Events.EnableExtendedProgressionTracking = true;
        if (clock is not null)
        {
            options.Events.TimeProvider = clock;
        }

        foreach (var (type, name) in events)
        {
            options.Events.MapEventType(type, name);
        }

        // A projection that cannot read or apply an event stops. Marten's default drops the event and goes on,
        // which here would be a judgment missing from a rate. The health check reports the stop.
        options.Projections.Errors.SkipApplyErrors = false;
        options.Projections.Errors.SkipSerializationErrors = false;
        options.Projections.Errors.SkipUnknownEvents = false;
        options.Projections.RebuildErrors.SkipApplyErrors = false;
        options.Projections.RebuildErrors.SkipSerializationErrors = false;
        options.Projections.RebuildErrors.SkipUnknownEvents = false;

        // Left at their defaults on purpose: archived-stream partitioning, event skipping, optimized rebuilds, HStore
        // tags (they rewrite or drop event rows, which the guards refuse), LISTEN/NOTIFY (costs a quarter of the
        // append throughput), side effects on inline projections (projections decide nothing). Never called:
        // archiving, compaction, masking, overwriting, tombstoning or cleaning of streams; bulk insert of events.
    }
    // Marten works on copies of the options, in which it puts its own enum converter in the place of ours; it would store
    // "VerySpecial" for "verySpecial". (So do not query documents by an enum through LINQ: Marten expects its own form.)
    private static void Restore(JsonSerializerOptions own, JsonSerializerOptions json)
    {
        for (var i = own.Converters.Count - 1; i >= 0; i--)
        {
            if (own.Converters[i] is JsonStringEnumConverter || json.Converters.Contains(own.Converters[i]))
            {
                own.Converters.RemoveAt(i);
            }
        }

        for (var i = 0; i < json.Converters.Count; i++)
        {
            own.Converters.Insert(i, json.Converters[i]);
        }
    }
}
