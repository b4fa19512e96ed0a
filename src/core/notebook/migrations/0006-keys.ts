/**
 * From here on every key of the log has a row of its secret half; it says where that stayed elsewhere, as in a notebook made of an
 * archive. So a row that is removed can be told.
 */
export const keysElsewhere = `
INSERT OR IGNORE INTO secret (key, protection, box)
SELECT unhex(json_extract(body, '$.fingerprint')), 'elsewhere', '' FROM event WHERE kind = 'key-created' AND json_valid(body);
`;

export const keys = `
ALTER TABLE secret RENAME TO secret_before;
CREATE TABLE secret (
  key BLOB PRIMARY KEY,
  protection TEXT NOT NULL CHECK (protection IN ('passphrase', 'keychain', 'elsewhere')),
  box TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO secret SELECT key, protection, box FROM secret_before;
DROP TABLE secret_before;
${keysElsewhere}`;
