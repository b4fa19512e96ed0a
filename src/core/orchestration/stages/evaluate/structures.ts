/** What chemistry makes of a candidate for protocols. */
import { bondBreaks } from "#core/chemistry/sites/bond-breaks.ts";
import { brokenBond } from "#core/chemistry/sites/broken-bond.ts";
import { graphInSpace, movedMolblock, statedOf } from "#core/chemistry/sites/placed-graph.ts";
import { probePoses } from "#core/chemistry/sites/probe-poses.ts";
import { protomers, protomersOf } from "#core/chemistry/sites/protonation.ts";
import { tautomers } from "#core/chemistry/sites/tautomers.ts";
import type { Structures } from "#core/quantum/properties/protocol.ts";

/** @param molblock of the candidate's conformer @param bond the one to break; absent: every single one */
export const structuresOf = (molblock: string, bond?: readonly [number, number]): Structures => ({
  protomers: () => protomers(molblock),
  tautomers: () =>
    tautomers(molblock).map(({ name, graph }) => ({
      name,
      geometry: graph.geometry,
      protomers: (geometry) =>
        protomersOf(graphInSpace({ geometry, bonds: graph.bonds, ...statedOf(graph) })),
    })),
  bondBreaks: (electrons) => bondBreaks(molblock, { marked: bond, electrons }),
  marksBond: bond !== undefined,
  probePoses: (probe) => probePoses(molblock, probe),
  brokenBond: (geometry) => brokenBond(molblock, geometry),
  at: (geometry) => structuresOf(movedMolblock(molblock, geometry), bond),
});
