/** What a crash, a link, a careless copy or another user can do to a notebook's file, and what is made of it. */
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import Sqlite from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createEngine } from "#core/engine.ts";
import { verifyNotebook } from "#core/notebook/evidence/verify.ts";
import { type Notebook, openNotebook } from "#core/notebook/notebook.ts";
import { backUp, backupFolder } from "#core/notebook/recovery/backup.ts";
import { restoreNotebook } from "#core/notebook/recovery/restore.ts";
import { chainHead } from "#core/notebook/tables/events.ts";
import { createModels, tightenModels } from "#core/orchestration/models/models.ts";
import { CampaignSettings } from "#shared/campaign/campaign.ts";
import { CampaignId } from "#shared/ids.ts";
import { writeSampleNotebook } from "../unit/core/notebook/sample-notebook.ts";

const now = new Date("2026-11-28T12:00:00Z");
let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ansatz-place-"));
  path = join(folder, "notebook.sqlite");
  writeSampleNotebook(path, { campaigns: 2, candidates: 6 });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = (file = path, mode: "existing" | "create" | "read-only" = "existing"): Notebook =>
  openNotebook({ path: file, mode, clock: () => now, program: "test" });

const addCampaigns = (notebook: Notebook, count: number): void => {
  for (let n = 0; n < count; n++)
    notebook.append({
      kind: "campaign-created",
      campaign: CampaignId.parse(crypto.randomUUID()),
      settings: CampaignSettings.parse({ name: `later ${n}` }),
    });
};

const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
  return "accepted";
};

/**
 * Works on until part of the work is in the file and part in its log, and leaves both as a killed process does.
 *
 * @returns the bytes of the log
 */
function crash(): Buffer {
  const killed = join(folder, "killed.sqlite");
  {
    using notebook = open();
    addCampaigns(notebook, 200);
    notebook.db.guard((connection) => connection.pragma("wal_checkpoint(TRUNCATE)"));
    addCampaigns(notebook, 3);
    copyFileSync(path, killed);
    copyFileSync(`${path}-wal`, `${killed}-wal`);
  }
  renameSync(killed, path);
  renameSync(`${killed}-wal`, `${path}-wal`);
  rmSync(`${path}-seal`);
  return readFileSync(`${path}-wal`);
}

describe("what is no file", () => {
  it.each(["existing", "read-only", "create"] as const)(
    "is refused before it is waited for: a pipe opened as %s",
    (mode) => {
      const pipe = join(folder, "pipe.sqlite");
      expect(spawnSync("mkfifo", [pipe]).status).toBe(0);
      expect(() => open(pipe, mode)).toThrow(/is a pipe or a device: expected a file/);
      expect(codeOf(() => verifyNotebook(pipe))).toBe("invalid-input");
    },
  );

  it.each(["existing", "read-only", "create"] as const)(
    "is refused by name: a folder opened as %s",
    (mode) => {
      expect(() => open(folder, mode)).toThrow(/is a folder: expected a file/);
    },
  );

  it.each(["-shm", "-seal", "-lock", "-journal", "-wal"])(
    "is refused or moved away where it lies in the place of %s",
    (ending) => {
      const { head } = verifyNotebook(path);
      rmSync(`${path}${ending}`, { force: true });
      mkdirSync(`${path}${ending}`);
      const isLog = ["-journal", "-wal"].includes(ending);
      expect(codeOf(() => open()[Symbol.dispose]())).toBe(isLog ? "accepted" : "invalid-input");
      if (!isLog) rmdirSync(`${path}${ending}`);
      expect(verifyNotebook(path)).toMatchObject({ ok: true, head });
    },
  );

  it("is refused as a lock that another program wrote, and the notebook is not called damaged", () => {
    writeFileSync(`${path}-lock`, "A".repeat(5000));
    expect(() => open()).toThrow(/-lock is no lock of a notebook.*Remove /);
    rmSync(`${path}-lock`);
    expect(codeOf(() => open()[Symbol.dispose]())).toBe("accepted");
  });
});

