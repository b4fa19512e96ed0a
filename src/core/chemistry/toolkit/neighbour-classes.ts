/** Which neighbours of an atom are alike. */
import { bondedTo, type MoleculeGraph } from "./graph.ts";

/**
 * Of each atom a class for each neighbour, −1 for hydrogens that are no atoms of the graph: equal for neighbours of equal
 * constitution. Classes are refined until no more can be told apart (M. L. Morgan, doi:10.1021/c160017a018).
 */
export function neighbourClasses(graph: MoleculeGraph): number[][] {
  const bonds = bondedTo(graph);
  let classes = numbered(
    graph.atoms.map(({ z, charge, hydrogens, isotope }) => `${z} ${charge} ${hydrogens} ${isotope}`),
  );
  for (let count = 0; new Set(classes).size > count; ) {
    count = new Set(classes).size;
    classes = numbered(
      classes.map((own, i) => {
        const around = bonds[i]!.map(({ atom, type }) => `${type}:${classes[atom]}`).sort();
        return `${own} ${around.join(" ")}`;
      }),
    );
  }
  return graph.atoms.map(({ hydrogens }, i) => [
    ...bonds[i]!.map(({ atom }) => classes[atom]!),
    ...new Array<number>(hydrogens).fill(-1),
  ]);
}

function numbered(names: readonly string[]): number[] {
  const numbers = new Map([...new Set(names)].sort().map((name, i) => [name, i]));
  // Each of them was numbered.
  return names.map((name) => numbers.get(name)!);
}
