/**
 * Speed of the generator on this machine.
 *
 *     npm run bench -- generator [--model resources/models/drug-like] [--count 10000] [--peers] [--json]
 *     npm run bench -- generator --minutes 60          samples for so long and prints the memory held, twenty times
 *
 * With --peers the same network is sampled by PyTorch on the CPU (python3 with torch on the path, or PYTHON), in turn with ours.
 */
import { execFileSync } from "node:child_process";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { openChemistry } from "#core/chemistry/chemistry.ts";
import { openModel } from "#core/generation/network/model.ts";
import { sampleMolecules } from "#core/generation/sampling/sample.ts";
import { fineTune } from "#core/generation/tuning/fine-tune.ts";

interface SamplingFigures {
  workers: number;
  constrained: boolean;
  backend: string;
  firstMolecule_ms: number;
  samplesPerSecond: number;
  /** Of all threads together: what a quiet machine could do, whatever else runs now. */
  samplesPerCpuSecond: number;
  validUniquePerSecond: number;
  valid: number;
  seconds: number;
  rss_MiB: number;
}

export async function run(argv: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      model: { type: "string", default: "resources/models/drug-like" },
      count: { type: "string", default: "10000" },
      minutes: { type: "string" },
      peers: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
    },
  });
  const count = Number(values.count);
  const rows: Record<string, unknown>[] = [];
  const show = (row: Record<string, unknown>) => {
    rows.push(row);
    if (!values.json) console.log(row);
  };
  show({
    machine: cpus()[0]?.model,
    cores: cpus().length,
    node: process.version,
    date: new Date().toISOString(),
    model: values.model,
    count,
  });
  if (values.minutes) return memory(values.model, { minutes: Number(values.minutes), show });
  for (const workers of [1, 2])
    for (const constrained of [false, true])
      show({ ...(await sampling(values.model, { count, workers, constrained })) });
  if (values.peers) show(torch(values.model, count));
  show(await training(values.model));
  if (values.json) console.log(JSON.stringify(rows));
}

async function sampling(
  directory: string,
  { count, workers, constrained }: { count: number; workers: number; constrained: boolean },
): Promise<SamplingFigures> {
  const [started, cpuBefore] = [performance.now(), process.cpuUsage()];
  const model = await openModel(directory);
  const chemistry = await openChemistry({ filtersDirectory: "resources/filters" });
  const canonical = new Set<string>();
  let [first, valid, backend] = [0, 0, ""];
  const samples = sampleMolecules(
    model,
    { count, seed: 1, temperature: 1, workers, constrained },
    { onBackend: (b) => (backend = b) },
  );
  for await (const { smiles } of samples) {
    first ||= performance.now() - started;
    const text = chemistry.canonicalSmiles(smiles);
    if (text === null) continue;
    valid++;
    canonical.add(text);
  }
  const seconds = (performance.now() - started) / 1000;
  const cpu = process.cpuUsage(cpuBefore);
  chemistry[Symbol.dispose]();
  return {
    workers,
    constrained,
    backend,
    firstMolecule_ms: Math.round(first),
    samplesPerSecond: Math.round(count / seconds),
    samplesPerCpuSecond: Math.round((count * 1e6) / (cpu.user + cpu.system)),
    validUniquePerSecond: Math.round(canonical.size / seconds),
    valid: valid / count,
    seconds: Number(seconds.toFixed(2)),
    rss_MiB: Math.round(process.memoryUsage.rss() / 2 ** 20),
  };
}

const MEMORY_ROWS = 20;

/** Resident memory while one stream of samples goes on; strings are looked at and dropped. */
async function memory(
  directory: string,
  { minutes, show }: { minutes: number; show: (row: Record<string, unknown>) => void },
): Promise<void> {
  const model = await openModel(directory);
  const started = performance.now();
  let [samples, rows] = [0, 0];
  for await (const _ of sampleMolecules(model, { count: 1e9, seed: 1, temperature: 1, constrained: true })) {
    samples++;
    const passed = (performance.now() - started) / 60_000;
    if (passed < (minutes * rows) / MEMORY_ROWS) continue;
    rows = Math.floor((passed * MEMORY_ROWS) / minutes) + 1;
    const { rss, heapUsed, external } = process.memoryUsage();
    const mebibytes = Object.entries({ rss, heapUsed, external }).map(([name, bytes]) => [
      `${name}_MiB`,
      Math.round(bytes / 2 ** 20),
    ]);
    show({ minutes: Number(passed.toFixed(2)), samples, ...Object.fromEntries(mebibytes) });
    if (passed >= minutes) return;
  }
}

async function training(directory: string) {
  const model = await openModel(directory);
  const molecules: string[] = [];
  for await (const { smiles } of sampleMolecules(model, {
    count: 400,
    seed: 2,
    temperature: 1,
    constrained: true,
  }))
    molecules.push(smiles);
  const cpuBefore = process.cpuUsage();
  const { curve, backend } = await fineTune(model, molecules, { epochs: 2, batchSize: 32, patience: 2 });
  const cpu = process.cpuUsage(cpuBefore);
  const last = curve.at(-1)!;
  return {
    fineTuning: backend,
    tokensPerSecond: Math.round(last.tokens / last.seconds),
    tokensPerCpuSecond: Math.round((last.tokens * 1e6) / (cpu.user + cpu.system)),
    note: "validation passes included",
  };
}

function torch(directory: string, count: number): Record<string, unknown> {
  const script = new URL("./peers/generator_torch.py", import.meta.url).pathname;
  const threads = String(cpus().length);
  return JSON.parse(
    execFileSync(process.env.PYTHON ?? "python3", [script, directory, String(count), threads], {
      encoding: "utf8",
    }),
  );
}
