/**
 * CASSCF, NEVPT2, full CI of several spins and selected CI, and with `--peers` those of PySCF and DMRG in block2 at the same molecules in
 * the same run.
 *
 *     npm run bench -- multireference [--peers] [--only casscf,spins,…] [--tasks benzene,N2] [--threads 1,2]
 *
 * --tasks: those whose names begin so.
 */

import { peakSection } from "./compare/peak.ts";
import { compare } from "./compare/rows.ts";
import { runSections, type Section } from "./compare/sections.ts";
import { selectedSection } from "./compare/selected.ts";
import { casscfTasks, selectedTasks, spinsTasks } from "./problems/comparison.ts";

const SECTIONS = {
  casscf: (asked) => compare("CASSCF and strongly contracted NEVPT2", asked.of(casscfTasks()), asked),
  spins: (asked) => compare("Full CI of each spin, one set of orbitals", asked.of(spinsTasks()), asked),
  selected: (asked) => selectedSection(asked.of(selectedTasks()), asked),
  peak: peakSection,
} satisfies Record<string, Section>;

export const run = (args: string[]): Promise<void> => runSections(args, SECTIONS);
