/** From a geometry to ranked energies: SCF → active space → exact diagonalisation and VQE, each with its outcome. */
import type { ActiveSpace } from "#shared/quantum/active-space.ts";
import type { EnergyRequest, Method } from "#shared/quantum/energy-request.ts";
import type { EnergyResult, IonResult } from "#shared/quantum/energy-result.ts";
import type { MultireferenceResult } from "#shared/quantum/multireference-result.ts";
import type { DeviceCircuit, MappedHamiltonian } from "#shared/quantum/qubits.ts";
import type { SciResult } from "#shared/quantum/sci-result.ts";
import type { CasciResult, VqeResult } from "#shared/quantum/state-result.ts";
import { DEFAULT_VQE, type VqeSettings } from "#shared/quantum/vqe.ts";
import { checkSpinStates, solveSpinStates } from "../ci/spin-states.ts";
import { toQasm3 } from "../circuit/qasm3.ts";
import type { ControlBlock } from "../control-block.ts";
import { chemicalCore } from "../field/chemical-core.ts";
import { nuclearGradient } from "../field/gradient.ts";
import type { ScfResult } from "../field/scf.ts";
import type { NamedStart } from "../field/starts.ts";
import { openSystem, type QuantumSystem, type SystemOptions } from "../field/system.ts";
import { largest } from "../geometry/quasi-newton.ts";
import { lowestDeterminant } from "../hamiltonian/determinant.ts";
import { formatFcidump } from "../hamiltonian/fcidump.ts";
import type { ActiveHamiltonian } from "../hamiltonian/hamiltonian.ts";
import { integralsHash } from "../hamiltonian/integrals-hash.ts";
import { mappedHamiltonian } from "../mapping/mapped-hamiltonian.ts";
import { loadBasisSet, loadFittingBasis } from "../molecule/basis.ts";
import { parseGaussianBasis } from "../molecule/gaussian-basis-file.ts";
import { casscf } from "../multireference/casscf.ts";
import { multireferenceOf, wantedStates } from "../multireference/multireference.ts";
import { casscfStarts } from "../multireference/starts.ts";
import { native } from "../native/native.ts";
import {
  activeSpaceHamiltonian,
  type ChosenSpace,
  checkActiveSpaceRequest,
  chooseActiveSpace,
  spaceOrbitals,
} from "../space/active-space.ts";
import { checkActiveSpace, checkSelectedSpace } from "../space/active-space-size.ts";
import { withNeededOrbitals } from "../space/needed-orbitals.ts";
import type { MoleculeOrbitals } from "../space/ordered-orbitals.ts";
import { checkDevice, checkRequest } from "./check-request.ts";
import { bothOf, type Correlated, type CorrelatedOptions, casciOf, casciResult } from "./correlated.ts";
import { type FieldOptions, fieldKind, fieldOf, mp2Of } from "./field.ts";
import { optimised } from "./geometry.ts";
import { ionsOf } from "./ions.ts";
import { notesOf } from "./notes.ts";
import { type FieldWithMp2, openShellField } from "./open-shell.ts";
import { processorTime_ms } from "./processor-time.ts";
import { selectedOf } from "./selected.ts";
import { vibrationsOf } from "./vibrations.ts";
import { withWallTime } from "./wall-time.ts";

export interface EvaluationContext {
  /** The folder that holds basis/. */
  readonly resources: string;
  /** Threads of one evaluation; default 1. The result has the same bits for any number. */
  readonly threads?: number;
  readonly control?: ControlBlock | undefined;
}

/** Soft vibrations want a better stationary point than energies do. */
const STATIONARY_HARTREE_PER_BOHR = 1e-4;

/** Largest component of the gradient at a stationary point that is given, Hartree/bohr: an optimisation's usual tolerance. */
const NEARLY_STATIONARY_HARTREE_PER_BOHR = 5e-4;

const isStationary = (system: QuantumSystem, scf: ScfResult): boolean =>
  largest(nuclearGradient(system, scf)) < NEARLY_STATIONARY_HARTREE_PER_BOHR;

const vqeSettings = (request: EnergyRequest): VqeSettings => ({
  ansatz: request.ansatz,
  layers: request.layers ?? DEFAULT_VQE.layers,
  starts: request.starts ?? DEFAULT_VQE.starts,
  backend: request.backend ?? DEFAULT_VQE.backend,
  sampling: request.sampling ?? DEFAULT_VQE.sampling,
  seed: request.seed ?? DEFAULT_VQE.seed,
});

