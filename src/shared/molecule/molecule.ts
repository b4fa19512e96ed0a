/** A molecule: its identity as a graph and its geometry. */
import { z } from "zod";
import {
  DESCRIPTOR_IDS,
  DESCRIPTORS,
  type DescriptorId,
  type LaterDescriptorId,
} from "./descriptor-lists.ts";

export const ELEMENT_SYMBOLS = (
  "H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As Se Br Kr " +
  "Rb Sr Y Zr Nb Mo Tc Ru Rh Pd Ag Cd In Sn Sb Te I Xe"
).split(" ");

/** Atomic number of an element symbol, or undefined for an unknown one. */
export function atomicNumber(symbol: string): number | undefined {
  const index = ELEMENT_SYMBOLS.indexOf(symbol);
  return index < 0 ? undefined : index + 1;
}

/** Nuclei in space: symbols and Cartesian coordinates, x y z of each atom in turn. */
export const Geometry = z.strictObject({
  symbols: z.array(z.string().regex(/^[A-Z][a-z]?$/)).min(1),
  coordinates_angstrom: z.array(z.number()),
});
export type Geometry = z.infer<typeof Geometry>;

/** What a molecule is, independently of how it was written. */
export const MoleculeIdentity = z.strictObject({
  canonicalSmiles: z.string(),
  inchiKey: z.string(),
});
export type MoleculeIdentity = z.infer<typeof MoleculeIdentity>;

/** How many electrons a molecule is computed with, by its charge, and how they are coupled. */
export const Electrons = z.strictObject({
  charge: z.number().int(),
  /** 2S + 1. */
  multiplicity: z.number().int().min(1),
});
export type Electrons = z.infer<typeof Electrons>;

/** Neutral. */
export const CLOSED_SHELL: Electrons = { charge: 0, multiplicity: 1 };

/** Neutral, every electron paired. */
export const isClosedShell = ({ charge, multiplicity }: Electrons): boolean =>
  charge === 0 && multiplicity === 1;

/** The stereoisomer that a geometry is; its canonical SMILES is isomeric. */
export const EmbeddedIsomer = MoleculeIdentity.extend({
  /** Stereo centres and double bonds that the proposal left open and embedding chose. */
  stereoUnspecified: z.number().int().nonnegative(),
});
export type EmbeddedIsomer = z.infer<typeof EmbeddedIsomer>;

/** Said wherever `stereoUnspecified` is not 0. */
export const STEREO_UNSPECIFIED = "stereo not specified by the proposal; one isomer computed";

/** A geometry and how it was made. */
export const Conformer = z.strictObject({
  geometry: Geometry,
  /** e.g. "openchemlib 9.25.0 conformer + MMFF94", "distance geometry + RHF/6-31G*" */
  method: z.string(),
  seed: z.number().int().nonnegative(),
  /** Force-field energy; null where a force field did not relax it. */
  forceFieldEnergy_kcal_per_mol: z.number().nullable(),
  molblock: z.string(),
  /** null for conformers of before it was recorded. */
  isomer: EmbeddedIsomer.nullable().default(null),
});
export type Conformer = z.infer<typeof Conformer>;

/** In a word or two what relaxed a geometry, from its method: "MMFF94", "RHF/6-31G*", or "not relaxed" in earlier records. */
export function relaxedBy(method: string): string {
  if (method.includes("not minimised")) return "not relaxed";
  const steps = method.split(" + ");
  return steps[steps.length - 1] ?? method;
}

type DescriptorSchema<Id extends DescriptorId> = Id extends LaterDescriptorId
  ? z.ZodExactOptional<z.ZodNumber>
  : z.ZodNumber;

function descriptorSchema(id: DescriptorId) {
  const { values, since } = DESCRIPTORS[id];
  const value = values === "whole" ? z.number().int() : z.number();
  return since === undefined ? value : value.exactOptional();
}

/** Descriptors of a molecule as a graph; those that came later are absent from earlier records. */
export const Descriptors = z.strictObject({
  formula: z.string(),
  ...(Object.fromEntries(DESCRIPTOR_IDS.map((id) => [id, descriptorSchema(id)])) as {
    [Id in DescriptorId]: DescriptorSchema<Id>;
  }),
});
export type Descriptors = z.infer<typeof Descriptors>;
