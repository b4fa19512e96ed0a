/** What chemistry makes of a candidate for protocols. */
import { bondBreaks } from "#core/chemistry/sites/bond-breaks.ts";
import { probePoses } from "#core/chemistry/sites/probe-poses.ts";
import { protomers } from "#core/chemistry/sites/protonation.ts";
import type { Structures } from "#core/quantum/properties/protocol.ts";

/** @param molblock of the candidate's conformer @param bond the one to break; absent: every single one */
export const structuresOf = (molblock: string, bond?: readonly [number, number]): Structures => ({
  protomers: () => protomers(molblock),
  bondBreaks: () => bondBreaks(molblock, bond),
  marksBond: bond !== undefined,
  probePoses: (probe) => probePoses(molblock, probe),
});
