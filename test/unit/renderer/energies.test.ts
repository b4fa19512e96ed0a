import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it, vi } from "vitest";
import type { Evaluation } from "#shared/properties/evaluation.ts";
import { Energies } from "../../../src/renderer/src/features/candidate/energies.tsx";

// The page's connection, which energies do not need.
vi.mock("../../../src/renderer/src/rpc/client.ts", () => ({ api: {}, connection: {}, host: {} }));

const relaxed = {
  basis: "sto-3g",
  nBasis: 7,
  hartreeFock: { outcome: "converged", energy_hartree: -75, droppedFunctions: 0 },
  optimisation: { outcome: "converged", steps: 9 },
  mp2: null,
  casci: null,
  vqe: null,
  activeSpace: null,
  backend: "exact",
  wallTime_ms: 10,
};
const result = {
  property: "vertical-ionisation-energy",
  outcome: "not-converged",
  states: { neutral: relaxed },
  values: { verticalMp2_hartree: null },
} as unknown as Evaluation;

it("an evaluation without a number says why as the notebook has it", () => {
  const failure = "its bond C1–C2 broke when it was relaxed";
  const shown = renderToStaticMarkup(createElement(Energies, { result, geometry: null, failure }));
  expect(shown).toContain(`No ionisation energy is given: ${failure}.`);
});