describe("a backup put back after a crash", () => {
  it.each([
    ["of this version", true],
    ["of an earlier version or made by hand", false],
  ])("by hand, %s, is what it was; the log that the crash left is set aside", async (_, isOurs) => {
    const backup = join(folder, "backup.sqlite");
    if (isOurs) {
      using notebook = open();
      renameSync(await backUp(notebook.db, now), backup);
    } else copyFileSync(path, backup);
    const { head } = verifyNotebook(backup);
    const log = crash();
    copyFileSync(backup, path);
    {
      using notebook = open();
      expect(chainHead(notebook.db).seq).toBe(head.seq);
      expect(notebook.notes.join()).toMatch(/-wal did not belong to .* was moved to .*notebook restore/);
      addCampaigns(notebook, 1);
    }
    expect(verifyNotebook(path)).toMatchObject({ ok: true, events: head.seq + 1 });
    const [aside] = readdirSync(folder).filter((name) => name.includes("-wal-aside-"));
    expect(readFileSync(join(folder, aside!)).equals(log)).toBe(true);
    expect(readdirSync(folder).filter((name) => name.includes("-alone"))).toEqual([]);
  });

  /** The journal that another program, killed in a transaction, leaves beside a copy of the notebook; and that copy, half changed. */
  function foreignJournal(): { journal: Buffer; half: Buffer } {
    const copy = join(folder, "elsewhere.sqlite");
    copyFileSync(path, copy);
    const raw = new Sqlite(copy);
    raw.pragma("journal_mode = DELETE");
    raw.pragma("cache_size = 2");
    raw.exec("BEGIN IMMEDIATE; CREATE TABLE filler (text)");
    const fill = raw.prepare("INSERT INTO filler VALUES (?)");
    for (let n = 0; n < 300; n++) fill.run("x".repeat(500));
    raw.exec("UPDATE candidate SET smiles = smiles || 'C'; DELETE FROM filler");
    const journal = readFileSync(`${copy}-journal`);
    const half = readFileSync(copy);
    raw.close();
    expect(journal.subarray(0, 8).toString("hex")).toBe("d9d505f920a163d7");
    return { journal, half };
  }

  it.each([
    ["that keeps a log", false],
    ["that was put back by hand", true],
  ])("is not destroyed by the journal of another file beside one %s", async (_, isBackup) => {
    {
      using notebook = open();
      addCampaigns(notebook, 40);
      if (isBackup) copyFileSync(await backUp(notebook.db, now), join(folder, "backup.sqlite"));
    }
    const { journal } = foreignJournal();
    {
      using notebook = open();
      addCampaigns(notebook, 40);
    }
    if (isBackup) copyFileSync(join(folder, "backup.sqlite"), path);
    rmSync(`${path}-seal`);
    const { head } = verifyNotebook(path);
    writeFileSync(`${path}-journal`, journal);
    const before = readFileSync(path);
    expect(codeOf(() => verifyNotebook(path))).toBe("notebook-damaged");
    expect(() => open(path, "read-only")).toThrow(/-journal was left by another program.*notebook restore/);
    expect(readFileSync(path).equals(before)).toBe(true);
    {
      using notebook = open();
      expect(chainHead(notebook.db).seq).toBe(head.seq);
      expect(notebook.notes.join()).toMatch(/-journal did not belong to .* was moved to /);
      addCampaigns(notebook, 1);
    }
    expect(verifyNotebook(path)).toMatchObject({ ok: true, events: head.seq + 1 });
    const [aside] = readdirSync(folder).filter((name) => name.includes("-journal-aside-"));
    expect(readFileSync(join(folder, aside!)).equals(journal)).toBe(true);
  });

  it("is put right by its own journal, where another program was killed as it wrote to it", () => {
    const { journal, half } = foreignJournal();
    const { head } = verifyNotebook(path);
    writeFileSync(path, half);
    writeFileSync(`${path}-journal`, journal);
    {
      using notebook = open();
      expect(notebook.notes.join()).not.toContain("aside");
    }
    expect(verifyNotebook(path)).toMatchObject({ ok: true, head });
  });

  it("leaves the journal of a program that is at work where it is", () => {
    const raw = new Sqlite(path);
    raw.pragma("journal_mode = DELETE");
    raw.exec("BEGIN IMMEDIATE; UPDATE candidate SET name = 'x'");
    expect(existsSync(`${path}-journal`)).toBe(true);
    expect(codeOf(() => open()[Symbol.dispose]())).toBe("notebook-locked");
    expect(existsSync(`${path}-journal`)).toBe(true);
    raw.exec("ROLLBACK");
    raw.close();
    expect(verifyNotebook(path).ok).toBe(true);
  });

  it("is not read together with that log, and the message names the command", async () => {
    {
      using notebook = open();
      copyFileSync(await backUp(notebook.db, now), join(folder, "backup.sqlite"));
    }
    crash();
    copyFileSync(join(folder, "backup.sqlite"), path);
    const before = readFileSync(path);
    expect(() => open(path, "read-only")).toThrow(/-wal does not belong .*ansatz notebook restore/);
    expect(codeOf(() => verifyNotebook(path))).toBe("notebook-damaged");
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it("keeps what the crash left, where that is the notebook's own", () => {
    crash();
    using notebook = open();
    expect(notebook.notes).toEqual([]);
    expect(verifyNotebook(path).findings).toEqual([]);
    expect(chainHead(notebook.db).seq).toBe(verifyNotebook(path).events);
    expect(readdirSync(folder).filter((name) => name.includes("aside"))).toEqual([]);
  });

  it("by the command is what it was, and what lay there can still be opened", async () => {
    let backup: string;
    {
      using notebook = open();
      backup = await backUp(notebook.db, now);
    }
    const { head } = verifyNotebook(backup);
    crash();
    const { events } = verifyNotebook(path);
    const before = readFileSync(backup);
    const { replaced, verification } = restoreNotebook(backup, path, now);
    expect(verification.head).toEqual(head);
    expect(existsSync(`${path}-wal`)).toBe(false);
    expect(verifyNotebook(path)).toMatchObject({ ok: true, head });
    expect(verifyNotebook(replaced!)).toMatchObject({ ok: true, events });
    expect(readFileSync(backup).equals(before)).toBe(true);
    using notebook = open();
    addCampaigns(notebook, 1);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it("is refused where it is damaged, the notebook itself, not there, or the notebook is in use", async () => {
    const backup = join(folder, "backup.sqlite");
    copyFileSync(path, backup);
    const bytes = readFileSync(backup);
    const before = readFileSync(path);
    writeFileSync(backup, bytes.fill(0xee, 8192, 8192 + 4096));
    expect(codeOf(() => restoreNotebook(backup, path, now))).toBe("notebook-damaged");
    expect(codeOf(() => restoreNotebook(path, path, now))).toBe("conflict");
    expect(codeOf(() => restoreNotebook(join(folder, "none.sqlite"), path, now))).toBe("not-found");
    writeFileSync(backup, "3\n\nO 0 0 0\nH 0 0 1\nH 0 1 0\n");
    expect(() => restoreNotebook(backup, path, now)).toThrow(/is no backup: expected a notebook's file/);
    expect(readFileSync(path).equals(before)).toBe(true);
    copyFileSync(path, backup);
    using _notebook = open();
    expect(codeOf(() => restoreNotebook(backup, path, now))).toBe("notebook-locked");
    expect(readdirSync(folder).filter((name) => /part|replaced/.test(name))).toEqual([]);
  });

  it("where no notebook is any more leaves the log of the lost one beside", async () => {
    const backup = join(folder, "backup.sqlite");
    copyFileSync(path, backup);
    const log = crash();
    rmSync(path);
    expect(restoreNotebook(backup, path, now)).toMatchObject({ replaced: null });
    expect(verifyNotebook(path).ok).toBe(true);
    const [aside] = readdirSync(folder).filter((name) => /-replaced-.*-wal$/.test(name));
    expect(readFileSync(join(folder, aside!)).equals(log)).toBe(true);
  });

  it("a log without its notebook is not eaten by a new one of that name", () => {
    const log = crash();
    rmSync(path);
    using notebook = open(path, "create");
    expect(chainHead(notebook.db).seq).toBe(1);
    const [aside] = readdirSync(folder).filter((name) => name.includes("-wal-aside-"));
    expect(readFileSync(join(folder, aside!)).equals(log)).toBe(true);
  });
});

describe("the writer lock", () => {
  it("holds through symbolic links to the file and to its folder", () => {
    symlinkSync(path, join(folder, "link.sqlite"));
    symlinkSync("link.sqlite", join(folder, "link-to-link.sqlite"));
    const elsewhere = join(dirname(folder), `${Date.now()}-folder`);
    symlinkSync(folder, elsewhere);
    try {
      using first = open(join(folder, "link.sqlite"));
      expect(first.path).toBe(path);
      for (const other of [
        path,
        join(folder, "link-to-link.sqlite"),
        join(elsewhere, "notebook.sqlite"),
        join(folder, ".", "..", folder.split("/").at(-1)!, "notebook.sqlite"),
      ])
        expect(codeOf(() => open(other))).toBe("notebook-locked");
    } finally {
      rmSync(elsewhere);
    }
  });

  it("refuses a file with a second name, whichever is opened, and opens it once the name is gone", () => {
    const other = join(folder, "other");
    mkdirSync(other);
    const second = join(other, "second.sqlite");
    {
      using _first = open();
      linkSync(path, second);
      expect(codeOf(() => open(second))).toBe("notebook-locked");
    }
    expect(() => open()).toThrow(/has 2 names \(hard links\)/);
    expect(verifyNotebook(path).ok).toBe(true);
    rmSync(second);
    using again = open();
    expect(again.readonly).toBe(false);
  });

  it("opens a file to which a process that was killed as it looked at the log left a second name", () => {
    linkSync(path, `${path}-alone`);
    using notebook = open();
    expect(notebook.readonly).toBe(false);
    expect(existsSync(`${path}-alone`)).toBe(false);
  });

  it("refuses a link that leads nowhere: the file that it would make has another lock", () => {
    const dangling = join(folder, "dangling.sqlite");
    symlinkSync(join(folder, "nowhere.sqlite"), dangling);
    expect(codeOf(() => open(dangling, "create"))).toBe("not-found");
    expect(existsSync(join(folder, "nowhere.sqlite"))).toBe(false);
  });

  it("that was removed stops the writer that held it", () => {
    using notebook = open();
    rmSync(`${path}-lock`);
    expect(() => addCampaigns(notebook, 1)).toThrow(/-lock was removed or replaced/);
    expect(notebook.readonly).toBe(true);
  });
});

describe("a notebook whose file was taken away while it is open", () => {
  const engineOn = (mode: "write" | "read-only") =>
    createEngine({
      paths: {
        notebook: path,
        resources: fileURLToPath(new URL("../../resources", import.meta.url)),
      },
      clock: () => now,
      logger: { info: () => {}, warn: () => {}, error: () => {} },
      threads: 1,
      mode,
    });

  it.each([
    ["moved away", () => renameSync(path, `${path}.old`)],
    [
      "replaced by a copy",
      () => {
        copyFileSync(path, `${path}.new`);
        renameSync(`${path}.new`, path);
      },
    ],
    ["overwritten by an older copy", () => copyFileSync(`${path}.older`, path)],
  ])(
    "and was %s takes no review, sign-off, key, campaign, export, backup or verification",
    async (_, take) => {
      copyFileSync(path, `${path}.older`);
      {
        using notebook = open();
        addCampaigns(notebook, 20);
      }
      await using engine = await engineOn("write");
      const campaign = (await engine.campaigns.list()).find(({ counts }) => counts.proposed > 0);
      const [candidate] = await engine.candidates.list({ campaignId: campaign!.id });
      const review = { candidateId: candidate!.id, comment: "", reviewer: "someone" };
      await engine.candidates.review({ ...review, verdict: "reject" });
      take();
      const refused: Record<string, () => Promise<unknown>> = {
        review: () => engine.candidates.review({ ...review, verdict: "shortlist" }),
        signOff: () =>
          engine.reviews.signOff({
            campaignId: campaign!.id,
            signer: "someone",
            statement: "as it stands",
            key: null,
          }),
        policy: () =>
          engine.reviews.setPolicy({
            campaignId: campaign!.id,
            policy: { blind: true, secondReviewer: false },
            by: "someone",
          }),
        sign: () => engine.notebook.sign({ lock: { passphrase: "four words or more" }, newKey: false }),
        start: () => engine.campaigns.start(CampaignSettings.parse({ name: "new" })),
        export: () => engine.exports.create({ campaignId: campaign!.id, format: "csv", selection: "all" }),
        archive: () => engine.notebook.exportArchive({ name: "notebook" }),
        provenance: () => engine.notebook.exportProvenance({}),
        backUp: () => engine.notebook.backUp(),
        verify: () => engine.notebook.verify(),
      };
      for (const [name, work] of Object.entries(refused))
        await expect(work(), name).rejects.toMatchObject({ code: "notebook-damaged" });
    },
  );

  it("is neither verified nor exported by one that only reads", async () => {
    await using engine = await engineOn("read-only");
    const [campaign] = await engine.campaigns.list();
    renameSync(path, `${path}.old`);
    copyFileSync(`${path}.old`, path);
    await expect(engine.notebook.verify()).rejects.toThrow(/removed or replaced while open/);
    const request = { campaignId: campaign!.id, format: "csv", selection: "all" } as const;
    await expect(engine.exports.create(request)).rejects.toMatchObject({ code: "notebook-damaged" });
  });
});

describe("a file that only looks changed", () => {
  it("is written to on: its time is another, the log in it is whole", () => {
    using notebook = open();
    addCampaigns(notebook, 30);
    utimesSync(path, now, now);
    addCampaigns(notebook, 1);
    notebook.db.guard((connection) => connection.pragma("wal_checkpoint(TRUNCATE)"));
    notebook.transaction(() => addCampaigns(notebook, 2));
    expect(notebook.damage).toBeUndefined();
    expect(verifyNotebook(path).findings).toEqual([]);
  });
});

describe("two backups at once", () => {
  it("are both whole, of one second and of several", async () => {
    using notebook = open();
    const times = [now, now, now, new Date(now.getTime() + 1000)];
    const files = await Promise.all(times.map((at) => backUp(notebook.db, at)));
    expect(new Set(files).size).toBe(2);
    for (const file of files) expect(verifyNotebook(file)).toMatchObject({ ok: true });
    expect(readdirSync(backupFolder(path)).filter((name) => name.includes(".part"))).toEqual([]);
  });

  it("that cannot be written is said, not thrown raw", async () => {
    using notebook = open();
    writeFileSync(`${backupFolder(path)}`, "a file where the folder should be");
    await expect(backUp(notebook.db, now)).rejects.toMatchObject({ name: "DomainError" });
  });
});

describe.skipIf(process.platform === "win32")("what other users of the computer can read", () => {
  const modes = (of: string): Record<string, string> =>
    Object.fromEntries(
      readdirSync(of, { recursive: true, encoding: "utf8" }).map((name) => [
        name,
        (statSync(join(of, name)).mode & 0o777).toString(8),
      ]),
    );

  it("is nothing of a new notebook: file, log, index, lock, seal, backups", async () => {
    const fresh = join(folder, "fresh");
    mkdirSync(fresh);
    const before = process.umask(0o000);
    try {
      {
        using notebook = open(join(fresh, "n.sqlite"), "create");
        addCampaigns(notebook, 1);
        await backUp(notebook.db, now);
        const found = modes(fresh);
        expect(Object.keys(found).sort()).toEqual([
          "n.sqlite",
          "n.sqlite-backups",
          "n.sqlite-backups/n-2026-11-28T12-00-00Z.sqlite",
          "n.sqlite-lock",
          "n.sqlite-shm",
          "n.sqlite-wal",
        ]);
        for (const [name, mode] of Object.entries(found))
          expect(mode, name).toBe(name === "n.sqlite-backups" ? "700" : "600");
      }
      expect(modes(fresh)["n.sqlite-seal"]).toBe("600");
    } finally {
      process.umask(before);
    }
  });

  it("is nothing of a model of one's own, nor of those that an earlier version made", async () => {
    const own = join(folder, "models");
    const shipped = fileURLToPath(new URL("../../resources/models/small-organics", import.meta.url));
    const resources = fileURLToPath(new URL("../../resources", import.meta.url));
    const logger = { info: () => {}, warn: () => {}, error: () => {} };
    const models = createModels({ resources, own, notebook: "notebook.sqlite", logger });
    await models.add(async (directory) => {
      cpSync(shipped, directory, { recursive: true });
      const card = JSON.parse(readFileSync(join(directory, "model.json"), "utf8"));
      writeFileSync(join(directory, "model.json"), JSON.stringify({ ...card, name: "mine" }));
    });
    const expectPrivate = (): void => {
      for (const [name, mode] of Object.entries(modes(own)))
        expect(mode, name).toBe(name === "mine" ? "700" : "600");
    };
    expectPrivate();
    for (const name of ["", "mine"]) chmodSync(join(own, name), 0o755);
    chmodSync(join(own, "mine", "weights.bin"), 0o644);
    expect(tightenModels(own)).toHaveLength(3);
    expectPrivate();
    expect(statSync(own).mode & 0o777).toBe(0o700);
  });

  it("is taken back from an earlier version's files with a note; what a group may write stays shared with it alone", () => {
    mkdirSync(backupFolder(path), { mode: 0o755 });
    const backup = join(backupFolder(path), "notebook-schema-1.sqlite");
    writeFileSync(backup, "");
    for (const file of [path, `${path}-seal`, `${path}-lock`, backup]) chmodSync(file, 0o644);
    {
      using notebook = open();
      expect(notebook.notes.join()).toMatch(/Other users of this computer could read .*notebook\.sqlite/);
      for (const file of [path, `${path}-lock`, backup]) expect(statSync(file).mode & 0o777).toBe(0o600);
      expect(statSync(backupFolder(path)).mode & 0o777).toBe(0o700);
    }
    chmodSync(path, 0o664);
    using notebook = open();
    expect(notebook.notes.join()).toMatch(/Other users of this computer could read .*notebook\.sqlite/);
    expect(statSync(path).mode & 0o777).toBe(0o660);
  });
});
