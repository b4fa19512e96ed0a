/** Programs as Amazon Braket reads them: on a register, for the device's compiler, or in a verbatim box in the device's own gates. */
import type { Gate } from "#core/quantum/circuit/circuit.ts";
import { type Dialect, ProgramError, readProgram } from "./qasm3-program.ts";

const COMMON: Dialect = {
  gates: {
    ...({ x: "x", y: "y", z: "z", h: "h", s: "s", si: "sdg", v: "sx", vi: "sxdg" } as const),
    ...({ rx: "rx", ry: "ry", rz: "rz", cnot: "cx" } as const),
  },
  includes: false,
  isPhysical: false,
};

/** prx(θ, φ): a turn by θ about the axis at φ from X. */
const prx = (theta: number, phi: number): (readonly [Gate["kind"], number])[] => [
  ["rz", -phi],
  ["rx", theta],
  ["rz", phi],
];
const NATIVE: Readonly<Record<string, Dialect & { readonly names: readonly string[] }>> = {
  iqm: { names: ["cz", "prx"], gates: { cz: "cz" }, turned: { prx }, includes: false, isPhysical: true },
  rigetti: {
    names: ["rx", "rz", "cz"],
    gates: { rx: "rx", rz: "rz", cz: "cz" },
    includes: false,
    isPhysical: true,
  },
};

/** What a device takes in a box. */
export interface BoxedGates {
  readonly names: readonly string[];
  /** Neighbours of each of its qubits, by its own numbers. */
  readonly graph: Readonly<Record<string, readonly string[]>>;
}

const COLUMNS = 4;

/** Of IQM's and Rigetti's devices, as a grid of four columns; IQM's numbers begin at 1. */
export function boxedGates(name: string, qubits: number): BoxedGates | undefined {
  const maker = name.split("/")[0] ?? "";
  const native = Object.hasOwn(NATIVE, maker) ? NATIVE[maker] : undefined;
  if (!native) return undefined;
  const first = maker === "iqm" ? 1 : 0;
  const right = (q: number) => (q % COLUMNS < COLUMNS - 1 ? [q + 1] : []);
  const graph = Array.from({ length: qubits }, (_, q) => {
    const next = [...right(q), q + COLUMNS].filter((other) => other < qubits);
    return [String(q + first), next.map((other) => String(other + first))] as const;
  });
  return { names: native.names, graph: Object.fromEntries(graph) };
}

const BOX = /^#pragma braket verbatim\s*\nbox\s*\{([^{}]*)\}/m;

/**
 * A program for one device; in a box only its own gates, on qubits that it couples.
 *
 * @throws ProgramError for what it does not take
 */
export function readBraketProgram(source: string, name: string, boxed: BoxedGates | undefined) {
  if (!/^\s*#pragma/m.test(source)) return readProgram(source, COMMON);
  const maker = name.split("/")[0] ?? "";
  const native = NATIVE[maker];
  if (!boxed || !native || !BOX.test(source)) throw new ProgramError(`${name} takes no such box`);
  const outside = source.replace(BOX, "").replaceAll(/^c\[\d+\] = measure \$\d+;$/gm, "");
  if (/\$/.test(outside)) throw new ProgramError("a gate outside of the box is not supported");
  const program = readProgram(source.replace(BOX, "$1"), native);
  const isCoupled = (a: number, b: number): boolean =>
    [
      [a, b],
      [b, a],
    ].some(([from, to]) => boxed.graph[String(from)]?.includes(String(to)));
  for (const q of program.qubits)
    if (!Object.hasOwn(boxed.graph, String(q))) throw new ProgramError(`${name} has no qubit ${q}`);
  for (const { qubits } of program.circuit.gates) {
    const [a = 0, b] = qubits.map((q) => program.qubits[q]!); // a number for each qubit
    if (b !== undefined && !isCoupled(a, b)) throw new ProgramError(`${name} does not couple ${a} and ${b}`);
  }
  return program;
}
