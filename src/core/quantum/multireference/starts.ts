/** Where the orbitals of CASSCF begin: several sets, since what one leads to need not be the lowest. */
import { uniformNumbers } from "#shared/random.ts";
import { chemicalCore } from "../field/chemical-core.ts";
import { mp2NaturalOrbitals } from "../field/mp2.ts";
import type { ScfResult } from "../field/scf.ts";
import { lowestField } from "../field/search.ts";
import type { QuantumSystem } from "../field/system.ts";
import type { NativeContext } from "../hamiltonian/hamiltonian.ts";
import { type ChosenSpace, spaceOrbitals } from "../space/active-space.ts";
import type { MoleculeOrbitals } from "../space/ordered-orbitals.ts";
import { type CasscfStart, type CasscfStarts, unlessRefused } from "./casscf.ts";
import { rotated, rotationPairs } from "./orbital-rotation.ts";

/** Standard deviation of the angles times the root of the number of orbitals, radian: one random start each. */
const RANDOM_AMPLITUDES = [0.4, 0.4, 0.8] as const;

/** Normally distributed, by Box and Muller. */
const normalNumber = (uniform: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());

/** Orbitals of the space with each pair of groups turned at random; the chemical core stays. */
function randomStart(
  system: QuantumSystem,
  space: MoleculeOrbitals,
  { k, context }: { k: number; context: Pick<NativeContext, "control"> },
): CasscfStart {
  const { orbitals, nCore, norb } = space;
  const n = orbitals.length / system.nBasis;
  const rotations = rotationPairs(n, { nCore, norb, frozen: Math.min(nCore, chemicalCore(system)) });
  const uniform = uniformNumbers(k + 1);
  // k is below the number of amplitudes.
  const amplitude = RANDOM_AMPLITUDES[k]! / Math.sqrt(n);
  const angles = Float64Array.from(rotations.pairs, () => amplitude * normalNumber(uniform));
  return {
    name: `random turns ${k + 1} of the space's orbitals`,
    orbitals: { ...space, orbitals: rotated(orbitals, rotations, angles, context) },
  };
}

/** Three random turns of a space's orbitals, the same at each run. */
export const turnedStarts = (
  system: QuantumSystem,
  space: MoleculeOrbitals,
  context: Pick<NativeContext, "control">,
): CasscfStart[] => RANDOM_AMPLITUDES.map((_, k) => randomStart(system, space, { k, context }));

const NATURAL = "MP2 natural orbitals";

/** As many MP2 natural orbitals as the space has, behind as many of higher occupation as its core. Throws as mp2NaturalOrbitals. */
function naturalStart(system: QuantumSystem, scf: ScfResult, space: MoleculeOrbitals): CasscfStart {
  // MP2 of an open shell needs canonical orbitals for each spin.
  const field = scf.kind === "rohf" ? lowestField(system, { kind: "uhf" }).scf : scf;
  const { orbitals } = mp2NaturalOrbitals(system, field, { nFrozenCore: "chemical" });
  return { name: NATURAL, orbitals: { ...space, orbitals } };
}

/**
 * The space's own orbitals, MP2 natural orbitals by falling occupation (chemical core not correlated), and three random turns of the
 * first, the same at each run. Natural orbitals that cannot be made are skipped.
 *
 * Throws AbortError. Cost: an MP2, where the space is not of its natural orbitals already.
 */
export function casscfStarts(
  system: QuantumSystem,
  { scf, chosen: { space, orbitals } }: { scf: ScfResult; chosen: ChosenSpace },
  context: Pick<NativeContext, "control">,
): CasscfStarts {
  const own = spaceOrbitals(system, orbitals, space);
  const natural =
    space.rule?.rule === "natural-occupation"
      ? undefined
      : unlessRefused(NATURAL, () => naturalStart(system, scf, own));
  return {
    starts: [
      { name: "the space's orbitals", orbitals: own },
      ...(natural && "found" in natural ? [natural.found] : []),
      ...turnedStarts(system, own, context),
    ],
    skipped: natural && "refused" in natural ? [natural.refused] : [],
  };
}
