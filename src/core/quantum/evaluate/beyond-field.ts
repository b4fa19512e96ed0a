/** What is computed on a converged field, as far as the method asks for it. */
import type { ActiveSpace } from "#shared/quantum/active-space.ts";
import type { CoupledClusterResult } from "#shared/quantum/coupled-cluster-result.ts";
import { type EnergyRequest, isCoupledCluster, usesActiveSpace } from "#shared/quantum/energy-request.ts";
import type { IonResult } from "#shared/quantum/energy-result.ts";
import type { ExcitationsResult } from "#shared/quantum/excitations-result.ts";
import type { MultireferenceResult } from "#shared/quantum/multireference-result.ts";
import type { DeviceCircuit, MappedHamiltonian } from "#shared/quantum/qubits.ts";
import type { SciResult } from "#shared/quantum/sci-result.ts";
import type { CasciResult, VqeResult } from "#shared/quantum/state-result.ts";
import { minimiserOf } from "../backends/select.ts";
import { type SpinSolution, solveSpinStates } from "../ci/spin-states.ts";
import { toQasm3 } from "../circuit/qasm3.ts";
import { coupledCluster } from "../field/coupled-cluster.ts";
import { excitationsOf } from "../field/excitations.ts";
import type { ScfResult } from "../field/scf.ts";
import type { QuantumSystem } from "../field/system.ts";
import { type FileOrbitals, ruledOrbitals } from "../files/molden.ts";
import { lowestDeterminant } from "../hamiltonian/determinant.ts";
import type { ActiveHamiltonian } from "../hamiltonian/hamiltonian.ts";
import { mappedHamiltonian } from "../mapping/mapped-hamiltonian.ts";
import { type CasscfProblem, type CasscfStart, casscf } from "../multireference/casscf.ts";
import { multireferenceOf, wantedStates } from "../multireference/multireference.ts";
import { naturalOrbitals } from "../multireference/natural-orbitals.ts";
import { orbitalIntegrals } from "../multireference/orbital-gradient.ts";
import { casscfStarts } from "../multireference/starts.ts";
import { vqeSolver } from "../multireference/vqe-solver.ts";
import {
  activeSpaceHamiltonian,
  type ChosenSpace,
  chooseActiveSpace,
  spaceOrbitals,
} from "../space/active-space.ts";
import { checkActiveSpace, checkSelectedSpace } from "../space/active-space-size.ts";
import { withMissingExcitations, withNeededOrbitals } from "../space/needed-orbitals.ts";
import type { MoleculeOrbitals } from "../space/ordered-orbitals.ts";
import { spinStatesByVqe } from "../states/spin-states-vqe.ts";
import { nativeQasm3 } from "../transpile/native-qasm3.ts";
import { checkDevice } from "./check-request.ts";
import { coupledClusterOptions, fullSpace } from "./check-spaces.ts";
import { bothOf, type Correlated, type CorrelatedOptions, casciOf, casciResult } from "./correlated.ts";
import { ionsOf } from "./ions.ts";
import { selectedOf } from "./selected.ts";
import { withWallTime } from "./wall-time.ts";

interface Computed {
  readonly coupledCluster?: CoupledClusterResult;
  readonly excitations?: ExcitationsResult;
  readonly activeSpace: ActiveSpace | null;
  readonly hamiltonian: ActiveHamiltonian | null;
  readonly casci: CasciResult | null;
  readonly fci: CasciResult | null;
  readonly multireference?: MultireferenceResult;
  readonly sci?: SciResult;
  /** The lowest state of selected CI as text, where asked for. */
  readonly wavefunction?: string;
  readonly vqe: VqeResult | null;
  readonly openQasm: string | null;
  readonly device: DeviceCircuit | null;
  readonly mapping: MappedHamiltonian | null;
  readonly ions: IonResult[];
  /** Natural ones of states by their spin, or those that a rule made; absent where they are the field's. */
  readonly orbitals?: () => FileOrbitals;
}

/** Where no method asks for anything. */
export const NOTHING: Computed = {
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
  const { frozenCore = false, activeSpace, selection: settings, record } = request;
  const nOrbitals = scf.orbitalEnergies_hartree[0].length;
  const chosen = activeSpace && (await chooseActiveSpace(system, scf, { request: activeSpace, resources }));
  const space = chosen?.space ?? fullSpace(system, nOrbitals, frozenCore);
  checkSelectedSpace(space, { nelec: scf.nelec, nOrbitals });
  const hamiltonian = activeSpaceHamiltonian(system, chosen?.orbitals ?? scf, space);
  const { states, context } = asked;
  const wanted = { states: request.spinStates ?? states, settings, wavefunction: record, context };
  return {
    ...NOTHING,
    activeSpace: chosen?.space ?? null,
    hamiltonian,
    ...(await selectedOf(hamiltonian, wanted)),
    ...madeBy(chosen, { system, scf }),
  };
}

