/**
 * OpenQASM 3 as simulated providers read it: one register of bits, gates of a given set, and measurements at the end
 * (https://openqasm.com/versions/3.0/). Written from the language and not from what we write.
 */
import type { Circuit, Gate } from "#core/quantum/circuit/circuit.ts";

/** The program is not one that the device runs. */
export class ProgramError extends Error {}

type Turn = readonly [kind: Gate["kind"], angle: number];
type Made = readonly [kind: Gate["kind"], ...on: (0 | 1)[]];

export interface Dialect {
  /** Our kind of each gate by its name there. */
  readonly gates: Readonly<Record<string, Gate["kind"]>>;
  /** Gates on two qubits that are made of several: each a kind of ours and which of the two it is on. */
  readonly made?: Readonly<Record<string, readonly Made[]>>;
  /** Gates on one qubit that two angles turn: turns of ours, in order. */
  readonly turned?: Readonly<Record<string, (a: number, b: number) => readonly Turn[]>>;
  /** Whether the file of standard gates may be included. */
  readonly includes: boolean;
  /** Whether only qubits of the device are named ($0), and no register is. */
  readonly isPhysical: boolean;
}

interface Program {
  /** On the qubits that are used, in the order of their numbers. */
  readonly circuit: Circuit;
  /** The device's or the register's number of each of these qubits. */
  readonly qubits: readonly number[];
  /** The circuit's qubit that each bit reads. */
  readonly measured: readonly number[];
}

const NUMBER = String.raw`\d+(?:\.\d*)?(?:[eE][+-]?\d+)?`;
const ANGLE = new RegExp(`^(-?)(?:(${NUMBER})(?:\\s*\\*\\s*(pi))?|(pi))(?:\\s*/\\s*(${NUMBER}))?$`);
const ROTATIONS: ReadonlySet<string> = new Set(["rx", "ry", "rz", "p", "cp"]);
const PAIRS: ReadonlySet<string> = new Set(["cx", "cz", "cp"]);

function angleOf(text: string): number {
  const match = text.trim().match(ANGLE);
  if (!match) throw new ProgramError(`an angle: expected a number, got "${text}"`);
  const [, minus, number = "1", times, alone, divisor = "1"] = match;
  const pi = times || alone ? Math.PI : 1;
  return ((minus ? -1 : 1) * Number(number) * pi) / Number(divisor);
}

/** Statements, without remarks and without definitions of gates that the device knows by their names. */
const statementsOf = (text: string, known: Readonly<Record<string, unknown>>): string[] =>
  text
    .replaceAll(/\/\/.*$/gm, "")
    .replaceAll(/gate\s+(\w+)[^{}]*\{[^{}]*\}/g, (all, name) => (Object.hasOwn(known, name) ? "" : all))
    .split(";")
    .map((one) => one.trim())
    .filter(Boolean);

interface Register {
  readonly name: string;
  readonly size: number;
}

/** The number of "name[number]". */
function elementOf(operand: string, register: Register | undefined): number {
  const [, name, number] = operand.match(/^(\w+)\[(\d+)\]$/) ?? [];
  if (register && name === register.name && Number(number) < register.size) return Number(number);
  throw new ProgramError(`"${operand}" is not there`);
}

