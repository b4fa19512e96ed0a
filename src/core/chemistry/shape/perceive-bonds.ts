/** A molecule from its atoms in space: who is bonded to whom, how often, and where the charges are. */

import { expectedBondLength } from "#shared/molecule/covalent-radii.ts";
import { atomicNumber, type Geometry } from "#shared/molecule/molecule.ts";
import { distance } from "#shared/molecule/vectors.ts";
import { readGraph } from "../toolkit/graph.ts";
import { type RDKit, withReason } from "../toolkit/rdkit.ts";
import { bondOrders, isAlwaysIon } from "./bond-orders.ts";
import { moleculeInSpace } from "./in-space.ts";

/** Bonds are at most this much longer than covalent radii say: N2O4 has 1.25, hydrogen bonds have 1.6. */
const LONGEST_RATIO = 1.28;
const HYDROGEN = 1;
/** Of a V2000 molblock. */
const MAX_ATOMS = 999;

type Bond = readonly [number, number];

/** Atoms near enough; a hydrogen is bonded to the one that it is nearest to, and nothing to ions of the first groups and zinc. */
function bondedPairs(z: readonly number[], xyz: readonly number[]): Bond[] {
  const ratio = ([i, j]: Bond): number => distance(xyz, i, j) / expectedBondLength(z[i]!, z[j]!, 1);
  const mayBond = z.map((one) => !isAlwaysIon(one));
  const near: Bond[] = [];
  for (const i of z.keys())
    for (let j = 0; j < i; j++)
      if (mayBond[i] && mayBond[j] && ratio([i, j]) <= LONGEST_RATIO) near.push([j, i]);
  const nearest = (hydrogen: number): Bond | undefined =>
    near.filter((bond) => bond.includes(hydrogen)).toSorted((a, b) => ratio(a) - ratio(b))[0];
  return near.filter((bond) => bond.every((atom) => z[atom] !== HYDROGEN || nearest(atom) === bond));
}

const column = (text: string | number, width: number): string => String(text).padStart(width);

/** Properties of atoms in lines of up to eight. */
function propertyLines(name: "CHG" | "RAD", values: readonly number[]): string[] {
  const set = values.flatMap((value, atom) => (value === 0 ? [] : [[atom + 1, value]]));
  return Array.from({ length: Math.ceil(set.length / 8) }, (_, line) => {
    const some = set.slice(8 * line, 8 * line + 8);
    return `M  ${name}${column(some.length, 3)}${some
      .flat()
      .map((n) => column(n, 4))
      .join("")}`;
  });
}

/** M  RAD: 2 for one unpaired electron, 3 for two. */
const radicalCode = (unpaired: number): number => (unpaired === 0 ? 0 : unpaired + 1);

function molblock(
  { symbols, coordinates_angstrom: xyz }: Geometry,
  bonds: readonly Bond[],
  { orders, charges, unpaired }: { orders: number[]; charges: number[]; unpaired: number[] },
): string {
  const counts = `${column(symbols.length, 3)}${column(bonds.length, 3)}  0  0  0  0  0  0  0  0999 V2000`;
  const atoms = symbols.map((symbol, atom) => {
    const place = xyz.slice(3 * atom, 3 * atom + 3).map((x) => column(x.toFixed(4), 10));
    return `${place.join("")} ${symbol.padEnd(3)} 0  0  0  0  0  0  0  0  0  0  0  0`;
  });
  const lines = bonds.map(([a, b], i) => `${column(a + 1, 3)}${column(b + 1, 3)}${column(orders[i]!, 3)}  0`);
  const properties = [...propertyLines("CHG", charges), ...propertyLines("RAD", unpaired.map(radicalCode))];
  return ["", "", "", counts, ...atoms, ...lines, ...properties, "M  END", ""].join("\n");
}

/**
 * Finds the bonds of a molecule whose hydrogens are all there: atoms within 1.28 of their covalent radii are bonded, and the orders
 * make the least unusual Lewis structure of that charge and spin (see bond-orders.ts). Ions of the first two groups and of zinc stand
 * alone. For main-group molecules of some hundred atoms; metals with bonds and electron-deficient hydrides are refused.
 *
 * @param multiplicity 2S + 1; where left out the lowest that the number of electrons allows
 * @returns canonical SMILES, and a V2000 molblock with the coordinates rounded to 1e-4 Å; or why it cannot be read
 */
export function perceiveBonds(
  rdkit: RDKit,
  geometry: Geometry,
  { charge, multiplicity }: { charge: number; multiplicity: number | undefined },
): { smiles: string; molblock: string } | { reason: string } {
  const { symbols, coordinates_angstrom: xyz } = geometry;
  if (symbols.length > MAX_ATOMS) return { reason: `${symbols.length} atoms: at most ${MAX_ATOMS} are read` };
  const z = symbols.map((symbol) => atomicNumber(symbol) ?? 0);
  const electrons = z.reduce((a, b) => a + b, 0) - charge;
  const unpaired = multiplicity === undefined ? Math.abs(electrons % 2) : multiplicity - 1;
  const bonds = bondedPairs(z, xyz);
  const found = bondOrders({ z, bonds, charge, unpaired });
  const formula = `${symbols.length} atoms, charge ${charge}, ${unpaired} unpaired electrons`;
  if (!found) return { reason: `no bonds were found that fit ${formula}` };
  const block = molblock(geometry, bonds, found);
  const parsed = withReason(rdkit, () => rdkit.get_mol(block, JSON.stringify({ removeHs: false })));
  if ("reason" in parsed)
    return { reason: `the bonds found are not a molecule that RDKit accepts: ${parsed.reason}` };
  using full = parsed.value;
  if (readGraph(full).atoms.some(({ hydrogens }) => hydrogens > 0))
    return { reason: `the bonds found leave hydrogens out (${formula})` };
  const written = full.get_molblock();
  using mol = moleculeInSpace(rdkit, written, { removeHs: true });
  return mol ? { smiles: mol.get_smiles(), molblock: written } : { reason: "RDKit cannot read it in space" };
}
