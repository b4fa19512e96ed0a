/** Total energies of another program in C-PCM and COSMO, on one surface. */
import { expect } from "vitest";
import { hartreeFock } from "#core/quantum/field/scf.ts";
import { gasPhase } from "#core/quantum/field/solvent.ts";
import { openReference, type ReferenceMolecule, readReference } from "./chemistry-reference.ts";

/** Of total energies, Hartree. */
export const SOLVENT_TOLERANCE = 1e-8;
/** Of what is first order in what is left of a field's gradient, Hartree. */
export const FIRST_ORDER_TOLERANCE = 1e-7;

interface Solvated {
  total_hartree: number;
  solvation_hartree: number;
  solvent_term_hartree: number;
}
interface Entry extends ReferenceMolecule {
  n_basis_functions: number;
  solvents: Record<string, { dielectric_constant: number; cpcm?: Solvated; cosmo?: Solvated }>;
}

export const solventCases = readReference<{ entries: Entry[] }>("solvent.json").entries.flatMap((entry) =>
  Object.entries(entry.solvents).flatMap(([solvent, { dielectric_constant: dielectric, ...models }]) =>
    (["c-pcm", "cosmo"] as const).flatMap((model) => {
      const expected = models[model === "cosmo" ? "cosmo" : "cpcm"];
      return expected
        ? [{ name: `${entry.id} in ${solvent}, ${model}`, entry, dielectric, model, expected }]
        : [];
    }),
  ),
);

/** The others are `npm run test:long`'s. */
export const isQuickSolvent = ({ entry, model, dielectric }: (typeof solventCases)[number]): boolean =>
  entry.n_basis_functions < 60 &&
  (!entry.id.endsWith("b3lyp") || (entry.id === "h2o_b3lyp" && model === "c-pcm" && dielectric > 70));

export async function agreesInSolvent(one: (typeof solventCases)[number]): Promise<void> {
  const { entry, dielectric, model, expected } = one;
  using system = await openReference(entry, { solvent: { name: null, dielectric, model } });
  const isHartreeFock = entry.id.endsWith("hf");
  const functional = { name: "b3lyp", grid: "fine" } as const;
  const scf = hartreeFock(system, isHartreeFock ? {} : { functional });
  expect(scf.outcome).toBe("converged");
  expect(Math.abs(scf.energy_hartree - expected.total_hartree)).toBeLessThan(SOLVENT_TOLERANCE);
  expect(Math.abs(scf.solvent!.term_hartree - expected.solvent_term_hartree)).toBeLessThan(
    FIRST_ORDER_TOLERANCE,
  );
  using gas = gasPhase(system);
  const alone = hartreeFock(gas, isHartreeFock ? {} : { functional });
  expect(alone.solvent).toBeNull();
  expect(Math.abs(scf.energy_hartree - alone.energy_hartree - expected.solvation_hartree)).toBeLessThan(
    SOLVENT_TOLERANCE,
  );
}
