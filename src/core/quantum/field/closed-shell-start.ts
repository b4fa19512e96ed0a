/** The closed shell that open ones begin from: computed once where the molecule's own state came before its ion's. */
import { hartreeFock, type ScfResult } from "./scf.ts";
import type { QuantumSystem } from "./system.ts";

/** What a start needs of a field. */
export type ClosedShell = Pick<ScfResult, "orbitals" | "orbitalEnergies_hartree" | "nelec">;

let last: { readonly molecule: string; readonly closed: ClosedShell } | undefined;

const moleculeOf = ({ nuclei, nelec }: QuantumSystem): string => `${nelec.join()} electrons, ${nuclei}`;

/** Keeps the orbitals of a closed shell's only Hartree–Fock field, exact and where its first descent ended, until another is kept. */
export function keepClosedShell(system: QuantumSystem, scf: ScfResult): void {
  const isPlain = scf.outcome === "converged" && scf.stability.followed === 0;
  const isExact = scf.densityFitting === null && scf.kohnSham === null;
  if (scf.kind !== "rhf" || !isPlain || !isExact) return;
  const { orbitals, orbitalEnergies_hartree, nelec } = scf;
  last = { molecule: moleculeOf(system), closed: { orbitals, orbitalEnergies_hartree, nelec } };
}

/** RHF orbitals, the same bits whether they were kept or not. A start only: whether it is the lowest closed shell does not matter. */
export function closedShellStart(system: QuantumSystem): ClosedShell {
  if (last?.molecule === moleculeOf(system)) return last.closed;
  const scf = hartreeFock(system, { kind: "rhf", stability: "none" });
  keepClosedShell(system, scf);
  return scf;
}
