import { spawn } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pack } from "#core/export/zip.ts";
import { ansatz } from "../fixtures/ansatz.ts";

/** A few starts of the program on a busy machine. */
const TIME_LIMIT_MS = 120_000;
const main = join(process.cwd(), "src/cli/main.ts");
const shipped = join(process.cwd(), "resources/models/small-organics");
const folder = mkdtempSync(join(tmpdir(), "ansatz-generator-bad-"));
const models = join(folder, "models");
process.env.ANSATZ_NOTEBOOK = join(folder, "notebook.sqlite");
const few = join(folder, "few.smi");

beforeAll(() => {
  writeFileSync(few, "CCO\nCC(\n");
  mkdirSync(models);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs with --json; stdout must be one document. */
async function documentOf(...args: string[]) {
  const { status, stdout, stderr } = await ansatz(...args, "--json");
  return { status, stderr, json: JSON.parse(stdout) };
}

describe("the generator's commands, asked for what cannot be", () => {
  it.each([
    ["an empty molecule to be near", "generate", "--near", ""],
    ["an energy range without width", "generate", "--steer", "ionisation:9..9"],
    ["a name that is no name", "model", "train", few, "--name", "../escape"],
    ["a name that no folder under Windows can bear", "model", "train", few, "--name", "com1"],
  ])(
    "refuse %s as wrong usage, not as a bug",
    async (_, ...args) => {
      expect(await documentOf(...args)).toMatchObject({
        status: 2,
        json: { error: { code: "invalid-input" } },
      });
    },
    TIME_LIMIT_MS,
  );

  it(
    "tell in one document that there is too little to learn from, and what was read",
    async () => {
      const { status, json } = await documentOf("model", "train", few, "--name", "few");
      expect(status).toBe(2);
      expect(json.error.message).toMatch(/at least 20 .* got 1 of 1/);
      expect(json.error.data).toMatchObject({ entries: 2, used: 1, dropped: ["1: not a SMILES"] });
    },
    TIME_LIMIT_MS,
  );

  it(
    "refuse before training a name whose folder holds something else",
    async () => {
      mkdirSync(join(models, "occupied"));
      writeFileSync(join(models, "occupied", "model.json"), "{");
      const { status, json } = await documentOf("model", "train", few, "--name", "occupied");
      expect(status).toBe(2);
      expect(json.error).toMatchObject({ code: "conflict" });
      expect(json.error.message).toContain(join(models, "occupied"));
    },
    TIME_LIMIT_MS,
  );
});

describe("taking over a foreign model", () => {
  const copyOf = (name: string): string => {
    const copy = join(folder, name);
    cpSync(shipped, copy, { recursive: true });
    const card = JSON.parse(readFileSync(join(copy, "model.json"), "utf8"));
    writeFileSync(join(copy, "model.json"), JSON.stringify({ ...card, name }));
    return copy;
  };
  const takenOver = () => readdirSync(models).filter((name) => name !== "occupied");

  it(
    "refuses a list of known molecules that claims gigabytes, and a summary that lacks a part",
    async () => {
      const claims = copyOf("claims");
      const head = Buffer.from("KNM1\xff\xff\xff\xff", "latin1");
      writeFileSync(join(claims, "known.bin.gz"), gzipSync(head));
      expect((await documentOf("model", "import", claims)).json.error).toMatchObject({
        code: "model-damaged",
      });
      const lacks = copyOf("lacks");
      const path = join(lacks, "reference.json.gz");
      const summary = JSON.parse(gunzipSync(readFileSync(path)).toString("utf8"));
      writeFileSync(path, gzipSync(JSON.stringify({ ...summary, fingerprints: "AAAA" })));
      expect((await documentOf("model", "import", lacks)).json.error).toMatchObject({
        code: "model-damaged",
      });
      const { message } = (await documentOf("model", "import", copyOf("nul"))).json.error;
      expect(message).toContain('"nul" is the name of a device under Windows');
      expect(takenOver()).toEqual([]);
    },
    TIME_LIMIT_MS,
  );

  it(
    "refuses an archive whose paths lead out of it",
    async () => {
      const archive = join(folder, "tricks.zip");
      const files = Object.fromEntries(
        ["model.json", "weights.bin"].map((name) => [name, readFileSync(join(shipped, name))]),
      );
      const card = JSON.parse(files["model.json"]!.toString("utf8"));
      const renamed = Buffer.from(JSON.stringify({ ...card, name: "tricks" }));
      writeFileSync(
        archive,
        pack({
          "../../model.json": renamed,
          "/weights.bin": files["weights.bin"]!,
          "../../evil.txt": Buffer.from("evil"),
        }),
      );
      expect(await documentOf("model", "import", archive)).toMatchObject({
        status: 2,
        json: { error: { code: "invalid-input" } },
      });
      expect(takenOver()).toEqual([]);
      expect(existsSync(join(folder, "..", "evil.txt"))).toBe(false);
    },
    TIME_LIMIT_MS,
  );
});

describe("Ctrl-C", () => {
  /** Interrupts a command once, when stderr tells that it has begun. */
  async function interrupted(begun: RegExp, args: readonly string[]) {
    const child = spawn(process.execPath, [main, ...args, "--json"], { cwd: folder });
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (text) => {
      stdout += text;
    });
    child.stderr.on("data", (text) => {
      const before = begun.test(stderr);
      stderr += text;
      if (!before && begun.test(stderr)) child.kill("SIGINT");
    });
    const code = await new Promise((resolve) => child.on("close", resolve));
    return { stdout, code };
  }

  it.each([
    ["sampling", /sampling molecules \(1 of/, ["generate", "--count", "100000"]],
    ["measuring", /measuring/, ["generate", "--count", "400", "--metrics"]],
  ] as const)(
    "ends %s with one document and exit code 130",
    async (_, begun, args) => {
      const { stdout, code } = await interrupted(begun, args);
      expect(JSON.parse(stdout)).toMatchObject({ error: { code: "cancelled" } });
      expect(code).toBe(130);
    },
    TIME_LIMIT_MS,
  );

  it(
    "ends steering with one document that holds what was scored, and exit code 130",
    async () => {
      const { stdout, code } = await interrupted(/scored .* \([1-9]/, ["generate", "--steer", "qed"]);
      const { error, samples, calls } = JSON.parse(stdout);
      expect(error).toMatchObject({ code: "cancelled" });
      expect(samples.length).toBeGreaterThan(0);
      expect(samples.length).toBeLessThan(calls);
      for (const { score } of samples) expect(score).toBeGreaterThan(0);
      expect(code).toBe(130);
    },
    TIME_LIMIT_MS,
  );
});
