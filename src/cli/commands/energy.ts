/** `ansatz energy`: one molecule, one number that can be checked. */
import { existsSync } from "node:fs";
import type { Command } from "commander";
import type { Engine } from "#core/engine-interface.ts";
import { DomainError } from "#shared/errors.ts";
import {
  Ansatz,
  type EnergyRequest,
  type EnergyResult,
  Method,
  parseActiveSpace,
  vqeBound,
} from "#shared/evaluation.ts";
import type { Geometry } from "#shared/molecule.ts";
import { toKcalPerMol } from "#shared/units.ts";
import { parseXyz } from "#shared/xyz.ts";
import { readTextFile } from "../files.ts";
import { integerOption, openEngine, signalOfProcess } from "../host.ts";
import { endProgress, fixed, print, printJson, progressLine } from "../output.ts";

interface EnergyOptions {
  charge?: number;
  multiplicity: number;
  basis: string;
  method: string;
  activeSpace?: string;
  ansatz: string;
  maxIterations: number;
  seed: number;
  threads?: number;
  json?: boolean;
}

export function addEnergyCommand(program: Command): void {
  program
    .command("energy")
    .description("energy of a molecule given as an XYZ file (Å) or as SMILES")
    .argument("<molecule>", "path of an .xyz file, or a SMILES string in quotes")
    .option(
      "--charge <n>",
      "total charge (default: that of the SMILES, 0 for a file)",
      integerOption("charge", -20),
    )
    .option("--multiplicity <n>", "spin multiplicity 2S+1", integerOption("multiplicity", 1), 1)
    .option("--basis <name>", "basis set, e.g. sto-3g, 6-31g, 6-31g*, def2-svp, cc-pvdz", "sto-3g")
    .option("--method <name>", Method.options.join(" | "), "vqe")
    .option("--active-space <space>", 'active electrons and orbitals, e.g. "4e,4o"')
    .option("--ansatz <name>", Ansatz.options.join(" | "), "uccsd")
    .option(
      "--max-iterations <n>",
      "limit of VQE iterations",
      integerOption("max-iterations", 1, 10_000),
      200,
    )
    .option("--seed <n>", "seed of the 3D embedding of a SMILES", integerOption("seed", 0), 1)
    .option("--threads <n>", "worker threads", integerOption("threads", 1, 1024))
    .option("--json", "print one JSON document")
    .action(runEnergy);
}

async function runEnergy(molecule: string, options: EnergyOptions): Promise<void> {
  await using engine = await openEngine({ notebook: ":memory:", threads: options.threads });
  const { geometry, formalCharge } = await readMolecule(engine, molecule, options.seed);
  const request: EnergyRequest = {
    geometry,
    charge: options.charge ?? formalCharge,
    multiplicity: options.multiplicity,
    basis: options.basis.toLowerCase(),
    method: oneOf(Method, "method", options.method),
    activeSpace: readActiveSpace(options.activeSpace),
    ansatz: oneOf(Ansatz, "ansatz", options.ansatz),
    maxIterations: options.maxIterations,
  };
  const result = await engine.molecules.energy(request, {
    signal: signalOfProcess(),
    report: progressLine(),
  });
  endProgress();
  if (options.json) printJson(flatten(request, result));
  else printResult(result);
  if (!isReached(result)) process.exitCode = 3;
}

async function readMolecule(
  engine: Engine,
  molecule: string,
  seed: number,
): Promise<{ geometry: Geometry; formalCharge: number }> {
  if (existsSync(molecule)) return { geometry: parseXyz(readTextFile(molecule)), formalCharge: 0 };
  if (/\.xyz$/i.test(molecule)) {
    throw new DomainError(
      "not-found",
      `There is no file "${molecule}". Expected an existing .xyz file or a SMILES.`,
    );
  }
  return engine.molecules.embed(molecule, { seed });
}

function readActiveSpace(text: string | undefined) {
  if (text === undefined) return null;
  const space = parseActiveSpace(text);
  if (!space) {
    throw new DomainError("invalid-input", `--active-space: expected e.g. "4e,4o", got "${text}".`);
  }
  return space;
}

function oneOf<T extends string>(choices: { options: readonly T[] }, name: string, value: string): T {
  const found = choices.options.find((choice) => choice === value.toLowerCase());
  if (found === undefined) {
    throw new DomainError(
      "invalid-input",
      `--${name}: expected ${choices.options.join(", ")}, got "${value}".`,
    );
  }
  return found;
}

