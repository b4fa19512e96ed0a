/** Reading a molecule with the stereo that its coordinates have. */
import { molblockGeometry } from "#shared/molecule/molblock.ts";
import type { Mol, MolList, RDKit } from "../toolkit/rdkit.ts";

/** Elements whose centres of three bonds keep their shape; RDKit reads stereo of them in SMILES but not in space. */
const PYRAMIDAL: readonly number[] = [15, 33];
/** Three bonds of 1 Å at right angles span 1 Å³; a flat centre spans nothing. */
const FLAT_ANGSTROM3 = 0.2;

/**
 * RDKit's molecule of a 3D molblock; null where it cannot read it.
 *
 * @param molblock V2000, all hydrogens, coordinates in Å
 */
export function moleculeInSpace(
  rdkit: RDKit,
  molblock: string,
  { removeHs }: { removeHs: boolean },
): Mol | null {
  const full = rdkit.get_mol(molblock, JSON.stringify({ removeHs: false }));
  if (!full) return null;
  const written = full.get_json();
  const json = JSON.parse(written) as SpaceJson;
  const xyz = molblockGeometry(molblock).coordinates_angstrom;
  const found = markPyramids(json, xyz);
  if (!removeHs && found === 0) return full;
  full.delete();
  const text = found === 0 ? molblock : withCoordinatesOf(written, JSON.stringify(json));
  return rdkit.get_mol(text, JSON.stringify({ removeHs }));
}

/**
 * The component of a 3D molblock that a SMILES is of, where it lies; undefined where none is, or where the molblock cannot be read.
 *
 * @param smiles canonical, of one component
 */
export function componentInSpace(rdkit: RDKit, molblock: string, smiles: string): string | undefined {
  using full = rdkit.get_mol(molblock, JSON.stringify({ removeHs: false }));
  if (!full) return undefined;
  const { molList } = full.get_frags() as { molList: MolList };
  using parts = molList;
  while (!parts.at_end()) {
    using part = parts.next();
    if (!part) continue;
    const block = part.get_v2Kmolblock();
    using inSpace = moleculeInSpace(rdkit, block, { removeHs: true });
    if (inSpace?.get_smiles() === smiles) return block;
  }
  return undefined;
}

const COORDINATES = /"coords":\[\[.*?\]\]/;

/** RDKit refuses whole numbers as coordinates, and JSON.stringify writes 0.0 as 0: those that RDKit wrote are put back. */
const withCoordinatesOf = (written: string, json: string): string =>
  json.replace(COORDINATES, (own) => COORDINATES.exec(written)?.[0] ?? own);

/** Writes the stereo of pyramidal centres into the JSON and returns how many; RDKit drops those that are no stereo centres on reading. */
function markPyramids({ molecules }: SpaceJson, xyz: readonly number[]): number {
  const { atoms, bonds = [] } = molecules[0];
  let found = 0;
  for (const [centre, atom] of atoms.entries()) {
    if (!PYRAMIDAL.includes(atom.z ?? 0)) continue;
    const around = bonds.flatMap(({ atoms: [a, b] }) => (a === centre ? [b] : b === centre ? [a] : []));
    if (around.length !== 3) continue;
    const volume = spannedVolume(xyz, centre, around as [number, number, number]);
    if (Math.abs(volume) < FLAT_ANGSTROM3) continue;
    atom.stereo = volume < 0 ? "cw" : "ccw";
    found++;
  }
  return found;
}

type Vector = readonly [x: number, y: number, z: number];

/** Of the box that three bonds span, Å³; positive where they go round counter-clockwise, seen from where the first points. */
function spannedVolume(xyz: readonly number[], centre: number, around: [number, number, number]): number {
  const bondTo = (atom: number): Vector => {
    const along = (axis: 0 | 1 | 2) => xyz[3 * atom + axis]! - xyz[3 * centre + axis]!;
    return [along(0), along(1), along(2)];
  };
  const [a, b, c] = [bondTo(around[0]), bondTo(around[1]), bondTo(around[2])];
  return (
    a[0] * (b[1] * c[2] - b[2] * c[1]) +
    a[1] * (b[2] * c[0] - b[0] * c[2]) +
    a[2] * (b[0] * c[1] - b[1] * c[0])
  );
}

interface SpaceJson {
  molecules: [
    {
      atoms: { z?: number; stereo?: string }[];
      bonds?: { atoms: [number, number] }[];
    },
  ];
}
