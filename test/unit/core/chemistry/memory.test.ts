import { expect, it } from "vitest";
import { chemistry, settings } from "./open.ts";

/** A leaked molecule takes 5 kB of the module's memory, so one a call would be 5 MB. */
const MAX_GROWTH_BYTES = 2e6;

it("frees every RDKit object: memory does not grow over 1,000 molecules", () => {
  const work = (): void => {
    for (let i = 0; i < 500; i++) {
      chemistry.filter(`C${"C".repeat(i % 7)}(=O)O`, { settings: settings() });
      chemistry.canonicalSmiles("C1CC");
      chemistry.identify("CCO");
    }
    chemistry.depict("CCO");
  };
  work();
  const before = process.memoryUsage().external;
  work();
  work();
  expect(process.memoryUsage().external - before).toBeLessThan(MAX_GROWTH_BYTES);
});