const usesActiveSpace = (method: Method): method is "casci" | "casscf" | "vqe" =>
  method === "casci" || method === "casscf" || method === "vqe";

/** All electrons in all orbitals, or all but the chemical core's. */
function fullSpace(
  system: QuantumSystem,
  nOrbitals: number,
  frozenCore: boolean,
): Pick<ActiveSpace, "nelec" | "norb" | "orbitals"> {
  const nCore = frozenCore ? chemicalCore(system) : 0;
  const norb = nOrbitals - nCore;
  const nelec = system.nelec[0] + system.nelec[1] - 2 * nCore;
  return { nelec, norb, orbitals: Array.from({ length: norb }, (_, i) => nCore + i) };
}

/** Refuses before any work what the molecule cannot hold or memory cannot. */
function checkSpaces(
  system: QuantumSystem,
  { method, activeSpace, frozenCore, spinStates }: EnergyRequest,
): void {
  const molecule = { nelec: system.nelec, nOrbitals: system.nBasis };
  const check = method === "sci" ? checkSelectedSpace : checkActiveSpace;
  if (activeSpace && (usesActiveSpace(method) || method === "sci"))
    checkActiveSpaceRequest(activeSpace, molecule, check);
  else if (method === "fci" || method === "sci")
    check(fullSpace(system, system.nBasis, frozenCore ?? false), molecule);
  if (spinStates && activeSpace && "nelec" in activeSpace) checkSpinStates(spinStates, activeSpace);
}

interface Computed {
  readonly activeSpace: ActiveSpace | null;
  readonly hamiltonian: ActiveHamiltonian | null;
  readonly casci: CasciResult | null;
  readonly fci: CasciResult | null;
  readonly multireference?: MultireferenceResult;
  readonly sci?: SciResult;
  readonly vqe: VqeResult | null;
  readonly openQasm: string | null;
  readonly device: DeviceCircuit | null;
  readonly mapping: MappedHamiltonian | null;
  readonly ions: IonResult[];
}

const NOTHING: Computed = {
  activeSpace: null,
  hamiltonian: null,
  casci: null,
  fci: null,
  vqe: null,
  openQasm: null,
  device: null,
  mapping: null,
  ions: [],
};

/** Selected CI in a space that a rule chooses, or in all orbitals. */
async function selected(
  system: QuantumSystem,
  scf: ScfResult,
  { request, resources, asked }: { request: EnergyRequest; resources: string; asked: CorrelatedOptions },
): Promise<Computed> {
  const { frozenCore = false, activeSpace, selection: settings } = request;
  const nOrbitals = scf.orbitalEnergies_hartree[0].length;
  const chosen = activeSpace && (await chooseActiveSpace(system, scf, { request: activeSpace, resources }));
  const space = chosen?.space ?? fullSpace(system, nOrbitals, frozenCore);
  checkSelectedSpace(space, { nelec: scf.nelec, nOrbitals });
  const hamiltonian = activeSpaceHamiltonian(system, chosen?.orbitals ?? scf, space);
  const { states, context } = asked;
  const sci = await selectedOf(hamiltonian, { states, settings, context });
  return { ...NOTHING, activeSpace: chosen?.space ?? null, hamiltonian, sci };
}

/** Exact diagonalisation and VQE of a converged field, as far as the method asks for them. */
async function correlate(
  system: QuantumSystem,
  scf: ScfResult,
  { request, resources, asked }: { request: EnergyRequest; resources: string; asked: CorrelatedOptions },
): Promise<Computed> {
  const { method, frozenCore = false } = request;
  if (method === "fci") {
    const space = fullSpace(system, scf.orbitalEnergies_hartree[0].length, frozenCore);
    const hamiltonian = activeSpaceHamiltonian(system, scf, space);
    return { ...NOTHING, hamiltonian, fci: await casciOf(hamiltonian, asked) };
  }
  if (method === "sci") return await selected(system, scf, { request, resources, asked });
  if (!usesActiveSpace(method)) return NOTHING;
  const { device, mapping, ions = [] } = request;
  const ruled = await chooseActiveSpace(system, scf, { request: request.activeSpace, resources });
  const chosen = withNeededOrbitals(ruled, ions, { system, scf });
  const activeSpace = chosen.space;
  checkActiveSpace(activeSpace, { nelec: scf.nelec, nOrbitals: scf.orbitalEnergies_hartree[0].length });
  if (method === "casscf")
    return {
      ...NOTHING,
      activeSpace,
      multireference: await casscfOf(system, scf, { chosen, request, asked }),
    };
  if (device) checkDevice(device, activeSpace.norb);
  const hamiltonian = activeSpaceHamiltonian(system, chosen.orbitals, activeSpace);
  const orbitals = spaceOrbitals(system, chosen.orbitals, activeSpace);
  const bySpin =
    request.spinStates && (await bySpinOf(hamiltonian, { system, orbitals }, { request, asked }));
  const both = method === "vqe" ? await bothOf(hamiltonian, asked) : null;
  const reference = both?.found.ansatz.reference ?? lowestDeterminant(hamiltonian.nelec);
  const neutral = { hamiltonian, scf, occupied: system.nelec[1] };
  return {
    activeSpace,
    hamiltonian,
    fci: null,
    casci: both?.casci ?? bySpin?.casci ?? (await casciOf(hamiltonian, asked)),
    ...(bySpin && { multireference: bySpin.multireference }),
    vqe: both?.vqe ?? null,
    openQasm: both && request.openQasm ? programOf(both) : null,
    device: both?.device ?? null,
    mapping: mapping ? mappedHamiltonian(hamiltonian, mapping, reference) : null,
    ions: await ionsOf(neutral, ions, { method, asked }),
  };
}

