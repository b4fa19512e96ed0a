/** The command line that the form shows asks for the same as the form does. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { afterAll, describe, expect, it } from "vitest";
import { hamiltonianRequestOf } from "../../../src/cli/commands/energy/hamiltonian.ts";
import { addEnergyOptions, type EnergyOptions } from "../../../src/cli/commands/energy/options.ts";
import { ghostsOf, requestOf, withIsotopes } from "../../../src/cli/commands/energy/request.ts";
import { argumentsOf, commandOf, quoted } from "../../../src/renderer/src/features/calculate/command.ts";
import {
  type CalculateDraft,
  changed,
  NEW_DRAFT,
} from "../../../src/renderer/src/features/calculate/draft.ts";
import { hamiltonianJobOf, jobOf } from "../../../src/renderer/src/features/calculate/job.ts";
import { readGiven } from "../../../src/renderer/src/features/calculate/read-molecule.ts";
import { EnergyRequest, Method } from "../../../src/shared/quantum/energy-request.ts";
import { HamiltonianRequest } from "../../../src/shared/quantum/hamiltonian-energy.ts";

const XYZ = "3\ncharge=0 multiplicity=1 water\nO 0 0 0.1173\nH 0 0.7572 -0.4692\nH 0 -0.7572 -0.4692\n";

const folder = mkdtempSync(join(tmpdir(), "ansatz-form-"));
afterAll(() => rmSync(folder, { recursive: true }));
const TEXTS = {
  "charges.txt": "0.5 0 0 3\n-0.5 0 0 4.2\n",
  "own.gbs": "****\nH 0\nS 1 1.00\n 1.0 1.0\n****\n",
  "device.json": "[[0,1],[1,4]]",
};
for (const [name, text] of Object.entries(TEXTS)) writeFileSync(join(folder, name), text);
/** A file that was chosen in the form, and that the command line finds by its name. */
const file = (name: keyof typeof TEXTS) => ({ name, text: TEXTS[name] });

/** The command line runs where its files are. */
const inFolder = (args: readonly string[]): string[] =>
  args.map((arg) => (arg in TEXTS ? join(folder, arg) : arg));

/** What the command line makes of its arguments. */
function parsed(args: readonly string[]): { text: string; options: EnergyOptions } {
  const command = new Command().argument("<molecule>").exitOverride();
  addEnergyOptions(command);
  command.parse(inFolder(args.slice(1)), { from: "user" });
  return { text: command.args[0] ?? "", options: command.opts<EnergyOptions>() };
}

function bothOf(change: Partial<CalculateDraft>) {
  const draft: CalculateDraft = { ...NEW_DRAFT, text: XYZ, fileName: "water.xyz", ...change };
  const given = readGiven(draft.text, draft.fileName);
  if (given.kind !== "frames") throw new Error(given.kind);
  const frames = given.frames.map((frame) => ({
    ...frame,
    charge: draft.charge ?? frame.charge ?? 0,
    multiplicity: draft.multiplicity ?? frame.multiplicity ?? 1,
  }));
  const { job, problems } = jobOf(draft, { frames, name: "water", origin: "", command: "" });
  expect([...problems]).toEqual([]);
  if (job?.kind !== "energy") throw new Error("no job");
  const { text, options } = parsed(argumentsOf(draft, given));
  expect(text).toBe("water.xyz");
  const { geometry, charge, multiplicity, ghosts, isotopes = [] } = given.frames[(options.frame ?? 1) - 1]!; // as many as were given
  const molecule = { geometry, formalCharge: charge ?? 0, multiplicity: multiplicity ?? undefined };
  const asked = {
    ...withIsotopes(requestOf(options, molecule as never), options.isotope, { geometry, isotopes }),
    ghosts: ghostsOf(options.ghost, { geometry, ghosts }),
  };
  return { form: job.request, command: EnergyRequest.parse(asked) };
}

