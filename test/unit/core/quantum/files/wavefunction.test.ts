/** The state that a record holds, against the rules of Slater and Condon written down once more, over lists of spin orbitals. */
import { describe, expect, it } from "vitest";
import { evaluateEnergy } from "#core/quantum/evaluate/evaluator.ts";
import { evaluateHamiltonian } from "#core/quantum/evaluate/hamiltonian-energy.ts";
import { selectedOf } from "#core/quantum/evaluate/selected.ts";
import { parseFcidump } from "#core/quantum/hamiltonian/fcidump.ts";
import type { ActiveHamiltonian } from "#core/quantum/hamiltonian/hamiltonian.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import { DEFAULT_VQE } from "#shared/quantum/vqe.ts";
import { resources } from "../chemistry-reference.ts";

const WATER: EnergyRequest = {
  geometry: { symbols: ["O", "H", "H"], coordinates_angstrom: [0, 0, 0.12, 0, 0.76, -0.47, 0, -0.76, -0.47] },
  ...{ charge: 0, multiplicity: 1, basis: "6-31g", method: "sci", activeSpace: null, ansatz: "uccsd" },
  maxIterations: 200,
  frozenCore: true,
  selection: { determinants: 300 },
  record: true,
};

interface SpinOrbital {
  readonly orbital: number;
  readonly spin: "alpha" | "beta";
}

const occupied = (mask: string, spin: SpinOrbital["spin"]): SpinOrbital[] =>
  [...BigInt(`0x${mask}`).toString(2)]
    .reverse()
    .flatMap((bit, orbital) => (bit === "1" ? [{ orbital, spin }] : []));

const isSame = (a: SpinOrbital) => (b: SpinOrbital) => a.orbital === b.orbital && a.spin === b.spin;

function readState(text: string) {
  const [head = "", ...lines] = text.trimEnd().split("\n");
  const [norb = 0, , , count = 0] = head.split(" ").map(Number);
  const columns = lines.slice(0, norb).map((line) => line.split(" ").map(Number));
  const determinants = lines.slice(norb).map((line) => {
    const [c = "", alpha = "", beta = ""] = line.split(" ");
    return { c: Number(c), electrons: [...occupied(alpha, "alpha"), ...occupied(beta, "beta")] };
  });
  expect(determinants).toHaveLength(count);
  return { columns, determinants };
}

/** h and (pq|rs) over orbitals that are columns over those of the Hamiltonian. */
function integralsIn({ norb: n, oneBodyTensor, twoBodyTensor }: ActiveHamiltonian, columns: number[][]) {
  /** The first index turned and made the last, over and over. */
  const turned = (tensor: Float64Array, rank: number): Float64Array => {
    let from: Float64Array = tensor;
    for (let turn = 0; turn < rank; turn++) {
      const rest = n ** (rank - 1);
      const to = new Float64Array(from.length);
      for (let p = 0; p < n; p++)
        for (let k = 0; k < rest; k++)
          for (let q = 0; q < n; q++) to[k * n + q]! += from[p * rest + k]! * columns[p]![q]!;
      from = to;
    }
    return from;
  };
  const [h, g] = [turned(oneBodyTensor, 2), turned(twoBodyTensor, 4)];
  const one = (p: SpinOrbital, q: SpinOrbital) => (p.spin === q.spin ? h[p.orbital * n + q.orbital]! : 0);
  const two = (p: SpinOrbital, q: SpinOrbital, r: SpinOrbital, s: SpinOrbital) =>
    p.spin === q.spin && r.spin === s.spin
      ? g[((p.orbital * n + q.orbital) * n + r.orbital) * n + s.orbital]!
      : 0;
  return { one, two };
}

