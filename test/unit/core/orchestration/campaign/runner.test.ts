import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { campaignsInState, getCampaign } from "#core/notebook/tables/campaigns.ts";
import { listCandidates } from "#core/notebook/tables/candidates.ts";
import { jobsInState } from "#core/notebook/tables/jobs.ts";
import {
  cancelCampaign,
  finishedCampaign,
  resumeCampaign,
  startCampaign,
} from "#core/orchestration/campaign/campaigns.ts";
import { moveJob, setCampaignState, succeedIfDone } from "#core/orchestration/campaign/queue.ts";
import { recover } from "#core/orchestration/campaign/recover.ts";
import type { Dispatcher } from "#core/orchestration/dispatch/dispatcher.ts";
import type { JobContext } from "#core/orchestration/stages/plan.ts";
import type { Stages } from "#core/orchestration/stages/stages.ts";
import { CampaignSettings } from "#shared/campaign/campaign.ts";
import { abortError, DomainError } from "#shared/errors.ts";
import { CampaignId } from "#shared/ids.ts";
import { CANDIDATES, embedding, openBench, proposing, smallStages } from "../small-stages.ts";

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ansatz-runner-"));
  path = join(folder, "notebook.sqlite");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const settings = CampaignSettings.parse({ name: "small" });

const untilAborted = ({ signal }: JobContext): Promise<void> =>
  new Promise((_, reject) => {
    if (signal.aborted) reject(abortError());
    signal.addEventListener("abort", () => reject(abortError()));
  });