/** 1 kcal/mol. */
const CHEMICAL_ACCURACY_HARTREE = 1 / toKcalPerMol(1);

const isReached = ({ hartreeFock, casci, vqe }: EnergyResult): boolean =>
  [hartreeFock, casci, vqe].every((part) => part === null || part.outcome === "converged");

/** The keys that scripts rely on; an unconverged method gives null here and its outcome in `outcomes`. */
function flatten({ basis }: EnergyRequest, result: EnergyResult) {
  const { hartreeFock, casci, vqe } = result;
  const reached = (part: { outcome: string; energy_hartree: number } | null) =>
    part?.outcome === "converged" ? part.energy_hartree : null;
  return {
    basis,
    nBasis: result.nBasis,
    charge: result.charge,
    multiplicity: result.multiplicity,
    nuclearRepulsion_hartree: result.nuclearRepulsion_hartree,
    hartreeFock_hartree: reached(hartreeFock),
    activeSpace: result.activeSpace,
    casci_hartree: reached(casci),
    vqe_hartree: reached(vqe),
    converged: isReached(result),
    iterations: vqe?.iterations ?? null,
    nParameters: vqe?.nParameters ?? null,
    wallTime_ms: result.wallTime_ms,
    outcomes: { hartreeFock: hartreeFock.outcome, casci: casci?.outcome ?? null, vqe: vqe?.outcome ?? null },
    lastVqe_hartree: vqe?.energy_hartree ?? null,
    gradientNorm: vqe?.gradientNorm ?? null,
    vqeSpinSquare: vqe?.spinSquare ?? null,
    lowestOfAnySpin: casci?.lowestOfAnySpin ?? null,
    vqeMinusCasci_hartree: vqe && casci ? vqe.energy_hartree - vqeBound(casci) : null,
    qubits: vqe?.qubits ?? null,
    orbitalEnergies_hartree: hartreeFock.orbitalEnergies_hartree,
    timings_ms: {
      hartreeFock: hartreeFock.wallTime_ms,
      casci: casci?.wallTime_ms ?? null,
      vqe: vqe?.wallTime_ms ?? null,
    },
    backend: result.backend,
    build: result.build,
  };
}

function printResult(result: EnergyResult): void {
  const { hartreeFock, activeSpace, casci, vqe } = result;
  const line = (name: string, energy: number, outcome: string, extra: string) =>
    print(`${name.padEnd(14)} ${fixed(energy, 10).padStart(18)} Eh   ${outcome}${extra}`);
  print(
    `${result.basis}, ${result.nBasis} basis functions, charge ${result.charge}, multiplicity ${result.multiplicity}`,
  );
  print(`${"nuclear rep.".padEnd(14)} ${fixed(result.nuclearRepulsion_hartree, 10).padStart(18)} Eh`);
  line(
    "Hartree–Fock",
    hartreeFock.energy_hartree,
    hartreeFock.outcome,
    `, ${hartreeFock.iterations} iterations`,
  );
  if (activeSpace) {
    print(
      `active space   (${activeSpace.nelec}e, ${activeSpace.norb}o): orbitals ${activeSpace.orbitals.map((orbital) => orbital + 1).join(" ")}, the lowest is 1`,
    );
  }
  if (casci)
    line("CASCI (exact)", casci.energy_hartree, casci.outcome, `, ${fixed(casci.wallTime_ms, 1)} ms`);
  if (!vqe) return;
  const cost = `, ${vqe.iterations} iterations, ${vqe.nParameters} parameters, ${fixed(vqe.wallTime_ms, 1)} ms`;
  line("VQE", vqe.energy_hartree, vqe.outcome, cost);
  if (!casci) return;
  const { lowestOfAnySpin } = casci;
  if (lowestOfAnySpin)
    print(
      `other spin     ${fixed(lowestOfAnySpin.energy_hartree, 10).padStart(18)} Eh   exact, ⟨S²⟩ ${fixed(lowestOfAnySpin.spinSquare, 3)}; VQE keeps no spin, its ⟨S²⟩ is ${fixed(vqe.spinSquare ?? 0, 3)}`,
    );
  const difference = vqe.energy_hartree - vqeBound(casci);
  const verdict = difference > CHEMICAL_ACCURACY_HARTREE ? ", beyond chemical accuracy" : "";
  print(
    `VQE − CASCI    ${fixed(difference * 1000, 4).padStart(18)} mEh (${fixed(toKcalPerMol(difference), 4)} kcal/mol)${verdict}`,
  );
}
