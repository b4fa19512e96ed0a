/** From a geometry to ranked energies: SCF → active space → exact diagonalisation and VQE, each with its outcome. */
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import type { EnergyResult } from "#shared/quantum/energy-result.ts";
import { isFunctional } from "#shared/quantum/functionals.ts";
import { continuumOf } from "#shared/quantum/solvents.ts";
import { isMp2 } from "#shared/quantum/spin-scaling.ts";
import type { WayPoint } from "#shared/quantum/way.ts";
import type { ControlBlock } from "../control-block.ts";
import { requestedDispersion } from "../dispersion/requested-dispersion.ts";
import { MOST_STARTS } from "../field/open-shell.ts";
import type { ScfResult } from "../field/scf.ts";
import { inFixedField } from "../field/solvent.ts";
import type { NamedStart } from "../field/starts.ts";
import { openSystem, type QuantumSystem, type SystemOptions } from "../field/system.ts";
import { checkInputFile } from "../files/calculation.ts";
import { type FileOrbitals, fieldOrbitals } from "../files/molden.ts";
import { freeGradient } from "../geometry/optimise.ts";
import { largest } from "../geometry/quasi-newton.ts";
import type { ActiveHamiltonian } from "../hamiltonian/hamiltonian.ts";
import { integralsHash } from "../hamiltonian/integrals-hash.ts";
import type { ShotsAtHand } from "../measurement/at-hand.ts";
import { loadFittingBasis } from "../molecule/basis.ts";
import { requestedBasis } from "../molecule/requested-basis.ts";
import { diagnosticOf } from "../multireference/diagnostic.ts";
import { native } from "../native/native.ts";
import { correlate, NOTHING } from "./beyond-field.ts";
import { casscfOptimised } from "./casscf-geometry.ts";
import { checkRequest, vqeSettings } from "./check-request.ts";
import { checkSpaces } from "./check-spaces.ts";
import type { CorrelatedOptions } from "./correlated.ts";
import { type FieldOptions, fieldKind, fieldOf, mp2Of } from "./field.ts";
import { optimised } from "./geometry.ts";
import { notesOf } from "./notes.ts";
import { type FieldWithMp2, openShellField } from "./open-shell.ts";
import { processorTime_ms } from "./processor-time.ts";
import { solventReport } from "./solvation.ts";
import { vibrationsOf } from "./vibrations.ts";
import { writtenFiles } from "./written-files.ts";

export interface EvaluationContext {
  /** The folder that holds basis/. */
  readonly resources: string;
  /** Threads of one evaluation; default 1. The result has the same bits for any number. */
  readonly threads?: number;
  readonly control?: ControlBlock | undefined;
  /** Shots of devices elsewhere that are at hand. */
  readonly shots?: ShotsAtHand | undefined;
  /** Is told of each point of an optimisation. */
  readonly onStep?: ((point: WayPoint) => void) | undefined;
}

/** Soft vibrations want a better stationary point than energies do. */
const STATIONARY_HARTREE_PER_BOHR = 1e-4;

/** Largest component of the gradient at a stationary point that is given, Hartree/bohr: an optimisation's usual tolerance. */
const NEARLY_STATIONARY_HARTREE_PER_BOHR = 5e-4;

/** Solutions of CASSCF further apart than this are two. */
const LOWER_HARTREE = 1e-6;

const isStationary = (system: QuantumSystem, scf: ScfResult): boolean =>
  largest(freeGradient(system, scf)) < NEARLY_STATIONARY_HARTREE_PER_BOHR;

/** A set of the caller's own is taken as it is; the error of the fit is in the result. */
const fittingSetOf = ({ basis, ownBasis }: EnergyRequest, resources: string) =>
  loadFittingBasis(resources, ownBasis ? undefined : basis);

/** A solution that other orbitals lead to where an optimisation by CASSCF ended. */
function lowerThanOptimised(
  optimisation: EnergyResult["optimisation"],
  multireference: EnergyResult["multireference"],
): string[] {
  const end = optimisation?.trace_hartree.at(-1);
  const found = multireference?.orbitals && multireference.states[0];
  if (end === undefined || !found || found.energy_hartree > end - LOWER_HARTREE) return [];
  const by = (1000 * (end - found.energy_hartree)).toFixed(3);
  return [
    `Where the optimisation by CASSCF ended, other orbitals lead ${by} mEh lower: the geometry is stationary for those that were followed, not for these.`,
  ];
}

