import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createEngine } from "#core/engine.ts";
import { salvageFile, verifyFile as verify } from "#core/files.ts";
import { writeSampleNotebook } from "../unit/core/notebook/sample-notebook.ts";

let folder: string;
let notebook: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ansatz-files-"));
  notebook = join(folder, "notebook.sqlite");
  writeSampleNotebook(notebook, { campaigns: 1, candidates: 4 });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const resources = fileURLToPath(new URL("../../resources", import.meta.url));
const verifyFile = (path: string) => verify(path, { resources });
const open = (path: string) =>
  createEngine({
    paths: { notebook: path, resources },
    clock: () => new Date(),
    logger: { info: () => {}, warn: () => {}, error: () => {} },
    threads: 1,
  });

describe("a file", () => {
  it("is verified whether it is a notebook or an archive of one", async () => {
    const archive = join(folder, "notebook.eln");
    const ofNotebook = await verifyFile(notebook);
    {
      await using engine = await open(notebook);
      writeFileSync(archive, await (await engine.notebook.exportArchive({ name: "notebook" })).bytes());
    }
    expect(ofNotebook).toMatchObject({ ok: true, findings: [] });
    const { remarks: _, notCovered: __, ...evidence } = ofNotebook;
    expect(await verifyFile(archive)).toMatchObject(evidence);
    // The archive's own making is an event that it cannot hold.
    expect(await verifyFile(notebook)).toMatchObject({ ok: true, events: ofNotebook.events + 1 });
  });

  it("comes back from an archive with the same log, and works on from there", async () => {
    const copy = join(folder, "copy.sqlite");
    const { head } = await verifyFile(notebook);
    {
      await using engine = await open(notebook);
      const archive = await engine.notebook.exportArchive({ name: "notebook" });
      await engine.notebook.importArchiveTo({ archive, path: copy });
    }
    expect((await verifyFile(copy)).head).toEqual(head);
    await using engine = await open(copy);
    const [campaign] = await engine.campaigns.list();
    const [candidate] = await engine.candidates.list({ campaignId: campaign!.id });
    const review = {
      candidateId: candidate!.id,
      verdict: "reject" as const,
      comment: "",
      reviewer: "someone",
    };
    await engine.candidates.review(review);
    expect((await engine.notebook.verify()).ok).toBe(true);
  });

  it("is salvaged into another file", async () => {
    const saved = join(folder, "saved.sqlite");
    expect(salvageFile(notebook, saved).lost).toEqual([]);
    expect((await verifyFile(saved)).ok).toBe(true);
  });

  it("that is not there is said to be missing", async () => {
    await expect(verifyFile(join(folder, "nothing.sqlite"))).rejects.toThrow(/cannot be read \(ENOENT\)/);
  });
});
