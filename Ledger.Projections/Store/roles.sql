-- Who may do what, applied last: after Marten's tables, the ledger's and Wolverine's. Idempotent: what is as it should be is
-- not touched, so nothing waits and nothing is logged.
--
-- Five roles of the whole cluster, none of which can log in. Logins are their members: three of our own for each database
-- (ledger.login), or the operator's.
--   ledger_owner    owns every object and works through `migrate` only. Not even it may change an event.
--   ledger_writer   the host and the command line
--   ledger_sealer   writes the sealed log
--   ledger_auditor  reads everything and writes nothing
--   ledger_reader   reads the views of reports (bi.sql) and nothing else

do $$
declare
  name text;
begin
  foreach name in array array['ledger_owner', 'ledger_writer', 'ledger_sealer', 'ledger_auditor', 'ledger_reader'] loop
    if to_regrole(name) is null then
      begin
        execute format('create role %I nologin', name);
      exception when duplicate_object or unique_violation then
        null;  -- a migration of another database was faster
      end;
    end if;
  end loop;
  -- Who is no superuser has to be a member to give objects to the owner.
  if not pg_has_role(current_user, 'ledger_owner', 'member') then
    execute format('grant ledger_owner to %I', current_user);
  end if;
  if not has_database_privilege('ledger_owner', current_database(), 'create') then
    execute format('grant create on database %I to ledger_owner', current_database());
  end if;
end $$;

-- ---------------------------------------------------------------------------------------------------------
-- 1. Logins of our own. Who is given a privileged connection string reads the password here and works as the
--    login. Only the owner can read it. Copies of a database share its logins. An operator's own login stands
--    here without its password.
-- ---------------------------------------------------------------------------------------------------------

create table if not exists ledger.login (
  login    text primary key,
  role     text not null check (role in ('ledger_writer', 'ledger_sealer', 'ledger_auditor')),
  password text
);
create unique index if not exists login_of_our_own on ledger.login (role) where password is not null;

do $$
declare
  wanted text;
  entry  record;
begin
  foreach wanted in array array['ledger_writer', 'ledger_sealer', 'ledger_auditor'] loop
    if not exists (select from ledger.login l where l.role = wanted and l.password is not null) then
      insert into ledger.login (login, role, password)
      select wanted || '_' || left(replace(gen_random_uuid()::text, '-', ''), 8), wanted,
             replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '');
    end if;
  end loop;
  for entry in select l.* from ledger.login l order by l.login loop
    -- Missing after a restore into another cluster; an operator's own login is the operator's to create.
    if to_regrole(quote_ident(entry.login)) is null and entry.password is not null then
      execute format('create role %I login password %L in role %I', entry.login, entry.password, entry.role);
    elsif to_regrole(quote_ident(entry.login)) is not null and not pg_has_role(entry.login, entry.role, 'usage') then
      execute format('grant %I to %I', entry.role, entry.login);
    end if;
  end loop;
end $$;

-- An operator's login: created where it is missing and its password is known, and made a member of its role.
create or replace function ledger.admit(login text, password text, role text) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if to_regrole(quote_ident(login)) is null and password is not null then
    execute format('create role %I login password %L', login, password);
  end if;
  if not pg_has_role(login, role, 'usage') then
    execute format('grant %I to %I', role, login);
  end if;
  insert into ledger.login (login, role) values (admit.login, admit.role) on conflict do nothing;
end $$;

-- ---------------------------------------------------------------------------------------------------------
-- 2. Guards on the sealed log's tables, where they are.
-- ---------------------------------------------------------------------------------------------------------

-- The last known definition of each function: what is replaced by itself is no change.
create table if not exists ledger.schema_seen (
  object text primary key,
  sha256 bytea not null
);

-- Which program's schema this is: a host that may not migrate compares it with its own.
create table if not exists ledger.schema_version (
  only_row boolean primary key default true check (only_row),
  version  text not null
);

do $$
begin
  perform ledger.guard(t::regclass)
  from unnest(array['identity', 'leaf', 'leaf_payload', 'tile', 'checkpoint', 'cosignature', 'time_stamp', 'stream_index',
    'pending_leaf', 'schema_change']) name, format('ledger.%I', name) t
  where to_regclass(t) is not null;
end $$;

-- ---------------------------------------------------------------------------------------------------------
-- 3. The log of changes of the structure, and the changes that are refused because they would change rows past
--    the row triggers. Only a superuser can create these triggers; the fingerprint shows whether they are there. Changes of
--    roles and of these triggers themselves do not fire them: for those there is the fingerprint.
-- ---------------------------------------------------------------------------------------------------------