/** Why an optimisation went on in Cartesian coordinates. */
function leftCoordinates(optimisation: EnergyResult["optimisation"]): string[] {
  const { coordinates } = optimisation ?? {};
  if (coordinates?.kind !== "cartesian" || !coordinates.left) return [];
  const { step, why } = coordinates.left;
  return [`Optimised in internal coordinates to step ${step}, then in Cartesian ones: ${why}.`];
}

export interface Evaluated {
  readonly result: EnergyResult;
  readonly scf: ScfResult;
  /** null where no method needs an active space, or the SCF did not converge. */
  readonly hamiltonian: ActiveHamiltonian | null;
  /** Where asked for and the field converged: those that a Molden file would hold. */
  readonly orbitals: readonly FileOrbitals[] | null;
  /** Of the vibrations, where these were asked for and found: displacements [vibrations, 3n], each of length 1 over all atoms. */
  readonly modes: Float64Array | null;
}

/** The system of a request and the field it asks for. */
export async function moleculeOf(
  request: EnergyRequest,
  { resources, threads = 1, control }: EvaluationContext,
): Promise<{ molecule: SystemOptions; field: FieldOptions }> {
  const { charge, multiplicity, method, openShell } = request;
  const basis = await requestedBasis(request, resources);
  const dispersion = await requestedDispersion(request, resources);
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
      dispersion,
      ...(request.solvent && { solvent: continuumOf(request.solvent) }),
      ...(openShell && { fieldsTogether: MOST_STARTS[openShell] }),
    },
    field: {
      kind: fieldKind(method, multiplicity),
      ...(isFunctional(method) && { functional: { name: method, grid: request.grid ?? "fine" } }),
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
  const { densityFitting } = field;
  const level = { frozenCore: request.frozenCore, densityFitting };
  const [mp2 = null] = wantsMp2 && isConverged ? await mp2Of(system, [found.scf], level) : [];
  return { ...found, mp2 };
}

/** The atoms where the CASSCF energy is stationary, and orbitals to begin from there. */
async function relaxedByCasscf(
  request: EnergyRequest,
  { molecule, field }: Awaited<ReturnType<typeof moleculeOf>>,
  { context, asked }: { context: EvaluationContext; asked: CorrelatedOptions },
) {
  const { resources, onStep } = context;
  const options = { field, request, resources, asked, onStep };
  const { optimisation, start } = await casscfOptimised(molecule, options);
  const { geometry } = optimisation;
  return { optimisation, starts: [], casscfStart: start, molecule: { ...molecule, geometry } };
}

/** The atoms where they are asked for, or where the field's energy is stationary, and orbitals to begin from there. */
async function relaxed(
  request: EnergyRequest,
  { molecule, field }: Awaited<ReturnType<typeof moleculeOf>>,
  { onStep }: EvaluationContext,
) {
  if (!request.optimise) return { optimisation: null, starts: [], casscfStart: undefined, molecule };
  const { optimisation, starts } = await optimised(molecule, {
    field,
    ...request.optimise,
    onStep,
    ...(request.vibrations && { gradientTolerance: STATIONARY_HARTREE_PER_BOHR }),
    check: (first) => checkSpaces(first, request),
  });
  const { geometry } = optimisation;
  return { optimisation, starts, casscfStart: undefined, molecule: { ...molecule, geometry } };
}

/** The field that the method begins from, with MP2 where it is asked for. */
async function fieldFor(
  system: QuantumSystem,
  request: EnergyRequest,
  { field, starts }: { field: FieldOptions; starts: readonly NamedStart[] },
): Promise<FieldWithMp2> {
  const { method, openShell, frozenCore } = request;
  const wantsMp2 = isMp2(method) || (method === "vqe" && field.kind !== "rohf");
  const found = openShell
    ? await openShellField(system, { field, openShell, frozenCore, wantsMp2 })
    : await fieldWithMp2(system, request, { field, starts, wantsMp2 });
  const solvent = solventReport(system, found.scf, { field, openShell });
  return solvent ? { ...found, hartreeFock: { ...found.hartreeFock, solvent } } : found;
}

