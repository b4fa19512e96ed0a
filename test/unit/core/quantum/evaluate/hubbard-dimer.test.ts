/** Two sites with an electron pair, of Hubbard's model: its lowest state is known in closed form. */
import { expect, it } from "vitest";
import { evaluateHamiltonian } from "#core/quantum/evaluate/hamiltonian-energy.ts";
import { formatFcidump } from "#core/quantum/hamiltonian/fcidump.ts";
import type { HamiltonianRequest } from "#shared/quantum/hamiltonian-energy.ts";
import { DEFAULT_VQE, SamplingSettings } from "#shared/quantum/vqe.ts";

const [hopping, repulsion] = [1, 4];
/** In bonding and antibonding orbitals: g of an even number of each is U/2, of odd ones 0. */
const fcidump = formatFcidump({
  ...{ norb: 2, nelec: [1, 1], coreEnergy: 0 },
  oneBodyTensor: Float64Array.of(-hopping, 0, 0, hopping),
  twoBodyTensor: Float64Array.from({ length: 16 }, (_, k) =>
    k.toString(2).replaceAll("0", "").length % 2 === 0 ? repulsion / 2 : 0,
  ),
});
const root = Math.hypot(2 * hopping, repulsion / 2);
const exact = { energy: repulsion / 2 - root, leadingWeight: (1 + (2 * hopping) / root) / 2 };

const run = (change: Partial<HamiltonianRequest>) =>
  evaluateHamiltonian(
    { fcidump, method: "vqe", ...DEFAULT_VQE, maxIterations: 100, ...change },
    { resources: "" },
  );

it("has the energy of its lowest state, and the weight of the pair in the bonding orbital", async () => {
  const { fci } = await run({ method: "fci" });
  expect(fci!.energy_hartree).toBeCloseTo(exact.energy, 8);
  expect(fci!.leadingWeight).toBeCloseTo(exact.leadingWeight, 6);
});

it("has by VQE the same energy, at the angle of one pair's move", async () => {
  const { vqe } = await run({});
  expect(vqe!.energy_hartree).toBeCloseTo(exact.energy, 8);
  expect(vqe!.largestAmplitude_radian).toBeCloseTo(Math.acos(Math.sqrt(exact.leadingWeight)), 4);
});

it("is diagonalised from as many shots as were asked for, or 10,000", async () => {
  for (const shots of [null, 3000]) {
    const sampling = SamplingSettings.parse({ shots, statedError_hartree: 0.05, sqdStrings: 2 });
    const { vqe } = await run({ backend: "sampler", sampling });
    expect(vqe!.sqd).toMatchObject({ shots: shots ?? 10_000, validShots: shots ?? 10_000 });
    expect(vqe!.sqd!.energy_hartree).toBeCloseTo(exact.energy, 8);
  }
});
