import { Callout } from "@blueprintjs/core";
import { skipToken, useQuery } from "@tanstack/react-query";
import { spanText } from "#shared/campaign/span-text.ts";
import type { CalculationJob } from "#shared/quantum/calculation.ts";
import type { ForetoldCost } from "#shared/quantum/expected-cost.ts";
import { api } from "../../rpc/client.ts";

/** From here on a person should know before they start. */
const LONG_SECONDS = 600;
const BYTES_PER_GIB = 2 ** 30;

/** "200 MB", "3.1 GiB". */
const memoryText = (bytes: number): string =>
  bytes < BYTES_PER_GIB / 2
    ? `${Math.max(1, Math.round(bytes / 1e6))} MB`
    : `${(bytes / BYTES_PER_GIB).toPrecision(2)} GiB`;

/** What it will take, of all frames, and whether it would be refused; undefined until that is known. */
export function useCost(job: CalculationJob | null): ForetoldCost | undefined {
  const requests = job?.kind === "energy" ? [job.request] : job?.kind === "curve" ? job.requests : [];
  const { data } = useQuery(api.molecules.expectedCost.queryOptions({ input: requests[0] ?? skipToken }));
  return data && { ...data, seconds: data.seconds * requests.length };
}

/** Told before it is started; what would be refused takes nothing. */
export function CostNote({ cost: { seconds, memory_bytes, refusal } }: { cost: ForetoldCost }) {
  if (refusal !== null) return null;
  return (
    <Callout compact intent={seconds > LONG_SECONDS ? "warning" : "none"}>
      About {spanText(seconds)} of one thread and at most {memoryText(memory_bytes)} of memory, right to a
      factor of two or three.
    </Callout>
  );
}
