/**
 * Vertical ionisation energy of a closed-shell molecule: the molecule and its cation (one β electron less) in one active space of
 * the molecule's orbitals, each by VQE and by exact diagonalisation; Koopmans' −ε(HOMO) beside them
 * (doi:10.1016/S0031-8914(34)90011-2).
 *
 * The difference of two variational energies is not a bound. Relaxation of the inactive orbitals is left out, so numbers rank
 * molecules and do not replace a measured ionisation energy. Cost: one SCF, two CASCI and two VQE.
 */
import { reached } from "#shared/quantum/state-result.ts";
import { difference, found } from "./conclude.ts";
import type { Protocol } from "./protocol.ts";

export const verticalIonisationProtocol: Protocol = {
  next({ geometry, charge, multiplicity, level }, { neutral, cation }) {
    if (neutral === undefined) {
      const request = { ...level, geometry, charge, multiplicity, method: "vqe" as const };
      return { states: { neutral: { request }, cation: { ionOf: "neutral", kind: "cation" } } };
    }
    const energy = (method: "vqe" | "casci") =>
      difference(reached(cation?.[method] ?? null), reached(neutral?.[method] ?? null));
    const computed = { vertical_hartree: energy("vqe"), verticalCasci_hartree: energy("casci") };
    const koopmans_hartree = cation && "koopmans_hartree" in cation ? cation.koopmans_hartree : null;
    return found({ ...computed, koopmans_hartree }, Object.values(computed));
  },
};
