/** What `ansatz energy` prints for people. */

import { formatXyz } from "#shared/molecule/xyz.ts";
import { withDispersion } from "#shared/quantum/dispersion.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import type { EnergyResult } from "#shared/quantum/energy-result.ts";
import { referenceTitle } from "#shared/quantum/field-title.ts";
import {
  type MultireferenceResult,
  type MultireferenceState,
  minimumWords,
  totalEnergy,
} from "#shared/quantum/multireference-result.ts";
import { isSpinScaled, SPIN_SCALINGS, scaledMp2Energy } from "#shared/quantum/spin-scaling.ts";
import { isOfSpin, spinName } from "#shared/quantum/spin-states.ts";
import {
  type CasciResult,
  type ExcitedState,
  type VqeResult,
  vqeBound,
} from "#shared/quantum/state-result.ts";
import { ansatzTitle, isLayered } from "#shared/quantum/vqe.ts";
import { toElectronVolt, toKcalPerMol } from "#shared/units.ts";
import { fixed, print } from "../../output.ts";
import { printExcitations } from "./print-excitations.ts";
import { printField } from "./print-field.ts";
import { jobLines } from "./print-jobs.ts";
import { printIons, printQubits } from "./print-qubits.ts";
import { printSelected } from "./print-selected.ts";
import { printVibrations } from "./print-vibrations.ts";
import { row } from "./row.ts";

/** 1 kcal/mol. */
const CHEMICAL_ACCURACY_HARTREE = 1 / toKcalPerMol(1);

const energyRow = (name: string, energy: number, rest: string) =>
  row(name, fixed(energy, 10), `Eh   ${rest}`);
const milliseconds = (time: number): string => `${fixed(time, 1)} ms`;

/** MP2 with its pairs weighted by their spins. */
function printScaledMp2(method: EnergyRequest["method"], { mp2 }: EnergyResult): void {
  if (!mp2 || !isSpinScaled(method)) return;
  const { title, opposite, same } = SPIN_SCALINGS[method];
  const weights = `${opposite.toFixed(2)} of ${fixed(mp2.oppositeSpin_hartree, 8)} and ${same.toFixed(2)} of ${fixed(mp2.sameSpin_hartree, 8)} Eh`;
  energyRow(title, scaledMp2Energy(method, mp2), `opposite and same spin: ${weights}`);
}

/** States above the lowest. */
export function printStates(states: readonly ExcitedState[], lowest: number): void {
  states.forEach(({ energy_hartree, spinSquare, outcome }, k) => {
    const above = fixed(toElectronVolt(energy_hartree - lowest), 4);
    energyRow(
      `  state ${k + 2}`,
      energy_hartree,
      `${outcome}, ${above} eV above, ⟨S²⟩ ${fixed(spinSquare, 3)}`,
    );
  });
}

function correctionText({
  energy_hartree,
  pt2_hartree,
  lowestPerturber_hartree: lowest,
}: MultireferenceState): string {
  if (pt2_hartree !== null)
    return `, corrected by ${fixed(pt2_hartree, 8)} to ${fixed(energy_hartree + pt2_hartree, 10)}`;
  if (lowest === undefined) return "";
  return `, not corrected: a function outside the space lies ${fixed(lowest, 4)} Eh from it, so that NEVPT2 means nothing; a larger space may hold it`;
}

/** Of a state whose spin is not the one asked for. */
const spinText = ({ spinSquare, multiplicity }: MultireferenceState): string =>
  isOfSpin(spinSquare, multiplicity)
    ? ""
    : `: ⟨S²⟩ ${fixed(spinSquare, 3)} is not that of a ${spinName(multiplicity)}`;

/** How far VQE is from what it aims at. */
function exactText({ energy_hartree, exact_hartree: exact }: MultireferenceState): string {
  if (exact === undefined) return "";
  const difference = energy_hartree - exact;
  const verdict =
    Math.abs(difference) > CHEMICAL_ACCURACY_HARTREE ? ", beyond chemical accuracy: not reached" : "";
  return `, VQE − CASCI ${fixed(1000 * difference, 4)} mEh${verdict}`;
}

