/** Active spaces: which orbitals are correlated and why, and the Hamiltonian of their electrons. */

import { DomainError } from "#shared/errors.ts";
import type {
  ActiveSpace,
  ActiveSpaceRequest,
  ActiveSpaceRule,
  ActiveSpaceSize,
} from "#shared/quantum/active-space.ts";
import { mp2NaturalOrbitals } from "../field/mp2.ts";
import type { ScfResult } from "../field/scf.ts";
import { lowestField } from "../field/search.ts";
import type { QuantumSystem } from "../field/system.ts";
import type { ActiveHamiltonian } from "../hamiltonian/hamiltonian.ts";
import { callNative } from "../native/native.ts";
import { checkActiveSpaceFits, type OrbitalCount } from "./active-space-size.ts";
import { avasOrbitals } from "./avas.ts";
import { AVERAGED_STATES, excitationSpace } from "./excitation-space.ts";
import { type MoleculeOrbitals, orderedOrbitals } from "./ordered-orbitals.ts";

/** Orbitals of a molecule, the first set its own or one that a rule made: columns [nBasis, nOrbitals]. */
export type OrbitalSet = Pick<ScfResult, "nelec" | "orbitals">;

/** An active space, and the orbitals that its indices count. */
export interface ChosenSpace {
  readonly space: ActiveSpace;
  readonly orbitals: OrbitalSet;
}

/** What a molecule has to choose from. */
const countOf = ({ nelec, orbitalEnergies_hartree }: ScfResult): OrbitalCount => ({
  nelec,
  nOrbitals: orbitalEnergies_hartree[0].length,
});

const range = (first: number, length: number): number[] => Array.from({ length }, (_, i) => first + i);

/** A space of the Hartree–Fock orbitals: nothing is known of natural occupations. */
const ofFieldOrbitals = (
  size: ActiveSpaceSize,
  orbitals: number[],
  why: { rule: ActiveSpaceRule; reason: string },
): ActiveSpace => ({ ...size, orbitals, ...why, naturalOccupations: null, largestDiscardedOccupation: null });

/**
 * The frontier window: the highest occupied and lowest virtual orbitals by energy.
 *
 * Throws as checkActiveSpaceFits.
 */
export function frontierActiveSpace(scf: ScfResult, { nelec, norb }: ActiveSpaceSize): ActiveSpace {
  checkActiveSpaceFits({ nelec, norb }, countOf(scf));
  const unpaired = scf.nelec[0] - scf.nelec[1];
  const pairs = (nelec - unpaired) / 2;
  const open = unpaired > 0 ? `, ${unpaired} singly occupied` : "";
  return ofFieldOrbitals({ nelec, norb }, range(scf.nelec[1] - pairs, norb), {
    rule: { rule: "frontier", nelec, norb },
    reason: `The ${pairs} highest doubly occupied${open} and ${norb - pairs - unpaired} lowest virtual orbitals by energy.`,
  });
}

/** Occupied and virtual orbitals on each side of the default window. */
const DEFAULT_WINDOW = 2;

/** The largest of (4e, 4o) and smaller that the molecule has orbitals for. */
function defaultSize(scf: ScfResult): ActiveSpaceSize {
  const [nalpha, nbeta] = scf.nelec;
  const pairs = Math.min(DEFAULT_WINDOW, nbeta);
  const virtuals = Math.min(DEFAULT_WINDOW, countOf(scf).nOrbitals - nalpha);
  const unpaired = nalpha - nbeta;
  return { nelec: 2 * pairs + unpaired, norb: pairs + unpaired + virtuals };
}

/** As people count orbitals, the lowest is 1. */
const numbers = (orbitals: readonly number[]): string => orbitals.map((orbital) => orbital + 1).join(", ");

/** Electrons that the listed orbitals hold; refuses a list that a molecule does not have or that leaves a spin out. */
function sizeOfList(
  orbitals: readonly number[],
  { nelec: [nalpha, nbeta], nOrbitals }: OrbitalCount,
): ActiveSpaceSize {
  const listed = new Set(orbitals);
  const singly = range(nbeta, nalpha - nbeta);
  const beyond = orbitals.find((orbital) => orbital >= nOrbitals);
  const broken =
    beyond !== undefined
      ? `numbers up to ${nOrbitals} (the lowest is 1), got ${beyond + 1}`
      : listed.size !== orbitals.length
        ? `each orbital once, got ${numbers(orbitals)}`
        : singly.some((orbital) => !listed.has(orbital))
          ? `the singly occupied orbitals ${numbers(singly)} (the lowest is 1) among them, got ${numbers(orbitals)}`
          : undefined;
  if (broken)
    throw new DomainError("invalid-input", `Active orbitals: expected ${broken}.`, {
      orbitals: orbitals.map(String),
    });
  const electrons = orbitals.reduce(
    (sum, orbital) => sum + Number(orbital < nalpha) + Number(orbital < nbeta),
    0,
  );
  return { nelec: electrons, norb: orbitals.length };
}

