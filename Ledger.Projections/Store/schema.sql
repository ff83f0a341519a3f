-- The ledger's own schema, beside Marten's (schema mt), applied after it by LedgerSchema.
--
-- Idempotent: applied again it changes nothing and takes no lock on mt.mt_events.
-- Later issues add their tables at the end; nothing here is ever dropped or renamed.

create schema if not exists ledger;

-- An event stored before the guards has no intake row, and the position would pass it unseen.
do $$
begin
  if to_regclass('ledger.intake') is null and exists (select from mt.mt_events) then
    raise exception 'ledger: events were stored before the ledger''s schema; apply it to an empty store'
      using errcode = 'LG003';
  end if;
  -- A cached sequence hands out numbers of one transaction in a later one; the proof below needs cache 1.
  if (select seqcache from pg_sequence where seqrelid = 'mt.mt_events_sequence'::regclass) <> 1 then
    raise exception 'ledger: mt.mt_events_sequence must have cache 1' using errcode = 'LG003';
  end if;
end $$;

-- ---------------------------------------------------------------------------------------------------------
-- 1. Intake: what the ledger itself says about each event row, written in the writer's own transaction.
--    mt_events.timestamp is the sender's to set; recorded_at is nobody's.
-- ---------------------------------------------------------------------------------------------------------

create table if not exists ledger.intake (
  seq_id      bigint      primary key,
  xid         xid8        not null,
  recorded_at timestamptz not null default clock_timestamp()
);

-- The row as it was taken in: whoever changes it before it is sealed leaves another hash behind. Null in rows that were
-- taken in before these columns existed.
do $$
begin
  -- Asked first: `add column if not exists` waits for every open writer, and is logged as a change.
  if not exists (select from pg_attribute where attrelid = 'ledger.intake'::regclass and attname = 'application') then
    alter table ledger.intake
      add column if not exists row_sha256 bytea,
      add column if not exists login text,
      add column if not exists application text;
  end if;
end $$;

-- Every column by name: not `row::text`, which changes when a column is added. No column's text depends on a setting of the
-- session: the instant is a number of microseconds, the binary data is in hexadecimal. Marten dates the fillers that it leaves
-- for failed appends -infinity, which is no number of microseconds.
create or replace function ledger.row_hash(e mt.mt_events) returns bytea
language sql stable as $$
  select pg_catalog.sha256(pg_catalog.convert_to(row(
    e.seq_id, e.id, e.stream_id, e.version, e.type, e.tenant_id,
    case e.timestamp
      when '-infinity' then -9223372036854775808
      when 'infinity' then 9223372036854775807
      else (extract(epoch from e.timestamp) * 1000000)::bigint
    end,
    e.mt_dotnet_type, e.is_archived,
    e.causation_id, e.correlation_id, e.headers, e.user_name, e.data, pg_catalog.encode(e.bdata, 'hex'))::text, 'UTF8'))
$$;

-- Rows that came in below the position, which only Marten's tombstones may: the sealer looks above it.
create table if not exists ledger.late_row (
  seq_id bigint primary key
);

-- ---------------------------------------------------------------------------------------------------------
-- 2. Positions: at instant reached_at the ledger had reached `position` without gaps: every event with a
--    sequence number up to it that will ever exist was committed. Both columns only grow.
--    frontier is one row of working memory: the gap that is being watched, and the latest instant for which
--    an answer has been given (see ledger.resolve).
-- ---------------------------------------------------------------------------------------------------------

create table if not exists ledger.position (
  position   bigint      primary key,
  reached_at timestamptz not null unique
);

insert into ledger.position (position, reached_at)
select 0, clock_timestamp() where not exists (select from ledger.position)
on conflict do nothing;

create table if not exists ledger.frontier (
  only_row       boolean     primary key default true check (only_row),
  watch_seq      bigint      not null default 0,
  watch_holders  text[]      not null default '{}',
  answered_until timestamptz not null default '-infinity'
);

insert into ledger.frontier (only_row) values (true) on conflict do nothing;

