import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { createControlBlock } from "#core/quantum/control-block.ts";
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
      ...{ system: handle, kind: "rhf", stability: "none" },
      ...{ maxIterations: 20, gradientTolerance: 1e-8, energyTolerance: 1e-10 },
    }),
  );
  expect(kept?.[1]).toBeGreaterThan(1);
});
