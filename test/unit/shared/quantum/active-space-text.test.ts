import { describe, expect, it } from "vitest";
import { activeSpaceTitle, readActiveSpace } from "#shared/quantum/active-space-text.ts";

describe("an active space as text", () => {
  it.each([
    ["4e,4o", { nelec: 4, norb: 4 }, "(4e,4o)"],
    ["frontier:6e, 5o", { nelec: 6, norb: 5 }, "(6e,5o)"],
    ["natural", { rule: "natural-occupation", threshold: 0.02 }, "(MP2 natural occupations from 0.02)"],
    ["natural:0.1", { rule: "natural-occupation", threshold: 0.1 }, "(MP2 natural occupations from 0.1)"],
    [
      'avas:"O 2p,C 2pz"',
      { rule: "avas", targets: ["O 2p", "C 2pz"], threshold: 0.2 },
      "(AVAS of O 2p, C 2pz)",
    ],
    ["avas:N 2p:0.5", { rule: "avas", targets: ["N 2p"], threshold: 0.5 }, "(AVAS of N 2p)"],
    [
      "excitations:0.1:6",
      { rule: "excitations", threshold: 0.1, most: 6 },
      "(orbitals of low excitations from 0.1)",
    ],
    [
      "excitations",
      { rule: "excitations", threshold: 0.05, most: 8 },
      "(orbitals of low excitations from 0.05)",
    ],
    ["orbitals:5,6", { rule: "orbitals", orbitals: [4, 5] }, "(orbitals 5, 6)"],
  ])("%s is read, and written for people", (text, rule, title) => {
    const read = readActiveSpace(text);
    expect(read).toEqual(rule);
    expect(activeSpaceTitle(read)).toBe(title);
  });

  it.each([
    "",
    "4e",
    "4o,4e",
    "natural:2",
    "natural:x",
    "avas",
    "avas:O-2p",
    "excitations:2",
    "excitations:0.05:8:9",
    "avas:O 2p:0.2:0.3",
    "orbitals:0",
    "orbitals:a",
    "cas:4e,4o",
  ])("%j is refused with examples", (text) => {
    expect(() => readActiveSpace(text)).toThrow(
      /expected e\.g\. "4e,4o", got .* There are: 4e,4o \| natural:0\.02/,
    );
  });
});
