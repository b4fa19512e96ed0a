/** What a Hartree–Fock or Kohn–Sham calculation finds. Energies in Hartree. */
import { z } from "zod";
import { KohnShamReport } from "./functionals.ts";
import { SolventReport } from "./solvents.ts";
import { Outcome } from "./state-result.ts";

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

/** What the test for lower solutions of the same kind (internal stability) found. */
export const Stability = z.strictObject({
  /** Whether a lower solution of the same kind lies beside this one. */
  verdict: z.enum(["stable", "unstable", "not-checked"]),
  /** Lowest eigenvalue of the orbital Hessian, above 0.25 an upper bound by at most a fifth of what is above; null where it was not computed. */
  lowestCurvature_hartree: z.number().nullable(),
  /** How often a saddle point was left for a lower solution. */
  followed: z.number().int(),
});
export type Stability = z.infer<typeof Stability>;

/** ⟨S²⟩ of a state of this multiplicity: S(S+1). */
export const pureSpinSquare = (multiplicity: number): number => ((multiplicity - 1) * (multiplicity + 1)) / 4;

/** What was tried to find the lowest solution. */
export const FieldSearch = z.strictObject({
  /** In their order; each is tested for stability and left for what lies below it. */
  starts: z.array(
    z.strictObject({
      start: z.string(),
      outcome: Outcome,
      energy_hartree: z.number(),
      spinSquare: z.number(),
      /** By MP2, where that decides which solution is taken. */
      mp2_hartree: z.number().exactOptional(),
    }),
  ),
  /** With one set of orbitals for both spins beside UHF; null where it was not needed. */
  restricted: z
    .strictObject({ kind: z.enum(["rhf", "rohf"]), outcome: Outcome, energy_hartree: z.number() })
    .nullable(),
  /** Energies closer than this are one solution; as all of Hartree–Fock in earlier records. */
  sameWithin_hartree: z.number().positive().default(1e-6),
  /** Fock matrices built by all. */
  fockBuilds: z.number().int(),
});
export type FieldSearch = z.infer<typeof FieldSearch>;

/** Of a Kohn–Sham field where `kohnSham` is there: rhf then means RKS and uhf UKS. */
export const HartreeFockResult = z.strictObject({
  outcome: Outcome,
  energy_hartree: z.number(),
  iterations: z.number().int(),
  /** Of the α orbitals where the spins have orbitals of their own. */
  orbitalEnergies_hartree: z.array(z.number()),
  reference: z.enum(["rhf", "uhf", "rohf"]).default("rhf"),
  /** Of the β orbitals; null where they are those of α. */
  betaOrbitalEnergies_hartree: z.array(z.number()).nullable().default(null),
  /** ⟨S²⟩ of the determinant. */
  spinSquare: z.number().nullable().default(null),
  stability: Stability.nullable().default(null),
  /** Combinations of basis functions left out as linearly dependent on the others; none in earlier records. */
  droppedFunctions: z.number().int().min(0).default(0),
  /** null in earlier records. */
  search: FieldSearch.nullable().default(null),
  /** null for a field of exact integrals; otherwise the error that fitting makes in its energy. */
  densityFitting: z
    .strictObject({ auxiliary: z.string(), nAuxiliary: z.number().int(), error_hartree: z.number() })
    .nullable()
    .default(null),
  /** Absent in Hartree–Fock. */
  kohnSham: KohnShamReport.exactOptional(),
  /** Absent in the gas phase. */
  solvent: SolventReport.exactOptional(),
  wallTime_ms: z.number(),
});
export type HartreeFockResult = z.infer<typeof HartreeFockResult>;
