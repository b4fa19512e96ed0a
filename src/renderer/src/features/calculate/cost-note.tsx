import { Callout } from "@blueprintjs/core";
import { skipToken, useQuery } from "@tanstack/react-query";
import { spanText } from "#shared/campaign/span-text.ts";
import type { CalculationJob } from "#shared/quantum/calculation.ts";
import { api } from "../../rpc/client.ts";

/** From here on a person should know before they start. */
const LONG_SECONDS = 600;
const BYTES_PER_GIB = 2 ** 30;

/** "200 MB", "3.1 GiB". */
const memoryText = (bytes: number): string =>
  bytes < BYTES_PER_GIB / 2
    ? `${Math.max(1, Math.round(bytes / 1e6))} MB`
    : `${(bytes / BYTES_PER_GIB).toPrecision(2)} GiB`;

/** What it will take, before it is started. */
export function CostNote({ job }: { job: CalculationJob | null }) {
  const request = job?.kind === "energy" ? job.request : job?.kind === "curve" ? job.requests[0] : undefined;
  const { data } = useQuery(api.molecules.expectedCost.queryOptions({ input: request ?? skipToken }));
  if (!job || !request || !data) return null;
  const seconds = data.seconds * (job.kind === "curve" ? job.requests.length : 1);
  return (
    <Callout compact intent={seconds > LONG_SECONDS ? "warning" : "none"}>
      About {spanText(seconds)} of one thread and at most {memoryText(data.memory_bytes)} of memory, right to
      a factor of two or three.
    </Callout>
  );
}
