import { globSync, readFileSync } from "node:fs";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files named *.long.test.ts run under `npm run test:long` alone: kill series, large references, whole sweeps. */
const long = process.env.ANSATZ_LONG_TESTS === "1";
const suffix = long ? "long.test.ts" : "test.ts";
const exclude = long ? [] : ["test/**/*.long.test.ts"];

/** Units, but those that put something in a module's place, change what is global or count the memory of their process. */
const together = globSync(`test/unit/**/*.${suffix}`, { exclude })
  .map((file) => file.replaceAll("\\", "/"))
  .filter(
    (file) =>
      !/\bvi\.(?:do)?(?:mock|hoisted|useFakeTimers|stub)|process\.env(?:\.\w+)? = |setFlagsFromString|process\.chdir|memoryUsage|MaxRSS/i.test(
        readFileSync(file, "utf8"),
      ),
  );

/** Those of half a minute and more. Begun last, one of them would keep one core busy while the other has nothing left. */
const LONGEST = [
  "e2e/browser",
  "integration/notebook-faults",
  "integration/devices",
  "e2e/electron",
  "integration/acquisition",
  "unit/core/chemistry/shape/conformer",
  "unit/core/quantum/field/kohn-sham",
  "unit/core/quantum/field/kohn-sham-gradient",
  "integration/command-line",
  "integration/energy-methods",
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const at = LONGEST.findIndex((name) => moduleId.endsWith(`/test/${name}.test.ts`));
      return at < 0 ? LONGEST.length : at;
    };
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}

/**
 * Two workers on two cores; native and wasm modules want processes, not threads. Units go through two processes one
 * after the other, since starting one and importing anew takes longer than most of them; all others have one a file.
 */
export default defineConfig({
  test: {
    pool: "forks",
    maxWorkers: 2,
    testTimeout: long ? 1_800_000 : 240_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 60_000 } },
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: "together",
          isolate: false,
          include: together,
          exclude,
        },
      },
      {
        extends: true,
        test: {
          name: "apart",
          include: [`test/**/*.${suffix}`],
          exclude: [...exclude, ...together],
        },
      },
    ],
  },
});
