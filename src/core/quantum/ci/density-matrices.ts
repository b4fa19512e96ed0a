import type { ActiveHamiltonian, NativeContext } from "../hamiltonian/hamiltonian.ts";
import { callNative } from "../native/native.ts";

/** A state in the determinants of one sector. */
export interface SectorState {
  readonly norb: number;
  readonly nelec: readonly [number, number];
  /** [α strings, β strings], strings in ascending numerical order; normalised. */
  readonly coefficients: Float64Array;
}

/** Reduced density matrices over the active spatial orbitals, row-major. */
interface DensityMatrices {
  /** ⟨a†_pα a_qα⟩, [norb, norb] */
  readonly alpha: Float64Array;
  /** ⟨a†_pβ a_qβ⟩, [norb, norb] */
  readonly beta: Float64Array;
  /** Γ_pqrs = Σ_στ ⟨a†_pσ a†_rτ a_sτ a_qσ⟩, [norb⁴] */
  readonly two: Float64Array;
  /** Eigenvalues of the spin-summed one-particle matrix, falling, 0 … 2. */
  readonly naturalOccupations: Float64Array;
  /** [norb, norb]; column k belongs to occupation k. */
  readonly naturalOrbitals: Float64Array;
}

const flat = ({ norb, nelec: [nalpha, nbeta], coefficients }: SectorState) => ({
  norb,
  nalpha,
  nbeta,
  coefficients,
});

/** One- and two-particle density matrices and natural orbitals of a state; cost norb⁴ × determinants. */
export const densityMatrices = (
  state: SectorState,
  { control }: Pick<NativeContext, "control"> = {},
): DensityMatrices =>
  callNative((addon) => addon.densityMatrices({ ...flat(state), twoParticle: true, control }));

/** One-particle density matrices and natural orbitals of a state alone; cost norb² × determinants. */
export const oneParticleDensities = (
  state: SectorState,
  { control }: Pick<NativeContext, "control"> = {},
): Omit<DensityMatrices, "two"> =>
  callNative((addon) => addon.densityMatrices({ ...flat(state), twoParticle: false, control }));

/** ⟨S²⟩ of a state. */
export const spinSquare = (state: SectorState, { control }: Pick<NativeContext, "control"> = {}): number =>
  callNative((addon) => addon.spinSquare({ ...flat(state), control }));

/** coreEnergy + Σ h_pq γ_pq + ½ Σ (pq|rs) Γ_pqrs in Hartree: the energy of any state with these density matrices. */
export function energyOf(hamiltonian: ActiveHamiltonian, { alpha, beta, two }: DensityMatrices): number {
  const one = hamiltonian.oneBodyTensor.reduce((sum, h, k) => sum + h * (alpha[k]! + beta[k]!), 0);
  return (
    hamiltonian.coreEnergy + one + 0.5 * hamiltonian.twoBodyTensor.reduce((sum, g, k) => sum + g * two[k]!, 0)
  );
}
