/** `ansatz energy FILE.fcidump`: energies of a Hamiltonian that another program wrote. */
import type { Engine } from "#core/engine-interface.ts";
import { DomainError } from "#shared/errors.ts";
import {
  HamiltonianMethod,
  type HamiltonianRequest,
  type HamiltonianResult,
} from "#shared/quantum/hamiltonian-energy.ts";
import { MAX_STATES } from "#shared/quantum/spin-states.ts";
import { type CasciResult, reached } from "#shared/quantum/state-result.ts";
import { readTextFile } from "../../files.ts";
import { integerOption, signalOfProcess } from "../../host.ts";
import { endProgress, fixed, print, printJson, progressLine } from "../../output.ts";
import { checkFlags, parseChoice, vqeFromFlags } from "../../vqe-options.ts";
import type { EnergyOptions } from "./options.ts";
import { printSelected } from "./print-selected.ts";
import { selectionOf } from "./request.ts";
import { sciFacts } from "./result-json.ts";
import { row } from "./row.ts";

/** Whether the argument names a Hamiltonian and not a molecule. */
export const isHamiltonian = (text: string): boolean => /\.fcidump$|(^|[\\/])FCIDUMP$/i.test(text);

/** What is of a molecule and has no meaning for integrals. */
const OF_MOLECULES = [
  "basis",
  "basisFile",
  "activeSpace",
  "frozenCore",
  "densityFit",
  "pointCharges",
  "couplingMap",
  "curve",
  "mapping",
  "ions",
  "optimize",
  "freeze",
  "ghost",
  "out",
  "qasm",
  "fcidump",
  "charge",
  "units",
  "frame",
] as const satisfies readonly (keyof EnergyOptions)[];

export function hamiltonianRequestOf(options: EnergyOptions, fcidump: string): HamiltonianRequest {
  const method = parseChoice(HamiltonianMethod, "method", options.method);
  const given = OF_MOLECULES.filter((name) => options[name] !== undefined);
  if (given.length > 0)
    throw new DomainError(
      "invalid-input",
      `An FCIDUMP file holds a Hamiltonian, not a molecule: expected none of its flags, got ${given.join(", ")}.`,
    );
  const { multiplicity } = options;
  const states =
    options.states === undefined ? undefined : integerOption("states", 1, MAX_STATES)(options.states);
  checkFlags(
    [
      ["--determinants", options.determinants !== undefined, method === "sci", "--method sci"],
      ["--memory", options.memory !== undefined, method === "sci", "--method sci"],
    ],
    `--method ${method}`,
  );
  return {
    fcidump,
    method,
    seed: options.seed,
    ...vqeFromFlags(options, states),
    ...(multiplicity !== undefined && { multiplicity }),
    ...(states !== undefined && { states }),
    ...(method === "sci" && { selection: selectionOf(options) }),
  };
}

/** States of exact diagonalisation as those of selected CI stand. */
const exactStates = (exact: CasciResult, multiplicity: number) =>
  [exact, ...exact.excited].map(({ energy_hartree, spinSquare }, k) => ({
    multiplicity,
    root: k + 1,
    energy_hartree,
    pt2_hartree: null,
    spinSquare,
  }));

const isReached = ({ fci, sci, vqe }: HamiltonianResult): boolean =>
  [fci, sci, vqe].every((part) => part === null || part.outcome === "converged");

function documentOf(result: HamiltonianResult, { method }: HamiltonianRequest, file: string) {
  const { fci, sci, vqe, ...rest } = result;
  return {
    file,
    method,
    ...rest,
    energy_hartree: reached(vqe ?? fci),
    fci_hartree: reached(fci),
    vqe_hartree: reached(vqe),
    vqe,
    determinants: fci?.determinants ?? null,
    states: fci ? exactStates(fci, result.multiplicity) : [],
    ...(sci && sciFacts(sci)),
    converged: isReached(result),
  };
}

function printHamiltonian(result: HamiltonianResult, file: string): void {
  const { nelec, norb, multiplicity, fci, sci, vqe } = result;
  print(`${file}: ${nelec} electrons in ${norb} orbitals, multiplicity ${multiplicity}`);
  if (fci)
    for (const { root, energy_hartree, spinSquare } of exactStates(fci, multiplicity))
      row(`exact ${root}`, fixed(energy_hartree, 10), `Eh   ${fci.outcome}, ⟨S²⟩ ${fixed(spinSquare, 4)}`);
  if (sci) printSelected(sci);
  if (vqe) row("VQE", fixed(vqe.energy_hartree, 10), `Eh   ${vqe.outcome}, ${vqe.nParameters} parameters`);
}

export async function runHamiltonian(
  openEngine: () => Promise<Engine>,
  file: string,
  options: EnergyOptions,
): Promise<void> {
  const request = hamiltonianRequestOf(options, readTextFile(file));
  await using engine = await openEngine();
  const result = await engine.molecules.hamiltonian(request, {
    signal: signalOfProcess(),
    report: progressLine(),
  });
  endProgress();
  if (options.json) printJson(documentOf(result, request, file));
  else printHamiltonian(result, file);
  if (!isReached(result)) process.exitCode = 3;
}
