/** The energies of a point by each method, Hartree; null where one was not reached. */
import { evaluateEnergy } from "#core/quantum/evaluate/evaluator.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import type { EnergyResult } from "#shared/quantum/energy-result.ts";
import { methodEnergy } from "#shared/quantum/method-energy.ts";
import { type Point, requestOf, type Showcase } from "./cases.ts";

/** As tables and figures name them. */
export const METHODS = [
  "Hartree–Fock",
  "MP2",
  "CCSD(T)",
  "CASCI",
  "VQE",
  "CASSCF",
  "NEVPT2",
  "selected CI",
] as const;
export type MethodName = (typeof METHODS)[number];
export type Energies = Readonly<Record<MethodName, number | null>>;

/** The lowest state before its correction. */
const uncorrected = ({ multireference }: EnergyResult): number | null =>
  multireference?.outcome === "converged" ? (multireference.states[0]?.energy_hartree ?? null) : null;

export async function energiesAt(showcase: Showcase, point: Point, resources: string): Promise<Energies> {
  const shared = requestOf(showcase, point);
  const { multiplicity, states = 1 } = point;
  const compute = (asked: Partial<EnergyRequest> & Pick<EnergyRequest, "method">): Promise<EnergyResult> =>
    evaluateEnergy({ ...shared, ...asked }, { resources });
  const energy = async (asked: Parameters<typeof compute>[0]): Promise<number | null> =>
    methodEnergy(asked, await compute(asked));
  const spinStates = [{ multiplicity, count: states }];
  const casscf = await compute({ method: "casscf", spinStates, pt2: "nevpt2" });
  const { determinants, space } = showcase;
  const casci = await energy({ method: "casci", spinStates: [{ multiplicity, count: 1 }] });
  // The up spins fill the space: one determinant, with nothing to vary.
  const isFilled = space.nelec === space.norb && multiplicity === space.nelec + 1;
  return {
    "Hartree–Fock": await energy({ method: multiplicity === 1 ? "rhf" : "uhf" }),
    MP2: await energy({ method: "mp2", frozenCore: true }),
    "CCSD(T)": await energy({ method: "ccsd(t)", frozenCore: true }),
    CASCI: casci,
    VQE: isFilled ? casci : await energy({ method: "vqe" }),
    CASSCF: uncorrected(casscf),
    NEVPT2: methodEnergy({ method: "casscf" }, casscf),
    "selected CI":
      determinants === undefined
        ? null
        : await energy({ method: "sci", activeSpace: null, frozenCore: true, selection: { determinants } }),
  };
}
