/** What protocols ask for at levels of their own. */

import { atomicNumber, type Electrons, type Geometry } from "#shared/molecule/molecule.ts";
import { functionalLevel } from "#shared/properties/functional-level.ts";
import type { ActiveSpaceRequest } from "#shared/quantum/active-space.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import type { EnergyResult } from "#shared/quantum/energy-result.ts";
import { fieldEnergy } from "#shared/quantum/method-energy.ts";
import { GasConditions } from "#shared/quantum/vibrations-result.ts";
import type { StateResults, States } from "../evaluate/states.ts";
import { found } from "./conclude.ts";
import type { Candidate, Conclusion } from "./protocol.ts";

/** Basis set in which geometries are relaxed by Hartree–Fock. */
export const GEOMETRY_BASIS = "6-31g*";
/** Basis set of first relaxations, which tell starts apart, and of vibrations. */
export const ROUGH_BASIS = "sto-3g";
/** That of HF-3c. */
const HF3C_BASIS = "minix";

/**
 * Harmonic frequencies in STO-3G times this give the zero-point energies that 6-31G* gives with its factor of 0.9135 (A. P. Scott,
 * L. Radom, doi:10.1021/jp960976r): from those that a proton adds to NH₃, CH₂O and HCOOH, 42.3, 36.1, 35.8 and 42.7, 38.4, 35.3
 * kJ/mol unscaled.
 */
const FREQUENCY_SCALE = 0.93;

const PLAIN = { activeSpace: null, ansatz: "uccsd", maxIterations: 200 } as const;

/** Hartree–Fock relaxation from a start. */
export const relaxation = (
  geometry: Geometry,
  electrons: Electrons,
  basis = GEOMETRY_BASIS,
): EnergyRequest => ({
  ...PLAIN,
  geometry,
  ...electrons,
  basis,
  method: electrons.multiplicity === 1 ? "rhf" : "uhf",
  optimise: { frozen: [] },
});

/** By HF-3c where the candidate's settings ask for it, and else as `relaxation`. */
export function ownRelaxation(
  { settings }: Candidate,
  geometry: Geometry,
  electrons: Electrons,
): EnergyRequest {
  if (settings.nuclei !== "hf-3c") return relaxation(geometry, electrons);
  return { ...relaxation(geometry, electrons, HF3C_BASIS), dispersion: "hf-3c" };
}

/** Vibrations at the minimum that a relaxation in the rough basis finds from a start, 298.15 K and 1 bar. */
export const vibrating = (geometry: Geometry, electrons: Electrons): EnergyRequest => ({
  ...relaxation(geometry, electrons, ROUGH_BASIS),
  vibrations: GasConditions.parse({ frequencyScale: FREQUENCY_SCALE }),
});

/** MP2 with the chemical core frozen, from RHF or UHF orbitals, at a geometry as it is. */
export const correlated = (
  geometry: Geometry,
  electrons: Electrons,
  { basis, functions, ghosts }: Partial<Pick<EnergyRequest, "functions" | "ghosts">> & { basis: string },
): EnergyRequest => ({
  ...PLAIN,
  geometry,
  ...electrons,
  basis,
  ...(functions && { functions }),
  method: "mp2",
  frozenCore: true,
  ...(ghosts && ghosts.length > 0 && { ghosts }),
});

/** The energy that is ranked by, in the campaign's basis set: by the functional of its settings, else as `correlated`. */
export function energyAt(candidate: Candidate, geometry: Geometry, electrons: Electrons): EnergyRequest {
  const level = functionalLevel(candidate.settings);
  if (!level) return correlated(geometry, electrons, energyBasis(candidate));
  const { functional, dispersion, solvent } = level;
  return {
    ...PLAIN,
    geometry,
    ...electrons,
    ...energyBasis(candidate),
    method: functional,
    ...(dispersion && { dispersion }),
    ...(solvent && { solvent }),
  };
}

const numbersOf = ({ geometry }: Candidate): number[] =>
  geometry.symbols.map((symbol) => atomicNumber(symbol) ?? 0);

export const electronCount = (candidate: Candidate): number =>
  numbersOf(candidate).reduce((sum, z) => sum + z, -candidate.charge);

/** The window of campaigns that do not say one. */
const USUAL = { nelec: 4, norb: 4 } as const;
const isUsual = (space: ActiveSpaceRequest | null): boolean =>
  space !== null && "nelec" in space && space.nelec === USUAL.nelec && space.norb === USUAL.norb;

/** Orbitals of a minimal basis set up to each noble gas: 1s, then 2s 2p, 3s 3p, 4s 3d 4p, 5s 4d 5p, 6s 4f 5d 6p. */
const MINIMAL = [
  [2, 1],
  [10, 5],
  [18, 9],
  [36, 18],
  [54, 27],
  [86, 43],
] as const;

/** Argon: up to it all functions of a minimal set are s and p. */
const LAST_WITHOUT_D = 18;

const minimalOrbitals = (z: number): number => MINIMAL.find(([last]) => z <= last)?.[1] ?? 0;

/**
 * The active space of a candidate. Where the molecule has no electrons for the usual (4e,4o), or a minimal basis set of it no orbitals, as
 * of H2 or HF, that gives way to the largest that fits (null). Any other is as it was asked for.
 */
export function spaceOf(candidate: Candidate): ActiveSpaceRequest | null {
  const { multiplicity, level } = candidate;
  const { activeSpace } = level;
  if (!isUsual(activeSpace)) return activeSpace;
  const unpaired = multiplicity - 1;
  const pairs = (electronCount(candidate) - unpaired) / 2;
  const fromPairs = (USUAL.nelec - unpaired) / 2;
  const orbitals = numbersOf(candidate).reduce((sum, z) => sum + minimalOrbitals(z), 0);
  return fromPairs <= pairs && USUAL.norb - fromPairs <= orbitals - pairs ? activeSpace : null;
}

