-- Redaction (docs/evidence.md §2 and §3): personal data of an event go, and its leaf stays provable. Applied after
-- evidence.sql and before roles.sql. Idempotent.
--
-- The only change of an event that the guards let through: texts of members that a sealed and published redaction names are
-- replaced by the placeholder. The event's salt goes with them, for who has it could guess a short text from its hash; in
-- its place are a salt for each member that is kept and a hash for each that is not.

create table if not exists ledger.leaf_member (
  seq_id bigint not null,
  part   text   not null check (part in ('hdr', 'data')),
  name   text   not null,
  salt   bytea  check (octet_length(salt) = 32),
  hash   bytea  check (octet_length(hash) = 32),
  check ((salt is null) <> (hash is null)),
  primary key (seq_id, part, name)
);

do $$
begin
  if (select attnotnull from pg_attribute where attrelid = 'ledger.leaf_payload'::regclass and attname = 'salt') then
    alter table ledger.leaf_payload alter column salt drop not null;
  end if;
end $$;

-- Who says what is sealed of the ledger itself: a key or a redaction only by the owner, and nobody in another's name.
create or replace function ledger.check_pending() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if new.kind in ('key-change', 'redaction') and not pg_has_role(session_user, 'ledger_owner', 'member') then
    raise exception 'ledger: a pending % is the owner''s', new.kind using errcode = 'LG001';
  end if;
  new.at := clock_timestamp();
  new.login := session_user;
  return new;
end $$;

-- The members of an event that a redaction names which is a leaf under a published checkpoint.
create or replace function ledger.redacted_members(seq bigint) returns text[]
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select coalesce(array_agg(distinct m.name order by m.name), '{}')
  from ledger.leaf l
  cross join lateral (select convert_from(l.entry, 'UTF8')::jsonb) e (entry)
  cross join lateral jsonb_array_elements_text(e.entry -> 'members') m (name)
  where l.kind = 'redaction' and e.entry ->> 'kind' = 'redaction' and e.entry ->> 'seq' = seq::text
    and l.leaf_index < (select max(c.tree_size) from ledger.checkpoint c)
$$;

-- Whether a value is another one, but for texts in whose place the placeholder stands.
create or replace function ledger.same_but_placeholder(old jsonb, new jsonb) returns boolean
language plpgsql immutable set search_path = pg_catalog, pg_temp as $$
begin
  if old = new then return true; end if;
  if jsonb_typeof(old) is distinct from jsonb_typeof(new) then return false; end if;
  case jsonb_typeof(old)
    when 'string' then
      return new = '"已删除"'::jsonb;
    when 'array' then
      return jsonb_array_length(old) = jsonb_array_length(new)
        and not exists (select from generate_series(0, jsonb_array_length(old) - 1) i where not ledger.same_but_placeholder(old -> i, new -> i));
    when 'object' then
      return array(select jsonb_object_keys(old) order by 1) = array(select jsonb_object_keys(new) order by 1)
        and not exists (select from jsonb_object_keys(old) k where not ledger.same_but_placeholder(old -> k, new -> k));
    else
      return false;
  end case;
end $$;

-- Whether the data are others only where redacted members had texts.
create or replace function ledger.only_redacted(old jsonb, new jsonb, members text[]) returns boolean
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select old - members = new - members and ledger.same_but_placeholder(old, new)
$$;

-- Whether a change of a row is what a sealed redaction brings about, and nothing more. ledger.refuse asks.
create or replace function ledger.redacts(on_table text, old jsonb, new jsonb) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  members text[] := ledger.redacted_members((old ->> 'seq_id')::bigint);
begin
  if members = '{}' then return false; end if;
  return coalesce(case on_table
    when 'mt_events' then
      new - 'data' = old - 'data' and ledger.only_redacted(old -> 'data', new -> 'data', members)
    when 'leaf_payload' then
      new - array['salt', 'data'] = old - array['salt', 'data'] and new -> 'salt' = 'null'
      and ledger.only_redacted((old ->> 'data')::jsonb, (new ->> 'data')::jsonb, members)
    -- The hash of the row as it came in has no salt, so the data could be guessed from it. The entry has proved it since.
    when 'intake' then
      new = jsonb_set(old, '{row_sha256}', 'null')
    when 'leaf_member' then
      new - array['salt', 'hash'] = old - array['salt', 'hash'] and old -> 'hash' = 'null' and new -> 'salt' = 'null'
      and old ->> 'part' = 'data' and old ->> 'name' = any (members)
    else false
  end, false);
end $$;

-- Takes away the data of a redaction that is sealed: the row, its sealed copy, its salt and the hash of its intake in one
-- transaction. Said again it changes nothing. The right to change events is given for this one statement, which is logged
-- like every change of rights.
create or replace function ledger.redact(seq bigint, redacted jsonb, canonical text, parts text[], names text[], salts bytea[], hashes bytea[]) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if canonical::jsonb <> redacted then
    raise exception 'ledger: the sealed copy would not be the row' using errcode = 'LG005';
  end if;
  insert into ledger.leaf_member as m (seq_id, part, name, salt, hash)
  select seq, u.part, u.name, u.salt, u.hash from unnest(parts, names, salts, hashes) u (part, name, salt, hash)
  on conflict (seq_id, part, name) do update set salt = excluded.salt, hash = excluded.hash
  where (m.salt, m.hash) is distinct from (excluded.salt, excluded.hash);

  grant update (data) on mt.mt_events to ledger_owner;
  update mt.mt_events e set data = redacted where e.seq_id = seq and e.data <> redacted;
  revoke update (data) on mt.mt_events from ledger_owner;

  update ledger.leaf_payload p set salt = null, data = canonical where p.seq_id = seq and (p.salt is not null or p.data <> canonical);
  update ledger.intake i set row_sha256 = null where i.seq_id = seq and i.row_sha256 is not null;
end $$;

do $$
begin
  perform ledger.guard('ledger.leaf_member');
  perform ledger.ensure_trigger('ledger.pending_leaf', 'ledger_check', 'before insert', 'row', 'ledger.check_pending');
end $$;
