/** Signed checkpoints of the log, and the notebook's keys: the public halves are in the log, the secret ones under lock. */
export const signatures = `
CREATE TABLE checkpoint (
  seq INTEGER PRIMARY KEY REFERENCES event(seq),
  at TEXT NOT NULL,
  root BLOB NOT NULL,
  peaks BLOB NOT NULL,
  key BLOB NOT NULL,
  ed25519 BLOB NOT NULL,
  ml_dsa_65 BLOB NOT NULL
) STRICT;
CREATE TRIGGER checkpoint_no_update BEFORE UPDATE ON checkpoint
BEGIN SELECT RAISE(ABORT, 'checkpoint is append-only'); END;
CREATE TRIGGER checkpoint_no_delete BEFORE DELETE ON checkpoint
BEGIN SELECT RAISE(ABORT, 'checkpoint is append-only'); END;

CREATE TABLE secret (
  key BLOB PRIMARY KEY,
  protection TEXT NOT NULL CHECK (protection IN ('passphrase', 'keychain')),
  box TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`;