/** The orbitals of a space whose rule made its own. */
const madeBy = (
  chosen: ChosenSpace | null,
  { system, scf }: { system: QuantumSystem; scf: ScfResult },
): Pick<Computed, "orbitals"> =>
  chosen && chosen.orbitals !== scf
    ? { orbitals: () => ruledOrbitals(system, chosen.orbitals.orbitals[0]) }
    : {};

/** The natural orbitals of states. */
const naturalOf = (
  ...[orbitals, asked]: Parameters<typeof naturalOrbitals>
): Pick<Required<Computed>, "orbitals"> => ({
  orbitals: () => ({ spin: "Alpha", ...naturalOrbitals(orbitals, asked) }),
});

/** Exact diagonalisation and VQE of a converged field, as far as the method asks for them. */
export async function correlate(
  system: QuantumSystem,
  scf: ScfResult,
  {
    request,
    resources,
    asked,
    further,
  }: {
    request: EnergyRequest;
    resources: string;
    asked: CorrelatedOptions;
    /** Orbitals that CASSCF may begin from too. */
    further?: CasscfStart | undefined;
  },
): Promise<Computed> {
  const { method, frozenCore = false } = request;
  if (method === "fci") {
    const space = fullSpace(system, scf.orbitalEnergies_hartree[0].length, frozenCore);
    const hamiltonian = activeSpaceHamiltonian(system, scf, space);
    return { ...NOTHING, hamiltonian, fci: await casciOf(hamiltonian, asked) };
  }
  if (isCoupledCluster(method)) {
    const options = coupledClusterOptions(request);
    const { value, wallTime_ms } = await withWallTime(() => coupledCluster(system, scf, options));
    return { ...NOTHING, coupledCluster: { ...value, wallTime_ms } };
  }
  if (request.excitations) {
    const { excitations: states } = request;
    const { value, wallTime_ms } = await withWallTime(() => excitationsOf(system, scf, states));
    return { ...NOTHING, excitations: { ...value, wallTime_ms } };
  }
  if (method === "sci") return await selected(system, scf, { request, resources, asked });
  if (!usesActiveSpace(method)) return NOTHING;
  const { device, mapping, ions = [] } = request;
  const ruled = await chooseActiveSpace(system, scf, { request: request.activeSpace, resources });
  const needed = withNeededOrbitals(ruled, ions, { system, scf });
  const chosen = asksForExcited(request) ? withMissingExcitations(needed, { system, scf }) : needed;
  const activeSpace = chosen.space;
  checkActiveSpace(activeSpace, { nelec: scf.nelec, nOrbitals: scf.orbitalEnergies_hartree[0].length });
  if (method === "casscf")
    return {
      ...NOTHING,
      activeSpace,
      ...(await casscfOf(system, scf, { chosen, request, asked, further })),
    };
  if (device) checkDevice(device, activeSpace.norb);
  const hamiltonian = activeSpaceHamiltonian(system, chosen.orbitals, activeSpace);
  const orbitals = spaceOrbitals(system, chosen.orbitals, activeSpace);
  const bySpin =
    request.spinStates && (await bySpinOf(hamiltonian, { system, orbitals }, { request, asked }));
  const both = method === "vqe" && !bySpin ? await bothOf(hamiltonian, asked) : null;
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
    ...(bySpin ? { orbitals: bySpin.orbitals } : madeBy(chosen, { system, scf })),
  };
}

/** Whether a state other than the lowest of the molecule's own spin is asked for. */
const asksForExcited = ({ states = 1, spinStates = [], multiplicity }: EnergyRequest): boolean =>
  states > 1 || spinStates.some((one) => one.count > 1 || one.multiplicity !== multiplicity);

/** A correction is first order in what is left of a state's residual. */
const PERTURBED_HARTREE = 1e-8;

interface BySpin {
  readonly multireference: MultireferenceResult;
  /** Of the molecule's own spin, where it is among them. */
  readonly casci: CasciResult | undefined;
  readonly orbitals: () => FileOrbitals;
}

/** What finds the states of a VQE. */
const vqeSearch = ({ settings, maxIterations, context }: CorrelatedOptions) => ({
  settings,
  minimiser: minimiserOf(settings),
  options: { ...context, maxIterations },
});