function listedActiveSpace(scf: ScfResult, orbitals: readonly number[]): ActiveSpace {
  const size = sizeOfList(orbitals, countOf(scf));
  checkActiveSpaceFits(size, countOf(scf));
  const ascending = [...orbitals].sort((a, b) => a - b);
  return ofFieldOrbitals(size, ascending, {
    rule: { rule: "orbitals", orbitals: [...orbitals] },
    reason: `Orbitals ${numbers(ascending)} as listed, the lowest is 1.`,
  });
}

/** Refuses a rule that chose no orbitals, or all occupied or all empty ones, since nothing correlates there. */
function requireCorrelation({ nelec, norb }: ActiveSpaceSize, remedy: string): void {
  if (norb > 0 && nelec > 0 && nelec < 2 * norb) return;
  throw new DomainError(
    "invalid-input",
    `The rule chooses (${nelec}e,${norb}o): expected occupied and empty orbitals. ${remedy}`,
    { nelec, norb },
  );
}

/** Natural occupations written with the digits that matter to a threshold. */
const digits = (occupation: number): string => occupation.toPrecision(2);

/** The highest threshold that takes in an occupied and an empty natural orbital, rounded down so that it still does. */
function enough(occupations: readonly number[]): string {
  const occupied = Math.max(0, ...occupations.filter((n) => n > 1).map((n) => 2 - n));
  const empty = Math.max(0, ...occupations.filter((n) => n <= 1));
  const highest = Math.floor(Math.min(occupied, empty) * 10_000) / 10_000;
  return highest > 0 ? `, to ${highest} or less for this molecule` : "";
}

function naturalActiveSpace(system: QuantumSystem, scf: ScfResult, threshold: number): ChosenSpace {
  // MP2 of an open shell needs canonical orbitals for each spin.
  const field = scf.kind === "rohf" ? lowestField(system, { kind: "uhf" }).scf : scf;
  const natural = mp2NaturalOrbitals(system, field, { nFrozenCore: "chemical" });
  const occupations = [...natural.occupations];
  const nCore = occupations.filter((n) => n > 2 - threshold).length;
  const norb = occupations.filter((n) => n >= threshold).length - nCore;
  const size = { nelec: scf.nelec[0] + scf.nelec[1] - 2 * nCore, norb };
  requireCorrelation(
    size,
    `Lower the threshold for natural occupations, ${threshold}${enough(occupations)}.`,
  );
  checkActiveSpaceFits(size, countOf(scf));
  const left = [...occupations.slice(0, nCore), ...occupations.slice(nCore + norb)];
  const largestDiscarded = left.reduce((most, n) => Math.max(most, Math.min(n, 2 - n)), 0);
  const space: ActiveSpace = {
    ...size,
    orbitals: range(nCore, norb),
    rule: { rule: "natural-occupation", threshold },
    reason:
      `MP2 natural orbitals with ${threshold} to ${2 - threshold} electrons; of those left out none deviates from ` +
      `0 or 2 by more than ${digits(largestDiscarded)}.`,
    naturalOccupations: occupations.slice(nCore, nCore + norb),
    largestDiscardedOccupation: largestDiscarded,
  };
  return { space, orbitals: { nelec: scf.nelec, orbitals: [natural.orbitals] } };
}

async function avasActiveSpace(
  system: QuantumSystem,
  scf: ScfResult,
  { targets, threshold, resources }: { targets: string[]; threshold: number; resources: string },
): Promise<ChosenSpace> {
  const { occupiedWeights, virtualWeights, orbitals } = await avasOrbitals(system, scf, {
    targets,
    threshold,
    resources,
  });
  const chosen = (weights: Float64Array) => weights.filter((weight) => weight > threshold).length;
  const unpaired = scf.nelec[0] - scf.nelec[1];
  const pairs = chosen(occupiedWeights);
  const virtuals = chosen(virtualWeights);
  const size = { nelec: 2 * pairs + unpaired, norb: pairs + unpaired + virtuals };
  requireCorrelation(
    size,
    `Name more atomic orbitals than ${targets.join(", ")}, or lower the threshold, ${threshold}.`,
  );
  checkActiveSpaceFits(size, countOf(scf));
  const largestLeft = Math.max(occupiedWeights[pairs] ?? 0, virtualWeights[virtuals] ?? 0);
  const space = ofFieldOrbitals(size, range(scf.nelec[1] - pairs, size.norb), {
    rule: { rule: "avas", targets: [...targets], threshold },
    reason:
      `${pairs} occupied and ${virtuals} virtual orbitals with more than ${threshold} of their weight in ` +
      `${targets.join(", ")} (AVAS, STO-3G); the largest left out has ${digits(largestLeft)}.`,
  });
  return { space, orbitals: { nelec: scf.nelec, orbitals: [orbitals] } };
}

