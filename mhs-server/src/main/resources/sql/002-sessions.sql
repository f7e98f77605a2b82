-- When devices were on the network, in milliseconds since 1970: from the first proof to the last.
CREATE TABLE session (
  device_id INTEGER NOT NULL REFERENCES device (id) ON DELETE CASCADE,
  began     INTEGER NOT NULL,
  ended     INTEGER,               -- NULL while it goes on: then device.last_seen tells how far
  PRIMARY KEY (device_id, began)
) WITHOUT ROWID;
CREATE INDEX session_ended ON session (ended);
