/**
 * Binding of a closed-shell cation: electronic energy of M + X⁺ less that of the complex, positive where it is bound.
 *
 * Poses are found by chemistry and relaxed; the lowest complex by MP2 counts. Energies of the complex and of its parts where they
 * are in it are MP2 in the complex's basis (counterpoise, S. F. Boys, F. Bernardi, doi:10.1080/00268977000101561), what it costs the
 * molecule to take that shape is added in its own. The chemical core is frozen alike in complex and parts.
 */
import type { Electrons } from "#shared/molecule/molecule.ts";
import type { StateResults, States } from "../evaluate/states.ts";
import { bestStarts, lowestRelaxed, type Relaxed } from "./best-starts.ts";
import type { Candidate, Conclusion, Protocol, Round } from "./protocol.ts";
import {
  combined,
  concluded,
  correlated,
  energiesOf,
  energyBasis,
  type Keys,
  notReached,
  relaxation,
  relaxedGeometry,
  unknownOf,
} from "./requests.ts";

interface Cation {
  /** Of its element. */
  readonly symbol: string;
  readonly charge: number;
}

/** The complex's parts where they are in it, and the molecule there and at its own minimum in its own functions. */
function partStates(
  candidate: Candidate,
  { geometry }: Relaxed,
  { molecule, ion }: { molecule: States[string]; ion: Electrons },
): States {
  const { charge, multiplicity } = candidate;
  const basis = energyBasis(candidate);
  const atoms = candidate.geometry.symbols.length;
  const own = { charge, multiplicity };
  const shape = {
    symbols: geometry.symbols.slice(0, atoms),
    coordinates_angstrom: geometry.coordinates_angstrom.slice(0, 3 * atoms),
  };
  const lent = candidate.geometry.symbols.map((_, atom) => atom);
  return {
    "molecule-energy": molecule,
    "molecule-in-complex": { request: correlated(geometry, own, { ...basis, ghosts: [atoms] }) },
    "ion-in-complex": { request: correlated(geometry, ion, { ...basis, ghosts: lent }) },
    "molecule-bent": { request: correlated(shape, own, basis) },
  };
}

export function cationAffinityProtocol({ symbol, charge: ionCharge }: Cation, keys: Keys): Protocol {
  return {
    next(candidate, results): Round | Conclusion {
      const { geometry, charge, multiplicity, structures } = candidate;
      const own = { charge, multiplicity };
      if (!("molecule" in results)) return { states: { molecule: { request: relaxation(geometry, own) } } };
      const relaxed = relaxedGeometry(results, "molecule");
      if (!relaxed) return notReached(keys);
      const electrons = { charge: charge + ionCharge, multiplicity };
      const geometries = structures.ionPoses(symbol).map((pose) => pose.geometry);
      const complexes = bestStarts({ name: "complex", geometries, electrons }, results);
      if (!Array.isArray(complexes)) return { states: complexes };
      const basis = energyBasis(candidate);
      const energies = complexes.map(({ number, geometry: where }) => [
        `complex-energy-${number}`,
        { request: correlated(where, electrons, basis) },
      ]);
      const unknown = unknownOf(Object.fromEntries(energies), results);
      if (Object.keys(unknown).length > 0) return { states: unknown };
      const complex = lowestRelaxed("complex", complexes, results);
      if (!complex) return notReached(keys);
      const parts = partStates(candidate, complex, {
        molecule: { request: correlated(relaxed, own, basis) },
        ion: { charge: ionCharge, multiplicity: 1 },
      });
      if (!("molecule-energy" in results)) return { states: parts };
      return bound(complex, results, keys);
    },
  };
}

function bound({ number }: Relaxed, results: StateResults, keys: Keys): Conclusion {
  const energies = combined([
    [1, energiesOf(results, "molecule-in-complex")],
    [1, energiesOf(results, "ion-in-complex")],
    [-1, energiesOf(results, `complex-energy-${number}`)],
    [-1, energiesOf(results, "molecule-bent")],
    [1, energiesOf(results, "molecule-energy")],
  ]);
  return concluded(keys, energies);
}
