/**
 * Bond dissociation energy: electronic energy (De) that parts a molecule at its weakest bond into two radicals, all relaxed by
 * Hartree–Fock/6-31G*, by MP2 from RHF or UHF orbitals with the chemical core frozen, or by a functional, in the campaign's basis.
 *
 * Every single bond outside rings is parted first with the pieces as they are in the molecule, MP2/6-31G*; the three weakest within
 * 125 kJ/mol of the weakest, more than pieces gain when they relax, are done in full, or all bonds where that is asked for. Of the
 * spins that a piece may have the lowest counts. A charge that the structure does not state goes with either piece: a bond has an energy
 * for each way, as if it were so many bonds.
 */
import { atomicNumber, type Electrons, type Geometry } from "#shared/molecule/molecule.ts";
import type { Alternative } from "#shared/properties/evaluation.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import { toKcalPerMol } from "#shared/units.ts";
import type { StateResults } from "../evaluate/states.ts";
import type { BrokenBond, Candidate, Conclusion, Piece, Protocol, Round } from "./protocol.ts";
import {
  another,
  askedKeys,
  combined,
  concluded,
  correlated,
  type DeclaredKeys,
  energiesOf,
  energyAt,
  GEOMETRY_BASIS,
  type Keys,
  lowestEnergies,
  notApplicable,
  notReached,
  ownStates,
  relaxation,
  relaxedGeometry,
  type StateEnergies,
  UNKNOWN,
  whenRelaxed,
} from "./requests.ts";

const KEYS: DeclaredKeys = {
  mp2: "bondDissociation_hartree",
  hartreeFock: "bondDissociationHartreeFock_hartree",
  functional: "bondDissociationFunctional_hartree",
};
/** 125 kJ/mol. */
const WINDOW_HARTREE = 0.048;
const MOST_BONDS = 3;

/** A piece with one of its spins. */
interface Radical {
  readonly number: number;
  readonly geometry: Geometry;
  readonly electrons: Electrons;
  lostBond(elsewhere: Geometry): string | undefined;
}

interface Bond {
  /** "C1–O2", "C1–O2 (+1 with C1)" */
  readonly name: string;
  readonly sides: readonly [readonly Radical[], readonly Radical[]];
}

const keyOf = ({ geometry, charge }: Piece, multiplicity: number): string =>
  JSON.stringify([geometry.symbols, geometry.coordinates_angstrom, charge, multiplicity]);

/** @param added charge that either end's piece has beyond the structure */
function nameOf({ atoms, added }: BrokenBond, { symbols }: Geometry): string {
  const ends = atoms.map((atom) => `${symbols[atom]}${atom + 1}`);
  const charges = ends.flatMap((end, k) => {
    const charge = added?.[k] ?? 0;
    return charge === 0 ? [] : [`${charge > 0 ? "+" : "−"}${Math.abs(charge)} with ${end}`];
  });
  return `${ends.join("–")}${charges.length > 0 ? ` (${charges.join(", ")})` : ""}`;
}

/** Every piece and spin once, numbered from 1. */
function bondsOf(breaks: readonly BrokenBond[], geometry: Geometry): Bond[] {
  const numbers = new Map<string, number>();
  const radicals = (piece: Piece): Radical[] =>
    piece.multiplicities.map((multiplicity) => {
      const key = keyOf(piece, multiplicity);
      const number = numbers.get(key) ?? numbers.size + 1;
      numbers.set(key, number);
      const electrons = { charge: piece.charge, multiplicity };
      return { number, geometry: piece.geometry, electrons, lostBond: (end) => piece.lostBond(end) };
    });
  return breaks.map((bond) => {
    const [a, b] = bond.fragments;
    return { name: nameOf(bond, geometry), sides: [radicals(a), radicals(b)] };
  });
}

/** The lowest of a side's spins. */
const lowest = (side: readonly Radical[], energies: (radical: Radical) => StateEnergies): StateEnergies =>
  lowestEnergies(side.map(energies));

const parted = (
  { sides: [a, b] }: Bond,
  molecule: StateEnergies,
  energies: (radical: Radical) => StateEnergies,
): StateEnergies =>
  combined([
    [1, lowest(a, energies)],
    [1, lowest(b, energies)],
    [-1, molecule],
  ]);

const isAtom = ({ geometry }: Radical): boolean => geometry.symbols.length === 1;

