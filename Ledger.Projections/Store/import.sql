-- The import's tables and functions, applied after schema.sql. Idempotent.
--
-- One import at a time runs in a database (session lock 4774451407313062, held by its first connection). What is staged
-- counts for nothing until the import is reserved; from then on its row in ledger.import says 'appending', its staged
-- lines and markers say what is left to append, and any later run finishes it from here, without the file.

create table if not exists ledger.import (
  id          bigint      generated always as identity primary key,
  sha256      bytea       not null,
  actor       text        not null,
  state       text        not null check (state in ('appending', 'done')),
  imported    bigint      not null,
  duplicates  bigint      not null,
  reserved_at timestamptz not null default clock_timestamp(),
  finished_at timestamptz
);

create unique index if not exists import_one_at_a_time on ledger.import ((true)) where state = 'appending';

-- Compared byte by byte ("C"): the order within a subject is the rule, the order of subjects only has to be one.
create table if not exists ledger.import_line (
  line      integer  not null,
  partition smallint not null,
  subject   text     collate "C" not null,
  type      text,
  event_id  uuid,
  source    text,
  id        text,
  time      text,
  data      text,
  code      text,
  chinese   text,
  english   text
);

-- What the check found: d duplicate, r refused, + takes a case number, - gives one up, u registers a unit, w withdraws one.
create table if not exists ledger.import_outcome (
  line    integer not null,
  kind    "char"  not null,
  subject text    collate "C" not null,
  name    text    collate "C",
  code    text,
  chinese text,
  english text
);

-- Reservations. A command that touches one is told import.in-progress (ledger.enter_command).
create table if not exists ledger.import_subject (subject text collate "C" primary key);

-- For each case number of the file the last line that takes it or gives it up; the register follows that line.
create table if not exists ledger.import_case_number (
  case_no text    collate "C" primary key,
  line    integer not null,
  subject text    not null,
  taken   boolean not null
);
create index if not exists import_case_number_line on ledger.import_case_number (line);

create table if not exists ledger.import_unit (
  unit       text    collate "C" primary key,
  line       integer not null,
  registered boolean not null
);
create index if not exists import_unit_line on ledger.import_unit (line);

-- Up to which line of which subject a partition is appended; changed in the transaction that appends.
create table if not exists ledger.import_progress (
  partition smallint primary key,
  subject   text     collate "C" not null,
  line      integer  not null,
  appended  bigint   not null
);

-- Which column of a sender's sheet holds what, by the sheet's headings: a convenience for the next file, and no fact.
create table if not exists ledger.import_columns (
  sender   text  not null,
  kind     text  not null,
  headings bytea not null,
  columns  jsonb not null,
  primary key (sender, kind, headings)
);

-- ---------------------------------------------------------------------------------------------------------
-- The gate: a command holds it shared until its transaction ends, the reservation takes it exclusively for
-- a moment. So when the reservation looks, no command is under way that has not seen it, and every later
-- command sees it.
-- ---------------------------------------------------------------------------------------------------------

create or replace function ledger.import_in_progress() returns boolean
language sql stable as $$ select exists (select from ledger.import where state = 'appending') $$;

-- Called first in a command's transaction, with all that it is about to write: its subject, the case numbers that it takes
-- or gives up, its event id. Answers which of them a running import has reserved, null for none.
create or replace function ledger.enter_command(subject text, case_numbers text[] default '{}', event_id uuid default null)
returns text
language plpgsql volatile as $$
#variable_conflict use_column
declare
  reserved text;
begin
  perform pg_advisory_xact_lock_shared(4774451407313063);
  -- A statement of its own: its snapshot is taken after the lock, so it sees the reservation it waited for.
  select r.subject into reserved from ledger.import_subject r where r.subject = enter_command.subject;
  if reserved is null and case_numbers <> '{}' then
    select r.case_no into reserved from ledger.import_case_number r where r.case_no = any (case_numbers) limit 1;
  end if;
  -- Not import_in_progress(): a function in SQL is planned anew by each call, and this one is in every command.
  if reserved is null and event_id is not null and exists (select from ledger.import i where i.state = 'appending') then
    select l.subject into reserved from ledger.import_line l where l.event_id = enter_command.event_id limit 1;
  end if;
  return reserved;
end $$;

-- ---------------------------------------------------------------------------------------------------------
-- Staging. Security definer: emptying a table and building an index need its owner.
-- The index is built after the copy: it gives the order for the check and for the append.
-- ---------------------------------------------------------------------------------------------------------

create or replace function ledger.import_clear() returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if exists (select from ledger.import where state = 'appending') then
    raise exception 'ledger: an import is not finished' using errcode = 'LG005';
  end if;
  drop index if exists ledger.import_line_order;
  drop index if exists ledger.import_line_event;
  truncate ledger.import_line, ledger.import_outcome, ledger.import_subject, ledger.import_case_number,
           ledger.import_unit, ledger.import_progress;
end $$;