-- The import builds and drops the indexes of its own staging table all the time.
create or replace function ledger.log_ddl() returns event_trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  change record;
  sum    bytea;
begin
  if to_regclass('ledger.schema_change') is null or to_regclass('ledger.schema_seen') is null then
    return;
  end if;
  if tg_event = 'sql_drop' then
    insert into ledger.schema_change (tag, object)
    select tg_tag, o.object_type || ' ' || o.object_identity
    from pg_event_trigger_dropped_objects() o
    where (o.original or o.normal) and not o.is_temporary
      and o.object_identity not in ('ledger.import_line_order', 'ledger.import_line_event');
    return;
  end if;
  for change in
    select * from pg_event_trigger_ddl_commands() c
    where c.schema_name is distinct from 'pg_temp'
      and coalesce(c.object_identity, '') not in ('ledger.import_line_order', 'ledger.import_line_event')
  loop
    if change.command_tag = 'CREATE FUNCTION' then
      sum := sha256(convert_to(pg_get_functiondef(change.objid), 'UTF8'));
      continue when exists (select from ledger.schema_seen s where s.object = change.object_identity and s.sha256 = sum);
      insert into ledger.schema_seen as s (object, sha256) values (change.object_identity, sum)
      on conflict (object) do update set sha256 = excluded.sha256;
    end if;
    insert into ledger.schema_change (tag, object)
    values (change.command_tag, concat_ws(' ', change.object_type, change.object_identity));
  end loop;
end $$;

-- A table that is dropped, or written anew (alter column … using …), fires no row trigger. Marten would do both to mt_events
-- for some of its options.
create or replace function ledger.refuse_ddl() returns event_trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  gone text;
begin
  if tg_event = 'table_rewrite' then
    select pg_event_trigger_table_rewrite_oid()::regclass::text into gone
    where exists (select from pg_trigger t where t.tgrelid = pg_event_trigger_table_rewrite_oid() and t.tgname = 'ledger_no_change');
  else
    select o.object_identity into gone from pg_event_trigger_dropped_objects() o
    where not o.is_temporary
      and (o.object_type = 'table' and (o.schema_name = 'ledger' or o.object_identity in ('mt.mt_events', 'mt.mt_streams'))
           or o.object_type = 'table column' and o.address_names[1:2] in (array['mt', 'mt_events'], array['mt', 'mt_streams']));
  end if;
  if gone is not null then
    raise exception 'ledger: % on % is refused: append only', tg_tag, gone using errcode = 'LG001';
  end if;
end $$;

-- ---------------------------------------------------------------------------------------------------------
-- 4. The guards as text, a line for each, and the hash over it. Names only: no oids, nothing of the session.
-- ---------------------------------------------------------------------------------------------------------