-- ---------------------------------------------------------------------------------------------------------
-- 3. Registers of the write side, filled by commands and imports in the writer's transaction; the primary
--    key is the rule: one subject per case number, a unit is registered once.
-- ---------------------------------------------------------------------------------------------------------

create table if not exists ledger.case_number (
  case_no text primary key,
  subject text not null
);

create table if not exists ledger.registered_unit (
  unit text primary key
);

-- ---------------------------------------------------------------------------------------------------------
-- 3a. Attachments: the documents that facts name, by their SHA-256. Each upload writes its chunks under a number
--     of its own, and the row that says so last, in the same transaction: of two uploads of one document the
--     second finds the first's row and takes its own chunks back, and none waits while the other is arriving.
--     Who stored a document stands beside it; '' is nobody's unit.
-- ---------------------------------------------------------------------------------------------------------

create sequence if not exists ledger.attachment_content as bigint;

create table if not exists ledger.attachment (
  sha256     bytea       primary key check (octet_length(sha256) = 32),
  content    bigint      not null unique,
  size       bigint      not null check (size between 1 and 20971520),
  chunks     integer     not null check (chunks > 0),
  media_type text        not null,
  stored_at  timestamptz not null default clock_timestamp()
);

create table if not exists ledger.attachment_chunk (
  content bigint  not null,
  n       integer not null check (n >= 0),
  data    bytea   not null check (octet_length(data) between 1 and 262144),
  primary key (content, n)
);

create table if not exists ledger.attachment_storer (
  sha256    bytea       not null references ledger.attachment,
  actor     text        not null,
  unit      text        not null,
  client    text        not null,
  stored_at timestamptz not null default clock_timestamp(),
  primary key (sha256, actor, unit)
);

-- Documents are compressed already; trying again costs more than it gains.
do $$
begin
  if exists (select from pg_attribute where attrelid = 'ledger.attachment_chunk'::regclass and attname = 'data' and attstorage <> 'e') then
    alter table ledger.attachment_chunk alter column data set storage external;
  end if;
end $$;

-- ---------------------------------------------------------------------------------------------------------
-- 4. Guards. ENABLE ALWAYS, so that session_replication_role = replica does not get around them.
-- ---------------------------------------------------------------------------------------------------------

-- The one change that is let through: what a sealed redaction takes away (redaction.sql).
create or replace function ledger.refuse() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'UPDATE' and tg_table_name in ('mt_events', 'leaf_payload', 'leaf_member', 'intake') then
    if ledger.redacts(tg_table_name, to_jsonb(old), to_jsonb(new)) then
      return new;
    end if;
  end if;
  raise exception 'ledger: % on %.% is refused: append only', tg_op, tg_table_schema, tg_table_name
    using errcode = 'LG001';
end $$;

-- Security definer: a writer needs no right on ledger.intake and so cannot forge a row in it.
create or replace function ledger.take_in() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  -- The proof below needs every number to be drawn in the transaction that uses it. Marten's quick append
  -- does that; its bulk copy and rich append draw numbers ahead. Such a row, come too late, would change
  -- answers already given, so it is refused. Marten's tombstones (fillers for numbers whose transaction
  -- rolled back) do come late, and may: they are no facts, and nothing counts them; the sealer finds them by their name.
  if new.seq_id <= (select p.position from ledger.position p order by p.position desc limit 1) then
    if new.stream_id is distinct from 'mt_tombstone' then
      raise exception 'ledger: event % comes after its position was passed', new.seq_id using errcode = 'LG002';
    end if;
    insert into ledger.late_row (seq_id) values (new.seq_id);
  end if;
  insert into ledger.intake (seq_id, xid, row_sha256, login, application)
  values (new.seq_id, pg_current_xact_id(), ledger.row_hash(new), session_user, current_setting('application_name'));
  return null;
end $$;

-- Creates a trigger where it is missing and sees to it that it always fires. One by one and only where missing:
-- create-or-replace would wait for every open writer at each start.
create or replace function ledger.ensure_trigger(
  on_table regclass, name text, moment text, per text, calls text, condition text default null) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  state "char";
