/** One suite over every transport: what holds for a direct call holds for a window and for a browser page. */
import { isDefinedError, ORPCError } from "@orpc/client";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createRouter } from "#rpc/router.ts";
import { CampaignSettings } from "#shared/campaign/campaign.ts";
import type { CampaignEvent } from "#shared/campaign/job.ts";
import { candidateId } from "#shared/ids.ts";
import {
  ARCHIVE,
  AWKWARD_TEXT,
  BUG_CAMPAIGN,
  createFakeEngine,
  EXPORTED,
  type FakeEngine,
  GRID_VALUES,
  HASH,
  KNOWN_CAMPAIGN,
  LOSS_POINT,
  SOUND,
  UNKNOWN_CAMPAIGN,
} from "./fake-engine.ts";
import { type Connection, transports } from "./transports.ts";

const settings = CampaignSettings.parse({ name: "Contract" });
const reviewOf = (comment: string) => ({
  candidateId: candidateId(KNOWN_CAMPAIGN, 0),
  verdict: "shortlist" as const,
  reason: `because ${comment}`,
  comment,
  reviewer: "Ada",
});

async function rejectionOf(promise: Promise<unknown>): Promise<ORPCError<string, unknown>> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ORPCError);
  return error as ORPCError<string, unknown>;
}

