import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { ANGSTROM_PER_BOHR } from "#shared/units.ts";
import { ansatz } from "../fixtures/ansatz.ts";
import {
  type Atom,
  energyOf,
  readReference,
  runEnergy,
  toOurAngstrom,
  writeReferenceXyz,
} from "./energy-document.ts";

/** Both programs converge the field below 1e-10 Eh; the references have ten decimals. */
const FIELD_TOLERANCE = 1e-8;
/** Davidson residuals and MP2's integral threshold on either side. */
const CORRELATION_TOLERANCE = 1e-7;
/** The references print ⟨S²⟩ to six decimals; it is first order in the remaining gradient. */
const SPIN_TOLERANCE = 1e-5;
const TIMEOUT_MS = 300_000;

interface OpenShell {
  id: string;
  geometry_angstrom: Atom[];
  charge: number;
  multiplicity: number;
  basis: string;
  scf: { type: string; energy: number; s2: number };
  rohf: { energy: number };
  mp2: { total_all_electron: number };
  fci?: { e_lowest: number };
  fci_frozen_core?: { e_lowest: number };
}

const folder = mkdtempSync(join(tmpdir(), "ansatz-methods-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A doublet and a triplet; reference-checks.ts goes through all of them without the command line. */
const openShells = readReference<OpenShell>("small_molecules.json").filter(({ id }) =>
  ["oh_sto3g", "o2_triplet_631g"].includes(id),
);
const water: Atom[] = [
  ["O", 0, 0, 0.1173],
  ["H", 0, 0.7572, -0.4692],
  ["H", 0, -0.7572, -0.4692],
];
const waterFile = writeReferenceXyz(folder, "water", water);

describe("ansatz energy of open shells", () => {
  it.each(openShells)(
    "agrees with an independent program on $id by UHF, ROHF, MP2 and FCI",
    async (entry) => {
      const path = writeReferenceXyz(folder, entry.id, entry.geometry_angstrom);
      const options = ["--basis", entry.basis, "--multiplicity", String(entry.multiplicity)];
      const by = (method: string, ...more: string[]) =>
        energyOf(path, [...options, "--method", method, ...more]);
      const mp2 = await by("mp2");
      expect(mp2.reference).toBe("uhf");
      expect(Math.abs(mp2.hartreeFock_hartree - entry.scf.energy)).toBeLessThan(FIELD_TOLERANCE);
      expect(Math.abs(mp2.spinSquare - entry.scf.s2)).toBeLessThan(SPIN_TOLERANCE);
      expect(Math.abs(mp2.mp2_hartree - entry.mp2.total_all_electron)).toBeLessThan(CORRELATION_TOLERANCE);
      const rohf = await by("rohf");
      expect(Math.abs(rohf.hartreeFock_hartree - entry.rohf.energy)).toBeLessThan(FIELD_TOLERANCE);
      expect([rohf.mp2_hartree, rohf.casci_hartree, rohf.fci_hartree, rohf.vqe_hartree]).toEqual(
        Array(4).fill(null),
      );
      if (!entry.fci || !entry.fci_frozen_core) return;
      const fci = await by("fci");
      expect(Math.abs(fci.fci_hartree - entry.fci.e_lowest)).toBeLessThan(CORRELATION_TOLERANCE);
      const frozen = await by("fci", "--frozen-core");
      const frozenReference = entry.fci_frozen_core.e_lowest;
      // The frozen core's orbitals are those of ROHF, whose rotations ROHF's canonical choice leaves alone.
      expect(Math.abs(frozen.fci_hartree - frozenReference)).toBeLessThan(CORRELATION_TOLERANCE);
    },
    TIMEOUT_MS,
  );
});

interface Complex {
  id: string;
  basis: string;
  complex_geometry_angstrom: Atom[];
  ligand_with_ghost_ion: { rhf: number; mp2: number; mp2_fc: number; nbf: number };
}

describe("ansatz energy with ghost atoms", () => {
  const entry = readReference<Complex>("ion_complexes.json").find(({ id }) => id === "water_Li+_631g")!;
  const part = entry.ligand_with_ghost_ion;
  const ion = entry.complex_geometry_angstrom.length;

  it("gives the counterpoise energies of an ion complex, by number and by label", async () => {
    const plain = writeReferenceXyz(folder, "complex", entry.complex_geometry_angstrom);
    const labelled = join(folder, "labelled.xyz");
    writeFileSync(labelled, readFileSync(plain, "utf8").replace(/^Li /m, "@Li "));
    const options = ["--basis", entry.basis, "--method", "mp2"];
    const result = await energyOf(plain, [...options, "--ghost", String(ion)]);
    expect(result.nBasis).toBe(part.nbf);
    expect(result.ghosts).toEqual([ion]);
    expect(Math.abs(result.hartreeFock_hartree - part.rhf)).toBeLessThan(FIELD_TOLERANCE);
    expect(Math.abs(result.mp2_hartree - part.mp2)).toBeLessThan(CORRELATION_TOLERANCE);
    const frozen = await energyOf(labelled, [...options, "--frozen-core"]);
    expect(Math.abs(frozen.mp2_hartree - part.mp2_fc)).toBeLessThan(CORRELATION_TOLERANCE);
  });
});

interface Charged {
  id: string;
  geometry_angstrom: Atom[];
  point_charges_angstrom: [number, number, number, number][];
  energy: number;
}

describe("ansatz energy with external charges", () => {
  it("agrees with an independent program", async () => {
    const entry = readReference<Charged>("larger_basis_sets.json").find(
      ({ id }) => id === "water 6-31G, two point charges",
    )!;
    const path = writeReferenceXyz(folder, "charged", entry.geometry_angstrom);
    const charges = join(folder, "charges.txt");
    const rows = entry.point_charges_angstrom.map(([x, y, z, charge]) =>
      [charge, ...[x, y, z].map(toOurAngstrom)].join(" "),
    );
    writeFileSync(charges, `${rows.join("\n")}\n`);
    const options = ["--basis", "6-31g", "--method", "rhf", "--point-charges", charges];
    const { hartreeFock_hartree } = await energyOf(path, options);
    expect(Math.abs(hartreeFock_hartree - entry.energy)).toBeLessThan(FIELD_TOLERANCE);
  });
});

describe("ansatz energy --optimize", () => {
  /** Å; the error of a central difference is of its square. */
  const STEP_ANGSTROM = 1e-3;
  /** The optimiser's own, 4.5e-4 Eh/bohr, and the error of the difference. */
  const GRADIENT_TOLERANCE = 5e-4;

  it("says what it held", async () => {
    const asked = ["--method", "rhf", "--optimize", "--constrain", "distance 1 2 1.1"];
    const { geometryOrigin } = await energyOf(waterFile, [...asked, "--constrain", "angle 2 1 3"]);
    expect(geometryOrigin).toMatch(
      /\(converged, \d+ steps, held: distance 1 2 1\.1; angle 2 1 3\) from file /,
    );
  });

  it("ends where finite differences of the energy vanish, and writes that geometry", async () => {
    const out = join(folder, "final.xyz");
    const result = await energyOf(waterFile, ["--method", "rhf", "--optimize", "--out", out]);
    expect(result.converged).toBe(true);
    const written = readFileSync(out, "utf8").trim().split("\n");
    expect(written[1]).toMatch(/ optimised by RHF\/STO-3G \(converged, \d+ steps\) from file /);
    const atoms = written.slice(2).map((line) => line.trim().split(/\s+/));
    const moved = async (axis: number, by: number) => {
      const lines = atoms.map(([symbol, ...position], atom) =>
        [symbol, ...position.map((x, i) => (atom === 1 && i === axis ? Number(x) + by : x))].join(" "),
      );
      const path = join(folder, "moved.xyz");
      writeFileSync(path, `3\n\n${lines.join("\n")}\n`);
      return (await energyOf(path, ["--method", "rhf"])).hartreeFock_hartree;
    };
    for (const axis of [1, 2]) {
      const slope = ((await moved(axis, STEP_ANGSTROM)) - (await moved(axis, -STEP_ANGSTROM))) / 2;
      const gradient = (slope / STEP_ANGSTROM) * ANGSTROM_PER_BOHR;
      expect(Math.abs(gradient)).toBeLessThan(GRADIENT_TOLERANCE);
    }
  });
});

describe("ansatz energy by VQE", () => {
  it("has the same numbers for the same seed of the sampler, and others for another", async () => {
    const sampled = async (seed: string) => {
      const options = ["--backend", "sampler", "--shots", "20000", "--seed", seed];
      const { vqe_hartree, statedError_hartree, shots, seed: kept } = await energyOf(waterFile, options);
      expect(kept).toBe(Number(seed));
      return [vqe_hartree, statedError_hartree, shots];
    };
    const first = await sampled("7");
    expect(await sampled("7")).toEqual(first);
    expect((await sampled("8"))[0]).not.toBe(first[0]);
  });

  it("says what exact diagonalisation takes beside the VQE, and keeps null what was not asked for", async () => {
    const result = await energyOf(waterFile, ["--ansatz", "puccd"]);
    expect(result).toMatchObject({ fci_hartree: null, statedError_hartree: null, shots: null, seed: null });
    expect(result.exactDiagonalisation_ms).toBe(result.timings_ms.casci);
    expect(result.differences.vqeMinusCasci.milliHartree).toBeCloseTo(1000 * result.vqeMinusCasci_hartree, 9);
    expect(result.activeSpace.reason).toMatch(/highest doubly occupied/);
  });
});

describe("ansatz energy --curve", () => {
  it("gives for each frame what the frame alone gives", async () => {
    const frame = (r: number) => `2\n\nH 0 0 0\nH 0 0 ${r}\n`;
    const [all, last] = [join(folder, "curve.xyz"), join(folder, "last.xyz")];
    writeFileSync(all, [0.7, 0.9, 1.1].map(frame).join(""));
    writeFileSync(last, frame(1.1));
    const curve = (await energyOf(all, ["--curve"])) as unknown as { vqe_hartree: number }[];
    expect(curve).toHaveLength(3);
    expect(curve[2]!.vqe_hartree).toBe((await energyOf(last, [])).vqe_hartree);
    expect(curve[0]!.vqe_hartree).toBeLessThan(curve[2]!.vqe_hartree);
  });
});

describe("files for other programs", () => {
  it("hold the VQE's circuit as OpenQASM", async () => {
    const qasm = join(folder, "circuit.qasm");
    const { gates, qubits } = await energyOf(waterFile, ["--qasm", qasm]);
    const lines = readFileSync(qasm, "utf8").trim().split("\n");
    expect(lines.slice(0, 3)).toEqual(["OPENQASM 3.0;", 'include "stdgates.inc";', `qubit[${qubits}] q;`]);
    expect(lines.length - 3).toBe(gates);
  });

  it("hold the circuit on a device, with gates between coupled qubits only", async () => {
    const [qasm, map] = [join(folder, "routed.qasm"), join(folder, "ring.json")];
    const edges = Array.from({ length: 9 }, (_, q) => [q, (q + 1) % 9]);
    writeFileSync(map, JSON.stringify(edges));
    const { device } = await energyOf(waterFile, ["--coupling-map", map, "--qasm", qasm]);
    expect(device).toMatchObject({ name: "ring.json", qubits: 9 });
    const gates = readFileSync(qasm, "utf8")
      .split("\n")
      .flatMap((line) => [[...line.matchAll(/\bq\[(\d+)\]/g)].map(([, q]) => Number(q))])
      .filter((qubits) => qubits.length > 0);
    // The declaration of the register is written qubit[9] q.
    expect(gates).toHaveLength(device.gates);
    const pairs = gates.filter((qubits) => qubits.length === 2);
    expect(pairs).toHaveLength(device.twoQubitGates);
    for (const [a, b] of pairs) expect([1, 8]).toContain(Math.abs(a! - b!));
  });

  it("hold the circuit in a device's gates, no more of them on two qubits than routing alone makes", async () => {
    const native = join(folder, "native.qasm");
    const routed = await energyOf(waterFile, ["--coupling-map", "linear"]);
    const { device } = await energyOf(waterFile, [
      ...["--coupling-map", "linear", "--gate-set", "ibm-cz", "--qasm", native],
    ]);
    expect(device).toMatchObject({ gateSet: "ibm-cz", swaps: null, qubits: 8 });
    expect(device.twoQubitGates).toBeLessThan(routed.device.twoQubitGates);
    const program = readFileSync(native, "utf8");
    const pairs = [...program.matchAll(/^cz \$(\d+), \$(\d+);$/gm)];
    expect(pairs).toHaveLength(device.twoQubitGates);
    for (const [, a, b] of pairs) expect(Math.abs(Number(a) - Number(b))).toBe(1);
    expect(program.match(/^(?:rz\(.*\)|sx|x|cz) \$/gm)).toHaveLength(device.gates);
    expect(program.match(/= measure \$/g)).toHaveLength(8);
  });

  it("hold a density that counts the electrons, and an orbital that is normalised", async () => {
    // A core is a spike narrower than the spacing: hydrogen has none.
    const h2 = join(folder, "h2.xyz");
    writeFileSync(h2, "2\n\nH 0 0 0\nH 0 0 0.74\n");
    const sum = async (field: string, power: number) => {
      const cube = join(folder, "field.cube");
      expect(await ansatz("cube", h2, "--field", field, "--out", cube)).toMatchObject({ status: 0 });
      const lines = readFileSync(cube, "utf8").trim().split("\n");
      const steps = [3, 4, 5].map((k, axis) => Number(lines[k]!.trim().split(/\s+/)[axis + 1]));
      const values = lines.slice(8).join(" ").trim().split(/\s+/).map(Number);
      return values.reduce((total, value) => total + value ** power, 0) * steps[0]! * steps[1]! * steps[2]!;
    };
    // Points 0.2 Å apart in a box of 3.5 Å around the nuclei.
    expect(await sum("density", 1)).toBeCloseTo(2, 2);
    expect(await sum("homo", 2)).toBeCloseTo(1, 2);
  });
});

describe("ansatz energy refuses", () => {
  it.each([
    [["--method", "rhf", "--multiplicity", "3"], /take uhf or rohf/],
    [["--method", "fci", "--basis", "def2-tzvp"], /too large/],
  ])("%j, with code 2 and what was expected", async (options, message) => {
    expect(await runEnergy(waterFile, options)).toMatchObject({
      status: 2,
      stdout: "",
      stderr: expect.stringMatching(message),
    });
  });
});
