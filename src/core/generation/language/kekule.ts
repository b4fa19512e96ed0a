/** Whether double bonds can be laid through an aromatic system. */

/**
 * True when every required atom can be given exactly one double bond to an aromatic neighbour, no atom having two.
 *
 * Search with the most constrained atom first; ring systems of molecules are sparse, so it seldom has to step back.
 * @param neighbours aromatic neighbours of each atom, by index; only atoms that may take a double bond are listed
 * @param required atoms that must take one
 */
export function hasKekuleStructure(
  neighbours: ReadonlyMap<number, readonly number[]>,
  required: Iterable<number>,
): boolean {
  const open = new Set(required);
  const taken = new Set<number>();
  let budget = SEARCH_LIMIT;

  // Asked of listed atoms alone.
  const free = (atom: number) =>
    neighbours.get(atom)!.filter((other) => neighbours.has(other) && !taken.has(other));

  function mostConstrained(): { atom: number; partners: number[] } {
    let best: { atom: number; partners: number[] } | undefined;
    for (const atom of open) {
      const partners = free(atom);
      if (best === undefined || partners.length < best.partners.length) best = { atom, partners };
      if (partners.length < 2) break;
    }
    // search() asks while there is an open atom.
    return best!;
  }

  function search(): boolean {
    if (open.size === 0) return true;
    if (budget-- <= 0) return true;
    const { atom, partners } = mostConstrained();
    for (const partner of partners) {
      const partnerWasOpen = open.delete(partner);
      open.delete(atom);
      taken.add(atom).add(partner);
      if (search()) return true;
      taken.delete(atom);
      taken.delete(partner);
      open.add(atom);
      if (partnerWasOpen) open.add(partner);
    }
    return false;
  }
  return search();
}

/** Steps after which the question is left open and answered yes; a wrong yes costs one invalid molecule. */
const SEARCH_LIMIT = 2000;
