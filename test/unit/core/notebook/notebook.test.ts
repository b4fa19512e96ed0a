import { existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { hasWriter } from "#core/notebook/file/lock.ts";
import { MIGRATIONS } from "#core/notebook/file/migrate.ts";
import { type Notebook, type NotebookOptions, openNotebook } from "#core/notebook/notebook.ts";
import { getCampaign, listCampaigns } from "#core/notebook/tables/campaigns.ts";
import { CampaignSettings } from "#shared/campaign/campaign.ts";
import type { DomainErrorCode } from "#shared/errors.ts";
import { CampaignId } from "#shared/ids.ts";

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ansatz-notebook-"));
  path = join(folder, "notebook.sqlite");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = (options: Partial<NotebookOptions> = {}): Notebook =>
  openNotebook({
    path,
    mode: "create",
    clock: () => new Date("2026-11-22T12:00:00Z"),
    program: "test",
    ...options,
  });

const campaign = CampaignId.parse("7b0a5c9e-52c1-4c3e-9d5a-1b2c3d4e5f60");
const created = {
  kind: "campaign-created",
  campaign,
  settings: CampaignSettings.parse({ name: "first" }),
} as const;

const codeOf = (work: () => unknown): DomainErrorCode | undefined => {
  try {
    work();
  } catch (error) {
    return (error as { code?: DomainErrorCode }).code;
  }
  return undefined;
};

describe("a notebook", () => {
  it("is being written while it is open for that, and not before and after", () => {
    expect(hasWriter(path)).toBe(false);
    {
      using _ = open();
      expect(hasWriter(path)).toBe(true);
    }
    expect(hasWriter(path)).toBe(false);
  });

  it("keeps a campaign from one opening to the next", () => {
    {
      using notebook = open();
      notebook.append(created);
    }
    using notebook = open({ mode: "existing" });
    expect(listCampaigns(notebook.db).map(({ settings, state }) => [settings.name, state])).toEqual([
      ["first", "queued"],
    ]);
  });

  it("undoes all of a transaction when a part of it fails", () => {
    using notebook = open();
    const half = () =>
      notebook.transaction(() => {
        notebook.append(created);
        throw new Error("power cut");
      });
    expect(half).toThrow("power cut");
    expect(codeOf(() => getCampaign(notebook.db, campaign))).toBe("not-found");
  });

  it.each([
    "UPDATE event SET at = ''",
    "DELETE FROM event",
    "UPDATE record SET kind = ''",
    "DELETE FROM blob",
  ])("refuses %s: evidence is append-only", (statement) => {
    using notebook = open();
    notebook.append(created);
    const table = statement.split(" ")[statement.startsWith("DELETE") ? 2 : 1];
    notebook.db.guard((connection) => {
      if (table === "record") connection.exec("INSERT INTO record VALUES (1, x'00', 'model', '{}', 1)");
      if (table === "blob") connection.exec("INSERT INTO blob VALUES (1, x'00', 0, 'plain', x'')");
    });
    expect(() => notebook.db.guard((connection) => connection.exec(statement))).toThrow(/append-only/);
  });

  it("is open for writing once; a second process is told who holds it and may read", () => {
    using first = open();
    first.append(created);
    // No word of reading: each host knows whether what was asked for can do with that.
    expect(() => open()).toThrow(new RegExp(`process ${process.pid} on [^ ]+\\. Close it there first\\.$`));
    expect(codeOf(() => open())).toBe("notebook-locked");
    expect(hasWriter(path)).toBe(true);
    using reader = open({ mode: "read-only" });
    expect(listCampaigns(reader.db)).toHaveLength(1);
    expect(codeOf(() => reader.append(created))).toBe("conflict");
    expect(() => reader.transaction(() => {})).toThrow(/open read-only: nothing can be started/);
  });

  it("notices that its file was removed or replaced, says so, and seals nothing that is not its own", () => {
    const notebook = open();
    notebook.append(created);
    notebook.requireInPlace();
    rmSync(path);
    expect(() => notebook.requireInPlace()).toThrow(/removed or replaced while open/);
    expect(codeOf(() => notebook.requireInPlace())).toBe("notebook-damaged");
    writeFileSync(path, "another file");
    expect(codeOf(() => notebook.requireInPlace())).toBe("notebook-damaged");
    notebook[Symbol.dispose]();
    expect(existsSync(`${path}-seal`)).toBe(false);
    expect(readFileSync(path, "utf8")).toBe("another file");
  });

  it("frees its lock when it is closed", () => {
    open()[Symbol.dispose]();
    using again = open();
    expect(again.readonly).toBe(false);
  });
});

describe("opening says what is wrong when", () => {
  it("the folder is missing", () => {
    expect(codeOf(() => open({ path: join(folder, "nowhere", "n.sqlite") }))).toBe("not-found");
  });

  it("the file is missing and must exist", () => {
    expect(codeOf(() => open({ mode: "existing" }))).toBe("not-found");
    expect(codeOf(() => open({ mode: "read-only" }))).toBe("not-found");
  });

  it("the file was written by a newer version, and leaves it as it was", () => {
    open()[Symbol.dispose]();
    const raw = new Sqlite(path);
    raw.pragma(`user_version = ${MIGRATIONS.length + 1}`);
    raw.close();
    expect(codeOf(() => open())).toBe("notebook-newer");
    const after = new Sqlite(path);
    expect(after.pragma("user_version", { simple: true })).toBe(MIGRATIONS.length + 1);
    after.close();
  });

  it("the schema's number is negative, and leaves the file as it was", () => {
    open()[Symbol.dispose]();
    const raw = new Sqlite(path);
    raw.pragma("user_version = -3");
    raw.close();
    const before = readFileSync(path);
    expect(codeOf(() => open())).toBe("notebook-damaged");
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it("a table or a column is missing", () => {
    open()[Symbol.dispose]();
    const raw = new Sqlite(path);
    raw.exec("DROP TABLE job; ALTER TABLE campaign RENAME COLUMN error TO fault");
    raw.close();
    const before = readFileSync(path);
    expect(codeOf(() => open())).toBe("notebook-damaged");
    expect(codeOf(() => open({ mode: "read-only" }))).toBe("notebook-damaged");
    expect(() => open()).toThrow(/table campaign is defined in another way; schema, table job was removed/);
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it("the file is no database", () => {
    writeFileSync(path, "a shopping list that is long enough to be read as a database header ".repeat(20));
    expect(codeOf(() => open())).toBe("notebook-damaged");
  });

  it("the file is another program's database, and leaves it as it was", () => {
    const other = new Sqlite(path);
    other.exec("CREATE TABLE shopping (item TEXT)");
    other.close();
    const before = readFileSync(path);
    expect(codeOf(() => open())).toBe("notebook-damaged");
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it("the file was cut off", () => {
    {
      using notebook = open();
      notebook.append(created);
    }
    truncateSync(path, 8192);
    expect(
      codeOf(() => {
        using notebook = open();
        listCampaigns(notebook.db);
      }),
    ).toBe("notebook-damaged");
  });
});
