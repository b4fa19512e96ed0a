import type { Optimisation } from "#shared/energy-result.ts";
import type { FieldOptions } from "./evaluate-field.ts";
import { optimiseGeometry } from "./optimise.ts";
import { openSystem, type QuantumSystem, type SystemOptions } from "./system.ts";
import { timed } from "./timed.ts";

/** Moves the atoms to a stationary point of the field's energy; `check` may refuse the molecule before the first step. */
export async function optimised(
  molecule: SystemOptions,
  {
    field,
    frozen,
    check,
  }: { field: FieldOptions; frozen: readonly number[]; check(system: QuantumSystem): void },
): Promise<Optimisation> {
  {
    using system = openSystem(molecule);
    check(system);
  }
  const { value, wallTime_ms } = await timed(() =>
    optimiseGeometry({ system: molecule, scf: field, frozen }),
  );
  const { outcome, geometry, steps, gradientNorm, trace_hartree } = value;
  return {
    ...{ outcome, geometry, steps, trace_hartree: [...trace_hartree], wallTime_ms },
    gradient_hartree_per_bohr: Number.isFinite(gradientNorm) ? gradientNorm : null,
  };
}
