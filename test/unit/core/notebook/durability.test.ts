import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { gunzipSync } from "node:zlib";
import Sqlite from "better-sqlite3";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { verifyNotebook } from "#core/notebook/evidence/verify.ts";
import { APPLICATION_ID, MIGRATIONS } from "#core/notebook/file/migrate.ts";
import { openNotebook } from "#core/notebook/notebook.ts";
import { backUp, backupFolder, latestBackup, removeUnfinished } from "#core/notebook/recovery/backup.ts";
import { type Salvage, salvageNotebook } from "#core/notebook/recovery/salvage.ts";
import { listCampaigns } from "#core/notebook/tables/campaigns.ts";
import { listCandidates } from "#core/notebook/tables/candidates.ts";
import { addDeviceEvent, deviceJob } from "#core/notebook/tables/device-events.ts";
import { chainHead } from "#core/notebook/tables/events.ts";
import { searchCandidates } from "#core/notebook/tables/search.ts";
import { SearchQuery } from "#shared/campaign/search.ts";
import { sampleNotebook, writeSampleNotebook } from "./sample-notebook.ts";

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ansatz-durability-"));
  path = join(folder, "notebook.sqlite");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = (file: string) =>
  openNotebook({
    path: file,
    mode: "existing",
    clock: () => new Date("2026-11-23T00:00:00Z"),
    program: "test",
  });

describe("a backup", () => {
  it("is a whole notebook, made while the notebook is in use", async () => {
    using notebook = sampleNotebook(path, { campaigns: 2, candidates: 5 });
    const file = await backUp(notebook.db, new Date("2026-11-22T12:00:00Z"));
    expect(verifyNotebook(file)).toMatchObject({ ok: true });
    expect(latestBackup(path)?.toISOString()).toBe("2026-11-22T12:00:00.000Z");
  });

  it("is kept seven times, the oldest go", async () => {
    using notebook = sampleNotebook(path, { campaigns: 1, candidates: 3 });
    for (let day = 1; day <= 9; day++) await backUp(notebook.db, new Date(Date.UTC(2026, 0, day)));
    const names = readdirSync(backupFolder(path)).sort();
    expect(names).toHaveLength(7);
    expect(names[0]).toBe(`${basename(path, ".sqlite")}-2026-01-03T00-00-00Z.sqlite`);
  });
});

describe("what a killed backup left", () => {
  it("is removed, and neither a whole backup nor one that is being made", async () => {
    const now = new Date("2026-11-22T12:00:00Z");
    using notebook = sampleNotebook(path, { campaigns: 1, candidates: 3 });
    const whole = await backUp(notebook.db, now);
    const [left, journal, growing] = ["left.sqlite.part", "left.sqlite.part-journal", "new.sqlite.part"].map(
      (name) => join(backupFolder(path), name),
    ) as [string, string, string];
    const write = (file: string, secondsAgo: number): void => {
      writeFileSync(file, "");
      utimesSync(file, now, new Date(now.getTime() - 1000 * secondsAgo));
    };
    write(left, 3600);
    write(journal, 3600);
    write(growing, 5);
    utimesSync(whole, now, new Date(0));
    removeUnfinished(path, now);
    expect(readdirSync(backupFolder(path)).sort()).toEqual([basename(growing), basename(whole)].sort());
  });
});

describe("a notebook of an older version", () => {
  for (let version = 1; version < MIGRATIONS.length; version++) {
    it(`with schema ${version} opens in this version, and a copy of it as it was is kept`, () => {
      const old = new Sqlite(path);
      for (const migration of MIGRATIONS.slice(0, version)) old.exec(migration);
      old.pragma(`application_id = ${APPLICATION_ID}`);
      old.pragma(`user_version = ${version}`);
      old.close();
      {
        using notebook = open(path);
        expect(listCampaigns(notebook.db)).toEqual([]);
        expect(notebook.db.guard((c) => c.pragma("user_version", { simple: true }))).toBe(MIGRATIONS.length);
      }
      const kept = new Sqlite(join(backupFolder(path), `notebook-schema-${version}.sqlite`), {
        readonly: true,
      });
      expect(kept.pragma("user_version", { simple: true })).toBe(version);
      kept.close();
    });
  }
});