/**
 * Whether the basis set of the energies has an empty orbital of the molecule, so that there is anything to correlate: in STO-3G, the one
 * minimal set, noble gases and ions like them have none.
 */
export function hasEmptyOrbitals(candidate: Candidate): boolean {
  const { basis } = candidate.level;
  const numbers = numbersOf(candidate);
  // Sets of Cartesian d functions have one more than is filled.
  if (basis.trim().toLowerCase() !== ROUGH_BASIS || numbers.some((z) => z > LAST_WITHOUT_D)) return true;
  const orbitals = numbers.reduce((sum, z) => sum + minimalOrbitals(z), 0);
  return electronCount(candidate) < 2 * orbitals;
}

/** Basis set and functions of a campaign, which are those of the energies. */
export const energyBasis = ({ level: { basis, functions } }: Pick<Candidate, "level">) => ({
  basis,
  ...(functions && { functions }),
});

/** A state in orbitals of its own; undefined while it is not known. */
export function ownResult(results: StateResults, name: string): EnergyResult | undefined {
  const result = Object.hasOwn(results, name) ? results[name] : undefined;
  return result && "hartreeFock" in result ? result : undefined;
}

/** Where a relaxation ended; undefined where it did not converge. */
export function relaxedGeometry(results: StateResults, name: string): Geometry | undefined {
  const { optimisation } = ownResult(results, name) ?? {};
  return optimisation?.outcome === "converged" ? optimisation.geometry : undefined;
}

/** Hartree. */
export interface StateEnergies {
  readonly hartreeFock: number | null;
  /** By the method that is ranked by: MP2, or a functional with its dispersion and in its solvent. */
  readonly ranked: number | null;
}

/** Null where a state was not reached. */
export function energiesOf(results: StateResults, name: string): StateEnergies {
  const result = ownResult(results, name);
  if (result?.hartreeFock.outcome !== "converged") return UNKNOWN;
  if (result.hartreeFock.kohnSham) return { hartreeFock: null, ranked: fieldEnergy(result) };
  return { hartreeFock: result.hartreeFock.energy_hartree, ranked: result.mp2?.energy_hartree ?? null };
}

/** Requests as states in orbitals of their own, by the names of these. */
export const ownStates = (requests: Iterable<readonly [name: string, request: EnergyRequest]>): States =>
  Object.fromEntries(Array.from(requests, ([name, request]) => [name, { request }]));

/** Of the states, those that are not known. */
export const unknownOf = (states: States, results: StateResults): States =>
  Object.fromEntries(Object.entries(states).filter(([name]) => !Object.hasOwn(results, name)));

/** Of alternatives, the lowest that was reached. */
export const lowestEnergies = (alternatives: readonly StateEnergies[]): StateEnergies =>
  alternatives.reduce(
    (a, b) => (a.ranked === null || (b.ranked !== null && b.ranked < a.ranked) ? b : a),
    UNKNOWN,
  );

/** a₁ b₁ + a₂ b₂ + … for both methods; null where an energy is missing. */
export function combined(
  terms: readonly (readonly [factor: number, energies: StateEnergies])[],
): StateEnergies {
  const of = (method: keyof StateEnergies): number | null => {
    const energies = terms.map(([factor, each]) => (each[method] === null ? null : factor * each[method]));
    return energies.includes(null) ? null : energies.reduce<number>((sum, energy) => sum + (energy ?? 0), 0);
  };
  return { hartreeFock: of("hartreeFock"), ranked: of("ranked") };
}

/** What a property calls its numbers: by MP2 with Hartree–Fock's beside it, and by a functional, where it takes one. */
export interface DeclaredKeys {
  readonly mp2: string;
  readonly hartreeFock: string;
  readonly functional?: string;
}

/** What the numbers are called that a candidate is to have. */
export interface Keys {
  readonly ranked: string;
  readonly hartreeFock?: string;
}

export const askedKeys = ({ mp2, hartreeFock, functional }: DeclaredKeys, { settings }: Candidate): Keys =>
  functional && functionalLevel(settings) ? { ranked: functional } : { ranked: mp2, hartreeFock };

export const UNKNOWN: StateEnergies = { hartreeFock: null, ranked: null };

/** The numbers, converged where none is missing. */
export const concluded = (keys: Keys, { ranked, hartreeFock }: StateEnergies): Conclusion =>
  keys.hartreeFock === undefined
    ? found({ [keys.ranked]: ranked }, [ranked])
    : found({ [keys.ranked]: ranked, [keys.hartreeFock]: hartreeFock }, [ranked, hartreeFock]);

/** No numbers, since something on the way did not converge. */
export const notReached = (keys: Keys): Conclusion => concluded(keys, UNKNOWN);

/** No numbers, since the candidate became another molecule. @param change "bond C1–C2 broke" */
export const another = (keys: Keys, change: string): Conclusion => ({
  ...notReached(keys),
  reason: whenRelaxed(change),
  isAnother: true,
});

/** "its bond C1–C2 broke when it was relaxed" */
export const whenRelaxed = (change: string): string => `its ${change} when it was relaxed`;

/** No numbers, since the molecule lacks what the property is of. */
export const notApplicable = (keys: Keys, reason: string): Conclusion => ({
  ...notReached(keys),
  outcome: "not-applicable",
  reason,
});
