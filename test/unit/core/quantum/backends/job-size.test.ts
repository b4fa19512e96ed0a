import { expect, it } from "vitest";
import { gateCounts, requireShots } from "#core/quantum/backends/job-size.ts";
import { cx, h } from "#core/quantum/circuit/circuit.ts";

it("counts gates on one qubit and on two", () => {
  const gates = [h(0), cx(0, 1), h(1), h(0)];
  expect(gateCounts({ qubits: 2, nParameters: 0, gates })).toEqual({ one: 3, two: 1 });
});

it("refuses more shots than a job may have, and says who takes how many", () => {
  requireShots(10, 10, "nobody");
  expect(() => requireShots(11, 10, "IonQ takes at most 10 a job")).toThrow(
    "A circuit of 11 shots: IonQ takes at most 10 a job. Ask for fewer shots or a larger error.",
  );
});
