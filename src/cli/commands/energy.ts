/** `ansatz energy`: one molecule, one number that can be checked. */
import { existsSync } from "node:fs";
import type { Command } from "commander";
import type { Engine } from "#core/engine-interface.ts";
import { formatXyz } from "#shared/molecule/xyz.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import { isReached } from "#shared/quantum/is-reached.ts";
import { energyTitle } from "#shared/quantum/method-energy.ts";
import { checkTargets, writeTextFile } from "../files.ts";
import { notebookPathHere, openEngine, signalOfProcess } from "../host.ts";
import { type Molecule, readFrames, readMolecule } from "../molecule-input.ts";
import { endProgress, printJson, progressLine, remark } from "../output.ts";
import { assumedSpin } from "./energy/assumed-spin.ts";
import { costWords } from "./energy/cost-words.ts";
import { type CurvePoint, printCurve } from "./energy/curve.ts";
import { geometryOrigin } from "./energy/geometry-origin.ts";
import { isHamiltonian, runHamiltonian } from "./energy/hamiltonian.ts";
import { addEnergyOptions, type EnergyOptions } from "./energy/options.ts";
import { printResult } from "./energy/print.ts";
import { vibrationRemarks } from "./energy/print-vibrations.ts";
import { beginRecord, writeRecord } from "./energy/record.ts";
import { expectedOf } from "./energy/record-numbers.ts";
import {
  ghostsOf,
  isElsewhere,
  readInputFile,
  requestOf,
  unusedOptions,
  withIsotopes,
} from "./energy/request.ts";
import { flatten } from "./energy/result-json.ts";

export function completeEnergy(command: Command): void {
  command.argument(
    "<molecule>",
    "path of an .xyz file, a SMILES string in quotes, or a Hamiltonian: FILE.fcidump",
  );
  addEnergyOptions(command).action(runEnergy);
}

async function runEnergy(text: string, options: EnergyOptions): Promise<void> {
  if (isHamiltonian(text)) return await runHamiltonian(() => openFor(options), text, options);
  // Without a molecule yet: what does not go together is refused before anything is opened.
  requestOf(options, { geometry: { symbols: ["H"], coordinates_angstrom: [0, 0, 0] }, formalCharge: 0 });
  const inputFile = options.inputFile === undefined ? undefined : readInputFile(options.inputFile).file;
  const { out, qasm, fcidump, molden, record } = options;
  checkTargets([out, qasm, fcidump, molden, inputFile].filter((target) => target !== undefined));
  const unused = unusedOptions(options);
  unused.forEach(remark);
  const recording = record === undefined ? undefined : beginRecord(record);
  await using engine = await openFor(options);
  if (options.curve) return await runCurve(engine, text, options);
  const molecule = await readMolecule(engine, text, options);
  const assumed = [...molecule.notes, ...assumedSpin(molecule, options)];
  assumed.forEach(remark);
  const request = requestFor(molecule, options);
  const cost = costWords(await engine.molecules.expectedCost(request));
  if (cost !== undefined) remark(cost);
  const result = await engine.molecules.energy(request, following());
  endProgress();
  const told = [...result.notes, ...vibrationRemarks(result)];
  told.forEach(remark);
  const origin = geometryOrigin(molecule.origin, request, result);
  // Before the files: a full disk does not take the numbers.
  const document = { ...flatten(request, result, origin), notices: [...unused, ...assumed, ...told] };
  if (options.json) printJson(document);
  else printResult(request, result, origin);
  if (out !== undefined) {
    const { optimisation } = result;
    const comment = existsSync(text) ? origin : `${text}, ${origin}`;
    write(out, formatXyz(optimisation?.geometry ?? molecule.geometry, comment, result));
  }
  if (qasm !== undefined && result.openQasm !== null) write(qasm, result.openQasm);
  if (fcidump !== undefined && result.fcidump !== undefined) write(fcidump, result.fcidump);
  if (molden !== undefined && result.molden !== undefined) write(molden, result.molden);
  if (inputFile !== undefined && result.inputFile !== undefined) write(inputFile, result.inputFile);
  if (recording) {
    const geometry = result.optimisation?.geometry ?? molecule.geometry;
    writeRecord(recording, {
      title: `${energyTitle(request)}/${result.basis}, charge ${result.charge}, multiplicity ${result.multiplicity}`,
      expected: expectedOf(request, result),
      ...{ settings: request, result: document, checks: result.record ?? {} },
      files: { "molecule.xyz": formatXyz(geometry, origin, result) },
    });
  }
  if (!isReached(result)) process.exitCode = 3;
}

/** Nothing is kept but the jobs and the ledger of devices in the cloud: they need a notebook. */
function openFor(options: EnergyOptions): Promise<Engine> {
  const { notebook, threads } = options;
  if (!isElsewhere(options)) return openEngine({ notebook: ":memory:", threads });
  return openEngine({ notebook: notebook ?? notebookPathHere(), threads, recover: false });
}

const requestFor = (molecule: Molecule, options: EnergyOptions): EnergyRequest => ({
  ...withIsotopes(requestOf(options, molecule), options.isotope, molecule),
  ghosts: ghostsOf(options.ghost, molecule),
});

const following = () => ({ signal: signalOfProcess(), report: progressLine() });

/** Every frame of a file, each starting from the one before. */
async function runCurve(engine: Engine, text: string, options: EnergyOptions): Promise<void> {
  const frames = readFrames(text, options);
  const requests = frames.map((frame) => requestFor(frame, options));
  const curve = await engine.molecules.energyCurve(requests, following());
  endProgress();
  const points = frames.map((frame, k): CurvePoint => {
    // The engine answers each request with a point.
    const [request, result] = [requests[k]!, curve.points[k]!];
    return {
      request,
      result,
      notices: [...frame.notes, ...result.notes],
      origin: geometryOrigin(frame.origin, request, result),
    };
  });
  printCurve(points, { ...options, breaks: curve.breaks });
}

function write(path: string, text: string): void {
  writeTextFile(path, text);
  remark(`Written: ${path}`);
}
