/**
 * Approximate spin projection of energies by UHF and MP2 on it (K. Yamaguchi, F. Jensen, A. Dorigo, K. N. Houk, Chem. Phys. Lett. 149,
 * 537 (1988)): where the determinant of a low spin mixes in the next higher one, E = E_low − f (E_high − E_low) with
 * f = (⟨S²⟩_low − S(S+1)) / (⟨S²⟩_high − ⟨S²⟩_low), ⟨S²⟩ of MP2's wave function to first order.
 */
import { decimal } from "../decimals.ts";
import { toElectronVolt } from "../units.ts";
import type { Mp2Result } from "./energy-result.ts";
import { type HartreeFockResult, pureSpinSquare } from "./field-result.ts";

/** ⟨S²⟩ beyond S(S+1) up to which nothing is projected: f is below 0.02, a tenth of an eV for a quartet 5 eV above. */
const PROJECTED_FROM = 0.05;
/** Beyond this f the determinant is more of the higher spin than of its own, and nothing is known of the lower one. */
const MOST_PROJECTED = 1;

interface Spin {
  readonly multiplicity: number;
  readonly hartreeFock: Pick<HartreeFockResult, "spinSquare">;
}

/** A state of its own. */
interface SpinState extends Spin {
  readonly mp2: Pick<Mp2Result, "energy_hartree" | "spinSquareChange"> | null;
}

/** ⟨S²⟩ beyond S(S+1); 0 where it is not known. */
export const spinExcess = ({ multiplicity, hartreeFock: { spinSquare } }: Spin): number =>
  spinSquare === null ? 0 : spinSquare - pureSpinSquare(multiplicity);

/** Whether a determinant is so much of a higher spin that its energy is to be projected. */
export const mixesSpins = (state: Spin): boolean => spinExcess(state) > PROJECTED_FROM;

/** ⟨S²⟩ at the level of the energy: MP2 itself takes off a part of what the determinant mixes in. */
const spinSquareOf = ({ hartreeFock, mp2 }: SpinState): number =>
  (hartreeFock.spinSquare ?? 0) + (mp2?.spinSquareChange ?? 0);

/** Share of the difference of both energies that is taken off; more than 1 where the state is more of the higher spin than of its own. */
function shareOf(low: SpinState, high: SpinState): number {
  const apart = spinSquareOf(high) - spinSquareOf(low);
  const excess = Math.max(0, spinSquareOf(low) - pureSpinSquare(low.multiplicity));
  return apart > 0 ? excess / apart : Number.POSITIVE_INFINITY;
}

const isMore = (low: SpinState, high: SpinState): boolean => shareOf(low, high) > MOST_PROJECTED;

/**
 * The energy of the lower spin by MP2, Hartree; null where a state was not reached, the higher one is not the higher in energy, or the lower
 * one is more of the higher spin than of its own.
 */
export function projectedEnergy(low: SpinState | undefined, high: SpinState | undefined): number | null {
  if (!low?.mp2 || !high?.mp2 || isMore(low, high)) return null;
  const above = high.mp2.energy_hartree - low.mp2.energy_hartree;
  return above > 0 ? low.mp2.energy_hartree - shareOf(low, high) * above : null;
}

/**
 * The energy of a state by MP2, Hartree, projected where its determinant mixes spins and the higher one was reached, and otherwise as it
 * is, which projectionNote says; null where it was not reached, or is more of the higher spin than of its own.
 */
export function spinEnergy(low: SpinState | undefined, high: SpinState | undefined): number | null {
  if (!low?.mp2) return null;
  if (!mixesSpins(low)) return low.mp2.energy_hartree;
  if (high?.mp2 && isMore(low, high)) return null;
  return projectedEnergy(low, high) ?? low.mp2.energy_hartree;
}

/** As a state of its own, where it is one. */
function spinState({ multiplicity, hartreeFock, mp2 }: Partial<SpinState>): SpinState | undefined {
  return multiplicity === undefined || !hartreeFock
    ? undefined
    : { multiplicity, hartreeFock, mp2: mp2 ?? null };
}

/** Why an energy that was to be projected was not. */
function unprojected(low: SpinState, high: SpinState | undefined): string {
  if (!high) return "no state of the higher spin was computed with which it could be projected";
  if (!high.mp2) return "the state of the higher spin with which it was to be projected did not converge";
  return isMore(low, high)
    ? "it is more of the higher spin than of its own"
    : "the state of the higher spin that was found lies below it";
}

/** What to say of a projection, or of why there was none; null where none was needed. @param name of the state, in a sentence */
export function projectionNote(
  name: string,
  { low, high }: { low: Partial<SpinState> | undefined; high: Partial<SpinState> | undefined },
): string | null {
  const [mixed, above] = [low && spinState(low), high && spinState(high)];
  if (!mixed?.mp2 || !mixesSpins(mixed)) return null;
  const projected = projectedEnergy(mixed, above);
  const excess = `⟨S²⟩ of the ${name} is ${decimal(spinExcess(mixed), 2)} too high`;
  if (projected === null)
    return `${excess} and its MP2 energy is not projected onto its spin, for ${unprojected(mixed, above)}: it may be up to 2 eV too high.`;
  const moved = toElectronVolt(projected - mixed.mp2.energy_hartree);
  return `${excess}; its MP2 energy was projected onto its spin, by ${decimal(moved, 2)} eV.`;
}
