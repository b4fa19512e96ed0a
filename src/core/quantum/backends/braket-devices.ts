/**
 * The gate-model devices of Amazon Braket that may be asked, each in the one region that it is in
 * (https://docs.aws.amazon.com/braket/latest/developerguide/braket-submit-tasks.html, read 30 November 2026). Its simulators are paid
 * by the minute and stopped by nothing, so that no limit would hold: they are not among them.
 */
import { DomainError } from "#shared/errors.ts";
import type { BraketRegion } from "#shared/quantum/devices.ts";

const REGIONS: Readonly<Record<string, BraketRegion>> = {
  "ionq/Forte-1": "us-east-1",
  "ionq/Forte-Enterprise-1": "us-east-1",
  "iqm/Garnet": "eu-north-1",
  "iqm/Emerald": "eu-north-1",
  "aqt/Ibex-Q1": "eu-north-1",
  "rigetti/Ankaa-3": "us-west-1",
  "rigetti/Cepheus-1-108Q": "us-west-1",
};

/** The resource name of a device. @throws DomainError not-supported for one that is not in the region that is enabled */
export function deviceArn(device: string, region: BraketRegion): string {
  if (Object.hasOwn(REGIONS, device) && REGIONS[device] === region)
    return `arn:aws:braket:${region}::device/qpu/${device}`;
  const known = Object.keys(REGIONS).filter((name) => REGIONS[name] === region);
  const elsewhere = Object.hasOwn(REGIONS, device) ? `; ${device} is in ${REGIONS[device]}` : "";
  throw new DomainError(
    "not-supported",
    `Amazon Braket in ${region}: expected ${known.join(", ")}, got ${device}${elsewhere}.`,
    { device, region },
  );
}
