import { describe, expect, it } from "vitest";
import { createControlBlock, requestCancel } from "#core/quantum/control-block.ts";
import { evaluateEnergy } from "#core/quantum/evaluate/evaluator.ts";
import { Evaluation } from "#shared/properties/evaluation.ts";
import { EnergyRequest } from "#shared/quantum/energy-request.ts";
import { EnergyResult } from "#shared/quantum/energy-result.ts";
import { vqeBound } from "#shared/quantum/state-result.ts";
import {
  asEvaluation,
  evaluateVerticalIonisation,
  type IonisationRequest,
} from "../../vertical-ionisation.ts";
import {
  type ReferenceMolecule,
  readReference,
  referenceGeometry,
  resources,
} from "../chemistry-reference.ts";

/** References are given to ten decimals from Davidson runs of their own. */
const CASCI_TOLERANCE = 1e-7;
/** Chemical accuracy, 1 kcal/mol. */
const CHEMICAL_ACCURACY_HARTREE = 1.6e-3;
/** The bound is exact; rounding is not. */
const ROUNDING = 1e-9;

const context = { resources };

interface Entry extends ReferenceMolecule {
  n_basis_functions: number;
  scf: { homo: number };
  casci?: {
    n_electrons: number;
    n_orbitals: number;
    e_s0: number;
    active_space_unique: boolean;
    cation_same_orbitals?: { e_doublet: number };
  }[];
}

const read = (file: string): Entry[] => readReference<{ entries: Entry[] }>(file).entries;

/** Small enough for a quick suite: up to 40 functions. */
const cases = ["organics_casci_ionisation.json", "small_molecules.json"]
  .flatMap(read)
  .filter(
    ({ basis, charge, multiplicity }) => /^(sto-3g|6-31g)$/.test(basis) && charge === 0 && multiplicity === 1,
  )
  .filter((entry) => entry.n_basis_functions <= 40)
  .flatMap((entry) =>
    (entry.casci ?? [])
      .filter((space) => space.active_space_unique && space.n_orbitals <= 4)
      .map((space) => ({ name: `${entry.id} (${space.n_electrons}e,${space.n_orbitals}o)`, entry, space })),
  );

const water: IonisationRequest = {
  geometry: referenceGeometry(
    read("small_molecules.json").find(({ id }) => id === "h2o_sto3g")!.geometry_angstrom,
  ),
  basis: "sto-3g",
  activeSpace: null,
  ansatz: "uccsd",
  maxIterations: 200,
};

describe("vertical ionisation against the reference set", () => {
  it.each(cases)("$name: exact energies agree and VQE lies close above", async ({ entry, space }) => {
    const result = await evaluateVerticalIonisation(
      {
        ...water,
        geometry: referenceGeometry(entry.geometry_angstrom),
        basis: entry.basis,
        activeSpace: { nelec: space.n_electrons, norb: space.n_orbitals },
      },
      context,
    );
    expect(result.outcome).toBe("converged");
    const { neutral, cation } = result;
    expect(Math.abs(neutral.casci!.energy_hartree - space.e_s0)).toBeLessThan(CASCI_TOLERANCE);
    const doublet = space.cation_same_orbitals?.e_doublet;
    if (doublet !== undefined)
      expect(Math.abs(cation!.casci.energy_hartree - doublet)).toBeLessThan(CASCI_TOLERANCE);
    expect(Math.abs(result.koopmans_hartree! + entry.scf.homo)).toBeLessThan(1e-6);
    for (const { vqe, casci } of [{ vqe: neutral.vqe!, casci: neutral.casci! }, cation!]) {
      const above = vqe.energy_hartree - casci.energy_hartree;
      expect(above).toBeGreaterThan(-ROUNDING);
      expect(above).toBeLessThan(CHEMICAL_ACCURACY_HARTREE);
    }
    expect(result.vertical_hartree).toBeCloseTo(cation!.vqe.energy_hartree - neutral.vqe!.energy_hartree, 12);
  });

  it("covers both sets", () => expect(cases.length).toBeGreaterThan(40));
});

