/**
 * Density functionals with gradients, C-PCM, MP2 by density fitting, CCSD(T), second derivatives and a geometry by HF-3c, and with
 * `--peers` those of PySCF at the same molecules in the same run.
 *
 *     npm run bench -- classical [--peers] [--only functionals,solvent,…] [--tasks benzene,caffeine] [--threads 1,2]
 *
 * --tasks: those whose names begin so; of CCSD(T) and the geometry there is one set.
 */
import { coupledClusterSection } from "./chemistry/coupled-cluster.ts";
import { geometrySection } from "./compare/geometry.ts";
import { compare } from "./compare/rows.ts";
import { runSections, type Section } from "./compare/sections.ts";
import { fittedMp2Tasks, functionalTasks, solventTasks, vibrationTasks } from "./problems/comparison.ts";

const SECTIONS = {
  functionals: (asked) => compare("RKS", asked.of(functionalTasks()), asked),
  solvent: (asked) => compare("Fields in water", asked.of(solventTasks()), asked),
  mp2: (asked) => compare("RHF and MP2 by density fitting", asked.of(fittedMp2Tasks()), asked),
  cc: ({ peers }) => coupledClusterSection(peers),
  vibrations: (asked) => compare("Second derivatives", asked.of(vibrationTasks()), asked),
  geometry: geometrySection,
} satisfies Record<string, Section>;

export const run = (args: string[]): Promise<void> => runSections(args, SECTIONS);
