/**
 * Adiabatic ionisation energy: energy of the cation less that of the molecule, each at its own Hartree–Fock/6-31G* minimum, by MP2 with
 * the chemical core frozen in the campaign's basis; electronic, without zero-point energy. The cation is relaxed from the molecule's
 * geometry with each spin that taking an electron leaves; the lowest by MP2 counts.
 */
import type { Protocol } from "./protocol.ts";
import {
  combined,
  concluded,
  correlated,
  energiesOf,
  energyBasis,
  type Keys,
  lowestEnergies,
  notReached,
  ownStates,
  relaxation,
  relaxedGeometry,
  unknownOf,
} from "./requests.ts";

/** Taking an electron from a closed shell leaves a doublet, from an open one either spin. */
const spinsLeft = (multiplicity: number): number[] =>
  multiplicity === 1 ? [2] : [multiplicity - 1, multiplicity + 1];

const KEYS: Keys = {
  mp2: "adiabaticIonisation_hartree",
  hartreeFock: "adiabaticIonisationHartreeFock_hartree",
};

export const adiabaticIonisationProtocol: Protocol = {
  next(candidate, results) {
    const { geometry, charge, multiplicity } = candidate;
    if (!("molecule" in results))
      return { states: { molecule: { request: relaxation(geometry, { charge, multiplicity }) } } };
    const molecule = relaxedGeometry(results, "molecule");
    if (!molecule) return notReached(KEYS);
    const cations = spinsLeft(multiplicity).map((spin, k) => ({
      name: `cation-${k + 1}`,
      energy: `cation-energy-${k + 1}`,
      electrons: { charge: charge + 1, multiplicity: spin },
    }));
    const relaxing = unknownOf(
      ownStates(cations.map(({ name, electrons }) => [name, relaxation(molecule, electrons)])),
      results,
    );
    if (Object.keys(relaxing).length > 0) return { states: relaxing };
    if ("molecule-energy" in results) {
      const cation = lowestEnergies(cations.map(({ energy }) => energiesOf(results, energy)));
      const energies = combined([
        [1, cation],
        [-1, energiesOf(results, "molecule-energy")],
      ]);
      return concluded(KEYS, energies);
    }
    const basis = energyBasis(candidate);
    const reached = cations.flatMap(({ name, energy, electrons }) => {
      const where = relaxedGeometry(results, name);
      return where ? [[energy, correlated(where, electrons, basis)] as const] : [];
    });
    if (reached.length === 0) return notReached(KEYS);
    const own = correlated(molecule, { charge, multiplicity }, basis);
    return { states: ownStates([["molecule-energy", own], ...reached]) };
  },
};
