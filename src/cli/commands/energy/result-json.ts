/** The JSON document of `ansatz energy`: the keys that scripts rely on, null where a method was not asked for. */
import type { CoupledClusterResult } from "#shared/quantum/coupled-cluster-result.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import type { EnergyResult } from "#shared/quantum/energy-result.ts";
import { purerSolution, solutionsOf } from "#shared/quantum/field-solutions.ts";
import { referenceTitle } from "#shared/quantum/field-title.ts";
import { isReached } from "#shared/quantum/is-reached.ts";
import { methodEnergy } from "#shared/quantum/method-energy.ts";
import { lowestState, type MultireferenceResult } from "#shared/quantum/multireference-result.ts";
import { lowestSciState, type SciResult } from "#shared/quantum/sci-result.ts";
import { type ExcitedState, reached, type VqeResult, vqeBound } from "#shared/quantum/state-result.ts";
import { toKcalPerMol } from "#shared/units.ts";
import { activeSpaceDocument } from "../../active-space-document.ts";
import { attachment } from "./attachment.ts";

/** A state above, counted from the lowest of its calculation. */
const excitedOf = (part: { energy_hartree: number; excited: readonly ExcitedState[] } | null) =>
  part?.excited.map((state) => ({
    ...state,
    excitation_hartree: state.energy_hartree - part.energy_hartree,
  })) ?? [];

/** The energy of the field, where it is one of Hartree and Fock. */
const hartreeFockOf = ({ hartreeFock }: EnergyResult): number | null =>
  hartreeFock.kohnSham ? null : reached(hartreeFock);

/** What a difference of two energies is, in the units that chemists think in. */
const difference = (upper: number | null | undefined, lower: number | null | undefined) => {
  if (upper === null || upper === undefined || lower === null || lower === undefined) return null;
  return { milliHartree: 1000 * (upper - lower), kcalPerMol: toKcalPerMol(upper - lower) };
};

function differences(result: EnergyResult) {
  const { mp2, casci, fci, vqe } = result;
  const field = hartreeFockOf(result);
  return {
    mp2MinusHartreeFock: difference(mp2?.energy_hartree, field),
    casciMinusHartreeFock: difference(reached(casci), field),
    fciMinusHartreeFock: difference(reached(fci), field),
    vqeMinusHartreeFock: difference(reached(vqe), field),
    vqeMinusCasci: difference(reached(vqe), casci && reached(casci) !== null ? vqeBound(casci) : null),
  };
}

/** What the VQE was and what it would take to run it. */
const vqeFacts = (vqe: VqeResult | null) => ({
  ansatz: vqe?.ansatz ?? null,
  seed: vqe?.seed ?? null,
  gradientNorm: vqe?.gradientNorm ?? null,
  vqeSpinSquare: vqe?.spinSquare ?? null,
  electronNumber: vqe?.electronNumber ?? null,
  largestAmplitude_radian: vqe?.largestAmplitude_radian ?? null,
  qubits: vqe?.qubits ?? null,
  qubitsTapered: vqe?.qubitsTapered ?? null,
  gates: vqe?.gates ?? null,
  twoQubitGates: vqe?.twoQubitGates ?? null,
  circuitDepth: vqe?.depth ?? null,
  shots: vqe?.shots ?? null,
  statedError_hartree: vqe?.statedError_hartree ?? null,
  vqeStateErrorBound: vqe?.stateErrorBound ?? null,
  vqeNoiseless_hartree: vqe?.noiseless_hartree ?? null,
  sqd_hartree: vqe?.sqd?.outcome === "converged" ? vqe.sqd.energy_hartree : null,
  sqd: vqe?.sqd ?? null,
  ...(vqe?.jobs && { jobs: vqe.jobs }),
  vqeTrace_hartree: vqe?.trace_hartree ?? null,
});

/** The states by their spin, where they are of this method. */
function statesBy(method: "casci" | "casscf" | "vqe", { multireference }: EnergyResult) {
  if (!multireference) return null;
  const { orbitals, vqe } = multireference;
  return method === (orbitals ? "casscf" : vqe ? "vqe" : "casci") ? multireference : null;
}

/** Of states by their spin, before any correction. */
const lowestOf = (states: MultireferenceResult | null): number | null =>
  (states && lowestState(states))?.energy_hartree ?? null;

function timingsOf(result: EnergyResult) {
  const { hartreeFock, mp2, coupledCluster, casci, fci, sci, vqe, optimisation, vibrations } = result;
  const milliseconds = (part: { wallTime_ms: number } | null | undefined): number | null =>
    part?.wallTime_ms ?? null;
  return {
    hartreeFock: hartreeFock.kohnSham ? null : hartreeFock.wallTime_ms,
    ...(hartreeFock.kohnSham && { kohnSham: hartreeFock.wallTime_ms }),
    mp2: milliseconds(mp2),
    ...(coupledCluster && { coupledCluster: coupledCluster.wallTime_ms }),
    ...(result.excitations && { excitations: result.excitations.wallTime_ms }),
    casci: milliseconds(statesBy("casci", result) ?? casci),
    casscf: milliseconds(statesBy("casscf", result)),
    fci: milliseconds(fci),
    sci: milliseconds(sci),
    vqe: milliseconds(statesBy("vqe", result) ?? vqe),
    optimisation: milliseconds(optimisation),
    vibrations: milliseconds(vibrations),
  };
}

