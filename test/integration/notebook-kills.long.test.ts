import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, it } from "vitest";
import { killAtRandom } from "./notebook-runs.ts";

/** ANSATZ_KILLS=1000 for a longer run. */
const KILLS = Number(process.env.ANSATZ_KILLS ?? 50);

const folder = mkdtempSync(join(tmpdir(), "ansatz-kills-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it(`a notebook loses no event that was durable in ${KILLS} kills at random moments`, () =>
  killAtRandom(folder, KILLS));
