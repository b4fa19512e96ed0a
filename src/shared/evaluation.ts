/** What the quantum evaluator is asked and what it answers. Energies in Hartree, JSON-safe throughout. */
import { z } from "zod";
import { Sha256 } from "./ids.ts";
import { Geometry } from "./molecule.ts";
import { DeviceCircuit, DeviceRequest, MappedHamiltonian, Mapping } from "./qubits.ts";
import { Ansatz, BackendName, VqeSettings } from "./vqe.ts";

export const Method = z.enum(["rhf", "uhf", "rohf", "mp2", "casci", "fci", "vqe"]);
export type Method = z.infer<typeof Method>;

/** Number of active electrons and spatial orbitals. */
export const ActiveSpaceSize = z.strictObject({
  nelec: z.number().int().min(1),
  norb: z.number().int().min(1),
});
export type ActiveSpaceSize = z.infer<typeof ActiveSpaceSize>;

/** Reads "4e,4o". */
export function parseActiveSpace(text: string): ActiveSpaceSize | undefined {
  const match = /^(\d+)e\s*,\s*(\d+)o$/.exec(text.trim());
  if (!match) return undefined;
  const parsed = ActiveSpaceSize.safeParse({ nelec: Number(match[1]), norb: Number(match[2]) });
  return parsed.success ? parsed.data : undefined;
}

/** Highest occupied and lowest virtual orbitals by energy: `nelec` electrons in `norb` orbitals. */
export const FrontierRule = ActiveSpaceSize.extend({ rule: z.literal("frontier") });

/** MP2 natural orbitals whose occupation lies from `threshold` to 2 − `threshold`; chemical core frozen. */
export const NaturalOccupationRule = z.strictObject({
  rule: z.literal("natural-occupation"),
  threshold: z.number().gt(0).lt(1).default(0.02),
});

/** A valence shell of an element, all of it or one direction of a p shell: "O 2p", "C 2pz". */
export const AtomicOrbital = z
  .string()
  .regex(
    /^[A-Z][a-z]? (?:[1-7][sd]|[2-7]p[xyz]?)$/,
    'expected an element and a shell, such as "O 2p" or "C 2pz"',
  );

/** Orbitals whose overlap with `targets`, atomic orbitals of STO-3G, is above `threshold` (AVAS, doi:10.1021/acs.jctc.7b00128). */
export const AvasRule = z.strictObject({
  rule: z.literal("avas"),
  targets: z.array(AtomicOrbital).min(1),
  threshold: z.number().gt(0).lt(1).default(0.2),
});

/** Hartree–Fock orbitals by zero-based index, in order of energy; each brings the electrons it has there. */
export const ListedOrbitalsRule = z.strictObject({
  rule: z.literal("orbitals"),
  orbitals: z.array(z.number().int().min(0)).min(1),
});

/** How a molecule's active space is chosen; one rule can hold for all candidates of a campaign. */
export const ActiveSpaceRule = z.discriminatedUnion("rule", [
  FrontierRule,
  NaturalOccupationRule,
  AvasRule,
  ListedOrbitalsRule,
]);
export type ActiveSpaceRule = z.infer<typeof ActiveSpaceRule>;

/** A rule; a bare size means the frontier window. */
export const ActiveSpaceRequest = z.union([ActiveSpaceRule, ActiveSpaceSize]);
export type ActiveSpaceRequest = z.infer<typeof ActiveSpaceRequest>;

/** Iterations that any calculation may be given: far more than one that will converge needs. */
export const MAX_ITERATIONS = 10_000;

/** States that one calculation may be asked for. */
export const MAX_STATES = 20;

/** One electron less, or one more, in the same orbitals. */
export const IonKind = z.enum(["cation", "anion"]);
export type IonKind = z.infer<typeof IonKind>;

