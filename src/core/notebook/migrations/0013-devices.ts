/** What was asked of devices in the cloud, what it cost and what left the machine: only ever added to. Money in millionths of a USD. */
export const devices = `
CREATE TABLE device_event (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  provider TEXT NOT NULL,
  job TEXT,
  kind TEXT NOT NULL CHECK (kind IN (
    'enabled', 'disabled', 'reserved', 'egress', 'attached', 'done', 'ended', 'settled', 'alarm')),
  micro_usd INTEGER,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX device_event_job ON device_event(job, id);
CREATE TRIGGER device_event_kept BEFORE DELETE ON device_event
  BEGIN SELECT RAISE(ABORT, 'what was asked of devices is only added to'); END;
CREATE TRIGGER device_event_unchanged BEFORE UPDATE ON device_event
  BEGIN SELECT RAISE(ABORT, 'what was asked of devices is only added to'); END;
`;