/** A correction is first order in what is left of a state's residual. */
const PERTURBED_HARTREE = 1e-8;

interface BySpin {
  readonly multireference: MultireferenceResult;
  /** Of the molecule's own spin, where it is among them. */
  readonly casci: CasciResult | undefined;
}

/** States by their spin in one set of orbitals. */
async function bySpinOf(
  hamiltonian: ActiveHamiltonian,
  { system, orbitals }: { system: QuantumSystem; orbitals: MoleculeOrbitals },
  { request, asked: { context } }: { request: EnergyRequest; asked: CorrelatedOptions },
): Promise<BySpin> {
  const { pt2, multiplicity } = request;
  const accuracy = pt2 && { tolerance: PERTURBED_HARTREE };
  const { value, wallTime_ms } = await withWallTime(() => {
    const solutions = solveSpinStates(hamiltonian, wantedStates(request), { ...context, ...accuracy });
    return { solutions, multireference: multireferenceOf(system, solutions, { orbitals, pt2, context }) };
  });
  const own = value.solutions.find((states) => states.multiplicity === multiplicity);
  return {
    casci: own && casciResult(own.solution, wallTime_ms),
    multireference: { ...value.multireference, wallTime_ms },
  };
}

/** States in orbitals of their own. */
async function casscfOf(
  system: QuantumSystem,
  scf: ScfResult,
  { chosen, request, asked }: { chosen: ChosenSpace; request: EnergyRequest; asked: CorrelatedOptions },
): Promise<MultireferenceResult> {
  const { context } = asked;
  const { value, wallTime_ms } = await withWallTime(() => {
    const starts = casscfStarts(system, scf, chosen);
    const problem = { electrons: chosen.space.nelec, states: wantedStates(request), context };
    const { orbitals, solutions, optimisation } = casscf(system, starts, problem);
    const level = { orbitals, orbitalOutcome: optimisation.outcome, pt2: request.pt2, context };
    return { ...multireferenceOf(system, solutions, level), orbitals: optimisation };
  });
  return { ...value, wallTime_ms };
}

/** The circuit as it would run, and on a device where its qubits are when they are measured. */
const programOf = ({ circuit, found, device }: Correlated): string =>
  toQasm3(circuit, found.run.parameters, {
    remark: device
      ? `On ${device.name}: qubit k of the circuit ends on qubit [${device.finalLayout}] (entry k) of the device.`
      : undefined,
  });

/** A set of the caller's own is taken as it is; the error of the fit is in the result. */
const fittingSetOf = ({ basis, ownBasis }: EnergyRequest, resources: string) =>
  loadFittingBasis(resources, ownBasis ? undefined : basis);

export interface Evaluated {
  readonly result: EnergyResult;
  readonly scf: ScfResult;
  /** null where no method needs an active space, or the SCF did not converge. */
  readonly hamiltonian: ActiveHamiltonian | null;
}

/** The system of a request and the field it asks for. */
export async function moleculeOf(
  request: EnergyRequest,
  { resources, threads = 1, control }: EvaluationContext,
): Promise<{ molecule: SystemOptions; field: FieldOptions }> {
  const { charge, multiplicity, method } = request;
  const basis = request.ownBasis
    ? parseGaussianBasis(request.ownBasis.text, { name: request.basis, ...request.ownBasis })
    : await loadBasisSet(resources, request.basis, request.functions);
  return {
    molecule: {
      geometry: request.geometry,
      charge,
      multiplicity,
      basis,
      threads,
      control,
      ghosts: request.ghosts ?? [],
      ...(request.pointCharges && { pointCharges: request.pointCharges }),
    },
    field: {
      kind: fieldKind(method, multiplicity),
      ...(request.densityFit && { densityFitting: { auxiliary: await fittingSetOf(request, resources) } }),
    },
  };
}