/** @throws ProgramError that says which statement is none of the dialect */
export function readProgram(
  text: string,
  { gates: known, made = {}, turned = {}, includes, isPhysical }: Dialect,
): Program {
  const [header, ...statements] = statementsOf(text, made);
  if (!/^OPENQASM 3(\.0)?$/.test(header ?? "")) throw new ProgramError("expected OPENQASM 3 first");
  let register: Register | undefined;
  let bits: Register | undefined;
  const gates: { kind: Gate["kind"]; on: number[]; angle: number | undefined }[] = [];
  const reads = new Map<number, number>();
  const qubitOf = (operand: string): number => {
    const physical = operand.match(/^\$(\d+)$/);
    return physical ? Number(physical[1]) : elementOf(operand, isPhysical ? undefined : register);
  };
  const measure = (target: string, source: string): void => {
    if (bits?.name === target && register?.name === source && bits.size === register.size) {
      for (let q = 0; q < bits.size; q++) reads.set(q, q);
      return;
    }
    reads.set(elementOf(target, bits), qubitOf(source));
  };
  for (const statement of statements) {
    const declared = statement.match(/^(qubit|bit)\[(\d+)\]\s+(\w+)$/);
    const measured = statement.match(/^(\w+(?:\[\d+\])?)\s*=\s*measure\s+(\S+)$/);
    const applied = statement.match(/^(\w+)(?:\(([^)]*)\))?\s+(.+)$/);
    if (statement.startsWith("include")) {
      if (!includes) throw new ProgramError("include is not supported");
    } else if (declared) {
      const [, kind, size, name = ""] = declared;
      if (kind === "qubit" && isPhysical) throw new ProgramError("only qubits of the device are supported");
      if (kind === "qubit") register = { name, size: Number(size) };
      else bits = { name, size: Number(size) };
    } else if (measured) measure(measured[1] ?? "", measured[2] ?? "");
    else {
      const [, name = "", angle, operands = ""] = applied ?? [];
      const turns = Object.hasOwn(turned, name) ? turned[name] : undefined;
      if (turns) {
        const [first, second, ...more] = (angle ?? "").split(",").map(angleOf);
        if (first === undefined || second === undefined || more.length > 0 || operands.includes(","))
          throw new ProgramError(`"${statement}" has the wrong angles or qubits`);
        if (reads.size > 0) throw new ProgramError("a gate after a measurement is not supported");
        for (const [kind, by] of turns(first, second))
          gates.push({ kind, on: [qubitOf(operands)], angle: by });
        continue;
      }
      const parts = Object.hasOwn(made, name) ? (made[name] ?? []) : [];
      const kind = Object.hasOwn(known, name) ? known[name] : undefined;
      if (!kind && parts.length === 0) throw new ProgramError(`"${statement}" is not supported`);
      if (reads.size > 0) throw new ProgramError("a gate after a measurement is not supported");
      const on = operands.split(",").map((one) => qubitOf(one.trim()));
      const isPair = kind === undefined || PAIRS.has(kind);
      if (on.length !== (isPair ? 2 : 1) || new Set(on).size !== on.length)
        throw new ProgramError(`"${statement}" has the wrong qubits`);
      if ((angle !== undefined) !== (kind !== undefined && ROTATIONS.has(kind)))
        throw new ProgramError(`"${statement}" has the wrong number of angles`);
      if (kind) gates.push({ kind, on, angle: angle === undefined ? undefined : angleOf(angle) });
      else
        for (const [part, ...places] of parts)
          gates.push({
            kind: part,
            on: on.filter((_, k) => places.some((place) => place === k)),
            angle: undefined,
          });
    }
  }
  if (!bits || reads.size !== bits.size) throw new ProgramError("expected every bit to be measured");
  const used = new Set([...gates.flatMap(({ on }) => on), ...reads.values()]);
  const qubits = [...used].sort((a, b) => a - b);
  const circuit: Circuit = {
    qubits: qubits.length,
    nParameters: 0,
    gates: gates.map(({ kind, on, angle }) => ({
      kind,
      qubits: on.map((q) => qubits.indexOf(q)) as [number] | [number, number],
      ...(angle !== undefined && { theta: { angle } }),
    })),
  };
  const measured = Array.from({ length: bits.size }, (_, bit) => qubits.indexOf(reads.get(bit) ?? -1));
  return { circuit, qubits, measured };
}

/** Shots of the qubits → of the bits that read them. */
export const readBits = (shots: Int32Array, measured: readonly number[]): Int32Array =>
  shots.map((shot) => measured.reduce((bits, q, bit) => bits | (((shot >>> q) & 1) << bit), 0));