const DRAFTS: readonly Partial<CalculateDraft>[] = [
  {},
  { charge: 1, multiplicity: 2, method: "uhf", dispersion: false },
  { charge: -1, multiplicity: 2, basis: "6-31+g*", functions: "pure" },
  { method: "casscf", activeSpace: "4e,4o", states: "singlet:2,triplet:1", pt2: true, seed: 7 },
  { method: "casscf", activeSpace: "avas:O 2p", solver: "vqe" },
  { method: "casci", activeSpace: "natural:0.02", states: "3" },
  { method: "casci", activeSpace: "orbitals:4,5,6", ions: ["cation", "anion"] },
  { method: "vqe", activeSpace: "4e,4o", ansatz: "k-upccgsd", ions: ["cation"] },
  { method: "vqe", pt2: true },
  { method: "sci", frozenCore: true, states: "2" },
  { method: "sci", frozenCore: true, activeSpace: "8e,8o" },
  { method: "pbe0", solvent: "acetonitrile", solventModel: "cosmo", grid: "finest" },
  { method: "r2scan", solvent: "37.5", optimise: true, vibrations: true },
  { method: "rhf", densityFit: true, functions: "cartesian", dispersion: false },
  { method: "hf-3c", optimise: true },
  { method: "hf-3c", charge: 1, multiplicity: 2 },
  { optimise: true, constraints: "distance 1 2 1.5; angle 2 1 3" },
  { optimise: true, freeze: "1,3" },
  { vibrations: true, temperature: 400, pressure: 101325, quasiHarmonic: true, isotopes: "2=2H, 1=18O" },
  { text: XYZ.replace("H 0 -", "D 0 -"), vibrations: true, isotopes: "2=T" },
  { method: "rhf", ghosts: "3,2", pointCharges: file("charges.txt"), diagnose: true },
  { method: "mp2", basisFile: file("own.gbs"), functions: "cartesian" },
  { method: "sci", determinants: 5000, memory: 0.5 },
  { method: "vqe", ansatz: "lucj", layers: 3, starts: 2, maxIterations: 500, mapping: "parity" },
  { method: "vqe", device: "heavy-hex", gateSet: "ibm-cz", qasm: true },
  { method: "vqe", device: file("device.json"), molden: true, fcidump: true, inputFile: "orca" },
  { method: "vqe", backend: "statevector", states: "2", starts: 3 },
  { method: "vqe", backend: "sampler", statedError: 0.002, precision: "single", sqd: 30 },
  {
    ...{ method: "vqe", backend: "sampler", shots: 20_000, statedError: 0.5 },
    ...{ noise: "depolarizing2=1e-3, readout01=0.02", mitigation: ["readout", "zero-noise"] },
  },
  // What was chosen and plays no part in what is asked now.
  { method: "pbe", freeze: "1", temperature: 400, noise: "readout01=0.1", backend: "sampler", shots: 5000 },
  { method: "casscf", device: "linear", gateSet: "iqm", qasm: true, layers: 3, determinants: 7 },
  { text: `${XYZ}${XYZ}`, frame: 2 },
];