describe("the evaluator", () => {
  it("answers in the common words", async () => {
    const result = await evaluateVerticalIonisation(water, context);
    expect(Evaluation.parse(asEvaluation(result))).toEqual(asEvaluation(result));
    expect(result.neutral.activeSpace).toMatchObject({ nelec: 4, norb: 4, orbitals: [3, 4, 5, 6] });
    // Water's C2v leaves two mirror planes beside the two spin parities.
    expect(result.neutral.vqe).toMatchObject({
      qubits: 8,
      qubitsTapered: 4,
      reference: { alpha: [0, 1], beta: [0, 1] },
    });
    expect(result.cation!.vqe.reference).toEqual({ alpha: [0, 1], beta: [0] });
  });

  it("is not asked for more iterations than it can count", () => {
    const request = { ...water, method: "vqe", charge: 0, multiplicity: 1 };
    expect(EnergyRequest.safeParse(request).success).toBe(true);
    expect(EnergyRequest.safeParse({ ...request, maxIterations: 2 ** 32 }).success).toBe(false);
  });

  it("shrinks the default active space to a small molecule", async () => {
    const geometry = { symbols: ["H", "H"], coordinates_angstrom: [0, 0, 0, 0, 0, 0.735] };
    const { neutral, cation } = await evaluateVerticalIonisation({ ...water, geometry }, context);
    expect(neutral.activeSpace).toMatchObject({ nelec: 2, norb: 2, orbitals: [0, 1] });
    expect(cation!.vqe.energy_hartree).toBeCloseTo(cation!.casci.energy_hartree, 8);
  });

  it("stops at Hartree–Fock when asked to", async () => {
    const request = { ...water, method: "rhf" as const, charge: 0, multiplicity: 1 };
    const result = await evaluateEnergy(request, context);
    expect(EnergyResult.parse(result)).toEqual(result);
    expect(result).toMatchObject({ activeSpace: null, casci: null, vqe: null });
  });

  it("computes an open shell in ROHF orbitals", async () => {
    const geometry = { symbols: ["O", "H"], coordinates_angstrom: [0, 0, 0, 0, 0, 0.97] };
    const request = { ...water, geometry, method: "vqe" as const, charge: 0, multiplicity: 2 };
    const { casci, vqe, activeSpace } = await evaluateEnergy(request, context);
    expect(activeSpace!.nelec).toBe(5);
    expect(vqe!.outcome).toBe("converged");
    expect(vqe!.energy_hartree - casci!.energy_hartree).toBeGreaterThan(-ROUNDING);
    expect(vqe!.energy_hartree - casci!.energy_hartree).toBeLessThan(CHEMICAL_ACCURACY_HARTREE);
  });

  it("shows an unconverged VQE as such and gives no ionisation energy", async () => {
    const result = await evaluateVerticalIonisation({ ...water, maxIterations: 1 }, context);
    expect(result.outcome).toBe("not-converged");
    expect(result.neutral.vqe!.outcome).toBe("not-converged");
    expect(result.vertical_hartree).toBeNull();
    expect(result.verticalCasci_hartree).not.toBeNull();
  });

  it("stops with AbortError when its control block says so", async () => {
    const control = createControlBlock();
    requestCancel(control);
    await expect(evaluateVerticalIonisation(water, { ...context, control })).rejects.toMatchObject({
      name: "AbortError",
    });
  });

  it("compares VQE with a state of its own kind where a higher spin lies lower", async () => {
    // The valley is so flat that rounding, which differs between instruction sets, decides how many iterations lead through it.
    const geometry = { symbols: ["N", "N"], coordinates_angstrom: [0, 0, 0, 0, 0, 4.5] };
    const activeSpace = { nelec: 6, norb: 6 };
    const state = { method: "vqe" as const, charge: 0, multiplicity: 1, maxIterations: 1000 };
    const request = { ...water, geometry, activeSpace, ...state };
    const { casci, vqe } = await evaluateEnergy(request, context);
    expect(vqe!.outcome).toBe("converged");
    expect(vqe!.energy_hartree).toBeLessThan(casci!.energy_hartree);
    expect(vqe!.spinSquare).toBeGreaterThan(0.1);
    // Two quartet atoms: the septet, S(S+1) = 12, is the lowest of the seven nearly degenerate states.
    expect(casci!.lowestOfAnySpin!.spinSquare).toBeCloseTo(12, 4);
    expect(vqe!.energy_hartree).toBeGreaterThan(vqeBound(casci!) - ROUNDING);
  });

  it("says nothing of other spins where VQE keeps its own", async () => {
    const { neutral, cation } = await evaluateVerticalIonisation(water, context);
    expect([neutral.casci!.lowestOfAnySpin, cation!.casci.lowestOfAnySpin]).toEqual([null, null]);
    expect(neutral.vqe!.spinSquare).toBeCloseTo(0, 3);
    expect(cation!.vqe.spinSquare).toBeCloseTo(0.75, 2);
  });

  it("finds two atoms 50 Å apart, not two ions", async () => {
    const geometry = { symbols: ["H", "H"], coordinates_angstrom: [0, 0, 0, 0, 0, 50] };
    const request = { ...water, geometry, method: "vqe" as const, charge: 0, multiplicity: 1 };
    const { casci, vqe } = await evaluateEnergy(request, context);
    expect(Math.abs(vqe!.energy_hartree - casci!.energy_hartree)).toBeLessThan(CASCI_TOLERANCE);
  });

  it("refuses a space that is too large, and more iterations than can be counted, before the SCF", async () => {
    const carbons = Array.from({ length: 10 }, (_, i) => [0, 0, 1.3 * i]).flat();
    const geometry = { symbols: new Array<string>(10).fill("C"), coordinates_angstrom: carbons };
    const large = { ...water, geometry, activeSpace: { nelec: 30, norb: 30 } };
    const control = createControlBlock();
    await expect(evaluateVerticalIonisation(large, { ...context, control })).rejects.toThrow(/would fit/);
    for (const [method, reason] of [
      ["fci", /would fit/],
      ["sci", /at most 64 orbitals/],
    ] as const) {
      const whole = {
        ...large,
        ...{ method, charge: 0, multiplicity: 1, activeSpace: null, basis: "6-31g" },
      };
      await expect(evaluateEnergy(whole, { ...context, control })).rejects.toThrow(reason);
    }
    const endless = { ...water, maxIterations: 2 ** 31 };
    await expect(evaluateVerticalIonisation(endless, { ...context, control })).rejects.toThrow(/up to 10000/);
    expect(control[1]).toBe(0);
  });

  it("has the same bits on one and on two threads", async () => {
    const energies = async (threads: number) => {
      const { vertical_hartree, neutral } = await evaluateVerticalIonisation(water, { ...context, threads });
      return [vertical_hartree, neutral.casci!.energy_hartree, ...neutral.vqe!.trace_hartree];
    };
    expect(await energies(2)).toEqual(await energies(1));
  });

  it("refuses an active space that the molecule cannot hold", async () => {
    const request = { ...water, activeSpace: { nelec: 12, norb: 6 } };
    await expect(evaluateVerticalIonisation(request, context)).rejects.toThrow(
      /does not fit: expected at most 10/,
    );
  });
});