/** By spin, with the natural occupations that tell how far each is from one determinant. */
function printSpinStates({ states, transitions, orbitals, vqe }: MultireferenceResult): void {
  if (vqe) {
    const { ansatz, layers, starts, seed } = vqe;
    const made = isLayered(ansatz) ? `, ${layers} layers, ${starts} starts, seed ${seed}` : "";
    print(`States by VQE  ${ansatzTitle(ansatz)}${made}, exact ones beside them`);
  }
  if (orbitals)
    print(
      `CASSCF         ${orbitals.outcome} after ${orbitals.iterations} iterations from ${orbitals.start}, the lowest of ${orbitals.starts.length} starts`,
    );
  const minimum = orbitals && minimumWords(orbitals);
  if (minimum) print(`  ${minimum}`);
  for (const { start, reason } of orbitals?.skipped ?? []) print(`  Not tried: ${start}. ${reason}`);
  const reached = states.filter(({ outcome }) => outcome === "converged");
  const lowest = Math.min(...reached.map(totalEnergy));
  for (const state of states) {
    const isReached = state.outcome === "converged";
    const above = isReached ? `, ${fixed(toElectronVolt(totalEnergy(state) - lowest), 4)} eV above` : "";
    const occupations = state.naturalOccupations.map((n) => fixed(n, 3)).join(" ");
    energyRow(
      `  ${spinName(state.multiplicity)} ${state.root}`,
      state.energy_hartree,
      `${state.outcome}${spinText(state)}${correctionText(state)}${exactText(state)}${above}, natural occupations ${occupations}`,
    );
  }
  for (const { multiplicity, from, to, ...transition } of transitions) {
    const { oscillatorStrength, correctedExcitation_hartree: corrected } = transition;
    const above =
      corrected === undefined ? "" : `, ${fixed(toElectronVolt(corrected), 4)} eV with the corrections`;
    const said = `oscillator strength${above}`;
    row(`  ${spinName(multiplicity)} ${from} → ${to}`, fixed(oscillatorStrength, 6), said);
  }
}

function printExact(name: string, casci: CasciResult): void {
  const { energy_hartree, outcome, determinants, wallTime_ms, excited } = casci;
  energyRow(name, energy_hartree, `${outcome}, ${determinants} determinants, ${milliseconds(wallTime_ms)}`);
  printStates(excited, energy_hartree);
}

function printVqe(vqe: VqeResult): void {
  const { outcome, iterations, nParameters, wallTime_ms } = vqe;
  energyRow(
    "VQE",
    vqe.energy_hartree,
    `${outcome}, ${ansatzTitle(vqe.ansatz)}, ${iterations} iterations, ${nParameters} parameters, ${milliseconds(wallTime_ms)}`,
  );
  if (vqe.statedError_hartree !== null) {
    row("  stated error", fixed(vqe.statedError_hartree, 10), `Eh   ${vqe.shots} shots, seed ${vqe.seed}`);
    row("  noiseless", fixed(vqe.noiseless_hartree, 10), "Eh   the same parameters without shots and noise");
  }
  jobLines(vqe).forEach(print);
  if (vqe.stateErrorBound !== null)
    row(
      "  precision",
      vqe.stateErrorBound.toExponential(1),
      "at most: how far single precision moves the state",
    );
  if (vqe.sqd) {
    const { energy_hartree, determinants, validShots, shots } = vqe.sqd;
    const kept = `${determinants} determinants, ${validShots} of ${shots} shots had the right number of electrons`;
    energyRow("  SQD", energy_hartree, `${vqe.sqd.outcome}, ${kept}`);
  }
  if (vqe.electronNumber !== null)
    row("  electrons", fixed(vqe.electronNumber, 6), "on average: the ansatz does not keep their number");
  printStates(vqe.excited, vqe.energy_hartree);
  row(
    "  circuit",
    `${vqe.qubits} qubits`,
    `     ${vqe.qubitsTapered} after tapering, ${vqe.gates ?? "–"} gates, ${vqe.twoQubitGates} on two qubits, depth ${vqe.depth ?? "–"}`,
  );
}