describe("the command of the form", () => {
  for (const change of [...DRAFTS, ...Method.options.map((method) => ({ method }))])
    it(`asks for the same: ${JSON.stringify(change)}`, () => {
      const { form, command } = bothOf(change);
      expect(command).toEqual(form);
    });

  it("asks for the same of a Hamiltonian", () => {
    const text = "&FCI NORB=1,NELEC=2,MS2=0,\n&END\n 0.5 1 1 1 1\n";
    for (const change of [
      { method: "fci", states: "2" },
      { method: "sci" },
      { method: "vqe", ansatz: "k-upccgsd", multiplicity: 1 },
      { method: "ccsd(t)" },
      { method: "sci", determinants: 400, memory: 1 },
      { method: "fci", ansatz: "lucj", layers: 5 },
      {
        method: "vqe",
        ansatz: "lucj",
        layers: 1,
        starts: 9,
        backend: "sampler",
        shots: 2000,
        noise: "readout10=0.1",
      },
    ] as const) {
      const draft: CalculateDraft = { ...NEW_DRAFT, text, fileName: "two.fcidump", ...change };
      const given = readGiven(text, draft.fileName);
      if (given.kind !== "hamiltonian") throw new Error(given.kind);
      const { job } = hamiltonianJobOf(draft, given, { name: "", origin: "", command: "" });
      const { text: path, options } = parsed(argumentsOf(draft, given));
      expect(path).toBe("two.fcidump");
      expect(HamiltonianRequest.parse(hamiltonianRequestOf(options, text))).toEqual(
        job?.kind === "hamiltonian" && job.request,
      );
    }
  });

  it("is quoted as a shell reads it", () => {
    expect(quoted("C(=O)O")).toBe("'C(=O)O'");
    expect(quoted("it's")).toBe(`'it'\\''s'`);
    expect(quoted("water.xyz")).toBe("water.xyz");
    const draft = { ...NEW_DRAFT, text: "OC=O" };
    expect(commandOf(draft, readGiven(draft.text, null))).toBe(
      "ansatz energy OC=O --method b3lyp --basis def2-svp --dispersion d3bj",
    );
  });

  it("writes what it holds and what it runs on as a person would", () => {
    const draft: CalculateDraft = {
      ...{ ...NEW_DRAFT, text: "OO", method: "hf-3c", optimise: true },
      constraints: "dihedral 3 1 2 4 90;distance 1 2",
    };
    expect(commandOf(draft, readGiven(draft.text, null))).toBe(
      "ansatz energy OO --method hf-3c --optimize --constrain 'dihedral 3 1 2 4 90' --constrain 'distance 1 2'",
    );
  });

  it("says which field cannot be read", () => {
    const draft: CalculateDraft = {
      ...NEW_DRAFT,
      text: XYZ,
      method: "casscf",
      activeSpace: "four",
      states: "none:1",
    };
    const given = readGiven(draft.text, null);
    const frames = given.kind === "frames" ? given.frames : [];
    const placed = { name: "", origin: "", command: "" };
    const { job, problems } = jobOf(draft, {
      ...placed,
      frames: frames.map((frame) => ({ ...frame, charge: 0, multiplicity: 1 })),
    });
    expect(job).toBeNull();
    expect([...problems.keys()].sort()).toEqual(["activeSpace", "states"]);
  });

  it.each([
    [{ optimise: true, constraints: "distance 1 2; twist 3" }, "constraints", /Held: expected distance/],
    [{ optimise: true, freeze: "0" }, "freeze", /the first is 1/],
    [{ ghosts: "x" }, "ghosts", /expected numbers of atoms/],
    [{ basisFile: { name: "", text: "" } }, "basisFile", /Choose a file/],
    [{ pointCharges: { name: "c.txt", text: "1 2 3" } }, "pointCharges", /c\.txt, line 1/],
    [{ solvent: "" }, "solvent", /expected a name/],
    [{ vibrations: true, isotopes: "1=2H" }, "isotopes", /expected atom 1 to be H/],
    [{ vibrations: true, temperature: 0 }, "temperature", /temperature_kelvin/],
    [{ method: "sci", determinants: 0 }, "determinants", /determinants/],
    [{ method: "vqe", layers: 0, ansatz: "lucj" }, "layers", /layers/],
    [{ method: "vqe", backend: "sampler", noise: "depolarising=1" }, "noise", /names depolarizing1/],
    [{ method: "vqe", backend: "sampler", shots: 7 }, "shots", /1000/],
    [
      { method: "vqe", backend: "sampler", noise: "readout01=0.1", mitigation: ["zero-noise"] },
      "mitigation",
      /gate errors/,
    ],
    [{ method: "vqe", device: { name: "d.json", text: "{}" } }, "device", /pairs of qubits/],
    [{ frame: 3 }, "frame", /from 1 to 1/],
  ] satisfies [Partial<CalculateDraft>, keyof CalculateDraft, RegExp][])(
    "says at its field what does not fit: %j",
    (change, field, said) => {
      const draft: CalculateDraft = { ...NEW_DRAFT, text: XYZ, ...change };
      const given = readGiven(draft.text, null);
      const frames = given.kind === "frames" ? given.frames : [];
      const placed = frames.map((frame) => ({ ...frame, charge: 0, multiplicity: 1 }));
      const { job, problems } = jobOf(draft, { name: "", origin: "", command: "", frames: placed });
      expect(job).toBeNull();
      expect([...problems.keys()]).toEqual([field]);
      expect(problems.get(field)).toMatch(said);
    },
  );

  it("says in a sentence, and at its field, what a request cannot be", () => {
    const problemsOf = (change: Partial<CalculateDraft>) => {
      const given = readGiven(XYZ, null);
      const frames = given.kind === "frames" ? given.frames : [];
      const { multiplicity } = change;
      const placed = frames.map((frame) => ({ ...frame, charge: 0, multiplicity: multiplicity ?? 1 }));
      const said = { name: "", origin: "", command: "" };
      return [...jobOf({ ...NEW_DRAFT, ...change }, { ...said, frames: placed }).problems];
    };
    expect(problemsOf({ multiplicity: 0 })).toEqual([
      ["multiplicity", "multiplicity: expected number to be >=1, got 0"],
    ]);
    expect(problemsOf({ method: "casci", states: "99" })).toEqual([
      ["states", "states: expected number to be <=20, got 99"],
    ]);
    expect(problemsOf({ seed: -1 })).toEqual([["seed", "seed: expected number to be >=0, got -1"]]);
    const text = "&FCI NORB=1,NELEC=2,MS2=0,\n&END\n 0.5 1 1 1 1\n";
    const given = readGiven(text, null);
    if (given.kind !== "hamiltonian") throw new Error(given.kind);
    const draft: CalculateDraft = { ...NEW_DRAFT, text, method: "fci", states: "0" };
    const { problems } = hamiltonianJobOf(draft, given, { name: "", origin: "", command: "" });
    expect([...problems]).toEqual([["states", "states: expected number to be >=1, got 0"]]);
  });

  it("asks for no curve of what has one frame, and for no functional of a Hamiltonian", () => {
    const curve = changed(NEW_DRAFT, { text: `${XYZ}${XYZ}`, curve: true });
    expect(curve.curve).toBe(true);
    expect(changed(curve, { vibrations: true }).curve).toBe(true);
    const one = changed(curve, { text: "CCO" });
    expect(one.curve).toBe(false);
    expect(commandOf(one, readGiven(one.text, null))).not.toContain("--curve");
    expect(changed(NEW_DRAFT, { text: "&FCI NORB=1,NELEC=2,\n&END\n" }).method).toBe("fci");
  });
});
