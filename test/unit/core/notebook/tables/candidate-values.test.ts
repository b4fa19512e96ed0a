import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { verifyNotebook } from "#core/notebook/evidence/verify.ts";
import { openNotebook } from "#core/notebook/notebook.ts";
import { listCampaigns } from "#core/notebook/tables/campaigns.ts";
import { getCandidate } from "#core/notebook/tables/candidates.ts";
import { rankedCandidates } from "#core/orchestration/views/candidate-views.ts";
import { DomainError } from "#shared/errors.ts";
import { candidateId } from "#shared/ids.ts";
import { sampleNotebook, writeSampleNotebook } from "../sample-notebook.ts";

const folder = mkdtempSync(join(tmpdir(), "ansatz-values-"));
afterAll(() => rmSync(folder, { recursive: true }));
const clock = () => new Date(0);

describe("a candidate of which a part converged", () => {
  it("failed: it has no number and no rank, and counts once", () => {
    const path = join(folder, "unconverged.sqlite");
    using notebook = sampleNotebook(path, { campaigns: 1, candidates: 5, unconverged: 1 });
    const [campaign] = listCampaigns(notebook.db);
    expect(campaign?.counts).toMatchObject({ passed: 4, evaluated: 2, failed: 2 });
    const rows = rankedCandidates(notebook.db, campaign!.id);
    expect(rows.map(({ rank, state }) => [rank, state])).toEqual([
      [1, "evaluated"],
      [null, "failed"],
      [2, "evaluated"],
      [null, "failed"],
      [null, "rejected"],
    ]);
    expect(rows[1]?.values).toEqual({});
    expect(rows[1]?.failure?.reason).toMatch(/exact diagonalisation/);
    expect(verifyNotebook(path).findings).toEqual([]);
  });
});

describe("a number that states at the geometry asked for did not give", () => {
  it("says in its row where it is, and verification finds it so", () => {
    const path = join(folder, "recovered.sqlite");
    using notebook = sampleNotebook(path, { campaigns: 1, candidates: 4, recovered: 1 });
    const rows = rankedCandidates(notebook.db, listCampaigns(notebook.db)[0]!.id);
    expect(rows.map(({ recoveredAt }) => recoveredAt)).toEqual([
      undefined,
      "at the next conformer by MMFF94",
      undefined,
      undefined,
    ]);
    expect(verifyNotebook(path).findings).toEqual([]);
  });
});

describe("a number of a property that there is not", () => {
  it("is left out of the rows and named by verification", () => {
    const path = join(folder, "by-hand.sqlite");
    writeSampleNotebook(path, { campaigns: 1, candidates: 3 });
    const raw = new Sqlite(path);
    raw.exec("INSERT INTO candidate_value SELECT id, 'spin-gap', 1 FROM candidate WHERE idx = 0");
    raw.close();
    using notebook = openNotebook({ path, mode: "read-only", clock, program: "test" });
    const [row] = rankedCandidates(notebook.db, listCampaigns(notebook.db)[0]!.id);
    expect(row?.values).toEqual({ "vertical-ionisation-energy": 0.4 });
    expect(getCandidate(notebook.db, row!.id).row.values).toEqual(row?.values);
    expect(verifyNotebook(path).findings.map(({ where }) => where)).toContain("table candidate_value, row 1");
  });
});

describe("a notebook with campaigns of a property that this version does not know", () => {
  it("is refused as one of a newer version, whole, whether to read or to write", () => {
    const path = join(folder, "newer.sqlite");
    writeSampleNotebook(path, { campaigns: 2, candidates: 3 });
    const raw = new Sqlite(path);
    raw
      .prepare(
        "UPDATE campaign SET settings = json_set(settings, '$.evaluation.property', 'spin-gap') WHERE id = 2",
      )
      .run();
    raw.close();
    for (const mode of ["existing", "read-only"] as const) {
      const open = () => openNotebook({ path, mode, clock, program: "test" });
      expect(open).toThrow(DomainError);
      expect(open).toThrow(
        /does not know \(spin-gap; it knows vertical-ionisation-energy, [a-z, -]+\)\. Update Ansatz/,
      );
    }
  });
});

describe("a number of a candidate", () => {
  it("is read as it was written, to the last bit", () => {
    const path = join(folder, "exact.sqlite");
    writeSampleNotebook(path, { campaigns: 1, candidates: 3 });
    const bits = new BigUint64Array(1);
    const value = fc
      .bigInt({ min: 0n, max: 2n ** 64n - 1n })
      .map((pattern) => {
        bits[0] = pattern;
        return new Float64Array(bits.buffer)[0] ?? 0;
      })
      .filter((number) => Number.isFinite(number) && number !== 0);
    const raw = new Sqlite(path);
    const change = raw.prepare(
      "UPDATE candidate_value SET value = ? WHERE candidate = (SELECT id FROM candidate WHERE idx = 0)",
    );
    using notebook = openNotebook({ path, mode: "read-only", clock, program: "test" });
    const id = candidateId(listCampaigns(notebook.db)[0]!.id, 0);
    fc.assert(
      fc.property(value, (number) => {
        change.run(number);
        expect(Object.values(getCandidate(notebook.db, id).row.values)).toEqual([number]);
      }),
      { seed: 1, numRuns: 2000 },
    );
    raw.close();
  });
});
