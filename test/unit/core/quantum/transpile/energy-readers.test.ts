import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { simulate } from "#core/quantum/circuit/circuit.ts";
import { parity } from "#core/quantum/mapping/pauli.ts";
import { applyHamiltonian, type State } from "../second-quantisation.ts";
import { FORMS, hamiltonian, prepared, settings, terms } from "./energy-programs.ts";

interface Read {
  readonly name: string;
  /** Of the text that was read. */
  readonly sha256: string;
  /** Of what is measured, bit q of an index for qubit q of the circuit. */
  readonly probabilities: readonly number[];
}

const read: Read[] = JSON.parse(
  readFileSync(new URL("../../../../reference/openqasm3_energies.json", import.meta.url), "utf8"),
);
const readOf = (form: string, setting: number): Read =>
  read.find(({ name }) => name === `${form}, setting ${setting}`)!;

/** By ladder operators on determinants, without a circuit's measurement. */
function exactEnergy(): number {
  const { re } = simulate(prepared.circuit, prepared.parameters);
  const state: State = new Map([...re.entries()]);
  // Without the core, which is a number.
  const moved = applyHamiltonian(hamiltonian, state);
  return [...moved].reduce(
    (sum, [determinant, value]) => sum + value * (state.get(determinant) ?? 0),
    hamiltonian.coreEnergy,
  );
}

describe("an energy from what other programs read", () => {
  it.each(FORMS)("is the exact one where it is $name", ({ name, texts }) => {
    let energy = terms.find(({ x, z }) => (x | z) === 0)?.coefficient ?? 0;
    for (const [k, setting] of settings.entries()) {
      const { sha256, probabilities } = readOf(name, k);
      // A text that has changed is to be read anew: see bench/peers/openqasm_reference.py.
      expect(createHash("sha256").update(texts[k]!).digest("hex")).toBe(sha256);
      for (const [bits, probability] of probabilities.entries())
        for (const { x, z, coefficient } of setting.terms)
          energy += (parity(bits & (x | z)) ? -1 : 1) * coefficient * probability;
    }
    expect(Math.abs(energy - exactEnergy())).toBeLessThan(1e-9);
  });
});
