/**
 * One job on a device, from its reservation to its bill, so that a process may end between any two of its steps: each step is in the
 * notebook before or after it is done, and whoever goes on finds out which.
 */
import { sha256, toHex } from "#core/notebook/proof/hash.ts";
import {
  type DeviceDone,
  type DeviceJobHead,
  deviceJob,
  deviceJobs,
} from "#core/notebook/tables/device-events.ts";
import { type PreparedJob, type Provider, ProviderError } from "#core/quantum/backends/provider.ts";
import type { DeviceWork } from "./device-work.ts";
import { countsOf, keep } from "./keep-counts.ts";

export type DeviceOutcome =
  | { readonly state: "done"; readonly vendorId: string; readonly result: DeviceDone }
  /** Someone else does it. */
  | { readonly state: "none"; readonly reason: string }
  /** A person has to look first; what was sent goes on later. */
  | { readonly state: "stopped"; readonly reason: string };

/** A job that was made may not be listed at once. */
const LISTED_AFTER_MS = 5000;
/** Between two looks at a job; a queue of hours is not asked every second. */
const FIRST_POLL_MS = 1000;
const LONGEST_POLL_MS = 60_000;
/** How often it is sent at most, each time after it was looked up in vain. */
const MOST_SENDINGS = 3;

const none = (reason: string): DeviceOutcome => ({ state: "none", reason });
const stopped = (reason: string): DeviceOutcome => ({ state: "stopped", reason });

/** What a failed request comes to: nobody asks again without a person where the table says so. */
function outcomeOf(error: unknown): DeviceOutcome {
  if (!(error instanceof ProviderError)) throw error;
  return error.remedy === "stop" ? stopped(error.message) : none(error.message);
}

/** Nothing of it is at the provider: it costs nothing. */
function endUnsent({ log }: DeviceWork, { name }: PreparedJob, reason: string): void {
  log.ended(name, reason);
  log.settled(name, 0);
}

/**
 * The vendor's id of a job of which a request was begun: looked up twice by its name, with a pause for the provider to list it.
 *
 * @returns null where there is none
 */
export async function lookUp(
  { provider, policies, pause }: DeviceWork,
  job: Pick<PreparedJob, "name" | "device">,
  signal?: AbortSignal,
): Promise<string | null> {
  const find = () => policies.ask((own) => provider.find(job, own), signal);
  const found = await find();
  if (found !== null) return found;
  await pause(LISTED_AFTER_MS, signal);
  return find();
}

/** The bytes of a job. What the device couples is asked as all else is; fitting a circuit to it takes the time that it takes. */
export async function bytesOf(
  { provider, policies }: Pick<DeviceWork, "provider" | "policies">,
  job: PreparedJob,
  signal?: AbortSignal,
): Promise<string> {
  const { target: toFit } = provider;
  const target = toFit && (await policies.ask((own) => toFit(job, own), signal));
  return provider.write(job, target, signal);
}

/** @throws ProviderError look-up for the id of another job, whose counts would be taken for this one's */
function requireOwn({ notebook, provider }: DeviceWork, job: PreparedJob, id: string): void {
  const isOther = ({ vendorId, job: name }: DeviceJobHead) => vendorId === id && name !== job.name;
  if (deviceJobs(notebook.db, provider.name).some(isOther))
    throw new ProviderError("look-up", `the answer to a job has the id of another one: ${id}`);
}

/** The vendor's id: known, looked up, or of the job that is made now. */
async function attach(
  work: DeviceWork,
  job: PreparedJob,
  { over, shown, signal }: Pick<DeviceRun, "over" | "shown" | "signal">,
): Promise<{ id: string } | DeviceOutcome> {
  const { notebook, log, provider, policies } = work;
  const known = deviceJob(notebook.db, job.name);
  if (known?.vendorId) return { id: known.vendorId };
  // Whoever looked for it meanwhile found that there is none.
  if (known?.state === "ended") return none(known.reason ?? "it ended");
  let mayBeMade = known?.state === "sending";
  let text: string | undefined;
  for (let sendings = 0; ; ) {
    try {
      if (mayBeMade) {
        const id = await lookUp(work, job, signal);
        if (id !== null) {
          requireOwn(work, job, id);
          log.attached(job.name, { vendorId: id, by: "found", tls: null });
          return { id };
        }
        mayBeMade = false;
      }
      if (sendings >= MOST_SENDINGS) {
        const reason = `it was sent ${sendings} times and is not there`;
        endUnsent(work, job, reason);
        return none(reason);
      }
      if (over !== undefined) {
        endUnsent(work, job, over);
        return none(over);
      }
      text ??= await bytesOf(work, job, signal);
      if (shown !== undefined && toHex(sha256(text)) !== shown) {
        const reason = "what would leave is no longer what was shown, and was not sent: look at it again";
        endUnsent(work, job, reason);
        return none(reason);
      }
      sendings++;
      const { destination } = provider;
      const body = text;
      log.egress({ job: job.name, purpose: "submit", destination, text: body, approval: work.approval });
      const { id, tls } = await policies.make((own) => provider.send(job, body, own), signal);
      requireOwn(work, job, id);
      log.attached(job.name, { vendorId: id, by: "sent", tls });
      return { id };
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      // Whether a job was made is not known, nor can it be asked: it stays reserved and is looked up the next time.
      if (mayBeMade) return outcomeOf(error);
      // Before it was written nothing was sent.
      if (error.remedy === "look-up" && text !== undefined) {
        mayBeMade = true;
        continue;
      }
      if (error.remedy !== "stop") endUnsent(work, job, error.message);
      return outcomeOf(error);
    }
  }
}

