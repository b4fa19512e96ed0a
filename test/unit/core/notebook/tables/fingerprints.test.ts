import { randomBytes } from "node:crypto";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Notebook } from "#core/notebook/notebook.ts";
import { fingerprintsAfter, storeFingerprints } from "#core/notebook/tables/fingerprints.ts";
import { sampleNotebook } from "../sample-notebook.ts";

let notebook: Notebook;
beforeEach(() => {
  notebook = sampleNotebook(":memory:", { campaigns: 2, candidates: 6 });
});
afterEach(() => notebook[Symbol.dispose]());

it("reads fingerprints of any bytes back one after the other, in the order of the molecules", () => {
  const { db } = notebook;
  const ids = db.all(db.sql.selectFrom("molecule").select("id").orderBy("id")).map(({ id }) => id);
  // Zeros and bytes that are no text are among them.
  const all = ids.map((molecule) => ({
    molecule,
    morgan: randomBytes(256),
    pattern: Buffer.alloc(256, molecule),
  }));
  storeFingerprints(db, all.toReversed());
  for (const kind of ["morgan", "pattern"] as const) {
    const found: { molecules: number[]; bytes: Buffer }[] = [];
    for (let last = 0; ; last = found.at(-1)!.molecules.at(-1)!) {
      const block = fingerprintsAfter(db, last, { kind, limit: 4 });
      if (!block) break;
      found.push(block);
    }
    expect(found.length).toBe(Math.ceil(ids.length / 4));
    expect(found.flatMap(({ molecules }) => molecules)).toEqual(ids);
    expect(Buffer.concat(found.map(({ bytes }) => bytes))).toEqual(
      Buffer.concat(all.map((one) => one[kind])),
    );
  }
});