/** A proton, whose energy is nothing. */
const isBare = ({ geometry, electrons }: Radical): boolean =>
  geometry.symbols.reduce((sum, symbol) => sum + (atomicNumber(symbol) ?? 0), 0) === electrons.charge;

const NOTHING: StateEnergies = { hartreeFock: 0, ranked: 0 };

/** @param prefix of its state's name: "rigid" */
const radicalEnergies =
  (results: StateResults, prefix: string) =>
  (radical: Radical): StateEnergies =>
    isBare(radical) ? NOTHING : energiesOf(results, `${prefix}-${radical.number}`);

/** One request a radical that is not known yet; those of several bonds once. */
function missing(
  bonds: readonly Bond[],
  results: StateResults,
  request: (radical: Radical) => [string, EnergyRequest] | undefined,
): [string, EnergyRequest][] {
  const radicals = bonds.flatMap(({ sides }) => sides.flat()).filter((radical) => !isBare(radical));
  const all = radicals.map(request).filter((asked) => asked !== undefined);
  return [...new Map(all)].filter(([name]) => !(name in results));
}

const round = (requests: readonly [string, EnergyRequest][]): Round => ({ states: ownStates(requests) });

const isReached = ({ ranked }: StateEnergies): boolean => ranked !== null;
const byStrength = (a: { energies: StateEnergies }, b: { energies: StateEnergies }): number =>
  Number(a.energies.ranked) - Number(b.energies.ranked);

/** Bonds with what parts them into pieces as they are in the molecule. */
interface Rigid {
  readonly bond: Bond;
  readonly energies: StateEnergies;
}

function rigidly(bonds: readonly Bond[], results: StateResults): Rigid[] {
  const molecule = energiesOf(results, "molecule-rigid");
  const rigid = radicalEnergies(results, "rigid");
  return bonds.map((bond) => ({ bond, energies: parted(bond, molecule, rigid) }));
}

/** Those that may be the weakest. */
function weakest(rigid: readonly Rigid[]): Bond[] {
  const ordered = rigid.filter(({ energies }) => isReached(energies)).sort(byStrength);
  const lowest = Number(ordered[0]?.energies.ranked);
  return ordered
    .filter(({ energies }) => Number(energies.ranked) - lowest < WINDOW_HARTREE)
    .slice(0, MOST_BONDS)
    .map(({ bond }) => bond);
}

/** What is said of a bond that was not done in full. */
const leftOut = ({ ranked }: StateEnergies): string =>
  ranked === null
    ? "its pieces as they are in the molecule did not converge"
    : `not among the weakest: ${toKcalPerMol(ranked).toFixed(1)} kcal/mol into pieces as they are in the molecule, MP2/6-31G*`;

/** A bond that was done in full. */
interface Full extends Rigid {
  /** "bond C1–C2 broke": what became of a piece of which no spin stayed what it was. */
  readonly change: string | undefined;
  /** Whether a piece of it, with one spin or all, became something else. */
  readonly hasLost: boolean;
}

const noNumber = ({ change }: Full): string =>
  change === undefined ? "its pieces did not converge" : `a piece is something else: ${whenRelaxed(change)}`;

/** Every bond, those that were done in full first. */
function alternativesOf(full: readonly Full[], rigid: readonly Rigid[]): Alternative[] {
  const done = full.map((one) => ({
    name: one.bond.name,
    value: one.energies.ranked,
    ...(!isReached(one.energies) && { remark: noNumber(one) }),
    ...(one.hasLost && { isLeftOut: true as const }),
  }));
  const rest = rigid.filter(({ bond }) => !full.some((other) => other.bond === bond));
  return [
    ...done,
    ...rest.map(({ bond: { name }, energies }) => ({ name, value: null, remark: leftOut(energies) })),
  ];
}

/** What a piece has become at its minimum; undefined where it is what it was, or an atom, or did not converge. */
function changeOf(radical: Radical, results: StateResults): string | undefined {
  const end = isAtom(radical) ? undefined : relaxedGeometry(results, `fragment-${radical.number}`);
  return end && radical.lostBond(end);
}

/** Of the side that has no spin with which it stayed what it was. */
function changeOfBond({ sides }: Bond, results: StateResults): string | undefined {
  const changes = sides.map((side) => side.map((radical) => changeOf(radical, results)));
  return changes.find((ofSide) => ofSide.every((change) => change !== undefined))?.[0];
}

