import { describe, expect, it } from "vitest";
import { type AskedState, functionCount, stateMemory_bytes, stateSeconds } from "#core/quantum/cost/law.ts";
import { loadBasisSet } from "#core/quantum/molecule/basis.ts";

const state = (changes: Partial<AskedState>): AskedState => ({
  ...{
    symbols: ["O", "H", "H"],
    charge: 0,
    multiplicity: 1,
    basis: "6-31g",
    method: "mp2",
    activeSpace: null,
  },
  ...{ ansatz: "uccsd", maxIterations: 200, frozenCore: true },
  ...changes,
});

const atoms = (formula: Record<string, number>): string[] =>
  Object.entries(formula).flatMap(([symbol, count]) => Array<string>(count).fill(symbol));

const ETHANOL = atoms({ C: 2, O: 1, H: 6 });
const ACETAMIDE = atoms({ C: 3, N: 1, O: 1, H: 7 });

const seconds = async (changes: Partial<AskedState>): Promise<number> => {
  const asked = state(changes);
  return stateSeconds(asked, await loadBasisSet("resources", asked.basis));
};

describe("the law of cost", () => {
  it.each([
    // Processor seconds on one thread of an AMD EPYC with AVX2, 29 November 2026.
    ["ethanol, RHF and MP2 in 6-31G", 0.137, { symbols: ETHANOL }],
    ["ethanol, the same in 6-31+G**", 1.7, { symbols: ETHANOL, basis: "6-31+g**" }],
    ["ethanol, the same in def2-SVP", 1.17, { symbols: ETHANOL, basis: "def2-svp" }],
    ["N-methylacetamide, the same in 6-31G", 0.461, { symbols: ACETAMIDE }],
    ["N-methylacetamide, the same in 6-31+G**", 8.37, { symbols: ACETAMIDE, basis: "6-31+g**" }],
    ["its cation", 1.72, { symbols: ACETAMIDE, charge: 1, multiplicity: 2, openShell: "hole" as const }],
    ["ethanol's cation", 0.48, { symbols: ETHANOL, charge: 1, multiplicity: 2, openShell: "hole" as const }],
    [
      "ethanol, relaxed in 6-31G*",
      2.7,
      { symbols: ETHANOL, basis: "6-31g*", method: "rhf" as const, optimise: { frozen: [] } },
    ],
  ])("foretells %s to a factor of two", async (_, measured, changes) => {
    const foretold = await seconds(changes);
    expect(foretold / measured).toBeGreaterThan(0.5);
    expect(foretold / measured).toBeLessThan(2);
  });

  it("takes a state of a record, which leaves out an active space that is null", async () => {
    const { activeSpace: _, ...recorded } = state({ method: "casci" });
    const basis = await loadBasisSet("resources", "6-31g");
    expect(stateSeconds(recorded as AskedState, basis)).toBe(stateSeconds(state({ method: "casci" }), basis));
  });

  it("foretells minutes for VQE and exact diagonalisation of 28 qubits, and gigabytes", async () => {
    const asked = state({ symbols: ACETAMIDE, method: "vqe", activeSpace: { nelec: 14, norb: 14 } });
    const basis = await loadBasisSet("resources", "6-31g");
    // H14 (14e,14o): 134 to 143 s of exact diagonalisation and 3.2 GB (docs/benchmarks.md).
    expect(stateSeconds(asked, basis)).toBeGreaterThan(140);
    expect(stateSeconds(asked, basis)).toBeLessThan(1500);
    expect(stateMemory_bytes(asked, basis)).toBeGreaterThan(2.5e9);
    expect(stateMemory_bytes(asked, basis)).toBeLessThan(4.5e9);
  });

  it("counts basis functions: water has 13 in 6-31G, 24 in cc-pVDZ, 43 in def2-TZVP", async () => {
    const count = async (name: string) =>
      functionCount(["O", "H", "H"], await loadBasisSet("resources", name));
    expect(await Promise.all(["6-31g", "cc-pvdz", "def2-tzvp"].map(count))).toEqual([13, 24, 43]);
  });
});