export const EnergyRequest = z.strictObject({
  geometry: Geometry,
  charge: z.number().int(),
  multiplicity: z.number().int().min(1),
  basis: z.string(),
  /** A basis set of the caller's own, which `basis` then only names: the text of a Gaussian94 file. */
  ownBasis: z.strictObject({ text: z.string(), functions: z.enum(["cartesian", "pure"]) }).optional(),
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
  /** Leaves the chemical core uncorrelated in MP2 and FCI. */
  frozenCore: z.boolean().optional(),
  /** Hartree–Fock with fitted densities; what follows takes its orbitals and exact integrals. */
  densityFit: z.boolean().optional(),
  /** States of CASCI, FCI and VQE, lowest first; default 1. */
  states: z.number().int().min(1).max(MAX_STATES).optional(),
  /** Gives the VQE's circuit at its parameters as an OpenQASM program. */
  openQasm: z.boolean().optional(),
  /** Routes the VQE's circuit, and makes LUCJ and hardware-efficient ones for it. */
  device: DeviceRequest.optional(),
  /** Counts qubits and Pauli strings of the active space by this mapping. */
  mapping: Mapping.optional(),
  /** Also computed in the orbitals of a closed shell by CASCI or VQE. */
  ions: z.array(IonKind).optional(),
  /** Moves the atoms to a stationary point of the Hartree–Fock energy first. */
  optimise: z.strictObject({ frozen: z.array(z.number().int().min(0)) }).optional(),
});
export type EnergyRequest = z.infer<typeof EnergyRequest>;

/** A Hartree–Fock orbital or density on a box of points around the nuclei. */
export const GridRequest = EnergyRequest.pick({
  ...{ geometry: true, charge: true, multiplicity: true, basis: true },
}).extend({
  method: z.enum(["rhf", "uhf", "rohf"]),
  /** An orbital by index from 0 in order of energy; homo is the highest occupied one, of α. */
  field: z.union([z.enum(["density", "spin-density", "homo", "lumo"]), z.number().int().min(0)]),
  spin: z.enum(["alpha", "beta"]),
  spacing_angstrom: z.number().min(0.02).max(2),
});
export type GridRequest = z.infer<typeof GridRequest>;

/** How a calculation ended; an expected scientific failure is a value. */
export const Outcome = z.enum(["converged", "not-converged"]);
export type Outcome = z.infer<typeof Outcome>;

export const ActiveSpace = z.strictObject({
  nelec: z.number().int(),
  norb: z.number().int(),
  /**
   * Zero-based indices of the active orbitals: among the Hartree–Fock orbitals in order of energy, or, where the rule makes
   * orbitals of its own (natural-occupation, avas), among those, the core before them.
   */
  orbitals: z.array(z.number().int()),
  /** The rule that chose it, sizes filled in; null in earlier records, which are frontier windows. */
  rule: ActiveSpaceRule.nullable().default(null),
  /** Why these orbitals, in a sentence; null in earlier records. */
  reason: z.string().nullable().default(null),
  /** MP2 natural occupation of each active orbital, 0 … 2; null where the rule knows none. */
  naturalOccupations: z.array(z.number()).nullable().default(null),
  /** The largest min(n, 2 − n) of the natural occupations n that were left out; null where the rule knows none. */
  largestDiscardedOccupation: z.number().nullable().default(null),
});
export type ActiveSpace = z.infer<typeof ActiveSpace>;

/** A state above the lowest. */
export const ExcitedState = z.strictObject({
  energy_hartree: z.number(),
  spinSquare: z.number(),
  outcome: Outcome,
});
export type ExcitedState = z.infer<typeof ExcitedState>;

/** A number that is absent from records of before it was kept, or where it does not apply. */
const laterNumber = z.number().nullable().default(null);

export const SqdResult = z.strictObject({
  outcome: Outcome,
  energy_hartree: z.number(),
  /** Spanned by the strings that were kept. */
  determinants: z.number().int(),
  shots: z.number().int(),
  /** Shots with the right number of electrons of each spin; the others were repaired. */
  validShots: z.number().int(),
});
export type SqdResult = z.infer<typeof SqdResult>;

