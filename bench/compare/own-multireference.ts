/** Tasks of several determinants in this program. */
import { solveSelectedCi } from "#core/quantum/ci/selected-ci.ts";
import { solveSpinStates } from "#core/quantum/ci/spin-states.ts";
import { hartreeFock } from "#core/quantum/field/scf.ts";
import { openSystem } from "#core/quantum/field/system.ts";
import { loadBasisSet } from "#core/quantum/molecule/basis.ts";
import { casscf } from "#core/quantum/multireference/casscf.ts";
import { nevpt2 } from "#core/quantum/multireference/nevpt2.ts";
import { orbitalIntegrals } from "#core/quantum/multireference/orbital-gradient.ts";
import {
  activeSpaceHamiltonian,
  chooseActiveSpace,
  spaceOrbitals,
} from "#core/quantum/space/active-space.ts";
import { resources } from "../chemistry/measure.ts";
import { Parts, requireConverged } from "./own-parts.ts";
import type { CasscfTask, SelectedTask, SpaceTask, SpinsTask } from "./task.ts";

/** As weight in the targets, of AVAS. */
const THRESHOLD = 0.2;

/** The field and its space, in no time. */
async function spaceOf({ symbols, coordinates_angstrom, basis, space, targets }: SpaceTask, threads: number) {
  const system = openSystem({
    ...{ geometry: { symbols, coordinates_angstrom }, charge: 0, multiplicity: 1, threads },
    basis: await loadBasisSet(resources, basis),
  });
  const scf = hartreeFock(system, { stability: "none" });
  requireConverged("RHF", scf.outcome);
  const request = targets ? ({ rule: "avas", targets, threshold: THRESHOLD } as const) : space;
  const chosen = await chooseActiveSpace(system, scf, { request, resources });
  const { nelec, norb } = chosen.space;
  if (nelec !== space.nelec || norb !== space.norb)
    throw new Error(`expected (${space.nelec}e,${space.norb}o), got (${nelec}e,${norb}o)`);
  return { opened: system, chosen };
}

export async function casscfParts(task: CasscfTask, threads: number): Promise<Parts> {
  const { opened, chosen } = await spaceOf(task, threads);
  using system = opened;
  const parts = new Parts();
  const orbitals = spaceOrbitals(system, chosen.orbitals, chosen.space);
  parts.time(
    "transformation",
    () => orbitalIntegrals(system, orbitals),
    ({ hamiltonian }) => ({
      energy: hamiltonian.coreEnergy,
    }),
  );
  const found = parts.time(
    "CASSCF",
    () =>
      casscf(
        system,
        { starts: [{ name: "the space's orbitals", orbitals }], skipped: [] },
        { electrons: task.space.nelec, states: [{ multiplicity: 1, count: 1 }], context: { threads } },
      ),
    ({ solutions: [first], optimisation }) => ({
      energy: first!.solution.states[0]!.energy_hartree, // one state of one spin was asked for
      detail: `${optimisation.iterations} iterations`,
    }),
  );
  requireConverged("CASSCF", found.optimisation.outcome);
  const [{ nelec, solution }] = found.solutions as [(typeof found.solutions)[number]]; // one spin was asked for
  const { coefficients } = solution.states[0]!; // one state was
  parts.time(
    "NEVPT2",
    () => nevpt2(system, found.orbitals, { norb: task.space.norb, nelec, coefficients }),
    ({ energy_hartree }) => ({ energy: energy_hartree }),
  );
  return parts;
}

export async function spinsParts(task: SpinsTask, threads: number): Promise<Parts> {
  const { opened, chosen } = await spaceOf(task, threads);
  using system = opened;
  const parts = new Parts();
  const hamiltonian = parts.time(
    "integrals",
    () => activeSpaceHamiltonian(system, chosen.orbitals, chosen.space),
    ({ coreEnergy }) => ({ energy: coreEnergy }),
  );
  for (const multiplicity of task.multiplicities)
    parts.time(
      `2S + 1 = ${multiplicity}`,
      () => solveSpinStates(hamiltonian, [{ multiplicity, count: 1 }], { threads })[0]!.solution, // one spin was asked for
      ({ outcome, states, determinants, iterations }) => {
        requireConverged("FCI", outcome);
        const detail = `${determinants} determinants, ${iterations} iterations`;
        return { energy: states[0]!.energy_hartree, detail }; // one state was asked for
      },
    );
  return parts;
}

/** Determinants of the runs, smallest first. */
const SIZES = [1000, 3000, 10_000, 20_000, 40_000, 80_000, 160_000, 320_000];

export async function selectedParts(task: SelectedTask, threads: number): Promise<Parts> {
  const { opened, chosen } = await spaceOf(task, threads);
  using system = opened;
  const parts = new Parts();
  const hamiltonian = activeSpaceHamiltonian(system, chosen.orbitals, chosen.space);
  const off = (energy: number): number => energy - task.exact_hartree;
  /** Of ⟨H⟩, and of it with perturbation. */
  const within = new Set<string>();
  for (const maxDeterminants of SIZES) {
    const solve = () => solveSelectedCi(hamiltonian, { maxDeterminants, threads });
    parts.time(`${maxDeterminants} determinants`, solve, ({ outcome, states: [state], determinants }) => {
      requireConverged("selected CI", outcome);
      const { variational_hartree: bound, perturbation_hartree: rest } = state!; // one was asked for
      const errors = [
        ["⟨H⟩", off(bound)],
        ["with PT2", off(bound + rest)],
      ] as const;
      for (const [name, error] of errors) if (Math.abs(error) <= task.error_hartree) within.add(name);
      const words = errors.map(([name, error]) => `${name} ${error.toExponential(1)}`).join(", ");
      return { energy: bound + rest, detail: `${determinants} determinants: ${words}` };
    });
    if (within.size === 2) break;
  }
  return parts;
}
