/** What `ansatz energy` prints of the field, and of what was tried to find it. */

import type { CoupledClusterResult } from "#shared/quantum/coupled-cluster-result.ts";
import { dispersionTitle, withDispersion } from "#shared/quantum/dispersion.ts";
import type { EnergyResult } from "#shared/quantum/energy-result.ts";
import { pureSpinSquare } from "#shared/quantum/field-result.ts";
import { purerSolution, solutionsOf } from "#shared/quantum/field-solutions.ts";
import { fieldTitle, referenceTitle } from "#shared/quantum/field-title.ts";
import { solventTitle } from "#shared/quantum/solvents.ts";
import { toKcalPerMol } from "#shared/units.ts";
import { fixed, print } from "../../output.ts";
import { row } from "./row.ts";

const energyRow = (name: string, energy: number, rest: string) =>
  row(name, fixed(energy, 10), `Eh   ${rest}`);

type Field = EnergyResult["hartreeFock"];

/** What the stability test and the starts say, no more. */
function checked(field: Field): string {
  const { stability, search } = field;
  if (!stability || stability.verdict === "not-checked") return "";
  const within =
    stability.verdict === "stable" ? `stable within ${referenceTitle(field)}` : stability.verdict;
  if (!search) return `, ${within}`;
  const { length } = search.starts;
  return `, ${within}, ${length === 1 ? "one start was enough: the energy rises steeply in every direction" : `the lowest found from ${length} starts`}`;
}

/** Starts that end in one solution; by name only where others end elsewhere. */
function reachedFrom(starts: readonly string[], all: number): string {
  if (starts.length === all) return `from all ${all} starts`;
  return `from ${starts.length} of ${all} starts: ${starts.join("; ")}`;
}

function printSearch({ search, kohnSham }: Field, multiplicity: number): void {
  if (!search || search.starts.length === 1) return;
  const solutions = solutionsOf(search);
  const lowest = solutions[0]?.energy_hartree ?? Number.NaN;
  for (const { energy_hartree, spinSquare, starts } of solutions) {
    const above = toKcalPerMol(energy_hartree - lowest);
    const height = above < 1e-3 ? "lowest" : `${fixed(above, 2)} kcal/mol above`;
    energyRow(
      "  solution",
      energy_hartree,
      `${height}, ⟨S²⟩ ${fixed(spinSquare, 4)}, ${reachedFrom(starts, search.starts.length)}`,
    );
  }
  const failed = search.starts.filter(({ outcome }) => outcome === "not-converged");
  if (failed.length > 0)
    print(`  Not converged from these starts: ${failed.map(({ start }) => start).join("; ")}`);
  const purer = purerSolution(search, multiplicity);
  if (!purer || !solutions[0]) return;
  const [broken, pure] = [solutions[0].spinSquare, purer.spinSquare].map((value) => fixed(value, 4));
  print(
    `  The lowest solution breaks spin symmetry: ⟨S²⟩ ${broken}, where a pure state has ${fixed(pureSpinSquare(multiplicity), 2)}. ` +
      `${referenceTitle({ reference: purer.kind, kohnSham })} with ⟨S²⟩ ${pure} lies ${fixed(toKcalPerMol(purer.energy_hartree - lowest), 2)} kcal/mol higher, ` +
      `at ${fixed(purer.energy_hartree, 10)} Eh.`,
  );
}

/** What is added to the field's energy, and both together. */
function printDispersion({ hartreeFock, dispersion }: EnergyResult): void {
  if (!dispersion) return;
  energyRow("dispersion", dispersion.energy_hartree, `${dispersionTitle(dispersion)}, pairs of atoms`);
  if (hartreeFock.outcome === "converged")
    energyRow(
      "together",
      hartreeFock.energy_hartree + dispersion.energy_hartree,
      withDispersion(fieldTitle(hartreeFock), dispersion),
    );
}