/** Pieces at their minima, then the energies of all. A piece that becomes something else on the way does not count. */
function inFull(
  candidate: Candidate,
  { bonds, rigid, molecule }: { bonds: readonly Bond[]; rigid: readonly Rigid[]; molecule: Geometry },
  results: StateResults,
): Round | Conclusion {
  const keys = askedKeys(KEYS, candidate);
  const relaxing = missing(bonds, results, (radical) =>
    isAtom(radical)
      ? undefined
      : [`fragment-${radical.number}`, relaxation(radical.geometry, radical.electrons)],
  );
  if (relaxing.length > 0) return round(relaxing);
  const { charge, multiplicity } = candidate;
  const whole: [string, EnergyRequest] = [
    "molecule-energy",
    energyAt(candidate, molecule, { charge, multiplicity }),
  ];
  const energies = missing(bonds, results, (radical) => {
    if (changeOf(radical, results) !== undefined) return undefined;
    const where = isAtom(radical) ? radical.geometry : relaxedGeometry(results, `fragment-${radical.number}`);
    return where && [`fragment-energy-${radical.number}`, energyAt(candidate, where, radical.electrons)];
  });
  const asked = [...("molecule-energy" in results ? [] : [whole]), ...energies];
  if (asked.length > 0) return round(asked);
  const relaxed = radicalEnergies(results, "fragment-energy");
  const full = bonds
    .map((bond) => ({
      bond,
      energies: parted(bond, energiesOf(results, "molecule-energy"), relaxed),
      change: changeOfBond(bond, results),
      hasLost: bond.sides.flat().some((radical) => changeOf(radical, results) !== undefined),
    }))
    .sort((a, b) => Number(!isReached(a.energies)) - Number(!isReached(b.energies)) || byStrength(a, b));
  const weakestReached = full.find((bond) => isReached(bond.energies));
  const { energies: found = UNKNOWN } = weakestReached ?? {};
  const all = alternativesOf(full, rigid);
  return {
    ...(othersOnly(full, rigid, keys) ?? concluded(keys, found)),
    ...((all.length > 1 || full.some(({ hasLost }) => hasLost)) && {
      alternatives: all,
      chosen: weakestReached?.bond.name,
    }),
  };
}

/** Where each bond that was done in full left something else: that the molecule has no bond energy, unless others were not done. */
function othersOnly(full: readonly Full[], rigid: readonly Rigid[], keys: Keys): Conclusion | undefined {
  const [first] = full;
  if (!first || full.some(({ change }) => change === undefined)) return undefined;
  const rest = rigid.filter(({ bond }) => !full.some((other) => other.bond === bond));
  if (rest.length === 0) return notApplicable(keys, noNumber(first));
  if (!rest.every(({ energies }) => isReached(energies))) return undefined;
  return {
    ...notReached(keys),
    reason: `of the weakest bonds ${noNumber(first)}; the others were not done in full, as they are where all bonds are asked for`,
  };
}

export const bondDissociationProtocol: Protocol = {
  next(candidate, results) {
    const { geometry, charge, multiplicity, structures, settings } = candidate;
    const keys = askedKeys(KEYS, candidate);
    const own = { charge, multiplicity };
    const bonds = bondsOf(structures.bondBreaks(own), geometry);
    const isChosen = bonds.length > 1 && settings.bonds !== "all";
    if (!("molecule" in results))
      return round([
        ["molecule", relaxation(geometry, own)],
        ...(isChosen
          ? ([["molecule-rigid", correlated(geometry, own, { basis: GEOMETRY_BASIS })]] as [
              string,
              EnergyRequest,
            ][])
          : []),
      ]);
    const molecule = relaxedGeometry(results, "molecule");
    if (!molecule) return notReached(keys);
    const change = structures.lostBond(molecule);
    if (change !== undefined) return another(keys, change);
    if (bonds.length === 0) {
      const reason = structures.marksBond
        ? "the bond that is marked is in a ring: breaking it leaves one piece"
        : "it has no single bond outside rings";
      return notApplicable(keys, reason);
    }
    const asked = missing(isChosen ? bonds : [], results, ({ number, geometry: where, electrons }) => [
      `rigid-${number}`,
      correlated(where, electrons, { basis: GEOMETRY_BASIS }),
    ]);
    if (asked.length > 0) return round(asked);
    const rigid = isChosen ? rigidly(bonds, results) : [];
    const kept = isChosen ? weakest(rigid) : bonds;
    return inFull(candidate, { bonds: kept, rigid, molecule }, results);
  },
};
