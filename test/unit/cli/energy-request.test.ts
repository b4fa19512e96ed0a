import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { assumedSpin } from "../../../src/cli/commands/energy/assumed-spin.ts";
import type { EnergyOptions } from "../../../src/cli/commands/energy/options.ts";
import {
  ghostsOf,
  readInputFile,
  requestOf,
  unusedOptions,
  withIsotopes,
} from "../../../src/cli/commands/energy/request.ts";

const molecule = {
  geometry: { symbols: ["O", "H", "H"], coordinates_angstrom: [0, 0, 0, 0, 0.76, 0.59, 0, -0.76, 0.59] },
  formalCharge: -1,
};
const plain: EnergyOptions = { method: "vqe", seed: 1 };
const request = (options: Partial<EnergyOptions>) => requestOf({ ...plain, ...options }, molecule);

describe("flags of ansatz energy", () => {
  it("ask for UCCSD-VQE in STO-3G where nothing is said, with the charge of the SMILES", () => {
    expect(request({})).toMatchObject({
      ...{ basis: "sto-3g", method: "vqe", ansatz: "uccsd", backend: "exact", charge: -1 },
      ...{ multiplicity: 1, activeSpace: null, maxIterations: 200, sampling: { shots: null } },
    });
  });

  it("add dispersion by a flag, not by the method's name", () => {
    expect(request({ method: "b3lyp", dispersion: "D3BJ" })).toMatchObject({
      ...{ method: "b3lyp", dispersion: "d3bj" },
    });
    expect(request({ method: "rhf" })).not.toHaveProperty("dispersion");
    for (const method of ["b3lyp-d3bj", "B3LYP-D3(BJ)", "b3lyp-d3"])
      expect(() => request({ method })).toThrow(/Write --method b3lyp --dispersion d3bj/);
    for (const method of ["wb97x-d3", "mp2-d3bj", "svwn5-d3"])
      expect(() => request({ method })).toThrow(/--method: expected rhf/);
    expect(() => request({ method: "b3lyp", dispersion: "d4" })).toThrow(/--dispersion: expected d3bj/);
    expect(() => request({ method: "mp2", dispersion: "d3bj" })).toThrow(/--dispersion goes with/);
  });

  it("read noise and mitigation by name", () => {
    const { sampling } = request({
      ...{ backend: "sampler", noise: "depolarizing2=1e-3, readout01=0.02" },
      mitigation: "readout,zero-noise",
    });
    expect(sampling).toMatchObject({
      noise: { depolarizing1: 0, depolarizing2: 1e-3, readout01: 0.02 },
      mitigation: ["readout", "zero-noise"],
    });
  });

  it("give ansätze with layers more iterations, unless told", () => {
    expect(request({ ansatz: "lucj" }).maxIterations).toBe(1000);
    expect(request({ ansatz: "lucj", maxIterations: 7 }).maxIterations).toBe(7);
  });

  it("read a solvent by name or permittivity", () => {
    expect(request({ method: "rhf", solvent: "Acetonitrile" }).solvent).toEqual({ name: "acetonitrile" });
    expect(request({ method: "rhf", solvent: "eps=37.5", solventModel: "cosmo" }).solvent).toEqual({
      dielectric: 37.5,
      model: "cosmo",
    });
    expect(request({ method: "rhf" })).not.toHaveProperty("solvent");
    expect(() => request({ solvent: "wine" })).toThrow(/There are water, .*acetonitrile/);
    expect(() => request({ solvent: "water", solventModel: "smd" })).toThrow(/c-pcm, cosmo/);
    expect(() => request({ solventModel: "cosmo" })).toThrow(/--solvent/);
  });

  it("read states as a number or by their spin", () => {
    expect(request({ method: "casci", states: "3", multiplicity: 2 })).toMatchObject({
      states: 3,
      spinStates: [{ multiplicity: 2, count: 3 }],
    });
    expect(request({ method: "casci", states: "Singlet:2, triplet" }).spinStates).toEqual([
      { multiplicity: 1, count: 2 },
      { multiplicity: 3, count: 1 },
    ]);
    expect(request({ method: "fci", states: "2" })).not.toHaveProperty("spinStates");
    for (const states of [
      "0",
      "21",
      "singlet:0",
      "singlet:1:1",
      "singlet:1,singlet:2",
      "single:1",
      "singlet:",
    ])
      expect(() => request({ method: "casci", states })).toThrow(`"${states}"`);
  });

  it("ask for files for other programs by the program's name", () => {
    expect(request({ inputFile: "pyscf:water.py", molden: "water.molden" })).toMatchObject({
      ...{ inputFile: "pyscf", molden: true },
    });
    expect(readInputFile("orca:C:\\water.inp")).toEqual({ program: "orca", file: "C:\\water.inp" });
  });

  it("count atoms from 1", () => {
    expect(ghostsOf("3, 2", { ...molecule, ghosts: [1] })).toEqual([1, 2]);
    expect(request({ optimize: true, freeze: "1,3" }).optimise).toEqual({ frozen: [0, 2] });
  });

  it("take a basis set of the user's own", () => {
    const basisFile = fileURLToPath(new URL("../../fixtures/6-31gs-cho.gbs", import.meta.url));
    const { basis, ownBasis } = request({ basisFile, cartesian: true });
    expect(basis).toBe("6-31gs-cho.gbs");
    expect(ownBasis!.functions).toBe("cartesian");
  });

  it("choose the functions of a basis set, and leave the published ones where nothing is said", () => {
    expect(request({ basis: "6-31G*", spherical: true })).toMatchObject({
      basis: "6-31g*",
      functions: "pure",
    });
    expect(request({ basis: "cc-pVDZ", cartesian: true }).functions).toBe("cartesian");
    expect(request({ basis: "cc-pVDZ" })).not.toHaveProperty("functions");
    const basisFile = fileURLToPath(new URL("../../fixtures/6-31gs-cho.gbs", import.meta.url));
    expect(request({ basisFile }).ownBasis!.functions).toBe("pure");
    expect(request({ basisFile, spherical: true }).ownBasis!.functions).toBe("pure");
  });

  it("name a device or read its couplings from a file", () => {
    const folder = mkdtempSync(join(tmpdir(), "ansatz-device-"));
    const file = (text: string) => {
      writeFileSync(join(folder, "d.json"), text);
      return request({ couplingMap: join(folder, "d.json") }).device;
    };
    expect(request({ couplingMap: "Heavy-Hex" }).device).toBe("heavy-hex");
    const edges = [[0, 1], [1, 4]]; // biome-ignore format: one line
    expect(file("[[0,1],[1,4]]")).toEqual({ name: "d.json", qubits: 5, edges });
    expect(file('{"qubits":7,"edges":[[0,1],[1,4]]}')).toEqual({ name: "d.json", qubits: 7, edges });
    for (const bad of ["", "{}", "[]", "[[0]]", "[[0,-1]]", "[[0,0.5]]", "[[0,99999]]"])
      expect(() => file(bad), bad).toThrow(/expected pairs of qubits such as/);
    rmSync(folder, { recursive: true });
  });

  it("ask for a relaxation with vibrations, in the gas that is named", () => {
    expect(request({ method: "b3lyp", optimize: true, frequencies: true })).toMatchObject({
      optimise: { frozen: [] },
      vibrations: { temperature_kelvin: 298.15, pressure_pascal: 1e5, frequencyScale: 1 },
    });
    expect(request({ frequencies: true, temperature: 400, pressure: 101325 }).vibrations).toEqual({
      ...{ temperature_kelvin: 400, pressure_pascal: 101325, frequencyScale: 1 },
    });
    expect(request({ frequencies: true, quasiHarmonic: true }).vibrations).toHaveProperty(
      "quasiHarmonic",
      true,
    );
    expect(request({ frequencies: true }).vibrations).not.toHaveProperty("quasiHarmonic");
    expect(() => request({ quasiHarmonic: true })).toThrow(/--quasi-harmonic goes with --frequencies/);
    expect(request({ optimize: true })).not.toHaveProperty("vibrations");
    expect(() => request({ temperature: 400 })).toThrow(/--temperature goes with --frequencies/);
  });

  it("say how an ion is asked for by methods that do not know --ions", () => {
    expect(() => request({ method: "mp2", ions: "cation" })).toThrow(
      "add --method casci or vqe or leave --ions out. By another method an ion is a calculation of its own",
    );
  });

  it("ask for isotopes of vibrations: the file's, and in their place those of the flag", () => {
    const asked = request({ frequencies: true });
    const heavy = { ...molecule, isotopes: [{ atom: 1, massNumber: 2 }] };
    expect(withIsotopes(asked, undefined, { ...molecule, isotopes: [] })).toEqual(asked);
    expect(withIsotopes(request({}), ["1=18O"], heavy)).not.toHaveProperty("vibrations");
    expect(withIsotopes(asked, ["2=3H,1=18O"], heavy).vibrations?.isotopes).toEqual([
      { atom: 0, massNumber: 18 },
      { atom: 1, massNumber: 3 },
    ]);
    expect(withIsotopes(asked, ["1=18O"], heavy).vibrations?.isotopes).toHaveLength(2);
    expect(() => request({ isotope: ["1=18O"] })).toThrow(/--isotope goes with --frequencies/);
  });

  it("ask for excitations of a closed shell's field, a number of singlets or of each spin", () => {
    expect(request({ method: "rhf", excitations: "3" }).excitations).toEqual([{ multiplicity: 1, count: 3 }]);
    expect(request({ method: "b3lyp", excitations: "singlet:2,triplet" }).excitations).toEqual([
      { multiplicity: 1, count: 2 },
      { multiplicity: 3, count: 1 },
    ]);
    expect(() => request({ method: "mp2", excitations: "3" })).toThrow(
      /--excitations goes with --method rhf/,
    );
    expect(() => request({ method: "rhf", excitations: "0" })).toThrow(/"singlet:2,triplet:1"/);
  });

  it("ask for ions once each", () => {
    expect(request({ ions: "anion, cation,anion" }).ions).toEqual(["anion", "cation"]);
  });

  it("say which of them the method does not look at", () => {
    expect(unusedOptions({ ...plain, method: "RHF", ansatz: "uccsd", activeSpace: "4e,4o" })).toHaveLength(2);
    expect(unusedOptions({ ...plain, ansatz: "uccsd", activeSpace: "4e,4o" })).toEqual([]);
    expect(unusedOptions({ ...plain, method: "fci", states: "2", starts: 3, maxIterations: 9 })).toEqual([
      "--starts plays no part in --method fci.",
      "--max-iterations plays no part in --method fci.",
    ]);
  });

  it.each<[Partial<EnergyOptions>, RegExp]>([
    [{ shots: 20000 }, /--shots goes with --backend sampler/],
    [{ statedError: 0.01 }, /--stated-error goes with --backend sampler/],
    [{ method: "rhf", backend: "sampler" }, /--backend goes with --method vqe/],
    [{ backend: "sampler", mitigation: "readout" }, /--mitigation goes with --noise/],
    [{ backend: "sampler", noise: "readout01=2" }, /probabilities from 0 to 0.5, got "readout01=2"/],
    [{ backend: "sampler", noise: "readout" }, /expected name=probability/],
    [{ backend: "sampler", noise: "readout01=0.1", mitigation: "zero-noise" }, /needs gate errors/],
    [{ backend: "ibm", qpu: "ibm_fez", mitigation: "zero-noise" }, /circuits for ibm are compiled once more/],
    [{ backend: "sampler", noise: "depolarizing2=0.1", mitigation: "readout" }, /needs a readout error/],
    [{ backend: "sampler", shots: 20000, statedError: 0.01 }, /expected one of them, got both/],
    [
      { method: "rhf", frozenCore: true },
      /--frozen-core goes with --method mp2, scs-mp2, sos-mp2, ccsd, ccsd\(t\), fci or sci/,
    ],
    [{ method: "uhf", grid: "fine" }, /--grid goes with a density functional/],
    [{ method: "pbe", grid: "superfine" }, /--grid.*expected coarse, medium, fine, finest.*superfine/],
    [{ method: "b2plyp" }, /expected .*svwn5, pbe, pbe0, b3lyp, r2scan.*b2plyp/],
    [{ method: "fci", determinants: 1000 }, /--determinants goes with --method sci/],
    [{ method: "mp2", fcidump: "a.fcidump" }, /--fcidump goes with --method casci, fci, sci or vqe/],
    [{ inputFile: "water.py" }, /--input-file: expected a program \(pyscf, orca, gaussian\) and a file/],
    [{ inputFile: "psi4:water.dat" }, /--input-file: expected pyscf, orca, gaussian, got "psi4"/],
    [{ couplingMap: "square" }, /--coupling-map: expected linear, heavy-hex or a \.json file, got "square"/],
    [{ couplingMap: "nowhere.json" }, /"nowhere\.json" cannot be read/],
    [{ couplingMap: "linear", method: "casci" }, /--coupling-map goes with --method vqe/],
    [{ mapping: "fenwick" }, /--mapping: expected jordan-wigner, parity, bravyi-kitaev/],
    [{ mapping: "parity", method: "rhf" }, /--mapping goes with --method casci or vqe/],
    [{ ions: "dication" }, /--ions: expected cation, anion, got "dication"/],
    [{ ions: "cation", method: "fci" }, /--ions goes with --method casci or vqe/],
    [
      { curve: true, out: "last.xyz", molden: "last.molden" },
      /--curve has a result for each frame: expected no --out, --molden/,
    ],
    [{ layers: 3 }, /--layers goes with --ansatz k-upccgsd, lucj or hardware-efficient/],
    [{ starts: 3 }, /--starts goes with an ansatz with layers, or --states/],
    [{ freeze: "1" }, /--freeze goes with --optimize/],
    [{ cartesian: true, spherical: true }, /--spherical and --cartesian: expected one/],
    [{ basis: "sto-3g", basisFile: "my.gbs" }, /--basis and --basis-file: expected one of them/],
    [{ optimize: true, freeze: "0" }, /--freeze: expected numbers of atoms, the first is 1/],
    [{ ansatz: "uccd" }, /--ansatz: expected uccsd, puccd/],
    [{ method: "ccsdt" }, /--method: expected rhf, uhf/],
    [{ activeSpace: "4o,4e" }, /expected e\.g\. "4e,4o", got "4o,4e"/],
  ])("are refused as %j", (options, message) => {
    expect(() => request(options)).toThrow(message);
  });

  it("leave at least one true atom", () => {
    expect(() => ghostsOf("1,2,3", { ...molecule, ghosts: [] })).toThrow(/at least one true atom/);
  });
});

