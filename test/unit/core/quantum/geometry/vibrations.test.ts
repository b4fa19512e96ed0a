import { describe, expect, it } from "vitest";
import { createControlBlock, requestCancel } from "#core/quantum/control-block.ts";
import { hartreeFock } from "#core/quantum/field/scf.ts";
import { openSystem } from "#core/quantum/field/system.ts";
import { numericalHessian } from "#core/quantum/geometry/numerical-hessian.ts";
import { symmetryNumber } from "#core/quantum/geometry/symmetry-number.ts";
import { thermalTerms } from "#core/quantum/geometry/thermochemistry.ts";
import { freeBody, vibrations } from "#core/quantum/geometry/vibrations.ts";
import { GasConditions } from "#shared/quantum/vibrations-result.ts";
import { BOLTZMANN_HARTREE_PER_KELVIN, toAngstrom } from "#shared/units.ts";
import { readReference, referenceBasis } from "../chemistry-reference.ts";

interface Case {
  name: string;
  charge: number;
  multiplicity: number;
  symbols: string[];
  coordinates_bohr: number[];
  energy_hartree: number;
  frequencies_per_cm: number[];
  symmetryNumber: number;
  zeroPoint_hartree: number;
  enthalpyTerms_hartree: number;
  gibbsTerms_hartree: number;
}
const { cases } = readReference<{ cases: Case[] }>("vibrations.json");

/** Central differences with steps of 0.005 bohr against analytic derivatives, cm⁻¹; that of the methyl radical is 0.54, as its
 * out-of-plane motion is anharmonic. */
const FREQUENCY_TOLERANCE = 0.6;
/** 0.6 cm⁻¹ of three vibrations are 8e-6 Hartree, half of it in the zero-point energy. */
const TERMS_TOLERANCE = 5e-6;

async function fieldOf({ charge, multiplicity, symbols, coordinates_bohr }: Case) {
  const geometry = { symbols, coordinates_angstrom: coordinates_bohr.map((x): number => toAngstrom(x)) };
  const system = { geometry, charge, multiplicity, basis: await referenceBasis("6-31g*") };
  using opened = openSystem(system);
  const scf = hartreeFock(opened);
  return { system, geometry, scf, orbitals: scf.orbitals, kind: scf.kind };
}

describe.each(cases)("$name at its Hartree–Fock minimum", (expected) => {
  it("vibrates as analytic derivatives say, with the zero-point and thermal terms of an ideal gas", async () => {
    const { system, geometry, scf, orbitals, kind } = await fieldOf(expected);
    expect(scf.energy_hartree).toBeCloseTo(expected.energy_hartree, 7);
    const steps: number[] = [];
    const hessian = numericalHessian({
      system,
      kind,
      orbitals,
      onProgress: (done, total) => steps.push(done / total),
    });
    expect(steps).toHaveLength(6 * geometry.symbols.length);
    expect(steps.at(-1)).toBe(1);
    const { frequencies_per_cm } = vibrations(geometry, hessian!);
    expect(frequencies_per_cm).toHaveLength(expected.frequencies_per_cm.length);
    for (const [k, frequency] of frequencies_per_cm.entries())
      expect(Math.abs(frequency - expected.frequencies_per_cm[k]!)).toBeLessThan(FREQUENCY_TOLERANCE);
    const terms = thermalTerms(
      {
        body: freeBody(geometry),
        frequencies_per_cm,
        symmetryNumber: symmetryNumber(geometry),
        multiplicity: expected.multiplicity,
      },
      GasConditions.parse({}),
    );
    const off = [
      terms.zeroPoint_hartree - expected.zeroPoint_hartree,
      terms.enthalpy_hartree - expected.enthalpyTerms_hartree,
      terms.gibbs_hartree - expected.gibbsTerms_hartree,
    ];
    for (const difference of off) expect(Math.abs(difference)).toBeLessThan(TERMS_TOLERANCE);
  }, 60_000);

  it("is turned into itself as often as its point group says", async () => {
    const { symbols, coordinates_bohr } = expected;
    const geometry = { symbols, coordinates_angstrom: coordinates_bohr.map((x): number => toAngstrom(x)) };
    expect(symmetryNumber(geometry)).toBe(expected.symmetryNumber);
  });
});

it("planar ammonia has one imaginary frequency, along which it becomes a pyramid", async () => {
  const planar: Case = {
    ...cases.find(({ name }) => name === "NH3")!,
    coordinates_bohr: [0, 0, 0, 1.9, 0, 0, -0.95, 1.6454483, 0, -0.95, -1.6454483, 0],
  };
  const { system, geometry, orbitals, kind } = await fieldOf(planar);
  const { frequencies_per_cm } = vibrations(geometry, numericalHessian({ system, kind, orbitals })!);
  expect(frequencies_per_cm.filter((frequency) => frequency < 0)).toHaveLength(1);
  expect(() =>
    thermalTerms(
      { body: freeBody(geometry), frequencies_per_cm, symmetryNumber: 6, multiplicity: 1 },
      GasConditions.parse({}),
    ),
  ).toThrow("expected frequencies above 0");
});

