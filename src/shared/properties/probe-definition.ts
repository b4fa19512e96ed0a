/** A molecule or an ion of a person's own, and how strongly candidates hold it. */
import { z } from "zod";
import { atomicNumber, Geometry } from "../molecule/molecule.ts";
import { DefinitionNames } from "./formula-definition.ts";

/** A molecule with as many is computed at every place of each candidate in weeks. */
const MOST_ATOMS = 100;
/** Å. */
const FARTHEST = 1000;
const NEAREST = 0.3;

/** What is wrong with a geometry; undefined where nothing is. */
function geometryProblem({ symbols, coordinates_angstrom: xyz }: Geometry): string | undefined {
  if (symbols.length > MOST_ATOMS) return `expected at most ${MOST_ATOMS} atoms, got ${symbols.length}`;
  const unknown = symbols.find((symbol) => atomicNumber(symbol) === undefined);
  if (unknown !== undefined) return `expected elements up to xenon, got ${unknown}`;
  if (xyz.length !== 3 * symbols.length)
    return `expected x, y and z of ${symbols.length} atoms, got ${xyz.length} numbers`;
  const far = xyz.find((x) => Math.abs(x) > FARTHEST);
  if (far !== undefined) return `expected coordinates of up to ${FARTHEST} Å, got ${far}`;
  const at = symbols.map((_, atom) => xyz.slice(3 * atom, 3 * atom + 3));
  const isNear = (a: readonly number[], b: readonly number[]): boolean =>
    Math.hypot(...a.map((x, axis) => x - (b[axis] ?? 0))) < NEAREST;
  return at.some((a, k) => at.slice(0, k).some((b) => isNear(a, b)))
    ? `expected atoms at least ${NEAREST} Å apart, got two nearer`
    : undefined;
}

export const ProbeDefinition = z
  .strictObject({
    kind: z.literal("probe"),
    /** The title is that of what is bound: "HCN". */
    ...DefinitionNames.shape,
    /** In the charge and the spin that it says; or else a geometry. */
    smiles: z.string().min(1).max(500).exactOptional(),
    geometry: Geometry.exactOptional(),
    /** Of a geometry, e. */
    charge: z.number().int().min(-4).max(4).default(0),
    /** 2S + 1 of a geometry; absent: the lowest that the number of electrons allows. */
    multiplicity: z.number().int().min(1).max(9).exactOptional(),
    /** Of the energies, unless the campaign names another. */
    basis: z.string().min(1).default("6-31+g**"),
  })
  .refine(({ smiles, geometry }) => (smiles === undefined) !== (geometry === undefined), {
    path: ["smiles"],
    error: "expected either smiles or geometry",
  })
  .refine(
    ({ smiles, charge, multiplicity }) =>
      smiles === undefined || (charge === 0 && multiplicity === undefined),
    {
      path: ["charge"],
      error: "expected charge and multiplicity of a geometry alone: a SMILES says its own",
    },
  )
  .superRefine(({ geometry }, context) => {
    const message = geometry && geometryProblem(geometry);
    if (message) context.issues.push({ code: "custom", input: geometry, path: ["geometry"], message });
  });
export type ProbeDefinition = z.infer<typeof ProbeDefinition>;
