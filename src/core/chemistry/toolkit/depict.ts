/** 2D drawings as SVG that read well on a light and on a dark page. */
import { DomainError } from "#shared/errors.ts";
import { isInvalid, shown } from "./notation.ts";
import { type Mol, parseSmiles, type RDKit, withReason } from "./rdkit.ts";

export interface DepictOptions {
  /** Pixels; the drawing scales by its viewBox. */
  width?: number;
  height?: number;
  /** What is marked in it, by a broad band of a colour beneath. */
  marked?: (mol: Mol) => Marked;
}

/** Numbers of atoms and bonds, from 0. */
export interface Marked {
  atoms: readonly number[];
  bonds: readonly number[];
}

/** Light enough for what is drawn on it. */
const MARK_COLOUR = [1, 0.7, 0.3] as const;
/** Times the width of a bond: a broad band beneath is seen without its colour too. */
const MARK_WIDTH = 14;

/**
 * Colours of the atoms by atomic number, of middle lightness so that each has a contrast of at least 3 : 1 on white and on
 * near-black; carbon and bonds take the colour of the text around the drawing.
 */
export const ATOM_COLOURS: Readonly<Record<number, readonly [number, number, number]>> = {
  7: [0.27, 0.47, 0.93],
  8: [0.87, 0.25, 0.25],
  9: [0.1, 0.56, 0.25],
  15: [0.8, 0.4, 0.05],
  16: [0.62, 0.5, 0.0],
  17: [0.1, 0.56, 0.25],
  35: [0.72, 0.36, 0.2],
  53: [0.6, 0.36, 0.8],
};

/** What the palette gives to carbon and all elements that it does not name, before it becomes currentColor. */
const INK = "#000000";

/**
 * Draws a molecule with a transparent background.
 *
 * @returns an <svg> element without XML declaration, to be put inline or into a data URL. Strokes and carbon labels are
 * currentColor.
 * @throws DomainError invalid-input for a SMILES that cannot be parsed.
 */
export function depict(
  rdkit: RDKit,
  smiles: string,
  { width = 240, height = 180, marked }: DepictOptions = {},
): string {
  using mol = parseToDraw(rdkit, smiles);
  const details = {
    ...{ width, height, clearBackground: false, bondLineWidth: 1.5, atomColourPalette: palette() },
    ...(marked && marks(marked(mol))),
  };
  return cleanSvg(mol.get_svg_with_highlights(JSON.stringify(details)));
}

/**
 * V2000 molblock with the coordinates of the drawing, hydrogens implicit.
 *
 * @throws DomainError invalid-input for a SMILES that cannot be parsed.
 */
export function drawMolblock(rdkit: RDKit, smiles: string): string {
  using mol = parseToDraw(rdkit, smiles);
  mol.set_new_coords();
  return mol.get_v2Kmolblock();
}

/**
 * Rewrites a V2000 molblock in the V3000 format, hydrogens and coordinates kept.
 *
 * @throws DomainError invalid-input for a molblock that cannot be read.
 */
export function molblockV3000(rdkit: RDKit, molblock: string): string {
  const parsed = withReason(rdkit, () => rdkit.get_mol(molblock, JSON.stringify({ removeHs: false })));
  if ("reason" in parsed) throw new DomainError("invalid-input", `Expected a molblock: ${parsed.reason}.`);
  using mol = parsed.value;
  return mol.get_v3Kmolblock();
}

/** As RDKit is told of them. */
const marks = ({ atoms, bonds }: Marked) => ({
  atoms,
  bonds,
  highlightColour: MARK_COLOUR,
  highlightBondWidthMultiplier: MARK_WIDTH,
});

function parseToDraw(rdkit: RDKit, smiles: string): Mol {
  const parsed = parseSmiles(rdkit, smiles);
  if (!isInvalid(parsed)) return parsed;
  throw new DomainError("invalid-input", `Cannot draw "${shown(smiles)}": ${parsed.reason}.`, {
    smiles: shown(smiles),
  });
}

/** What a renderer assumes anyway: half of the text. */
const SVG_DEFAULTS =
  /fill-rule:evenodd;|stroke-(?:linecap:butt|linejoin:miter|miterlimit:10);|;?stroke-opacity:1;?(?=')/g;

const palette = (): Record<string, readonly number[]> => ({ ...ATOM_COLOURS, "-1": [0, 0, 0], 6: [0, 0, 0] });

function cleanSvg(svg: string): string {
  return svg
    .slice(svg.indexOf("<svg"))
    .replace(/\s+xmlns:(rdkit|xlink)='[^']*'|\s+xml:space='[^']*'/g, "")
    .replace(/<!-- .*? -->\n?/g, "")
    .replace(SVG_DEFAULTS, "")
    .replaceAll(INK, "currentColor")
    .trim();
}
