/** What the app does with a notebook beyond campaigns: sign-off with a key, blind search, archives, a second window. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import Sqlite from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createEngine } from "#core/engine.ts";
import type { Engine, EngineOptions } from "#core/engine-interface.ts";
import { salvageFile } from "#core/files.ts";
import type { Verdict } from "#shared/campaign/review.ts";
import { type CampaignId, candidateId } from "#shared/ids.ts";
import { writeSampleNotebook } from "../unit/core/notebook/sample-notebook.ts";

const PASSPHRASE = "correct horse battery staple";
const locked = { lock: { passphrase: PASSPHRASE }, newKey: false };

let folder: string;
let path: string;
let engine: Engine;
let campaignId: CampaignId;

const open = (options: Partial<EngineOptions> = {}) =>
  createEngine({
    paths: { notebook: path, resources: fileURLToPath(new URL("../../resources", import.meta.url)) },
    clock: () => new Date("2026-11-22T18:00:00Z"),
    logger: { info: () => {}, warn: () => {}, error: () => {} },
    threads: 1,
    ...options,
  });

/** Turns every bit of what it keeps. */
function keychain() {
  const flip = async (bytes: Uint8Array) => bytes.map((byte) => byte ^ 0xff);
  return { available: async () => true, protect: flip, reveal: flip };
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "ansatz-desk-"));
  path = join(folder, "notebook.sqlite");
  writeSampleNotebook(path, { campaigns: 1, candidates: 6 });
  engine = await open();
  campaignId = (await engine.campaigns.list())[0]!.id;
});
afterEach(async () => {
  await engine[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

const say = (index: number, verdict: Verdict, reviewer = "ada", comment = "") =>
  engine.candidates.review({ candidateId: candidateId(campaignId, index), verdict, comment, reviewer });
const approval = () => ({ campaignId, signer: "head of laboratory", statement: "Approved for synthesis" });

describe("a sign-off with a key", () => {
  it("locks the shortlist and signs the log up to and with the sign-off", async () => {
    await say(1, "shortlist");
    const signedOff = await engine.reviews.signOff({ ...approval(), key: locked });
    const { ok, head, signed } = await engine.notebook.verify();
    const { key } = await engine.notebook.signing();
    expect(ok).toBe(true);
    expect(signed).toMatchObject({ seq: head.seq, key: key?.fingerprint });
    expect(await engine.reviews.signedOff({ campaignId })).toEqual(signedOff);
    await expect(say(2, "shortlist")).rejects.toMatchObject({ code: "conflict" });
  });

  it("leaves neither lock nor signature where it is cut short between the two", async () => {
    await say(1, "shortlist");
    await engine.notebook.sign(locked);
    const before = await engine.notebook.verify();
    // The disk is full when the checkpoint is to be written.
    const saboteur = new Sqlite(path);
    saboteur.exec(
      "CREATE TRIGGER full BEFORE INSERT ON checkpoint BEGIN SELECT RAISE(ABORT, 'no room'); END",
    );
    saboteur.close();
    await expect(engine.reviews.signOff({ ...approval(), key: locked })).rejects.toThrow();
    expect(await engine.reviews.signedOff({ campaignId })).toBeNull();
    const { head, signed } = await engine.notebook.verify();
    expect({ head, signed }).toEqual({ head: before.head, signed: before.signed });
  });

  it("locks nothing where the passphrase is wrong", async () => {
    await engine.notebook.sign(locked);
    await say(1, "shortlist");
    const wrong = { lock: { passphrase: "not the passphrase" }, newKey: false };
    await expect(engine.reviews.signOff({ ...approval(), key: wrong })).rejects.toMatchObject({
      code: "invalid-input",
    });
    expect(await engine.reviews.signedOff({ campaignId })).toBeNull();
  });
});

describe("the signing key", () => {
  it("is kept by the host's keychain where there is one, and is asked for there again", async () => {
    await engine[Symbol.asyncDispose]();
    engine = await open({ keychain: keychain() });
    expect(await engine.notebook.signing()).toEqual({ key: null, keychain: true });
    const { key } = await engine.notebook.sign({ lock: "keychain", newKey: false });
    expect(await engine.notebook.sign({ lock: "keychain", newKey: false })).toEqual({ key });
    expect((await engine.notebook.signing()).key).toEqual({ fingerprint: key, protection: "keychain" });
    expect((await engine.notebook.verify()).signed?.key).toBe(key);
  });

  it("asks for a passphrase where the host has no keychain", async () => {
    expect((await engine.notebook.signing()).keychain).toBe(false);
    const refused = engine.notebook.sign({ lock: "keychain", newKey: false });
    await expect(refused).rejects.toThrow(/no keychain.*expected a passphrase/);
  });

  it("is replaced on demand, and what the former one signed stays signed", async () => {
    const { key: first } = await engine.notebook.sign(locked);
    const forgotten = { lock: { passphrase: "another long passphrase" }, newKey: true };
    const { key: second } = await engine.notebook.sign(forgotten);
    expect(second).not.toBe(first);
    expect(await engine.notebook.verify()).toMatchObject({ ok: true, signed: { key: second } });
  });
});

describe("a blind policy", () => {
  it("draws no provenance with others' reviews in it until the viewer has spoken", async () => {
    await engine.reviews.setPolicy({ campaignId, policy: { secondReviewer: false, blind: true }, by: "ada" });
    await say(1, "shortlist", "ada");
    const id = candidateId(campaignId, 1);
    const reviewsIn = async (viewer: string) => {
      const { nodes, links } = await engine.notebook.candidateProvenance({ id, viewer });
      const known = new Set(nodes.map(({ hash }) => hash));
      expect(links.every(({ source, target }) => known.has(source) && known.has(target))).toBe(true);
      return nodes.filter(({ kind }) => kind === "review").length;
    };
    expect(await reviewsIn("ada")).toBe(1);
    expect(await reviewsIn("ben")).toBe(0);
    await say(1, "reject", "ben");
    expect(await reviewsIn("ben")).toBe(2);
  });

  it("neither shows nor finds by verdicts and comments of others until the viewer has spoken", async () => {
    await engine.reviews.setPolicy({ campaignId, policy: { secondReviewer: false, blind: true }, by: "ada" });
    await say(1, "shortlist", "ada", "remarkable");
    const found = async (query: { verdict?: Verdict; text?: string; formula?: string }, viewer: string) =>
      (await engine.search({ ...query, viewer })).map(({ candidate }) => candidate.review?.verdict ?? null);
    const { descriptors } = await engine.candidates.get({ id: candidateId(campaignId, 1) });
    const formula = descriptors!.formula;
    expect(await found({ verdict: "shortlist" }, "ada")).toEqual(["shortlist"]);
    expect(await found({ verdict: "shortlist" }, "ben")).toEqual([]);
    expect(await found({ text: "remarkable" }, "ben")).toEqual([]);
    expect(await found({ formula }, "ben")).toEqual([null]);
    await say(1, "maybe", "ben");
    expect(await found({ formula }, "ben")).toEqual(["maybe"]);
  });
});

describe("a search under a blind policy", () => {
  it("fills its limit with hits that the viewer may see, in place of those that are hidden", async () => {
    await engine.reviews.setPolicy({ campaignId, policy: { secondReviewer: false, blind: true }, by: "ada" });
    const all = { verdict: "shortlist" as const, viewer: "ada" };
    for (const index of [1, 2, 3]) await say(index, "shortlist", "ada");
    const [first] = await engine.search({ ...all, limit: 1 });
    const others = (await engine.search(all)).filter(({ candidate }) => candidate.id !== first!.candidate.id);
    // Ben has judged all but the one that stands first.
    for (const { candidate } of others) await say(Number(candidate.id.split("/")[1]), "shortlist", "ben");
    const seen = await engine.search({ ...all, viewer: "ben", limit: 1 });
    expect(seen.map(({ candidate }) => candidate.id)).toEqual([others[0]!.candidate.id]);
  });
});

describe("an export under a blind policy", () => {
  beforeEach(async () => {
    await engine.reviews.setPolicy({ campaignId, policy: { secondReviewer: false, blind: true }, by: "ada" });
    await say(1, "shortlist", "ada", "remarkable");
    // The sample's own review is of candidate 0.
    await say(0, "reject", "ada", "dull");
  });
  const csv = async (by?: string, selection: "all" | "shortlist" = "all") => {
    const request = { campaignId, format: "csv" as const, selection };
    return (await engine.exports.create(by === undefined ? request : { ...request, by })).text;
  };

  it("leaves out verdicts of candidates that whoever asks has not judged", async () => {
    expect(await csv("ada")).toMatch(/shortlist.*remarkable/);
    for (const text of [await csv("ben"), await csv()])
      expect(text).not.toMatch(/remarkable|dull|,shortlist,/);
    await say(1, "maybe", "ben");
    expect(await csv("ben")).not.toMatch(/dull/);
  });

  it("is refused where a verdict that is hidden belongs in it, until nothing is hidden", async () => {
    const sizeOf = (made: string | File) => (typeof made === "string" ? made.length : made.size);
    const all = (by?: string) => [
      () => csv(by, "shortlist"),
      () => engine.notebook.exportArchive({ name: "notebook", ...(by !== undefined && { by }) }),
      () => engine.notebook.exportProvenance(by === undefined ? {} : { by }),
    ];
    for (const make of [...all("ben"), ...all()]) {
      await expect(make()).rejects.toMatchObject({
        code: "conflict",
        message: /reviewed blind.*not see yet/,
      });
    }
    for (const make of all("ada")) expect(sizeOf(await make())).toBeGreaterThan(0);
    await say(1, "shortlist", "ben");
    await say(0, "reject", "ben");
    await say(0, "reject", "reviewer one");
    expect(await csv("ben", "shortlist")).toMatch(/,shortlist,/);
    await engine.reviews.signOff({ ...approval(), key: null });
    for (const make of all()) expect(sizeOf(await make())).toBeGreaterThan(0);
  });

  it("of a shortlist does not tell what is on it to whoever may not see the verdicts", async () => {
    await say(0, "reject", "reviewer one");
    await csv("ada", "shortlist");
    const exportsOf = async (viewer?: string) => {
      const id = candidateId(campaignId, 1);
      const { nodes } = await engine.notebook.candidateProvenance({ id });
      const candidate = nodes.find(({ kind }) => kind === "candidate")!.hash;
      const graph = await engine.notebook.provenance({
        record: candidate,
        direction: "consequences",
        ...(viewer && { viewer }),
      });
      return graph.nodes.filter(({ kind }) => kind === "export").length;
    };
    expect([await exportsOf("ada"), await exportsOf("ben"), await exportsOf()]).toEqual([1, 0, 0]);
    const rows = async () => (await engine.notebook.exports()).map((made) => made.rows);
    expect(await rows()).toEqual([null]);
    await engine.reviews.signOff({ ...approval(), key: null });
    expect([await exportsOf(), await rows()]).toEqual([1, [1]]);
  });

  it("goes with campaigns that do not say how long the shortlist is, until the sign-off", async () => {
    const shortlisted = async () => {
      const [listed] = await engine.campaigns.list();
      return [
        listed!.counts.shortlisted,
        (await engine.campaigns.get({ id: campaignId })).counts.shortlisted,
      ];
    };
    expect(await shortlisted()).toEqual([null, null]);
    await say(0, "reject", "reviewer one");
    await engine.reviews.signOff({ ...approval(), key: null });
    expect(await shortlisted()).toEqual([1, 1]);
  });
});

describe("an archive handed over by the app", () => {
  it("is checked, and becomes a notebook of its own beside the open one", async () => {
    await say(1, "shortlist");
    await engine.reviews.signOff({ ...approval(), key: locked });
    const archive = await engine.notebook.exportArchive({ name: "notebook" });
    expect((await engine.notebook.verifyArchive({ archive })).ok).toBe(true);
    const copy = await engine.notebook.importArchive({ archive, name: "colleague" });
    expect(copy).toEqual({ path: join(folder, "colleague.sqlite") });
    await expect(engine.notebook.importArchive({ archive, name: "colleague" })).rejects.toMatchObject({
      code: "conflict",
    });
    await using imported = await open({ paths: { notebook: copy.path, resources: "resources" } });
    expect(await imported.reviews.signedOff({ campaignId })).toEqual(
      await engine.reviews.signedOff({ campaignId }),
    );
    expect((await imported.notebook.verify()).signed).toEqual((await engine.notebook.verify()).signed);
  });

  it("names what was changed in it", async () => {
    const bytes = await (await engine.notebook.exportArchive({ name: "notebook" })).bytes();
    bytes[bytes.length >> 1]! ^= 1;
    const archive = new File([bytes], "notebook.eln");
    const { ok, findings } = await engine.notebook.verifyArchive({ archive });
    expect(ok).toBe(false);
    expect(findings.length).toBeGreaterThan(0);
  });

  it("has its provenance as PROV-JSON with every record in it", async () => {
    const { records } = await engine.notebook.verify();
    const { entity } = JSON.parse(await (await engine.notebook.exportProvenance({})).text()) as {
      entity: object;
    };
    expect(Object.keys(entity)).toHaveLength(records);
  });
});

describe("an export of what two reviewers disagree on", () => {
  it("shows both verdicts, whoever spoke last", async () => {
    await say(1, "shortlist", "ada", "remarkable");
    await say(1, "reject", "ben", "too flat");
    for (const format of ["csv", "sdf", "sdf-v3000"] as const) {
      const { text } = await engine.exports.create({ campaignId, format, selection: "ranked" });
      expect(text).toContain("disagreed");
      expect(text).toContain("ada: shortlist; ben: reject");
      expect(text).toContain("ada: remarkable; ben: too flat");
    }
  });
});

describe("what leaves the notebook", () => {
  const sha256 = (bytes: string | Uint8Array) => createHash("sha256").update(bytes).digest("hex");

  it("is written down: which file, of which candidates, for whom", async () => {
    const asked = { campaignId, format: "csv", selection: "all", by: "ben" } as const;
    const { text, record, fileName, rows } = await engine.exports.create(asked);
    const archive = await engine.notebook.exportArchive({ name: "whole", by: "ada" });
    expect(await engine.notebook.exports()).toMatchObject([
      { what: "candidates", fileName, rows, sha256: sha256(text), ...asked },
      {
        what: "archive",
        fileName: "whole.eln",
        rows: null,
        sha256: sha256(await archive.bytes()),
        by: "ada",
      },
    ]);
    const { nodes, links } = await engine.notebook.provenance({ record: record!, direction: "origins" });
    const said = (kind: string) => nodes.filter((node) => node.kind === kind).map(({ hash }) => hash);
    const linked = (role: string) =>
      links.filter((link) => link.source === record && link.role === role).map(({ target }) => target);
    expect(linked("candidate").sort()).toEqual(said("candidate").sort());
    expect(linked("candidate")).toHaveLength(rows);
    expect(linked("score").length).toBeGreaterThan(0);
    expect((await engine.notebook.verify()).findings).toEqual([]);
  });

  it("is what was chosen, and nothing where one of it is not there", async () => {
    const chosen = { campaignId, format: "csv", selection: "chosen" } as const;
    const { text, rows, record } = await engine.exports.create({ ...chosen, candidates: [1] });
    expect(rows).toBe(1);
    expect(text).toContain(`${campaignId}/1`);
    expect(text).not.toContain(`${campaignId}/0`);
    const { nodes } = await engine.notebook.provenance({ record: record!, direction: "origins" });
    expect(nodes.filter(({ kind }) => kind === "candidate")).toHaveLength(1);
    const missing = engine.exports.create({ ...chosen, candidates: [1, 123_456] });
    await expect(missing).rejects.toThrow(/no candidate 123456/);
  });

  it("is not written down where the notebook is open read-only, and says so", async () => {
    await using second = await open({ mode: "read-only-if-locked" });
    const { record } = await second.exports.create({ campaignId, format: "csv", selection: "all" });
    expect(record).toBeNull();
    expect(await engine.notebook.exports()).toEqual([]);
  });
});

describe("a second start on a notebook that is being written to", () => {
  it("opens it read-only, says who writes, and shows what is there", async () => {
    await using second = await open({ mode: "read-only-if-locked" });
    const { readOnly, readOnlyReason } = await second.system.info();
    expect(readOnly).toBe(true);
    expect(readOnlyReason).toMatch(new RegExp(`process ${process.pid} on .* is writing`));
    expect(await second.campaigns.list()).toHaveLength(1);
    const refused = second.notebook.sign(locked);
    await expect(refused).rejects.toMatchObject({ code: "conflict" });
  });

  it("writes where nobody else does", async () => {
    await engine[Symbol.asyncDispose]();
    engine = await open({ mode: "read-only-if-locked" });
    expect(await engine.system.info()).toMatchObject({ readOnly: false, readOnlyReason: null });
  });
});

describe("a damaged notebook", () => {
  const destroyPageOf = (table: string): void => {
    const pages = "SELECT max(pageno) FROM dbstat WHERE name = ? AND pagetype = 'leaf'";
    const raw = new Sqlite(path);
    const page = Number(raw.prepare(pages).pluck().get(table));
    raw.close();
    const bytes = readFileSync(path);
    bytes.fill(0xee, (page - 1) * 4096, page * 4096);
    writeFileSync(path, bytes);
  };

  it("is open read-only once its damage is found, with a word on what to do, and is not sealed", async () => {
    await engine[Symbol.asyncDispose]();
    destroyPageOf("record");
    engine = await open({ mode: "read-only-if-locked" });
    await expect.poll(async () => (await engine.system.info()).readOnly, { timeout: 20_000 }).toBe(true);
    const { readOnlyReason } = await engine.system.info();
    expect(readOnlyReason).toMatch(/is damaged .*read-only.*ansatz notebook salvage.*backup from/);
    await expect(engine.notebook.sign(locked)).rejects.toMatchObject({ code: "notebook-damaged" });
    await engine[Symbol.asyncDispose]();
    expect(existsSync(`${path}-seal`)).toBe(false);
    const saved = salvageFile(path, join(folder, "saved.sqlite"));
    expect(saved.lost.length).toBeGreaterThan(0);
    engine = await open({ paths: { notebook: join(folder, "saved.sqlite"), resources: "resources" } });
    expect(await engine.campaigns.list()).toHaveLength(1);
  });

  it("leaves what is left of a training where it is, when its damage is found before that is taken over", async () => {
    await engine[Symbol.asyncDispose]();
    const rest = join(folder, "models", `.${basename(path)}.3.best`);
    mkdirSync(rest, { recursive: true });
    // What is read as a notebook is opened: the queue, by its index.
    destroyPageOf("job_next");
    engine = await open({ mode: "read-only-if-locked" });
    const { readOnlyReason } = await engine.system.info();
    expect(readOnlyReason).toMatch(/is damaged/);
    expect(existsSync(rest)).toBe(true);
  });
});
