/** `ansatz energy FILE.fcidump`: energies of a Hamiltonian that another program wrote. */
import type { Engine } from "#core/engine-interface.ts";
import { DomainError } from "#shared/errors.ts";
import { anyOf, REMOTE_BACKENDS } from "#shared/quantum/backend-names.ts";
import {
  HamiltonianMethod,
  type HamiltonianRequest,
  type HamiltonianResult,
} from "#shared/quantum/hamiltonian-energy.ts";
import { methodEnergy } from "#shared/quantum/method-energy.ts";
import { MAX_STATES } from "#shared/quantum/spin-states.ts";
import { allConverged, type CasciResult, reached } from "#shared/quantum/state-result.ts";
import { readTextFile } from "../../files.ts";
import { flagOf } from "../../flag.ts";
import { integerOption, signalOfProcess } from "../../host.ts";
import { endProgress, fixed, print, printJson, progressLine } from "../../output.ts";
import { checkFlags, parseChoice, VQE_FLAGS, vqeFromFlags } from "../../vqe-options.ts";
import type { EnergyOptions } from "./options.ts";
import { printStates } from "./print.ts";
import { printCoupledCluster } from "./print-field.ts";
import { jobLines } from "./print-jobs.ts";
import { printSelected } from "./print-selected.ts";
import { beginRecord, writeRecord } from "./record.ts";
import { expectedOf } from "./record-numbers.ts";
import { isElsewhere, selectionOf } from "./request.ts";
import { coupledClusterFacts, sciFacts } from "./result-json.ts";
import { row } from "./row.ts";

/** Whether the argument names a Hamiltonian and not a molecule. */
export const isHamiltonian = (text: string): boolean => /\.fcidump$|(^|[\\/])FCIDUMP$/i.test(text);

/** What has a meaning for integrals beside the flags of VQE; every other flag is of a molecule. */
const OF_HAMILTONIANS: readonly (keyof EnergyOptions)[] = [
  "method",
  "multiplicity",
  "states",
  "determinants",
  "memory",
  "notebook",
  "record",
  "seed",
  "threads",
  "json",
];

/** @throws DomainError `invalid-input` for flags that have no meaning for integrals, or none for the method */
function checkHamiltonianFlags(options: EnergyOptions, method: HamiltonianMethod): void {
  const known = new Set<string>([...OF_HAMILTONIANS, ...VQE_FLAGS]);
  const others = Object.entries(options).flatMap(([name, value]) =>
    value === undefined || known.has(name) ? [] : [flagOf(name)],
  );
  if (others.length > 0)
    throw new DomainError(
      "invalid-input",
      `An FCIDUMP file holds a Hamiltonian, not a molecule: expected none of a molecule's flags, got ${others.join(", ")}. Leave them out.`,
    );
  const selects = method === "sci";
  checkFlags(
    [
      ["--determinants", options.determinants !== undefined, selects, "--method sci"],
      ["--memory", options.memory !== undefined, selects, "--method sci"],
      [
        "--notebook",
        options.notebook !== undefined,
        isElsewhere(options),
        `--backend ${anyOf(REMOTE_BACKENDS)}`,
      ],
      ...VQE_FLAGS.map(
        (name) => [flagOf(name), options[name] !== undefined, method === "vqe", "--method vqe"] as const,
      ),
    ],
    `--method ${method}`,
  );
}

export function hamiltonianRequestOf(options: EnergyOptions, fcidump: string): HamiltonianRequest {
  const method = parseChoice(HamiltonianMethod, "method", options.method);
  checkHamiltonianFlags(options, method);
  const { multiplicity } = options;
  const states =
    options.states === undefined ? undefined : integerOption("states", 1, MAX_STATES)(options.states);
  return {
    fcidump,
    method,
    seed: options.seed,
    ...vqeFromFlags(options, states),
    ...(multiplicity !== undefined && { multiplicity }),
    ...(states !== undefined && { states }),
    ...(method === "sci" && { selection: selectionOf(options) }),
    ...(options.record !== undefined && { record: true }),
  };
}

/** States of exact diagonalisation as those of selected CI stand, each with the multiplicity that its ⟨S²⟩ is nearest to. */
const exactStates = (exact: CasciResult, multiplicity: number) =>
  [exact, ...exact.excited].map(({ energy_hartree, spinSquare }, k) => ({
    multiplicity: spinSquare === null ? multiplicity : Math.round(Math.sqrt(1 + 4 * spinSquare)),
    root: k + 1,
    energy_hartree,
    pt2_hartree: null,
    spinSquare,
  }));

const isReached = ({ coupledCluster, fci, sci, vqe }: HamiltonianResult): boolean =>
  allConverged([coupledCluster, fci, sci, vqe]);

export function hamiltonianDocument(result: HamiltonianResult, { method }: HamiltonianRequest, file: string) {
  const { coupledCluster, fci, sci, vqe, record: _, ...rest } = result;
  return {
    file,
    method,
    ...rest,
    energy_hartree: methodEnergy({ method }, result),
    fci_hartree: reached(fci),
    vqe_hartree: reached(vqe),
    vqe,
    determinants: fci?.determinants ?? null,
    states: fci ? exactStates(fci, result.multiplicity) : [],
    ...(coupledCluster && coupledClusterFacts(coupledCluster)),
    ...(sci && sciFacts(sci)),
    converged: isReached(result),
  };
}

export function printHamiltonian(result: HamiltonianResult, file: string): void {
  const { nelec, norb, multiplicity, coupledCluster, fci, sci, vqe } = result;
  print(`${file}: ${nelec} electrons in ${norb} orbitals, multiplicity ${multiplicity}`);
  for (const [k, state] of fci ? [fci, ...fci.excited].entries() : []) {
    const { energy_hartree, outcome, spinSquare } = state;
    row(`exact ${k + 1}`, fixed(energy_hartree, 10), `Eh   ${outcome}, ⟨S²⟩ ${fixed(spinSquare, 4)}`);
  }
  if (coupledCluster) printCoupledCluster(coupledCluster);
  if (sci) printSelected(sci);
  if (!vqe) return;
  row("VQE", fixed(vqe.energy_hartree, 10), `Eh   ${vqe.outcome}, ${vqe.nParameters} parameters`);
  jobLines(vqe).forEach(print);
  printStates(vqe.excited, vqe.energy_hartree);
}

export async function runHamiltonian(
  openEngine: () => Promise<Engine>,
  file: string,
  options: EnergyOptions,
): Promise<void> {
  const request = hamiltonianRequestOf(options, readTextFile(file));
  const recording = options.record === undefined ? undefined : beginRecord(options.record);
  await using engine = await openEngine();
  const result = await engine.molecules.hamiltonian(request, {
    signal: signalOfProcess(),
    report: progressLine(),
  });
  endProgress();
  const document = hamiltonianDocument(result, request, file);
  if (options.json) printJson(document);
  else printHamiltonian(result, file);
  if (recording) {
    const { fcidump, ...settings } = request;
    const { norb, nelec, record } = result;
    writeRecord(recording, {
      title: `${request.method.toUpperCase()} of a Hamiltonian of ${nelec} electrons in ${norb} orbitals`,
      expected: expectedOf(request, result),
      ...{ settings, result: document, checks: { ...record, fcidump }, files: {} },
    });
  }
  if (!isReached(result)) process.exitCode = 3;
}
