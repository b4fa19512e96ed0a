/**
 * Bond dissociation energy: electronic energy (De) that parts a molecule at its weakest bond into two radicals, all relaxed by
 * Hartree–Fock/6-31G*, by MP2 from RHF or UHF orbitals with the chemical core frozen in the campaign's basis.
 *
 * Every single bond outside rings is parted first with the pieces as they are in the molecule, MP2/6-31G*; the three weakest within
 * 125 kJ/mol of the weakest, more than pieces gain when they relax, are done in full. Of the spins that a piece may have the lowest counts.
 */
import type { Electrons, Geometry } from "#shared/molecule/molecule.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import type { StateResults } from "../evaluate/states.ts";
import type { BrokenBond, Candidate, Conclusion, Piece, Protocol, Round } from "./protocol.ts";
import {
  combined,
  concluded,
  correlated,
  energiesOf,
  energyBasis,
  GEOMETRY_BASIS,
  type Keys,
  lowestEnergies,
  notApplicable,
  notReached,
  relaxation,
  relaxedGeometry,
  type StateEnergies,
  UNKNOWN,
} from "./requests.ts";

const KEYS: Keys = {
  mp2: "bondDissociation_hartree",
  hartreeFock: "bondDissociationHartreeFock_hartree",
};
/** 125 kJ/mol. */
const WINDOW_HARTREE = 0.048;
const MOST_BONDS = 3;

/** A piece with one of its spins. */
interface Radical {
  readonly number: number;
  readonly geometry: Geometry;
  readonly electrons: Electrons;
}

interface Bond {
  readonly sides: readonly [readonly Radical[], readonly Radical[]];
}

const keyOf = ({ geometry, charge }: Piece, multiplicity: number): string =>
  JSON.stringify([geometry.symbols, geometry.coordinates_angstrom, charge, multiplicity]);

/** Every piece and spin once, numbered from 1. */
function bondsOf(breaks: readonly BrokenBond[]): Bond[] {
  const numbers = new Map<string, number>();
  const radicals = (piece: Piece): Radical[] =>
    piece.multiplicities.map((multiplicity) => {
      const key = keyOf(piece, multiplicity);
      const number = numbers.get(key) ?? numbers.size + 1;
      numbers.set(key, number);
      return { number, geometry: piece.geometry, electrons: { charge: piece.charge, multiplicity } };
    });
  return breaks.map(({ fragments: [a, b] }) => ({ sides: [radicals(a), radicals(b)] }));
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

/** One request a radical that is not known yet; those of several bonds once. */
function missing(
  bonds: readonly Bond[],
  results: StateResults,
  request: (radical: Radical) => [string, EnergyRequest] | undefined,
): [string, EnergyRequest][] {
  const radicals = bonds.flatMap(({ sides }) => sides.flat());
  const all = radicals.map(request).filter((asked) => asked !== undefined);
  return [...new Map(all)].filter(([name]) => !(name in results));
}

const round = (requests: readonly [string, EnergyRequest][]): Round => ({
  states: Object.fromEntries(requests.map(([name, request]) => [name, { request }])),
});

/** The weakest bonds with pieces as they are in the molecule; all where there are few. */
function weakest(bonds: readonly Bond[], molecule: StateEnergies, results: StateResults): Bond[] {
  const rigid = ({ number }: Radical) => energiesOf(results, `rigid-${number}`);
  const ordered = bonds
    .flatMap((bond) => {
      const { mp2 } = parted(bond, molecule, rigid);
      return mp2 === null ? [] : [{ bond, energy: mp2 }];
    })
    .sort((a, b) => a.energy - b.energy);
  return (
    ordered
      // There is a first where one is filtered.
      .filter(({ energy }) => energy - ordered[0]!.energy < WINDOW_HARTREE)
      .slice(0, MOST_BONDS)
      .map(({ bond }) => bond)
  );
}

/** Pieces at their minima, then the energies of all. */
function inFull(
  candidate: Candidate,
  { bonds, molecule }: { bonds: readonly Bond[]; molecule: Geometry },
  results: StateResults,
): Round | Conclusion {
  const relaxing = missing(bonds, results, (radical) =>
    isAtom(radical)
      ? undefined
      : [`fragment-${radical.number}`, relaxation(radical.geometry, radical.electrons)],
  );
  if (relaxing.length > 0) return round(relaxing);
  const basis = energyBasis(candidate);
  const { charge, multiplicity } = candidate;
  const whole: [string, EnergyRequest] = [
    "molecule-energy",
    correlated(molecule, { charge, multiplicity }, basis),
  ];
  const energies = missing(bonds, results, (radical) => {
    const where = isAtom(radical) ? radical.geometry : relaxedGeometry(results, `fragment-${radical.number}`);
    return where && [`fragment-energy-${radical.number}`, correlated(where, radical.electrons, basis)];
  });
  const asked = [...("molecule-energy" in results ? [] : [whole]), ...energies];
  if (asked.length > 0) return round(asked);
  const relaxed = ({ number }: Radical) => energiesOf(results, `fragment-energy-${number}`);
  const all = bonds
    .map((bond) => parted(bond, energiesOf(results, "molecule-energy"), relaxed))
    .filter(({ mp2 }) => mp2 !== null)
    .sort((a, b) => Number(a.mp2) - Number(b.mp2));
  return concluded(KEYS, all[0] ?? UNKNOWN);
}

export const bondDissociationProtocol: Protocol = {
  next(candidate, results) {
    const { geometry, charge, multiplicity, structures } = candidate;
    const own = { charge, multiplicity };
    const bonds = bondsOf(structures.bondBreaks());
    if (!("molecule" in results))
      return round([
        ["molecule", relaxation(geometry, own)],
        ...(bonds.length > 1
          ? ([["molecule-rigid", correlated(geometry, own, { basis: GEOMETRY_BASIS })]] as [
              string,
              EnergyRequest,
            ][])
          : []),
      ]);
    const molecule = relaxedGeometry(results, "molecule");
    if (!molecule) return notReached(KEYS);
    if (bonds.length === 0) {
      const reason = structures.marksBond
        ? "the bond that is marked is in a ring: breaking it leaves one piece"
        : "it has no single bond outside rings";
      return notApplicable(KEYS, reason);
    }
    const rigid = missing(
      bonds.length > 1 ? bonds : [],
      results,
      ({ number, geometry: where, electrons }) => [
        `rigid-${number}`,
        correlated(where, electrons, { basis: GEOMETRY_BASIS }),
      ],
    );
    if (rigid.length > 0) return round(rigid);
    const kept = bonds.length > 1 ? weakest(bonds, energiesOf(results, "molecule-rigid"), results) : bonds;
    return inFull(candidate, { bonds: kept, molecule }, results);
  },
};
