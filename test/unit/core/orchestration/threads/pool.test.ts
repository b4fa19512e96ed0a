import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Worker } from "node:worker_threads";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { createThreadPool } from "#core/orchestration/threads/pool.ts";
import type { Iterations } from "#core/quantum/control-block.ts";

/** Tasks that end, break, die, count until told to stop, and do not listen. */
const WORKER = `
import { parentPort, workerData, threadId } from "node:worker_threads";
const { control } = workerData;
const tasks = {
  double: (x) => 2 * x,
  thread: () => threadId,
  size: () => workerData.threads,
  refuse: () => { throw { type: "domain", code: "invalid-input", message: "expected a molecule", data: { got: 3 } }; },
  breakDown: () => { throw { type: "bug", message: "off by one", stack: "Error: off by one\\n at x" }; },
  die: () => process.exit(7),
  dieLater: () => { setTimeout(() => process.exit(7)); return threadId; },
  throwOutside: () => { setTimeout(() => { throw new Error("out of memory"); }); return new Promise(() => {}); },
  count: () => {
    Atomics.store(control, 2, 1000000);
    Atomics.store(control, 3, 2);
    while (Atomics.load(control, 0) === 0) { Atomics.add(control, 1, 1); Atomics.wait(control, 3, 2, 5); }
    throw { type: "abort" };
  },
  deaf: () => { for (;;) ; },
};
parentPort.on("message", async ({ id, task, input }) => {
  try { parentPort.postMessage({ id, outcome: "done", output: await tasks[task](input) }); }
  catch (error) { parentPort.postMessage({ id, outcome: "failed", error }); }
});
`;

let folder: string;
let entry: URL;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ansatz-pool-"));
  const file = join(folder, "worker.mjs");
  writeFileSync(file, WORKER);
  entry = pathToFileURL(file);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The tasks of these threads are not those of the product. */
interface TestPool extends AsyncDisposable {
  run<Output>(
    task: string,
    input: unknown,
    options?: { signal?: AbortSignal; onProgress?: (progress: Iterations) => void },
  ): Promise<Output>;
}

const pool = (size = 1) => createThreadPool({ size, entry, resources: "" }) as unknown as TestPool;

describe("a pool of threads", () => {
  it("answers every task, however many wait", async () => {
    await using two = pool(2);
    const inputs = Array.from({ length: 20 }, (_, i) => i);
    expect(await Promise.all(inputs.map((i) => two.run<number>("double", i)))).toEqual(
      inputs.map((i) => 2 * i),
    );
  });

  it("tells a task how many threads there are", async () => {
    await using three = pool(3);
    expect(await three.run("size", null)).toBe(3);
  });

  it("uses a thread again", async () => {
    await using one = pool();
    expect(await one.run("thread", null)).toBe(await one.run("thread", null));
  });

  it("passes a DomainError through with code and data", async () => {
    await using one = pool();
    await expect(one.run("refuse", null)).rejects.toMatchObject({
      name: "DomainError",
      code: "invalid-input",
      data: { got: 3 },
    });
  });

  it("passes a bug through with its stack", async () => {
    await using one = pool();
    await expect(one.run("breakDown", null)).rejects.toMatchObject({ message: "off by one" });
  });

  it.each(["die", "throwOutside"])(
    "calls a thread's death by its name (%s) and replaces the thread",
    async (task) => {
      await using one = pool();
      const waiting = one.run<number>("double", 1).then(() => one.run(task, null));
      await expect(waiting).rejects.toMatchObject({ code: "worker-died" });
      expect(await one.run<number>("double", 21)).toBe(42);
    },
  );

  it("asks no thread that died while it had nothing to do", async () => {
    const workers: Worker[] = [];
    const count = (worker: Worker): void => void workers.push(worker);
    process.on("worker", count);
    onTestFinished(() => void process.off("worker", count));
    await using one = pool();
    const first = await one.run<number>("dieLater", null);
    await expect.poll(() => one.run<number>("thread", null).catch(() => first)).not.toBe(first);
    expect(await one.run<number>("double", 5)).toBe(10);
    // One that ends as it is told to, with nobody asking it meanwhile.
    const thread = workers.at(-1)!; // one is there
    const ended = once(thread, "exit");
    await one.run("dieLater", null);
    await ended;
    expect(await one.run<number>("double", 6)).toBe(12);
  });

  it("gives those who wait a new thread when one dies", async () => {
    await using one = pool();
    const dying = one.run("die", null);
    const waiting = one.run<number>("double", 4);
    await expect(dying).rejects.toMatchObject({ code: "worker-died" });
    expect(await waiting).toBe(8);
  });

  it("stops work through the control block and tells how far it was", async () => {
    await using one = pool();
    const controller = new AbortController();
    const seen: Iterations[] = [];
    const work = one.run("count", null, {
      signal: controller.signal,
      onProgress: (progress) => {
        seen.push(progress);
        if (progress.iteration > 0) controller.abort();
      },
    });
    await expect(work).rejects.toMatchObject({ name: "AbortError" });
    expect(seen.at(-1)).toMatchObject({ phase: "scf", maxIterations: 1000000 });
    expect(await one.run<number>("double", 2)).toBe(4);
  });

  it("ends a thread that does not listen", async () => {
    await using one = pool();
    const controller = new AbortController();
    const work = one.run("deaf", null, { signal: controller.signal });
    setTimeout(() => controller.abort(), 50);
    await expect(work).rejects.toMatchObject({ name: "AbortError" });
    expect(await one.run<number>("double", 3)).toBe(6);
  });

  it("lets go of a task that is cancelled while it waits", async () => {
    await using one = pool();
    const first = new AbortController();
    const second = new AbortController();
    const running = one.run("count", null, { signal: first.signal });
    const waiting = one.run("double", 1, { signal: second.signal });
    second.abort();
    await expect(waiting).rejects.toMatchObject({ name: "AbortError" });
    first.abort();
    await expect(running).rejects.toMatchObject({ name: "AbortError" });
  });
});
