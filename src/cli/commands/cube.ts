/** `ansatz cube`: an orbital or a density of a molecule as a cube file, which most viewers read. */
import type { Command } from "commander";
import { DomainError } from "#shared/errors.ts";
import { formatCube } from "#shared/molecule/cube.ts";
import { basisTitle } from "#shared/quantum/basis-functions.ts";
import { GridRequest } from "#shared/quantum/energy-request.ts";
import { addFunctionOptions, type FunctionOptions, functionsOf } from "../basis-options.ts";
import { checkTarget, writeTextFile } from "../files.ts";
import { integerOption, numberOption, openEngine, signalOfProcess } from "../host.ts";
import { addMoleculeInput, type MoleculeOptions, readMolecule } from "../molecule-input.ts";
import { endProgress, print, printJson, progressLine, remark } from "../output.ts";
import { parseChoice } from "../vqe-options.ts";
import { assumedSpin } from "./energy/assumed-spin.ts";

interface CubeOptions extends MoleculeOptions, FunctionOptions {
  field: string;
  spin: string;
  spacing: number;
  basis: string;
  method?: string;
  out: string;
  threads?: number;
  json?: boolean;
}

export function completeCube(command: Command): void {
  command
    .argument("<molecule>", "path of an .xyz file, or a SMILES string in quotes")
    .option(
      "--field <name>",
      "density | spin-density | homo | lumo | number of an orbital, the lowest is 1",
      "density",
    )
    .option("--spin <name>", "alpha | beta: whose orbital", "alpha")
    .option("--spacing <Å>", "distance of the points", numberOption("spacing", 0.02, 2), 0.2);
  addMoleculeInput(command)
    .option("--basis <name>", "basis set; 6-31g or larger for results, sto-3g is for tests", "sto-3g")
    .option("--method <name>", "rhf | uhf | rohf (default: rhf for singlets, otherwise uhf)")
    .option("--out <file>", "the file to write", "ansatz.cube")
    .option("--seed <n>", "seed of the 3D embedding of a SMILES", integerOption("seed", 0), 1)
    .option("--threads <n>", "worker threads", integerOption("threads", 1, 1024))
    .option("--json", "print one JSON document");
  addFunctionOptions(command).action(runCube);
}

/** Reads "density", "homo" or the number of an orbital, from 1. */
function readField(text: string): GridRequest["field"] {
  const named = GridRequest.shape.field.safeParse(text.toLowerCase());
  if (named.success) return named.data;
  if (/^[1-9]\d*$/.test(text)) return Number(text) - 1;
  throw new DomainError(
    "invalid-input",
    `--field: expected density, spin-density, homo, lumo or the number of an orbital from 1, got "${text}".`,
  );
}

async function runCube(text: string, options: CubeOptions): Promise<void> {
  const { out, spacing: spacing_angstrom } = options;
  const field = readField(options.field);
  const { method: Method, spin: Spin } = GridRequest.shape;
  const asked = options.method === undefined ? undefined : parseChoice(Method, "method", options.method);
  const spin = parseChoice(Spin, "spin", options.spin);
  checkTarget(out);
  await using engine = await openEngine({ notebook: ":memory:", threads: options.threads });
  const molecule = await readMolecule(engine, text, options);
  const { geometry, formalCharge, ghosts, notes } = molecule;
  const multiplicity = options.multiplicity ?? molecule.multiplicity ?? 1;
  const method = asked ?? (multiplicity === 1 ? "rhf" : "uhf");
  const notices = [...notes, ...assumedSpin(molecule, options)];
  notices.forEach(remark);
  if (ghosts.length > 0)
    throw new DomainError("invalid-input", "A cube shows true atoms: expected a file without ghosts.");
  const request: GridRequest = {
    geometry,
    multiplicity,
    method,
    field,
    spin,
    spacing_angstrom,
    charge: options.charge ?? formalCharge,
    basis: options.basis.toLowerCase(),
    ...functionsOf(options),
  };
  const grid = await engine.molecules.grid(request, { signal: signalOfProcess(), report: progressLine() });
  endProgress();
  grid.notes.forEach(remark);
  const title = `${options.field} of ${text}, ${method}/${basisTitle(request.basis, request.functions)}`;
  const unit = field === "density" || field === "spin-density" ? "e/bohr^3" : "bohr^(-3/2)";
  writeTextFile(out, formatCube(geometry, grid, [title, `Ansatz, ${unit}`]));
  const { origin_angstrom, axes_angstrom, counts } = grid;
  if (options.json)
    printJson({
      file: out,
      unit,
      origin_angstrom,
      axes_angstrom,
      counts,
      notices: [...notices, ...grid.notes],
    });
  else print(`${title}: ${counts.join(" × ")} points, ${unit}, in ${out}`);
}