create or replace function ledger.guard_description() returns table (line text)
language sql stable security definer
set search_path = pg_catalog, pg_temp set quote_all_identifiers = off set datestyle = 'ISO' set timezone = 'UTC' as $$
  with guarded as (
    select c.*, n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')
      and (n.nspname = 'ledger' or n.nspname = 'mt' and c.relname in ('mt_events', 'mt_streams', 'mt_events_sequence'))
  ), login as (
    select r.*, l.role as of_group from pg_roles r join ledger.login l on l.login = r.rolname
  )
  select l.text collate "C" from (
    select format('schema %s owner %s rights %s', n.nspname, pg_get_userbyid(n.nspowner), coalesce(array(select a::text from unnest(n.nspacl) a order by a::text collate "C")::text, '-'))
    from pg_namespace n where n.nspname in ('mt', 'ledger')
    union all
    select format('table %s kind %s persistence %s owner %s rights %s rows %s', g.name, g.relkind, g.relpersistence, pg_get_userbyid(g.relowner),
      coalesce(array(select a::text from unnest(g.relacl) a order by a::text collate "C")::text, '-'), g.relrowsecurity::text || g.relforcerowsecurity::text)
    from guarded g
    union all
    select format('column %s.%s %s%s%s rights %s', g.name, a.attname, format_type(a.atttypid, a.atttypmod), case when a.attnotnull then ' not null' else '' end,
      coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), ''), coalesce(array(select x::text from unnest(a.attacl) x order by x::text collate "C")::text, '-'))
    from guarded g join pg_attribute a on a.attrelid = g.oid and a.attnum > 0 and not a.attisdropped
    left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where g.relkind <> 'S'
    union all
    select format('trigger %s enabled %s', pg_get_triggerdef(t.oid), t.tgenabled)
    from pg_trigger t join guarded g on g.oid = t.tgrelid where not t.tgisinternal
    union all
    select format('constraint %s %s %s valid %s', g.name, c.conname, pg_get_constraintdef(c.oid), c.convalidated)
    from pg_constraint c join guarded g on g.oid = c.conrelid
    union all
    select format('index %s unique %s valid %s', pg_get_indexdef(i.indexrelid), i.indisunique, i.indisvalid and i.indisready)
    from pg_index i join guarded g on g.oid = i.indrelid
    where pg_get_indexdef(i.indexrelid) !~ ' import_line_(order|event) '
    union all
    select format('rule %s enabled %s', pg_get_ruledef(r.oid), r.ev_enabled) from pg_rewrite r join guarded g on g.oid = r.ev_class
    union all
    select format('policy %s on %s', p.polname, g.name) from pg_policy p join guarded g on g.oid = p.polrelid
    union all
    select format('%s inherits %s', i.inhrelid::regclass, i.inhparent::regclass) from pg_inherits i join guarded g on g.oid in (i.inhparent, i.inhrelid)
    union all
    select format('function %s owner %s rights %s definition %s', p.oid::regprocedure, pg_get_userbyid(p.proowner),
      coalesce(array(select a::text from unnest(p.proacl) a order by a::text collate "C")::text, '-'), encode(sha256(convert_to(pg_get_functiondef(p.oid), 'UTF8')), 'hex'))
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where p.prokind in ('f', 'p') and (n.nspname = 'ledger' or n.nspname = 'mt' and p.prosrc ~ 'mt_(events|streams)')
    union all
    select format('event trigger %s on %s enabled %s calls %s owner %s', e.evtname, e.evtevent, e.evtenabled, e.evtfoid::regproc, pg_get_userbyid(e.evtowner))
    from pg_event_trigger e
    union all
    select format('role %s login %s superuser %s createrole %s createdb %s replication %s bypassrls %s inherit %s member of %s',
      r.rolname, r.rolcanlogin, r.rolsuper, r.rolcreaterole, r.rolcreatedb, r.rolreplication, r.rolbypassrls, r.rolinherit,
      array(select pg_get_userbyid(m.roleid)::text || case when m.admin_option then '*' else '' end from pg_auth_members m where m.member = r.oid order by pg_get_userbyid(m.roleid)))
    from pg_roles r
    where r.rolname in ('ledger_owner', 'ledger_writer', 'ledger_sealer', 'ledger_auditor', 'ledger_reader') or r.rolname in (select l.rolname from login l)
    union all
    select format('login %s for %s', l.rolname, l.of_group) from login l
    union all
    select format('owner %s', pg_get_userbyid(m.member)) from pg_auth_members m where m.roleid = 'ledger_owner'::regrole
    union all
    select format('setting for %s %s', case when s.setdatabase = 0 then 'all' else 'database' end || coalesce(' ' || nullif(s.setrole, 0)::regrole::text, ''), x)
    from pg_db_role_setting s, unnest(s.setconfig) x
    where s.setdatabase in (0, (select d.oid from pg_database d where d.datname = current_database()))
      and (s.setrole = 0 or pg_get_userbyid(s.setrole) like 'ledger\_%' and (pg_get_userbyid(s.setrole) in (select l.rolname from login l)
           or pg_get_userbyid(s.setrole) in ('ledger_owner', 'ledger_writer', 'ledger_sealer', 'ledger_auditor', 'ledger_reader')))
    union all
    select format('server %s = %s', s.name, s.setting) from pg_settings s where s.name in ('data_checksums', 'fsync', 'full_page_writes')
  ) l (text)
  order by l.text collate "C"
$$;

-- 32 bytes: the evidence of a batch says under which guards it was sealed.
create or replace function ledger.guard_fingerprint() returns bytea
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select sha256(convert_to(string_agg(d.line, E'\n' order by d.line collate "C"), 'UTF8')) from ledger.guard_description() d
$$;

-- ---------------------------------------------------------------------------------------------------------
-- 5. Ownership and rights.
-- ---------------------------------------------------------------------------------------------------------