/** What the solvent does to the field. */
function printSolvent({ solvent }: Field): void {
  if (!solvent) return;
  const { solvation_hartree, term_hartree, points } = solvent;
  const what = `in ${solventTitle(solvent)}, ${points} surface charges, their term ${fixed(term_hartree, 10)}`;
  if (solvation_hartree === null) row("  solvation", "–", `     ${what}; no field in the gas phase`);
  else
    energyRow(
      "  solvation",
      solvation_hartree,
      `${what}; ${fixed(toKcalPerMol(solvation_hartree), 2)} kcal/mol from the gas phase`,
    );
}

/** The error of the grid, and how far it miscounts the electrons. */
function printGrid({ kohnSham }: Field): void {
  if (!kohnSham) return;
  const { level, points, electronError, error_hartree } = kohnSham.grid;
  const counted = `${points} points, ${electronError.toExponential(1)} electrons off`;
  if (error_hartree === null) row("  grid", level, `     ${counted}`);
  else energyRow("  grid error", error_hartree, `at most, of the ${level} grid; ${counted}`);
}

const frozen = ({ nFrozenCore }: { nFrozenCore: number }): string =>
  nFrozenCore > 0 ? `, ${nFrozenCore} core orbitals frozen` : "";

export function printCoupledCluster(found: CoupledClusterResult): void {
  const { outcome, energy_hartree, triples_hartree: triples } = found;
  const correlation = found.correlation_hartree - (triples ?? 0);
  energyRow(
    "CCSD",
    energy_hartree - (triples ?? 0),
    `${outcome}, ${found.iterations} iterations, correlation ${fixed(correlation, 10)} Eh${frozen(found)}, ` +
      `${fixed(found.wallTime_ms, 1)} ms`,
  );
  if (triples !== null) energyRow("CCSD(T)", energy_hartree, `triples ${fixed(triples, 10)} Eh`);
  row(
    "  T1",
    fixed(found.t1Diagnostic, 4),
    `     D1 ${fixed(found.d1Diagnostic, 4)}, largest amplitude ${fixed(found.largestAmplitude, 4)}`,
  );
}

export function printField(result: EnergyResult): void {
  const { hartreeFock, multiplicity, properties, mp2, coupledCluster } = result;
  const { outcome, iterations, reference, spinSquare, densityFitting, droppedFunctions } = hartreeFock;
  const spin = reference === "rhf" ? "" : `, ⟨S²⟩ ${fixed(spinSquare, 4)}`;
  energyRow(
    fieldTitle(hartreeFock),
    hartreeFock.energy_hartree,
    `${outcome}, ${referenceTitle(hartreeFock)}, ${iterations} iterations${spin}${checked(hartreeFock)}${result.dispersion ? ", without dispersion" : ""}`,
  );
  printSearch(hartreeFock, multiplicity);
  if (droppedFunctions > 0)
    row(
      "  left out",
      String(droppedFunctions),
      "     combinations of basis functions that are linearly dependent (overlap below 1e-7)",
    );
  printGrid(hartreeFock);
  printSolvent(hartreeFock);
  if (densityFitting)
    energyRow(
      "  fitting error",
      densityFitting.error_hartree,
      `${densityFitting.nAuxiliary} functions of ${densityFitting.auxiliary}`,
    );
  printDispersion(result);
  if (properties) {
    const [x, y, z] = properties.dipole_debye.map((value) => fixed(value, 4));
    row("dipole", fixed(Math.hypot(...properties.dipole_debye), 4), `D    ${x} ${y} ${z}`);
  }
  if (mp2)
    energyRow(
      "MP2",
      mp2.energy_hartree,
      `correlation ${fixed(mp2.correlation_hartree, 10)} Eh${frozen(mp2)}, ${fixed(mp2.wallTime_ms, 1)} ms`,
    );
  if (coupledCluster) printCoupledCluster(coupledCluster);
}
