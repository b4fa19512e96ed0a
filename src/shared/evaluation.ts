/** What the quantum evaluator is asked and what it answers. Energies in Hartree, JSON-safe throughout. */
import { z } from "zod";
import { Geometry } from "./molecule.ts";

export const Method = z.enum(["rhf", "casci", "vqe"]);
export type Method = z.infer<typeof Method>;

export const Ansatz = z.enum(["uccsd"]);
export type Ansatz = z.infer<typeof Ansatz>;

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

export const EnergyRequest = z.strictObject({
  geometry: Geometry,
  charge: z.number().int(),
  multiplicity: z.number().int().min(1),
  basis: z.string(),
  method: Method,
  /** null: the largest of (4e,4o) and smaller that fits. */
  activeSpace: ActiveSpaceRequest.nullable(),
  ansatz: Ansatz,
  maxIterations: z.number().int().min(1).max(MAX_ITERATIONS),
});
export type EnergyRequest = z.infer<typeof EnergyRequest>;

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

/** One VQE minimisation. */
export const VqeResult = z.strictObject({
  outcome: Outcome,
  /** The lowest energy seen. */
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
  wallTime_ms: z.number(),
});
export type CasciResult = z.infer<typeof CasciResult>;

/** The exact energy that VQE cannot go below. */
export const vqeBound = ({ energy_hartree, lowestOfAnySpin }: CasciResult): number =>
  lowestOfAnySpin?.energy_hartree ?? energy_hartree;

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
    orbitalEnergies_hartree: z.array(z.number()),
    wallTime_ms: z.number(),
  }),
  activeSpace: ActiveSpace.nullable(),
  casci: CasciResult.nullable(),
  vqe: VqeResult.nullable(),
  backend: z.string(),
  /** Build id of the native core: the same input and build give the same bits. */
  build: z.string(),
  wallTime_ms: z.number(),
});
export type EnergyResult = z.infer<typeof EnergyResult>;

export const IonisationRequest = EnergyRequest.omit({ method: true, multiplicity: true, charge: true });
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