/** The lowest field that is found, with MP2 on it. */
async function fieldWithMp2(
  system: QuantumSystem,
  request: EnergyRequest,
  { field, starts, wantsMp2 }: { field: FieldOptions; starts: readonly NamedStart[]; wantsMp2: boolean },
): Promise<FieldWithMp2> {
  const found = await fieldOf(system, field, starts);
  const isConverged = found.scf.outcome === "converged";
  const [mp2 = null] = wantsMp2 && isConverged ? await mp2Of(system, [found.scf], request) : [];
  return { ...found, mp2 };
}

/** An evaluation whose field may also start from the orbitals of neighbours on a curve. Throws as evaluateEnergy. */
export async function evaluate(
  request: EnergyRequest,
  context: EvaluationContext,
  { neighbours = [] }: { neighbours?: readonly NamedStart[] } = {},
): Promise<Evaluated> {
  const begin = performance.now();
  const processor = processorTime_ms();
  const { charge, multiplicity, method, maxIterations, states = 1 } = request;
  const settings = vqeSettings(request);
  checkRequest(request, settings);
  const { threads = 1, control } = context;
  const { molecule, field } = await moleculeOf(request, context);
  const { optimisation, starts } = request.optimise
    ? await optimised(molecule, {
        field,
        ...request.optimise,
        ...(request.vibrations && { gradientTolerance: STATIONARY_HARTREE_PER_BOHR }),
        check: (first) => checkSpaces(first, request),
      })
    : { optimisation: null, starts: [] };
  using system = openSystem({ ...molecule, geometry: optimisation?.geometry ?? request.geometry });
  checkSpaces(system, request);
  const wantsMp2 = method === "mp2" || (method === "vqe" && field.kind !== "rohf");
  const { openShell, frozenCore } = request;
  const { scf, hartreeFock, properties, mp2 } = openShell
    ? await openShellField(system, { field, openShell, frozenCore, wantsMp2 })
    : await fieldWithMp2(system, request, { field, starts: [...neighbours, ...starts], wantsMp2 });
  const isConverged = scf.outcome === "converged";
  const { device } = request;
  const { anySpin } = request;
  const asked: CorrelatedOptions = {
    settings,
    maxIterations,
    states,
    anySpin,
    context: { threads, control },
    device,
  };
  const { resources } = context;
  const { hamiltonian, ...correlated } = isConverged
    ? await correlate(system, scf, { request, resources, asked })
    : NOTHING;
  const { vibrations: conditions } = request;
  const vibrating = isConverged &&
    conditions && {
      molecule: { ...molecule, geometry: system.geometry },
      scf,
      conditions,
      isStationary: isStationary(system, scf),
    };
  const result: EnergyResult = {
    basis: molecule.basis.name,
    nBasis: system.nBasis,
    charge,
    multiplicity,
    hartreeFock,
    properties,
    mp2,
    notes: await notesOf(request, system, { properties, resources }),
    integralsHash: correlated.activeSpace && hamiltonian && integralsHash(hamiltonian),
    nuclearRepulsion_hartree: scf.nuclearRepulsion_hartree,
    ...correlated,
    ...(request.fcidump && hamiltonian && { fcidump: formatFcidump(hamiltonian) }),
    backend: settings.backend,
    build: native().buildId(),
    optimisation,
    ...(vibrating && { vibrations: await vibrationsOf(vibrating) }),
    threads,
    program: null,
    wallTime_ms: performance.now() - begin,
    ...(threads === 1 && { processorTime_ms: processorTime_ms() - processor }),
  };
  return { result, scf, hamiltonian };
}

/**
 * Energy of one molecule by the method asked for; with VQE also MP2 and exact diagonalisation of the same active space.
 *
 * RHF for singlets; UHF for MP2 and ROHF for active spaces of open shells. What does not converge is an outcome in the
 * result. Throws DomainError for input that cannot be computed, AbortError when cancelled.
 */
export const evaluateEnergy = async (
  request: EnergyRequest,
  context: EvaluationContext,
): Promise<EnergyResult> => (await evaluate(request, context)).result;
