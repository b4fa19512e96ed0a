/** What jobs cost, by a table that a person edits: resources/qpu/prices.json. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { PreparedJob } from "#core/quantum/backends/provider.ts";
import { DomainError, messageOf } from "#shared/errors.ts";

const price = z.number().min(0);
const PriceTable = z.strictObject({
  prices: z.array(
    z.strictObject({
      provider: z.string(),
      device: z.string(),
      oneQubitGateShot_usd: price,
      twoQubitGateShot_usd: price,
      /** The least that a job costs. */
      minimum_usd: price,
      source: z.string(),
      /** P: the provider's own. S: someone else's. */
      grade: z.enum(["P", "S"]),
      date: z.iso.date(),
    }),
  ),
});
export type DevicePrice = z.infer<typeof PriceTable>["prices"][number];

/** @throws DomainError invalid-input where the table is not one */
export function readPrices(resources: string): DevicePrice[] {
  const path = join(resources, "qpu", "prices.json");
  try {
    return PriceTable.parse(JSON.parse(readFileSync(path, "utf8"))).prices;
  } catch (error) {
    const said = error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error);
    throw new DomainError("invalid-input", `${path} is not a table of prices: ${said}`, { path });
  }
}

export const priceOf = (
  prices: readonly DevicePrice[],
  { provider, device }: { provider: string; device: string },
): DevicePrice | undefined => prices.find((one) => one.provider === provider && one.device === device);

/** What a job would cost by the table, USD: gates × shots, and at least the minimum. */
export const tableCost = (
  { oneQubitGateShot_usd, twoQubitGateShot_usd, minimum_usd }: DevicePrice,
  { gates, shots }: Pick<PreparedJob, "gates" | "shots">,
): number =>
  Math.max(minimum_usd, shots * (gates.one * oneQubitGateShot_usd + gates.two * twoQubitGateShot_usd));