describe("the notebook of the first version", () => {
  const file = new URL("../../../fixtures/first-version-notebook.sqlite.gz", import.meta.url);
  beforeEach(() => writeFileSync(path, gunzipSync(readFileSync(file))));

  it("opens in this version with all that it held, every hash as it was", () => {
    const candidates = () => {
      using notebook = open(path);
      const [campaign] = listCampaigns(notebook.db);
      return listCandidates(notebook.db, campaign!.id);
    };
    const newest =
      "SELECT vertical_hartree FROM candidate WHERE campaign = (SELECT max(id) FROM campaign) ORDER BY idx";
    const column = new Sqlite(path, { readonly: true });
    const stored = column.prepare(newest).pluck().all();
    column.close();
    const rows = candidates();
    expect(rows.map(({ state }) => state)).toEqual(["evaluated", "evaluated", "failed", "rejected"]);
    expect(stored).toEqual([expect.any(Number), expect.any(Number), null, null]);
    expect(rows.map(({ values }) => values["vertical-ionisation-energy"] ?? null)).toEqual(stored);
    expect(rows[0]?.review).toMatchObject({ verdict: "maybe", reason: "", comment: "looks stable" });
    expect(verifyNotebook(path)).toMatchObject({ ok: true, findings: [] });
  });

  it("is read, and verified, without a change to its file", () => {
    const before = readFileSync(path);
    const head = (() => {
      using notebook = openNotebook({ path, mode: "read-only", clock: () => new Date(), program: "test" });
      const [campaign] = listCampaigns(notebook.db);
      expect(campaign?.counts).toMatchObject({ proposed: 4, rejected: 1, passed: 3, evaluated: 2 });
      expect([...searchCandidates(notebook.db, SearchQuery.parse({ text: "stable" }))]).toHaveLength(2);
      expect(() => notebook.transaction(() => {})).toThrow(/open read-only/);
      return chainHead(notebook.db);
    })();
    const { ok, events } = verifyNotebook(path);
    expect([ok, events]).toEqual([true, head.seq]);
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(existsSync(backupFolder(path))).toBe(false);
  });

  it("is copied anew where it was put back and is brought up to date once more", () => {
    open(path)[Symbol.dispose]();
    for (const beside of ["", "-wal", "-shm", "-seal"]) rmSync(`${path}${beside}`, { force: true });
    writeFileSync(path, gunzipSync(readFileSync(file)));
    open(path)[Symbol.dispose]();
    const copies = readdirSync(backupFolder(path)).filter((name) => name.includes("-schema-"));
    expect(copies.sort()).toEqual(["notebook-schema-1-2.sqlite", "notebook-schema-1.sqlite"]);
  });

  it("is salvaged into a notebook of this version", () => {
    const saved = join(folder, "saved.sqlite");
    expect(salvageNotebook(path, saved).lost).toEqual([]);
    expect(verifyNotebook(saved)).toMatchObject({ ok: true, head: verifyNotebook(path).head });
  });
});

describe("salvage", () => {
  it("keeps what was asked of devices and what it cost: it would be sent and paid again", () => {
    writeSampleNotebook(path, { campaigns: 1, candidates: 2 });
    const body = { device: "qpu.forte-1", campaign: "c", shots: 500, estimate: "table" } as const;
    {
      using notebook = open(path);
      notebook.transaction(() => {
        addDeviceEvent(notebook.db, new Date(0), {
          provider: "ionq",
          job: "a",
          kind: "reserved",
          usd: 1.5,
          body,
        });
        addDeviceEvent(notebook.db, new Date(0), {
          provider: "ionq",
          job: "a",
          kind: "settled",
          usd: 1.25,
          body: {},
        });
      });
    }
    const saved = join(folder, "saved.sqlite");
    expect(salvageNotebook(path, saved)).toMatchObject({ lost: [], saved: { device_event: 2 } });
    using notebook = open(saved);
    expect(deviceJob(notebook.db, "a")).toMatchObject({ reserved_usd: 1.5, settled_usd: 1.25 });
  });

  it("saves all of a whole notebook", () => {
    writeSampleNotebook(path, { campaigns: 2, candidates: 5 });
    const saved = join(folder, "saved.sqlite");
    expect(salvageNotebook(path, saved).lost).toEqual([]);
    expect(verifyNotebook(saved).findings).toEqual([]);
    expect(verifyNotebook(saved).head).toEqual(verifyNotebook(path).head);
  });

  it("saves what a destroyed page leaves, names the rest, and leaves the damaged file as it is", () => {
    writeSampleNotebook(path, { campaigns: 6, candidates: 12 });
    const whole = readFileSync(path);
    const pages = whole.length / 4096;
    fc.assert(
      fc.property(fc.integer({ min: 2, max: pages - 1 }), (page) => {
        const bytes = Buffer.from(whole);
        bytes.fill(0xee, page * 4096, (page + 1) * 4096);
        const damaged = join(folder, "damaged.sqlite");
        writeFileSync(damaged, bytes);
        const saved = join(folder, `saved-${page}.sqlite`);
        if (existsSync(saved)) return;
        let salvaged: Salvage;
        try {
          salvaged = salvageNotebook(damaged, saved);
        } catch (error) {
          // SQLite's catalogue lay on the page.
          expect(error).toMatchObject({ code: "notebook-damaged" });
          expect(existsSync(saved)).toBe(false);
          return;
        }
        const { saved: rows, lost } = salvaged;
        expect(readFileSync(damaged).equals(bytes)).toBe(true);
        const sum = Object.values(rows).reduce((a, b) => a + b, 0);
        const { events, records, blobs } = verifyNotebook(path);
        expect(sum).toBeGreaterThan((events + records + blobs) / 3);
        const complete = rows.event === events && rows.record === records && rows.blob === blobs;
        expect(complete || lost.length > 0).toBe(true);
        using notebook = open(saved);
        expect(notebook.readonly).toBe(false);
      }),
      { numRuns: 10 },
    );
  });

  it("says so where nothing can be read, or where there is no file", () => {
    const target = join(folder, "saved.sqlite");
    writeFileSync(path, "no notebook".repeat(1000));
    expect(() => salvageNotebook(path, target)).toThrow(/Nothing in .* can be read any more/);
    expect(existsSync(target)).toBe(false);
    expect(() => salvageNotebook(join(folder, "none.sqlite"), target)).toThrow(/cannot be opened/);
  });

  it("never overwrites a file", () => {
    writeSampleNotebook(path, { campaigns: 1, candidates: 3 });
    const target = join(folder, "there.sqlite");
    copyFileSync(path, target);
    expect(() => salvageNotebook(path, target)).toThrow(/exists already/);
  });
});