/** What is added to the field. */
const dispersionOf = ({ dispersion }: QuantumSystem): Pick<EnergyResult, "dispersion"> =>
  dispersion ? { dispersion: { model: dispersion.model, energy_hartree: dispersion.energy_hartree } } : {};

/** What correlates the electrons of a field in a solvent is computed in the charges that the field left there. */
const withoutAnswer = (system: QuantumSystem, { solvent, ...scf }: ScfResult): QuantumSystem | null =>
  solvent && inFixedField(system, { ...scf, solvent });

/** Vibrations where they are asked for. */
async function vibrationsFor(
  { vibrations: conditions }: EnergyRequest,
  { system, molecule, scf }: { system: QuantumSystem; molecule: SystemOptions; scf: ScfResult },
): Promise<Pick<EnergyResult, "vibrations"> & { modes: Float64Array | null }> {
  if (!conditions) return { modes: null };
  return await vibrationsOf({ molecule, scf, conditions, isStationary: isStationary(system, scf) });
}

/** An evaluation whose field may also start from the orbitals of neighbours on a curve. Throws as evaluateEnergy. */
export async function evaluate(
  request: EnergyRequest,
  context: EvaluationContext,
  {
    neighbours = [],
    keepsOrbitals = false,
  }: { neighbours?: readonly NamedStart[]; keepsOrbitals?: boolean } = {},
): Promise<Evaluated> {
  const begin = performance.now();
  const processor = processorTime_ms();
  const { maxIterations, states = 1, anySpin, device, gateSet } = request;
  const settings = vqeSettings(request);
  checkRequest(request, settings);
  const { threads = 1, control, resources } = context;
  const opened = await moleculeOf(request, context);
  checkInputFile(request, opened.molecule.basis);
  const asked = {
    settings,
    maxIterations,
    states,
    anySpin,
    context: { threads, control },
    device,
    gateSet,
    shots: context.shots,
  };
  const { optimisation, starts, casscfStart, molecule } = await (request.optimise &&
  request.method === "casscf"
    ? relaxedByCasscf(request, opened, { context, asked })
    : relaxed(request, opened, context));
  using system = openSystem(molecule);
  checkSpaces(system, request);
  const { scf, ...field } = await fieldFor(system, request, {
    ...opened,
    starts: [...neighbours, ...starts],
  });
  const isConverged = scf.outcome === "converged";
  using fixed = isConverged ? withoutAnswer(system, scf) : null;
  const {
    hamiltonian,
    wavefunction,
    orbitals = null,
    ...correlated
  } = isConverged
    ? await correlate(fixed ?? system, scf, { request, resources, asked, further: casscfStart })
    : NOTHING;
  const { modes, ...vibrating } = isConverged
    ? await vibrationsFor(request, { system, molecule, scf })
    : { modes: null };
  const result: EnergyResult = {
    basis: molecule.basis.name,
    nBasis: system.nBasis,
    charge: request.charge,
    multiplicity: request.multiplicity,
    ...field,
    ...dispersionOf(system),
    notes: [
      ...(await notesOf(request, system, {
        properties: field.properties,
        coupledCluster: correlated.coupledCluster,
        resources,
      })),
      ...leftCoordinates(optimisation),
      ...lowerThanOptimised(optimisation, correlated.multireference),
    ],
    integralsHash: correlated.activeSpace && hamiltonian && integralsHash(hamiltonian, { control }),
    nuclearRepulsion_hartree: scf.nuclearRepulsion_hartree,
    ...correlated,
    ...(request.diagnose &&
      isConverged && {
        diagnostic: diagnosticOf(system, scf, {
          mp2: field.mp2,
          isFromField: request.diagnose === "from-field",
        }),
      }),
    backend: settings.backend,
    build: native().buildId(),
    optimisation,
    ...vibrating,
    threads,
    program: null,
    wallTime_ms: performance.now() - begin,
    ...(threads === 1 && { processorTime_ms: processorTime_ms() - processor }),
  };
  const sets = () => (orbitals ? [orbitals()] : fieldOrbitals(scf));
  const files = isConverged
    ? writtenFiles({ request, result, system, scf, hamiltonian, wavefunction, sets }, { control })
    : {};
  const kept = keepsOrbitals && isConverged ? sets() : null;
  return { result: { ...result, ...files }, scf, hamiltonian, orbitals: kept, modes };
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
