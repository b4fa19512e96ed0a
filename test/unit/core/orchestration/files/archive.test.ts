import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkCrate, METADATA_FILE } from "#core/export/ro-crate.ts";
import { isWhole, pack, unpack } from "#core/export/zip.ts";
import { importEvidence } from "#core/notebook/evidence/import-evidence.ts";
import { verifyNotebook } from "#core/notebook/evidence/verify.ts";
import { openNotebook } from "#core/notebook/notebook.ts";
import { createSigningKey, signCheckpoint } from "#core/notebook/signing.ts";
import { listCampaigns } from "#core/notebook/tables/campaigns.ts";
import { signOffOf } from "#core/notebook/tables/review-process.ts";
import { exportCampaign } from "#core/orchestration/desks/exporting.ts";
import { createReviewDesk } from "#core/orchestration/desks/review.ts";
import { readArchive, verifyArchive, writeArchive } from "#core/orchestration/files/archive.ts";
import { threadChemistry } from "#core/orchestration/threads/thread-chemistry.ts";
import { Verdict } from "#shared/campaign/review.ts";
import { DomainError } from "#shared/errors.ts";
import { candidateId } from "#shared/ids.ts";
import { pictureOf } from "../../../../integration/notebook-picture.ts";
import { writeSampleNotebook } from "../../notebook/sample-notebook.ts";

const ROOT = "my-notebook";
const now = new Date("2026-11-22T14:00:00Z");

let folder: string;
let original: string;
let archive: Uint8Array;
let structures: Awaited<ReturnType<typeof threadChemistry>>;

const archiveOf = async (path: string): Promise<Uint8Array> => {
  using notebook = openNotebook({ path, mode: "read-only", clock: () => now, program: "test" });
  return writeArchive({ notebook, program: "ansatz test", structures, clock: () => now }, ROOT);
};

