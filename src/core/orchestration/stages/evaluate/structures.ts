/** What chemistry makes of a candidate for protocols. */
import { bondBreaks, type Fragment } from "#core/chemistry/sites/bond-breaks.ts";
import { newBond } from "#core/chemistry/sites/new-bond.ts";
import {
  graphInSpace,
  movedMolblock,
  type PlacedGraph,
  placedGraph,
  statedOf,
} from "#core/chemistry/sites/placed-graph.ts";
import { probePoses } from "#core/chemistry/sites/probe-poses.ts";
import { protomers, protomersOf } from "#core/chemistry/sites/protonation.ts";
import { tautomers } from "#core/chemistry/sites/tautomers.ts";
import type { Piece, Structures } from "#core/quantum/properties/protocol.ts";
import { lostBond } from "#shared/molecule/lost-bond.ts";

/** A fragment with the bonds that it has in the molecule. */
function pieceOf({ bonds }: PlacedGraph, { atoms, ...piece }: Fragment): Piece {
  const own = bonds.flatMap(({ atoms: [a, b] }) => {
    const ends = [atoms.indexOf(a), atoms.indexOf(b)] as const;
    return ends.includes(-1) ? [] : [{ atoms: ends }];
  });
  const whole = { geometry: piece.geometry, bonds: own };
  const numbers = atoms.map((atom) => atom + 1);
  return { ...piece, lostBond: (geometry) => lostBond(whole, geometry, { numbers }) };
}

/** @param molblock of the candidate's conformer @param bond the one to break; absent: every single one */
export const structuresOf = (molblock: string, bond?: readonly [number, number]): Structures => ({
  protomers: () => protomers(molblock),
  tautomers: () =>
    tautomers(molblock).map(({ name, graph }) => ({
      name,
      geometry: graph.geometry,
      protomers: (geometry) =>
        protomersOf(graphInSpace({ geometry, bonds: graph.bonds, ...statedOf(graph) })),
      lostBond: (geometry) => lostBond(graph, geometry),
    })),
  bondBreaks: (electrons) => {
    const graph = placedGraph(molblock);
    return bondBreaks(molblock, { marked: bond, electrons }).map(({ fragments: [a, b], ...broken }) => ({
      ...broken,
      fragments: [pieceOf(graph, a), pieceOf(graph, b)],
    }));
  },
  marksBond: bond !== undefined,
  probePoses: (probe) => probePoses(molblock, probe),
  lostBond: (geometry, asked) => lostBond(placedGraph(molblock), geometry, asked),
  newBond: (geometry) => newBond(geometry, placedGraph(molblock).atoms.length),
  at: (geometry) => structuresOf(movedMolblock(molblock, geometry), bond),
});
