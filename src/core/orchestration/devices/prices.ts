/** What jobs cost, by a table that a person edits: resources/qpu/prices.json. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Money, PreparedJob } from "#core/quantum/backends/provider.ts";
import { DomainError, messageOf } from "#shared/errors.ts";

const price = z.number().min(0);
const ORIGIN = {
  provider: z.string(),
  /** "*": every device of the provider that has no row of its own. */
  device: z.string(),
  source: z.string(),
  /** P: the provider's own. S: someone else's. */
  grade: z.enum(["P", "S"]),
  date: z.iso.date(),
};
/** What is paid for: gates and shots, seconds of the device, or a task and its shots. */
const Price = z.union([
  z.strictObject({
    ...ORIGIN,
    oneQubitGateShot_usd: price,
    twoQubitGateShot_usd: price,
    /** The least that a job costs. */
    minimum_usd: price,
  }),
  z.strictObject({ ...ORIGIN, second_usd: price }),
  z.strictObject({ ...ORIGIN, task_usd: price, shot_usd: price }),
]);
const PriceTable = z.strictObject({ prices: z.array(Price) });
export type DevicePrice = z.infer<typeof Price>;

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
): DevicePrice | undefined => {
  const own = prices.filter((one) => one.provider === provider);
  return own.find((one) => one.device === device) ?? own.find((one) => one.device === "*");
};

/** A price in words: what is paid for what. */
export function priceWords(price: DevicePrice): string {
  if ("second_usd" in price) return `${price.second_usd} a second of the device`;
  if ("task_usd" in price) return `${price.task_usd} a job and ${price.shot_usd} a shot`;
  const { oneQubitGateShot_usd: one, twoQubitGateShot_usd: two, minimum_usd: least } = price;
  return `${one} a gate and shot, ${two} on two qubits, at least ${least}`;
}

/**
 * What a job would cost at most by the table, USD; undefined where seconds are paid and the provider would not stop it. Of several
 * circuits each counts with the least that a job costs: no vendor says that it is paid once.
 */
export function tableCost(
  price: DevicePrice,
  { circuits, shots, most_s }: Pick<PreparedJob, "circuits" | "shots" | "most_s">,
): number | undefined {
  if ("second_usd" in price) return most_s === null ? undefined : most_s * price.second_usd;
  if ("task_usd" in price) return price.task_usd + shots * price.shot_usd;
  const { oneQubitGateShot_usd, twoQubitGateShot_usd, minimum_usd } = price;
  return circuits.reduce((sum, { gates, shots: own }) => {
    const cost = own * (gates.one * oneQubitGateShot_usd + gates.two * twoQubitGateShot_usd);
    return sum + Math.max(minimum_usd, cost);
  }, 0);
}

/** No bill is larger; the ledger counts whole millionths. */
const LARGEST_BILL_USD = 1e9;

function told(bill: Money, price: DevicePrice | undefined): number | undefined {
  if (bill.unit === "usd") return bill.value;
  if (price && "second_usd" in price && bill.unit === "s") return bill.value * price.second_usd;
  if (price && "task_usd" in price && bill.unit === "shots")
    return price.task_usd + bill.value * price.shot_usd;
  return undefined;
}

/**
 * A bill in USD, by the table where it counts seconds or shots; undefined where the table has no price of that, and for a number that
 * is no cost: one below 0 would make room within limits.
 */
export function billCost(bill: Money, price: DevicePrice | undefined): number | undefined {
  const usd = told(bill, price);
  return usd !== undefined && bill.value >= 0 && usd <= LARGEST_BILL_USD ? usd : undefined;
}