describe("the spin that is assumed", () => {
  const stated = (symbols: string[], unpairedElectrons = 0, formalCharge = 0) => ({
    ...{ geometry: { symbols }, formalCharge, unpairedElectrons },
  });
  const oxygen = stated(["O", "O"], 2);

  it.each([
    ["oxygen", oxygen, "2 unpaired electrons", "--multiplicity 3"],
    ["nitric oxide", stated(["N", "O"], 1), "1 unpaired electron,", "--multiplicity 2"],
  ])("is told for %s with the multiplicity to ask for", (_, molecule, ...says) => {
    const [notice] = assumedSpin(molecule, {});
    for (const words of says) expect(notice).toContain(words);
    expect(notice!.includes("singlet"), "an odd electron has no singlet").toBe(
      molecule.unpairedElectrons % 2 === 0,
    );
  });

  it("is not told where nothing is unpaired, the multiplicity is given or the charge is another", () => {
    expect(assumedSpin(stated(["O", "H", "H"]), {})).toEqual([]);
    expect(assumedSpin(oxygen, { multiplicity: 1 })).toEqual([]);
    expect(assumedSpin({ ...oxygen, multiplicity: 3 }, {})).toEqual([]);
    expect(assumedSpin(oxygen, { charge: 2 })).toEqual([]);
    expect(assumedSpin(oxygen, { charge: 0 })).toHaveLength(1);
  });

  it.each([
    ["an iron atom", stated(["Fe"]), {}, "Fe often has unpaired electrons"],
    ["a metal among other atoms", stated(["C", "H", "Ni", "H"]), {}, "Ni often"],
    ["an oxygen atom of a file", stated(["O"]), {}, "--multiplicity 3"],
    ["a nitrogen cation", stated(["N"]), { charge: 1 }, "--multiplicity 3"],
  ])("is told of %s, whatever the SMILES says", (_, molecule, options, words) => {
    expect(assumedSpin(molecule, options).join()).toContain(words);
  });

  it.each([
    ["zinc", stated(["Zn"])],
    ["neon", stated(["Ne"])],
    ["beryllium", stated(["Be"])],
    ["a copper atom, whose odd electron refuses the singlet by itself", stated(["Cu"])],
  ])("is not told of %s", (_, molecule) => {
    expect(assumedSpin(molecule, {})).toEqual([]);
  });
});
