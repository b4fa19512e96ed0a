/** From many starts to the few relaxed structures that may be the lowest. */
import type { Electrons, Geometry } from "#shared/molecule/molecule.ts";
import type { StateResults, States } from "../evaluate/states.ts";
import type { Conclusion } from "./protocol.ts";
import {
  correlated,
  energiesOf,
  GEOMETRY_BASIS,
  type Keys,
  notApplicable,
  notReached,
  ROUGH_BASIS,
  relaxation,
  relaxedGeometry,
  unknownOf,
} from "./requests.ts";

/** Rough energies order structures to within this, Hartree: 40 kJ/mol. */
const WINDOW_HARTREE = 0.015;
/** Structures of the same rough energy are one. */
const SAME_HARTREE = 1e-5;
const MOST = 3;

export interface Starts {
  /** Of the states: `name`-1 is relaxed from the first start, rough-1 and rough-energy-1 told whether that is worth while. */
  readonly name: string;
  /** In place of "rough" in the names of their states. */
  readonly rough?: string;
  readonly geometries: readonly Geometry[];
  readonly electrons: Electrons;
  /** "bond C1–C2 broke": what a start has become, by its number, if that is none of what is looked for; undefined where it is. */
  lostBond(end: Geometry, number: number): string | undefined;
}

/** A structure at its minimum, and the number of the start that led to it, from 1. */
export interface Relaxed {
  readonly number: number;
  readonly geometry: Geometry;
}

/** Numbers of the starts that end lowest, each structure once. */
function lowest(numbers: readonly number[], results: StateResults, rough: string): number[] {
  const ordered = numbers
    .flatMap((number) => {
      const { ranked } = energiesOf(results, `${rough}-energy-${number}`);
      return ranked === null ? [] : [{ number, energy: ranked }];
    })
    .sort((a, b) => a.energy - b.energy);
  const distinct = ordered.filter(
    ({ energy }, k) => energy - (ordered[k - 1]?.energy ?? -Infinity) > SAME_HARTREE,
  );
  return (
    distinct
      // There is a first where one is filtered.
      .filter(({ energy }) => energy - distinct[0]!.energy < WINDOW_HARTREE)
      .slice(0, MOST)
      .map(({ number }) => number)
  );
}

/**
 * Starts are relaxed by Hartree–Fock in the rough basis; where several end as what is looked for, MP2 energies at their ends choose up to three
 * within 40 kJ/mol of the lowest; these are relaxed in the geometry's basis.
 *
 * @returns the states that are to be computed next, or what they led to; none where nothing converged
 */
export function bestStarts(
  { name, rough: prefix = "rough", geometries, electrons, lostBond }: Starts,
  results: StateResults,
): States | Relaxed[] {
  const numbers = geometries.map((_, k) => k + 1);
  const asked = (
    state: string,
    some: readonly number[],
    request: (number: number) => States[string],
  ): States =>
    unknownOf(Object.fromEntries(some.map((number) => [`${state}-${number}`, request(number)])), results);
  // Numbers are those of the starts.
  const rough = asked(prefix, numbers, (number) => ({
    request: relaxation(geometries[number - 1]!, electrons, ROUGH_BASIS),
  }));
  if (Object.keys(rough).length > 0) return rough;
  const ends = numbers.filter((number) => {
    const end = relaxedGeometry(results, `${prefix}-${number}`);
    return end && lostBond(end, number) === undefined;
  });
  // Asked of those that have one.
  const endOf = (number: number): Geometry => relaxedGeometry(results, `${prefix}-${number}`)!;
  const energies = asked(`${prefix}-energy`, ends.length > 1 ? ends : [], (number) => ({
    request: correlated(endOf(number), electrons, { basis: GEOMETRY_BASIS }),
  }));
  if (Object.keys(energies).length > 0) return energies;
  const kept = ends.length > 1 ? lowest(ends, results, prefix) : ends;
  const relaxed = asked(name, kept, (number) => ({ request: relaxation(endOf(number), electrons) }));
  if (Object.keys(relaxed).length > 0) return relaxed;
  return kept.flatMap((number) => {
    const geometry = relaxedGeometry(results, `${name}-${number}`);
    return geometry && lostBond(geometry, number) === undefined ? [{ number, geometry }] : [];
  });
}

