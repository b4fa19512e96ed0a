/** A value far from Koopmans' estimate is marked where it is read: campaign table and JSON, export, `energy --ions`. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Engine } from "#core/engine-interface.ts";
import { toCsv } from "#core/export/csv.ts";
import { EnergyResult } from "#shared/quantum/energy-result.ts";
import { toElectronVolt } from "#shared/units.ts";
import { attachment } from "../../../src/cli/commands/energy/attachment.ts";
import { runScreening } from "../../../src/cli/screening.ts";
import { campaign, candidate, row } from "../core/export/rows.ts";
import { asEvaluation, asIonisation } from "../core/vertical-ionisation.ts";

const HARTREE_PER_EV = 1 / toElectronVolt(1);
const near = candidate(0);
const far = candidate(1, {
  rank: 2,
  evaluation: asEvaluation({
    ...asIonisation(near.evaluation!),
    vertical_hartree: 20 * HARTREE_PER_EV,
    koopmans_hartree: 11 * HARTREE_PER_EV,
  }),
});
const MARK = "Ionisation energy of 20.00 eV is far from Koopmans' estimate of 11.00 eV";

afterEach(() => void vi.restoreAllMocks());

async function printed(json: boolean): Promise<string> {
  const candidates = [near, far];
  const engine = {
    campaigns: {
      list: async () => [campaign],
      finished: async () => campaign,
      promotions: async () => [],
      certainty: async () => ({ candidates: [], stability: null, rungs: [] }),
      measured: async () => [],
    },
    candidates: {
      list: async () => candidates,
      get: async ({ id }: { id: string }) => candidates.find((one) => one.id === id),
    },
    exports: { create: async () => ({ fileName: "shortlist.txt", text: "" }) },
  } as unknown as Engine;
  let text = "";
  vi.spyOn(process.stdout, "write").mockImplementation((chunk) => {
    text += String(chunk);
    return true;
  });
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
  const out = mkdtempSync(join(tmpdir(), "ansatz-mark-"));
  await runScreening(engine, { settings: campaign.settings, notebook: "n", out, json });
  return text;
}

describe("a campaign", () => {
  it("says in its table which rank is far, and of no other", async () => {
    const marks = (await printed(false)).split("\n").filter((line) => line.includes("far from Koopmans"));
    expect(marks).toHaveLength(1);
    expect(marks[0]).toMatch(new RegExp(`^rank 2: ${MARK}`));
  });

  it("says so in its JSON, of each rank and of each row of the input", async () => {
    const { ranked, candidates } = JSON.parse(await printed(true)) as {
      ranked: { koopmansWarning: string | null }[];
      candidates: { warning: string | null }[];
    };
    expect(candidates.map(({ warning }) => warning)).toEqual([null, expect.stringContaining(MARK)]);
    expect(ranked.map(({ koopmansWarning }) => koopmansWarning)).toEqual([
      null,
      expect.stringContaining(MARK),
    ]);
  });
});

it("the export has the mark in a cell of its own, empty where the value is near", () => {
  const [names, ...lines] = toCsv([row(0), { ...row(1), candidate: far }])
    .trimEnd()
    .split("\n");
  const column = names!.split(",").indexOf("koopmans_warning");
  expect(column).toBeGreaterThan(0);
  expect(lines[0]!.split(",")[column]).toBe("");
  expect(lines[1]!.split(",")[column]).toContain(MARK);
});

it("the JSON of `energy --ions` notes ionisation and attachment alike", () => {
  const casci = { outcome: "converged", energy_hartree: -1, determinants: 1, wallTime_ms: 1 };
  const ion = (kind: string, energy_hartree: number) => ({
    ...{ kind, koopmans_hartree: 11 * HARTREE_PER_EV, vqe: null },
    casci: { ...casci, energy_hartree },
  });
  const neutral = { ...asIonisation(near.evaluation!).neutral, casci, vqe: null };
  const result = EnergyResult.parse({
    ...neutral,
    ions: [ion("cation", -1 + 20 * HARTREE_PER_EV), ion("anion", -1 - 10 * HARTREE_PER_EV)],
  });
  expect(attachment(result, "cation")!.note).toContain(MARK);
  expect(attachment(result, "anion")!.note).toBeNull();
});