-- What the roles may do: schema, kind (n schema, r table, S sequence, f function), names (a regular expression), role, rights.
-- What no line grants is taken away, from everybody; a role that is not ours keeps what lets it read.
create or replace function ledger.granted() returns table (schema text, kind text, names text, role text, rights text)
language sql immutable set search_path = pg_catalog, pg_temp as $$
  values
    ('mt',     'n', '.*', 'writer',  'usage'),
    ('mt',     'n', '.*', 'sealer',  'usage'),
    ('mt',     'n', '.*', 'auditor', 'usage'),
    ('ledger', 'n', '.*', 'writer',  'usage'),
    ('ledger', 'n', '.*', 'sealer',  'usage'),
    ('ledger', 'n', '.*', 'auditor', 'usage'),
    ('wolverine', 'n', '.*', 'writer', 'usage'),

    ('mt', 'r', 'mt_events',           'writer', 'select insert'),
    ('mt', 'r', 'mt_streams',          'writer', 'select insert update'),
    ('mt', 'r', 'mt_high_water_skips', 'writer', 'select insert'),
    ('mt', 'r', 'mt_event_(progression|projection_floors)', 'writer', 'select insert update delete'),
    ('mt', 'r', 'mt_doc_.*',           'writer', 'select insert update delete truncate'),
    ('mt', 'S', '.*',                  'writer', 'usage select'),
    ('wolverine', 'r', '.*',           'writer', 'select insert update delete truncate'),
    ('wolverine', 'S', '.*',           'writer', 'usage select'),

    ('ledger', 'r', 'intake|position|frontier|import|schema_version', 'writer', 'select'),
    ('ledger', 'r', 'case_number|registered_unit|import_.*', 'writer', 'select insert update delete'),
    ('ledger', 'r', 'attachment|attachment_chunk|attachment_storer', 'writer', 'select insert'),
    ('ledger', 'S', 'attachment_content', 'writer', 'usage select'),
    ('ledger', 'f', 'advance|resolve|enter_command|import_.*|guard_description|guard_fingerprint', 'writer', 'execute'),
    ('ledger', 'f', 'advance|resolve|import_in_progress|guard_description|guard_fingerprint', 'sealer', 'execute'),
    ('ledger', 'f', 'advance|resolve|import_in_progress|guard_description|guard_fingerprint', 'auditor', 'execute'),

    -- The sealed log: the sealer only adds to it.
    ('mt',     'r', 'mt_events|mt_streams', 'sealer', 'select'),
    ('mt',     'S', 'mt_events_sequence', 'sealer', 'select'),
    ('ledger', 'r', 'intake|position|frontier|registered_unit|schema_version|schema_change', 'sealer', 'select'),
    ('ledger', 'f', 'row_hash', 'sealer',  'execute'),
    ('ledger', 'f', 'row_hash', 'auditor', 'execute'),
    ('ledger', 'r', 'identity|leaf|leaf_payload|tile|checkpoint|cosignature|time_stamp|stream_index|pending_leaf', 'sealer', 'select insert'),
    ('ledger', 'r', 'head|stream_head', 'sealer', 'select insert update'),
    ('ledger', 'r', 'late_row', 'sealer', 'select insert delete'),
    ('ledger', 'r', 'identity|leaf|leaf_payload|leaf_member|tile|head|checkpoint|cosignature|time_stamp|stream_head|stream_index|late_row|schema_change', 'writer', 'select'),
    -- Of logs that ended: what was published stays published (LogEndpoints).
    ('ledger', 'r', '(head|leaf|tile|checkpoint|cosignature|time_stamp)_epoch_[0-9]+', 'writer', 'select'),
    ('ledger', 'r', 'pending_leaf', 'writer', 'select insert'),

    ('mt',     'r', '.*', 'auditor', 'select'),
    ('mt',     'S', '.*', 'auditor', 'select'),
    ('ledger', 'r', '(?!login$).*', 'auditor', 'select'),
    ('ledger', 'S', '.*', 'auditor', 'select'),

    ('bi', 'n', '.*', 'reader', 'usage'),
    ('bi', 'r', '.*', 'reader', 'select')
$$;

do $$
declare
  item record;
begin
  for item in
    select format('alter schema %I owner to ledger_owner', n.nspname) as command
    from pg_namespace n where n.nspname in ('mt', 'ledger', 'wolverine', 'bi') and n.nspowner <> 'ledger_owner'::regrole
    union all
    select format('alter %s %s owner to ledger_owner',
      case c.relkind when 'S' then 'sequence' when 'v' then 'view' when 'm' then 'materialized view' when 'f' then 'foreign table' else 'table' end, c.oid::regclass)
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('mt', 'ledger', 'wolverine', 'bi') and c.relkind in ('r', 'p', 'v', 'm', 'f', 'S') and c.relowner <> 'ledger_owner'::regrole
      -- The sequence of a column follows its table.
      and not (c.relkind = 'S' and exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.refobjsubid > 0 and d.deptype in ('a', 'i')))
    union all
    select format('alter routine %s owner to ledger_owner', p.oid::regprocedure)
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname in ('mt', 'ledger', 'wolverine', 'bi') and p.proowner <> 'ledger_owner'::regrole
    union all
    select format('alter type %s owner to ledger_owner', t.oid::regtype)
    from pg_type t join pg_namespace n on n.oid = t.typnamespace left join pg_class c on c.oid = t.typrelid
    where n.nspname in ('mt', 'ledger', 'wolverine', 'bi') and t.typowner <> 'ledger_owner'::regrole
      and (t.typtype in ('d', 'e', 'r') or c.relkind = 'c')
  loop
    execute item.command;
  end loop;

  -- The owner can give itself the right back; that is logged, and the trigger refuses all the same.
  if has_table_privilege('ledger_owner', 'mt.mt_events', 'update, delete, truncate') then
    revoke update, delete, truncate on mt.mt_events from ledger_owner;
  end if;
