/** A molecule or an ion of a person's own, and how strongly candidates hold it. */
import { z } from "zod";
import { Geometry } from "../molecule/molecule.ts";
import { DefinitionNames } from "./formula-definition.ts";

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
  );
export type ProbeDefinition = z.infer<typeof ProbeDefinition>;
