import Sqlite from "better-sqlite3";
import { expect, it, onTestFinished } from "vitest";
import { MIGRATIONS, migrate } from "#core/notebook/file/migrate.ts";
import { rungs } from "#core/notebook/migrations/0011-rungs.ts";
import { recovered } from "#core/notebook/migrations/0012-recovered.ts";

it("takes numbers of older versions out of rankings of notebooks that mixed them, and only those", () => {
  const place = MIGRATIONS.indexOf(rungs);
  const connection = new Sqlite(":memory:");
  onTestFinished(() => void connection.close());
  migrate(connection, 0, place);
  connection.pragma("foreign_keys = OFF");
  const blob = (k: number) => Buffer.alloc(32, k);
  const versions = [7, 9, 9, 7];
  connection.exec(
    "INSERT INTO campaign (id, uuid, settings, state, created_at) VALUES (1, 'mixed', '{}', 'succeeded', ''), (2, 'old', '{}', 'succeeded', '')",
  );
  const record = connection.prepare(
    "INSERT INTO record (id, hash, kind, content, event) VALUES (?, ?, 'evaluation', ?, 1)",
  );
  const candidate = connection.prepare(
    "INSERT INTO candidate (id, campaign, idx, smiles, record, evaluation) VALUES (?, ?, ?, 'C', 1, ?)",
  );
  const value = connection.prepare(
    "INSERT INTO candidate_value VALUES (?, 'vertical-ionisation-energy', 0.5)",
  );
  for (const [k, stageVersion] of versions.entries()) {
    const id = k + 1;
    record.run(id, blob(id), JSON.stringify({ stageVersion }));
    candidate.run(id, id < 4 ? 1 : 2, k, id);
    // The third has no number, and says why.
    if (id === 3) connection.exec("UPDATE candidate SET no_value = 'not bound' WHERE id = 3");
    else value.run(id);
  }
  migrate(connection, place, place + 1);
  expect(connection.prepare("SELECT candidate FROM candidate_value").pluck().all()).toEqual([2, 4]);
  expect(connection.prepare("SELECT no_value FROM candidate ORDER BY id").pluck().all()).toEqual([
    "Evaluated by version 7 of the protocol: not compared with those of a newer version.",
    null,
    "not bound",
    null,
  ]);
  expect(connection.prepare("SELECT evaluation_version FROM campaign ORDER BY id").pluck().all()).toEqual([
    9, 7,
  ]);
});

it("tells of numbers in older notebooks that states at the geometry asked for did not give", () => {
  const place = MIGRATIONS.indexOf(recovered);
  const connection = new Sqlite(":memory:");
  onTestFinished(() => void connection.close());
  migrate(connection, 0, place);
  connection.pragma("foreign_keys = OFF");
  connection.exec(
    "INSERT INTO campaign (id, uuid, settings, state, created_at) VALUES (1, 'one', '{}', 'succeeded', '')",
  );
  const failed = { at: "at the geometry that was asked for", problem: "no field" };
  const tried = [
    undefined,
    [failed, { at: "at the next conformer by MMFF94", problem: null }],
    [failed, { ...failed, at: "at the next conformer by MMFF94" }],
  ];
  for (const [k, attempts] of tried.entries()) {
    connection
      .prepare("INSERT INTO record (id, hash, kind, content, event) VALUES (?, ?, 'evaluation', ?, 1)")
      .run(k + 1, Buffer.alloc(32, k + 1), JSON.stringify({ stageVersion: 9, attempts }));
    connection
      .prepare(
        "INSERT INTO candidate (id, campaign, idx, smiles, record, evaluation) VALUES (?, 1, ?, 'C', 1, ?)",
      )
      .run(k + 1, k, k + 1);
  }
  connection.exec("INSERT INTO candidate (id, campaign, idx, smiles, record) VALUES (9, 1, 9, 'C', 1)");
  migrate(connection, place, place + 1);
  expect(connection.prepare("SELECT recovered_at FROM candidate ORDER BY id").pluck().all()).toEqual([
    null,
    "at the next conformer by MMFF94",
    null,
    null,
  ]);
});