function outcomesOf(result: EnergyResult) {
  const { hartreeFock, coupledCluster, casci, fci, sci, vqe, optimisation, vibrations } = result;
  return {
    hartreeFock: hartreeFock.kohnSham ? null : hartreeFock.outcome,
    ...(hartreeFock.kohnSham && { kohnSham: hartreeFock.outcome }),
    ...(coupledCluster && { coupledCluster: coupledCluster.outcome }),
    ...(result.excitations && { excitations: result.excitations.outcome }),
    casci: (statesBy("casci", result) ?? casci)?.outcome ?? null,
    casscf: statesBy("casscf", result)?.outcome ?? null,
    fci: fci?.outcome ?? null,
    sci: sci?.outcome ?? null,
    vqe: (statesBy("vqe", result) ?? vqe)?.outcome ?? null,
    optimisation: optimisation?.outcome ?? null,
    vibrations: vibrations?.outcome ?? null,
  };
}

/** States by their spin; the reference's energy is that of the lowest before any correction. */
function spinFacts({ multireference }: EnergyResult) {
  const lowest = multireference ? lowestState(multireference) : null;
  return {
    reference_hartree: lowest?.energy_hartree ?? null,
    states: multireference?.states ?? [],
    transitions: multireference?.transitions ?? [],
    orbitalOptimisation: multireference?.orbitals ?? null,
    ...(multireference?.vqe && { vqeOfStates: multireference.vqe }),
  };
}

/** Selected CI: the lowest state first, extrapolated energies under names of their own. */
export function sciFacts(sci: SciResult) {
  const lowest = lowestSciState(sci);
  const isReached = sci.outcome === "converged";
  return {
    variational_hartree: isReached ? lowest.energy_hartree : null,
    pt2_hartree: isReached ? lowest.pt2_hartree : null,
    extrapolated_hartree: isReached ? lowest.extrapolated_hartree : null,
    extrapolatedError_hartree: isReached ? lowest.extrapolatedError_hartree : null,
    determinants: sci.determinants,
    states: sci.states,
    sci,
  };
}

/** Coupled cluster; energies null where it did not converge. */
export function coupledClusterFacts(coupledCluster: CoupledClusterResult) {
  const { outcome, correlation_hartree, triples_hartree, t1Diagnostic, d1Diagnostic } = coupledCluster;
  return {
    correlation_hartree: outcome === "converged" ? correlation_hartree : null,
    triples_hartree,
    t1Diagnostic,
    d1Diagnostic,
    coupledCluster,
  };
}

/** The functional and its grid. */
const kohnShamFacts = ({ kohnSham }: EnergyResult["hartreeFock"]) =>
  kohnSham && { functional: kohnSham.functional, grid: kohnSham.grid, xc_hartree: kohnSham.xc_hartree };

/** The solvent, and what it does to the field. */
const solventFacts = ({ solvent }: EnergyResult["hartreeFock"]) => {
  if (!solvent) return undefined;
  const { term_hartree, gasPhase_hartree, solvation_hartree, ...of } = solvent;
  return { solvation_hartree, solventTerm_hartree: term_hartree, gasPhase_hartree, solvent: of };
};

/** What was tried, and which solutions that found, each by the name of its kind. */
function searchFacts({ search, kohnSham }: EnergyResult["hartreeFock"], multiplicity: number) {
  if (!search) return null;
  const named = <T extends { kind: "rhf" | "uhf" | "rohf" }>(one: T | null) =>
    one && { ...one, kind: referenceTitle({ reference: one.kind, kohnSham }).toLowerCase() };
  return {
    ...search,
    restricted: named(search.restricted),
    solutions: solutionsOf(search),
    purer: named(purerSolution(search, multiplicity)),
  };
}

/** The field and what follows from its density. */
function fieldFacts({ hartreeFock, properties, multiplicity }: EnergyResult) {
  return {
    reference: hartreeFock.kohnSham ? referenceTitle(hartreeFock).toLowerCase() : hartreeFock.reference,
    ...kohnShamFacts(hartreeFock),
    ...solventFacts(hartreeFock),
    spinSquare: hartreeFock.spinSquare,
    stability: hartreeFock.stability,
    droppedFunctions: hartreeFock.droppedFunctions,
    fieldSearch: searchFacts(hartreeFock, multiplicity),
    densityFittingError_hartree: hartreeFock.densityFitting?.error_hartree ?? null,
    densityFitting: hartreeFock.densityFitting,
    orbitalEnergies_hartree: hartreeFock.orbitalEnergies_hartree,
    betaOrbitalEnergies_hartree: hartreeFock.betaOrbitalEnergies_hartree,
    dipole_debye: properties?.dipole_debye ?? null,
    mullikenCharges: properties?.mullikenCharges ?? null,
    lowdinCharges: properties?.lowdinCharges ?? null,
  };
}

