import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { createControlBlock, readIterations } from "#core/quantum/control-block.ts";
import { callNative } from "#core/quantum/native/native.ts";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

/** A helium atom with one function; nothing but its handle is kept. */
function openHelium() {
  const control = createControlBlock();
  const handle = callNative((addon) =>
    addon.openSystem({
      ...{ positions: new Float64Array(3), charges: Float64Array.of(2) },
      ...{ pointChargePositions: new Float64Array(), pointCharges: new Float64Array() },
      ...{ shellAtom: Int32Array.of(0), shellL: Int32Array.of(0), shellPure: Int32Array.of(1) },
      ...{
        shellPrimitives: Int32Array.of(1),
        exponents: Float64Array.of(1),
        coefficients: Float64Array.of(1),
      },
      ...{ nAlpha: 1, nBeta: 1, integralThreshold: 1e-12, integralBytes: 1e6, threads: 1, control },
    }),
  );
  return { handle, block: new WeakRef(control) };
}

it("an open system keeps the control block that it reports to", async () => {
  const { handle, block } = openHelium();
  const unheld = new WeakRef(createControlBlock());
  // a WeakRef holds until the job that made it ends
  await new Promise((resolve) => setTimeout(resolve));
  collectGarbage();
  expect(unheld.deref()).toBeUndefined();
  const kept = block.deref();
  callNative((addon) =>
    addon.scf({
      ...{ system: handle, kind: "rhf", stability: "none", newton: "downhill" },
      ...{ maxIterations: 20, gradientTolerance: 1e-8, energyTolerance: 1e-10 },
    }),
  );
  expect(kept?.[1]).toBeGreaterThan(1);
});

describe("readIterations", () => {
  const read = (...numbers: number[]) => {
    const control = createControlBlock();
    control.set(numbers);
    return readIterations(control);
  };

  // the numbers of ansatz::Phase, native/include/ansatz/control.hpp
  it.each([
    [0, "integrals"],
    [1, "integrals"],
    [2, "scf"],
    [3, "transformation"],
    [4, "ci"],
    [5, "vqe"],
    [6, "gradient"],
    [7, "mp2"],
    [8, "stability"],
    [9, "nevpt2"],
    [10, "coupledCluster"],
    [11, "triples"],
    [12, "working"],
  ])("calls phase %d %s", (phase, name) => {
    expect(read(0, 3, 50, phase)).toEqual({ phase: name, iteration: 3, maxIterations: 50 });
  });

  it("says where the end is not known", () => {
    expect(read(0, 3, 0, 5)).toEqual({ phase: "vqe", iteration: 3, maxIterations: null });
  });
});
