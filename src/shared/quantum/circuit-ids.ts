/** How a result names the circuits that measured it: by the vendor's id of the job and, of a job of several, the circuit's place in it. */

/** @param circuit from 0 @param of how many the job has */
export const circuitId = ({
  vendorId,
  circuit,
  of,
}: {
  vendorId: string;
  circuit: number;
  of: number;
}): string => (of === 1 ? vendorId : `${vendorId}#${circuit + 1}`);

/** @returns circuit from 0 */
export function readCircuitId(id: string): { vendorId: string; circuit: number } {
  const [, vendorId = id, place = "1"] = /^(.*)#(\d+)$/.exec(id) ?? [];
  return { vendorId, circuit: Number(place) - 1 };
}

/** The vendor's ids of the jobs of a receipt, each once. */
export const jobIds = (receiptId: string): string[] => [
  ...new Set(receiptId.split(" ").map((id) => readCircuitId(id).vendorId)),
];
