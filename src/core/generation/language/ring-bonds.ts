/** Which bonds of a graph lie in a ring. */

/**
 * A test for bonds that lie in a ring: those whose removal leaves their ends joined.
 *
 * Tarjan's search for bridges (doi:10.1016/0020-0190(74)90003-9): a bond down the search tree is outside all rings when nothing below it
 * reaches back to or above its upper end. Costs O(atoms + bonds).
 * @param neighbours of each atom; parallel bonds do not occur
 */
export function ringBonds(neighbours: readonly (readonly number[])[]): (a: number, b: number) => boolean {
  const n = neighbours.length;
  const order = new Int16Array(n).fill(-1);
  const lowest = new Int16Array(n);
  /** The upper end of the bond to each atom's parent in the search tree, where that bond lies in no ring. */
  const bridgeTo = new Int16Array(n).fill(-1);
  let visited = 0;

  function visit(atom: number, from: number) {
    order[atom] = lowest[atom] = visited++;
    for (const other of neighbours[atom]!) {
      if (other === from) continue;
      if (order[other] === -1) {
        visit(other, atom);
        if (lowest[other]! > order[atom]!) bridgeTo[other] = atom;
        if (lowest[other]! < lowest[atom]!) lowest[atom] = lowest[other]!;
      } else if (order[other]! < lowest[atom]!) lowest[atom] = order[other]!;
    }
  }
  for (let atom = 0; atom < n; atom++) if (order[atom] === -1) visit(atom, -1);
  return (a, b) => bridgeTo[a] !== b && bridgeTo[b] !== a;
}
