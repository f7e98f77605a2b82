-- Who is known. The household's line is id 0; a device has a row from its first byte or sighting on.
CREATE TABLE device (
  id         INTEGER PRIMARY KEY,
  key        TEXT NOT NULL UNIQUE, -- 'line', else a MAC address, else an IP address
  mac        TEXT,
  addresses  TEXT,                 -- separated by blanks, the one to show first
  first_seen INTEGER,              -- milliseconds since 1970; NULL until the device is remembered
  last_seen  INTEGER
);
INSERT INTO device (id, key) VALUES (0, 'line');

-- What is known of a device, and who said so.
CREATE TABLE device_text (
  device_id INTEGER NOT NULL REFERENCES device (id) ON DELETE CASCADE,
  field     TEXT NOT NULL,
  value     TEXT NOT NULL,
  source    TEXT NOT NULL,
  at        INTEGER NOT NULL,      -- milliseconds since 1970
  PRIMARY KEY (device_id, field)
) WITHOUT ROWID;

-- Bytes, from the device's viewpoint, in the covered time that ended at ts (seconds since 1970).
-- What no row covers was not measured; a row of zeros is a measured zero.
CREATE TABLE traffic (
  device_id  INTEGER NOT NULL,
  ts         INTEGER NOT NULL,
  up_bytes   INTEGER NOT NULL,
  down_bytes INTEGER NOT NULL,
  covered_ms INTEGER NOT NULL,
  PRIMARY KEY (device_id, ts)
) WITHOUT ROWID;
