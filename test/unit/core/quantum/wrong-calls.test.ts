import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { checkedAddon } from "#core/quantum/native/addon-arguments.ts";
import { native } from "#core/quantum/native/native.ts";
import { RIGHT, WRONG_CALLS } from "./wrong-calls.ts";

const program = fileURLToPath(new URL("wrong-calls-process.ts", import.meta.url));
/** All calls together take a few seconds; a call that does not end takes the rest. */
const LIMIT_MS = 180_000;

/** Calls that crashed, did not end, were not refused, or gave numbers that are none. */
function findings(): string[] {
  const found: string[] = [];
  for (let next = 0; next < WRONG_CALLS.length; ) {
    const run = spawnSync(process.execPath, [program, `${next}`], { encoding: "utf8", timeout: LIMIT_MS });
    const lines = run.stdout.split("\n");
    for (const line of lines) {
      const [number = "", verdict = ""] = line.split("\t");
      if (number === "") continue;
      next = Number(number) + 1;
      const isLast = line === lines.at(-1);
      const ended = isLast
        ? `ended the process: ${run.signal ?? run.status} ${run.stderr.slice(0, 200)}`
        : verdict;
      if (ended !== "") found.push(`${WRONG_CALLS[next - 1]!.name}: ${ended}`);
    }
    if (lines.length < 2) return [...found, `no call was made: ${run.stderr}`];
  }
  return found;
}

describe("wrong calls of the native core", () => {
  it("are tried on every function, each of whose arguments was right before", () => {
    const { buildId, instructionSet, processorTime_ms, ...functions } = native();
    expect(Object.keys(RIGHT).sort()).toEqual(Object.keys(functions).sort());
    for (const [name, options] of Object.entries(RIGHT))
      expect(() =>
        (functions as unknown as Record<string, (o: unknown) => unknown>)[name]!(options()),
      ).not.toThrow();
  });

  it("end in a plain error: none crashes, hangs, or gives numbers that are not finite", () => {
    expect(WRONG_CALLS.length).toBeGreaterThan(1000);
    expect(findings()).toEqual([]);
  });
});

it("a native core of other sources is refused, by what it lacks", () => {
  const { mp2: _, processorTime_ms: __, ...older } = native();
  expect(() => checkedAddon(older as ReturnType<typeof native>)).toThrow(
    "built from other sources than these: it lacks mp2, processorTime_ms",
  );
});
