import { expect, it } from "vitest";
import { evaluateEnergy } from "#core/quantum/evaluate/evaluator.ts";
import {
  type ReferenceMolecule,
  readReference,
  referenceGeometry,
  resources,
} from "../chemistry-reference.ts";

interface Entry extends ReferenceMolecule {
  spaces: { n: number; singlets: number[]; triplets: number[]; unique: boolean }[];
}
const cases = readReference<{ entries: Entry[] }>("spin_states.json").entries.flatMap((entry) =>
  entry.spaces.filter(({ unique }) => unique).map((space) => ({ ...entry, ...space })),
);

/** Hartree: (4,4) is reached in full, (6,6) within chemical accuracy where steps end first. */
const ALLOWED: Record<number, number> = { 4: 1e-6, 6: 1.6e-3 };

it.each(cases)(
  "VQE of the states of $id in ($n,$n) is no lower than dense diagonalisation, and near it",
  async (entry) => {
    const { n, singlets, triplets } = entry;
    const { multireference: found } = await evaluateEnergy(
      {
        ...{
          geometry: referenceGeometry(entry.geometry_angstrom),
          charge: 0,
          multiplicity: 1,
          basis: entry.basis,
        },
        ...{ method: "vqe", ansatz: "k-upccgsd", layers: n === 4 ? 3 : 4, starts: 2, maxIterations: 1000 },
        activeSpace: { nelec: n, norb: n },
        spinStates: [
          { multiplicity: 1, count: 3 },
          { multiplicity: 3, count: 2 },
        ],
      },
      { resources },
    );
    const errors = [...singlets, ...triplets].map((energy, k) => found!.states[k]!.energy_hartree - energy);
    console.log(
      `${entry.id} (${n},${n}) VQE less dense, mEh: ${errors.map((x) => (1000 * x).toFixed(4)).join(" ")}`,
    );
    for (const [k, error] of errors.entries()) {
      expect(error).toBeGreaterThan(-1e-7);
      expect(error).toBeLessThan(ALLOWED[n]!);
      expect(Math.abs(found!.states[k]!.spinSquare - (k < 3 ? 0 : 2))).toBeLessThan(1e-8);
    }
  },
);
