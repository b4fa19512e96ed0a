import { expect, it } from "vitest";
import { resultsOf, unitsOf } from "#core/quantum/evaluate/states.ts";
import type { EnergyResult } from "#shared/quantum/energy-result.ts";

const timed = (casci: number, vqe: number | null) => ({
  casci: { wallTime_ms: casci },
  vqe: vqe === null ? null : { wallTime_ms: vqe },
});

it("ions in a molecule's orbitals are computed with it, and their times are theirs", () => {
  const request = { method: "vqe" } as never;
  const states = {
    molecule: { request },
    other: { request },
    cation: { ionOf: "molecule", kind: "cation" },
    anion: { ionOf: "molecule", kind: "anion" },
  } as never;
  const [unit, alone] = unitsOf(states);
  expect(unit).toEqual({
    names: ["molecule", "cation", "anion"],
    request: { method: "vqe", ions: ["cation", "anion"] },
  });
  expect(alone).toEqual({ names: ["other"], request });
  const [cation, anion] = [timed(20, 30), timed(10, null)];
  const result = { wallTime_ms: 100, ions: [cation, anion] } as unknown as EnergyResult;
  expect(resultsOf(unit!, result)).toEqual({ molecule: { wallTime_ms: 40, ions: [] }, cation, anion });
});
