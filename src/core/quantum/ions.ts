/** An electron more or less in the orbitals of a closed shell. */
import type { IonKind } from "#shared/energy-request.ts";
import type { IonResult } from "#shared/energy-result.ts";
import { bothOf, type CorrelatedOptions, casciOf } from "./evaluate-correlated.ts";
import type { ActiveHamiltonian } from "./hamiltonian.ts";
import type { ScfResult } from "./scf.ts";
import { electronAttached, ionised } from "./sectors.ts";

interface Neutral {
  readonly hamiltonian: ActiveHamiltonian;
  readonly scf: ScfResult;
  /** Electrons of each spin in the molecule. */
  readonly occupied: number;
}

/** −ε of the orbital that loses or takes the electron, Hartree. */
const koopmans = ({ scf, occupied }: Neutral, kind: IonKind): number =>
  -scf.orbitalEnergies_hartree[0]![kind === "cation" ? occupied - 1 : occupied]!;

/**
 * The cations and anions asked for, in the molecule's active space; without relaxation of any orbital.
 *
 * @param method casci for exact diagonalisation alone, vqe for both
 * @throws DomainError `invalid-input` where the space has no electron to give or no room for one more
 */
export async function ionsOf(
  neutral: Neutral,
  kinds: readonly IonKind[],
  { method, asked }: { method: "casci" | "vqe"; asked: CorrelatedOptions },
): Promise<IonResult[]> {
  const lowest = { ...asked, states: 1 };
  const results: IonResult[] = [];
  for (const kind of kinds) {
    const hamiltonian = (kind === "cation" ? ionised : electronAttached)(neutral.hamiltonian);
    const { casci, vqe } =
      method === "vqe"
        ? await bothOf(hamiltonian, lowest)
        : { casci: await casciOf(hamiltonian, lowest), vqe: null };
    results.push({ kind, casci, vqe, koopmans_hartree: koopmans(neutral, kind) });
  }
  return results;
}
