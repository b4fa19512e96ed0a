/** Open shells beside a closed shell: solutions that keep the electron missing, added or moved where it was put. */
import type { OpenShell } from "#shared/quantum/energy-request.ts";
import { type ClosedShell, closedShellStart } from "./closed-shell-start.ts";
import { hartreeFock, type ScfResult, type ScfStart, unrestrictedFromEach } from "./scf.ts";
import type { NamedStart } from "./starts.ts";
import { type QuantumSystem, withElectrons } from "./system.ts";

/** Frontier orbitals that give or take the electron, one after the other. */
const FRONTIER = 3;

/** Starts of a doublet or triplet at most: a giver, a taker, or pairs of both as moves gives them. */
export const MOST_STARTS = {
  hole: FRONTIER,
  electron: FRONTIER,
  pair: (FRONTIER * (FRONTIER + 1)) / 2,
} as const satisfies Record<OpenShell, number>;

/** Charge of the closed shell less that of the open one. */
const CHARGE_OF_CLOSED = { hole: -1, electron: 1, pair: 0 } as const;

/**
 * A solution stays where its start leads it, as in a molecule whose symmetry keeps it there: downhill the hole of a molecule that is nearly
 * symmetric would leave for one half of it. MP2 energies are within 1e-6 Hartree of those of tighter fields.
 */
const SETTLED = {
  newton: "nearest",
  gradientTolerance: 5e-7,
  energyTolerance: 1e-9,
  maxIterations: 60,
} as const;

/** Columns i and j of [nBasis, width] in each other's place. */
function exchanged(orbitals: Float64Array, width: number, i: number, j: number): Float64Array {
  if (i === j) return orbitals;
  const result = Float64Array.from(orbitals);
  for (let row = 0; row < orbitals.length; row += width) {
    // Columns of the matrix.
    result[row + i] = orbitals[row + j]!;
    result[row + j] = orbitals[row + i]!;
  }
  return result;
}

/** Of the highest occupied (HOMO−k) and lowest empty (LUMO+l) orbitals, those that give and take. */
function moves(openShell: OpenShell, occupied: number, width: number): [below: number, above: number][] {
  const some = (count: number) => Array.from({ length: Math.min(FRONTIER, count) }, (_, k) => k);
  const [givers, takers] = [some(occupied), some(width - occupied)];
  if (openShell === "hole") return givers.map((k) => [k, 0]);
  if (openShell === "electron") return takers.map((l) => [0, l]);
  return givers.flatMap((k) => takers.filter((l) => k + l < FRONTIER).map((l): [number, number] => [k, l]));
}

const frontier = (name: string, sign: string, k: number): string => (k === 0 ? name : `${name}${sign}${k}`);

function nameOf(openShell: OpenShell, [below, above]: [number, number]): string {
  const [from, to] = [frontier("HOMO", "−", below), frontier("LUMO", "+", above)];
  if (openShell === "hole") return `hole in ${from}`;
  return openShell === "electron" ? `electron in ${to}` : `${from} to ${to}`;
}

/** Of a quartet: the closed shell's orbitals as they are, those about its gap with one electron each. */
const quartetStart = ({ orbitals: [orbitals] }: ClosedShell): NamedStart => ({
  name: "three electrons about the gap",
  start: { orbitals: [orbitals, orbitals] },
});

interface OrbitalStart {
  readonly name: string;
  readonly orbitals: readonly [alpha: Float64Array, beta: Float64Array];
}

/** The closed shell's orbitals with an electron less, more or moved: β loses it, α takes it. */
function startsFrom(closed: ClosedShell, openShell: OpenShell): OrbitalStart[] {
  const [orbitals] = closed.orbitals;
  const [occupied] = closed.nelec;
  const width = closed.orbitalEnergies_hartree[0].length;
  return moves(openShell, occupied, width).map(([below, above]) => {
    const alpha = openShell === "hole" ? orbitals : exchanged(orbitals, width, occupied, occupied + above);
    const beta =
      openShell === "electron" ? orbitals : exchanged(orbitals, width, occupied - 1, occupied - 1 - below);
    return { name: nameOf(openShell, [below, above]), orbitals: [alpha, beta] };
  });
}

export interface OpenShellSolution {
  readonly start: string;
  readonly scf: ScfResult;
}

const downhill = (system: QuantumSystem, start: ScfStart): ScfResult =>
  hartreeFock(system, { kind: "uhf", start, stability: "none" });

/** Downhill a field that settled nowhere may fall by so much: OF₂⁺ by 0.03, pyrimidine⁺ by 0.04, SF₆⁺ by 0.06 in all. */
const FALLS_HARTREE = 0.05;

/** Those that settled nowhere go on downhill where what they lead to may be the lowest; others are given up. */
function followedBelow(system: QuantumSystem, found: readonly OpenShellSolution[]): OpenShellSolution[] {
  const settled = found.filter(({ scf }) => scf.outcome === "converged");
  const lowest = Math.min(...settled.map(({ scf }) => scf.energy_hartree));
  return found.map(({ start, scf }) => {
    if (scf.outcome === "converged" || scf.energy_hartree > lowest + FALLS_HARTREE) return { start, scf };
    const followed = downhill(system, { orbitals: scf.orbitals });
    return { start, scf: { ...followed, fockBuilds: scf.fockBuilds + followed.fockBuilds } };
  });
}

/**
 * UHF solutions of a doublet or triplet beside a closed shell: from RHF orbitals with a hole in one of the three highest occupied, an
 * electron in one of the three lowest empty, or one moved between them, each left at the stationary point where DIIS leads it. Where that is
 * none, a start is given up if another's solution lies lower by 0.05 Hartree, and followed downhill otherwise. Of a quartet one, from the orbitals as
 * they are, downhill.
 *
 * The lowest UHF solution mixes spins to win what correlation gives a purer one, so that MP2 on it is too high (P. M. W. Gill et al.,
 * doi:10.1063/1.455312); these stay near a spin state, and MP2 says which is lowest. Cost: an RHF field, where the last one
 * was not this molecule's, and 12 to 40 Fock builds a start.
 *
 * Throws as hartreeFock; the RHF field not converged gives solutions that are not converged either.
 */
export function openShellSolutions(system: QuantumSystem, openShell: OpenShell): OpenShellSolution[] {
  const charge = system.charge + CHARGE_OF_CLOSED[openShell];
  using paired = withElectrons(system, { charge, multiplicity: 1 });
  const closed = closedShellStart(paired);
  const [alpha, beta] = system.nelec;
  const { name, start } = quartetStart(closed);
  if (alpha - beta === 3) return [{ start: name, scf: downhill(system, start) }];
  const starts = startsFrom(closed, openShell);
  const fields = unrestrictedFromEach(
    system,
    starts.map(({ orbitals }) => orbitals),
    { ...SETTLED, stability: "none" },
  );
  // One of each start.
  return followedBelow(
    system,
    starts.map((one, k) => ({ start: one.name, scf: fields[k]! })),
  );
}
