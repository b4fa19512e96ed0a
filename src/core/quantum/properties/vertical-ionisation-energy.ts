/**
 * Vertical ionisation energy of a neutral closed-shell molecule: neutral and cation (one β electron less) in one active
 * space of the neutral's orbitals, each by VQE and by exact diagonalisation; Koopmans' −ε(HOMO) beside them
 * (doi:10.1016/S0031-8914(34)90011-2).
 *
 * The difference of two variational energies is not a bound. Relaxation of the inactive orbitals is left out, so numbers rank
 * molecules and do not replace a measured ionisation energy. Cost: one SCF, two CASCI and two VQE.
 */
import { reached } from "#shared/quantum/state-result.ts";
import type { Protocol } from "./protocol.ts";

/** What it takes to remove the electron, Hartree. */
const difference = (after: number | null, before: number | null): number | null =>
  after === null || before === null ? null : after - before;

export const verticalIonisationProtocol: Protocol = {
  states: ({ geometry, level }) => ({
    neutral: { request: { ...level, geometry, charge: 0, multiplicity: 1, method: "vqe" } },
    cation: { ionOf: "neutral", kind: "cation" },
  }),
  values({ neutral, cation }) {
    const energy = (method: "vqe" | "casci") =>
      difference(reached(cation?.[method] ?? null), reached(neutral?.[method] ?? null));
    return {
      vertical_hartree: energy("vqe"),
      verticalCasci_hartree: energy("casci"),
      koopmans_hartree: cation && "koopmans_hartree" in cation ? cation.koopmans_hartree : null,
    };
  },
};
