/** An energy of two electrons in two orbitals as every form of program that is sent or exported measures it, setting by setting. */
import { uccsd } from "#core/quantum/ansatz/uccsd.ts";
import { openBraket } from "#core/quantum/backends/braket.ts";
import { openIbm } from "#core/quantum/backends/ibm.ts";
import { openIonq } from "#core/quantum/backends/ionq.ts";
import type { Provider } from "#core/quantum/backends/provider.ts";
import { type CouplingMap, linearMap } from "#core/quantum/circuit/coupling-map.ts";
import { ansatzCircuit } from "#core/quantum/circuit/excitation-circuit.ts";
import { toQasm3 } from "#core/quantum/circuit/qasm3.ts";
import { encoding } from "#core/quantum/mapping/encoding.ts";
import { mapHamiltonian } from "#core/quantum/mapping/map-hamiltonian.ts";
import { pauliTerms } from "#core/quantum/mapping/pauli.ts";
import type { CircuitRun } from "#core/quantum/measurement/estimator.ts";
import { basisChange, groupTerms } from "#core/quantum/measurement/grouping.ts";
import { nativeQasm3 } from "#core/quantum/transpile/native-qasm3.ts";
import { type TranspileTarget, transpile } from "#core/quantum/transpile/transpile.ts";
import { GateSet } from "#shared/quantum/qubits.ts";
import { randomHamiltonian } from "../second-quantisation.ts";

const ansatz = uccsd(2, [1, 1]);
export const hamiltonian = randomHamiltonian(2, [1, 1], 5);
export const terms = pauliTerms(mapHamiltonian(hamiltonian, encoding("jordan-wigner", 4), "blocked"));
export const settings = groupTerms(terms);
const circuit = ansatzCircuit(ansatz);
const parameters = Float64Array.from({ length: ansatz.nParameters }, (_, k) => 0.3 + 0.1 * k);
export const prepared = { circuit, parameters };
const runs = settings.map(
  (setting): CircuitRun => ({
    circuit: { ...circuit, gates: [...circuit.gates, ...basisChange(setting, circuit.qubits)] },
    ...{ parameters, shots: 100, seed: 1 },
  }),
);

/** Nothing is asked of anybody: jobs are written, not sent. */
const access = {
  ...{ baseUrl: "http://127.0.0.1:9", secret: () => "none" },
  clock: () => new Date("2026-12-01T12:00:00Z"),
};
const ibm = (program: "executor" | "sampler"): Provider =>
  openIbm({
    ...access,
    ibm: { instance: "crn:v1:test", tokenUrl: "http://127.0.0.1:9", program, isPrivate: false },
  });
const braket = openBraket({
  ...access,
  braket: { region: "eu-north-1", bucket: "results", s3Url: "http://127.0.0.1:9" },
});
const ionq = openIonq(access);

const ladder: CouplingMap = {
  ...{ name: "ladder of 2 × 3", qubits: 6 },
  edges: [[0, 1], [1, 2], [3, 4], [4, 5], [0, 3], [1, 4], [2, 5]], // biome-ignore format: one list
};
/** A device's own numbers need not begin at 0. */
const numbers = [1, 2, 4, 5, 7, 8];

/** A text for each setting. */
interface Form {
  readonly name: string;
  /** Who reads it. */
  readonly reader: "qiskit" | "braket" | "ionq";
  readonly texts: readonly string[];
}

/** Every OpenQASM program in a request. */
function programsIn(value: unknown): string[] {
  if (typeof value === "string") {
    if (value.startsWith("OPENQASM")) return [value];
    return value.startsWith("{") ? programsIn(JSON.parse(value)) : [];
  }
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(programsIn) : [];
}

/** The requests of as few jobs as the provider allows. */
async function requests(provider: Provider, device: string, target?: TranspileTarget): Promise<unknown[]> {
  const jobs = provider.limits.circuits === 1 ? runs.map((run) => [run]) : [runs];
  const bodies = jobs.map((job) => provider.write(provider.prepare(job, { device, attempt: 0 }), target));
  return (await Promise.all(bodies)).map((body) => JSON.parse(body));
}

interface IonqInput {
  readonly gateset: string;
  readonly circuits: readonly { readonly qubits: number; readonly circuit: unknown }[];
}
/** Each circuit of IonQ's JSON by itself. */
async function ionqTexts(device: string, target?: TranspileTarget): Promise<string[]> {
  const [job] = (await requests(ionq, device, target)) as [{ input: IonqInput }];
  const { gateset, circuits } = job.input;
  return circuits.map((one) => JSON.stringify({ gateset, ...one }));
}

const exported = (target: TranspileTarget): string[] =>
  runs.map((run) => nativeQasm3(transpile(run.circuit, run.parameters, target).native));

const onLadder = (set: GateSet): TranspileTarget => ({ set, map: ladder, numbers });
const programs = async (provider: Provider, device: string, target?: TranspileTarget) =>
  programsIn(await requests(provider, device, target));

export const FORMS: readonly Form[] = await Promise.all([
  ...(["executor", "sampler"] as const).map(async (program) => ({
    ...{ name: `sent to IBM's ${program}`, reader: "qiskit" as const },
    texts: await programs(ibm(program), "ibm_test", { set: "ibm-cz", map: linearMap(5) }),
  })),
  ...(
    [
      ["sent to Amazon Braket", undefined],
      ["sent to IQM in a box", onLadder("iqm")],
      ["sent to Rigetti in a box", onLadder("rigetti")],
    ] as const
  ).map(async ([name, target]) => ({
    ...{ name, reader: "braket" as const },
    texts: await programs(braket, "iqm/Garnet", target),
  })),
  ...(
    [
      ["simulator", undefined],
      ["qpu.forte-1", { set: "ionq-zz" }],
      ["qpu.aria-1", { set: "ionq-ms" }],
    ] as const
  ).map(async ([device, target]) => ({
    ...{ name: `sent to IonQ's ${device}`, reader: "ionq" as const },
    texts: await ionqTexts(device, target),
  })),
  {
    ...{ name: "exported", reader: "qiskit" as const },
    texts: runs.map((run) => toQasm3(run.circuit, run.parameters, { measure: true })),
  },
  ...GateSet.options.map((set) => ({
    ...{
      name: `exported in ${set}`,
      reader: set.startsWith("ibm") ? ("qiskit" as const) : ("braket" as const),
    },
    texts: exported({ set }),
  })),
]);

if (import.meta.main)
  console.log(
    JSON.stringify(
      FORMS.flatMap(({ name, reader, texts }) =>
        texts.map((text, k) => ({ name: `${name}, setting ${k}`, reader, text })),
      ),
    ),
  );
