import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createControlBlock, readIterations } from "#core/quantum/control-block.ts";
import { hartreeFock } from "#core/quantum/field/scf.ts";
import { openSystem } from "#core/quantum/field/system.ts";
import { toBohr } from "#shared/units.ts";
import { isQuick, openWater, referenceBasis, SCF_TOLERANCE, water } from "../chemistry-reference.ts";
import { agreesInRhf, closedShells } from "../reference-checks.ts";

/** (aa|aa) of hydrogen's STO-3G function, Hartree; A. Szabo, N. S. Ostlund, Modern Quantum Chemistry, give 0.7746. */
const COULOMB_ON_HYDROGEN = 0.7746059439;

describe("RHF", () => {
  it.each(closedShells.filter(isQuick))("of $id agrees with an independent program", agreesInRhf);

  // It begins with the densities of free atoms, converged to 1e-5, and these are the field of such atoms themselves.
  it.each([
    { symbols: ["He"], iterations: 2 },
    { symbols: ["Be"], iterations: 3 },
    { symbols: ["Ne"], iterations: 3 },
    { symbols: ["Mg"], iterations: 3 },
    { symbols: ["Ar"], iterations: 3 },
    { symbols: ["Ne", "Be", "Ne", "Ar"], iterations: 4 },
  ])("of closed-shell atoms far apart is nearly there at the start: $symbols", async (given) => {
    const { symbols } = given;
    const basis = await referenceBasis("6-31g");
    const geometry = { symbols, coordinates_angstrom: symbols.flatMap((_, atom) => [0, 0, 40 * atom]) };
    using system = openSystem({ geometry, charge: 0, multiplicity: 1, basis });
    const scf = hartreeFock(system);
    expect(scf.outcome).toBe("converged");
    expect(scf.iterations).toBeLessThanOrEqual(given.iterations);
  });

  it("gives the same bits on one and on three threads, with and without stored integrals", async () => {
    const basis = await referenceBasis("6-31g*");
    const run = (threads: number, memoryBytes: number) => {
      using system = openWater(basis, { threads, memoryBytes });
      return hartreeFock(system);
    };
    const inCore = run(1, 2 ** 31);
    const direct = run(1, 2 ** 20);
    expect(inCore.storedIntegralBytes).toBeGreaterThan(0);
    expect(direct.storedIntegralBytes).toBe(0);
    expect(run(3, 2 ** 31)).toEqual(inCore);
    expect(run(3, 2 ** 20)).toEqual(direct);
    expect(Math.abs(direct.energy_hartree - inCore.energy_hartree)).toBeLessThan(SCF_TOLERANCE);
  });

  it("does not change when the molecule is turned and moved", async () => {
    const basis = await referenceBasis("6-31g*");
    const energyOf = (coordinates_angstrom: number[]) => {
      const geometry = { ...water, coordinates_angstrom };
      using system = openSystem({ geometry, charge: 0, multiplicity: 1, basis });
      return hartreeFock(system).energy_hartree;
    };
    const reference = energyOf(water.coordinates_angstrom);
    const angle = fc.double({ min: 0, max: 6.28, noNaN: true });
    const shift = fc.double({ min: -5, max: 5, noNaN: true });
    fc.assert(
      fc.property(angle, angle, shift, shift, (a, b, dx, dz) => {
        const turned: number[] = [];
        for (let atom = 0; atom < 3; atom++) {
          const [x = 0, y = 0, z = 0] = water.coordinates_angstrom.slice(3 * atom, 3 * atom + 3);
          const [x1, y1] = [Math.cos(a) * x - Math.sin(a) * y, Math.sin(a) * x + Math.cos(a) * y];
          const [y2, z2] = [Math.cos(b) * y1 - Math.sin(b) * z, Math.sin(b) * y1 + Math.cos(b) * z];
          turned.push(x1 + dx, y2, z2 + dz);
        }
        expect(Math.abs(energyOf(turned) - reference)).toBeLessThan(SCF_TOLERANCE);
      }),
      { numRuns: 20 },
    );
  });

  it("is size consistent: two molecules far apart have twice the energy of one", async () => {
    const basis = await referenceBasis("6-31g");
    const run = (symbols: string[], coordinates_angstrom: number[]) => {
      using system = openSystem({
        geometry: { symbols, coordinates_angstrom },
        charge: 0,
        multiplicity: 1,
        basis,
      });
      return hartreeFock(system).energy_hartree;
    };
    const far = water.coordinates_angstrom.map((x, i) => (i % 3 === 0 ? x + 1e4 : x));
    const one = run(water.symbols, water.coordinates_angstrom);
    const two = run([...water.symbols, ...water.symbols], [...water.coordinates_angstrom, ...far]);
    expect(Math.abs(two - 2 * one)).toBeLessThan(SCF_TOLERANCE);
  });

  it.each([20, 35, 50])(
    "of H2 at %d Å leaves the ions for the atoms that share the pair",
    async (distance) => {
      const basis = await referenceBasis("sto-3g");
      const run = (symbols: string[], coordinates_angstrom: number[], multiplicity: number) => {
        const geometry = { symbols, coordinates_angstrom };
        using system = openSystem({ geometry, charge: 0, multiplicity, basis });
        return hartreeFock(system);
      };
      const atom = run(["H"], [0, 0, 0], 2).energy_hartree;
      const { outcome, energy_hartree, stability } = run(["H", "H"], [0, 0, 0, 0, 0, distance], 1);
      expect(outcome).toBe("converged");
      expect(stability.verdict).toBe("stable");
      // Two atoms and half of each ion pair: (aa|aa) on one site, 1/R less between them.
      const shared = 2 * atom + 0.5 * (COULOMB_ON_HYDROGEN - 1 / toBohr(distance));
      expect(Math.abs(energy_hartree - shared)).toBeLessThan(SCF_TOLERANCE);
    },
  );

  it("never tells of more iterations than it says there may be, where it leaves saddle points too", async () => {
    const control = createControlBlock();
    const geometry = { symbols: ["N", "N"], coordinates_angstrom: [0, 0, 0, 0, 0, 2.2] };
    const basis = await referenceBasis("sto-3g");
    using system = openSystem({ geometry, charge: 0, multiplicity: 1, basis, control });
    const scf = hartreeFock(system, { kind: "uhf", maxIterations: 20 });
    expect(scf.stability.followed).toBeGreaterThan(0);
    expect(scf.iterations).toBeGreaterThan(20);
    const { iteration, maxIterations } = readIterations(control);
    expect(iteration).toBeGreaterThan(20);
    expect(maxIterations).toBeGreaterThanOrEqual(iteration);
  });

  it.each([1.1, 1.6, 2.2])(
    "downhill where the spins part is that downhill in every direction, for half the Fock matrices: N2 at %f Å",
    async (distance) => {
      const geometry = { symbols: ["N", "N"], coordinates_angstrom: [0, 0, 0, 0, 0, distance] };
      using system = openSystem({
        geometry,
        charge: 0,
        multiplicity: 1,
        basis: await referenceBasis("6-31g"),
      });
      const { orbitals } = hartreeFock(system);
      const [every, parting] = (["follow", "part-spins"] as const).map((stability) =>
        hartreeFock(system, { kind: "uhf", start: { orbitals }, stability }),
      );
      expect(parting!.stability.verdict).toBe("stable");
      expect(parting!.stability.followed > 0).toBe(distance > 1.5);
      expect(Math.abs(parting!.energy_hartree - every!.energy_hartree)).toBeLessThan(SCF_TOLERANCE);
      expect(parting!.fockBuilds).toBeLessThan(0.75 * every!.fockBuilds);
    },
  );

  it("that has too few iterations is an outcome, with its last energy", async () => {
    using system = openWater(await referenceBasis("sto-3g"));
    const scf = hartreeFock(system, { maxIterations: 3 });
    expect(scf.outcome).toBe("not-converged");
    expect(scf.iterations).toBe(3);
    expect(scf.energy_hartree).toBeLessThan(-74);
    expect(scf.gradient_hartree).toBeGreaterThan(1e-8);
  });
});
