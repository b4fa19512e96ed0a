/** Embeds by the stage itself, Hartree–Fock where no force field does. */
import { fileURLToPath } from "node:url";
import type { EmbedInput, EmbedOutput } from "#core/orchestration/dispatch/tasks.ts";
import { embedStage } from "#core/orchestration/stages/embed/run.ts";
import type { Conformer } from "#shared/molecule/molecule.ts";

const resources = fileURLToPath(new URL("../../../../../resources", import.meta.url));

export function embedded(
  smiles: string,
  multiplicity?: number,
  charge?: number,
  others: Partial<EmbedInput> = {},
): Promise<EmbedOutput> {
  const input: EmbedInput = { smiles, seed: 1, ...others };
  if (multiplicity !== undefined) input.multiplicity = multiplicity;
  if (charge !== undefined) input.charge = charge;
  return embedStage.run(input, { resources, threads: 1 });
}

/** All distances, Å, in order of size. */
export function distances({ geometry: { symbols, coordinates_angstrom: xyz } }: Conformer): number[] {
  return symbols
    .flatMap((_, i) =>
      symbols
        .slice(0, i)
        .map((__, j) => Math.hypot(...[0, 1, 2].map((k) => xyz[3 * i + k]! - xyz[3 * j + k]!))),
    )
    .sort((a, b) => a - b);
}

/** Distances, and how far the farthest of two lists lie apart. */
export const farthestApart = (a: readonly number[], b: readonly number[]): number =>
  a.length === b.length ? Math.max(...a.map((x, i) => Math.abs(x - b[i]!))) : Number.POSITIVE_INFINITY;
