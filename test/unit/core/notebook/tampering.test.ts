import {
  closeSync,
  copyFileSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { verifyNotebook } from "#core/notebook/evidence/verify.ts";
import { checkSeal } from "#core/notebook/file/file-seal.ts";
import { writeSampleNotebook } from "./sample-notebook.ts";

/** ANSATZ_CHANGES=10000 for a long run. */
const CHANGES = Number(process.env.ANSATZ_CHANGES ?? 1500);

let folder: string;
let original: string;
let tampered: string;
let bytes: Buffer;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ansatz-tampering-"));
  original = join(folder, "original.sqlite");
  tampered = join(folder, "tampered.sqlite");
  writeSampleNotebook(original, { campaigns: 2, candidates: 4 });
  bytes = readFileSync(original);
});
afterAll(() => rmSync(folder, { recursive: true }));

const anyByte = fc.record({
  at: fc.nat().map((n) => n % bytes.length),
  by: fc.integer({ min: 1, max: 255 }),
});

/** Does something while one byte is another. */
function whileChanged({ at, by }: { at: number; by: number }, look: () => void): void {
  const file = openSync(tampered, "r+");
  try {
    writeSync(file, Uint8Array.of(bytes[at]! ^ by), 0, 1, at);
    look();
    writeSync(file, bytes, at, 1, at);
  } finally {
    closeSync(file);
  }
}

describe("a closed notebook with one changed byte", () => {
  it(`never fits its seal, which names the page (${CHANGES} random bytes)`, () => {
    copyFileSync(original, tampered);
    copyFileSync(`${original}-seal`, `${tampered}-seal`);
    fc.assert(
      fc.property(anyByte, (byte) => {
        whileChanged(byte, () => {
          const [found, ...others] = checkSeal(tampered, () => "somewhere");
          if (
            found?.where !== `file, page ${Math.floor(byte.at / 4096) + 1} (somewhere)` ||
            others.length > 0
          ) {
            throw new Error(`found ${found?.where}`);
          }
        });
      }),
      { numRuns: CHANGES },
    );
  });

  it("is said to have it in the page of its table", () => {
    const file = new Sqlite(original, { readonly: true });
    const page = file.prepare("SELECT max(pageno) FROM dbstat WHERE name = 'event'").pluck().get() as number;
    file.close();
    copyFileSync(original, tampered);
    copyFileSync(`${original}-seal`, `${tampered}-seal`);
    // the last byte of a page belongs to a row's content
    whileChanged({ at: 4096 * page - 1, by: 1 }, () => {
      const pages = verifyNotebook(tampered).findings.filter(({ where }) => where.startsWith("file, page"));
      expect(pages.map(({ where }) => where)).toEqual([`file, page ${page} (event)`]);
    });
  });

  it("never passes for whole, whatever the change does to SQLite", () => {
    copyFileSync(`${original}-seal`, `${tampered}-seal`);
    fc.assert(
      fc.property(anyByte, (byte) => {
        copyFileSync(original, tampered);
        whileChanged(byte, () => {
          let verdict: boolean;
          try {
            verdict = verifyNotebook(tampered).ok;
          } catch (error) {
            expect(error).toMatchObject({ name: "DomainError" });
            verdict = false;
          }
          expect(verdict).toBe(false);
        });
      }),
      { numRuns: 60 },
    );
  });

  it("cannot be covered up by a changed seal alone", () => {
    copyFileSync(original, tampered);
    const seal = readFileSync(`${original}-seal`);
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const changed = Buffer.from(seal);
        changed[at % (seal.length - 1)]! ^= by;
        writeFileSync(`${tampered}-seal`, changed);
        expect([...checkSeal(tampered, () => "")].length).toBeGreaterThan(0);
      }),
    );
  });
});
