/** Where the numbers of a candidate are whose states did not converge at the geometry that was asked for. */
export const recovered = `
ALTER TABLE candidate ADD COLUMN recovered_at TEXT;
UPDATE candidate SET recovered_at = (
  SELECT json_extract(attempt.value, '$.at') FROM record, json_each(record.content, '$.attempts') AS attempt
  WHERE record.id = candidate.evaluation AND json_extract(attempt.value, '$.problem') IS NULL LIMIT 1)
WHERE evaluation IS NOT NULL;
`;
