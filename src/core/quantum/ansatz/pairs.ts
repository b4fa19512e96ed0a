/** Ansätze of paired doubles: few parameters, shallow circuits. */

import { lowestDeterminant, orbitalsOf } from "../hamiltonian/determinant.ts";
import type { AnsatzFactor, Excitation, ProductAnsatz } from "./ansatz.ts";

const pairDouble = (i: number, a: number): Excitation => ({
  alphaAnnihilate: 1 << i,
  alphaCreate: 1 << a,
  betaAnnihilate: 1 << i,
  betaCreate: 1 << a,
});

const single = (i: number, a: number, spin: "alpha" | "beta"): Excitation => ({
  alphaAnnihilate: spin === "alpha" ? 1 << i : 0,
  alphaCreate: spin === "alpha" ? 1 << a : 0,
  betaAnnihilate: spin === "beta" ? 1 << i : 0,
  betaCreate: spin === "beta" ? 1 << a : 0,
});

/** All pairs p < q of `norb` orbitals. */
const orbitalPairs = (norb: number): [number, number][] =>
  Array.from({ length: norb }, (_, p) => p).flatMap((p) =>
    Array.from({ length: norb - p - 1 }, (_, k): [number, number] => [p, p + 1 + k]),
  );

/**
 * Pair coupled cluster doubles: electron pairs move from occupied to empty orbitals, one parameter each.
 *
 * Seniority stays zero, so single excitations and open shells are left out: exact for no molecule but a two-electron
 * one in natural orbitals, cheap on a device. Closed shells only (nα = nβ).
 * J. J. Goings et al., arXiv:1312.7364; doi:10.1103/PhysRevA.104.012420.
 */
export function puccd(norb: number, nelec: readonly [number, number]): ProductAnsatz {
  const reference = lowestDeterminant(nelec);
  const factors = orbitalsOf(reference[0] & reference[1], norb)
    .flatMap((i) => orbitalsOf(~(reference[0] | reference[1]), norb).map((a) => pairDouble(i, a)))
    .map((excitation, parameter) => ({ excitation, parameter, scale: 1 }));
  return { name: "puccd", norb, nelec, reference, factors, nParameters: factors.length };
}

/**
 * k-UpCCGSD: k layers of generalised pair doubles and generalised singles between all orbitals, singles with one amplitude
 * for both spins; pair doubles act first in each layer.
 *
 * k · norb(norb − 1) parameters. The energy is far from convex: start from several points and keep the lowest.
 * J. Lee et al., J. Chem. Theory Comput. 15, 311 (2019), doi:10.1021/acs.jctc.8b01004.
 */
export function kUpCcgsd(norb: number, nelec: readonly [number, number], k: number): ProductAnsatz {
  const pairs = orbitalPairs(norb);
  const factors: AnsatzFactor[] = [];
  for (let layer = 0; layer < k; layer++) {
    const first = 2 * layer * pairs.length;
    pairs.forEach(([p, q], i) => {
      factors.push({ excitation: pairDouble(p, q), parameter: first + i, scale: 1 });
    });
    pairs.forEach(([p, q], i) => {
      for (const spin of ["alpha", "beta"] as const)
        factors.push({ excitation: single(p, q, spin), parameter: first + pairs.length + i, scale: 1 });
    });
  }
  return {
    name: `${k}-upccgsd`,
    norb,
    nelec,
    reference: lowestDeterminant(nelec),
    factors,
    nParameters: 2 * k * pairs.length,
  };
}
