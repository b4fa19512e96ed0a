/** What the quantum evaluator is asked. JSON-safe throughout. */
import { z } from "zod";
import { Geometry } from "../molecule/molecule.ts";
import { ActiveSpaceRequest } from "./active-space.ts";
import { BasisFunctions } from "./basis-functions.ts";
import { DispersionName } from "./dispersion.ts";
import { FUNCTIONALS, type FunctionalName, GridLevel, isFunctional } from "./functionals.ts";
import { GeometryConstraint } from "./geometry-constraint.ts";
import { DeviceRequest, GateSet, Mapping } from "./qubits.ts";
import { SciSettings } from "./sci-result.ts";
import { SolventRequest } from "./solvents.ts";
import { MAX_STATES, SpinStates } from "./spin-states.ts";
import { GasConditions } from "./vibrations-result.ts";
import { Ansatz, VqeSettings } from "./vqe.ts";

const FUNCTIONAL_NAMES = Object.keys(FUNCTIONALS) as FunctionalName[];

export const Method = z.enum([
  "rhf",
  "uhf",
  "rohf",
  ...FUNCTIONAL_NAMES,
  "mp2",
  "scs-mp2",
  "sos-mp2",
  "ccsd",
  "ccsd(t)",
  "casci",
  "casscf",
  "fci",
  "sci",
  "vqe",
]);
export type Method = z.infer<typeof Method>;

/** Coupled cluster with singles and doubles, and with triples by perturbation theory. */
export const isCoupledCluster = (method: Method): method is "ccsd" | "ccsd(t)" =>
  method === "ccsd" || method === "ccsd(t)";

/** Whether it has no other choice; selected CI may take one. */
export const usesActiveSpace = (method: Method): method is "casci" | "casscf" | "vqe" =>
  method === "casci" || method === "casscf" || method === "vqe";

/** Whether nothing is computed beyond the field: Hartree–Fock or a density functional. */
export const isField = (method: Method): method is "rhf" | "uhf" | "rohf" | FunctionalName =>
  method === "rhf" || method === "uhf" || method === "rohf" || isFunctional(method);

/** Iterations that any calculation may be given: far more than one that will converge needs. */
export const MAX_ITERATIONS = 10_000;

/** What is added to states of an active space for the correlation outside it: strongly contracted NEVPT2. */
export const PerturbationTheory = z.enum(["nevpt2"]);
export type PerturbationTheory = z.infer<typeof PerturbationTheory>;

/** What finds the states of CASSCF at each set of orbitals. */
export const ActiveSolver = z.enum(["ci", "vqe"]);
export type ActiveSolver = z.infer<typeof ActiveSolver>;

/** Programs that input files are written for. */
export const InputProgram = z.enum(["pyscf", "orca", "gaussian"]);
export type InputProgram = z.infer<typeof InputProgram>;

/** One electron less, or one more, in the same orbitals. */
export const IonKind = z.enum(["cation", "anion"]);
export type IonKind = z.infer<typeof IonKind>;

/** How an open shell follows from the closed shell beside it: an electron less, one more, or one moved, its spin turned. */
export const OpenShell = z.enum(["hole", "electron", "pair"]);
export type OpenShell = z.infer<typeof OpenShell>;