beforeAll(async () => {
  structures = await threadChemistry(fileURLToPath(new URL("../../../../../resources", import.meta.url)));
  folder = mkdtempSync(join(tmpdir(), "ansatz-archive-"));
  original = join(folder, "original.sqlite");
  writeSampleNotebook(original, { campaigns: 2, candidates: 5 });
  {
    using notebook = openNotebook({ path: original, mode: "existing", clock: () => now, program: "test" });
    const desk = createReviewDesk({ notebook, clock: () => now });
    const [campaignId] = listCampaigns(notebook.db).map(({ id }) => id);
    const review = {
      verdict: "shortlist" as const,
      reason: "synthesis is known",
      comment: "",
      reviewer: "reviewer one",
      at: now.toISOString(),
    };
    desk.review({ ...review, candidateId: candidateId(campaignId!, 0) });
    await desk.signOff({ campaignId: campaignId!, signer: "signer", statement: "Approved for synthesis" });
    const keys = await createSigningKey(notebook, { passphrase: "four words or more" }, () => now);
    signCheckpoint(notebook, keys, () => now);
  }
  archive = await archiveOf(original);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What verification says of the log; the secret half of the key is in the original alone. */
function evidenceOf(path: string) {
  const { remarks: _, ...evidence } = verifyNotebook(path);
  return evidence;
}

describe("an .eln archive", () => {
  it("holds all that the notebook held: same hashes, tables, verdicts and signatures after import", () => {
    const imported = join(folder, "imported.sqlite");
    importEvidence(readArchive(archive), imported);
    expect(evidenceOf(imported)).toEqual(evidenceOf(original));
    expect(verifyNotebook(imported).remarks).toContainEqual({
      where: expect.stringMatching(/^key [0-9a-f]{64}/),
      what: expect.stringContaining("its secret half is not in this file"),
    });
    expect(verifyNotebook(imported).signed).not.toBeNull();
    expect(pictureOf(imported)).toEqual(pictureOf(original));
    using notebook = openNotebook({ path: imported, mode: "read-only", clock: () => now, program: "test" });
    const signOffs = listCampaigns(notebook.db).map(({ id }) => signOffOf(notebook.db, id)?.statement);
    expect(signOffs).toEqual(["Approved for synthesis", undefined]);
  });

  it("names the first faults where it does not hold together, with file and line", () => {
    const files = readArchive(archive);
    const name = Object.keys(files).find((path) => path.endsWith("records.jsonl"))!;
    const lines = new TextDecoder().decode(files[name]!).split("\n");
    const refusal = (changed: readonly string[]): string => {
      try {
        importEvidence(
          { ...files, [name]: new TextEncoder().encode(changed.join("\n")) },
          join(folder, "not.sqlite"),
        );
      } catch (error) {
        return (error as Error).message;
      }
      return "imported";
    };
    const spaced = lines.map((line, n) => (n === 2 ? line.replace(":", ": ") : line));
    expect(refusal(spaced)).toMatch(/records\.jsonl.*line 3/);
    const places = [...lines.keys()].filter((n) => lines[n]!.includes('"nll":')).slice(0, 2);
    const other = lines.map((line, n) => (places.includes(n) ? line.replace(/"nll":\d+/, '"nll":77') : line));
    const named = refusal(other);
    const [first, second] = places.map((n) => named.indexOf(`record ${n + 1} `));
    expect(first).toBeGreaterThan(0);
    expect(second).toBeGreaterThan(first!);
  });

  it("becomes a notebook under its name only when it is whole", () => {
    const target = join(folder, "interrupted.sqlite");
    const part = `${target}.part`;
    // What a process leaves that was killed while it imported.
    copyFileSync(original, part);
    writeFileSync(`${part}-wal`, "frames of another file");
    importEvidence(readArchive(archive), target);
    expect(evidenceOf(target)).toEqual(evidenceOf(original));
    expect(readdirSync(folder).filter((name) => name.includes(".part"))).toEqual([]);
  });

  it("is the same bytes again when it is made of an imported notebook", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 2, max: 9 }),
        async (campaigns, candidates) => {
          const first = join(folder, `first-${campaigns}-${candidates}.sqlite`);
          const second = join(folder, `second-${campaigns}-${candidates}.sqlite`);
          rmSync(first, { force: true });
          rmSync(second, { force: true });
          writeSampleNotebook(first, { campaigns, candidates });
          const once = await archiveOf(first);
          importEvidence(readArchive(once), second);
          expect(Buffer.from(await archiveOf(second)).equals(once)).toBe(true);
        },
      ),
      { numRuns: 4 },
    );
  });

  const said = fc.record({
    index: fc.nat(4),
    verdict: fc.constantFrom(...Verdict.options),
    reason: fc.string({ unit: "grapheme", maxLength: 40 }),
    comment: fc.string({ unit: "grapheme", maxLength: 200 }),
    reviewer: fc
      .string({ unit: "grapheme", minLength: 1, maxLength: 20 })
      .filter((name) => name.isWellFormed()),
  });

  it("loses nothing that people said, whatever they wrote, nor what was exported", async () => {
    let n = 0;
    const property = fc.asyncProperty(fc.array(said, { maxLength: 8 }), async (reviews) => {
      const [first, second] = [join(folder, `said-${++n}.sqlite`), join(folder, `said-${n}-again.sqlite`)];
      writeSampleNotebook(first, { campaigns: 1, candidates: 5 });
      {
        using notebook = openNotebook({ path: first, mode: "existing", clock: () => now, program: "test" });
        const desk = createReviewDesk({ notebook, clock: () => now });
        const [campaign] = listCampaigns(notebook.db);
        for (const { index, ...review } of reviews) {
          desk.review({ candidateId: candidateId(campaign!.id, index), at: now.toISOString(), ...review });
        }
        const services = { notebook, program: "test", structures, clock: () => now };
        await exportCampaign(services, { campaignId: campaign!.id, format: "csv", selection: "all" });
      }
      const whole = await archiveOf(first);
      const files = readArchive(whole);
      expect([...checkCrate(files)]).toEqual([]);
      expect(verifyArchive(whole).findings).toEqual([]);
      importEvidence(files, second);
      expect(verifyNotebook(second)).toEqual(verifyNotebook(first));
      expect(pictureOf(second)).toEqual(pictureOf(first));
      const people = JSON.parse(Buffer.from(files[METADATA_FILE]!).toString())["@graph"].flatMap(
        (entity: { "@type": string; name: string }) => (entity["@type"] === "Person" ? [entity.name] : []),
      );
      const spoke = new Set(["reviewer one", ...reviews.map(({ reviewer }) => reviewer)]);
      expect(people).toEqual([...spoke].sort());
    });
    await fc.assert(property, { numRuns: 5 });
  });

  it("verifies without a database", () => {
    expect(verifyArchive(archive)).toMatchObject({ ok: true, findings: [] });
  });

  const anyByte = fc.record({ place: fc.nat(), by: fc.integer({ min: 1, max: 255 }) });
  const changedBy = ({ place, by }: { place: number; by: number }): Uint8Array => {
    const changed = Uint8Array.from(archive);
    changed[place % archive.length]! ^= by;
    return changed;
  };

  it("is never taken for whole with a changed byte (10,000 random ones)", () => {
    fc.assert(
      fc.property(anyByte, (byte) => isWhole(changedBy(byte)) !== true),
      { numRuns: 10_000 },
    );
  });

  it("never verifies with a changed byte", () => {
    fc.assert(
      fc.property(anyByte, (byte) => !verifyArchive(changedBy(byte)).ok),
      { numRuns: 15 },
    );
  });

  it("names the file whose content was exchanged, even where the archive was packed anew", () => {
    const files = { ...unpack(archive) };
    const path = `${ROOT}/campaign-1/candidates.csv`;
    files[path] = Buffer.from(Buffer.from(files[path]!).toString().replace("C", "N"));
    expect(verifyArchive(pack(files)).findings).toEqual([
      { where: "campaign-1/candidates.csv", what: expect.stringContaining("was changed") },
    ]);
  });

  const evidence = "evidence/events.jsonl";
  const lines = (): string[] => Buffer.from(readArchive(archive)[evidence]!).toString().split("\n");
  it.each([
    ["blank lines added", () => lines().join("\n\n")],
    ["a space added to a line", () => lines().join(" \n")],
    ["the end cut off", () => lines().join("\n").slice(0, -40)],
    ["the last lines cut off", () => `${lines().slice(0, 5).join("\n")}\n`],
    ["the first line cut off", () => lines().slice(1).join("\n")],
    ["a line twice", () => [lines()[0], ...lines()].join("\n")],
    ["a byte-order mark", () => `\ufeff${lines().join("\n")}`],
    ["nothing left", () => ""],
    ["lines nested without end", () => `${"[".repeat(1e6)}\n`],
  ])(
    "with %s is a finding for verification and a DomainError for import, however it was packed",
    (_, change) => {
      const files = { ...readArchive(archive), [evidence]: Buffer.from(change()) };
      const packed = pack(
        Object.fromEntries(Object.entries(files).map(([path, b]) => [`${ROOT}/${path}`, b])),
      );
      expect(verifyArchive(packed).ok).toBe(false);
      const target = join(folder, "changed.sqlite");
      let code: unknown;
      try {
        importEvidence(readArchive(packed), target);
      } catch (error) {
        code = error instanceof DomainError ? error.code : error;
      }
      expect(["invalid-input", "notebook-damaged", "not-found"]).toContain(code);
      expect(existsSync(target)).toBe(false);
    },
  );

  it("is a DomainError wherever it is cut off", () => {
    fc.assert(
      fc.property(fc.nat({ max: archive.length - 1 }), (length) => {
        const part = archive.subarray(0, length);
        expect(verifyArchive(part).ok).toBe(false);
        try {
          importEvidence(readArchive(part), join(folder, "part.sqlite"));
          expect.unreachable();
        } catch (error) {
          expect(error).toBeInstanceOf(DomainError);
        }
      }),
      { numRuns: 30 },
    );
  });

  it("that unpacks to a hundred times its size is refused before it is unpacked", () => {
    const bomb = pack({ [`${ROOT}/${evidence}`]: new Uint8Array(200 * 2 ** 20) });
    expect(bomb.length).toBeLessThan(300_000);
    const before = process.memoryUsage().arrayBuffers;
    expect(() => unpack(bomb)).toThrow(/unpack to 209715200: expected at most 100 times as many/);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20 * 2 ** 20);
    // What an archive really holds packs to far more than a hundredth.
    const unpacked = Object.values(unpack(archive)).reduce((sum, { length }) => sum + length, 0);
    expect(unpacked / archive.length).toBeLessThan(30);
  });

  it("is refused by import when its evidence does not hold together", () => {
    const files = { ...readArchive(archive) };
    const records = Buffer.from(files["evidence/records.jsonl"]!).toString();
    files["evidence/records.jsonl"] = Buffer.from(records.replace('"nll":1', '"nll":2'));
    const target = join(folder, "forged.sqlite");
    expect(() => importEvidence(files, target)).toThrow(/record \d+ .*were changed/);
    expect(() => readFileSync(target)).toThrow();
  });
});