/** What was computed, in which basis set, and where the atoms are. */
const systemFacts = (
  { basis, functions, ownBasis, method, ghosts }: EnergyRequest,
  { nBasis, charge, multiplicity, nuclearRepulsion_hartree }: EnergyResult,
  origin: string,
) => ({
  basis,
  functions: functions ?? ownBasis?.functions ?? null,
  nBasis,
  charge,
  multiplicity,
  method,
  ghosts: (ghosts ?? []).map((atom) => atom + 1),
  geometryOrigin: origin,
  nuclearRepulsion_hartree,
});

/** Energies by method, the one asked for first. */
function energyFacts(request: EnergyRequest, result: EnergyResult) {
  const { mp2, casci, fci, vqe } = result;
  return {
    energy_hartree: methodEnergy(request, result),
    hartreeFock_hartree: hartreeFockOf(result),
    dispersion_hartree: result.dispersion?.energy_hartree ?? null,
    dispersion: result.dispersion?.model ?? null,
    mp2_hartree: mp2?.energy_hartree ?? null,
    casci_hartree: reached(casci),
    fci_hartree: reached(fci),
    vqe_hartree: reached(vqe) ?? lowestOf(statesBy("vqe", result)),
    lastVqe_hartree: vqe?.energy_hartree ?? null,
    vqeMinusCasci_hartree: vqe && casci ? vqe.energy_hartree - vqeBound(casci) : null,
    differences: differences(result),
    excited: { casci: excitedOf(casci), fci: excitedOf(fci), vqe: excitedOf(vqe) },
  };
}

/** Vibrations of the field, and enthalpy and Gibbs energy with the energy of the method: of nuclei in motion, where these are at a minimum. */
function vibrationFacts(request: EnergyRequest, result: EnergyResult) {
  const { vibrations } = result;
  const energy = methodEnergy(request, result);
  const { terms = null } = vibrations ?? {};
  const plus = (term: number | undefined) => (energy === null || term === undefined ? null : energy + term);
  return {
    frequencies_per_cm: vibrations?.frequencies_per_cm ?? null,
    zeroPoint_hartree: terms?.zeroPoint_hartree ?? null,
    enthalpy_hartree: plus(terms?.enthalpy_hartree),
    gibbs_hartree: plus(terms?.gibbs_hartree),
    entropy_hartree_per_kelvin: terms?.entropy_hartree_per_kelvin ?? null,
    vibrations: vibrations ?? null,
  };
}

/** How the calculation went, and with what. */
const runFacts = (result: EnergyResult) => ({
  converged: isReached(result),
  outcomes: outcomesOf(result),
  iterations: result.vqe?.iterations ?? null,
  nParameters: result.vqe?.nParameters ?? null,
  timings_ms: timingsOf(result),
  wallTime_ms: result.wallTime_ms,
  exactDiagonalisation_ms: (result.vqe && result.casci?.wallTime_ms) ?? null,
  backend: result.backend,
  threads: result.threads,
  program: result.program,
  build: result.build,
});

/** The keys that scripts rely on; an unconverged method gives null here and its outcome in `outcomes`. */
export function flatten(request: EnergyRequest, result: EnergyResult, origin: string) {
  const { casci, fci, vqe } = result;
  return {
    ...systemFacts(request, result, origin),
    ...energyFacts(request, result),
    ...runFacts(result),
    activeSpace: activeSpaceDocument(result.activeSpace),
    integralsHash: result.integralsHash,
    lowestOfAnySpin: casci?.lowestOfAnySpin ?? null,
    ...spinFacts(result),
    diagnostic: result.diagnostic ?? null,
    ...vqeFacts(vqe),
    ...fieldFacts(result),
    mp2: result.mp2,
    ...(result.coupledCluster && coupledClusterFacts(result.coupledCluster)),
    ...(result.excitations && { excitations: result.excitations }),
    casciSpinSquare: (casci ?? fci)?.spinSquare ?? null,
    determinants: (casci ?? fci)?.determinants ?? null,
    ...(result.sci && sciFacts(result.sci)),
    device: result.device,
    mapping: result.mapping,
    ionisationEnergy: attachment(result, "cation"),
    electronAffinity: attachment(result, "anion"),
    ions: result.ions,
    optimisation: result.optimisation,
    ...vibrationFacts(request, result),
  };
}