export const EnergyRequest = z.strictObject({
  geometry: Geometry,
  charge: z.number().int(),
  multiplicity: z.number().int().min(1),
  basis: z.string(),
  /** Of d and higher shells, where not those that `basis` was published with; see ownBasis for a set of the caller's. */
  functions: BasisFunctions.nullish(),
  /** A basis set of the caller's own, which `basis` then only names: the text of a Gaussian94 file. */
  ownBasis: z.strictObject({ text: z.string(), functions: BasisFunctions }).optional(),
  method: Method,
  /** null: the largest of (4e,4o) and smaller that fits. */
  activeSpace: ActiveSpaceRequest.nullable(),
  ansatz: Ansatz,
  maxIterations: z.number().int().min(1).max(MAX_ITERATIONS),
  ...VqeSettings.omit({ ansatz: true }).partial().shape,
  /** Atoms, from 0, that lend their functions but have neither charge nor electrons: counterpoise. */
  ghosts: z.array(z.number().int().min(0)).optional(),
  /** External charges, e, at x y z in Å of each in turn: they act on nuclei and electrons. */
  pointCharges: z
    .strictObject({ coordinates_angstrom: z.array(z.number()), charges: z.array(z.number()) })
    .refine(({ coordinates_angstrom: x, charges }) => x.length === 3 * charges.length)
    .optional(),
  /**
   * A continuum around the molecule: it answers the density of the field; what correlates the field's electrons is computed in its charges as
   * they are.
   */
  solvent: SolventRequest.optional(),
  /** Leaves the chemical core uncorrelated in MP2, coupled cluster, FCI and, where no active space says so, selected CI. */
  frozenCore: z.boolean().optional(),
  /** Hartree–Fock with fitted densities, and MP2 with fitted integrals; what else follows takes its orbitals and exact integrals. */
  densityFit: z.boolean().optional(),
  /** Of a density functional; default fine. */
  grid: GridLevel.optional(),
  /** Added to the energy of a field. */
  dispersion: DispersionName.optional(),
  /** Of selected CI. */
  selection: SciSettings.optional(),
  /**
   * Whether one determinant will do, or which active space is needed: by the lowest UHF solution that a search finds, or (from-field) by the
   * one that lies downhill from the field, for a tenth of the time.
   */
  diagnose: z.union([z.boolean(), z.literal("from-field")]).optional(),
  /** Gives the Hamiltonian that was correlated as the text of an FCIDUMP file. */
  fcidump: z.boolean().optional(),
  /** Gives what others need to check the energy, as far as the method has it. */
  record: z.boolean().optional(),
  /**
   * Gives orbitals as the text of a Molden file: natural ones of CASSCF, and of CASCI by `spinStates`, of the mean of the states; else
   * those that were correlated, or the field's.
   */
  molden: z.boolean().optional(),
  /** Gives the same calculation as the text of an input file for this program. */
  inputFile: InputProgram.optional(),
  /** States of CASCI, FCI, selected CI and VQE, lowest first; default 1. */
  states: z.number().int().min(1).max(MAX_STATES).optional(),
  /** States of CASCI, CASSCF, selected CI or VQE of each spin named, the lowest of each first, in one set of orbitals. */
  spinStates: SpinStates.optional(),
  /** Of CASSCF: exact diagonalisation, the default, or VQE of one state. */
  solver: ActiveSolver.optional(),
  /** Whether exact CASSCF's solution is asked for a direction that leads down, and followed there; the states of an optimisation's way are not. */
  seeksMinimum: z.boolean().optional(),
  /** Second-order perturbation theory on each state of CASSCF, or of spinStates of CASCI or VQE; all electrons correlated. */
  pt2: PerturbationTheory.optional(),
  /** States of CASCI of any spin in the sector of the multiplicity, not of the lowest alone. */
  anySpin: z.boolean().optional(),
  /** Gives the VQE's circuit at its parameters as an OpenQASM program. */
  openQasm: z.boolean().optional(),
  /** Routes the VQE's circuit, and makes LUCJ and hardware-efficient ones for it. */
  device: DeviceRequest.optional(),
  /** Transpiles the VQE's circuit at its parameters to these gates; without a device every two qubits are coupled. */
  gateSet: GateSet.optional(),
  /** Counts qubits and Pauli strings of the active space by this mapping. */
  mapping: Mapping.optional(),
  /**
   * Hartree–Fock of a doublet or quartet (hole, electron) or triplet (pair) from the orbitals of the closed shell beside it, in place of
   * the lowest solution of all; of several the one that is lowest by MP2, where that is the method.
   */
  openShell: OpenShell.optional(),
  /** Singlets and triplets above a closed shell, by single excitations of RHF (CIS) or of a functional (TDA). */
  excitations: SpinStates.optional(),
  /** Also computed in the orbitals of a closed shell by CASCI or VQE. */
  ions: z.array(IonKind).optional(),
  /** Moves the atoms to a stationary point of the field's energy, of Hartree–Fock or the functional, or of that of casscf, first. */
  optimise: z
    .strictObject({
      frozen: z.array(z.number().int().min(0)),
      constraints: z.array(GeometryConstraint).optional(),
    })
    .optional(),
  /** Vibrations of the field's energy at the stationary point that `optimise` finds, or at one that is given. */
  vibrations: GasConditions.optional(),
});
export type EnergyRequest = z.infer<typeof EnergyRequest>;

/** A Hartree–Fock orbital or density on a box of points around the nuclei. */
export const GridRequest = EnergyRequest.pick({
  geometry: true,
  charge: true,
  multiplicity: true,
  basis: true,
  functions: true,
}).extend({
  method: z.enum(["rhf", "uhf", "rohf"]),
  /** An orbital by index from 0 in order of energy; homo is the highest occupied one, of α. */
  field: z.union([z.enum(["density", "spin-density", "homo", "lumo"]), z.number().int().min(0)]),
  spin: z.enum(["alpha", "beta"]),
  spacing_angstrom: z.number().min(0.02).max(2),
});
export type GridRequest = z.infer<typeof GridRequest>;