async function all<Event>(events: AsyncIterable<Event>): Promise<Event[]> {
  const heard: Event[] = [];
  for await (const event of events) heard.push(event);
  return heard;
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe.each(Object.entries(transports))("over %s", (name, connect) => {
  let engine: FakeEngine;
  let connection: Connection;
  let bugs: object[];

  beforeEach(async () => {
    engine = createFakeEngine();
    bugs = [];
    const logger = { info: () => {}, warn: () => {}, error: (data: object) => void bugs.push(data) };
    connection = await connect(createRouter(engine, logger));
  });
  afterEach(() => connection.disconnect());

  it("a started campaign comes back with every setting and is in the list", async () => {
    const started = await connection.client.campaigns.start(settings);
    expect(started.settings).toEqual(settings);
    expect(await connection.client.campaigns.list()).toEqual([started]);
  });

  it("doubles and text arrive bit for bit", async () => {
    await connection.client.campaigns.start(settings);
    const { rows } = await connection.client.candidates.page({
      campaignId: KNOWN_CAMPAIGN,
      view: "all",
      text: "",
      by: "rank",
      descending: false,
      first: 0,
      count: 1,
    });
    const [row] = rows;
    expect(row?.values["vertical-ionisation-energy"]).toBe(0.1 + 0.2);
    expect(row?.vqeMinusCasci_hartree).toBe(5e-324);
    expect(await connection.client.campaigns.certainty({ id: KNOWN_CAMPAIGN })).toEqual({
      candidates: [],
      stability: 0.1 + 0.2,
      rungs: [],
    });
    const file = await connection.client.exports.create({
      campaignId: KNOWN_CAMPAIGN,
      format: "csv",
      selection: "all",
    });
    expect(file.text).toBe(AWKWARD_TEXT);
  });

  it("a field on a grid of a molecule arrives bit for bit", async () => {
    const geometry = { symbols: ["He"], coordinates_angstrom: [0, 0, 0] };
    const { values, counts } = await connection.client.molecules.grid({
      ...{ geometry, charge: 0, multiplicity: 1, basis: "sto-3g", method: "rhf", field: "density" },
      ...{ spin: "alpha", spacing_angstrom: 0.2 },
    });
    expect(counts).toEqual([1, 1, GRID_VALUES.length]);
    expect(values).toBeInstanceOf(Float32Array);
    expect(new Uint8Array(values.buffer)).toEqual(new Uint8Array(GRID_VALUES.buffer));
  });

  it("a review keeps its reason and its comment", async () => {
    const review = await connection.client.candidates.review(reviewOf(AWKWARD_TEXT));
    expect(review).toMatchObject(reviewOf(AWKWARD_TEXT));
    const { reason: _, ...withoutReason } = reviewOf("");
    expect(await connection.client.candidates.review(withoutReason)).toMatchObject({ reason: "" });
  });

  it("takes a name without the blanks around it, and none of blanks alone", async () => {
    const { review } = connection.client.candidates;
    expect(await review({ ...reviewOf(""), reviewer: " Ada " })).toMatchObject({ reviewer: "Ada" });
    await expect(review({ ...reviewOf(""), reviewer: "  " })).rejects.toThrow();
  });

  it("a DomainError keeps its code, message and data and counts as defined", async () => {
    const error = await rejectionOf(connection.client.campaigns.get({ id: UNKNOWN_CAMPAIGN }));
    expect(isDefinedError(error)).toBe(true);
    expect(error.code).toBe("not-found");
    expect(error.message).toContain("Open the list of campaigns.");
    expect(error.data).toEqual({ id: UNKNOWN_CAMPAIGN, tried: ["a", "b"] });
    expect(bugs).toEqual([]);
  });

  it("a refused input names the field and becomes invalid-input", async () => {
    const wrong = { ...settings, generation: { ...settings.generation, count: 0 } };
    const error = await rejectionOf(connection.client.campaigns.start(wrong));
    expect(error.code).toBe("invalid-input");
    expect(error.message).toContain("generation.count");
  });

  it("an unknown key is refused", async () => {
    const error = await rejectionOf(
      connection.client.campaigns.get({ id: KNOWN_CAMPAIGN, extra: 1 } as { id: typeof KNOWN_CAMPAIGN }),
    );
    expect(error.code).toBe("invalid-input");
  });

  it("a candidate's id that names no campaign, a SMILES too long to draw and an unknown backend are refused", async () => {
    const { candidates, campaigns } = connection.client;
    const { candidateId: known } = reviewOf("");
    const id = `${"0".repeat(36)}/0` as typeof known;
    const evaluation = { ...settings.evaluation, backend: "evil" as "exact" };
    const errors = await Promise.all(
      [
        candidates.get({ id }),
        candidates.depict({ smiles: ["C".repeat(501)] }),
        campaigns.start({ ...settings, evaluation }),
      ].map(rejectionOf),
    );
    expect(errors.map(({ code }) => code)).toEqual(["invalid-input", "invalid-input", "invalid-input"]);
    expect(await candidates.depict({ smiles: ["C".repeat(500)] })).toHaveLength(1);
    expect(bugs).toEqual([]);
  });

  it("a model's files arrive byte for byte, under their names", async () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
    const model = await connection.client.models.import({ files: [new File([bytes], "weights ☃.bin")] });
    expect(model).toMatchObject({ name: "weights ☃.bin", bytes: (255 * 256) / 2, title: AWKWARD_TEXT });
  });

  it("a training is followed to its end, however it is stopped", async () => {
    const { models } = connection.client;
    const file = new File(["CCO"], "mine.smi");
    const begun = await models.train({ parent: "small-organics", name: "mine", file, epochs: 7 });
    expect(begun.request).toMatchObject({ fileName: "mine.smi", epochs: 7, rate: 3e-4 });
    const states: string[] = [];
    const following = (async () => {
      for await (const { state, curve } of await models.followTraining()) {
        states.push(state);
        expect(curve).toEqual([LOSS_POINT]);
      }
    })();
    await until(() => states.length === 1);
    await models.stopTraining({ keepBest: true });
    await following;
    expect(states).toEqual(["training", "succeeded"]);
    expect(await models.training()).toMatchObject({ state: "succeeded" });
  });

  it("a name that no model can have is refused with its field", async () => {
    const file = new File(["CCO"], "mine.smi");
    const error = await rejectionOf(
      connection.client.models.train({ parent: "small-organics", name: "../up", file }),
    );
    expect(error.code).toBe("invalid-input");
    expect(error.message).toContain("name:");
  });

  it("a bug is logged and tells the client nothing of the inside", async () => {
    const error = await rejectionOf(connection.client.campaigns.get({ id: BUG_CAMPAIGN }));
    expect(isDefinedError(error)).toBe(false);
    expect(JSON.stringify(error)).not.toContain("secret");
    expect(JSON.stringify(bugs)).toContain("secret internals");
  });

  it("events arrive in order and the stream ends on the engine's side when the client leaves", async () => {
    await connection.client.campaigns.start(settings);
    const leave = new AbortController();
    const stream = await connection.client.campaigns.events({ id: KNOWN_CAMPAIGN }, { signal: leave.signal });
    const seen: CampaignEvent[] = [];
    const reading = (async () => {
      for await (const event of stream) seen.push(event);
    })().catch(() => {});
    await until(() => engine.openStreams() === 1);
    const sent = [1, 2, 3].map(
      (done): CampaignEvent => ({
        type: "progress",
        campaignId: KNOWN_CAMPAIGN,
        progress: { phase: "evaluate", done, total: null, message: "" },
      }),
    );
    for (const event of sent) engine.emit(event);
    await until(() => seen.length === sent.length);
    expect(seen).toEqual(sent);
    leave.abort();
    await until(() => engine.openStreams() === 0);
    await reading;
  });

  it("an archive arrives byte for byte in both directions", async () => {
    const { notebook } = connection.client;
    const archive = await notebook.exportArchive({ name: "β notebook" });
    expect(archive.name).toBe("β notebook.eln");
    expect(Buffer.from(ARCHIVE).equals(await archive.bytes())).toBe(true);
    expect(await notebook.verifyArchive({ archive })).toEqual(SOUND);
    expect(await notebook.importArchive({ archive, name: "copy" })).toEqual({
      path: `copy of ${ARCHIVE.length} bytes`,
    });
    const provenance = await notebook.exportProvenance({ by: "Ada" });
    expect([provenance.type, await provenance.text()]).toEqual(["application/json", AWKWARD_TEXT]);
    expect(await notebook.backUp()).toEqual({ path: AWKWARD_TEXT });
    expect(await notebook.exports()).toEqual([EXPORTED]);
  });

  it("a sample tells how far it has come and where it lies; the shelf names its notebooks", async () => {
    const { shelf } = connection.client;
    const told = await all(await shelf.makeSample({ name: "sample" }));
    expect(told).toEqual([
      { type: "progress", progress: { phase: "embed", done: 0.1 + 0.2, total: null, message: "" } },
      { type: "made", file: "sample", campaign: KNOWN_CAMPAIGN },
    ]);
    expect(await shelf.list()).toEqual([{ file: AWKWARD_TEXT, isOpen: true, isFirst: true }]);
    expect((await rejectionOf(shelf.open({ file: "other.sqlite" }))).code).toBe("not-found");
    for (const file of ["", "../x.sqlite", "a\\b.sqlite"])
      expect((await rejectionOf(shelf.open({ file }))).code).toBe("invalid-input");
    expect((await rejectionOf(shelf.makeSample({ name: "../x" }))).code).toBe("invalid-input");
  });

  it("a file to import into stays in the notebook's folder", async () => {
    const archive = new File(["x"], "x.eln");
    for (const name of ["", "../x", "a/b", "a\\b", ".x", "x\0", "C:x"]) {
      const error = await rejectionOf(connection.client.notebook.importArchive({ archive, name }));
      expect([name, error.code]).toEqual([name, "invalid-input"]);
    }
  });

  it("a review's rules, standings, sign-off and reopening reach the engine", async () => {
    const { reviews, search } = connection.client;
    const campaignId = KNOWN_CAMPAIGN;
    const policy = { secondReviewer: true, blind: true };
    await reviews.setPolicy({ campaignId, policy, by: "Ada" });
    expect(await reviews.policy({ campaignId })).toEqual(policy);
    const [standing] = await reviews.standings({ campaignId, viewer: "Grace" });
    expect(standing?.verdicts).toEqual([{ reviewer: "Grace", verdict: "shortlist", reason: "" }]);
    const signed = await reviews.signOff({ campaignId, signer: "Ada", statement: AWKWARD_TEXT, key: null });
    expect(await reviews.signedOff({ campaignId })).toEqual(signed);
    await reviews.reopen({ campaignId, by: "Ada", reason: "A slip" });
    expect(await reviews.signedOff({ campaignId })).toBeNull();
    const [hit] = await search({ contains: "c1ccccc1", minSimilarity: 0.25 });
    expect(hit).toMatchObject({ similarity: 0.25, candidate: { id: candidateId(campaignId, 0) } });
  });

  it("a passphrase reaches the engine alone: no log and no error repeats it", async () => {
    const { notebook, reviews } = connection.client;
    const secret = "correct horse battery staple";
    expect(await notebook.signing()).toMatchObject({ keychain: false, key: { fingerprint: HASH } });
    expect(await notebook.sign({ lock: { passphrase: secret } })).toEqual({ key: HASH });
    const key = { lock: "keychain" as const };
    await reviews.signOff({ campaignId: KNOWN_CAMPAIGN, signer: "Ada", statement: "Yes", key });
    expect(engine.unlocked).toEqual([
      { lock: { passphrase: secret }, newKey: false },
      { lock: "keychain", newKey: false },
    ]);
    const tooLong = await rejectionOf(notebook.sign({ lock: { passphrase: secret.repeat(100) } }));
    expect(tooLong.code).toBe("invalid-input");
    expect(JSON.stringify([tooLong, tooLong.message, bugs])).not.toContain("horse");
  });

  it("an error of the stream itself keeps its code", async () => {
    const read = async () => {
      for await (const _ of await connection.client.campaigns.events({ id: UNKNOWN_CAMPAIGN }));
    };
    expect((await rejectionOf(read())).code).toBe("not-found");
  });

  it.skipIf(name === "a direct call")("a cut channel closes its streams on the engine's side", async () => {
    await connection.client.campaigns.start(settings);
    const stream = await connection.client.campaigns.events({ id: KNOWN_CAMPAIGN });
    const reading = stream.next().catch(() => {});
    await until(() => engine.openStreams() === 1);
    await connection.disconnect();
    await until(() => engine.openStreams() === 0);
    await reading;
  });
});