/** One VQE minimisation. */
export const VqeResult = z.strictObject({
  outcome: Outcome,
  /** The lowest energy seen; with shots, the energy measured at the parameters of the lowest. */
  energy_hartree: z.number(),
  /** Largest absolute component of the gradient at that energy. */
  gradientNorm: z.number(),
  iterations: z.number().int(),
  /** Energies with gradient that were computed. */
  evaluations: z.number().int(),
  nParameters: z.number().int(),
  /** Occupied active orbitals of the determinant it started from, counted from 0 in the active space. */
  reference: z.strictObject({ alpha: z.array(z.number().int()), beta: z.array(z.number().int()) }),
  /** ⟨S²⟩ of the state: the ansatz keeps the number of α and of β electrons, not the spin. null in earlier records. */
  spinSquare: z.number().nullable().default(null),
  /** Largest absolute parameter: far from small where one determinant is a poor start. */
  largestAmplitude_radian: z.number(),
  qubits: z.number().int(),
  /** Qubits left when the Hamiltonian's Z₂ symmetries are tapered off. */
  qubitsTapered: z.number().int(),
  /** CNOT and CZ gates of the ansatz as a circuit. */
  twoQubitGates: z.number().int(),
  /** Gates of the circuit, and its depth. */
  gates: laterNumber,
  depth: laterNumber,
  ansatz: Ansatz.default("uccsd"),
  backend: BackendName.default("exact"),
  /** Seed of random starts and shots; null where nothing was random. */
  seed: laterNumber,
  /** null without shots, as the two below. */
  shots: laterNumber,
  /** Standard error of energy_hartree by the spread of its shots: it does not hold what noise adds. */
  statedError_hartree: laterNumber,
  /** Energy at the same parameters without shots and noise. */
  noiseless_hartree: laterNumber,
  /** ⟨N⟩ of the active electrons where the ansatz does not keep their number. */
  electronNumber: laterNumber,
  /** Sample-based diagonalisation of shots of the same circuit, where asked for: variational whatever the noise. */
  sqd: SqdResult.nullable().default(null),
  /** States above, by deflation, where asked for. */
  excited: z.array(ExcitedState).default([]),
  /** Energy after each iteration, the first entry at the starting parameters. */
  trace_hartree: z.array(z.number()),
  wallTime_ms: z.number(),
});
export type VqeResult = z.infer<typeof VqeResult>;

export const CasciResult = z.strictObject({
  outcome: Outcome,
  energy_hartree: z.number(),
  determinants: z.number().int(),
  /**
   * The lowest state of the same numbers of α and β electrons whatever its spin, where VQE went below energy_hartree:
   * what bounds VQE, which keeps those numbers and not the spin. Otherwise null.
   */
  lowestOfAnySpin: z
    .strictObject({ energy_hartree: z.number(), spinSquare: z.number() })
    .nullable()
    .default(null),
  /** ⟨S²⟩ */
  spinSquare: laterNumber,
  /** States above, where asked for. */
  excited: z.array(ExcitedState).default([]),
  wallTime_ms: z.number(),
});
export type CasciResult = z.infer<typeof CasciResult>;

/** The exact energy that VQE cannot go below. */
export const vqeBound = ({ energy_hartree, lowestOfAnySpin }: CasciResult): number =>
  lowestOfAnySpin?.energy_hartree ?? energy_hartree;

/** Exact diagonalisation bounds only states of the same numbers of electrons that were not measured with shots. */
export const noiselessEnergy = ({ noiseless_hartree, energy_hartree }: VqeResult): number =>
  noiseless_hartree ?? energy_hartree;

/** A cation or anion in the orbitals and the active space of the molecule. */
export const IonResult = z.strictObject({
  kind: IonKind,
  casci: CasciResult,
  vqe: VqeResult.nullable(),
  /** −ε of the highest occupied orbital for a cation, of the lowest empty one for an anion. */
  koopmans_hartree: z.number(),
});
export type IonResult = z.infer<typeof IonResult>;

export const Mp2Result = z.strictObject({
  energy_hartree: z.number(),
  correlation_hartree: z.number(),
  sameSpin_hartree: z.number(),
  oppositeSpin_hartree: z.number(),
  /** Of a pair of opposite spins: above about 0.1 one determinant is a poor start. */
  largestAmplitude: z.number(),
  nFrozenCore: z.number().int(),
  wallTime_ms: z.number(),
});
export type Mp2Result = z.infer<typeof Mp2Result>;

/** Properties of the Hartree–Fock density. */
export const Properties = z.strictObject({
  /** x y z, about the origin of the coordinates: for an ion it depends on the origin. */
  dipole_debye: z.array(z.number()).length(3),
  /** e, of each atom; doi:10.1063/1.1740588. */
  mullikenCharges: z.array(z.number()),
  /** e, of each atom, from orthogonalised functions; doi:10.1063/1.1747632. */
  lowdinCharges: z.array(z.number()),
});
export type Properties = z.infer<typeof Properties>;

export const Stability = z.strictObject({
  /** Whether a lower solution of the same kind lies beside this one. */
  verdict: z.enum(["stable", "unstable", "not-checked"]),
  /** Lowest eigenvalue of the orbital Hessian; null where it was not computed. */
  lowestCurvature_hartree: z.number().nullable(),
  /** How often a saddle point was left for a lower solution. */
  followed: z.number().int(),
});

