/** One notebook of a folder in the place of another: what goes with it, and what stays. */
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openNotebook } from "#core/notebook/notebook.ts";
import { createShelf, type Shelf } from "#core/shelf.ts";
import type { CalculationJob } from "#shared/quantum/calculation.ts";

const resources = fileURLToPath(new URL("../../resources", import.meta.url));
const now = () => new Date();
/** For an engine that opens on a machine that others keep busy. */
const TIME_LIMIT_MS = 120_000;

/** Some seconds of work and more. */
const LONG: CalculationJob = {
  ...{ kind: "energy", name: "nitrogen", origin: "", command: "" },
  request: {
    geometry: { symbols: ["N", "N"], coordinates_angstrom: [0, 0, 0, 0, 0, 1.1] },
    ...{ charge: 0, multiplicity: 1, basis: "cc-pvtz", method: "ccsd(t)", activeSpace: null },
    ...{ ansatz: "uccsd", maxIterations: 200 },
  },
};

let folder: string;
let shelf: Shelf;
/** Called while the other notebook is being opened. */
let whileOpening: () => void;

const notebookAt = (path: string) => openNotebook({ path, mode: "create", clock: now, program: "test" });
const openFile = async () => (await shelf.shelf.list()).find(({ isOpen }) => isOpen)?.file;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "ansatz-shelf-change-"));
  notebookAt(join(folder, "other.sqlite"))[Symbol.dispose]();
  whileOpening = () => {};
  shelf = await createShelf({
    paths: { notebook: join(folder, "mine.sqlite"), resources },
    clock: now,
    logger: { info: () => {}, warn: () => {}, error: console.error },
    threads: 1,
    onNote: () => whileOpening(),
  });
}, TIME_LIMIT_MS);
afterEach(async () => {
  await shelf?.[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
}, TIME_LIMIT_MS);

it("stays where a calculation was started while the other was being opened", {
  timeout: TIME_LIMIT_MS,
}, async () => {
  let started: ReturnType<Shelf["calculations"]["start"]> | undefined;
  // It is made private again as it is opened, which is told.
  chmodSync(join(folder, "other.sqlite"), 0o644);
  whileOpening = () => (started = shelf.calculations.start(LONG));
  await expect(shelf.shelf.open({ file: "other.sqlite" })).rejects.toMatchObject({ code: "conflict" });
  const { id } = await started!;
  expect(await openFile()).toBe("mine.sqlite");
  expect((await shelf.calculations.current()).map((one) => one.id)).toEqual([id]);
  await shelf.calculations.cancel({ id });
  await shelf.shelf.open({ file: "other.sqlite" });
  expect(await openFile()).toBe("other.sqlite");
});

it("keeps the key of a provider, which no notebook holds, and not what was enabled", {
  timeout: TIME_LIMIT_MS,
}, async () => {
  const limits = { job_usd: 1, campaign_usd: 1, day_usd: 1, account_usd: 1 };
  const access = { baseUrl: "https://api.ionq.co/v0.4", limits };
  await shelf.qpu.enable({ provider: "ionq", access, key: "secret" });
  const ionq = async () => (await shelf.qpu.providers()).find(({ provider }) => provider === "ionq");
  await shelf.shelf.open({ file: "other.sqlite" });
  expect(await ionq()).toMatchObject({ access: null, hasKey: true });
  await shelf.qpu.forgetKey({ provider: "ionq" });
  await shelf.shelf.open({ file: "mine.sqlite" });
  expect(await ionq()).toMatchObject({ access, hasKey: false });
});

it("opens what a link in the folder leads to under the link's name", { timeout: TIME_LIMIT_MS }, async () => {
  mkdirSync(join(folder, "elsewhere"));
  notebookAt(join(folder, "elsewhere", "far.sqlite"))[Symbol.dispose]();
  symlinkSync(join(folder, "elsewhere", "far.sqlite"), join(folder, "link.sqlite"));
  await shelf.shelf.open({ file: "link.sqlite" });
  expect(await openFile()).toBe("link.sqlite");
  await shelf.shelf.open({ file: "mine.sqlite" });
  expect(await openFile()).toBe("mine.sqlite");
});

it("leaves nothing of a sample that nobody waits for any more", { timeout: TIME_LIMIT_MS }, async () => {
  for await (const { type } of shelf.shelf.makeSample({ name: "left" })) if (type === "progress") break;
  // The next one waits until the one before has gone.
  const next = async () => {
    for await (const _ of shelf.shelf.makeSample({ name: "other" })) expect.unreachable();
  };
  await expect(next()).rejects.toMatchObject({ code: "conflict" });
  expect(readdirSync(folder).filter((file) => file.startsWith("left"))).toEqual([]);
});