/** A start that ended as something else, and what became of it. */
export interface LostStart {
  readonly number: number;
  readonly change: string;
}

/** Those of the starts, once bestStarts has no more states to compute. */
export const lostStarts = (
  { name, rough = "rough", geometries, lostBond }: Starts,
  results: StateResults,
): LostStart[] =>
  geometries.flatMap((_, k) => {
    const number = k + 1;
    const ends = [rough, name].flatMap((state) => relaxedGeometry(results, `${state}-${number}`) ?? []);
    const [change] = ends.flatMap((end) => lostBond(end, number) ?? []);
    return change === undefined ? [] : [{ number, change }];
  });

/** How a start ended. */
interface StartEnd {
  /** not-followed where it is none of the lowest, so that nothing is known beyond its rough minimum. */
  readonly outcome: "relaxed" | "lost" | "not-converged" | "not-followed";
  /** The number of the start whose structures tell it: of its own, or of the one that has the same rough minimum and was followed. */
  readonly as: number;
}

/** Of each start, once bestStarts has no more states to compute. */
export function startEnds(starts: Starts, results: StateResults): StartEnd[] {
  const { name, rough = "rough", geometries } = starts;
  const numbers = geometries.map((_, k) => k + 1);
  const lost = new Set(lostStarts(starts, results).map(({ number }) => number));
  const followed = numbers.filter((number) => Object.hasOwn(results, `${name}-${number}`));
  const energyOf = (number: number): number | null => energiesOf(results, `${rough}-energy-${number}`).ranked;
  const endOf = (number: number): StartEnd => {
    const own = (outcome: StartEnd["outcome"]): StartEnd => ({ outcome, as: number });
    if (lost.has(number)) return own("lost");
    if (!relaxedGeometry(results, `${rough}-${number}`)) return own("not-converged");
    if (followed.includes(number))
      return own(relaxedGeometry(results, `${name}-${number}`) ? "relaxed" : "not-converged");
    const energy = energyOf(number);
    if (energy === null) return own("not-converged");
    const same = followed.find((other) => Math.abs((energyOf(other) ?? Infinity) - energy) <= SAME_HARTREE);
    return same === undefined ? own("not-followed") : endOf(same);
  };
  return numbers.map(endOf);
}

/**
 * Where no start led to what is looked for. That there is none is said where every start became something else: one that did not converge
 * might have led there.
 *
 * @param isElse a clause of what the first of them became: "bound, the two are something else: …"
 */
export function withoutRelaxed(
  starts: Starts,
  results: StateResults,
  { keys, isElse }: { keys: Keys; isElse: (change: string) => string },
): Conclusion {
  const [first] = lostStarts(starts, results);
  const ends = startEnds(starts, results).map(({ outcome }) => outcome);
  if (!first || ends.includes("not-converged")) return notReached(keys);
  const higher = ends.filter((end) => end === "not-followed").length;
  if (higher === 0) return notApplicable(keys, isElse(first.change));
  return { ...notReached(keys), reason: `${isElse(first.change)}; not followed: ${startsText(higher)}` };
}

const startsText = (higher: number): string =>
  higher === 1 ? "one start that ends higher" : `${higher} starts that end higher`;

/** Of structures whose energies are the states `name`-energy-1, -2 …, the lowest by MP2; undefined where there are none. */
export function lowestRelaxed(
  name: string,
  relaxed: readonly Relaxed[],
  results: StateResults,
): Relaxed | undefined {
  const energyOf = ({ number }: Relaxed): number =>
    energiesOf(results, `${name}-energy-${number}`).ranked ?? Number.POSITIVE_INFINITY;
  return [...relaxed].sort((a, b) => energyOf(a) - energyOf(b))[0];
}
