import { describe, expect, it } from "vitest";
import { recordPage } from "../../../src/cli/commands/energy/record-page.ts";

const pageOf = (energy_hartree: number | null): string =>
  recordPage({
    title: "RHF/sto-3g",
    expected: {
      ...{ method: "rhf", multiplicity: 1, energy_hartree, variational_hartree: null, pt2_hartree: null },
      ...{ extrapolated_hartree: null, extrapolatedError_hartree: null, exact_hartree: null },
      determinants: null,
    },
    ...{ command: "ansatz energy O", program: null, build: "b", threads: 1, pyscf: undefined },
    machine: { processor: "p", threadsOfMachine: 1, memory_bytes: 1, system: "s", node: "n" },
    cost: { begun: "2026-11-30", clock_seconds: 1, processor_seconds: 1, peakMemory_bytes: 1 },
    files: ["record.json"],
  });

describe("the page of a record", () => {
  it("says where there is no energy", () => {
    expect(pageOf(-1)).toContain("| energy of the method | -1.0000000000 |");
    expect(pageOf(-1)).not.toContain("did not converge");
    expect(pageOf(null)).toContain("The calculation did not converge: there is no energy of the method.");
    expect(pageOf(null)).not.toContain("energy of the method |");
  });
});
