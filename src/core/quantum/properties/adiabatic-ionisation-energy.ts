/**
 * Adiabatic ionisation energy: energy of the cation less that of the molecule, each at its own Hartree–Fock/6-31G* minimum, by MP2 with
 * the chemical core frozen in the campaign's basis; electronic, without zero-point energy. The cation is relaxed from the molecule's
 * geometry with each spin that taking an electron leaves; the lowest by MP2 counts.
 */
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import type { Protocol } from "./protocol.ts";
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
  type StateEnergies,
} from "./requests.ts";

/** Taking an electron from a closed shell leaves a doublet, from an open one either spin. */
const spinsLeft = (multiplicity: number): number[] =>
  multiplicity === 1 ? [2] : [multiplicity - 1, multiplicity + 1];

const KEYS: Keys = {
  mp2: "adiabaticIonisation_hartree",
  hartreeFock: "adiabaticIonisationHartreeFock_hartree",
};

const lower = (a: StateEnergies, b: StateEnergies): StateEnergies =>
  a.mp2 === null || (b.mp2 !== null && b.mp2 < a.mp2) ? b : a;

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
    const asked: [string, EnergyRequest][] = cations.map(({ name, electrons }) => [
      name,
      relaxation(molecule, electrons),
    ]);
    const relaxing = asked.filter(([name]) => !(name in results));
    const states = (requests: readonly [string, EnergyRequest][]) => ({
      states: Object.fromEntries(requests.map(([name, request]) => [name, { request }])),
    });
    if (relaxing.length > 0) return states(relaxing);
    if ("molecule-energy" in results) {
      const cation = cations.map(({ energy }) => energiesOf(results, energy)).reduce(lower);
      const energies = combined([
        [1, cation],
        [-1, energiesOf(results, "molecule-energy")],
      ]);
      return concluded(KEYS, energies);
    }
    const basis = energyBasis(candidate);
    const reached = cations.flatMap(({ name, energy, electrons }): [string, EnergyRequest][] => {
      const where = relaxedGeometry(results, name);
      return where ? [[energy, correlated(where, electrons, basis)]] : [];
    });
    if (reached.length === 0) return notReached(KEYS);
    return states([["molecule-energy", correlated(molecule, { charge, multiplicity }, basis)], ...reached]);
  },
};
