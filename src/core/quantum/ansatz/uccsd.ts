import { type Determinant, lowestDeterminant, orbitalsOf } from "../hamiltonian/determinant.ts";
import type { Excitation, ProductAnsatz } from "./ansatz.ts";

const onAlpha = ([annihilate, create]: readonly [number, number]): Excitation => ({
  alphaAnnihilate: annihilate,
  alphaCreate: create,
  betaAnnihilate: 0,
  betaCreate: 0,
});

const onBeta = ([annihilate, create]: readonly [number, number]): Excitation => ({
  alphaAnnihilate: 0,
  alphaCreate: 0,
  betaAnnihilate: annihilate,
  betaCreate: create,
});

/** Occupied and empty orbitals of one spin, ascending. */
interface Split {
  readonly occupied: readonly number[];
  readonly virtual: readonly number[];
}

/** [annihilated mask, created mask] of all single excitations, i outer and a inner. */
const singles = ({ occupied, virtual }: Split): [number, number][] =>
  occupied.flatMap((i) => virtual.map((a): [number, number] => [1 << i, 1 << a]));

/** Masks of all pairs i < j. */
const pairs = (orbitals: readonly number[]): number[] =>
  orbitals.flatMap((i, k) => orbitals.slice(k + 1).map((j) => (1 << i) | (1 << j)));

const sameSpinDoubles = ({ occupied, virtual }: Split): [number, number][] =>
  pairs(occupied).flatMap((ij) => pairs(virtual).map((ab): [number, number] => [ij, ab]));

const oppositeSpinDoubles = (alpha: Split, beta: Split): Excitation[] =>
  alpha.occupied.flatMap((i) =>
    beta.occupied.flatMap((j) =>
      alpha.virtual.flatMap((a) =>
        beta.virtual.map((b) => ({
          alphaAnnihilate: 1 << i,
          alphaCreate: 1 << a,
          betaAnnihilate: 1 << j,
          betaCreate: 1 << b,
        })),
      ),
    ),
  );

/**
 * Unitary coupled cluster with all spin-conserving singles and doubles from one determinant, as one product of exact
 * exponentials (one Trotter step), every amplitude a parameter.
 *
 * Order, first acting first: α singles, β singles (i outer, a inner), αβ doubles (loops i_α, j_β, a_α, b_β), αα doubles
 * (i < j, a < b), ββ doubles. The order is part of the ansatz: another one has another minimum.
 * A. Anand et al., Chem. Soc. Rev. 51, 1659 (2022), doi:10.1039/D1CS00932J.
 *
 * @param reference occupied orbitals, [α mask, β mask]; default the lowest orbitals filled
 */
export function uccsd(
  norb: number,
  nelec: readonly [number, number],
  reference: Determinant = lowestDeterminant(nelec),
): ProductAnsatz {
  const split = (mask: number): Split => ({
    occupied: orbitalsOf(mask, norb),
    virtual: orbitalsOf(~mask, norb),
  });
  const [alpha, beta] = [split(reference[0]), split(reference[1])];
  const excitations = [
    ...singles(alpha).map(onAlpha),
    ...singles(beta).map(onBeta),
    ...oppositeSpinDoubles(alpha, beta),
    ...sameSpinDoubles(alpha).map(onAlpha),
    ...sameSpinDoubles(beta).map(onBeta),
  ];
  return {
    name: "uccsd",
    norb,
    nelec,
    reference,
    nParameters: excitations.length,
    factors: excitations.map((excitation, parameter) => ({ excitation, parameter, scale: 1 })),
  };
}
