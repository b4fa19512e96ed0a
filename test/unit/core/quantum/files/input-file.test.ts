import { describe, expect, it } from "vitest";
import { evaluateEnergy } from "#core/quantum/evaluate/evaluator.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import { resources } from "../chemistry-reference.ts";

const HYDROXYL: EnergyRequest = {
  geometry: { symbols: ["O", "H"], coordinates_angstrom: [0, 0, 0, 0, 0, 0.97] },
  ...{ charge: 0, multiplicity: 2, basis: "6-31g*", method: "uhf", activeSpace: null, ansatz: "uccsd" },
  maxIterations: 200,
};
const evaluated = (changes: Partial<EnergyRequest>) =>
  evaluateEnergy({ ...HYDROXYL, ...changes }, { resources });
const textOf = async (changes: Partial<EnergyRequest>) => (await evaluated(changes)).inputFile!;

/** 0.97 Å by CODATA 2022. */
const DISTANCE_BOHR = "1.83303434";

describe("input files for other programs", () => {
  it("tell PySCF the molecule in bohr, its basis set, spin and field, and what to expect", async () => {
    const result = await evaluated({ inputFile: "pyscf" });
    const text = result.inputFile!;
    expect(text).toMatch(/\["H", \[ *0\.0+, *0\.0+, *1\.83303434\d+\]\],/);
    expect(text).toContain('unit="Bohr", basis=basis, charge=0, spin=1');
    expect(text).toContain("cart=True");
    expect(text).toContain("[2, [0.8, 1]],");
    expect(text).toContain("mf = scf.UHF(mol)");
    expect(text).toContain(`energy - (${result.hartreeFock.energy_hartree})`);
  });

  it("tell ORCA what it has by default otherwise", async () => {
    const text = await textOf({ inputFile: "orca", method: "b3lyp", functions: "pure", grid: "coarse" });
    expect(text).toContain("! UKS B3LYP/G NoRI NoCOSX DefGrid3 VeryTightSCF NoAutoStart Bohrs");
    expect(text).toMatch(/\* xyz 0 2\nO .*\nH .* 1\.83303434\d+\n\*\n$/);
    expect(text).toContain("    D 1\n    1 0.8 1\n");
  });

  it("tell Gaussian the functions, the window of correlated orbitals and ghosts", async () => {
    const asked = { inputFile: "gaussian", method: "mp2", frozenCore: true } as const;
    const text = await textOf({ ...asked, multiplicity: 1, charge: -1 });
    expect(text).toMatch(/^#P RMP2\(RW\)\/Gen SCF=\(Conver=10\) NoSymm Units=AU 6D 10F\n\n/);
    expect(text).toContain("\n-1 1\nO ");
    expect(text).toContain(DISTANCE_BOHR);
    expect(text).toMatch(/\*\*\*\*\n\n2,0\n\n$/);
    expect(await textOf({ inputFile: "gaussian", method: "rhf", multiplicity: 1, ghosts: [1] })).toContain(
      "\nH-Bq ",
    );
  });

  it.each(["pyscf", "orca", "gaussian"] as const)(
    "hold the name of a basis set in one line (%s)",
    async (inputFile) => {
      const text =
        "H 0\nS 1 1.0\n1.0 1.0\n****\nO 0\nS 1 1.0\n8.0 1.0\nS 1 1.0\n1.0 1.0\nP 1 1.0\n0.8 1.0\n****\n";
      const ownBasis = { text, functions: "pure" } as const;
      const lines = (await textOf({ inputFile, basis: "own\r\nimport os\nset", ownBasis })).split(/[\r\n]+/);
      expect(lines.filter((line) => line.includes("import os"))).toEqual([
        expect.stringMatching(/UHF\/own import os set: -\d+\.\d+ Hartree by Ansatz/),
      ]);
    },
  );

  it("tell PySCF coupled cluster with its core, and the weights of MP2's spins", async () => {
    const asked = { inputFile: "pyscf", basis: "sto-3g", frozenCore: true } as const;
    const coupled = await textOf({ ...asked, method: "ccsd(t)" });
    expect(coupled).toContain("coupled = cc.CCSD(mf, frozen=1)");
    expect(coupled).toContain("energy = coupled.e_tot + coupled.ccsd_t()");
    expect(await textOf({ ...asked, method: "ccsd" })).toContain("energy = coupled.e_tot\n");
    expect(await textOf({ ...asked, method: "sos-mp2" })).toContain(
      "energy = mf.e_tot + 1.3 * pt.e_corr_os + 0 * pt.e_corr_ss",
    );
  });

  it("tell the states and their spin in an active space", async () => {
    const asked = { method: "casscf", activeSpace: { nelec: 5, norb: 4 }, basis: "sto-3g" } as const;
    const spinStates = [{ multiplicity: 2, count: 2 }];
    const script = await textOf({ ...asked, spinStates, pt2: "nevpt2", inputFile: "pyscf" });
    expect(script).toContain("mcscf.CASSCF(mf, 4, (3, 2))");
    expect(script).toContain("fix_spin_(ss=0.75)");
    expect(script).toContain("state_average_([1 / 2] * 2)");
    expect(script).toContain("mrpt.NEVPT(ci, root=k)");
    const orca = await textOf({ ...asked, spinStates, pt2: "nevpt2", inputFile: "orca" });
    expect(orca).toContain("  nel 5\n  norb 4\n  mult 2\n  nroots 2\n");
    expect(await textOf({ ...asked, inputFile: "gaussian" })).toContain("#P CASSCF(5,4)/Gen");
  });

  it.each<[Partial<EnergyRequest>, RegExp]>([
    [{ inputFile: "orca" }, /ORCA: expected spherical d functions.*--spherical\.$/],
    [
      { inputFile: "orca", method: "mp2", functions: "pure", frozenCore: true },
      /ORCA: expected all electrons/,
    ],
    [{ inputFile: "orca", method: "fci", basis: "sto-3g" }, /ORCA: expected a field, mp2 or casscf, got fci/],
    [{ inputFile: "orca", method: "ccsd", basis: "sto-3g" }, /a field, mp2 or casscf, got ccsd\. Take PySCF/],
    [{ inputFile: "gaussian", method: "r2scan" }, /Gaussian: expected another functional, got r2scan/],
    [{ inputFile: "orca", method: "wb97x-d" }, /ORCA: expected another functional than wb97x-d/],
    [{ inputFile: "pyscf", densityFit: true }, /PySCF: expected exact integrals/],
    [
      {
        ...{ inputFile: "pyscf", method: "rhf", charge: -1, multiplicity: 1 },
        excitations: [{ multiplicity: 1, count: 1 }],
      },
      /expected the ground state alone, got excitations/,
    ],
    [{ inputFile: "pyscf", method: "sci" }, /expected another method than sci.*--fcidump/],
    [{ inputFile: "pyscf", method: "casci", anySpin: true }, /expected states of one spin, got several/],
    [{ inputFile: "pyscf", method: "casci" }, /expected a closed shell.*got multiplicity 2/],
    [
      { inputFile: "pyscf", method: "casscf", activeSpace: { rule: "orbitals", orbitals: [3, 4] } },
      /an active space by energy.*got the rule orbitals/,
    ],
    [
      { inputFile: "pyscf", pointCharges: { coordinates_angstrom: [0, 0, 9], charges: [1] } },
      /expected no external charges/,
    ],
  ])("are refused as %j, before any work", async (changes, message) => {
    await expect(evaluated(changes)).rejects.toThrow(message);
  });
});
