-- What people said about devices. A device is named by its MAC address, else by its IP address.
CREATE TABLE alias (
  device TEXT PRIMARY KEY,
  name   TEXT NOT NULL,
  at     INTEGER NOT NULL,        -- milliseconds since 1970, here and below
  by     TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE watch (
  device TEXT PRIMARY KEY,
  wanted INTEGER NOT NULL,
  at     INTEGER NOT NULL,
  by     TEXT NOT NULL
) WITHOUT ROWID;

-- Who was met, and what was last told of them.
CREATE TABLE acquaintance (
  device     TEXT PRIMARY KEY,
  met_at     INTEGER NOT NULL,
  is_there   INTEGER,             -- NULL where that was never known
  changed_at INTEGER NOT NULL,
  address    TEXT,
  absence    TEXT NOT NULL,
  last_told  INTEGER,
  times_told INTEGER NOT NULL
) WITHOUT ROWID;

-- When each source first said who is there.
CREATE TABLE baseline (
  source TEXT PRIMARY KEY,
  since  INTEGER NOT NULL
) WITHOUT ROWID;

-- What happened. Numbers grow with time; they are milliseconds since 1970 times 1000, or a little more.
CREATE TABLE event (
  number   INTEGER PRIMARY KEY,
  at       INTEGER NOT NULL,
  kind     TEXT NOT NULL,
  device   TEXT,
  alias    TEXT,
  hostname TEXT,
  vendor   TEXT,
  address  TEXT,
  source   TEXT,
  was      TEXT,
  became   TEXT,
  by       TEXT,
  detail   TEXT
);
CREATE INDEX event_by_device ON event (device, number) WHERE device IS NOT NULL;
CREATE INDEX event_by_kind ON event (kind, number);

-- What is still to be told: what was noticed, and the messages that no channel has taken yet.
CREATE TABLE notice (
  number   INTEGER PRIMARY KEY,
  at       INTEGER NOT NULL,
  kind     TEXT NOT NULL,
  device   TEXT NOT NULL,
  alias    TEXT,
  hostname TEXT,
  vendor   TEXT,
  address  TEXT,
  away_ms  INTEGER
);
CREATE TABLE parcel (
  number     INTEGER PRIMARY KEY,
  message_id TEXT NOT NULL,
  channel    TEXT NOT NULL,
  made_at    INTEGER NOT NULL,
  refusals   INTEGER NOT NULL,
  body       TEXT NOT NULL
);
