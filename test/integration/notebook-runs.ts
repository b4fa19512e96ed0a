/** Processes that write to a notebook until they have written enough or are killed. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import { verifyNotebook } from "#core/notebook/evidence/verify.ts";

/** The whole notebook is verified after so many kills, and at the end: it grows with every run. */
const KILLS_A_CHECK = 25;

interface Run {
  /** The first event that it said was durable: it follows the last one of the run before. */
  first: number;
  /** The last event that the writer said was durable. */
  durable: number;
  refusals: string[];
}

interface RunOptions {
  writes?: number;
  killAfter_ms?: number;
  env?: Record<string, string>;
  onLine?: (line: string) => void;
}

export function write(
  notebook: string,
  { writes, killAfter_ms, env = {}, onLine = () => {} }: RunOptions,
): Promise<Run> {
  const program = fileURLToPath(new URL("notebook-writer.ts", import.meta.url));
  const child = spawn(process.execPath, [program, notebook, ...(writes ? [String(writes)] : [])], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const run: Run = { first: 0, durable: 0, refusals: [] };
  let rest = "";
  let complaint = "";
  child.stderr.on("data", (data) => (complaint += data));
  child.stdout.on("data", (data) => {
    const lines = (rest + data).split("\n");
    rest = lines.pop()!;
    for (const line of lines) {
      const [word, value] = line.split(" ");
      if (word === "durable") {
        run.durable = Number(value);
        run.first ||= run.durable;
      } else run.refusals.push(value!);
      onLine(line);
    }
  });
  // Counted from its first word: how long a start takes says nothing of the notebook.
  const kill = (): void => {
    if (killAfter_ms !== undefined) setTimeout(() => child.kill("SIGKILL"), killAfter_ms);
  };
  child.stdout.once("data", kill);
  return new Promise((resolve, reject) => {
    child.on("close", (code, signal) => {
      if (signal === "SIGKILL" || code === 0) resolve(run);
      else reject(new Error(complaint));
    });
  });
}

/** Kills writers at random moments, and expects each event that one of them said was durable, in notebooks that verify. */
export async function killAtRandom(folder: string, kills: number): Promise<void> {
  let notebook = join(folder, "killed-0.sqlite");
  let most = 0;
  let last = 0;
  for (let kill = 1; kill <= kills; kill++) {
    const { first, durable } = await write(notebook, { killAfter_ms: Math.random() * 300 });
    if (first > 0) expect(first).toBeGreaterThan(last);
    last = Math.max(last, durable);
    most = Math.max(most, durable);
    if (kill % KILLS_A_CHECK !== 0 && kill !== kills) continue;
    const { findings, events } = verifyNotebook(notebook);
    expect(findings).toEqual([]);
    expect(events).toBeGreaterThanOrEqual(last);
    last = 0;
    notebook = join(folder, `killed-${kill}.sqlite`);
  }
  expect(most).toBeGreaterThan(0);
}
