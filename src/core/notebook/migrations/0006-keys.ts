/**
 * From here on every key of the log has a row of its secret half; the box is empty where that stayed elsewhere, as with a notebook
 * made of an archive. So a row that is removed can be told.
 */
export const keys = `
INSERT OR IGNORE INTO secret (key, protection, box)
SELECT unhex(json_extract(body, '$.fingerprint')), 'passphrase', '' FROM event WHERE kind = 'key-created' AND json_valid(body);
`;
