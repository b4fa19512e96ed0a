import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { BASIS_SETS, findBasisName, loadBasisSet, loadFittingBasis } from "#core/quantum/molecule/basis.ts";
import { ELEMENT_SYMBOLS } from "#shared/molecule/molecule.ts";
import { resources } from "../chemistry-reference.ts";

let copy: string;
beforeEach(() => {
  copy = mkdtempSync(join(tmpdir(), "ansatz-basis-"));
  cpSync(join(resources, "basis"), join(copy, "basis"), { recursive: true });
});
afterEach(() => rmSync(copy, { recursive: true }));

const file = () => join(copy, "basis", "sto-3g.json");
const damaged = { code: "invalid-input", message: expect.stringMatching(/sto-3g\.json is damaged.*again/) };

describe("a basis set file", () => {
  it.each(Object.keys(BASIS_SETS))("of %s is as it was shipped", async (name) => {
    expect(Object.keys((await loadBasisSet(resources, name)).elements)).toContain("H");
  });

  it.each([
    ["sto-3g", [], ["I"]],
    ["6-31g", [], []],
    ["6-31g*", [], []],
    ["6-31g**", [], []],
    ["6-311g**", ["Sc", "Ti", "V", "Cr", "Mn", "Fe", "Co", "Ni", "Cu", "Zn"], ["I"]],
    ["def2-svp", [], []],
    ["def2-tzvp", [], []],
    ["def2-svpd", [], []],
    ["cc-pvdz", ["K"], []],
    ["aug-cc-pvdz", ["K", "Ca"], []],
  ])(
    "of %s has H–Kr and iodine where the published set defines them without a core potential",
    async (name, lacks, has) => {
      const elements = Object.keys((await loadBasisSet(resources, name)).elements);
      const upToKrypton = ELEMENT_SYMBOLS.slice(0, 36).filter((symbol) => !lacks.includes(symbol));
      expect(elements.filter((symbol) => ELEMENT_SYMBOLS.indexOf(symbol) < 36).sort()).toEqual(
        upToKrypton.sort(),
      );
      expect(elements.filter((symbol) => symbol === "I")).toEqual(has);
    },
  );

  it.each(["6-31+g", "6-31+g*", "6-31+g**", "6-31++g*", "6-31++g**", "cc-pvtz", "aug-cc-pvtz"])(
    "of %s has H–Ar",
    async (name) => {
      const { elements } = await loadBasisSet(resources, name);
      expect(Object.keys(elements)).toEqual(ELEMENT_SYMBOLS.slice(0, 18));
    },
  );

  it("is as it was published, or has the functions that were asked for, which its name then tells", async () => {
    const published = await loadBasisSet(resources, "6-31g*");
    expect([published.name, published.functions]).toEqual(["6-31G*", "cartesian"]);
    const chosen = await loadBasisSet(resources, "6-31g*", "pure");
    expect([chosen.name, chosen.functions]).toEqual(["6-31G* (spherical)", "pure"]);
    expect(chosen.elements).toEqual(published.elements);
    expect((await loadBasisSet(resources, "cc-pvdz", "cartesian")).name).toBe("cc-pVDZ (Cartesian)");
  });

  it("of fitting functions goes with sets without diffuse functions", async () => {
    expect((await loadFittingBasis(resources, "cc-pVTZ")).name).toBe("def2-universal-JKFIT");
    for (const name of ["6-31+G(d)", "6-31++g**", "def2-svpd", "aug-cc-pvdz"])
      await expect(loadFittingBasis(resources, name)).rejects.toMatchObject({
        ...{ code: "not-supported", message: expect.stringContaining(`without diffuse functions`) },
      });
  });

  it("with one digit changed is refused", async () => {
    const text = readFileSync(file(), "utf8");
    const changed = text.replace("3.42525091", "3.52525091");
    expect(changed).not.toBe(text);
    writeFileSync(file(), changed);
    await expect(loadBasisSet(copy, "sto-3g")).rejects.toMatchObject(damaged);
  });

  it("that ends early is refused", async () => {
    writeFileSync(file(), readFileSync(file()).subarray(0, 500));
    await expect(loadBasisSet(copy, "sto-3g")).rejects.toMatchObject(damaged);
  });

  it("that is missing, or whose checksum is, is refused", async () => {
    writeFileSync(join(copy, "basis", "SHA256SUMS"), "");
    await expect(loadBasisSet(copy, "sto-3g")).rejects.toMatchObject(damaged);
    rmSync(file());
    await expect(loadBasisSet(copy, "sto-3g")).rejects.toMatchObject(damaged);
  });

  it.each(["constructor", "__proto__", "toString"])("is not known by the name %s", async (name) => {
    expect(findBasisName(name)).toBeUndefined();
    await expect(loadBasisSet(resources, name)).rejects.toThrow(/Unknown basis set/);
  });
});