describe("the runner", () => {
  it("takes a campaign through its stages to the end", async () => {
    await using bench = openBench(path, smallStages({ propose: proposing(), embed: embedding() }));
    const campaign = startCampaign(bench, settings);
    const done = await finishedCampaign(bench, campaign.id);
    expect(done.state).toBe("succeeded");
    expect(done.counts).toMatchObject({ proposed: CANDIDATES, embedded: 3 });
    expect(jobsInState(bench.notebook.db, "succeeded")).toHaveLength(4);
  });

  it("evaluates what is embedded before it embeds more, and filters before either", async () => {
    const begun: string[] = [];
    const note = embedding(async ({ job }) => void begun.push(`${job.stage} ${job.ordinal}`));
    const all = ["embed", "evaluate", "acquire", "filter"] as const;
    const stages: Stages = {
      planners: { propose: proposing(), ...Object.fromEntries(all.map((stage) => [stage, note])) },
      nextJobs: ({ job }) => (job.stage === "propose" ? all.map((stage) => ({ stage, ordinal: 0 })) : []),
    };
    await using bench = openBench(path, stages, { threads: 1 });
    await finishedCampaign(bench, startCampaign(bench, settings).id);
    expect(begun).toEqual(["filter 0", "acquire 0", "evaluate 0", "embed 0"]);
  });

  it("reuses results of an equal campaign and makes none anew", async () => {
    let made = 0;
    const count = async () => void made++;
    await using bench = openBench(path, smallStages({ propose: proposing(count), embed: embedding(count) }));
    const first = await finishedCampaign(bench, startCampaign(bench, settings).id);
    const second = await finishedCampaign(bench, startCampaign(bench, settings).id);
    expect(made).toBe(4);
    const rows = [first, second].map(({ id }) =>
      listCandidates(bench.notebook.db, id).map(({ proposal, state }) => ({ proposal, state })),
    );
    expect(rows[0]).toEqual(rows[1]);
  });

  it("fails one candidate, not the campaign, when a stage refuses its input", async () => {
    const refuse = async ({ job }: JobContext) => {
      if (job.ordinal === 1)
        throw new DomainError("invalid-input", "expected a molecule with parameters, got none");
    };
    await using bench = openBench(path, smallStages({ propose: proposing(), embed: embedding(refuse) }));
    const done = await finishedCampaign(bench, startCampaign(bench, settings).id);
    expect(done).toMatchObject({ state: "succeeded", counts: { embedded: 2, failed: 1 } });
    expect(listCandidates(bench.notebook.db, done.id)[1]).toMatchObject({
      state: "failed",
      failure: { stage: "embed", reason: "expected a molecule with parameters, got none" },
    });
  });

  it("says why nothing could be ranked, although the campaign came to its end", async () => {
    const refuse = async ({ job }: JobContext) => {
      throw new DomainError("invalid-input", `unknown basis ${job.ordinal}`);
    };
    await using bench = openBench(path, smallStages({ propose: proposing(), embed: embedding(refuse) }));
    const done = await finishedCampaign(bench, startCampaign(bench, settings).id);
    expect(done).toMatchObject({ state: "succeeded", counts: { evaluated: 0, failed: 3 } });
    expect(done.error).toBe(
      "No candidate could be ranked: all 3 that passed the filter and were tried failed. The first, at embed: unknown basis 0",
    );
  });

  it("has nothing to say of a campaign that nothing was proposed in", async () => {
    await using bench = openBench(path, smallStages({ propose: proposing(), embed: embedding() }));
    const { notebook } = bench;
    const campaign = CampaignId.parse("7b0a5c9e-52c1-4c3e-9d5a-1b2c3d4e5f60");
    notebook.append({ kind: "campaign-created", campaign, settings });
    setCampaignState(notebook, campaign, "running");
    expect(succeedIfDone(notebook, campaign)).toBe(true);
    expect(getCampaign(notebook.db, campaign)).toMatchObject({ state: "succeeded", error: null });
  });

  it("tells of a notebook that was removed meanwhile, once and instead of success", async () => {
    const remove = async ({ job }: JobContext) => {
      if (job.ordinal === 0) rmSync(path);
    };
    const bench = openBench(path, smallStages({ propose: proposing(), embed: embedding(remove) }));
    const { id } = startCampaign(bench, settings);
    await expect(finishedCampaign(bench, id)).rejects.toMatchObject({
      code: "notebook-damaged",
      message: expect.stringContaining("removed or replaced while open"),
    });
    // Nothing more is written: it would be kept nowhere.
    expect(bench.notebook).toMatchObject({ readonly: true });
    expect(bench.notebook.damage).toMatch(/^The notebook was removed or replaced while open/);
    expect(getCampaign(bench.notebook.db, id).state).toBe("running");
    await bench[Symbol.asyncDispose]();
    expect(readdirSync(folder).filter((name) => name.endsWith("-seal"))).toEqual([]);
  });

  it("goes on with other campaigns while many jobs of some wait for a device", async () => {
    const onDevice = CampaignSettings.parse({
      name: "on a device",
      evaluation: { backend: "ionq", propertySettings: { method: "vqe" } },
    });
    let waiting = 0;
    const run: Dispatcher["run"] = (_task, _input, { signal, onWaiting } = {}) => {
      waiting++;
      onWaiting?.(true);
      return new Promise<never>((_, reject) => signal?.addEventListener("abort", () => reject(abortError())));
    };
    const ask = async ({ campaign, dispatcher, signal }: JobContext) => {
      if (campaign.settings.evaluation.backend === "ionq")
        await dispatcher.run("embed", { smiles: "C", seed: 1 }, { signal });
    };
    await using bench = openBench(path, smallStages({ propose: proposing(), embed: embedding(ask) }), {
      run,
    });
    for (let k = 0; k < 12; k++) startCampaign(bench, onDevice);
    await expect.poll(() => waiting, { timeout: 60_000 }).toBeGreaterThanOrEqual(32);
    const { id } = startCampaign(bench, settings);
    expect(await finishedCampaign(bench, id)).toMatchObject({ state: "succeeded", counts: { embedded: 3 } });
    expect(waiting).toBeLessThan(36);
  });

  it("gives a job whose worker died one more try, then fails its candidate", async () => {
    const tries = [0, 0, 0];
    const die = async ({ job }: JobContext) => {
      tries[job.ordinal]!++;
      if (job.ordinal === 1 || (job.ordinal === 2 && tries[2] === 1))
        throw new DomainError("worker-died", "died");
    };
    await using bench = openBench(path, smallStages({ propose: proposing(), embed: embedding(die) }));
    const done = await finishedCampaign(bench, startCampaign(bench, settings).id);
    expect(tries).toEqual([1, 2, 2]);
    expect(done).toMatchObject({ state: "succeeded", counts: { embedded: 2, failed: 1 } });
  });

  /** What a process that is killed leaves of the first job that waits. */
  const killedIn = (bench: ReturnType<typeof openBench>): void => {
    const { notebook } = bench;
    notebook.transaction(() => moveJob(notebook, jobsInState(notebook.db, "queued")[0]!, "begin"));
    recover(bench, { goOn: false });
  };
  const waitingIn = ({ notebook: { db } }: ReturnType<typeof openBench>): number[][] =>
    jobsInState(db, "queued").map(({ ordinal, attempts }) => [ordinal, attempts]);

  it("counts how often a job was begun, not how often it was given back", async () => {
    {
      await using bench = openBench(
        path,
        smallStages({ propose: proposing(), embed: embedding(untilAborted) }),
      );
      const { id } = startCampaign(bench, settings);
      await expect.poll(() => jobsInState(bench.notebook.db, "running", id).length).toBe(2);
      expect(jobsInState(bench.notebook.db, "running").map(({ attempts }) => attempts)).toEqual([1, 1]);
    }
    await using bench = openBench(path, smallStages({ propose: proposing(), embed: embedding() }));
    killedIn(bench);
    killedIn(bench);
    expect(waitingIn(bench)).toEqual([
      [0, 2],
      [1, 0],
      [2, 0],
    ]);
  });

  it("does not count what ended in order: a program that was closed, a campaign that was cancelled or failed", async () => {
    const none = [0, 1, 2].map((ordinal) => [ordinal, 0]);
    {
      await using bench = openBench(
        path,
        smallStages({ propose: proposing(), embed: embedding(untilAborted) }),
      );
      const { id } = startCampaign(bench, settings);
      await expect.poll(() => jobsInState(bench.notebook.db, "running", id).length).toBe(2);
      cancelCampaign(bench, id);
      expect(jobsInState(bench.notebook.db, "cancelled").map(({ attempts }) => attempts)).toEqual([0, 0, 0]);
      resumeCampaign(bench, id);
      await expect.poll(() => jobsInState(bench.notebook.db, "running", id).length).toBe(2);
    }
    const load = async () => {
      throw new DomainError("disk-full", "no room is left");
    };
    await using bench = openBench(path, smallStages({ propose: proposing(), embed: embedding(load) }));
    expect(waitingIn(bench)).toEqual(none);
    const [id] = campaignsInState(bench.notebook.db, "running");
    recover(bench, { goOn: true });
    expect((await finishedCampaign(bench, id!)).state).toBe("failed");
    expect(waitingIn(bench)).toEqual(none);
  });

  it("does what was begun twice and did not end apart from the rest, and fails it alone where it ends its process", async () => {
    const asked: string[] = [];
    const run: Dispatcher["run"] = async (task, input, options) => {
      const { smiles } = input as { smiles: string };
      asked.push(`${task} ${smiles} ${options?.isApart ?? false}`);
      if (smiles === "killer" && options?.isApart) throw new DomainError("worker-died", "its process ended");
      return undefined as never;
    };
    const whole = embedding(async ({ dispatcher, job }) => {
      const smiles = job.ordinal === 1 ? "killer" : `other ${job.ordinal}`;
      await dispatcher.run("embed", { smiles, seed: 1 });
    });
    // Only the second is still running when the program ends.
    const ending = embedding(async (context) => {
      if (context.job.ordinal === 1) await untilAborted(context);
      else await context.dispatcher.run("embed", { smiles: `other ${context.job.ordinal}`, seed: 1 });
    });
    {
      await using bench = openBench(path, smallStages({ propose: proposing(), embed: ending }), { run });
      startCampaign(bench, settings);
      await expect.poll(() => jobsInState(bench.notebook.db, "succeeded").length).toBe(3);
      await expect.poll(() => jobsInState(bench.notebook.db, "running").length).toBe(1);
    }
    await using bench = openBench(path, smallStages({ propose: proposing(), embed: whole }), { run });
    const [id] = campaignsInState(bench.notebook.db, "running");
    killedIn(bench);
    killedIn(bench);
    resumeCampaign(bench, id!);
    const done = await finishedCampaign(bench, id!);
    expect(done).toMatchObject({ state: "succeeded", counts: { embedded: 2, failed: 1 } });
    expect(listCandidates(bench.notebook.db, done.id)[1]?.failure?.reason).toBe("its process ended");
    // Tried once more, as after a thread's death.
    expect(asked).toEqual([
      ...["embed other 0 false", "embed other 2 false"],
      ...["embed killer true", "embed killer true"],
    ]);
  });

  it("fails the campaign with the reason when the installation is broken, and goes on once it is mended", async () => {
    let broken = true;
    const load = async () => {
      if (broken) throw new DomainError("addon-not-loaded", "tried /a and /b");
    };
    await using bench = openBench(path, smallStages({ propose: proposing(), embed: embedding(load) }));
    const failed = await finishedCampaign(bench, startCampaign(bench, settings).id);
    expect(failed).toMatchObject({ state: "failed", error: "tried /a and /b" });
    broken = false;
    resumeCampaign(bench, failed.id);
    expect(await finishedCampaign(bench, failed.id)).toMatchObject({
      state: "succeeded",
      counts: { embedded: 3 },
    });
  });

  it("cancels what runs, and goes on where it stopped when resumed", async () => {
    let embedded = 0;
    let hold = true;
    const work = async (context: JobContext) => {
      if (hold && context.job.ordinal === 2) await untilAborted(context);
      embedded++;
    };
    await using bench = openBench(path, smallStages({ propose: proposing(), embed: embedding(work) }));
    const { id } = startCampaign(bench, settings);
    await expect.poll(() => jobsInState(bench.notebook.db, "succeeded", id).length).toBe(3);
    expect(cancelCampaign(bench, id).state).toBe("cancelled");
    await expect.poll(() => jobsInState(bench.notebook.db, "running", id).length).toBe(0);
    hold = false;
    resumeCampaign(bench, id);
    expect(await finishedCampaign(bench, id)).toMatchObject({ state: "succeeded", counts: { embedded: 3 } });
    expect(embedded).toBe(3);
  });

  it("gives running jobs back when it closes and finishes them after the next start", async () => {
    let id: ReturnType<typeof startCampaign>["id"];
    {
      await using bench = openBench(
        path,
        smallStages({ propose: proposing(), embed: embedding(untilAborted) }),
      );
      id = startCampaign(bench, settings).id;
      await expect.poll(() => jobsInState(bench.notebook.db, "running", id).length).toBe(2);
    }
    await using bench = openBench(path, smallStages({ propose: proposing(), embed: embedding() }));
    expect(getCampaign(bench.notebook.db, id).state).toBe("running");
    recover(bench, { goOn: true });
    expect(await finishedCampaign(bench, id)).toMatchObject({ state: "succeeded", counts: { embedded: 3 } });
  });

  it("leaves an interrupted campaign waiting whose device has no key yet, says so, and resumes it", async () => {
    let id: ReturnType<typeof startCampaign>["id"];
    {
      await using bench = openBench(
        path,
        smallStages({ propose: proposing(), embed: embedding(untilAborted) }),
      );
      id = startCampaign(bench, settings).id;
      await expect.poll(() => jobsInState(bench.notebook.db, "running", id).length).toBe(2);
    }
    await using bench = openBench(path, smallStages({ propose: proposing(), embed: embedding() }));
    recover(bench, { goOn: true, waits: new Map([[id, "There is no key."]]) });
    expect(getCampaign(bench.notebook.db, id)).toMatchObject({ state: "queued", error: "There is no key." });
    expect(jobsInState(bench.notebook.db, "running")).toEqual([]);
    resumeCampaign(bench, id);
    expect(await finishedCampaign(bench, id)).toMatchObject({
      ...{ state: "succeeded", error: null },
      counts: { embedded: 3 },
    });
  });

  it("leaves interrupted campaigns waiting when asked to", async () => {
    {
      await using bench = openBench(
        path,
        smallStages({ propose: proposing(untilAborted), embed: embedding() }),
      );
      startCampaign(bench, settings);
    }
    await using bench = openBench(path, smallStages({ propose: proposing(), embed: embedding() }));
    recover(bench, { goOn: false });
    expect(jobsInState(bench.notebook.db, "queued")).toHaveLength(1);
    expect(jobsInState(bench.notebook.db, "running")).toHaveLength(0);
  });

  it("ends a campaign whose result cannot be stored, instead of waiting for ever", async () => {
    const sound = smallStages({ propose: proposing(), embed: embedding() });
    const nextJobs: Stages["nextJobs"] = (context, result) =>
      context.job.stage === "embed" ? [{ stage: "embed", ordinal: 0 }] : sound.nextJobs(context, result);
    await using bench = openBench(path, { ...sound, nextJobs });
    const done = await finishedCampaign(bench, startCampaign(bench, settings).id);
    expect(done.state).toBe("failed");
    expect(done.error).toMatch(/UNIQUE/);
    expect(bench.log).toContain("a job's end was not stored");
  });
});
