-- Rows become coarser with age. Those that were measured together lie together: slot is the number
-- of the five minutes since 1970 in which a row ended, so that a tick touches few pages, five
-- minutes are rolled up in one stretch, and what is too old goes in one stretch too.
CREATE TABLE traffic_tick (
  slot       INTEGER NOT NULL,
  device_id  INTEGER NOT NULL,
  ts         INTEGER NOT NULL,
  up_bytes   INTEGER NOT NULL,
  down_bytes INTEGER NOT NULL,
  covered_ms INTEGER NOT NULL,
  PRIMARY KEY (slot, device_id, ts)
) WITHOUT ROWID;

-- Bytes, from the device's viewpoint, in the covered time that ended at ts (seconds since 1970).
-- What no row covers was not measured; a row of zeros is a measured zero.
CREATE TABLE traffic_5min (
  device_id  INTEGER NOT NULL,
  ts         INTEGER NOT NULL,
  up_bytes   INTEGER NOT NULL,
  down_bytes INTEGER NOT NULL,
  covered_ms INTEGER NOT NULL,
  PRIMARY KEY (device_id, ts)
) WITHOUT ROWID;
CREATE TABLE traffic_hour (
  device_id  INTEGER NOT NULL,
  ts         INTEGER NOT NULL,
  up_bytes   INTEGER NOT NULL,
  down_bytes INTEGER NOT NULL,
  covered_ms INTEGER NOT NULL,
  PRIMARY KEY (device_id, ts)
) WITHOUT ROWID;
CREATE TABLE traffic_day (
  device_id  INTEGER NOT NULL,
  ts         INTEGER NOT NULL,
  up_bytes   INTEGER NOT NULL,
  down_bytes INTEGER NOT NULL,
  covered_ms INTEGER NOT NULL,
  PRIMARY KEY (device_id, ts)
) WITHOUT ROWID;

-- How far each level has come, in seconds since 1970: it holds every row that ended after "pruned"
-- and, unless it is the finest, not after "rolled". The longest row of a level covers "longest".
CREATE TABLE level (
  name    TEXT PRIMARY KEY,
  rolled  INTEGER NOT NULL,
  pruned  INTEGER NOT NULL,
  longest INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO level (name, rolled, pruned, longest)
  SELECT 'TICK', 0, 0, coalesce(max(covered_ms) / 1000 + 1, 0) FROM traffic
  UNION ALL VALUES ('FIVE_MINUTES', 0, 0, 0), ('HOUR', 0, 0, 0), ('DAY', 0, 0, 0);

INSERT INTO traffic_tick (slot, device_id, ts, up_bytes, down_bytes, covered_ms)
  SELECT (ts - 1) / 300, device_id, ts, up_bytes, down_bytes, covered_ms FROM traffic
  ORDER BY 1, 2, 3;
DROP TABLE traffic;
