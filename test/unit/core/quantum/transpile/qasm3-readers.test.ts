import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { simulate } from "#core/quantum/circuit/circuit.ts";
import { PROGRAMS } from "./programs.ts";

interface Read {
  readonly name: string;
  readonly text: string;
  /** Of what is measured, bit q of an index for c[q]. */
  readonly probabilities: readonly number[];
}

const read: Read[] = JSON.parse(
  readFileSync(new URL("../../../../reference/openqasm3.json", import.meta.url), "utf8"),
);

describe("programs that other programs have read", () => {
  it.each(PROGRAMS)(
    "$name: they measure what the circuit measures",
    ({ name, text, circuit, parameters }) => {
      const found = read.find((one) => one.name === name)!;
      // A text that has changed is to be read anew: see bench/peers/openqasm_reference.py.
      expect(text).toBe(found.text);
      const { re, im } = simulate(circuit, parameters);
      expect(found.probabilities).toHaveLength(re.length);
      for (const [bits, probability] of found.probabilities.entries())
        expect(probability).toBeCloseTo(re[bits]! ** 2 + im[bits]! ** 2, 9);
    },
  );
});
