import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { backupFolder } from "#core/notebook/recovery/backup.ts";
import { keepHouse } from "#core/orchestration/desks/housekeeping.ts";
import type { Dispatcher } from "#core/orchestration/dispatch/dispatcher.ts";
import { sampleNotebook } from "../../notebook/sample-notebook.ts";

const HOUR_MS = 3_600_000;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ansatz-housekeeping-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const backups = (path: string): number =>
  existsSync(backupFolder(path))
    ? readdirSync(backupFolder(path)).filter((name) => name.endsWith(".sqlite")).length
    : 0;

/** Opens, looks after and closes a notebook at some hour; what was said, and what the check found. */
async function visit(
  path: string,
  { hour = 0, readonly = false, damage = [] as string[] } = {},
): Promise<{ integrity: readonly string[] | undefined; damages: string[] }> {
  using notebook = sampleNotebook(path, { campaigns: existsSync(path) ? 0 : 1, candidates: 1 });
  const damages: string[] = [];
  const house = keepHouse({
    notebook: { ...notebook, readonly },
    dispatcher: { run: async () => damage } as unknown as Dispatcher,
    logger: { info: () => {}, warn: () => {}, error: () => {} },
    clock: () => new Date(Date.UTC(2026, 0, 1) + hour * HOUR_MS),
    onDamage: (found) => damages.push(found),
  });
  await house[Symbol.asyncDispose]();
  return { integrity: house.integrity, damages };
}

describe("a notebook that is opened", () => {
  it("is backed up once a day", async () => {
    const path = join(folder, "n.sqlite");
    await visit(path);
    expect(backups(path)).toBe(1);
    await visit(path, { hour: 23 });
    expect(backups(path)).toBe(1);
    await visit(path, { hour: 25 });
    expect(backups(path)).toBe(2);
  });

  it("is not backed up where it is only read, or kept in memory, where nothing is checked either", async () => {
    const path = join(folder, "n.sqlite");
    expect(await visit(path, { readonly: true })).toEqual({ integrity: [], damages: [] });
    expect(backups(path)).toBe(0);
    expect(await visit(":memory:")).toEqual({ integrity: undefined, damages: [] });
    expect(backups(":memory:")).toBe(0);
  });

  it("is said to be damaged, with what to do", async () => {
    const path = join(folder, "n.sqlite");
    const { integrity, damages } = await visit(path, { damage: ["row 3 missing"] });
    expect(integrity).toEqual(["row 3 missing"]);
    expect(damages).toEqual([
      expect.stringMatching(/n\.sqlite is damaged \(row 3 missing\).*notebook salvage.*restore/),
    ]);
  });
});
