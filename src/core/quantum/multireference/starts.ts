/** Where the orbitals of CASSCF begin: several sets, since what one leads to need not be the lowest. */
import { standardNormal, uniformNumbers } from "#shared/random.ts";
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

/**
 * Standard deviations of the angles times the root of the number of orbitals, radian. Where the orbitals asked for do not lead to the
 * lowest solution, short turns of them seldom do; long ones lead far from it as often as to it.
 */
const AMPLITUDES = [0.4, 0.8, 2] as const;

/** Of so few orbitals a start takes little: each amplitude is tried so many times. */
const SMALL = { orbitals: 16, rounds: 3 } as const;

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
  const amplitude = AMPLITUDES[k % AMPLITUDES.length]! / Math.sqrt(n); // k % length is below it
  const angles = Float64Array.from(rotations.pairs, () => amplitude * standardNormal(uniform));
  return {
    name: `random turns ${k + 1} of the space's orbitals`,
    orbitals: { ...space, orbitals: rotated(orbitals, rotations, angles, context) },
  };
}

/** Three random turns of a space's orbitals for each round, the same at each run. */
export const turnedStarts = (
  system: QuantumSystem,
  space: MoleculeOrbitals,
  { context, rounds = 1 }: { context: Pick<NativeContext, "control">; rounds?: number },
): CasscfStart[] =>
  Array.from({ length: rounds * AMPLITUDES.length }, (_, k) => randomStart(system, space, { k, context }));

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
 * first, nine of at most 16 orbitals, the same at each run. Natural orbitals that cannot be made are skipped.
 *
 * Throws AbortError. Cost: an MP2, where the space is not of its natural orbitals already.
 */
export function casscfStarts(
  system: QuantumSystem,
  {
    scf,
    chosen: { space, orbitals },
    isDear = false,
  }: {
    scf: ScfResult;
    chosen: ChosenSpace;
    /** Three turns whatever the number of orbitals. */
    isDear?: boolean;
  },
  context: Pick<NativeContext, "control">,
): CasscfStarts {
  const own = spaceOrbitals(system, orbitals, space);
  const isSmall = !isDear && own.orbitals.length <= SMALL.orbitals * system.nBasis;
  const natural =
    space.rule?.rule === "natural-occupation"
      ? undefined
      : unlessRefused(NATURAL, () => naturalStart(system, scf, own));
  return {
    starts: [
      { name: "the space's orbitals", orbitals: own },
      ...(natural && "found" in natural ? [natural.found] : []),
      ...turnedStarts(system, own, { context, rounds: isSmall ? SMALL.rounds : 1 }),
    ],
    skipped: natural && "refused" in natural ? [natural.refused] : [],
  };
}
