import { type Excitation, lowestReference, type ProductAnsatz } from "./ansatz.ts";

const alpha = (annihilate: number, create: number): Excitation => ({
  alphaAnnihilate: annihilate,
  alphaCreate: create,
  betaAnnihilate: 0,
  betaCreate: 0,
});

const beta = (annihilate: number, create: number): Excitation => ({
  alphaAnnihilate: 0,
  alphaCreate: 0,
  betaAnnihilate: annihilate,
  betaCreate: create,
});

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, k) => from + k);

/** [annihilated mask, created mask] of all single excitations, i outer and a inner. */
const singles = (nocc: number, norb: number): [number, number][] =>
  range(0, nocc).flatMap((i) => range(nocc, norb).map((a): [number, number] => [1 << i, 1 << a]));

/** The same of all double excitations of one spin, i < j and a < b. */
const sameSpinDoubles = (nocc: number, norb: number): [number, number][] =>
  range(0, nocc).flatMap((i) =>
    range(i + 1, nocc).flatMap((j) =>
      range(nocc, norb).flatMap((a) =>
        range(a + 1, norb).map((b): [number, number] => [(1 << i) | (1 << j), (1 << a) | (1 << b)]),
      ),
    ),
  );

const oppositeSpinDoubles = ([nalpha, nbeta]: readonly [number, number], norb: number): Excitation[] =>
  range(0, nalpha).flatMap((i) =>
    range(0, nbeta).flatMap((j) =>
      range(nalpha, norb).flatMap((a) =>
        range(nbeta, norb).map((b) => ({
          alphaAnnihilate: 1 << i,
          alphaCreate: 1 << a,
          betaAnnihilate: 1 << j,
          betaCreate: 1 << b,
        })),
      ),
    ),
  );

/**
 * Unitary coupled cluster with all spin-conserving singles and doubles from the lowest determinant of [nα, nβ], as one
 * product of exact exponentials (one Trotter step), every amplitude a parameter.
 *
 * Order, first acting first: α singles, β singles (i outer, a inner), αβ doubles (loops i_α, j_β, a_α, b_β), αα doubles
 * (i < j, a < b), ββ doubles. The order is part of the ansatz: another one has another minimum.
 * A. Anand et al., Chem. Soc. Rev. 51, 1659 (2022), doi:10.1039/D1CS00932J.
 */
export function uccsd(norb: number, nelec: readonly [number, number]): ProductAnsatz {
  const [nalpha, nbeta] = nelec;
  const excitations = [
    ...singles(nalpha, norb).map(([i, a]) => alpha(i, a)),
    ...singles(nbeta, norb).map(([i, a]) => beta(i, a)),
    ...oppositeSpinDoubles(nelec, norb),
    ...sameSpinDoubles(nalpha, norb).map(([ij, ab]) => alpha(ij, ab)),
    ...sameSpinDoubles(nbeta, norb).map(([ij, ab]) => beta(ij, ab)),
  ];
  return {
    name: "uccsd",
    norb,
    nelec,
    reference: lowestReference(nelec),
    nParameters: excitations.length,
    factors: excitations.map((excitation, parameter) => ({ excitation, parameter, scale: 1 })),
  };
}
