import { describe, expect, it } from "vitest";
import { solveCasci } from "#core/quantum/ci/ci.ts";
import { isQuick } from "./chemistry-reference.ts";
import { agreesInCasci, agreesInFci, LARGEST_FCI, withCasci, withFci } from "./reference-checks.ts";
import { randomHamiltonian } from "./second-quantisation.ts";

describe("a space with fewer states than asked for", () => {
  it("gives those it has, converged", () => {
    const { outcome, states } = solveCasci(randomHamiltonian(2, [1, 1], 5), { nroots: 4 });
    expect(outcome).toBe("converged");
    // Two electrons in two orbitals: three singlets, and a triplet that was not asked for.
    expect(states.map(({ spinSquare }) => Math.round(spinSquare))).toEqual([0, 0, 0]);
  });
});

describe("CASCI", () => {
  it.each(withCasci.filter(isQuick))(
    "of $id agrees with an independent program in every space, spin and state",
    agreesInCasci,
  );
});

describe("FCI", () => {
  it.each(withFci.filter(({ id }) => id !== LARGEST_FCI))(
    "of $id agrees with an independent program, with and without a frozen core",
    agreesInFci,
  );
});
