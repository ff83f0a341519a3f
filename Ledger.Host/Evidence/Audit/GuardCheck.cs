using Ledger.Projections.Store;
using Npgsql;

namespace Ledger.Host.Evidence.Audit;

/// <summary>
/// Whether the guards are in place now. <see cref="GuardHistory"/> compares them with what was sealed, and a change that was logged
/// explains itself there; but a logged change that takes a guard away for good still leaves the door open.
/// </summary>
internal sealed class GuardCheck(NpgsqlConnection connection, AuditFindings findings)
{
    // The tables of roles.sql, schema.sql and redaction.sql that nobody changes, and the triggers that see to it.
    private const string Missing =
        """
        with required as (
          select 'ledger.' || t as of, name
          from unnest(array['intake', 'position', 'attachment', 'attachment_chunk', 'attachment_storer', 'identity', 'leaf', 'leaf_payload', 'leaf_member', 'tile',
              'checkpoint', 'cosignature', 'time_stamp', 'stream_index', 'pending_leaf', 'schema_change']) t,
            unnest(array['ledger_no_change', 'ledger_no_trunc']) name
          union all select 'mt.mt_events', unnest(array['ledger_take_in', 'ledger_no_change', 'ledger_no_trunc'])
          union all select 'mt.mt_streams', unnest(array['ledger_no_delete', 'ledger_no_change', 'ledger_no_trunc'])
          union all select 'ledger.pending_leaf', 'ledger_check'
          union all select e.table, name
          from (select format('ledger.%I', c.relname) as table from pg_catalog.pg_class c
                where c.relnamespace = 'ledger'::regnamespace and c.relkind = 'r' and c.relname ~ '_epoch_[0-9]+$') e,
            unnest(array['ledger_no_change', 'ledger_no_trunc']) name
        )
        select r.of, r.name, g.tgenabled::text
        from required r left join pg_catalog.pg_trigger g on g.tgrelid = to_regclass(r.of) and g.tgname = r.name and not g.tgisinternal
        where g.tgenabled is distinct from 'A'
        union all
        select 'event trigger', wanted.name, e.evtenabled::text
        from unnest(array['ledger_log_ddl', 'ledger_log_drop', 'ledger_refuse_drop', 'ledger_refuse_rewrite']) wanted (name)
          left join pg_catalog.pg_event_trigger e on e.evtname = wanted.name
        -- Only a superuser's migration can create them; it leaves the functions that it saw.
        where e.evtenabled is distinct from 'A' and (e.evtname is not null or exists (select from ledger.schema_seen))
        order by 1, 2
        """;

    // Only its owner may do more than read and insert; a stream's version moves on, which its trigger watches.
    private const string Rights =
        """
        select format('%I.%I', n.nspname, c.relname), coalesce(r.rolname, 'public'), string_agg(a.privilege_type, ', ' order by a.privilege_type)
        from pg_catalog.pg_class c
        join pg_catalog.pg_namespace n on n.oid = c.relnamespace
        cross join lateral aclexplode(c.relacl) a
        left join pg_catalog.pg_roles r on r.oid = a.grantee
        where c.relkind = 'r' and (n.nspname, c.relname) in (
            ('mt', 'mt_events'), ('ledger', 'intake'), ('ledger', 'position'), ('ledger', 'attachment'), ('ledger', 'attachment_chunk'), ('ledger', 'leaf'),
            ('ledger', 'tile'), ('ledger', 'checkpoint'), ('ledger', 'cosignature'), ('ledger', 'time_stamp'), ('ledger', 'stream_index'), ('ledger', 'pending_leaf'),
            ('ledger', 'schema_change'))
          and a.grantee <> c.relowner and a.privilege_type in ('UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER')
        group by 1, 2 order by 1, 2
        """;

    // What the triggers call, and what these call.
    private const string Functions =
        """
        select p.proname, p.prosrc from pg_catalog.pg_proc p
        where p.pronamespace = 'ledger'::regnamespace and p.prokind in ('f', 'p') order by 1
        """;

    /// <summary>Looks at the triggers, the functions and the rights, in the system's own catalogue.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        await EachAsync(Missing, r => findings.Add(AuditCodes.GuardDown, subject: r.GetString(0), member: r.GetString(1), was: "A", found: r.IsDBNull(2) ? null : r.GetString(2)), cancellation);
        await EachAsync(Functions, r =>
        {
            if (!LedgerSchema.Wrote(r.GetString(1))) findings.Add(AuditCodes.GuardFunction, subject: "function", member: "ledger." + r.GetString(0), found: r.GetString(1));
        }, cancellation);
        await EachAsync(Rights, r => findings.Add(AuditCodes.GuardRight, subject: r.GetString(0), member: r.GetString(1), found: r.GetString(2)), cancellation);
    }

    private async Task EachAsync(string sql, Action<NpgsqlDataReader> each, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) each(reader);
    }
}
