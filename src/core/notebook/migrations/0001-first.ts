/**
 * The first notebook.
 *
 * Evidence (append-only, guarded by triggers): event, record, link, part, blob. Everything else is a view of the
 * evidence that is kept for speed and can be rebuilt from it, but for job, which is work in hand.
 */
const appendOnly = ["event", "record", "link", "part", "blob"].flatMap((table) =>
  ["UPDATE", "DELETE"].map(
    (verb) => `
CREATE TRIGGER ${table}_no_${verb.toLowerCase()} BEFORE ${verb} ON ${table}
BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;`,
  ),
);

export const first = `
CREATE TABLE event (
  seq INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  kind TEXT NOT NULL,
  body TEXT NOT NULL,
  records INTEGER NOT NULL,
  records_digest BLOB NOT NULL,
  hash BLOB NOT NULL
) STRICT;

CREATE TABLE record (
  id INTEGER PRIMARY KEY,
  hash BLOB NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  content TEXT NOT NULL,
  event INTEGER NOT NULL REFERENCES event(seq)
) STRICT;
CREATE INDEX record_event ON record(event);

CREATE TABLE link (
  source INTEGER NOT NULL REFERENCES record(id),
  role TEXT NOT NULL,
  target INTEGER NOT NULL REFERENCES record(id),
  PRIMARY KEY (source, role, target)
) STRICT, WITHOUT ROWID;
CREATE INDEX link_target ON link(target, role, source);

CREATE TABLE blob (
  id INTEGER PRIMARY KEY,
  hash BLOB NOT NULL UNIQUE,
  size INTEGER NOT NULL,
  codec TEXT NOT NULL CHECK (codec IN ('plain', 'zstd')),
  bytes BLOB NOT NULL
) STRICT;

CREATE TABLE part (
  record INTEGER NOT NULL REFERENCES record(id),
  name TEXT NOT NULL,
  blob INTEGER NOT NULL REFERENCES blob(id),
  PRIMARY KEY (record, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX part_blob ON part(blob);

CREATE TABLE campaign (
  id INTEGER PRIMARY KEY,
  uuid TEXT NOT NULL UNIQUE,
  settings TEXT NOT NULL,
  state TEXT NOT NULL,
  error TEXT,
  model_hash TEXT,
  created_at TEXT NOT NULL,
  finished_at TEXT
) STRICT;

CREATE TABLE molecule (
  id INTEGER PRIMARY KEY,
  canonical_smiles TEXT NOT NULL UNIQUE,
  inchi_key TEXT NOT NULL,
  formula TEXT,
  exact_mass_dalton REAL,
  molecular_weight_dalton REAL,
  heavy_atoms INTEGER,
  rotatable_bonds INTEGER,
  ring_count INTEGER,
  hydrogen_bond_donors INTEGER,
  hydrogen_bond_acceptors INTEGER,
  log_p REAL,
  tpsa_angstrom2 REAL,
  qed REAL,
  sa_score REAL
) STRICT;
CREATE INDEX molecule_inchi_key ON molecule(inchi_key);

CREATE TABLE candidate (
  id INTEGER PRIMARY KEY,
  campaign INTEGER NOT NULL REFERENCES campaign(id),
  idx INTEGER NOT NULL,
  smiles TEXT NOT NULL,
  nll REAL NOT NULL,
  record INTEGER NOT NULL REFERENCES record(id),
  verdict INTEGER REFERENCES record(id),
  molecule INTEGER REFERENCES molecule(id),
  rejection_rule TEXT,
  rejection_detail TEXT,
  conformer INTEGER REFERENCES record(id),
  evaluation INTEGER REFERENCES record(id),
  score INTEGER REFERENCES record(id),
  failure_stage TEXT,
  failure_reason TEXT,
  vertical_hartree REAL,
  vqe_minus_casci_hartree REAL,
  review INTEGER REFERENCES review(id),
  UNIQUE (campaign, idx)
) STRICT;
CREATE INDEX candidate_record ON candidate(record);
CREATE INDEX candidate_molecule ON candidate(molecule);

CREATE TABLE review (
  id INTEGER PRIMARY KEY,
  candidate INTEGER NOT NULL REFERENCES candidate(id),
  record INTEGER NOT NULL REFERENCES record(id),
  verdict TEXT NOT NULL,
  comment TEXT NOT NULL,
  reviewer TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;
CREATE INDEX review_candidate ON review(candidate);

CREATE TABLE execution (
  event INTEGER PRIMARY KEY REFERENCES event(seq),
  campaign INTEGER NOT NULL REFERENCES campaign(id),
  stage TEXT NOT NULL,
  ordinal INTEGER NOT NULL,
  key BLOB NOT NULL,
  record INTEGER NOT NULL REFERENCES record(id),
  reused INTEGER NOT NULL CHECK (reused IN (0, 1)),
  program TEXT NOT NULL,
  at TEXT NOT NULL,
  UNIQUE (campaign, stage, ordinal)
) STRICT;
CREATE INDEX execution_record ON execution(record);

CREATE TABLE result (
  key BLOB PRIMARY KEY,
  record INTEGER NOT NULL REFERENCES record(id)
) STRICT, WITHOUT ROWID;

CREATE TABLE job (
  id INTEGER PRIMARY KEY,
  campaign INTEGER NOT NULL REFERENCES campaign(id),
  stage TEXT NOT NULL,
  ordinal INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
  attempts INTEGER NOT NULL DEFAULT 0,
  error TEXT,
  UNIQUE (campaign, stage, ordinal)
) STRICT;
CREATE INDEX job_waiting ON job(campaign, state, stage);
${appendOnly.join("\n")}
`;
