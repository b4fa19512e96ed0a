import { expect, it } from "vitest";
import { dryRun } from "#core/quantum/properties/dry-run.ts";
import { compositeProtocol } from "#core/quantum/properties/own-composite.ts";
import type { Candidate, Conclusion } from "#core/quantum/properties/protocol.ts";
import type { CompositeDefinition } from "#shared/properties/composite-definition.ts";
import { compositeProperty } from "#shared/properties/composite-property.ts";

const definition: CompositeDefinition = {
  kind: "composite",
  version: 1,
  id: "tough",
  title: "Tough",
  parts: [
    {
      property: "bond-dissociation-energy",
      weight: 1,
      desirability: { shape: "larger", low: 0, high: 400, exponent: 1 },
    },
    {
      descriptor: "tpsa_angstrom2",
      weight: 1,
      desirability: { shape: "smaller", low: 0, high: 100, exponent: 1 },
    },
  ],
};

/** A weakest bond, chosen without one whose piece became something else. */
const bond: Conclusion = {
  values: { bondDissociation_hartree: 0.1 },
  outcome: "converged",
  alternatives: [
    { name: "C1–C2", value: 0.1 },
    { name: "C1–O3", value: null, remark: "C1 and O3: bond C1–H4 broke", isLeftOut: true },
  ],
};

it("A composite keeps what a part was chosen without, and warns of it in that part's name", () => {
  const next = () => bond;
  const candidate = {
    definition,
    descriptors: { tpsa_angstrom2: 50 },
    level: { basis: "6-31g*" },
  } as unknown as Candidate;
  const protocols = { "bond-dissociation-energy": { next } } as never;
  const end = compositeProtocol(protocols).next(candidate, { "part1-molecule": {} as never }) as Conclusion;
  expect(end.outcome).toBe("converged");
  expect(end.alternatives).toEqual([
    {
      name: "Bond dissociation energy: C1–O3",
      value: null,
      remark: "C1 and O3: bond C1–H4 broke",
      isLeftOut: true,
    },
  ]);
  expect(compositeProperty(definition).warning?.of(end.values, {}, end.alternatives)).toBe(
    "Bond dissociation energy: Left out for what it became when it was relaxed: C1–O3. The number is that of the lowest of the others, and has no error bar.",
  );
});

it("A triplet energy is by NEVPT2 where one determinant fails as any part of a composite, and warns of it", () => {
  const part = { weight: 1, desirability: { shape: "larger", low: 0, high: 9, exponent: 1 } } as const;
  const routed: CompositeDefinition = {
    ...definition,
    parts: [
      { ...part, property: "vertical-electron-affinity" },
      { ...part, property: "triplet-energy" },
    ],
  };
  const candidate = {
    geometry: { symbols: ["O"], coordinates_angstrom: [0, 0, 0] },
    ...{ charge: 0, multiplicity: 1, settings: {}, definition: routed },
    level: { basis: "6-31g", activeSpace: null, ansatz: "uccsd", maxIterations: 9 },
  } as unknown as Candidate;
  const names = (needsSpace: boolean) =>
    dryRun("own-composite", candidate, { needsSpace }).map(({ names: [name] }) => name);
  expect(names(false)).not.toContain("part2-both");
  expect(names(true)).toContain("part2-both");
  const diagnostic = { route: "active-space", activeSpace: { nelec: 4, norb: 4 } };
  const states = { "part2-singlet": { diagnostic }, "part2-both": {} } as never;
  expect(compositeProperty(routed).warning?.of({ part2_hartree: 0.1 }, states)).toBe(
    "Vertical triplet energy: One determinant fails: the number is NEVPT2's, 2.72 eV.",
  );
});
