import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { Dispatcher } from "#core/orchestration/dispatch/dispatcher.ts";
import { withOwnProcesses } from "#core/orchestration/threads/own-process.ts";
import { PROCESS_ENTRY } from "#core/orchestration/worker/entries.ts";

const resources = fileURLToPath(new URL("../../../../../resources", import.meta.url));
const FRAMES = fileURLToPath(
  new URL("../../../../../src/core/orchestration/dispatch/frames.ts", import.meta.url),
);

/** Processes that are ready and die of the task, that never are, and that do not answer. */
const PROCESSES = {
  dying: 'ready(); process.stdin.once("data", () => process.kill(process.pid, "SIGKILL"));',
  broken: "process.exit(3);",
  silent: 'ready(); process.stdin.on("data", () => writeFileSync(new URL("asked", import.meta.url), ""));',
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ansatz-own-process-"));
  for (const [name, text] of Object.entries(PROCESSES)) {
    const head = `import { writeFileSync } from "node:fs";\nimport { frame } from ${JSON.stringify(pathToFileURL(FRAMES).href)};\n`;
    const ready = 'const ready = () => process.stdout.write(frame("ready"));\n';
    writeFileSync(join(folder, `${name}.mjs`), head + ready + text);
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Says that it was asked. */
const beside: Dispatcher = {
  run: async () => "beside others" as never,
  [Symbol.asyncDispose]: async () => {},
};
const place = (name: keyof typeof PROCESSES) =>
  withOwnProcesses(beside, { entry: pathToFileURL(join(folder, `${name}.mjs`)), resources });
const input = { smiles: [] as string[] };

describe("a task apart", () => {
  it("is answered by a process of its own, and any other as before", async () => {
    const dispatcher = withOwnProcesses(beside, { entry: PROCESS_ENTRY, resources });
    expect(await dispatcher.run("fingerprints", input, { isApart: true })).toEqual([]);
    expect(await dispatcher.run("fingerprints", input)).toBe("beside others");
    await expect(dispatcher.run("divine" as "fingerprints", input, { isApart: true })).rejects.toMatchObject({
      code: "not-supported",
    });
  }, 30_000);

  it("that ends its process is told of as a dead worker, with how it ended", async () => {
    await expect(place("dying").run("fingerprints", input, { isApart: true })).rejects.toMatchObject({
      code: "worker-died",
      message: expect.stringContaining("(SIGKILL)"),
    });
  }, 30_000);

  it("is done as any other where no process can be had", async () => {
    expect(await place("broken").run("fingerprints", input, { isApart: true })).toBe("beside others");
    const absent = withOwnProcesses(beside, { entry: pathToFileURL(join(folder, "absent.mjs")), resources });
    expect(await absent.run("fingerprints", input, { isApart: true })).toBe("beside others");
  }, 30_000);

  it("ends when it is cancelled", async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const waiting = place("silent").run("fingerprints", input, { isApart: true, signal });
    const asked = join(folder, "asked");
    await vi.waitFor(() => expect(existsSync(asked)).toBe(true), { timeout: 20_000 });
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ name: "AbortError" });
    await expect(place("silent").run("fingerprints", input, { isApart: true, signal })).rejects.toThrow();
  }, 30_000);
});