export const Optimisation = z.strictObject({
  outcome: Outcome,
  /** Where the atoms ended; the energies beside are of this geometry. */
  geometry: Geometry,
  steps: z.number().int(),
  /** Largest component of the gradient; null where the last field did not converge. */
  gradient_hartree_per_bohr: z.number().nullable(),
  trace_hartree: z.array(z.number()),
  wallTime_ms: z.number(),
});
export type Optimisation = z.infer<typeof Optimisation>;

/** The answer to an EnergyRequest; null where a method was not asked for or not reached. */
export const EnergyResult = z.strictObject({
  basis: z.string(),
  nBasis: z.number().int(),
  charge: z.number().int(),
  multiplicity: z.number().int(),
  nuclearRepulsion_hartree: z.number(),
  hartreeFock: z.strictObject({
    outcome: Outcome,
    energy_hartree: z.number(),
    iterations: z.number().int(),
    /** Of the α orbitals where the spins have orbitals of their own. */
    orbitalEnergies_hartree: z.array(z.number()),
    reference: z.enum(["rhf", "uhf", "rohf"]).default("rhf"),
    /** Of the β orbitals; null where they are those of α. */
    betaOrbitalEnergies_hartree: z.array(z.number()).nullable().default(null),
    /** ⟨S²⟩ of the determinant. */
    spinSquare: laterNumber,
    stability: Stability.nullable().default(null),
    /** null for a field of exact integrals; otherwise the error that fitting makes in its energy. */
    densityFitting: z
      .strictObject({ auxiliary: z.string(), nAuxiliary: z.number().int(), error_hartree: z.number() })
      .nullable()
      .default(null),
    wallTime_ms: z.number(),
  }),
  /** null where the field did not converge. */
  properties: Properties.nullable().default(null),
  mp2: Mp2Result.nullable().default(null),
  activeSpace: ActiveSpace.nullable(),
  /** Hash of the active space's integrals, bit for bit; null without an active space and in earlier records. */
  integralsHash: Sha256.nullable().default(null),
  casci: CasciResult.nullable(),
  fci: CasciResult.nullable().default(null),
  vqe: VqeResult.nullable(),
  /** The VQE's circuit on the device that was asked for. */
  device: DeviceCircuit.nullable().default(null),
  /** The active space's Hamiltonian on qubits, where a mapping was asked for. */
  mapping: MappedHamiltonian.nullable().default(null),
  /** Where asked for. */
  ions: z.array(IonResult).default([]),
  backend: z.string(),
  /** Build id of the native core: the same input and build give the same bits. */
  build: z.string(),
  /** OpenQASM 3 program of the VQE's circuit at its parameters, where asked for; Jordan–Wigner qubits, α before β, or routed. */
  openQasm: z.string().nullable().default(null),
  /** Name and version of the program, where the result stands alone. */
  program: z.string().nullable().default(null),
  optimisation: Optimisation.nullable().default(null),
  threads: laterNumber,
  wallTime_ms: z.number(),
});
export type EnergyResult = z.infer<typeof EnergyResult>;

export const IonisationRequest = EnergyRequest.omit({
  ...{ method: true, multiplicity: true, charge: true },
  ...{
    ownBasis: true,
    ghosts: true,
    pointCharges: true,
    frozenCore: true,
    states: true,
    optimise: true,
    densityFit: true,
    openQasm: true,
    device: true,
    mapping: true,
    ions: true,
  },
});
export type IonisationRequest = z.infer<typeof IonisationRequest>;

/** Neutral and cation in one active space of the neutral's orbitals. */
export const IonisationResult = z.strictObject({
  outcome: Outcome,
  neutral: EnergyResult,
  /** Cation in the same orbitals; null where the neutral's SCF did not converge. */
  cation: z.strictObject({ casci: CasciResult, vqe: VqeResult }).nullable(),
  /** VQE energy of the cation less that of the neutral; null unless both converged. */
  vertical_hartree: z.number().nullable(),
  /** The same by exact diagonalisation. */
  verticalCasci_hartree: z.number().nullable(),
  /** −ε(HOMO). */
  koopmans_hartree: z.number().nullable(),
});
export type IonisationResult = z.infer<typeof IonisationResult>;
