/** An electron more or less in the orbitals of a closed shell. */
import type { IonKind } from "#shared/quantum/energy-request.ts";
import type { IonResult } from "#shared/quantum/energy-result.ts";
import type { ScfResult } from "../field/scf.ts";
import type { ActiveHamiltonian } from "../hamiltonian/hamiltonian.ts";
import { electronAttached, ionised } from "../hamiltonian/sectors.ts";
import { bothOf, type CorrelatedOptions, casciOf } from "./correlated.ts";

interface Neutral {
  readonly hamiltonian: ActiveHamiltonian;
  readonly scf: ScfResult;
  /** Electrons of each spin in the molecule. */
  readonly occupied: number;
}

/** −ε of the orbital that loses or takes the electron, Hartree; the active space has both. */
function koopmans({ scf, occupied }: Neutral, kind: IonKind): number {
  const [energies] = scf.orbitalEnergies_hartree;
  return -energies[kind === "cation" ? occupied - 1 : occupied]!;
}

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