async function excitationActiveSpace(
  system: QuantumSystem,
  scf: ScfResult,
  { threshold, most, resources }: { threshold: number; most: number; resources: string },
): Promise<ChosenSpace> {
  const { pairs, empty, largestLeft, orbitals } = await excitationSpace(system, scf, {
    ...{ threshold, most, resources },
  });
  const size = { nelec: 2 * pairs, norb: pairs + empty };
  requireCorrelation(size, `Lower the threshold, ${threshold}.`);
  checkActiveSpaceFits(size, countOf(scf));
  const space = ofFieldOrbitals(size, range(scf.nelec[1] - pairs, size.norb), {
    rule: { rule: "excitations", threshold, most },
    reason:
      `${pairs} occupied and ${empty} empty valence orbitals that the lowest ${AVERAGED_STATES} singlets and triplets of single ` +
      `excitations empty or fill by ${threshold} electrons or more; the largest left out by ${digits(largestLeft)}.`,
  });
  return { space, orbitals: { nelec: scf.nelec, orbitals: [orbitals] } };
}

/**
 * Refuses, before any work, a frontier window or a list of orbitals that the molecule does not have or that is too large for
 * the method; what the other rules choose is known after the field only.
 *
 * Throws as `check`.
 */
export function checkActiveSpaceRequest(
  request: ActiveSpaceRequest,
  molecule: OrbitalCount,
  check: typeof checkActiveSpaceFits,
): void {
  if (!("rule" in request) || request.rule === "frontier") check(request, molecule);
  else if (request.rule === "orbitals") check(sizeOfList(request.orbitals, molecule), molecule);
}

/**
 * The active space of a converged RHF or ROHF field by a rule; null means the largest window up to (4e,4o).
 *
 * natural-occupation: unrelaxed MP2 natural orbitals, of UHF for open shells (P. Pulay, T. P. Hamilton,
 * doi:10.1063/1.454704); avas: doi:10.1021/acs.jctc.7b00128, targets from the STO-3G functions in `resources`; excitations: excitationSpace.
 *
 * @throws DomainError `invalid-input` where the rule does not fit the molecule or chooses nothing to correlate; AbortError.
 */
export async function chooseActiveSpace(
  system: QuantumSystem,
  scf: ScfResult,
  { request, resources }: { request: ActiveSpaceRequest | null; resources: string },
): Promise<ChosenSpace> {
  if (request === null) return { space: frontierActiveSpace(scf, defaultSize(scf)), orbitals: scf };
  if (!("rule" in request)) return { space: frontierActiveSpace(scf, request), orbitals: scf };
  switch (request.rule) {
    case "frontier":
      return { space: frontierActiveSpace(scf, request), orbitals: scf };
    case "orbitals":
      return { space: listedActiveSpace(scf, request.orbitals), orbitals: scf };
    case "natural-occupation":
      return naturalActiveSpace(system, scf, request.threshold);
    case "avas":
      return avasActiveSpace(system, scf, { ...request, resources });
    case "excitations":
      return excitationActiveSpace(system, scf, { ...request, resources });
  }
}

/** Doubly occupied orbitals beside an active space. */
const coreCount = ({ nelec: [nalpha, nbeta] }: OrbitalSet, { nelec }: Pick<ActiveSpace, "nelec">): number =>
  nbeta - (nelec - (nalpha - nbeta)) / 2;

/** The orbitals of an active space among those of its molecule: core, active, empty. */
export const spaceOrbitals = (
  { nBasis }: Pick<QuantumSystem, "nBasis">,
  set: OrbitalSet,
  space: Pick<ActiveSpace, "nelec" | "orbitals">,
): MoleculeOrbitals =>
  orderedOrbitals(set.orbitals[0], { nBasis, nCore: coreCount(set, space), active: space.orbitals });

/**
 * Hamiltonian of the active electrons with the frozen core folded in.
 *
 * All orbitals below the first active one that are not active are core. Cost: one Coulomb build for norb(norb+1)/2
 * densities.
 */
export function activeSpaceHamiltonian(
  system: QuantumSystem,
  set: OrbitalSet,
  space: Pick<ActiveSpace, "nelec" | "orbitals">,
): ActiveHamiltonian {
  const { nelec, orbitals } = set;
  const unpaired = nelec[0] - nelec[1];
  const active = new Set(space.orbitals);
  const nCore = coreCount(set, space);
  const core: number[] = [];
  for (let i = 0; core.length < nCore; i++) if (!active.has(i)) core.push(i);
  const h = callNative((addon) =>
    addon.activeSpaceHamiltonian({
      system: system.handle,
      orbitals: orbitals[0],
      core: Int32Array.from(core),
      active: Int32Array.from(space.orbitals),
    }),
  );
  return { ...h, nelec: [(space.nelec + unpaired) / 2, (space.nelec - unpaired) / 2] };
}
