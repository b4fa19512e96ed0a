import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { createEngine } from "#core/engine.ts";
import { createModels } from "#core/orchestration/models/models.ts";

/** A few starts of the program on a busy machine. */
const TIME_LIMIT_MS = 240_000;
const resources = fileURLToPath(new URL("../../resources", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "ansatz-unfinished-"));
const own = join(folder, "models");
afterAll(() => rmSync(folder, { recursive: true }));

const open = async (notebook: string, mode: "write" | "read-only" = "write") => {
  const engine = await createEngine({
    paths: { notebook: join(folder, notebook), resources },
    clock: () => new Date(),
    logger: { info: () => {}, warn: console.warn, error: console.error },
    threads: 1,
    mode,
  });
  await engine[Symbol.asyncDispose]();
};

/** A process that begins to add a model for a notebook, and is killed before it is done. */
async function killWhileAdding(notebook: string): Promise<void> {
  const program = `
    import { writeFile } from "node:fs/promises";
    import { createModels } from "#core/orchestration/models/models.ts";
    const [own, notebook] = process.argv.slice(1);
    const logger = { info() {}, warn() {}, error() {} };
    await createModels({ resources: own, own, notebook, logger }).add(async (directory) => {
      await writeFile(directory + "/weights.bin", "half");
      process.stdout.write("begun");
      await new Promise((resolve) => setTimeout(resolve, 600_000));
    });`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", program, own, notebook], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  child.kill("SIGKILL");
  await once(child, "exit");
}

describe("a model whose adding was cut off by a kill", () => {
  it(
    "is removed when its notebook is next opened for writing, and only then",
    async () => {
      mkdirSync(join(own, "no-model-but-mine"), { recursive: true });
      await open("mine.sqlite");
      await killWhileAdding("mine.sqlite");
      expect(readdirSync(own)).toHaveLength(2);
      await open("other.sqlite");
      await open("mine.sqlite", "read-only");
      expect(readdirSync(own)).toHaveLength(2);
      await open("mine.sqlite");
      expect(readdirSync(own)).toEqual(["no-model-but-mine"]);
    },
    TIME_LIMIT_MS,
  );
});

describe("a model for which the disk has no room", () => {
  it("is not added, says why, and leaves nothing behind", async () => {
    const logger = { info: () => {}, warn: console.warn, error: console.error };
    const full = mkdtempSync(join(folder, "full-"));
    const models = createModels({ resources, own: full, notebook: "mine.sqlite", logger });
    const noSpace = Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
    await expect(models.add(() => Promise.reject(noSpace))).rejects.toMatchObject({
      code: "disk-full",
      message: expect.stringContaining(full),
    });
    expect(readdirSync(full)).toEqual([]);
  });
});