/** VQE beside the exact answer, and how long the exact one takes. */
function printGap(vqe: VqeResult, casci: CasciResult): void {
  const { lowestOfAnySpin } = casci;
  if (lowestOfAnySpin)
    energyRow(
      "other spin",
      lowestOfAnySpin.energy_hartree,
      `exact, ⟨S²⟩ ${fixed(lowestOfAnySpin.spinSquare, 3)}; the ansatz does not keep the spin, and VQE has ⟨S²⟩ ${fixed(vqe.spinSquare, 3)}`,
    );
  const difference = vqe.energy_hartree - vqeBound(casci);
  const verdict = Math.abs(difference) > CHEMICAL_ACCURACY_HARTREE ? ", beyond chemical accuracy" : "";
  row(
    "VQE − CASCI",
    fixed(difference * 1000, 4),
    `mEh (${fixed(toKcalPerMol(difference), 4)} kcal/mol)${verdict}`,
  );
  print(
    `Exact diagonalisation took ${milliseconds(casci.wallTime_ms)}, VQE ${milliseconds(vqe.wallTime_ms)}.`,
  );
}

function printActiveSpace({ activeSpace }: EnergyResult): void {
  if (!activeSpace) return;
  const { nelec, norb, orbitals, reason, largestDiscardedOccupation } = activeSpace;
  print(
    `active space   (${nelec}e, ${norb}o): orbitals ${orbitals.map((orbital) => orbital + 1).join(" ")} (numbered from 1, the lowest)`,
  );
  if (reason !== null) print(`               ${reason}`);
  if (largestDiscardedOccupation !== null)
    print(`               largest discarded natural occupation ${fixed(largestDiscardedOccupation, 4)}`);
}

function printOptimisation({ optimisation, ...state }: EnergyResult, method: string): void {
  if (!optimisation) return;
  const { outcome, steps, gradient_hartree_per_bohr: gradient } = optimisation;
  const force = gradient === null ? "–" : gradient.toExponential(1);
  print(`geometry ${outcome} after ${steps} steps, largest gradient ${force} Eh/bohr:`);
  print(formatXyz(optimisation.geometry, `optimised, ${method}`, state).trimEnd());
}

export function printResult(request: EnergyRequest, result: EnergyResult, origin: string): void {
  const { ghosts = [], method } = request;
  const { basis, nBasis, charge, multiplicity, casci, fci, vqe, multireference } = result;
  const surface = multireference?.orbitals ? "casscf" : referenceTitle(result.hartreeFock).toLowerCase();
  printOptimisation(result, `${withDispersion(surface, result.dispersion)} ${basis}`);
  const ghostly = ghosts.length > 0 ? `, ghosts ${ghosts.map((atom) => atom + 1).join(" ")}` : "";
  print(`${basis}, ${nBasis} basis functions, charge ${charge}, multiplicity ${multiplicity}${ghostly}`);
  print(`${"geometry".padEnd(14)} ${origin}`);
  row("nuclear rep.", fixed(result.nuclearRepulsion_hartree, 10), "Eh");
  printField(result);
  printScaledMp2(method, result);
  if (result.excitations) printExcitations(result.excitations);
  if (result.diagnostic) {
    const { route, reason } = result.diagnostic;
    print(`${"diagnostic".padEnd(14)} ${route}. ${reason}`);
  }
  printActiveSpace(result);
  if (casci) printExact("CASCI (exact)", casci);
  if (multireference) printSpinStates(multireference);
  if (fci) printExact("FCI (exact)", fci);
  if (result.sci) printSelected(result.sci);
  if (vqe) printVqe(vqe);
  printQubits(result);
  if (vqe && casci) printGap(vqe, casci);
  printIons(result);
  printVibrations(request, result);
}
