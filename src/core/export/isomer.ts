/** Which molecule an export names: the stereoisomer that was computed, where the notebook knows it. */
import type { CandidateDetail } from "#shared/campaign/candidate.ts";
import { type MoleculeIdentity, STEREO_UNSPECIFIED } from "#shared/molecule/molecule.ts";

/** The computed isomer; the proposal's identity where there is no geometry or its isomer was not recorded. */
export const computedIdentity = ({ conformer, identity }: CandidateDetail): MoleculeIdentity | null =>
  conformer?.isomer ?? identity;

/** What to know of the identity's stereo; null where the proposal specified all or nothing was computed. */
export function stereoRemark({ conformer }: CandidateDetail): string | null {
  if (!conformer) return null;
  if (!conformer.isomer) return "which stereoisomer was computed is not recorded";
  return conformer.isomer.stereoUnspecified > 0 ? STEREO_UNSPECIFIED : null;
}
