/** Constraints that are asked for, and where they hold. */
import { DomainError } from "#shared/errors.ts";
import type { Geometry } from "#shared/molecule/molecule.ts";
import { constraintWords, type GeometryConstraint } from "#shared/quantum/geometry-constraint.ts";
import { toAngstrom, toBohr } from "#shared/units.ts";
import { type Coordinate, coordinateValue, positionsOf } from "./coordinates.ts";
import { type Constraint, heldPositions } from "./internal-model.ts";
import { bohrOf } from "./surface-model.ts";

const RADIANS = Math.PI / 180;

function constraintOf(asked: GeometryConstraint, geometry: Geometry): Constraint {
  // As many atoms as the kind takes: the schema holds it.
  const coordinate = { kind: asked.kind, atoms: asked.atoms } as unknown as Coordinate;
  const { kind, value } = asked;
  if (value === undefined)
    return { coordinate, value: coordinateValue(coordinate, positionsOf(bohrOf(geometry))) };
  return { coordinate, value: kind === "distance" ? toBohr(value) : value * RADIANS };
}

/**
 * A geometry near by where constraints hold, the rest moved as little as may be, and the constraints in bohr and radians.
 *
 * @throws DomainError `invalid-input` where no such geometry is found: constraints that contradict each other or are far away
 */
export function constrainedStart(
  geometry: Geometry,
  asked: readonly GeometryConstraint[],
): { geometry: Geometry; constraints: Constraint[] } {
  if (asked.length === 0) return { geometry, constraints: [] };
  const constraints = asked.map((one) => constraintOf(one, geometry));
  const at = heldPositions(geometry, constraints);
  if (!at)
    throw new DomainError(
      "invalid-input",
      `Constraints (${asked.map(constraintWords).join("; ")}): expected some that a geometry near the given one fulfils together, found none. ` +
        "Leave some out, begin nearer to them, or hold no angle near 0° or 180°.",
    );
  return {
    geometry: { ...geometry, coordinates_angstrom: Array.from(at, (x) => toAngstrom(x)) },
    constraints,
  };
}