end $$;

do $$
declare
  item record;
begin
  for item in
    with object (schema, kind, name, command, owner, acl) as (
      select n.nspname, 'n', n.nspname, format('schema %I', n.nspname), n.nspowner, coalesce(n.nspacl, acldefault('n', n.nspowner))
      from pg_namespace n
      union all
      select n.nspname, case c.relkind when 'S' then 'S' else 'r' end, c.relname, format('%s %s', case c.relkind when 'S' then 'sequence' else 'table' end, c.oid::regclass), c.relowner,
             coalesce(c.relacl, acldefault(case c.relkind when 'S' then 's' else 'r' end::"char", c.relowner))
      from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')
      union all
      select n.nspname, 'f', p.proname, format('routine %s', p.oid::regprocedure), p.proowner, coalesce(p.proacl, acldefault('f', p.proowner))
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'ledger'
    ), ours as (
      select o.* from object o where o.schema in ('mt', 'ledger', 'wolverine', 'bi')
    ), has as (
      select o.command, case when a.grantee = 0 then 'public' else quote_ident(pg_get_userbyid(a.grantee)) end as role, lower(a.privilege_type) as right
      from ours o, aclexplode(o.acl) a where a.grantee <> o.owner
    ), should as (
      select distinct o.command, 'ledger_' || g.role as role, r as right
      from ours o join ledger.granted() g on g.schema = o.schema and g.kind = o.kind and o.name ~ ('^(' || g.names || ')$'),
           unnest(string_to_array(g.rights, ' ')) r
    )
    select 'revoke ' || string_agg(h.right, ', ') || ' on ' || h.command || ' from ' || h.role as command, 1 as step
    from has h where not exists (select from should s where (s.command, s.role, s.right) = (h.command, h.role, h.right))
      and (h.role ~ '^(public|ledger_(writer|sealer|auditor|reader))$' or h.right not in ('select', 'usage'))
    group by h.command, h.role
    union all
    select 'grant ' || string_agg(s.right, ', ') || ' on ' || s.command || ' to ' || s.role, 2
    from should s where not exists (select from has h where (s.command, s.role, s.right) = (h.command, h.role, h.right))
    group by s.command, s.role
    order by step
  loop
    execute item.command;
  end loop;
end $$;

-- Last, so that a first migration does not log itself.
do $$
declare
  wanted record;
begin
  if not (select r.rolsuper from pg_roles r where r.rolname = current_user) then
    raise notice 'ledger: only a superuser can create the event triggers';
    return;
  end if;
  if not exists (select from ledger.schema_seen) then
    insert into ledger.schema_seen (object, sha256)
    select i.identity, sha256(convert_to(pg_get_functiondef(p.oid), 'UTF8'))
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace, pg_identify_object('pg_proc'::regclass, p.oid, 0) i
    where n.nspname in ('mt', 'ledger', 'wolverine', 'bi') and p.prokind in ('f', 'p');
  end if;
  for wanted in select * from (values ('ledger_log_ddl', 'ddl_command_end', 'ledger.log_ddl'), ('ledger_log_drop', 'sql_drop', 'ledger.log_ddl'),
      ('ledger_refuse_drop', 'sql_drop', 'ledger.refuse_ddl'), ('ledger_refuse_rewrite', 'table_rewrite', 'ledger.refuse_ddl')) w (name, moment, calls) loop
    if not exists (select from pg_event_trigger e where e.evtname = wanted.name) then
      execute format('create event trigger %I on %s execute function %s()', wanted.name, wanted.moment, wanted.calls);
    end if;
    if exists (select from pg_event_trigger e where e.evtname = wanted.name and e.evtenabled <> 'A') then
      execute format('alter event trigger %I enable always', wanted.name);
    end if;
  end loop;
end $$;