begin
  select t.tgenabled into state from pg_trigger t where t.tgrelid = on_table and t.tgname = ensure_trigger.name;
  if not found then
    execute format('create trigger %I %s on %s for each %s %s execute function %s()',
      name, moment, on_table, per, 'when (' || condition || ')', calls);
  end if;
  if state is distinct from 'A' then
    execute format('alter table %s enable always trigger %I', on_table, name);
  end if;
end $$;

-- Append only: rows come, and neither change nor go.
create or replace function ledger.guard(on_table regclass) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform ledger.ensure_trigger(on_table, 'ledger_no_change', 'before update or delete', 'row', 'ledger.refuse');
  perform ledger.ensure_trigger(on_table, 'ledger_no_trunc', 'before truncate', 'statement', 'ledger.refuse');
end $$;

do $$
begin
  perform ledger.ensure_trigger('mt.mt_events', 'ledger_take_in', 'after insert', 'row', 'ledger.take_in');
  perform ledger.guard(t) from unnest(array['mt.mt_events', 'ledger.intake', 'ledger.position', 'ledger.attachment',
    'ledger.attachment_chunk', 'ledger.attachment_storer']::regclass[]) t;
  -- A stream's row moves on with its events, and nothing else of it changes. Marten's append writes these two columns;
  -- archiving, compacting and renaming write others.
  perform ledger.ensure_trigger('mt.mt_streams', 'ledger_no_delete', 'before delete', 'row', 'ledger.refuse');
  perform ledger.ensure_trigger('mt.mt_streams', 'ledger_no_trunc', 'before truncate', 'statement', 'ledger.refuse');
  perform ledger.ensure_trigger('mt.mt_streams', 'ledger_no_change', 'before update', 'row', 'ledger.refuse',
    'new.version is null or new.version < old.version or (new.id, new.type, new.created, new.tenant_id, new.compacted_version, new.is_archived) '
    'is distinct from (old.id, old.type, old.created, old.tenant_id, old.compacted_version, old.is_archived)');
end $$;

-- ---------------------------------------------------------------------------------------------------------
-- 5. advance(): moves the position to the end of the gap-free prefix and logs the instant.
--
-- Numbers are drawn in one order and committed in another, and a rolled-back number never comes. So at a
-- missing number g the question is: can it still come?
--
--   nextval() takes ROW EXCLUSIVE on the sequence and keeps it until its transaction has ended, whatever
--   else that transaction did (it is taken for the top transaction, so a rolled-back savepoint keeps it).
--   At commit a transaction first becomes visible, then releases its locks. Hence, in this order:
--     a. a row numbered `seen` is visible          => every number <= seen has been drawn (cache 1), and
--                                                     its drawer held the lock before this moment;
--     b. then pg_locks is read: `holders`          => a drawer of a number <= seen that is not in it has
--                                                     ended, and if it committed is visible from now on;
--     c. then, in a new snapshot, the rows are read.
--   If `holders` is empty, a number <= seen that is missing in (c) can never come. If it is not, remember
--   (seen, holders); once none of those transactions holds the lock any more, the same is true of that seen.
--   Transactions that started later do not matter: they draw greater numbers. So one rolled-back number
--   never waits for more than the writers that were open when it was found, however busy the ledger is, and
--   an idle or long transaction that writes no event (a dump, a rebuild, another database) delays nothing.
--
-- Why not transaction ids and pg_snapshot: a transaction gets its id at its first write, and Marten's append
-- to an existing stream draws the number before that; such a drawer is in no snapshot's list.
-- (A number that is drawn in one transaction and used in another is outside the proof; see take_in.)
--
-- READ COMMITTED and VOLATILE: each statement of this function has its own, later snapshot. (b) and (c) rely
-- on that, so other isolation levels are refused. The names of transactions (virtualtransaction) are used again
-- only after a restart, where the worst is to wait for one that need not be waited for. A prepared transaction
-- survives a restart under another name, -1/n: while there is such a one, no remembered gap is passed.
--
-- Cost: an index scan over the new rows; at a gap, one look at pg_locks; it stops at the first live gap.
-- ---------------------------------------------------------------------------------------------------------

