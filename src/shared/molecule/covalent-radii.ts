/** Covalent radii by bond order: how long a bond should be. */

/**
 * Radii of H to Xe in pm, single bonds: P. Pyykkö, M. Atsumi, doi:10.1002/chem.200800987.
 */
const SINGLE = [
  32, 46, 133, 102, 85, 75, 71, 63, 64, 67, 155, 139, 126, 116, 111, 103, 99, 96, 196, 171, 148, 136, 134,
  122, 119, 116, 111, 110, 112, 118, 124, 121, 121, 116, 114, 117, 210, 185, 163, 154, 147, 138, 128, 125,
  125, 120, 128, 136, 142, 140, 140, 136, 133, 131,
];

/** The same for double bonds; 0 where there is none: P. Pyykkö, M. Atsumi, doi:10.1002/chem.200901472. */
const DOUBLE = [
  0, 0, 124, 90, 78, 67, 60, 57, 59, 96, 160, 132, 113, 107, 102, 94, 95, 107, 193, 147, 116, 117, 112, 111,
  105, 109, 103, 101, 115, 120, 117, 111, 114, 107, 109, 121, 202, 157, 130, 127, 125, 121, 120, 114, 110,
  117, 139, 144, 136, 130, 133, 128, 129, 135,
];

/** The same for triple bonds: P. Pyykkö, S. Riedel, M. Patzschke, doi:10.1002/chem.200401299. */
const TRIPLE = [
  0, 0, 0, 85, 73, 60, 54, 53, 53, 0, 0, 127, 111, 102, 94, 95, 93, 96, 0, 133, 114, 108, 106, 103, 103, 102,
  96, 101, 120, 0, 121, 114, 106, 107, 110, 108, 0, 139, 124, 121, 116, 113, 110, 103, 106, 112, 137, 0, 146,
  132, 127, 121, 125, 122,
];

/** The radius of the highest order that the element has up to this one, Å. */
function radius(z: number, order: number): number {
  for (const table of [TRIPLE, DOUBLE].slice(order >= 3 ? 0 : order >= 2 ? 1 : 2)) {
    const found = table[z - 1];
    if (found) return found / 100;
  }
  return (SINGLE[z - 1] ?? 150) / 100;
}

/**
 * Length to expect of a bond, Å: the sum of the radii of its order, that of an aromatic bond (1.5) half-way between single
 * and double. Within some 0.05 Å for bonds between p-block elements; polar and weak ones (F2, BF) up to 15 % off.
 */
export function expectedBondLength(z1: number, z2: number, order: number): number {
  if (order > 1 && order < 2) return (expectedBondLength(z1, z2, 1) + expectedBondLength(z1, z2, 2)) / 2;
  return radius(z1, order) + radius(z2, order);
}
