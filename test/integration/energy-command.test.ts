import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { energyOf, runEnergy, writeReferenceXyz } from "./energy-document.ts";
import { closedShell, describeAgreement } from "./energy-reference.ts";

/** All of them are looked at by energy-reference.long.test.ts. */
const EVERY = 8;
describeAgreement(closedShell.filter((_, k) => k % EVERY === 0));

const folder = mkdtempSync(join(tmpdir(), "ansatz-energy-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("ansatz energy says where a geometry comes from", () => {
  it.each([
    ["methane by MMFF94", "C", /^openchemlib [\d.]+ conformer \+ MMFF94, seed 1$/],
    [
      "carbon monoxide by Hartree–Fock",
      "[C-]#[O+]",
      /^openchemlib [\d.]+ conformer \+ RHF\/6-31G\*, seed 1$/,
    ],
  ])(
    "%s",
    async (_, smiles, expected) => {
      const options = ["--basis", "sto-3g", "--method", "rhf"];
      const { geometryOrigin } = await energyOf(smiles, options);
      expect(geometryOrigin).toMatch(expected);
      const { stdout } = await runEnergy(smiles, options);
      expect(stdout).toContain(`geometry       ${geometryOrigin}\n`);
    },
    120_000,
  );

  it("a file by its path", async () => {
    const path = writeReferenceXyz(folder, "origin", [["He", 0, 0, 0]]);
    const { geometryOrigin } = await energyOf(path, ["--basis", "sto-3g", "--method", "rhf"]);
    expect(geometryOrigin).toBe(`file ${path}`);
  }, 120_000);
});

describe("files that ansatz energy writes", () => {
  const options = ["--basis", "sto-3g", "--method", "rhf"];
  const path = writeReferenceXyz(folder, "helium", [["He", 0, 0, 0]]);

  it.each([
    ["a folder", folder],
    ["nothing", ""],
  ])(
    "are refused before anything is computed where one is %s",
    async (_, target) => {
      expect(await runEnergy(path, [...options, "--molden", target])).toEqual({
        status: 2,
        stdout: "",
        stderr: `ansatz: "${target}" cannot be written: expected a file in a folder that is there, got a folder.\n`,
      });
    },
    60_000,
  );

  it("are refused where two of them are one file", async () => {
    const target = join(folder, "twice");
    const again = `${folder}/../${basename(folder)}/twice`;
    const targets = ["--molden", target, "--input-file", `pyscf:${again}`];
    expect(await runEnergy(path, [...options, ...targets])).toMatchObject({
      status: 2,
      stderr: `ansatz: "${again}" would be written twice: expected a file for each.\n`,
    });
    expect(existsSync(target)).toBe(false);
  }, 60_000);

  it.runIf(process.platform === "linux")(
    "do not take the numbers with them where the disk is full",
    async () => {
      expect(await runEnergy(path, [...options, "--molden", "/dev/full"])).toMatchObject({
        status: 2,
        stdout: expect.stringMatching(/Hartree–Fock +-2\.80778395/),
        stderr: expect.stringContaining("no space left on device"),
      });
    },
    60_000,
  );
});