-- Security definer, like resolve(): who asks where the ledger stands needs no right to write it.
create or replace function ledger.advance() returns table ("position" bigint, reached_at timestamptz)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  last     ledger.position;
  watch    ledger.frontier;
  reached  bigint;  -- end of the gap-free prefix so far
  settled  bigint;  -- gaps up to here are known to be dead
  seen     bigint;
  holders  text[];
  next_seq bigint;
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'ledger.advance() needs READ COMMITTED' using errcode = 'LG004';
  end if;
  perform pg_advisory_xact_lock(4774451407313060);  -- one at a time; also orders reached_at

  select p.* into last from ledger.position p order by p.position desc limit 1;
  reached := last.position;
  settled := last.position;

  for round in 1..2 loop
    for next_seq in select i.seq_id from ledger.intake i where i.seq_id > reached order by i.seq_id loop
      exit when next_seq > reached + 1 and next_seq - 1 > settled;
      reached := next_seq;
    end loop;

    exit when round = 2;
    select coalesce(max(i.seq_id), 0) into seen from ledger.intake i;                                   -- (a)
    exit when seen <= reached;
    select coalesce(array_agg(distinct l.virtualtransaction), '{}') into holders from pg_locks l         -- (b)
    where l.locktype = 'relation' and l.granted and l.mode = 'RowExclusiveLock'
      and l.relation = 'mt.mt_events_sequence'::regclass
      and l.database = (select d.oid from pg_database d where d.datname = current_database());
    select f.* into watch from ledger.frontier f;

    if holders = '{}' then
      settled := seen;
    elsif watch.watch_seq > reached and not watch.watch_holders && holders
          and not exists (select from unnest(holders) h where h like '-1/%') then
      settled := watch.watch_seq;
    end if;
    if watch.watch_seq <= greatest(reached, settled) and settled < seen then
      update ledger.frontier set watch_seq = seen, watch_holders = holders;
    end if;
    exit when settled <= reached;                                                                -- (c): round 2
  end loop;

  if reached > last.position then
    -- Strictly later than every instant logged or answered before, also when the clock is set back.
    insert into ledger.position (position, reached_at)
    select reached, greatest(clock_timestamp(), last.reached_at + interval '1 microsecond',
                             f.answered_until + interval '1 microsecond')
    from ledger.frontier f
    returning ledger.position.position, ledger.position.reached_at into last.position, last.reached_at;
  end if;
  return query select last.position, last.reached_at;
end $$;

-- ---------------------------------------------------------------------------------------------------------
-- 6. resolve(known_at): the last position that the ledger had reached at that instant; null means now.
--
-- An answer for an instant never changes. It takes advance()'s lock in shared mode, so that an advance that
-- already has its instant is either logged or has its instant still to take; and where the instant is later
-- than the last one logged it is remembered, so that the next position gets a later one even if the clock
-- is set back. An instant in the future is read as now. Before the ledger's first instant: position 0.
-- ---------------------------------------------------------------------------------------------------------

create or replace function ledger.resolve(known_at timestamptz) returns table ("position" bigint, reached_at timestamptz)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  last ledger.position;
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'ledger.resolve() needs READ COMMITTED' using errcode = 'LG004';
  end if;
  if known_at is not null then
    perform pg_advisory_xact_lock_shared(4774451407313060);
  end if;

  select p.* into last from ledger.position p order by p.position desc limit 1;
  if known_at is null or known_at = last.reached_at then
    return query select last.position, last.reached_at;
  elsif known_at > last.reached_at then
    update ledger.frontier set answered_until = least(known_at, clock_timestamp())
    where answered_until < least(known_at, clock_timestamp());
    return query select last.position, last.reached_at;
  else
    return query
      select p.position, p.reached_at from ledger.position p where p.reached_at <= known_at order by p.reached_at desc limit 1;
    if not found then
      return query select p.position, p.reached_at from ledger.position p order by p.position limit 1;
    end if;
  end if;
end $$;