describe("the archive's metadata", () => {
  interface Entity {
    "@id": string;
    "@type": string;
    [key: string]: unknown;
  }
  const graph = (): Entity[] =>
    JSON.parse(Buffer.from(readArchive(archive)[METADATA_FILE]!).toString())["@graph"] as Entity[];
  const byId = (id: string): Entity | undefined => graph().find((entity) => entity["@id"] === id);

  it("lies in one root folder, described by a metadata descriptor that conforms to RO-Crate 1.1", () => {
    expect(Object.keys(unpack(archive)).every((path) => path.startsWith(`${ROOT}/`))).toBe(true);
    expect(byId(METADATA_FILE)).toMatchObject({
      "@type": "CreativeWork",
      about: { "@id": "./" },
      conformsTo: { "@id": "https://w3id.org/ro/crate/1.1" },
    });
  });

  it("has a root data set with name, description, date and licence", () => {
    expect(byId("./")).toMatchObject({
      "@type": "Dataset",
      name: expect.any(String),
      description: expect.any(String),
      datePublished: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      license: expect.any(String),
    });
  });

  it("describes every file once, with size and SHA-256, and refers to nothing that it does not describe", () => {
    const entities = graph();
    const ids = entities.map((entity) => entity["@id"]);
    expect(new Set(ids).size).toBe(ids.length);
    const files = Object.keys(readArchive(archive)).filter((path) => path !== METADATA_FILE);
    for (const path of files) {
      expect(byId(path)).toMatchObject({ "@type": "File", sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
    }
    const references = JSON.stringify(entities).match(/\{"@id":"[^"]*"\}/g) ?? [];
    for (const reference of references) {
      const id = (JSON.parse(reference) as { "@id": string })["@id"];
      if (!id.startsWith("https://")) expect(ids).toContain(id);
    }
  });

  it("reaches every file and data set from the root", () => {
    const reached = new Set(["./"]);
    for (const id of reached) {
      for (const part of (byId(id)?.hasPart ?? []) as { "@id": string }[]) reached.add(part["@id"]);
    }
    for (const entity of graph()) {
      if (entity["@type"] === "File" || entity["@type"] === "Dataset")
        expect(reached).toContain(entity["@id"]);
    }
  });

  it("names the reviewers as persons", () => {
    expect(graph().filter((entity) => entity["@type"] === "Person")).toEqual([
      { "@id": "#person-reviewer%20one", "@type": "Person", name: "reviewer one" },
    ]);
  });

  it("carries the provenance as PROV-JSON whose relations join what it declares", () => {
    const prov = JSON.parse(Buffer.from(readArchive(archive)["provenance.json"]!).toString());
    const declared = new Set(Object.keys({ ...prov.entity, ...prov.activity, ...prov.agent }));
    const ends = ["generatedEntity", "usedEntity", "entity", "activity", "agent"].map((end) => `prov:${end}`);
    for (const kind of ["wasDerivedFrom", "wasGeneratedBy", "used", "wasAssociatedWith", "wasAttributedTo"]) {
      for (const statement of Object.values(prov[kind] as Record<string, Record<string, string>>)) {
        for (const end of ends) if (statement[end]) expect(declared).toContain(statement[end]);
      }
    }
    expect(Object.keys(prov.wasDerivedFrom).length).toBeGreaterThan(10);
  });
});
