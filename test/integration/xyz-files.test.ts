/** What an XYZ file says of itself, followed by every command that reads one. Energies computed with PySCF 2.14, UHF or RHF/STO-3G. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { ansatz } from "../fixtures/ansatz.ts";
import { energyOf, runEnergy } from "./energy-document.ts";

const ENERGY_TOLERANCE = 1e-6;
const folder = mkdtempSync(join(tmpdir(), "ansatz-xyz-"));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, text: string | Buffer): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const caseFile = (name: string) => `test/fixtures/cases/${name}.xyz`;
const field = (path: string, options: string[] = []) => energyOf(path, ["--method", "uhf", ...options]);

describe("an XYZ file given to a command", () => {
  it.each([
    ["extorder", [], -74.9630231386],
    ["chg2", [], -73.7078348121],
    ["traj", ["--frame", "2"], -1.0919140411],
  ])("%s.xyz has the right energy", async (name, options, expected) => {
    const { hartreeFock_hartree } = await field(caseFile(name), options);
    expect(Math.abs(hartreeFock_hartree - expected)).toBeLessThan(ENERGY_TOLERANCE);
  });

  it("is read by the flags before the comment, and the JSON says so", async () => {
    const result = await field(caseFile("chg2"), ["--charge", "1", "--multiplicity", "2"]);
    expect(result).toMatchObject({
      charge: 1,
      multiplicity: 2,
      notices: [
        "--charge 1 is used; the file says 2.",
        "--multiplicity 2 is used; the file says multiplicity 3.",
      ],
    });
  });

  it("of several frames is computed in its first, which is said", async () => {
    const result = await field(caseFile("traj"));
    expect(Math.abs(result.hartreeFock_hartree + 1.1167593074)).toBeLessThan(ENERGY_TOLERANCE);
    expect(result).toMatchObject({
      notices: [
        expect.stringMatching(/^The file has 2 frames; the first is computed\. For another give --frame/),
      ],
    });
  });

  it("in UTF-16 is read like any other", async () => {
    const water = readFileSync(caseFile("z"), "utf8");
    const path = file("wide.xyz", Buffer.from(`\ufeff${water}`, "utf16le"));
    expect((await field(path)).hartreeFock_hartree).toBeCloseTo(-74.9630231386, 6);
  });

  it("is not computed where a frame is asked for that it has not", async () => {
    expect(await runEnergy(caseFile("traj"), ["--frame", "3"])).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/--frame: expected 1 to 2/),
    });
  });

  it("has a charge and a multiplicity for each frame of a curve", async () => {
    const path = file("curve.xyz", "2\ncharge=1 mult=2\nH 0 0 0\nH 0 0 0.9\n2\n\nH 0 0 0\nH 0 0 0.9\n");
    const points = (await energyOf(path, ["--curve", "--method", "uhf"])) as unknown as {
      charge: number;
      hartreeFock_hartree: number;
      notices: string[];
    }[];
    expect(points.map(({ charge }) => charge)).toEqual([1, 0]);
    expect(points[0]!.hartreeFock_hartree).toBeCloseTo(-0.5742460087, 6);
    expect(points[1]!.hartreeFock_hartree).toBeCloseTo(-1.0919140411, 6);
    expect(points.map(({ notices }) => notices.length)).toEqual([1, 0]);
  });

  it("keeps its state through an optimisation, and in a cube", async () => {
    const out = join(folder, "moved.xyz");
    const moved = await field(caseFile("chg2"), [
      "--charge",
      "1",
      "--multiplicity",
      "2",
      "--optimize",
      "--out",
      out,
    ]);
    const again = await field(out);
    expect(again).toMatchObject({ charge: 1, multiplicity: 2 });
    expect(again.hartreeFock_hartree).toBeCloseTo(moved.hartreeFock_hartree, 6);
    const cube = join(folder, "spin.cube");
    const asked = ["--spacing", "0.6", "--field", "spin-density", "--out", cube, "--json"];
    const { stdout } = await ansatz("cube", caseFile("chg2"), ...asked);
    expect(JSON.parse(stdout).notices).toEqual(["From the comment of the file: charge 2, multiplicity 3."]);
    expect(readFileSync(cube, "utf8")).toMatch(/uhf\/sto-3g/);
  });
});
