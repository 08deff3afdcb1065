-- One file for all accounts of a node. Account names are interned: the number leads every key, so that an account's rows lie
-- together. Tables of small rows are WITHOUT ROWID; those whose values outgrow a quarter of a page keep their rowid.
-- Times are milliseconds. Blobs named record, payload, metadata, token, secret, key and device are opaque and sealed above.

CREATE TABLE account (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  applied INTEGER NOT NULL DEFAULT 0,
  -- the highest event sequence when events were last purged; the log itself knows of later ones
  latest_event INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Apart from the account's row, which every batch rewrites.
CREATE TABLE device (
  account INTEGER PRIMARY KEY,
  device BLOB NOT NULL
) STRICT;

CREATE TABLE session (
  account INTEGER NOT NULL, name TEXT NOT NULL, device INTEGER NOT NULL,
  record BLOB NOT NULL,
  PRIMARY KEY (account, name, device)
) STRICT;

CREATE TABLE identity (
  account INTEGER NOT NULL, name TEXT NOT NULL, device INTEGER NOT NULL,
  key BLOB NOT NULL,
  PRIMARY KEY (account, name, device)
) STRICT, WITHOUT ROWID;

CREATE TABLE pre_key (
  account INTEGER NOT NULL, id INTEGER NOT NULL,
  record BLOB NOT NULL, uploaded INTEGER NOT NULL,
  PRIMARY KEY (account, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE signed_pre_key (
  account INTEGER NOT NULL, id INTEGER NOT NULL,
  record BLOB NOT NULL,
  PRIMARY KEY (account, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE sender_key (
  account INTEGER NOT NULL, chat TEXT NOT NULL, name TEXT NOT NULL, device INTEGER NOT NULL,
  record BLOB NOT NULL,
  PRIMARY KEY (account, chat, name, device)
) STRICT;

CREATE TABLE sync_key (
  account INTEGER NOT NULL, id BLOB NOT NULL,
  key BLOB NOT NULL, fingerprint BLOB NOT NULL, at INTEGER NOT NULL,
  PRIMARY KEY (account, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE collection (
  account INTEGER NOT NULL, name TEXT NOT NULL,
  version INTEGER NOT NULL, hash BLOB NOT NULL, diverged INTEGER NOT NULL,
  PRIMARY KEY (account, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE mutation_mac (
  account INTEGER NOT NULL, collection TEXT NOT NULL, index_mac BLOB NOT NULL,
  value_mac BLOB NOT NULL, version INTEGER NOT NULL,
  PRIMARY KEY (account, collection, index_mac)
) STRICT, WITHOUT ROWID;

CREATE TABLE sender_key_mark (
  account INTEGER NOT NULL, chat TEXT NOT NULL, device TEXT NOT NULL,
  key_id INTEGER NOT NULL, has_key INTEGER NOT NULL,
  PRIMARY KEY (account, chat, device)
) STRICT, WITHOUT ROWID;
CREATE INDEX sender_key_mark_by_device ON sender_key_mark (account, device);

CREATE TABLE lid_mapping (
  account INTEGER NOT NULL, lid TEXT NOT NULL,
  pn TEXT NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, source TEXT NOT NULL,
  PRIMARY KEY (account, lid)
) STRICT, WITHOUT ROWID;
CREATE INDEX lid_mapping_by_pn ON lid_mapping (account, pn, updated_at);

CREATE TABLE base_key (
  account INTEGER NOT NULL, name TEXT NOT NULL, device INTEGER NOT NULL, message TEXT NOT NULL,
  key BLOB NOT NULL, at INTEGER NOT NULL,
  PRIMARY KEY (account, name, device, message)
) STRICT, WITHOUT ROWID;

CREATE TABLE device_list (
  account INTEGER NOT NULL, user TEXT NOT NULL,
  devices TEXT NOT NULL, at INTEGER NOT NULL, hash TEXT, raw_id INTEGER,
  PRIMARY KEY (account, user)
) STRICT, WITHOUT ROWID;

CREATE TABLE group_metadata (
  account INTEGER NOT NULL, chat TEXT NOT NULL,
  metadata BLOB NOT NULL,
  PRIMARY KEY (account, chat)
) STRICT;

CREATE TABLE tc_token (
  account INTEGER NOT NULL, user TEXT NOT NULL,
  token BLOB NOT NULL, token_at INTEGER NOT NULL, sender_at INTEGER,
  PRIMARY KEY (account, user)
) STRICT, WITHOUT ROWID;

CREATE TABLE sent_message (
  account INTEGER NOT NULL, chat TEXT NOT NULL, id TEXT NOT NULL,
  payload BLOB NOT NULL, at INTEGER NOT NULL,
  PRIMARY KEY (account, chat, id)
) STRICT;

CREATE TABLE pending_inbound (
  account INTEGER NOT NULL, chat TEXT NOT NULL, sender TEXT NOT NULL, id TEXT NOT NULL,
  payload BLOB NOT NULL, at INTEGER NOT NULL,
  PRIMARY KEY (account, chat, sender, id)
) STRICT;

CREATE TABLE msg_secret (
  account INTEGER NOT NULL, chat TEXT NOT NULL, sender TEXT NOT NULL, id TEXT NOT NULL,
  secret BLOB NOT NULL, expires_at INTEGER, message_at INTEGER NOT NULL,
  PRIMARY KEY (account, chat, sender, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE seen (
  account INTEGER NOT NULL, chat TEXT NOT NULL, sender TEXT NOT NULL, id TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (account, chat, sender, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE event (
  account INTEGER NOT NULL, sequence INTEGER NOT NULL,
  type TEXT NOT NULL, at INTEGER NOT NULL, payload BLOB NOT NULL,
  PRIMARY KEY (account, sequence)
) STRICT, WITHOUT ROWID;

CREATE TABLE event_floor (
  account INTEGER NOT NULL, type TEXT NOT NULL,
  floor INTEGER NOT NULL,
  PRIMARY KEY (account, type)
) STRICT, WITHOUT ROWID;

CREATE TABLE outbound (
  account INTEGER NOT NULL, id TEXT NOT NULL,
  idempotency_key TEXT NOT NULL, body_hash BLOB NOT NULL, chat TEXT NOT NULL, state TEXT NOT NULL,
  accepted_at INTEGER NOT NULL, payload BLOB NOT NULL, problem TEXT NOT NULL, sequence INTEGER NOT NULL,
  PRIMARY KEY (account, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX outbound_by_idempotency_key ON outbound (account, idempotency_key);
CREATE INDEX outbound_unfinished ON outbound (account, sequence) WHERE state = 'ACCEPTED';

-- Once per installation.

CREATE TABLE api_key (
  id TEXT PRIMARY KEY NOT NULL,
  secret_hash BLOB NOT NULL UNIQUE, scopes TEXT NOT NULL, label TEXT NOT NULL,
  created_at INTEGER NOT NULL, expires_at INTEGER, disabled INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL, target TEXT NOT NULL, detail TEXT NOT NULL
) STRICT;

CREATE TABLE document (
  shelf TEXT NOT NULL, id TEXT NOT NULL,
  document BLOB NOT NULL,
  PRIMARY KEY (shelf, id)
) STRICT;

CREATE TABLE directory (
  id TEXT PRIMARY KEY NOT NULL,
  desired_state TEXT NOT NULL, observed_state TEXT NOT NULL, push_name TEXT NOT NULL,
  labels TEXT NOT NULL, metadata TEXT NOT NULL, jid TEXT, pn TEXT, lid TEXT, updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE data_key (
  account TEXT PRIMARY KEY NOT NULL,
  incarnation INTEGER NOT NULL, wrapped BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- The actor system's journal and snapshots. Persistence ids are interned too.

CREATE TABLE persistence_id (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  -- the highest sequence that was deleted: numbers never start again
  deleted_to INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE journal (
  pid INTEGER NOT NULL, sequence INTEGER NOT NULL,
  writer TEXT NOT NULL, at INTEGER NOT NULL, serializer INTEGER NOT NULL, manifest TEXT NOT NULL, adapter TEXT NOT NULL,
  payload BLOB NOT NULL,
  PRIMARY KEY (pid, sequence)
) STRICT, WITHOUT ROWID;

CREATE TABLE snapshot (
  pid INTEGER NOT NULL, sequence INTEGER NOT NULL,
  at INTEGER NOT NULL, serializer INTEGER NOT NULL, manifest TEXT NOT NULL,
  payload BLOB NOT NULL,
  PRIMARY KEY (pid, sequence)
) STRICT;