-- After the check, and after each round of it: tables as fresh as these have no statistics, or those of an empty table, and
-- a join of half a million rows is then planned as a loop.
create or replace function ledger.import_checked() returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  analyze ledger.import_outcome;
end $$;

-- Before the check runs again from the beginning.
create or replace function ledger.import_forget() returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  truncate ledger.import_outcome;
end $$;

create or replace function ledger.import_staged() returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  create index import_line_order on ledger.import_line (partition, subject, line);
  create index import_line_event on ledger.import_line (event_id);
  analyze ledger.import_line;
end $$;

-- The same key twice: at another subject or (two keys can have one event id) under another name. Within a subject the
-- rules of the stream decide. The first line of a key stands, whatever else is wrong with it.
create or replace function ledger.import_conflicts() returns table (line integer, source text, id text)
language sql stable as $$
  select x.line, x.source, x.id
  from (select l.line, l.source, l.id,
               (l.subject, l.source, l.id) is distinct from
               (first_value(l.subject) over first, first_value(l.source) over first, first_value(l.id) over first) as other
        from ledger.import_line l
        where l.code is null
          and l.event_id in (select t.event_id from ledger.import_line t where t.code is null group by t.event_id having count(*) > 1)
        window first as (partition by l.event_id order by l.line)) x
  where x.other
  union
  select l.line, l.source, l.id
  from ledger.import_line l join mt.mt_events e on e.id = l.event_id
  where l.code is null
    and (e.stream_id collate "C" <> l.subject or e.headers ->> 'source' is distinct from l.source
         or e.headers ->> 'id' is distinct from l.id)
$$;

-- Events of case numbers that more than one subject wants, in line order; line 0 is the ledger's present owner.
create or replace function ledger.import_contested() returns table (case_no text, line integer, subject text, taken boolean)
language sql stable as $$
  with claim as materialized (
    select o.name, o.line, o.subject, o.kind = '+' as taken from ledger.import_outcome o where o.kind in ('+', '-')
  ), contested as materialized (
    select c.name from claim c group by c.name having min(c.subject) <> max(c.subject)
    union
    select c.name from claim c join ledger.case_number n on n.case_no = c.name collate "default"
    where c.taken and n.subject collate "C" <> c.subject
  )
  select n.case_no, 0, n.subject, true from contested k join ledger.case_number n on n.case_no = k.name collate "default"
  union all
  select c.name, c.line, c.subject, c.taken from contested k join claim c on c.name = k.name
  order by 1, 2, 4
$$;

-- ---------------------------------------------------------------------------------------------------------
-- Reservation. Returns false where a command has changed, since `seen` was taken, something that the check
-- read: then it has to look again.
-- ---------------------------------------------------------------------------------------------------------

create or replace function ledger.import_reserve(
  sha256 bytea, actor text, duplicates bigint, reached bigint, seen pg_snapshot) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  lines bigint;
begin
  delete from ledger.import_line l using ledger.import_outcome o where o.kind = 'd' and o.line = l.line;
  -- With the file's own subjects those that its rules have read: what the check saw of them must stand.
  insert into ledger.import_subject (subject)
  select l.subject from ledger.import_line l union select o.name from ledger.import_outcome o where o.kind = 'n';
  insert into ledger.import_case_number (case_no, line, subject, taken)
  select distinct on (o.name) o.name, o.line, o.subject, o.kind = '+' from ledger.import_outcome o
  where o.kind in ('+', '-') order by o.name, o.line desc, o.kind;
  insert into ledger.import_unit (unit, line, registered)
  select distinct on (o.name) o.name, o.line, o.kind = 'u' from ledger.import_outcome o
  where o.kind in ('u', 'w') order by o.name, o.line desc, o.kind;
  insert into ledger.import_progress (partition, subject, line, appended)
  select distinct l.partition, '', 0, 0 from ledger.import_line l;
  select count(*) into lines from ledger.import_line;
  insert into ledger.import (sha256, actor, state, imported, duplicates)
  values (import_reserve.sha256, import_reserve.actor, 'appending', lines, import_reserve.duplicates);

  analyze ledger.import_line, ledger.import_subject, ledger.import_case_number, ledger.import_unit;

  perform pg_advisory_xact_lock(4774451407313063);
  -- Everything up to `reached` was committed before the check began; above it the snapshot tells.
  return not exists (
    with changed as materialized (
      select e.id, e.stream_id collate "C" as subject, e.type
      from ledger.intake i join mt.mt_events e on e.seq_id = i.seq_id
      where i.seq_id > reached and not pg_visible_in_snapshot(i.xid, seen)
    )
    select from changed c join ledger.import_subject s on s.subject = c.subject
    union all select from changed c join ledger.import_line l on l.event_id = c.id
    union all select from changed c where c.type = 'FactRetracted' and c.subject like 'unit/%'
    union all select from changed c join ledger.case_number n on n.subject = c.subject collate "default"
              join ledger.import_case_number r on r.case_no = n.case_no collate "C" where r.subject <> n.subject);
end $$;