const vqeOfStates = ({ settings: { ansatz, layers, starts, seed } }: CorrelatedOptions) => ({
  ansatz,
  layers,
  starts,
  seed,
});

/** States by their spin in one set of orbitals. */
async function bySpinOf(
  hamiltonian: ActiveHamiltonian,
  { system, orbitals }: { system: QuantumSystem; orbitals: MoleculeOrbitals },
  { request, asked }: { request: EnergyRequest; asked: CorrelatedOptions },
): Promise<BySpin> {
  const { context } = asked;
  const { pt2, multiplicity, method } = request;
  const accuracy = pt2 && { tolerance: PERTURBED_HARTREE };
  const wanted = wantedStates(request);
  const ci = await withWallTime(() => solveSpinStates(hamiltonian, wanted, { ...context, ...accuracy }));
  const exact = ci.value;
  const { value, wallTime_ms } = await withWallTime(async () => {
    const level = { orbitals, pt2, context };
    if (method !== "vqe") return { solutions: exact, ...multireferenceOf(system, exact, level) };
    const solutions = await spinStatesByVqe(hamiltonian, wanted, vqeSearch(asked));
    return {
      solutions,
      ...multireferenceOf(system, solutions, { ...level, exact }),
      vqe: vqeOfStates(asked),
    };
  });
  const { solutions, ...multireference } = value;
  const own = exact.find((states) => states.multiplicity === multiplicity);
  return {
    casci: own && casciResult(own.solution, ci.wallTime_ms),
    multireference: { ...multireference, wallTime_ms: wallTime_ms + (method === "vqe" ? 0 : ci.wallTime_ms) },
    ...naturalOf(orbitals, { nBasis: system.nBasis, solutions, context }),
  };
}

/** What is optimised, and with what. */
export const casscfProblem = (
  request: EnergyRequest,
  { electrons, asked: { settings, maxIterations, context } }: { electrons: number; asked: CorrelatedOptions },
): CasscfProblem => ({
  ...{ electrons, states: wantedStates(request), context },
  ...(request.solver === "vqe" && { solver: () => vqeSolver(settings, { ...context, maxIterations }) }),
});

/** The states asked for, by exact diagonalisation in these orbitals. */
function exactIn(
  system: QuantumSystem,
  orbitals: MoleculeOrbitals,
  { electrons, states, context }: CasscfProblem,
): SpinSolution[] {
  const { hamiltonian } = orbitalIntegrals(system, orbitals);
  // Only the sum counts: solveSpinStates parts it by spin.
  return solveSpinStates({ ...hamiltonian, nelec: [electrons, 0] }, states, context);
}

/** States in orbitals of their own. */
async function casscfOf(
  system: QuantumSystem,
  scf: ScfResult,
  {
    chosen,
    request,
    asked,
    further,
  }: {
    chosen: ChosenSpace;
    request: EnergyRequest;
    asked: CorrelatedOptions;
    further: CasscfStart | undefined;
  },
): Promise<Pick<BySpin, "multireference" | "orbitals">> {
  const { context } = asked;
  const { value, wallTime_ms } = await withWallTime(() => {
    const isByVqe = request.solver === "vqe";
    const starts = casscfStarts(system, { scf, chosen, isDear: isByVqe }, context);
    const problem = {
      ...casscfProblem(request, { electrons: chosen.space.nelec, asked }),
      seeksMinimum: request.seeksMinimum === true && !isByVqe,
    };
    const all = { ...starts, starts: [...starts.starts, ...(further ? [further] : [])] as const };
    const { orbitals, solutions, optimisation } = casscf(system, all, problem);
    const exact = isByVqe ? exactIn(system, orbitals, problem) : [];
    const level = { orbitals, orbitalOutcome: optimisation.outcome, exact, pt2: request.pt2, context };
    return {
      multireference: {
        ...multireferenceOf(system, solutions, level),
        ...(isByVqe && { vqe: vqeOfStates(asked) }),
        orbitals: optimisation,
      },
      ...naturalOf(orbitals, { nBasis: system.nBasis, solutions, context }),
    };
  });
  return { ...value, multireference: { ...value.multireference, wallTime_ms } };
}

/** The circuit as it would run, and on a device where its qubits are when they are measured. */
function programOf({ circuit, found, device, native }: Correlated): string {
  const remark = device
    ? `On ${device.name}: qubit k of the circuit ends on qubit [${device.finalLayout}] (entry k) of the device.`
    : undefined;
  return native ? nativeQasm3(native, remark) : toQasm3(circuit, found.run.parameters, { remark });
}
