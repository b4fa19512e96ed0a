/** The active space in JSON documents. */
import type { ActiveSpace } from "#shared/quantum/active-space.ts";

/** `orbitals` count from 0, as in records; `orbitalNumbers` from 1, as in tables and in --active-space. */
export const activeSpaceDocument = (space: ActiveSpace | null | undefined) =>
  space && { ...space, orbitalNumbers: space.orbitals.map((orbital) => orbital + 1) };
