/**
 * Binding of an ion or a small molecule, the probe: electronic energy of M + X less that of the complex, positive where it is bound.
 *
 * Poses are found by chemistry and relaxed; the lowest complex by MP2 counts. Energies of the complex and of its parts where they
 * are in it are MP2 in the complex's basis (counterpoise, S. F. Boys, F. Bernardi, doi:10.1080/00268977000101561); what it costs
 * the parts to take those shapes is added, each in its own. The chemical core is frozen alike in complex and parts.
 *
 * A start that ends with a bond of either part broken, as where a proton goes over, is no complex of the two, and left out; a new bond
 * between them is told.
 */
import { lostBond } from "#shared/molecule/lost-bond.ts";
import type { Electrons, Geometry } from "#shared/molecule/molecule.ts";
import type { Alternative } from "#shared/properties/evaluation.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import type { StateResults } from "../evaluate/states.ts";
import {
  bestStarts,
  type LostStart,
  lostStarts,
  lowestRelaxed,
  type Relaxed,
  type Starts,
  startEnds,
  withoutRelaxed,
} from "./best-starts.ts";
import { isAtom, type Probe } from "./probes.ts";
import type { Candidate, Conclusion, Protocol, Round } from "./protocol.ts";
import {
  another,
  combined,
  concluded,
  correlated,
  energiesOf,
  energyBasis,
  type Keys,
  notApplicable,
  notReached,
  ownResult,
  ownStates,
  relaxation,
  relaxedGeometry,
  unknownOf,
} from "./requests.ts";

/** Molecule and probe at their minima, and the probe itself. */
interface Parts {
  readonly molecule: Geometry;
  readonly own: Electrons;
  readonly alone: Geometry;
  readonly probe: Probe;
  /** Of the probe in the complex's basis. */
  readonly inComplex: string;
}

type Asked = Record<string, EnergyRequest>;

const slice = ({ symbols, coordinates_angstrom: xyz }: Geometry, from: number, to?: number): Geometry => ({
  symbols: symbols.slice(from, to),
  coordinates_angstrom: xyz.slice(3 * from, to === undefined ? undefined : 3 * to),
});

/** Each part in the complex's basis, in its own, and at its minimum. */
function partRequests(
  candidate: Candidate,
  { geometry }: Relaxed,
  { molecule, own, alone, probe, inComplex }: Parts,
): Asked {
  const basis = energyBasis(candidate);
  const first = candidate.geometry.symbols.length;
  const atoms = geometry.symbols.map((_, atom) => atom);
  const ofMolecule: Asked = {
    "molecule-energy": correlated(molecule, own, basis),
    "molecule-in-complex": correlated(geometry, own, { ...basis, ghosts: atoms.slice(first) }),
  };
  const ofProbe = correlated(geometry, electronsOf(probe), { ...basis, ghosts: atoms.slice(0, first) });
  const bent: Asked = { "molecule-bent": correlated(slice(geometry, 0, first), own, basis) };
  if (isAtom(probe)) return { ...ofMolecule, [inComplex]: ofProbe, ...bent };
  return {
    ...ofMolecule,
    ...bent,
    "probe-energy": correlated(alone, electronsOf(probe), basis),
    [inComplex]: ofProbe,
    "probe-bent": correlated(slice(geometry, first), electronsOf(probe), basis),
  };
}

const electronsOf = ({ charge, multiplicity }: Electrons): Electrons => ({ charge, multiplicity });

/** Of an ion that has a property of its own. */
const ION_IN_COMPLEX = "ion-in-complex";

/** What the charges would do apart: a doubly charged ion takes an electron from the molecule where that costs less than it gives. */
function chargeTransferRequests(candidate: Candidate, { molecule, own, probe, inComplex }: Parts): Asked {
  if (inComplex !== ION_IN_COMPLEX || probe.charge < 2) return {};
  const basis = energyBasis(candidate);
  const { charge, multiplicity } = own;
  const fewer = { charge: charge + 1, multiplicity: multiplicity === 1 ? 2 : multiplicity - 1 };
  return {
    "ion-energy": correlated(probe.geometry, electronsOf(probe), basis),
    "ion-reduced": correlated(probe.geometry, { charge: probe.charge - 1, multiplicity: 2 }, basis),
    "molecule-oxidised": correlated(molecule, fewer, basis),
  };
}

