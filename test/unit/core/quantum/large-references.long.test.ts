/** The molecules of the reference sets that take longest: the checks of the quick tests. */
import { describe, it } from "vitest";
import { isQuick, type ReferenceEntry } from "./chemistry-reference.ts";
import {
  agreesInCasci,
  agreesInFci,
  agreesInMp2,
  agreesInRhf,
  cationAgreesInUhf,
  cationIsNotAboveInRohf,
  cations,
  closedShells,
  ionComplexAgrees,
  ionComplexes,
  LARGEST_FCI,
  withCasci,
  withFci,
  withMp2,
} from "./reference-checks.ts";

const large = <Entry extends Pick<ReferenceEntry, "n_basis_functions">>(entries: readonly Entry[]): Entry[] =>
  entries.filter((entry) => !isQuick(entry));

describe("agrees with an independent program", () => {
  it.each(large(closedShells))("RHF of $id", agreesInRhf);
  it.each(large(withMp2))("MP2 of $id", agreesInMp2);
  it.each(large(withCasci))("CASCI of $id", agreesInCasci);
  it.each(withFci.filter(({ id }) => id === LARGEST_FCI))("FCI of $id", agreesInFci);
  it.each(large(cations))("UHF and UMP2 of the vertical cation of $id", cationAgreesInUhf);
  it.each(large(cations))("ROHF of the vertical cation of $id, not above", cationIsNotAboveInRohf);
  it.each(large(ionComplexes))("$id: $key in RHF, MP2 and CASCI", ionComplexAgrees);
});