describe("how atoms move", () => {
  /** Two springs along z: of one kind between neighbours, Hartree/bohr². */
  const SPRING = 1;
  const linear = { symbols: ["O", "C", "O"], coordinates_angstrom: [0, 0, -1.2, 0, 0, 0, 0, 0, 1.2] };
  const chain = () => {
    const hessian = new Float64Array(81);
    for (const [a, b] of [
      [2, 5],
      [5, 8],
    ] as const)
      for (const [i, j, sign] of [
        [a, a, 1],
        [b, b, 1],
        [a, b, -1],
        [b, a, -1],
      ] as const)
        hessian[9 * i + j]! += sign * SPRING;
    return hessian;
  };

  it("is that of balls on springs: the outer ones against one another, or both against the middle", () => {
    const [mass, middle] = [16, 12];
    const { modes, frequencies_per_cm } = vibrations(linear, chain(), [mass, middle, mass]);
    const [symmetric, opposed] = modes.slice(-2).map((mode) => [2, 5, 8].map((k) => mode[k]! / mode[2]!));
    const wanted = { symmetric: [1, 0, -1], opposed: [1, (-2 * mass) / middle, 1] };
    for (const [k, x] of wanted.symmetric.entries()) expect(symmetric?.[k]).toBeCloseTo(x, 9);
    for (const [k, x] of wanted.opposed.entries()) expect(opposed?.[k]).toBeCloseTo(x, 9);
    const [low, high] = frequencies_per_cm.slice(-2);
    // Free motions stand seven powers of ten above these.
    expect((high! / low!) ** 2).toBeCloseTo(1 + (2 * mass) / middle, 7);
  });
});

/** J/(mol K) */
const GAS_CONSTANT = 8.31446261815324;

describe("quasi-harmonic entropy", () => {
  const geometry = { symbols: ["He", "He"], coordinates_angstrom: [0, 0, 0, 0, 0, 3] };
  const termsOf = (frequency: number, quasiHarmonic: boolean) =>
    thermalTerms(
      { body: freeBody(geometry), frequencies_per_cm: [frequency], symmetryNumber: 1, multiplicity: 1 },
      GasConditions.parse({ ...(quasiHarmonic && { quasiHarmonic }) }),
    );
  const entropyOf = (frequency: number, isQuasi: boolean) =>
    termsOf(frequency, isQuasi).entropy_hartree_per_kelvin;
  /** Of the vibration, in units of the gas constant: beside it stands what a stiff one leaves. */
  const own = (frequency: number, isQuasi: boolean) =>
    (entropyOf(frequency, isQuasi) - entropyOf(1e5, false)) / BOLTZMANN_HARTREE_PER_KELVIN;

  it("is that of SI units by hand: rotor below 100 cm⁻¹, oscillator above, half of both there", () => {
    const [h, k, c] = [6.62607015e-34, 1.380649e-23, 2.99792458e10];
    const temperature = 298.15;
    for (const wave of [10, 50, 100, 300, 1500]) {
      const mu = h / (8 * Math.PI ** 2 * wave * c);
      const inertia = (mu * 1e-44) / (mu + 1e-44);
      const rotor =
        GAS_CONSTANT * (0.5 + Math.log(Math.sqrt((8 * Math.PI ** 3 * inertia * k * temperature) / h ** 2)));
      const x = (h * c * wave) / (k * temperature);
      const oscillator = GAS_CONSTANT * (x / Math.expm1(x) - Math.log(1 - Math.exp(-x)));
      const weight = 1 / (1 + (100 / wave) ** 4);
      const expected = weight * oscillator + (1 - weight) * rotor;
      expect(own(wave, true) * GAS_CONSTANT).toBeCloseTo(expected, 4);
      expect(own(wave, false) * GAS_CONSTANT).toBeCloseTo(oscillator, 4);
    }
  });

  it("stays finite where a vibration becomes free, and leaves zero-point energy and enthalpy", () => {
    expect(own(1, false) - own(1, true)).toBeGreaterThan(1);
    expect(own(1e-5, true) - own(1e-4, true)).toBeLessThan(0.01);
    expect(own(1e-5, false) - own(1e-4, false)).toBeGreaterThan(2);
    const [quasi, plain] = [termsOf(30, true), termsOf(30, false)];
    expect([quasi.zeroPoint_hartree, quasi.enthalpy_hartree]).toEqual([
      plain.zeroPoint_hartree,
      plain.enthalpy_hartree,
    ]);
    expect(quasi.gibbs_hartree).toBeGreaterThan(plain.gibbs_hartree);
  });
});

it("the Hessian stops when it is asked to", async () => {
  const control = createControlBlock();
  const { system, orbitals, kind } = await fieldOf(cases[0]!);
  const onProgress = () => requestCancel(control);
  expect(() => numericalHessian({ system: { ...system, control }, kind, orbitals, onProgress })).toThrow(
    expect.objectContaining({ name: "AbortError" }),
  );
});
