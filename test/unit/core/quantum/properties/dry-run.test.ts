import { describe, expect, it } from "vitest";
import { type Course, dryRun } from "#core/quantum/properties/dry-run.ts";
import type { Candidate, Structures } from "#core/quantum/properties/protocol.ts";
import { KNOWN_PROPERTIES } from "#shared/properties/find.ts";
import { completeSettings, type PropertySettings } from "#shared/properties/settings.ts";

const geometry = {
  symbols: ["O", "H", "H"],
  coordinates_angstrom: [0, 0, 0.12, 0, 0.76, -0.47, 0, -0.76, -0.47],
};
const piece = { geometry, charge: 0, multiplicities: [2], lostBond: () => undefined };
const structures: Structures = {
  protomers: () => [{ geometry }, { geometry }, { geometry }],
  tautomers: () => [],
  bondBreaks: () => [{ atoms: [0, 1], fragments: [piece, piece] }],
  marksBond: false,
  probePoses: () => [{ geometry }, { geometry }],
  lostBond: () => undefined,
  newBond: () => undefined,
  at: () => structures,
};

const candidate = (settings: PropertySettings, multiplicity = 1): Candidate => ({
  ...{ geometry, molblock: "", structures, charge: 0, multiplicity, settings },
  level: { basis: "sto-3g", activeSpace: { nelec: 2, norb: 2 }, ansatz: "uccsd", maxIterations: 10 },
});

describe("a protocol that is walked without computing", () => {
  it.each(KNOWN_PROPERTIES)("$id comes to an end and asks for states", ({ id }) => {
    expect(dryRun(id, candidate(completeSettings(id))).length).toBeGreaterThan(0);
  });

  it("asks for states in an active space where one determinant may fail", () => {
    const names = (needsSpace: boolean, method: string) =>
      dryRun("triplet-energy", candidate({ method }), { needsSpace }).flatMap((unit) => unit.names);
    expect(names(false, "routed")).toEqual(["singlet", "triplet"]);
    expect(names(true, "routed")).toEqual(["singlet", "triplet", "both"]);
    expect(names(true, "mp2")).toEqual(["singlet", "triplet"]);
  });

  it("asks for what an ionisation energy does: MP2 of both states, and the active space where it is set", () => {
    const names = (settings: PropertySettings) =>
      dryRun("vertical-ionisation-energy", candidate(settings)).map((unit) => unit.names);
    expect(names({ method: "mp2", activeSpace: false })).toEqual([["neutral"], ["mp2-cation"]]);
    expect(names({ method: "mp2", activeSpace: true })[0]).toEqual(["neutral", "cation"]);
    expect(names({ method: "vqe", activeSpace: true })).toEqual([["neutral", "cation"]]);
  });

  it("asks for the cation of a gap where the anion is bound alone", () => {
    const names = (course: Course = "falling") =>
      dryRun("fundamental-gap", candidate({}), { course }).map((unit) => unit.names[0]);
    expect(names()).toEqual(["neutral", "anion", "cation"]);
    expect(names("rising")).toEqual(["neutral", "anion"]);
  });

  it("asks for the quartet beside a doublet where spins are taken to mix", () => {
    const names = (mixesSpins: boolean) =>
      dryRun("vertical-ionisation-energy", candidate({ method: "mp2", activeSpace: false }), {
        mixesSpins,
      }).map(({ names: [name], request }) => `${name} ${request.multiplicity}`);
    expect(names(false)).toEqual(["neutral 1", "mp2-cation 2"]);
    expect(names(true)).toEqual(["neutral 1", "mp2-cation 2", "mp2-cation-high 4"]);
  });

  it("follows a proton affinity through all its rounds, two of three sites in full", () => {
    const names = dryRun("proton-affinity", candidate({})).flatMap((unit) => unit.names);
    const of = (start: string) => names.filter((name) => name.startsWith(start)).length;
    expect([of("rough-energy-"), of("protomer-energy-"), of("protomer-vibrations"), of("molecule")]).toEqual([
      3, 2, 1, 3,
    ]);
  });
});