-- ---------------------------------------------------------------------------------------------------------
-- Append: one call is one batch is one transaction, events, registers and marker together. The columns are
-- those of Marten's own quick append, and so is the drawing of the sequence number in the transaction that
-- uses it. Null when nothing is left. The marker is moved first: a second runner waits for it and then
-- finds that it is not where it left it.
-- ---------------------------------------------------------------------------------------------------------

create or replace function ledger.import_append(
  of_partition smallint, after_subject text, after_line integer, size integer,
  kinds text[], aliases text[], types text[], classes text[], correlation text, at timestamptz,
  out subject text, out line integer, out appended integer, out last_seq bigint)
language plpgsql volatile set jit = off as $$
#variable_conflict use_column
declare
  of_actor text;
begin
  select i.actor into of_actor from ledger.import i where i.state = 'appending';
  select b.subject, b.line, b.n into import_append.subject, import_append.line, appended
  from (select l.subject, l.line, count(*) over () as n
        from (select x.subject, x.line from ledger.import_line x
              where x.partition = of_partition and (x.subject, x.line) > (after_subject collate "C", after_line)
              order by x.subject, x.line limit size) l
        order by l.subject desc, l.line desc limit 1) b;
  if import_append.subject is null then
    return;
  end if;

  update ledger.import_progress p
  set subject = import_append.subject, line = import_append.line, appended = p.appended + import_append.appended
  where p.partition = of_partition and p.subject = after_subject collate "C" and p.line = after_line;
  if not found or of_actor is null then
    raise exception 'ledger: another process is finishing this import' using errcode = 'LG006';
  end if;

  with batch as materialized (
    select l.* from ledger.import_line l
    where l.partition = of_partition
      and (l.subject, l.line) > (after_subject collate "C", after_line)
      and (l.subject, l.line) <= (import_append.subject collate "C", import_append.line)
    order by l.subject, l.line
  ), head as (
    select b.subject, count(*) as n from batch b group by b.subject
  ), stream as (
    insert into mt.mt_streams (id, type, version, timestamp, tenant_id)
    select h.subject, k.alias, h.n, now(), '*DEFAULT*'
    from head h join unnest(kinds, aliases) as k (kind, alias) on k.kind collate "C" = split_part(h.subject, '/', 1)
    order by h.subject
    on conflict (id) do update set version = mt_streams.version + excluded.version, timestamp = excluded.timestamp
    returning id, version
  ), event as (
    insert into mt.mt_events
      (seq_id, id, stream_id, version, data, bdata, type, tenant_id, timestamp, mt_dotnet_type, is_archived,
       causation_id, correlation_id, headers, user_name)
    select nextval('mt.mt_events_sequence'), o.event_id, o.subject, o.version, o.data::jsonb, null, o.type, '*DEFAULT*', at,
           o.class, false, null, correlation,
           case when o.time is null then jsonb_build_object('source', o.source, 'id', o.id)
                else jsonb_build_object('source', o.source, 'id', o.id, 'time', o.time) end,
           of_actor
    from (select b.event_id, b.subject, b.data, b.type, b.source, b.id, b.time, t.class,
                 s.version - h.n + row_number() over (partition by b.subject order by b.line) as version
          from batch b
          join head h on h.subject = b.subject
          join stream s on s.id collate "C" = b.subject
          join unnest(types, classes) as t (name, class) on t.name = b.type
          order by b.subject, b.line) o
    returning seq_id
  ), taken as (
    insert into ledger.case_number (case_no, subject)
    select r.case_no, r.subject from batch b join ledger.import_case_number r on r.line = b.line where r.taken
    on conflict (case_no) do update set subject = excluded.subject
    returning 1
  ), freed as (
    delete from ledger.case_number n using batch b join ledger.import_case_number r on r.line = b.line
    where not r.taken and n.case_no = r.case_no collate "default" and n.subject = r.subject
    returning 1
  ), registered as (
    insert into ledger.registered_unit (unit)
    select r.unit from batch b join ledger.import_unit r on r.line = b.line where r.registered
    on conflict do nothing
    returning 1
  ), withdrawn as (
    delete from ledger.registered_unit u using batch b join ledger.import_unit r on r.line = b.line
    where not r.registered and u.unit = r.unit collate "default"
    returning 1
  )
  select max(e.seq_id), count(*) into last_seq, size from event e;
  if size <> appended then
    raise exception 'ledger: % of % events appended', size, appended using errcode = 'LG007';
  end if;
end $$;

create or replace function ledger.import_finish(out imported bigint, out duplicates bigint)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
  if exists (select from ledger.import_progress p
             join ledger.import_line l on l.partition = p.partition and (l.subject, l.line) > (p.subject, p.line)) then
    raise exception 'ledger: lines of the import are not appended' using errcode = 'LG007';
  end if;
  perform pg_advisory_xact_lock(4774451407313063);
  update ledger.import i set state = 'done', finished_at = clock_timestamp() where i.state = 'appending'
  returning i.imported, i.duplicates into imported, duplicates;
  if not found then
    raise exception 'ledger: another process has finished this import' using errcode = 'LG006';
  end if;
  perform ledger.import_clear();
end $$;
