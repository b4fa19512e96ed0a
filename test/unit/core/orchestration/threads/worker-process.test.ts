import { type ChildProcessByStdio, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { frame, frames } from "#core/orchestration/dispatch/frames.ts";
import { PROCESS_ENTRY } from "#core/orchestration/worker/entries.ts";

const RESOURCES = fileURLToPath(new URL("../../../../../resources", import.meta.url));
const REQUEST = frame({ id: 1, task: "fingerprints", input: { smiles: [] } });

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ansatz-worker-process-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

type WorkerProcess = ChildProcessByStdio<Writable, Readable, Readable>;

/** A worker process whose pool's threads do this before they take a task. */
function inThreads(code: string): WorkerProcess {
  const preload = `import { isMainThread } from "node:worker_threads";
import { openSync, readSync, writeSync } from "node:fs";
if (!isMainThread) { ${code} }`;
  const args = ["--import", `data:text/javascript,${encodeURIComponent(preload)}`];
  return spawn(process.execPath, [...args, fileURLToPath(PROCESS_ENTRY), RESOURCES, "1"], {
    stdio: ["pipe", "pipe", "pipe"],
  });
}

describe("a worker process", () => {
  it.skipIf(process.platform === "win32")(
    "ends with its input, whatever its thread does",
    async () => {
      const pipe = join(folder, "nobody-writes");
      execFileSync("mkfifo", [pipe]);
      // A call of the system that never returns, as a loop of native code that hears of nothing.
      const child = inThreads(
        `writeSync(2, "begun"); readSync(openSync(${JSON.stringify(pipe)}, "r+"), Buffer.alloc(1));`,
      );
      try {
        const begun = once(child.stderr, "data");
        const ended = once(child, "exit", { signal: AbortSignal.timeout(20_000) });
        child.stdin.write(REQUEST);
        await begun;
        child.stdin.end();
        expect(await ended).toEqual([null, "SIGKILL"]);
      } finally {
        child.kill("SIGKILL");
      }
    },
    30_000,
  );

  it("says nothing but replies on standard output, and what a thread writes on standard error", async () => {
    const child = inThreads(`console.log("from the console"); process.stdout.write("from a library");`);
    try {
      const written: string[] = [];
      child.stderr.setEncoding("utf8").on("data", (text: string) => written.push(text));
      const closed = once(child, "close", { signal: AbortSignal.timeout(20_000) });
      child.stdin.write(REQUEST);
      const replies = frames(child.stdout);
      expect((await replies.next()).value).toBe("ready");
      // Text taken for a length is waited for without end.
      const reply = await Promise.race([replies.next(), closed]);
      expect(reply).toMatchObject({ value: { id: 1, outcome: "done", output: [] } });
      child.stdin.end();
      await closed;
      expect(written.join("")).toBe("from the console\nfrom a library");
    } finally {
      child.kill("SIGKILL");
    }
  }, 30_000);
});