/** ⟨ψ|H|ψ⟩ / ⟨ψ|ψ⟩ */
function energyOf(hamiltonian: ActiveHamiltonian, text: string): number {
  const { columns, determinants } = readState(text);
  const { one, two } = integralsIn(hamiltonian, columns);
  const element = (to: SpinOrbital[], from: SpinOrbital[]): number => {
    const holes = from.filter((x) => !to.some(isSame(x)));
    const particles = to.filter((x) => !from.some(isSame(x)));
    const places = [
      ...holes.map((x) => from.findIndex(isSame(x))),
      ...particles.map((x) => to.findIndex(isSame(x))),
    ];
    const sign = places.reduce((sum, place) => sum + place, 0) % 2 === 0 ? 1 : -1;
    const [i, j] = holes;
    const [p, q] = particles;
    if (holes.length > 2) return 0;
    if (i && j && p && q) return sign * (two(p, i, q, j) - two(p, j, q, i));
    if (i && p) return sign * from.reduce((sum, x) => sum + two(p, i, x, x) - two(p, x, x, i), one(p, i));
    const pairs = from.flatMap((x) => from.map((y) => two(x, x, y, y) - two(x, y, y, x)));
    return from.reduce((sum, x) => sum + one(x, x), 0) + pairs.reduce((sum, x) => sum + x, 0) / 2;
  };
  let [energy, norm] = [0, 0];
  for (const a of determinants) {
    norm += a.c ** 2;
    for (const b of determinants) energy += a.c * b.c * element(a.electrons, b.electrons);
  }
  expect(norm).toBeCloseTo(1, 12);
  return hamiltonian.coreEnergy + energy / norm;
}

describe("the state of a record", () => {
  it("has the energy that is told, in orbitals of its own", async () => {
    const { record, sci } = await evaluateEnergy(WATER, { resources });
    const { fcidump = "", wavefunction = "", pyscf } = record!;
    expect(energyOf(parseFcidump(fcidump), wavefunction)).toBeCloseTo(sci!.states[0]!.energy_hartree, 9);
    expect(pyscf?.of).toBe("field");
    expect(pyscf?.text).toMatch(/^# RHF\/6-31G: -7\d\.\d+ Hartree/);
  });

  it("is that of the lower spin where several are asked for", async () => {
    const { record, sci } = await evaluateEnergy(
      {
        ...{ ...WATER, frozenCore: false, basis: "sto-3g", selection: { determinants: 60 } },
        spinStates: [
          { multiplicity: 3, count: 1 },
          { multiplicity: 1, count: 2 },
        ],
      },
      { resources },
    );
    const singlet = sci!.states.find(({ multiplicity, root }) => multiplicity === 1 && root === 1);
    const { fcidump = "", wavefunction = "" } = record!;
    expect(energyOf(parseFcidump(fcidump), wavefunction)).toBeCloseTo(singlet!.energy_hartree, 9);
    const { ansatz, seed } = DEFAULT_VQE;
    const asked = { fcidump, method: "sci", record: true, ansatz, seed, maxIterations: 1 } as const;
    const again = await evaluateHamiltonian({ ...asked, selection: { determinants: 60 } }, { resources });
    expect(energyOf(parseFcidump(fcidump), again.record!.wavefunction!)).toBeCloseTo(
      again.sci!.states[0]!.energy_hartree,
      9,
    );
  });
});

describe("a record", () => {
  it("of more determinants than a text holds is refused before anything is selected", async () => {
    const [norb, nelec] = [40, [20, 20]] as const;
    const hamiltonian = { norb, nelec } as unknown as ActiveHamiltonian;
    const wanted = { states: 1, wavefunction: true, context: {} };
    await expect(
      selectedOf(hamiltonian, { ...wanted, settings: { determinants: 20_000_000 } }),
    ).rejects.toThrow("expected at most 8000000 determinants, got 20000000");
  });

  it.each([
    [{ method: "mp2" }, [], "energy"],
    [{ method: "casci", activeSpace: { nelec: 4, norb: 4 } }, ["fcidump"], "energy"],
    [{ method: "rhf", densityFit: true }, [], undefined],
    [
      { method: "casci", activeSpace: { rule: "avas", targets: ["O 2p", "H 1s"], threshold: 0.2 } },
      ["fcidump"],
      "field",
    ],
  ] satisfies [Partial<EnergyRequest>, string[], string | undefined][])(
    "of %j holds what others can be told",
    async (asked, held, pyscf) => {
      const sto = { ...WATER, basis: "sto-3g", frozenCore: undefined, selection: undefined };
      const { record } = await evaluateEnergy({ ...sto, ...asked }, { resources });
      const { pyscf: script, ...rest } = record!;
      expect(Object.keys(rest)).toEqual(held);
      expect(script?.of).toBe(pyscf);
    },
  );
});
