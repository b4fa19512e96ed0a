/** What an optimisation holds. */
import { z } from "zod";
import { DomainError } from "../errors.ts";

/** How many atoms each is of. */
export const CONSTRAINT_ATOMS = { distance: 2, angle: 3, dihedral: 4 } as const;
export type ConstraintKind = keyof typeof CONSTRAINT_ATOMS;

/** A distance in Å, an angle or a dihedral (IUPAC's sense) in degrees that stays as it is, or at a value. */
export const GeometryConstraint = z
  .strictObject({
    kind: z.enum(["distance", "angle", "dihedral"]),
    /** From 0; the angle is at the second, the dihedral about the second and third. */
    atoms: z.array(z.number().int().min(0)),
    /** Absent: where it is in the geometry that is given. */
    value: z.number().optional(),
  })
  .refine(({ kind, atoms }) => atoms.length === CONSTRAINT_ATOMS[kind], "as many atoms as the kind takes")
  .refine(({ atoms }) => new Set(atoms).size === atoms.length, "each atom once");
export type GeometryConstraint = z.infer<typeof GeometryConstraint>;

/**
 * Reads "distance 1 2 1.5": what is held, its atoms from 1, and the value in Å or degrees where it is not as it is.
 *
 * @param what names the field or flag in the refusal
 * @throws DomainError `invalid-input`
 */
export function readConstraint(text: string, what: string): GeometryConstraint {
  const [kind = "", ...rest] = text.trim().split(/\s+/);
  const count: number = CONSTRAINT_ATOMS[kind as ConstraintKind] ?? 0; // of another kind none
  const value = rest[count];
  const parsed = GeometryConstraint.safeParse({
    kind,
    atoms: rest.slice(0, count).map((atom) => Number(atom) - 1),
    ...(value !== undefined && { value: Number(value) }),
  });
  if (parsed.success && rest.length <= count + 1) return parsed.data;
  throw new DomainError(
    "invalid-input",
    `${what}: expected ${Object.keys(CONSTRAINT_ATOMS).join(" | ")} with 2, 3 or 4 different atoms, ` +
      `the first is 1, and a value in Å or ° where it is to change, e.g. "distance 1 2 1.5"; got "${text}".`,
  );
}

/** As it is asked for, atoms from 1: "distance 1 2 1.5". */
export const constraintWords = ({ kind, atoms, value }: GeometryConstraint): string =>
  [kind, ...atoms.map((atom) => atom + 1), ...(value === undefined ? [] : [value])].join(" ");

/** What an optimisation holds: "atoms 1 2", "distance 1 2 1.5; angle 2 1 3"; empty where that is nothing. */
export const heldWords = ({
  frozen,
  constraints = [],
}: {
  readonly frozen: readonly number[];
  readonly constraints?: readonly GeometryConstraint[] | undefined;
}): string =>
  [
    ...(frozen.length > 0 ? [`atoms ${frozen.map((atom) => atom + 1).join(" ")}`] : []),
    ...constraints.map(constraintWords),
  ].join("; ");