/** What became of molecule and probe in a complex: whose bond broke; undefined where both are what they were. */
function changeIn(complex: Geometry, { structures, geometry }: Candidate, parts: Parts): string | undefined {
  const [ofMolecule, ofProbe] = [
    structures.lostBond(complex),
    lostBond({ geometry: parts.alone, bonds: parts.probe.bonds }, complex, {
      first: geometry.symbols.length,
    }),
  ];
  if (ofMolecule !== undefined) return `the molecule's ${ofMolecule}`;
  return ofProbe && `the probe's ${ofProbe}`;
}

interface Complexes {
  readonly complexes: readonly Relaxed[];
  readonly starts: Starts;
  readonly electrons: Electrons;
  readonly parts: Parts;
}

/** What the complex was chosen from, where that is to be known: starts that ended as something else, and a bond that it has. */
function alternativesOf(
  { number, geometry }: Relaxed,
  { structures }: Candidate,
  { value, lost, probe }: { value: number | null; lost: readonly LostStart[]; probe: Probe },
): Alternative[] | undefined {
  const bond = isAtom(probe) ? undefined : structures.newBond(geometry);
  if (lost.length === 0 && bond === undefined) return undefined;
  const chosen = { name: `complex ${number}`, value };
  return [
    bond === undefined ? chosen : { ...chosen, remark: `a bond ${bond} has formed` },
    ...lost.map((start) => ({ name: `complex ${start.number}`, value: null, remark: start.change })),
  ];
}

/** The complex's energies, then those of its parts, then the number. */
function ofComplexes(
  candidate: Candidate,
  { complexes, starts, electrons, parts }: Complexes,
  { results, keys }: { results: StateResults; keys: Keys },
): Round | Conclusion {
  const basis = energyBasis(candidate);
  const energies = complexes.map(
    ({ number, geometry }) => [`complex-energy-${number}`, correlated(geometry, electrons, basis)] as const,
  );
  const unknown = unknownOf(ownStates(energies), results);
  if (Object.keys(unknown).length > 0) return { states: unknown };
  const complex = lowestRelaxed("complex", complexes, results);
  if (!complex)
    return withoutRelaxed(starts, results, {
      keys,
      isElse: (change) => `bound, the two are something else: ${change}`,
    });
  const asked = { ...partRequests(candidate, complex, parts), ...chargeTransferRequests(candidate, parts) };
  if (!("molecule-energy" in results)) return { states: ownStates(Object.entries(asked)) };
  const of = (name: string) => energiesOf(results, name);
  const ofProbe = isAtom(parts.probe)
    ? []
    : ([
        [-1, of("probe-bent")],
        [1, of("probe-energy")],
      ] as const);
  const bound = combined([
    [1, of("molecule-in-complex")],
    [1, of(parts.inComplex)],
    [-1, of(`complex-energy-${complex.number}`)],
    [-1, of("molecule-bent")],
    [1, of("molecule-energy")],
    ...ofProbe,
  ]);
  const { probe } = parts;
  const lost = lostStarts(starts, results);
  return {
    ...concluded(keys, bound),
    alternatives: alternativesOf(complex, candidate, { value: bound.ranked, lost, probe }),
  };
}

/** Further than any contact, which were 2 to 4 Å apart at the start. */
const PARTED_ANGSTROM = 5;

/**
 * Whether a relaxation ended with the probe, whose atoms come after `first` others, far from the molecule: also where the force between them
 * has become so small there that it counts as converged.
 */
