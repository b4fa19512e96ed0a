/** Where MP2 and the active space say different things of a molecule, and what in their states tells why. */
import { decimal } from "../decimals.ts";
import { spinExcess } from "../quantum/spin-projection.ts";
import { toElectronVolt } from "../units.ts";
import type { DiagnosedState } from "./property.ts";

/** Further apart than the correlation and relaxation that the active space leaves out of most molecules, eV. */
const FAR_APART_EV = 1.5;
/** ⟨S²⟩ of a UHF determinant beyond S(S+1): it is a mixture of spin states. */
const MIXED = 0.1;
/** Amplitude of a pair in MP2, and weight of the leading determinant in CASCI, beyond which one determinant is a poor start. */
const LARGE_AMPLITUDE = 0.1;
const SMALL_WEIGHT = 0.9;

/** Signs that one determinant does not describe a state, each a clause. */
function signsOf(name: string, { hartreeFock, mp2, casci }: DiagnosedState, multiplicity: number): string[] {
  const excess = hartreeFock?.reference === "uhf" ? spinExcess({ multiplicity, hartreeFock }) : 0;
  const isMixed = excess > MIXED;
  const amplitude = mp2?.largestAmplitude ?? 0;
  const weight = casci?.leadingWeight ?? 1;
  return [
    isMixed ? `⟨S²⟩ of the ${name} is ${decimal(excess, 2)} too high` : "",
    amplitude > LARGE_AMPLITUDE
      ? `the largest pair amplitude of the ${name} is ${decimal(amplitude, 2)}`
      : "",
    weight < SMALL_WEIGHT ? `the leading determinant of the ${name} weighs ${decimal(weight, 2)}` : "",
  ].filter((sign) => sign !== "");
}

/**
 * Electrons that were paired though one pairing does not describe the state may be unpaired in the ground state, of transition metals above
 * all, whose spin nobody stated. Not known from a singlet alone, hence a condition.
 */
function pairedNote([first]: readonly { name: string; state: DiagnosedState | undefined }[]): string {
  const isPoor = (first?.state?.mp2?.largestAmplitude ?? 0) > LARGE_AMPLITUDE;
  if (!first || !isPoor || first.state?.multiplicity !== 1) return "";
  return ` The ${first.name} was computed with all electrons paired: where its ground state has unpaired ones, give its multiplicity.`;
}

/**
 * What to say of a number by MP2 far from that of CASCI, with the signs that are there; null where they are not far apart.
 *
 * @param states each with its name in a sentence and its multiplicity; the molecule first
 */
export function disagreement(
  { mp2, casci }: { mp2: number | null | undefined; casci: number | null | undefined },
  states: readonly { name: string; state: DiagnosedState | undefined; multiplicity: number }[],
): string | null {
  if (mp2 == null || casci == null) return null;
  const apart = toElectronVolt(mp2 - casci);
  if (Math.abs(apart) <= FAR_APART_EV) return null;
  const signs = states.flatMap(({ name, state, multiplicity }) =>
    state ? signsOf(name, state, multiplicity) : [],
  );
  const why =
    signs.length > 0
      ? `${signs.join(", ")}: one determinant is a poor start for MP2`
      : "no sign of several determinants: the active space lacks relaxation and correlation outside it";
  const size = decimal(Math.abs(apart), 2);
  return `MP2 gives ${size} eV ${apart > 0 ? "more" : "less"} than CASCI; ${why}.${pairedNote(states)}`;
}