/** Takes the bill into the ledger; one that does not say what the job cost is an alarm, and the reservation stands. */
export async function settle(
  { notebook, log, provider, policies, billCost }: DeviceWork,
  { name, id }: { name: string; id: string },
  signal?: AbortSignal,
): Promise<void> {
  const known = deviceJob(notebook.db, name);
  if (!known || known.settled_usd !== null) return;
  const alarm = (reason: string): void => {
    if (!known.alarms.includes(reason)) log.alarm(name, reason);
  };
  let bill: Awaited<ReturnType<Provider["bill"]>>;
  try {
    bill = await policies.ask((own) => provider.bill(id, own), signal);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return alarm(`the bill cannot be read: ${error.message}`);
  }
  if (!bill) return alarm("the bill does not say what the job cost");
  const usd = billCost(known.device, bill);
  if (usd === undefined) return alarm(`the bill is no cost that can be counted: ${bill.value} ${bill.unit}`);
  if (usd > known.reserved_usd + 1e-6) alarm(`it cost ${usd} USD and ${known.reserved_usd} were reserved`);
  log.settled(name, usd);
}

/** Has the job stopped that is late; true where it will not run. */
async function cancelled({ provider, policies }: DeviceWork, id: string): Promise<boolean> {
  try {
    await policies.ask((own) => provider.cancel(id, own));
    return true;
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return false;
  }
}

interface Failure {
  readonly reason: string;
  readonly isStop?: boolean;
  /** Whether it will never run: otherwise it may, and is not sent again. */
  readonly isOver: boolean;
}

/** Waits until the job has ended in any way, or is late. @returns undefined where it is done */
async function waitFor(
  work: DeviceWork,
  { id, deadline }: { id: string; deadline: number },
  signal?: AbortSignal,
): Promise<Failure | undefined> {
  const { provider, policies, pause, clock } = work;
  for (let polls = 0; ; polls++) {
    const status = await policies.ask((own) => provider.poll(id, own), signal);
    if (status.state === "done") return undefined;
    if (status.state === "failed")
      return { reason: status.reason, isStop: status.remedy === "stop", isOver: true };
    const left = deadline - clock().getTime();
    if (left > 0) {
      const growing = Math.min(LONGEST_POLL_MS, FIRST_POLL_MS * 1.5 ** polls);
      await pause(Math.min(left, Math.max(status.pollAfter_ms, growing)), signal);
      continue;
    }
    if (await cancelled(work, id)) return { reason: "it was late and was cancelled", isOver: true };
    // It may have ended meanwhile.
    const last = await policies.ask((own) => provider.poll(id, own), signal);
    if (last.state === "done") return undefined;
    return { reason: "it was late and could not be cancelled", isOver: false };
  }
}

/** Shots with readout errors that are not known are not taken as shots without, where these are needed. */
const outcomeWith = (vendorId: string, result: DeviceDone, needsCalibration: boolean): DeviceOutcome =>
  needsCalibration && !result.calibration
    ? stopped("readout mitigation needs the calibration, which cannot be read; the counts are kept")
    : { state: "done", vendorId, result };

export interface DeviceRun {
  /** Milliseconds since 1970. */
  readonly deadline: number;
  readonly needsCalibration?: boolean;
  /** Why it may not be sent any more; what was sent goes on. */
  readonly over?: string | undefined;
  /** SHA-256 of the only bytes that a person said yes to; absent: whatever is written within the limits. */
  readonly shown?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Takes a reserved job to its end, from wherever an earlier process left it. @throws AbortError: the job then goes on at the provider */
export async function runOnDevice(
  work: DeviceWork,
  job: PreparedJob,
  { deadline, needsCalibration = false, over, shown, signal }: DeviceRun,
): Promise<DeviceOutcome> {
  const { notebook, log } = work;
  const { name, device } = job;
  const known = deviceJob(notebook.db, name);
  if (known?.result && known.vendorId) {
    const { result, vendorId } = known;
    await settle(work, { name, id: vendorId }, signal);
    const isWhole = result.calibration !== null || !needsCalibration;
    const { circuits } = result;
    return outcomeWith(
      vendorId,
      isWhole ? result : await keep(work, { name, device, circuits }, signal),
      needsCalibration,
    );
  }
  const attached = await attach(work, job, { over, shown, signal });
  if (!("id" in attached)) return attached;
  const { id } = attached;
  try {
    const failure = await waitFor(work, { id, deadline }, signal);
    if (failure) {
      if (failure.isOver) {
        log.ended(name, failure.reason);
        await settle(work, { name, id }, signal);
      }
      return failure.isStop ? stopped(failure.reason) : none(failure.reason);
    }
    const circuits = await countsOf(work, { id, job }, signal);
    const result = await keep(work, { name, device, circuits }, signal);
    await settle(work, { name, id }, signal);
    return outcomeWith(id, result, needsCalibration);
  } catch (error) {
    // It is known by its id: the next time goes on from there.
    return outcomeOf(error);
  }
}

/** Whether there is something left to find out of a job: its bill, or what became of it. */
export const isUnsettled = ({ settled_usd, state }: DeviceJobHead): boolean =>
  settled_usd === null && state !== "reserved";