function hasParted(results: StateResults, name: string, first: number): boolean {
  const { optimisation } = ownResult(results, name) ?? {};
  if (!optimisation) return false;
  const { coordinates_angstrom: xyz } = optimisation.geometry;
  const places = Array.from({ length: xyz.length / 3 }, (_, atom) => xyz.slice(3 * atom, 3 * atom + 3));
  const [own, probe] = [places.slice(0, first), places.slice(first)];
  return own.every((a) =>
    probe.every((b) => Math.hypot(...a.map((x, axis) => x - b[axis]!)) > PARTED_ANGSTROM),
  );
}

/** Whether from all starts, or from all that were followed beyond a rough minimum, the probe left the molecule. */
function partedStarts(starts: Starts, results: StateResults, first: number): "all" | "followed" | "none" {
  const others = startEnds(starts, results).filter(
    ({ as }) => !["rough", "complex"].some((stem) => hasParted(results, `${stem}-${as}`, first)),
  );
  if (others.length === 0) return "all";
  return others.every(({ outcome }) => outcome === "not-followed") ? "followed" : "none";
}

const FOLLOWED_PART =
  "from the lowest starts the two move apart; others, which end higher in STO-3G, were not followed";

const notBound = (keys: Keys): Conclusion => ({
  ...notReached(keys),
  outcome: "not-bound",
  reason: "not bound: from every start the two move apart",
});

/** Of two closed shells, or of one that is and one that is not: how two open shells would couple is not asked. */
const spinOf = (a: number, b: number): number | undefined =>
  Math.min(a, b) === 1 ? Math.max(a, b) : undefined;

/** @param fixed what is bound; absent: what the candidate brings @param stem of the property's keys */
export function bindingProtocol(fixed: Probe | undefined, stem: string): Protocol {
  const keys: Keys = { ranked: `${stem}_hartree`, hartreeFock: `${stem}HartreeFock_hartree` };
  return {
    next(candidate, results): Round | Conclusion {
      const { geometry, charge, multiplicity, structures } = candidate;
      const probe = fixed ?? candidate.probe;
      if (!probe) throw new Error("binding to a probe that nobody named");
      const own = { charge, multiplicity };
      const spin = spinOf(multiplicity, probe.multiplicity);
      const first = {
        molecule: relaxation(geometry, own),
        ...(!isAtom(probe) && { probe: relaxation(probe.geometry, electronsOf(probe)) }),
      };
      if (!("molecule" in results)) return { states: ownStates(Object.entries(first)) };
      const molecule = relaxedGeometry(results, "molecule");
      const alone = isAtom(probe) ? probe.geometry : relaxedGeometry(results, "probe");
      if (!molecule || !alone) return notReached(keys);
      const change = structures.lostBond(molecule);
      if (change !== undefined) return another(keys, change);
      const ofProbe = lostBond(probe, alone);
      if (ofProbe !== undefined)
        return { ...notReached(keys), reason: `the probe's ${ofProbe} when it was relaxed` };
      if (spin === undefined)
        return notApplicable(
          keys,
          "molecule and probe both have unpaired electrons, which would pair or not",
        );
      const electrons = { charge: charge + probe.charge, multiplicity: spin };
      const geometries = structures.probePoses(probe).map((pose) => pose.geometry);
      if (geometries.length === 0)
        return notApplicable(keys, "no place at the molecule has room for what is to be bound");
      const inComplex = fixed && isAtom(fixed) ? ION_IN_COMPLEX : "probe-in-complex";
      const parts = { molecule, own, alone, probe, inComplex };
      const starts = {
        ...{ name: "complex", geometries, electrons },
        lostBond: (complex: Geometry) => changeIn(complex, candidate, parts),
      };
      const complexes = bestStarts(starts, results);
      if (!Array.isArray(complexes)) return { states: complexes };
      const apart = partedStarts(starts, results, geometry.symbols.length);
      if (apart === "all") return notBound(keys);
      if (apart === "followed") return { ...notReached(keys), reason: FOLLOWED_PART };
      return ofComplexes(candidate, { complexes, starts, electrons, parts }, { results, keys });
    },
  };
}
