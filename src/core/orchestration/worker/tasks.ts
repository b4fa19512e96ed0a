/** How each task is done where it runs. What does it is loaded with the first task of its kind. */
import { abortError } from "#shared/errors.ts";
import type { TaskContext } from "../dispatch/context.ts";
import type { TaskInput, TaskName, TaskOutput } from "../dispatch/tasks.ts";
import { threadChemistry } from "../threads/thread-chemistry.ts";

type Work = {
  [Name in TaskName]: (input: TaskInput<Name>, context: TaskContext) => Promise<TaskOutput<Name>>;
};

const evaluating = () => import("../stages/evaluate/run.ts");

export const TASKS: Work = {
  filter: async (...work) => (await import("../stages/filter/run.ts")).filterStage.run(...work),
  acquire: async (...work) => (await import("../stages/acquire/run.ts")).acquireStage.run(...work),
  embed: async (...work) => (await import("../stages/embed/run.ts")).embedStage.run(...work),
  conformers: async (input) => (await import("../stages/embed/shapes.ts")).shapesOf(input),
  evaluate: async (...work) => (await evaluating()).evaluateStage.run(...work),
  energy: async (...work) => (await evaluating()).energyTask(...work),
  energyCurve: async (...work) => (await evaluating()).energyCurveTask(...work),
  calculate: async (...work) => (await evaluating()).calculateTask(...work),
  surface: async (...work) => (await evaluating()).surfaceTask(...work),
  potentialSurface: async (...work) => (await evaluating()).potentialSurfaceTask(...work),
  hamiltonian: async (...work) => (await evaluating()).hamiltonianTask(...work),
  grid: async (...work) => (await evaluating()).gridTask(...work),
  fitCircuit: async (asked) => (await import("#core/quantum/backends/fit-circuit.ts")).fittedCircuit(asked),
  async fingerprints({ smiles }, { resources }) {
    const chemistry = await threadChemistry(resources);
    return smiles.map((one) => chemistry.fingerprints(one));
  },
  chemicalMap: async (input) => (await import("./chemical-map.ts")).chemicalMap(input),
  async readLibrary({ files, reading }, { control }) {
    const { loadRdkit } = await import("#core/chemistry/toolkit/rdkit.ts");
    const { readLibrary } = await import("#core/generation/molecules/library/read-library.ts");
    const { isCancelled, tellIteration } = await import("#core/quantum/control-block.ts");
    return readLibrary(await loadRdkit(), files, {
      reading,
      isCancelled: () => isCancelled(control),
      onRow: (rows) => tellIteration(control, rows),
    });
  },
  async tautomers({ smiles, most }, { control }) {
    const { loadRdkit } = await import("#core/chemistry/toolkit/rdkit.ts");
    const { tautomerFinder } = await import("#core/chemistry/sites/tautomer-smiles.ts");
    const { isCancelled, tellIteration } = await import("#core/quantum/control-block.ts");
    using finder = tautomerFinder(await loadRdkit());
    return smiles.map((one, i) => {
      if (isCancelled(control)) throw abortError();
      tellIteration(control, i + 1);
      return finder.of(one, most);
    });
  },
  async readMolecules({ file, name }, { control }) {
    const { loadRdkit } = await import("#core/chemistry/toolkit/rdkit.ts");
    const { readMolecules } = await import("#core/generation/molecules/read-molecules.ts");
    const { isCancelled } = await import("#core/quantum/control-block.ts");
    return readMolecules(await loadRdkit(), file, { name, isCancelled: () => isCancelled(control) });
  },
  async integrity({ path }) {
    const { checkIntegrity } = await import("#core/notebook/evidence/integrity.ts");
    return checkIntegrity(path);
  },
  async verify({ path }, { resources }) {
    const { verifyNotebook } = await import("#core/notebook/evidence/verify.ts");
    return verifyNotebook(path, { fingerprints: (await threadChemistry(resources)).fingerprints });
  },
  verifyArchive: async ({ archive }) => (await import("../files/archive.ts")).verifyArchive(archive),
};
