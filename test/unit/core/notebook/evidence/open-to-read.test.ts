import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { openToRead } from "#core/notebook/evidence/open-to-read.ts";
import { writeSampleNotebook } from "../sample-notebook.ts";

const folder = mkdtempSync(join(tmpdir(), "ansatz-open-to-read-"));
afterAll(() => rmSync(folder, { recursive: true }));

it("what is opened to be read takes no change, and the file stays as it is", () => {
  const path = join(folder, "notebook.sqlite");
  writeSampleNotebook(path, { campaigns: 1, candidates: 2 });
  const before = readFileSync(path);
  {
    using db = openToRead(path);
    expect(() => db.guard((connection) => connection.exec("DELETE FROM review"))).toThrow(/read-?only/);
  }
  expect(readFileSync(path).equals(before)).toBe(true);
});
