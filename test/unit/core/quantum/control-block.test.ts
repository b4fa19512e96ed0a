import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { createControlBlock } from "#core/quantum/native.ts";
import { hartreeFock } from "#core/quantum/scf.ts";
import { openSystem } from "#core/quantum/system.ts";
import { referenceBasis } from "./chemistry-reference.ts";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

it("an open system keeps the control block that it reports to", async () => {
  const basis = await referenceBasis("sto-3g");
  const geometry = { symbols: ["H", "H"], coordinates_angstrom: [0, 0, 0, 0, 0, 0.74] };
  const open = () => {
    const control = createControlBlock();
    const system = openSystem({ geometry, charge: 0, multiplicity: 1, basis, control });
    return { system, block: new WeakRef(control) };
  };
  const { system, block } = open();
  const unheld = new WeakRef(createControlBlock());
  // a WeakRef holds until the job that made it ends
  await new Promise((resolve) => setTimeout(resolve));
  collectGarbage();
  expect(unheld.deref()).toBeUndefined();
  const kept = block.deref();
  expect(hartreeFock(system).outcome).toBe("converged");
  expect(kept?.[1]).toBeGreaterThan(1);
});
