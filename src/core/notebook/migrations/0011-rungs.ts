/**
 * A candidate may be evaluated once on each rung of its campaign, and again when a newer version of the program goes on with it; numbers of
 * two versions do not stand in one ranking. How long a campaign was computed is kept for its limit; what waits is found by an index.
 */
export const rungs = `
CREATE TABLE executed (
  event INTEGER PRIMARY KEY REFERENCES event(seq),
  campaign INTEGER NOT NULL REFERENCES campaign(id),
  stage TEXT NOT NULL,
  ordinal INTEGER NOT NULL,
  rung INTEGER NOT NULL,
  key BLOB NOT NULL,
  record INTEGER NOT NULL REFERENCES record(id),
  reused INTEGER NOT NULL CHECK (reused IN (0, 1)),
  program TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;
INSERT INTO executed SELECT event, campaign, stage, ordinal, 0, key, record, reused, program, at FROM execution;
DROP TABLE execution;
ALTER TABLE executed RENAME TO execution;
CREATE INDEX execution_record ON execution(record);
CREATE INDEX execution_step ON execution(campaign, stage, ordinal, rung);

CREATE TABLE queued (
  id INTEGER PRIMARY KEY,
  campaign INTEGER NOT NULL REFERENCES campaign(id),
  stage TEXT NOT NULL,
  ordinal INTEGER NOT NULL,
  rung INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
  attempts INTEGER NOT NULL DEFAULT 0,
  error TEXT,
  UNIQUE (campaign, stage, ordinal, rung)
) STRICT;
INSERT INTO queued SELECT id, campaign, stage, ordinal, 0, state, attempts, error FROM job;
DROP TABLE job;
ALTER TABLE queued RENAME TO job;
CREATE INDEX job_waiting ON job(campaign, state, stage);
CREATE INDEX job_next ON job(state, stage, attempts, campaign, ordinal);

CREATE TABLE computing (
  campaign INTEGER PRIMARY KEY REFERENCES campaign(id),
  milliseconds REAL NOT NULL
) STRICT;

ALTER TABLE candidate ADD COLUMN rung INTEGER NOT NULL DEFAULT 0;
ALTER TABLE campaign ADD COLUMN evaluation_version INTEGER;
UPDATE campaign SET evaluation_version = (
  SELECT max(json_extract(record.content, '$.stageVersion')) FROM candidate JOIN record ON record.id = candidate.evaluation
  WHERE candidate.campaign = campaign.id);
UPDATE candidate SET no_value = (
  SELECT 'Evaluated by version ' || json_extract(record.content, '$.stageVersion')
    || ' of the protocol: not compared with those of a newer version.'
  FROM record, campaign WHERE record.id = candidate.evaluation AND campaign.id = candidate.campaign
    AND json_extract(record.content, '$.stageVersion') < campaign.evaluation_version)
WHERE no_value IS NULL AND EXISTS (SELECT 1 FROM candidate_value WHERE candidate_value.candidate = candidate.id);
DELETE FROM candidate_value WHERE candidate IN (
  SELECT candidate.id FROM candidate JOIN record ON record.id = candidate.evaluation JOIN campaign ON campaign.id = candidate.campaign
  WHERE json_extract(record.content, '$.stageVersion') < campaign.evaluation_version);
`;
