import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
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

describe("ansatz energy --record", () => {
  const path = writeReferenceXyz(folder, "hydride", [
    ["Li", 0, 0, 0],
    ["H", 0, 0, 1.6],
  ]);
  const read = (target: string, name: string) => readFileSync(join(target, name), "utf8");

  it("writes a folder whose Hamiltonian gives the same energy again, and how to check it", async () => {
    const target = join(folder, "record");
    const asked = ["--basis", "6-31g", "--method", "sci", "--determinants", "200"];
    const { energy_hartree, variational_hartree } = await energyOf(path, [...asked, "--record", target]);
    const files = [
      ...["README.md", "SHA256SUMS", "check_determinants.py", "hamiltonian.fcidump", "molecule.xyz"],
      ...["pyscf_input.py", "record.json", "wavefunction.txt"],
    ];
    expect(readdirSync(target).sort()).toEqual(files);
    const { expected, settings, command, cost, machine } = JSON.parse(read(target, "record.json"));
    expect(expected).toMatchObject({ method: "sci", multiplicity: 1, energy_hartree, variational_hartree });
    expect(settings).toMatchObject({ basis: "6-31g", selection: { determinants: 200 } });
    expect(command).toMatch(/^ansatz /);
    expect(cost.processor_seconds).toBeGreaterThan(0);
    expect(cost.peakMemory_bytes).toBeLessThan(machine.memory_bytes);
    for (const line of read(target, "SHA256SUMS").trimEnd().split("\n")) {
      const [sum, name = ""] = line.split("  ");
      expect(createHash("sha256").update(read(target, name)).digest("hex")).toBe(sum);
    }
    const page = read(target, "README.md");
    expect(page).toContain(`| ${variational_hartree.toFixed(10)} |`);
    for (const name of files.filter((name) => name !== "README.md" && name !== "SHA256SUMS"))
      expect(page).toContain(`- \`${name}\`: `);
    const again = await energyOf(join(target, "hamiltonian.fcidump"), asked.slice(2));
    expect(again.variational_hartree).toBeCloseTo(variational_hartree, 8);
    // What is there is not mixed with another.
    expect(await runEnergy(path, [...asked, "--record", target])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("expected a new or empty folder"),
    });
  }, 120_000);

  it("of a Hamiltonian holds it as it came", async () => {
    const [file, target] = [join(folder, "hydride.fcidump"), join(folder, "of-hamiltonian")];
    await runEnergy(path, ["--method", "fci", "--fcidump", file]);
    const { energy_hartree } = await energyOf(file, ["--method", "fci", "--record", target]);
    expect(readdirSync(target).sort()).toEqual([
      ...["README.md", "SHA256SUMS", "check_hamiltonian.py", "hamiltonian.fcidump", "record.json"],
    ]);
    expect(read(target, "hamiltonian.fcidump")).toBe(readFileSync(file, "utf8"));
    const { expected, settings, result } = JSON.parse(read(target, "record.json"));
    expect(expected).toMatchObject({ method: "fci", energy_hartree, exact_hartree: energy_hartree });
    expect(settings.fcidump).toBeUndefined();
    expect(result.record).toBeUndefined();
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
