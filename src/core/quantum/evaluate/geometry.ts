import type { Optimisation } from "#shared/quantum/energy-result.ts";
import type { GeometryConstraint } from "#shared/quantum/geometry-constraint.ts";
import type { WayPoint } from "#shared/quantum/way.ts";
import type { NamedStart } from "../field/starts.ts";
import { openSystem, type QuantumSystem, type SystemOptions } from "../field/system.ts";
import { optimiseGeometry } from "../geometry/optimise.ts";
import type { FieldOptions } from "./field.ts";
import { withWallTime } from "./wall-time.ts";

/**
 * Moves the atoms to a stationary point of the field's energy; `check` may refuse the molecule before the first step.
 *
 * @returns with it the orbitals of its last field, from which the field there begins too
 */
export async function optimised(
  molecule: SystemOptions,
  {
    field,
    frozen,
    constraints,
    gradientTolerance,
    onStep,
    check,
  }: {
    field: FieldOptions;
    frozen: readonly number[];
    constraints?: readonly GeometryConstraint[] | undefined;
    gradientTolerance?: number;
    onStep?: ((point: WayPoint) => void) | undefined;
    check(system: QuantumSystem): void;
  },
): Promise<{ optimisation: Optimisation; starts: NamedStart[] }> {
  {
    using system = openSystem(molecule);
    check(system);
  }
  const { value, wallTime_ms } = await withWallTime(() =>
    optimiseGeometry({
      system: molecule,
      scf: field,
      frozen,
      onStep,
      ...(constraints && { constraints }),
      ...(gradientTolerance !== undefined && { gradientTolerance }),
    }),
  );
  const { outcome, geometry, steps, gradientNorm, trace_hartree, coordinates, orbitals } = value;
  return {
    optimisation: {
      outcome,
      geometry,
      steps,
      gradient_hartree_per_bohr: Number.isFinite(gradientNorm) ? gradientNorm : null,
      trace_hartree: [...trace_hartree],
      coordinates,
      wallTime_ms,
    },
    starts: orbitals ? [{ name: "orbitals of the optimisation", start: { orbitals } }] : [],
  };
}
