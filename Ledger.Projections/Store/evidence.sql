-- The sealed log (docs/evidence.md): what was taken in becomes leaves of a Merkle tree whose root is signed. Applied after
-- schema.sql and import.sql. Idempotent.
--
-- Only the sealer writes here, except for ledger.pending_leaf. Nothing is ever changed but the head, which is the sealer's
-- lock and working memory, and the heads of the streams, which can be computed from the leaves.

-- Who this ledger is, in every copy of its database: a backup that is restored still finds its own journal and key.
create table if not exists ledger.identity (
  only_row boolean     primary key default true check (only_row),
  ledger   uuid        not null default gen_random_uuid(),
  at       timestamptz not null default clock_timestamp()
);

insert into ledger.identity (only_row) values (true) on conflict do nothing;

-- One entry of the log. seq_id: the event that it seals, if it seals one.
create table if not exists ledger.leaf (
  leaf_index bigint primary key check (leaf_index >= 0),
  kind       text   not null,
  seq_id     bigint unique,
  entry      bytea  not null,
  batch      bigint not null,
  pending    bigint unique,  -- the ledger.pending_leaf that it seals
  change     bigint unique   -- the ledger.schema_change that it seals
);

-- What opens an event's commitments: its salt, and its headers and data in canonical form as they were sealed. So a changed
-- row can be shown beside what it was.
create table if not exists ledger.leaf_payload (
  seq_id  bigint primary key,
  salt    bytea  not null check (octet_length(salt) = 32),
  headers text   not null,
  data    text   not null
);

-- Full tiles of the tree (C2SP tlog-tiles): 256 hashes. Partial ones are in the head.
create table if not exists ledger.tile (
  level  smallint not null check (level >= 0),
  n      bigint   not null check (n >= 0),
  hashes bytea    not null check (octet_length(hashes) = 8192),
  primary key (level, n)
);

-- The sealer's place. Locked by whoever seals: two sealers cannot fork the log. `edge` holds the partial tiles.
create table if not exists ledger.head (
  only_row  boolean  primary key default true check (only_row),
  tree_size bigint   not null default 0,
  position  bigint   not null default 0,
  batch     bigint   not null default 0,
  edge      bytea[]  not null default '{}',
  epoch     integer  not null default 1,  -- a ledger that was rolled back begins a new log that names the old one
  previous  text,    -- the last note of the epoch before
  reason    text,    -- why this epoch was begun
  origin    text,    -- the log's name, once it has begun
  key       text,    -- the vkey that signs
  next_key  text     -- the vkey that a sealed key-change announced and no checkpoint has been signed with yet
);

insert into ledger.head (only_row) values (true) on conflict do nothing;

-- What was signed and published, after it was written to the journal outside the database.
create table if not exists ledger.checkpoint (
  tree_size    bigint      primary key,
  root         bytea       not null check (octet_length(root) = 32),
  position     bigint      not null,
  note         text        not null,
  published_at timestamptz not null default clock_timestamp()
);

create table if not exists ledger.cosignature (
  tree_size bigint      not null,
  name      text        not null,
  line      text        not null,
  at        timestamptz not null default clock_timestamp(),
  primary key (tree_size, name, line)
);

create table if not exists ledger.time_stamp (
  tree_size bigint      not null,
  tsa       text        not null,
  token     bytea       not null,
  at        timestamptz not null default clock_timestamp(),
  primary key (tree_size, tsa)
);

-- The last event of each stream in the log.
create table if not exists ledger.stream_head (
  stream     text   collate "C" primary key,
  version    bigint not null,
  leaf_index bigint not null
);

-- Which streams are of a kind or name a unit, in the order in which they first did, each with the chain up to it.
create table if not exists ledger.stream_index (
  name   text   collate "C" not null,
  n      bigint not null,
  stream text   collate "C" not null,
  chain  bytea  not null check (octet_length(chain) = 32),
  primary key (name, n),
  unique (name, stream)
);

-- Entries that are no events, until the sealer takes them: the body is the entry's members without v and kind.
create table if not exists ledger.pending_leaf (
  n     bigint      generated always as identity primary key,
  kind  text        not null,
  body  jsonb       not null,
  at    timestamptz not null default clock_timestamp(),
  login text        not null default session_user
);

-- Changes of the database's structure, written by event triggers (roles.sql, 3).
create table if not exists ledger.schema_change (
  n      bigint      generated always as identity primary key,
  at     timestamptz not null default clock_timestamp(),
  login  text        not null default session_user,
  tag    text        not null,
  object text
);
