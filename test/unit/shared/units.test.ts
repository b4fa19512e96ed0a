import { describe, expect, it } from "vitest";
import {
  ANGSTROM_PER_BOHR,
  DEBYE_PER_ATOMIC_UNIT,
  ELECTRON_VOLT_PER_HARTREE,
  KCAL_PER_MOL_PER_HARTREE,
  KJ_PER_MOL_PER_HARTREE,
  toAngstrom,
  toBohr,
} from "#shared/units.ts";

/** SI values of CODATA 2022; e, h, c and N_A are exact. */
const HARTREE_J = 4.359744722206e-18;
const ELEMENTARY_CHARGE_C = 1.602176634e-19;
const AVOGADRO_PER_MOL = 6.02214076e23;
const BOHR_M = 5.29177210544e-11;
const SPEED_OF_LIGHT = 299_792_458;

/** The SI values carry about thirteen digits. */
const RELATIVE_TOLERANCE = 1e-11;
const expectRatio = (a: number, b: number) => expect(Math.abs(a / b - 1)).toBeLessThan(RELATIVE_TOLERANCE);

describe("conversion factors agree with the SI constants", () => {
  it("energy", () => {
    expectRatio(ELECTRON_VOLT_PER_HARTREE, HARTREE_J / ELEMENTARY_CHARGE_C);
    expectRatio(KJ_PER_MOL_PER_HARTREE, (HARTREE_J * AVOGADRO_PER_MOL) / 1000);
    expectRatio(KCAL_PER_MOL_PER_HARTREE, (HARTREE_J * AVOGADRO_PER_MOL) / 4184);
  });

  it("length, there and back", () => {
    expectRatio(ANGSTROM_PER_BOHR, BOHR_M * 1e10);
    expectRatio(toAngstrom(toBohr(1.234)), 1.234);
  });

  it("dipole moment: 1 D is 1e-21/c C·m", () => {
    /** The constant is written with ten digits. */
    const digits = 1e-9;
    const debye_Cm = 1e-21 / SPEED_OF_LIGHT;
    expect(Math.abs(DEBYE_PER_ATOMIC_UNIT / ((ELEMENTARY_CHARGE_C * BOHR_M) / debye_Cm) - 1)).toBeLessThan(
      digits,
    );
  });
});
