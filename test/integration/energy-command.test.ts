import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { energyOf, startEnergy, writeReferenceXyz } from "./energy-process.ts";
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
      const { stdout } = await startEnergy(smiles, options);
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
