/** `ansatz qpu compare`: one energy, measured by several backends side by side. */
import type { Command } from "commander";
import type { Devices, Engine } from "#core/engine-interface.ts";
import { DomainError } from "#shared/errors.ts";
import { isRemote } from "#shared/quantum/backend-names.ts";
import { jobIds } from "#shared/quantum/circuit-ids.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import { fallbackReasons } from "#shared/quantum/job-words.ts";
import { reached, type VqeResult } from "#shared/quantum/state-result.ts";
import { notebookPathHere, openEngine, signalOfProcess } from "../../host.ts";
import { readMolecule } from "../../molecule-input.ts";
import { fixed, formatTable, print, printJson } from "../../output.ts";
import { addEnergyOptions, type EnergyOptions } from "../energy/options.ts";
import { requestOf } from "../energy/request.ts";
import { type Place, readPlaces, titleOfPlace } from "./place.ts";

interface CompareOptions extends EnergyOptions {
  on: string;
}

export function addCompareCommand(qpu: Command): void {
  const compare = qpu
    .command("compare <molecule>")
    .description("one energy by several backends side by side: energy, error, time, queue and cost of each")
    .requiredOption(
      "--on <list>",
      "backends with their devices, such as sampler,ionq:simulator,ibm:ibm_fez,braket:iqm/Garnet",
    );
  addEnergyOptions(compare).action(runCompare);
}

/** @throws DomainError `invalid-input` as readPlaces, and for one alone */
function readSeveral(list: string): Place[] {
  const places = readPlaces(list);
  if (places.length > 1) return places;
  throw new DomainError("invalid-input", `--on: expected several backends, each once, got "${list}".`);
}

/** How long the device's queue is now; null where it does not tell, or nobody is asked. */
async function queueOf(devices: Devices, { backend, device }: Place) {
  if (!isRemote(backend) || device === null) return { queue_ms: null, queue_jobs: null };
  const { queue_ms, queue_jobs } = await devices.status(backend, device, signalOfProcess());
  return { queue_ms, queue_jobs };
}

/**
 * What the jobs of a VQE cost and how long the longest of them took, by the notebook's books: those that measured it, of whenever, and
 * those that were made for it and came to nothing.
 */
function booksOf(
  devices: Devices,
  { backend, device, jobs = [] }: Place & { readonly jobs: VqeResult["jobs"] | undefined },
  since: string,
) {
  const ids = new Set(jobs.flatMap(({ id }) => jobIds(id)));
  const own = devices
    .jobs()
    .filter(
      (job) =>
        (job.vendorId !== null && ids.has(job.vendorId)) ||
        (job.provider === backend && job.device === device && job.reservedAt >= since),
    );
  const names = new Set(own.map(({ job }) => job));
  const ledger = devices.ledger().filter(({ job }) => names.has(job));
  const waits = own.map(
    ({ reservedAt, endedAt }) => Date.parse(endedAt ?? reservedAt) - Date.parse(reservedAt),
  );
  return {
    jobs: own.length,
    // What is not settled is taken for what was reserved.
    cost_usd: ledger.reduce((sum, row) => sum + (row.settled_usd ?? row.reserved_usd), 0),
    isSettled: ledger.every(({ settled_usd }) => settled_usd !== null),
    longestJob_s: waits.length > 0 ? Math.max(...waits) / 1000 : null,
  };
}

/** The flags of `ansatz energy` for one place; the notebook is opened for all. */
function flagsOf(
  { backend, device }: Place,
  { notebook: _, deadline, ...flags }: CompareOptions,
): EnergyOptions {
  if (device === null) return { ...flags, backend };
  return { ...flags, backend, qpu: device, ...(deadline !== undefined && { deadline }) };
}

/** One backend's measurement, or why there is none. */
async function measuredBy(engine: Engine, place: Place, request: EnergyRequest) {
  const { backend, device } = place;
  const begun = performance.now();
  const since = new Date().toISOString();
  try {
    const queue = await queueOf(engine.devices, place);
    const result = await engine.molecules.energy(request, { signal: signalOfProcess() });
    const wallTime_s = (performance.now() - begun) / 1000;
    const { vqe } = result;
    if (!vqe) throw new Error("a comparison is of a VQE");
    const energy_hartree = reached(vqe);
    const exact_hartree = reached(result.casci);
    const isKnown = energy_hartree !== null && exact_hartree !== null;
    return {
      ...{ backend, device, outcome: vqe.outcome, energy_hartree, exact_hartree },
      error_hartree: isKnown ? energy_hartree - exact_hartree : null,
      ...{ statedError_hartree: vqe.statedError_hartree, shots: vqe.shots, wallTime_s },
      ...queue,
      ...booksOf(engine.devices, { ...place, jobs: vqe.jobs }, since),
      fallback: fallbackReasons(vqe),
      failure: null,
    };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { backend, device, failure: error.message };
  }
}

type Row = Awaited<ReturnType<typeof measuredBy>>;
type Measured = Extract<Row, { failure: null }>;

async function runCompare(text: string, options: CompareOptions): Promise<void> {
  const places = readSeveral(options.on);
  const { notebook = notebookPathHere(), threads, json } = options;
  await using engine = await openEngine({ notebook, threads, recover: false });
  const molecule = await readMolecule(engine, text, options);
  // What is wrong with one is refused before anything is measured.
  const requests = places.map((place) => requestOf(flagsOf(place, options), molecule));
  const rows = await Promise.all(places.map((place, k) => measuredBy(engine, place, requests[k]!)));
  if (json) printJson({ molecule: molecule.origin, rows });
  else printRows(rows);
  const isMet = (row: Row) => row.failure === null && row.outcome === "converged";
  if (!rows.every(isMet)) process.exitCode = 3;
}

const queueText = ({ queue_ms, queue_jobs }: Measured): string =>
  queue_ms !== null
    ? `${(queue_ms / 60_000).toFixed(0)} min`
    : queue_jobs === null
      ? "–"
      : `${queue_jobs} jobs`;

function printRows(rows: readonly Row[]): void {
  const measured = rows.filter((row): row is Measured => row.failure === null);
  const seconds = (value: number | null) => (value === null ? "–" : value.toFixed(1));
  print(
    formatTable<Measured>(
      [
        { title: "backend", text: titleOfPlace },
        { title: "energy/Eh", align: "right", text: (row) => fixed(row.energy_hartree, 6) },
        { title: "stated error", align: "right", text: (row) => fixed(row.statedError_hartree, 6) },
        { title: "off exact", align: "right", text: (row) => fixed(row.error_hartree, 6) },
        { title: "shots", align: "right", text: (row) => String(row.shots) },
        { title: "time/s", align: "right", text: (row) => seconds(row.wallTime_s) },
        { title: "longest job/s", align: "right", text: (row) => seconds(row.longestJob_s) },
        { title: "queue", align: "right", text: queueText },
        {
          title: "USD",
          align: "right",
          text: ({ cost_usd, isSettled }) => `${cost_usd.toFixed(4)}${isSettled ? "" : " reserved"}`,
        },
      ],
      measured,
    ),
  );
  for (const row of rows) {
    if (row.failure !== null) print(`${titleOfPlace(row)}: ${row.failure}`);
    else for (const reason of row.fallback) print(`${titleOfPlace(row)}: ${reason}`);
  }
}
