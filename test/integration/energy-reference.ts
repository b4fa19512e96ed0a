/** `ansatz energy` beside the reference set: a test for as many of its molecules as the caller takes. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { type Atom, energyOf, readReference, writeReferenceXyz } from "./energy-document.ts";

/** Both programs converge the SCF below 1e-10 Eh; the table prints ten decimals. */
const HARTREE_FOCK_TOLERANCE = 1e-8;
/** Davidson residuals of 1e-6 mean energies good to 1e-8 or better on either side. */
const CASCI_TOLERANCE = 1e-7;
const TIMEOUT_MS = 1_500_000;

interface Reference {
  id: string;
  geometry_angstrom: Atom[];
  charge: number;
  multiplicity: number;
  basis: string;
  n_basis_functions: number;
  nuclear_repulsion: number;
  scf: { type: string; energy: number };
  casci?: { n_electrons: number; n_orbitals: number; e_s0: number; active_space_unique: boolean }[];
}

/** In STO-3G and 6-31G. */
export const closedShell: readonly Reference[] = ["small_molecules.json", "organics_casci_ionisation.json"]
  .flatMap((file) => readReference<Reference>(file))
  .filter((entry) => ["sto-3g", "6-31g"].includes(entry.basis) && entry.scf.type === "RHF");

const folder = mkdtempSync(join(tmpdir(), "ansatz-energy-"));
afterAll(() => rmSync(folder, { recursive: true }));

function energy(entry: Reference, method: string, space: string | undefined) {
  const path = writeReferenceXyz(folder, entry.id, entry.geometry_angstrom);
  const options = ["--basis", entry.basis, "--charge", String(entry.charge), "--method", method];
  return energyOf(path, space ? [...options, "--active-space", space] : options);
}

export function describeAgreement(molecules: readonly Reference[]): void {
  describe("ansatz energy against the reference set", () => {
    const lines: string[] = [];
    const table = (name: string, ...differences: (number | null)[]) =>
      lines.push(
        name.padEnd(34) +
          differences.map((d) => (d === null ? "–" : d.toExponential(1)).padStart(12)).join(""),
      );

    it(
      `agrees on ${molecules.length} closed-shell molecules in STO-3G and 6-31G`,
      async () => {
        for (const entry of molecules) {
          const casci = entry.casci?.findLast((one) => one.active_space_unique);
          const space = casci && `${casci.n_electrons}e,${casci.n_orbitals}o`;
          const result = await energy(entry, casci ? "casci" : "rhf", space);
          const differences = [
            result.nuclearRepulsion_hartree - entry.nuclear_repulsion,
            result.hartreeFock_hartree - entry.scf.energy,
            casci ? result.casci_hartree - casci.e_s0 : null,
          ];
          table(`${entry.id} ${space ?? ""}`, ...differences);
          expect(result.nBasis, entry.id).toBe(entry.n_basis_functions);
          expect(Math.abs(differences[0] ?? 0), `nuclear repulsion of ${entry.id}`).toBeLessThan(
            HARTREE_FOCK_TOLERANCE,
          );
          expect(Math.abs(differences[1] ?? 0), `Hartree–Fock of ${entry.id}`).toBeLessThan(
            HARTREE_FOCK_TOLERANCE,
          );
          expect(Math.abs(differences[2] ?? 0), `CASCI of ${entry.id}`).toBeLessThan(CASCI_TOLERANCE);
        }
      },
      TIMEOUT_MS,
    );

    afterAll(() => {
      const header =
        "molecule, active space".padEnd(34) +
        ["ΔE(nuc)/Eh", "ΔE(HF)/Eh", "ΔE(CASCI)"].map((t) => t.padStart(12)).join("");
      process.stdout.write(`\nansatz energy − reference\n${[header, ...lines].join("\n")}\n`);
    });
  });
}
